//! HTTP to an edge on this machine: readiness checks and its JSON interfaces.

use std::{net::TcpListener, time::Duration};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use ureq::Agent;

/// Finds a port of 127.0.0.1 that is free at the moment.
pub fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("no free port on 127.0.0.1")?;
    Ok(listener.local_addr()?.port())
}

/// Whether `url` returns 200 within a second.
pub fn answers(url: &str) -> bool {
    agent(Duration::from_secs(1))
        .get(url)
        .call()
        .is_ok_and(|response| response.status() == 200)
}

/// A client of one JSON interface.
pub struct JsonClient {
    agent: Agent,
    base: String,
    bearer: Option<String>,
    headers: Vec<(&'static str, String)>,
}

/// A response: the status, and the body, which is `Null` if it was empty.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status code.
    pub status: u16,
    /// The JSON body.
    pub body: Value,
    /// The cookie it sets, in the form for a `Cookie` header.
    pub cookie: Option<String>,
}

impl JsonClient {
    /// A client for the paths under `base` that authenticates with `bearer`, if given.
    pub fn new(base: &str, bearer: Option<&str>) -> Self {
        let agent = agent(Duration::from_secs(30));
        Self {
            agent,
            base: base.to_owned(),
            bearer: bearer.map(str::to_owned),
            headers: Vec::new(),
        }
    }

    /// The same client, adding `headers` to every request.
    pub fn with_headers(self, headers: Vec<(&'static str, String)>) -> Self {
        Self { headers, ..self }
    }

    /// `GET path`.
    pub fn get(&self, path: &str) -> Result<Answer> {
        self.send("GET", path, None)
    }

    /// `POST path` with a JSON body.
    pub fn post(&self, path: &str, body: &Value) -> Result<Answer> {
        self.send("POST", path, Some(body))
    }

    /// `PATCH path` with a JSON body.
    pub fn patch(&self, path: &str, body: &Value) -> Result<Answer> {
        self.send("PATCH", path, Some(body))
    }

    /// `method path` with a cookie and a JSON body.
    pub fn as_person(&self, method: &str, path: &str, cookie: &str, body: &Value) -> Result<Answer> {
        self.send_with(method, path, Some(cookie), Some(body))
    }

    fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Answer> {
        self.send_with(method, path, None, body)
    }

    fn send_with(&self, method: &str, path: &str, cookie: Option<&str>, body: Option<&Value>) -> Result<Answer> {
        let what = || format!("{method} {path}");
        let mut request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.base));
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if let Some(bearer) = &self.bearer {
            request = request.header("authorization", format!("Bearer {bearer}"));
        }
        if let Some(cookie) = cookie {
            request = request.header("cookie", cookie);
        }
        let response = match body {
            Some(body) => {
                let json = serde_json::to_vec(body)?;
                self.agent.run(
                    request
                        .header("content-type", "application/json")
                        .body(json)
                        .with_context(what)?,
                )
            }
            None => self.agent.run(request.body(()).with_context(what)?),
        };
        let mut response = response.with_context(what)?;
        let cookie = response.headers().get("set-cookie");
        let cookie = cookie.and_then(|cookie| cookie.to_str().ok()?.split(';').next().map(str::to_owned));
        let text = response.body_mut().read_to_string().with_context(what)?;
        let body = match text.is_empty() {
            true => Value::Null,
            false => serde_json::from_str(&text).with_context(|| format!("{} did not return JSON: {text}", what()))?,
        };
        Ok(Answer {
            status: response.status().as_u16(),
            body,
            cookie,
        })
    }
}

impl Answer {
    /// The body of a 2xx response; any other status is an error with the server's message.
    pub fn success(self) -> Result<Value> {
        if !(200..300).contains(&self.status) {
            bail!("the edge returned {}: {}", self.status, self.body);
        }
        Ok(self.body)
    }
}

fn agent(timeout: Duration) -> Agent {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(timeout))
        .proxy(None);
    config.build().new_agent()
}
