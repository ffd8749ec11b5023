//! A tunnel through a proxy: `CONNECT` (RFC 9110 section 9.3.6), and the authentication before it on one connection,
//! which is what NTLM authenticates.

use crate::error::chain;
use crate::proxy::address::ProxyAddress;
use crate::proxy::authentication::{Account, Authenticator, Challenge, challenges};
use crate::proxy::line::Line;
use crate::proxy::obstacle::{Obstacle, Unauthenticated};
use crate::proxy::reach::{Unreached, reach};
use bytes::Bytes;
use http::header::{HOST, PROXY_AUTHENTICATE, PROXY_AUTHORIZATION};
use http::{HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Empty, Limited};
use hyper::body::Incoming;
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use std::time::Duration;
use tokio::time::timeout;

/// Time limit for everything that is said to the proxy. A proxy answers once it has connected to the edge.
const LIMIT: Duration = Duration::from_secs(20);
/// Largest page that a proxy may send with a refusal.
const LARGEST_PAGE: usize = 256 * 1024;
/// More rounds than any authentication takes.
const ROUNDS: usize = 6;

/// Opens a tunnel to `target`, which is `host:port`.
pub async fn open(proxy: &ProxyAddress, account: Option<&Account>, target: &str) -> Result<Line, Obstacle> {
    let opened = timeout(LIMIT, negotiate(proxy, account, target)).await;
    opened.unwrap_or_else(|_| Err(unreachable(proxy, "no answer in time".to_owned())))
}

fn unreachable(proxy: &ProxyAddress, detail: String) -> Obstacle {
    let proxy = proxy.to_string();
    Obstacle::ProxyUnreachable { proxy, detail }
}

async fn negotiate(proxy: &ProxyAddress, account: Option<&Account>, target: &str) -> Result<Line, Obstacle> {
    let mut authenticator = Authenticator::new(account);
    let mut sender = connect(proxy).await?;
    let mut authorization = None;
    let mut offered = Vec::new();
    for _ in 0..ROUNDS {
        let response = sender.send_request(request(target, authorization.take())?).await;
        let response = response.map_err(|error| unreachable(proxy, chain(&error)))?;
        let status = response.status();
        if status.is_success() {
            let upgraded = hyper::upgrade::on(response).await;
            let upgraded = upgraded.map_err(|error| unreachable(proxy, chain(&error)))?;
            return Ok(Line::over(TokioIo::new(upgraded)));
        }
        // Tinyproxy says 401 to a wrong password, although it has asked with 407.
        if status == StatusCode::UNAUTHORIZED && authenticator.has_answered() {
            return Err(unauthenticated(proxy, &offered, Unauthenticated::Refused));
        }
        if status != StatusCode::PROXY_AUTHENTICATION_REQUIRED {
            let (proxy, status) = (proxy.to_string(), status.as_u16());
            return Err(Obstacle::ProxyRefused { proxy, status });
        }
        let asked = asked(&response);
        if offered.is_empty() {
            offered = asked.iter().map(|challenge| challenge.scheme.clone()).collect();
        }
        let in_exchange = authenticator.is_bound_to_connection();
        let answer = authenticator.answer(&asked);
        authorization = Some(answer.map_err(|why| unauthenticated(proxy, &offered, why))?);
        let read = Limited::new(response.into_body(), LARGEST_PAGE).collect().await;
        if read.is_err() || sender.ready().await.is_err() {
            // A proxy may close after it has asked, but not in the middle of an exchange.
            if in_exchange {
                return Err(unauthenticated(proxy, &offered, Unauthenticated::Refused));
            }
            sender = connect(proxy).await?;
        }
    }
    Err(unauthenticated(proxy, &offered, Unauthenticated::Refused))
}

fn unauthenticated(proxy: &ProxyAddress, offered: &[String], why: Unauthenticated) -> Obstacle {
    Obstacle::ProxyAuthentication {
        proxy: proxy.to_string(),
        schemes: offered.to_vec(),
        why,
    }
}

async fn connect(proxy: &ProxyAddress) -> Result<SendRequest<Empty<Bytes>>, Obstacle> {
    let stream = reach(&proxy.host, proxy.port).await.map_err(|error| match error {
        Unreached::Name(error) | Unreached::Address(error) => unreachable(proxy, error.to_string()),
    })?;
    let handshake = http1::Builder::new()
        .ignore_invalid_headers_in_responses(true)
        .handshake(TokioIo::new(stream))
        .await;
    let (sender, connection) = handshake.map_err(|error| unreachable(proxy, chain(&error)))?;
    // Ends with the connection; its errors show where it is used.
    tokio::spawn(connection.with_upgrades());
    Ok(sender)
}

fn request(target: &str, authorization: Option<String>) -> Result<Request<Empty<Bytes>>, Obstacle> {
    let invalid = |error: http::Error| Obstacle::Unreachable { detail: chain(&error) };
    let mut request = Request::builder()
        .method(Method::CONNECT)
        .uri(target)
        .header(HOST, target)
        .body(Empty::new())
        .map_err(invalid)?;
    if let Some(authorization) = authorization {
        let mut value = HeaderValue::try_from(authorization).map_err(|error| invalid(error.into()))?;
        value.set_sensitive(true);
        request.headers_mut().insert(PROXY_AUTHORIZATION, value);
    }
    Ok(request)
}

fn asked(response: &Response<Incoming>) -> Vec<Challenge> {
    let values = response.headers().get_all(PROXY_AUTHENTICATE).iter();
    challenges(values.filter_map(|value| value.to_str().ok()))
}
