//! One edge as its clients see it: HTTP, the operator API and the dev mailbox.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use reqwest::header::{HeaderName, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::Value;
use xtask::edge::PlainEdge;

use crate::answer::Answer;
use crate::mail::Mail;
use crate::tenant::TenantBuilder;
use crate::wait::{PATIENCE, eventually};

static ADDRESSES: AtomicU32 = AtomicU32::new(1);

/// An edge, and a client for it.
#[derive(Debug, Clone)]
pub struct World {
    /// The HTTP client; each test has its own, because its connections end with the test.
    pub http: Client,
    /// Base URL.
    pub url: String,
    /// The operator's secret.
    pub operator_token: String,
    log: Option<PathBuf>,
    insists: bool,
}

/// A client address that no other test uses, because limits apply per address.
pub fn new_address() -> String {
    let number = ADDRESSES.fetch_add(1, Ordering::Relaxed);
    let [_, a, b, c] = number.to_be_bytes();
    format!("10.{a}.{b}.{c}")
}

impl World {
    /// A client of `edge` under its public name; if that is https, the client acts as if a proxy had terminated TLS.
    pub fn of(edge: &PlainEdge) -> Self {
        Self::with_headers(edge, &edge.options().front_headers())
    }

    /// A client of `edge` that sends `headers` with every request.
    pub fn with_headers(edge: &PlainEdge, headers: &[(&'static str, String)]) -> Self {
        let header = |(name, value): &(&'static str, String)| {
            let value = HeaderValue::from_str(value).expect("a value");
            (HeaderName::from_static(name), value)
        };
        let http = Client::builder()
            .default_headers(headers.iter().map(header).collect())
            .no_proxy()
            .redirect(Policy::none())
            .timeout(Duration::from_secs(60))
            .build();
        Self {
            http: http.expect("a client"),
            url: edge.url(),
            operator_token: edge.operator_token().to_owned(),
            log: edge.options().log.clone(),
            insists: false,
        }
    }

    /// The same for an edge that is killed now and then: every request is repeated until it gets a response.
    pub fn insisting(self) -> Self {
        Self { insists: true, ..self }
    }

    /// Starts building a tenant.
    pub fn tenant(&self) -> TenantBuilder {
        TenantBuilder::new(self)
    }

    /// Sends a request and reads the response.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        self.send_made(|| request.try_clone().expect("the body is in memory"))
            .await
    }

    /// The same for a request that differs each time, such as one with a proof.
    pub async fn send_made(&self, request: impl Fn() -> RequestBuilder) -> Answer {
        if self.insists {
            return self.insist(request).await;
        }
        let response = request().send().await.expect("the edge responds");
        Answer::read(response).await.expect("the response is complete")
    }

    /// Sends requests from `request` until there is a complete response below 500, as a Viewer, a browser or an
    /// operator's script does.
    pub async fn insist(&self, request: impl Fn() -> RequestBuilder) -> Answer {
        eventually("an answer", PATIENCE, async || {
            let answer = Answer::read(request().send().await.ok()?).await.ok()?;
            (answer.status < 500).then_some(answer)
        })
        .await
    }

    /// `GET url`.
    pub async fn get(&self, url: &str) -> Answer {
        self.send(self.http.get(url)).await
    }

    /// Posts a form from a new client address.
    pub async fn form(&self, url: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(self.posting(url, fields)).await
    }

    /// The request of [`World::form`], for additions.
    pub fn posting(&self, url: &str, fields: &[(&str, &str)]) -> RequestBuilder {
        self.http
            .post(url)
            .header("cf-connecting-ip", new_address())
            .form(fields)
    }

    /// Calls the operator API; `path` follows `/operator/v1`.
    pub async fn operator(&self, method: Method, path: &str, body: Option<&Value>) -> Answer {
        let mut request = self.operating(method, path);
        if let Some(body) = body {
            request = request.json(body);
        }
        self.send(request).await
    }

    /// The request of [`World::operator`], for additions.
    pub fn operating(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}/operator/v1{path}", self.url);
        self.http.request(method, url).bearer_auth(&self.operator_token)
    }

    /// Fails if one of `secrets` occurs in the edge's log so far.
    pub fn assert_unlogged(&self, secrets: &[&str]) {
        let log = self.log.as_ref().expect("the edge logs to a file");
        let log = fs::read_to_string(log).expect("the log is text");
        for secret in secrets {
            assert!(!log.contains(secret), "{secret} is in the log");
        }
    }

    /// All captured mails, newest first.
    pub async fn mails(&self) -> Vec<Mail> {
        let answer = self.get(&format!("{}/dev/mailbox.json", self.url)).await.expect(200);
        let mails = answer.json();
        mails.as_array().expect("a list").iter().map(Mail::captured).collect()
    }

    /// The captured mails to `address`, newest first.
    pub async fn mails_to(&self, address: &str) -> Vec<Mail> {
        let mut mails = self.mails().await;
        mails.retain(|mail| mail.to == address);
        mails
    }

    /// The newest mail to `address` that `fits`, once there is one.
    pub async fn mail_to(&self, address: &str, fits: impl Fn(&Mail) -> bool) -> Mail {
        eventually(&format!("a mail to {address}"), PATIENCE, async || {
            self.mails_to(address).await.into_iter().find(&fits)
        })
        .await
    }
}
