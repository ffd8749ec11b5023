//! A data origin that costs next to nothing, so that the measurement shows the gate. It checks what a gate must do to a
//! request and returns 500 for any other, which fails the measurement.

use std::{cell::RefCell, rc::Rc};

use anyhow::Result;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::spawn_local,
};

const BODY_LENGTH: usize = 1024;
/// Headers that the gate must have removed.
const FOREIGN: [&str; 4] = ["authorization", "dpop", "cookie", "cf-connecting-ip"];

/// The origin; it serves as long as the task set it was created in runs.
pub struct Origin {
    port: u16,
    identity: Rc<RefCell<String>>,
}

impl Origin {
    /// Listens on a free port.
    pub async fn start() -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let identity = Rc::<RefCell<String>>::default();
        let last = Rc::clone(&identity);
        spawn_local(async move {
            while let Ok((stream, _)) = listener.accept().await {
                spawn_local(serve(stream, Rc::clone(&last)));
            }
        });
        Ok(Self { port, identity })
    }

    /// Its base URL, as a tenant's policy names it.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The identity that came with the last request.
    pub fn last_identity(&self) -> String {
        self.identity.borrow().clone()
    }
}

async fn serve(mut stream: TcpStream, last: Rc<RefCell<String>>) {
    let _ = stream.set_nodelay(true);
    let good = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {BODY_LENGTH}\r\n\r\n{}",
        "x".repeat(BODY_LENGTH)
    );
    let bad = "HTTP/1.1 500 Not Gated\r\nContent-Length: 0\r\n\r\n";
    let mut received = Vec::with_capacity(8192);
    loop {
        match stream.read_buf(&mut received).await {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        let mut headers = [httparse::EMPTY_HEADER; 48];
        let mut request = httparse::Request::new(&mut headers);
        let Ok(httparse::Status::Complete(length)) = request.parse(&received) else {
            continue;
        };
        let find = |wanted: &str| {
            request
                .headers
                .iter()
                .find(|header| header.name.eq_ignore_ascii_case(wanted))
        };
        let answer = match find("tegata-identity") {
            Some(identity) if !FOREIGN.iter().any(|name| find(name).is_some()) => {
                let mut last = last.borrow_mut();
                last.clear();
                last.push_str(&String::from_utf8_lossy(identity.value));
                good.as_bytes()
            }
            _ => bad.as_bytes(),
        };
        received.drain(..length);
        if stream.write_all(answer).await.is_err() {
            return;
        }
    }
}
