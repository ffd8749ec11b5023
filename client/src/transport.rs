//! The HTTP client: time limits on everything, no redirects, bounded answers. The proxy comes from the environment
//! (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`) or the system's settings (requirement P8).

use crate::error::Error;
use crate::reply::Reply;
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder, Response};
use std::time::Duration;

const CONNECT: Duration = Duration::from_secs(10);
const WHOLE_REQUEST: Duration = Duration::from_secs(30);
/// Longest gap between two chunks of a streamed body; a long download as a whole has no limit.
const SILENCE: Duration = Duration::from_secs(60);
/// Largest response accepted, in bytes. A page of audit entries stays well below it.
const LARGEST_REPLY: usize = 4 * 1024 * 1024;

/// Sends requests. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Transport {
    client: Client,
    upgrading: Client,
}

impl Transport {
    /// Builds the HTTP client. It never follows redirects: they would carry credentials to a host nobody chose.
    pub fn new() -> Result<Self, Error> {
        let builder = || {
            Client::builder()
                .user_agent(concat!("tegata/", env!("CARGO_PKG_VERSION")))
                .redirect(Policy::none())
                .connect_timeout(CONNECT)
                .read_timeout(SILENCE)
        };
        Ok(Self {
            client: builder().build().map_err(Error::Network)?,
            // HTTP/2 has no upgrade in this form (RFC 8441), and each connection becomes a socket.
            upgrading: builder()
                .http1_only()
                .pool_max_idle_per_host(0)
                .build()
                .map_err(Error::Network)?,
        })
    }

    /// A request that asks for an upgrade.
    pub fn upgrading(&self, method: Method, url: &str) -> RequestBuilder {
        self.upgrading.request(method, url)
    }

    /// A request for a short response, with a time limit for the whole exchange.
    pub fn request(&self, method: Method, url: &str) -> RequestBuilder {
        self.client.request(method, url).timeout(WHOLE_REQUEST)
    }

    /// A request whose response is streamed.
    pub fn streaming(&self, method: Method, url: &str) -> RequestBuilder {
        self.client.request(method, url)
    }

    /// Sends a request and reads the whole response.
    pub async fn send(&self, request: RequestBuilder) -> Result<Reply, Error> {
        read(request.send().await.map_err(without_url)?).await
    }
}

/// Reads a response up to the size limit.
pub async fn read(mut response: Response) -> Result<Reply, Error> {
    let status = response.status().as_u16();
    let headers = std::mem::take(response.headers_mut());
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(without_url)? {
        if body.len() + piece.len() > LARGEST_REPLY {
            return Err(Error::Protocol("the response is too large"));
        }
        body.extend_from_slice(&piece);
    }
    Ok(Reply { status, headers, body })
}

/// Query strings may be confidential, and the caller knows which URL it requested.
pub fn without_url(error: reqwest::Error) -> Error {
    Error::Network(error.without_url())
}
