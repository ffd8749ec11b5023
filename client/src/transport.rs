//! The HTTP client: time limits on everything, no redirects, bounded answers. For a Viewer and an operator, the proxy
//! comes from the environment (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`) or the system's settings; an agent's requests
//! go through its dialler, which follows its settings (requirement P8).

use crate::error::{Error, chain};
use crate::proxy::dialler::Dialler;
use crate::proxy::obstacle::Obstacle;
use crate::reply::Reply;
use hyper_util::client::legacy;
use hyper_util::rt::TokioExecutor;
use reqwest::header::{self, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Body, Client, Method, Request, RequestBuilder, Response};
use std::time::Duration;
use tokio::time::timeout;

const CONNECT: Duration = Duration::from_secs(10);
const WHOLE_REQUEST: Duration = Duration::from_secs(30);
/// Longest gap between two chunks of a streamed body; a long download as a whole has no limit.
const SILENCE: Duration = Duration::from_secs(60);
/// Largest response accepted, in bytes. A page of audit entries stays well below it.
const LARGEST_REPLY: usize = 4 * 1024 * 1024;

const USER_AGENT: &str = concat!("tegata/", env!("CARGO_PKG_VERSION"));

/// Sends requests. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Transport {
    client: Client,
    /// What an agent sends its requests with; `client` only writes them then.
    dialling: Option<Dialling>,
}

type Dialling = legacy::Client<Dialler, Body>;

impl Transport {
    /// Builds the HTTP client. It never follows redirects: they would carry credentials to a host nobody chose.
    pub fn new() -> Result<Self, Error> {
        let client = Client::builder()
            .user_agent(USER_AGENT)
            .redirect(Policy::none())
            .connect_timeout(CONNECT)
            .read_timeout(SILENCE)
            .build()
            .map_err(Error::Network)?;
        Ok(Self { client, dialling: None })
    }

    /// The HTTP client of an agent, all of whose connections `dialler` makes. It keeps none open: the settings hold for
    /// each request.
    pub fn dialling(dialler: Dialler) -> Result<Self, Error> {
        let dialling = legacy::Client::builder(TokioExecutor::new())
            .pool_max_idle_per_host(0)
            .build(dialler);
        Ok(Self {
            client: Client::builder().no_proxy().build().map_err(Error::Network)?,
            dialling: Some(dialling),
        })
    }

    /// A request for a short response, with a time limit for the whole exchange.
    pub fn request(&self, method: Method, url: &str) -> RequestBuilder {
        self.client.request(method, url).timeout(WHOLE_REQUEST)
    }

    /// A request whose response is streamed, or upgraded.
    pub fn streaming(&self, method: Method, url: &str) -> RequestBuilder {
        self.client.request(method, url)
    }

    /// Sends a request and reads the whole response.
    pub async fn send(&self, request: RequestBuilder) -> Result<Reply, Error> {
        if self.dialling.is_none() {
            return read(request.send().await.map_err(without_url)?).await;
        }
        let request = request.build().map_err(without_url)?;
        let limit = request.timeout().copied().unwrap_or(WHOLE_REQUEST);
        let exchange = async { read(self.execute(request).await?).await };
        timeout(limit, exchange).await.unwrap_or_else(|_| Err(late()))
    }

    /// Sends a request and returns the response with its body still to come.
    ///
    /// Errors: `Obstacle` when an agent's request found no way; `Network` for others.
    pub async fn execute(&self, request: Request) -> Result<Response, Error> {
        let Some(dialling) = &self.dialling else {
            return self.client.execute(request).await.map_err(without_url);
        };
        let mut request = http::Request::try_from(request).map_err(without_url)?;
        let agent = HeaderValue::from_static(USER_AGENT);
        request.headers_mut().insert(header::USER_AGENT, agent);
        match dialling.request(request).await {
            Ok(response) => Ok(Response::from(response.map(Body::wrap))),
            Err(error) => Err(obstacle(&error).into()),
        }
    }
}

fn late() -> Error {
    let detail = "no answer in time".to_owned();
    Obstacle::Unreachable { detail }.into()
}

/// What the dialler found in the way; for an error after it had a line, that the line broke off.
fn obstacle(error: &legacy::Error) -> Obstacle {
    let mut cause = std::error::Error::source(error);
    while let Some(next) = cause {
        if let Some(obstacle) = next.downcast_ref::<Obstacle>() {
            return obstacle.clone();
        }
        cause = next.source();
    }
    Obstacle::Unreachable { detail: chain(error) }
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
