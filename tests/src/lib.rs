//! What acceptance tests share: a running edge, and how the people and programs around it speak to it.

pub mod answer;
pub mod edge;
pub mod forged;
pub mod loopback;
pub mod mail;
pub mod origin;
pub mod raw;
pub mod tenant;
pub mod viewer;
pub mod wait;
pub mod world;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use reqwest::blocking::{Client, Response};
use serde_json::{Value, json};
use tegata_client::clock;
use tegata_client::dpop::Proof;
use tegata_client::key::ViewerKey;
use xtask::edge::PlainEdge;

/// Tries before a step counts as stuck.
const PATIENCE: usize = 600;

/// One edge and how to ask it.
pub struct World {
    /// Sends requests.
    pub http: Client,
    /// The edge.
    pub url: String,
    token: String,
    addresses: AtomicUsize,
}

impl World {
    /// A world around `edge`.
    pub fn new(edge: &PlainEdge) -> Self {
        let http = Client::builder()
            .timeout(Duration::from_secs(30))
            .redirect(reqwest::redirect::Policy::none());
        Self {
            http: http.build().expect("a client without special settings can be built"),
            url: edge.url(),
            token: edge.operator_token().to_owned(),
            addresses: AtomicUsize::new(0),
        }
    }

    /// Sends until there is a whole answer below 500: what a Viewer, a browser and an operator's script do.
    pub fn insist(&self, send: impl Fn(&Client) -> reqwest::Result<Response>) -> (u16, String) {
        for _ in 0..PATIENCE {
            if let Ok(response) = send(&self.http)
                && response.status().as_u16() < 500
            {
                let status = response.status().as_u16();
                if let Ok(text) = response.text() {
                    return (status, text);
                }
            }
            thread::sleep(Duration::from_millis(50));
        }
        panic!("a step got no answer");
    }

    /// Sends until there is a whole answer, which must be 200, and reads it as JSON.
    pub fn read(&self, send: impl Fn(&Client) -> reqwest::Result<Response>) -> Value {
        let (status, text) = self.insist(send);
        assert_eq!(status, 200, "{text}");
        serde_json::from_str(&text).expect("the answer is JSON")
    }

    /// Reads from the operator's API.
    pub fn operator(&self, path: &str) -> Value {
        let url = format!("{}/operator/v1/tenants{path}", self.url);
        self.read(|http| http.get(&url).bearer_auth(&self.token).send())
    }

    /// Makes a tenant with one administrator, `{slug}@aozora.example`.
    pub fn create_tenant(&self, slug: &str, policy: Value) {
        let body = json!({
            "slug": slug, "kind": "tenant", "name": "青空印刷", "locale": "ja", "time_zone": "Asia/Tokyo", "policy": policy,
            "administrator": {"name": "佐藤 花子", "email": format!("{slug}@aozora.example"), "account": "hanako", "locale": "ja", "time_zone": "Asia/Tokyo"},
        });
        let url = format!("{}/operator/v1/tenants", self.url);
        let (status, _) = self.insist(|http| {
            http.post(&url)
                .bearer_auth(&self.token)
                .header("idempotency-key", slug)
                .json(&body)
                .send()
        });
        assert_eq!(status, 201, "{slug}");
    }

    /// Posts a form; `headers` are made anew for every try.
    pub fn form_with(
        &self,
        url: &str,
        headers: impl Fn() -> Vec<(&'static str, String)>,
        fields: &[(&str, &str)],
    ) -> (u16, String) {
        // Limits count by client address; every PC of this test has its own.
        let number = self.addresses.fetch_add(1, Ordering::Relaxed);
        let address = format!("10.{}.{}.{}", number >> 16 & 255, number >> 8 & 255, number & 255);
        self.insist(|http| {
            let mut request = http.post(url).header("cf-connecting-ip", &address).form(fields);
            for (name, value) in headers() {
                request = request.header(name, value);
            }
            request.send()
        })
    }

    /// Posts a form.
    pub fn form(&self, url: &str, fields: &[(&str, &str)]) -> (u16, String) {
        self.form_with(url, Vec::new, fields)
    }

    /// Asks the token endpoint with a fresh proof for every try, under one `Idempotency-Key`.
    pub fn token(&self, issuer: &str, key: &ViewerKey, fields: &[(&str, &str)]) -> Value {
        let url = format!("{issuer}/oauth/token");
        let headers = || {
            let proof = Proof {
                method: "POST",
                url: &url,
                issued_at: clock::now(),
                access_token: None,
                nonce: None,
            };
            let proof = proof.sign(key).expect("a proof");
            vec![("dpop", proof), ("idempotency-key", key.thumbprint())]
        };
        let (status, text) = self.form_with(&url, headers, fields);
        assert_eq!(status, 200, "{text}");
        serde_json::from_str(&text).expect("tokens are JSON")
    }

    /// Every captured mail.
    pub fn mails(&self) -> Vec<Value> {
        let url = format!("{}/dev/mailbox.json", self.url);
        let mails = self.read(|http| http.get(&url).send());
        mails.as_array().cloned().unwrap_or_default()
    }

    /// The text of the newest mail to `address` whose text holds `mark`.
    pub fn mail(&self, address: &str, mark: &str) -> String {
        for _ in 0..PATIENCE {
            let text = self.mails().iter().find_map(|mail| {
                let text = mail["text"].as_str()?;
                (mail["to"] == address && text.contains(mark)).then(|| text.to_owned())
            });
            match text {
                Some(text) => return text,
                None => thread::sleep(Duration::from_millis(50)),
            }
        }
        panic!("no mail to {address}");
    }
}

/// The first word of `text` that fits.
pub fn word(text: &str, fits: impl Fn(&str) -> bool) -> &str {
    text.split_whitespace()
        .find(|word| fits(word))
        .expect("the mail holds it")
}
