//! A complete response of an edge.

use reqwest::Response;
use reqwest::header::HeaderMap;
use serde_json::Value;

/// A response.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub text: String,
}

impl Answer {
    /// Reads a response to its end.
    pub async fn read(response: Response) -> reqwest::Result<Self> {
        Ok(Self {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            text: response.text().await?,
        })
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// A string member of the JSON body.
    #[track_caller]
    pub fn member(&self, name: &str) -> String {
        let json = self.json();
        json[name]
            .as_str()
            .unwrap_or_else(|| panic!("no {name}: {self:?}"))
            .to_owned()
    }

    /// Returns the response after checking that its status is `status`.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{self:?}");
        self
    }

    /// Status and OAuth error code, to compare both at once.
    #[track_caller]
    pub fn refusal(&self) -> (u16, String) {
        (self.status, self.member("error"))
    }

    /// A header; empty if absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }
}
