//! A tenant's data origin that records the requests it receives.

use std::sync::{Arc, Mutex};

use http_body_util::Full;
use hyper::Response;

use crate::loopback::{Loopback, Received};

/// A running data origin.
#[derive(Debug)]
pub struct Origin {
    server: Loopback,
    received: Arc<Mutex<Vec<Received>>>,
}

/// The body of its responses.
pub const DATA: &str = "測定値 42";

impl Origin {
    /// Starts a data origin.
    pub fn start() -> Self {
        let received = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&received);
        let server = Loopback::serve(0, move |request| {
            log.lock().expect("nobody panics while holding the lock").push(request);
            Box::pin(async {
                let response = Response::builder()
                    .header("set-cookie", "origin=1")
                    .body(Full::from(DATA));
                Some(response.expect("a response"))
            })
        });
        Self { server, received }
    }

    /// Its base URL.
    pub fn url(&self) -> &str {
        &self.server.url
    }

    /// The requests received so far.
    pub fn received(&self) -> Vec<Received> {
        self.received
            .lock()
            .expect("nobody panics while holding the lock")
            .clone()
    }
}
