//! A proxy that tunnels, asks for authentication in the ways that proxies do, and remembers what it was asked.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::sync::{Arc, Mutex, MutexGuard};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};

/// What the proxy demands.
#[derive(Clone, Default)]
pub(crate) struct Rules {
    /// `user:password` for Basic; `None` lets everybody through.
    pub(crate) basic: Option<String>,
    /// The values of `Proxy-Authenticate`, one header each.
    pub(crate) offers: Vec<&'static str>,
    /// Whether it closes the connection after it has asked.
    pub(crate) closes: bool,
    /// The status with which it refuses everything.
    pub(crate) refuses: Option<u16>,
    /// Whether it answers with HTTP/1.0, as tinyproxy does.
    pub(crate) old: bool,
}

/// One request: its first line, and the value of `Proxy-Authorization`.
pub(crate) type Asked = (String, Option<String>);

/// A running proxy.
pub(crate) struct FakeProxy {
    /// `host:port`
    pub(crate) address: String,
    state: Arc<Mutex<State>>,
}

struct State {
    rules: Rules,
    asked: Vec<Asked>,
}

impl FakeProxy {
    pub(crate) async fn start(rules: Rules) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let asked = Vec::new();
        let state = Arc::new(Mutex::new(State { rules, asked }));
        let shared = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&shared)));
            }
        });
        Self { address, state }
    }

    fn now(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// Changes what the proxy demands from now on.
    pub(crate) fn demand(&self, rules: Rules) {
        self.now().rules = rules;
    }

    /// What it was asked so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.now().asked.clone()
    }
}

async fn head(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    String::from_utf8(head).ok()
}

async fn serve(mut stream: TcpStream, state: Arc<Mutex<State>>) {
    while let Some(head) = head(&mut stream).await {
        let line = head.lines().next().unwrap_or_default().to_owned();
        let header = |line: &str| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("proxy-authorization")
                .then(|| value.to_owned())
        };
        let authorization = head.lines().find_map(header);
        let rules = {
            let mut state = state.lock().unwrap();
            state.asked.push((line.clone(), authorization.clone()));
            state.rules.clone()
        };
        let version = if rules.old { "HTTP/1.0" } else { "HTTP/1.1" };
        let expected = rules
            .basic
            .as_ref()
            .map(|pair| format!("Basic {}", STANDARD.encode(pair)));
        let through = rules.offers.is_empty() || (expected.is_some() && authorization == expected);
        if let Some(status) = rules.refuses {
            let refusal = format!("{version} {status} No\r\ncontent-length: 2\r\n\r\nno");
            let _ = stream.write_all(refusal.as_bytes()).await;
        } else if through {
            let target = line.split(' ').nth(1).unwrap_or_default();
            let mut edge = TcpStream::connect(target).await.unwrap();
            let welcome = format!("{version} 200 Connection established\r\nvia: 1.1 proxy\r\n\r\n");
            stream.write_all(welcome.as_bytes()).await.unwrap();
            let _ = copy_bidirectional(&mut stream, &mut edge).await;
            return;
        } else {
            let offers = rules
                .offers
                .iter()
                .map(|offer| format!("Proxy-Authenticate: {offer}\r\n"));
            let offers: String = offers.collect();
            let close = if rules.closes { "Connection: close\r\n" } else { "" };
            let asking = format!("{version} 407 Who\r\n{offers}{close}Content-Length: 9\r\n\r\n<p>no</p>");
            let _ = stream.write_all(asking.as_bytes()).await;
            if rules.closes {
                return;
            }
        }
    }
}
