//! HTTP servers on the loopback interface, each on its own thread, so that tests with separate runtimes can share one.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::thread;

use futures::future::BoxFuture;
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::HeaderMap;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::sync::oneshot;

/// A received request.
#[derive(Debug, Clone)]
pub struct Received {
    /// Method.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: Bytes,
}

/// The server's reaction to a request: a response, or `None` to close the connection.
pub type Reaction = BoxFuture<'static, Option<Response<Full<Bytes>>>>;

/// A running server; dropping it closes its port.
#[derive(Debug)]
pub struct Loopback {
    /// Base URL.
    pub url: String,
    /// Port.
    pub port: u16,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Loopback {
    /// Serves on `port`, or on a free one for 0.
    pub fn serve(port: u16, react: impl Fn(Received) -> Reaction + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).expect("the port is free");
        listener.set_nonblocking(true).expect("our own socket");
        let port = listener.local_addr().expect("our own socket").port();
        let (stop, stopped) = oneshot::channel();
        let react = Arc::new(react);
        let serve = move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(async {
                let accepting = accept(listener, react);
                futures::future::select(Box::pin(accepting), stopped).await;
            });
        };
        Self {
            url: format!("http://127.0.0.1:{port}"),
            port,
            stop: Some(stop),
            thread: Some(thread::spawn(serve)),
        }
    }
}

impl Drop for Loopback {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn accept(
    listener: TcpListener,
    react: Arc<impl Fn(Received) -> Reaction + Send + Sync + 'static>,
) -> Infallible {
    let listener = tokio::net::TcpListener::from_std(listener).expect("inside a runtime");
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        let react = Arc::clone(&react);
        tokio::spawn(async move {
            let service = service_fn(|request| answer(request, &*react));
            // A connection that breaks is either the client's doing or the test's intention.
            let _ = http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

async fn answer(
    request: Request<Incoming>,
    react: &impl Fn(Received) -> Reaction,
) -> io::Result<Response<Full<Bytes>>> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
    let received = Received {
        method: head.method.to_string(),
        target: head.uri.to_string(),
        headers: head.headers,
        body,
    };
    let reaction = react(received).await;
    reaction.ok_or_else(|| io::Error::other("the connection was dropped"))
}
