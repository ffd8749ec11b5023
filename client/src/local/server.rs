//! The server: it listens on 127.0.0.1 only, bounds what it reads, and puts the same protection on every answer.

use super::checks::{Passed, Refusal, check};
use super::door::{Door, START};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, Request, Response, StatusCode, Uri, request::Parts};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use sha2::{Digest as _, Sha256};
use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{Notify, Semaphore};
use tower_service::Service as _;

/// Largest body of a form: a message of 2,000 characters, each of which a form may write as twelve.
const LARGEST_BODY: usize = 32 * 1024;
/// Largest head of a request, and how many headers it may have.
const LARGEST_HEAD: usize = 16 * 1024;
const MOST_HEADERS: usize = 64;
/// Connections at once. A browser opens six.
const MOST_CONNECTIONS: usize = 32;
/// How long a head or a body may take; a connection on which nothing is asked ends after it as well.
const ARRIVAL: Duration = Duration::from_secs(10);
/// How long one connection may last, a slow download included.
const LONGEST: Duration = Duration::from_secs(3600);
/// How long answers may still take when the server ends.
const LAST_ANSWERS: Duration = Duration::from_millis(300);
/// The stylesheet's path.
pub const STYLESHEET: &str = "/page.css";

/// What people see around the pages.
pub trait Shell: Send + Sync + 'static {
    /// The page behind the one-time URL: a form that posts `key` to `START`.
    fn entrance(&self, headers: &HeaderMap, key: &str) -> String;
    /// The page that says why a request was refused.
    fn refusal(&self, headers: &HeaderMap, why: Refusal) -> String;
    /// The stylesheet of every page, which they link to at `STYLESHEET`.
    fn stylesheet(&self) -> &'static str;
    /// The text of each `script` element that the pages have. Every other script is blocked.
    fn scripts(&self) -> &'static [&'static str];
}

/// A server whose port is taken, and which nobody has entered yet.
#[derive(Debug)]
pub struct LocalServer {
    listener: TcpListener,
    door: Arc<Door>,
}

impl LocalServer {
    /// Takes a port, any free one for 0. Errors: the port is not free, or there is no random source.
    pub async fn bind(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let door = Door::new(listener.local_addr()?.port()).map_err(io::Error::other)?;
        Ok(Self {
            listener,
            door: Arc::new(door),
        })
    }

    /// The server's door.
    pub fn door(&self) -> Arc<Door> {
        Arc::clone(&self.door)
    }

    /// Serves `pages` until `ended` resolves, or until nobody has asked for anything for as long as `idle`.
    pub async fn serve(self, pages: Router, shell: Arc<dyn Shell>, idle: Duration, ended: impl Future<Output = ()>) {
        let site = Arc::new(Site {
            policy: policy(shell.scripts()),
            door: self.door,
            pages,
            shell,
            asked: Notify::new(),
        });
        let left = left_alone(&site.asked, idle);
        tokio::select! {
            () = accept(&self.listener, &site) => {}
            () = pin!(ended) => {}
            () = left => {}
        }
        tokio::time::sleep(LAST_ANSWERS).await;
    }
}

/// Resolves when nothing was asked for as long as `idle`.
async fn left_alone(asked: &Notify, idle: Duration) {
    while tokio::time::timeout(idle, asked.notified()).await.is_ok() {}
}

/// Accepts connections for ever.
async fn accept(listener: &TcpListener, site: &Arc<Site>) {
    let seats = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    loop {
        let Ok(seat) = Arc::clone(&seats).acquire_owned().await else {
            return;
        };
        let stream = match listener.accept().await {
            Ok((stream, SocketAddr::V4(peer))) if peer.ip().is_loopback() => stream,
            Ok(_) => continue,
            Err(_) => {
                // Too many open files, most likely: they become free again.
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let site = Arc::clone(site);
        tokio::spawn(async move {
            let answer = service_fn(|request| {
                let site = Arc::clone(&site);
                async move { Ok::<_, Infallible>(site.answer(request).await) }
            });
            let mut builder = http1::Builder::new();
            builder
                .timer(TokioTimer::new())
                .header_read_timeout(ARRIVAL)
                .max_buf_size(LARGEST_HEAD)
                .max_headers(MOST_HEADERS);
            // A connection that breaks off concerns nobody else.
            let served = builder.serve_connection(TokioIo::new(stream), answer);
            let _ = tokio::time::timeout(LONGEST, served).await;
            drop(seat);
        });
    }
}

/// What every connection shares.
struct Site {
    policy: HeaderValue,
    door: Arc<Door>,
    pages: Router,
    shell: Arc<dyn Shell>,
    asked: Notify,
}

impl Site {
    async fn answer(&self, request: Request<Incoming>) -> Response<Body> {
        let (parts, body) = request.into_parts();
        let headers = parts.headers.clone();
        let mut response = match self.admitted(parts, Body::new(body)).await {
            Ok(response) => response,
            Err(why) => self.refused(&headers, why),
        };
        self.protect(response.headers_mut());
        response
    }

    async fn admitted(&self, parts: Parts, body: Body) -> Result<Response<Body>, Refusal> {
        let passed = check(&self.door, &parts)?;
        let body = tokio::time::timeout(ARRIVAL, to_bytes(body, LARGEST_BODY)).await;
        let body = body.ok().and_then(Result::ok).ok_or(Refusal::TooLarge)?;
        match passed {
            Passed::Outside => self.outside(&parts, &body),
            Passed::Page => {
                // Requests from outside the session do not keep the program alive.
                self.asked.notify_one();
                self.page(parts, Body::from(body)).await
            }
        }
    }

    fn outside(&self, parts: &Parts, body: &[u8]) -> Result<Response<Body>, Refusal> {
        let path = parts.uri.path();
        if parts.method == Method::POST {
            return if path == START {
                self.enter(body)
            } else {
                Err(Refusal::NoSession)
            };
        }
        if path == STYLESHEET {
            return Ok(typed("text/css; charset=utf-8", self.shell.stylesheet().to_owned()));
        }
        match path.strip_prefix(START).and_then(|rest| rest.strip_prefix('/')) {
            Some(key) if self.door.is_key(key) => Ok(html(self.shell.entrance(&parts.headers, key))),
            Some(_) => Err(Refusal::Spent),
            None if path == "/favicon.ico" => Err(Refusal::NotFound),
            None => Err(Refusal::NoSession),
        }
    }

    /// The form `key=…` of the entrance. The secret is of characters that a form does not encode.
    fn enter(&self, body: &[u8]) -> Result<Response<Body>, Refusal> {
        let form = std::str::from_utf8(body).unwrap_or_default();
        let key = form.strip_prefix("key=").unwrap_or_default();
        let cookie = self.door.enter(key).ok_or(Refusal::Spent)?;
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::SEE_OTHER;
        for (name, value) in [(header::LOCATION, self.door.home()), (header::SET_COOKIE, cookie)] {
            // Safe: base64url and our own letters make a header.
            let value = HeaderValue::from_str(&value).unwrap_or_else(|_| HeaderValue::from_static("/"));
            response.headers_mut().insert(name, value);
        }
        Ok(response)
    }

    /// A page of the session. The program's router knows nothing of the place that the paths begin with.
    async fn page(&self, mut parts: Parts, body: Body) -> Result<Response<Body>, Refusal> {
        let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
        let below = self.door.below(target).and_then(|rest| rest.parse::<Uri>().ok());
        parts.uri = below.ok_or(Refusal::NotFound)?;
        let Ok(response) = self.pages.clone().call(Request::from_parts(parts, body)).await;
        if response.status() == StatusCode::NOT_FOUND {
            return Err(Refusal::NotFound);
        }
        Ok(response)
    }

    fn refused(&self, headers: &HeaderMap, why: Refusal) -> Response<Body> {
        let mut response = html(self.shell.refusal(headers, why));
        *response.status_mut() = match why {
            Refusal::OtherHost => StatusCode::MISDIRECTED_REQUEST,
            Refusal::OtherSite | Refusal::NoSession => StatusCode::FORBIDDEN,
            Refusal::Method => StatusCode::METHOD_NOT_ALLOWED,
            Refusal::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Refusal::Spent => StatusCode::GONE,
            Refusal::NotFound => StatusCode::NOT_FOUND,
        };
        response
    }

    /// What every answer carries. A page may bring a policy of its own.
    fn protect(&self, headers: &mut HeaderMap) {
        headers
            .entry(header::CONTENT_SECURITY_POLICY)
            .or_insert_with(|| self.policy.clone());
        let fixed: [(HeaderName, &str); 6] = [
            (header::CACHE_CONTROL, "no-store"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::X_FRAME_OPTIONS, "DENY"),
            // Without a referrer, browsers would send `Origin: null` with a form.
            (header::REFERRER_POLICY, "same-origin"),
            (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
            (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        ];
        for (name, value) in fixed {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
}

/// The content security policy: our stylesheet, pictures inside the page, these scripts, and nothing else. It also holds
/// for a document inside a page (`srcdoc`), which can neither load anything nor lead anywhere.
fn policy(scripts: &[&str]) -> HeaderValue {
    let hash = |script: &&str| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(script.as_bytes())));
    let scripts: String = scripts.iter().map(hash).collect();
    let scripts = if scripts.is_empty() {
        " 'none'".to_owned()
    } else {
        scripts
    };
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src data:; script-src{scripts}; connect-src 'self'; \
         form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    );
    // Safe: base64 and our own letters make a header.
    HeaderValue::from_str(&policy).unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"))
}

fn html(page: String) -> Response<Body> {
    typed("text/html; charset=utf-8", page)
}

fn typed(content_type: &'static str, body: String) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}
