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
    /// The user name for NTLM or Negotiate with NTLM inside; the password cannot be checked here.
    pub(crate) ntlm: Option<&'static str>,
    /// The values of `Proxy-Authenticate`, one header each.
    pub(crate) offers: Vec<&'static str>,
    /// Whether it closes the connection after it has asked.
    pub(crate) closes: bool,
    /// The status with which it refuses everything.
    pub(crate) refuses: Option<u16>,
    /// Whether it answers as tinyproxy does: with HTTP/1.0, and with 401 to a wrong password.
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

/// The NTLM challenge of MS-NLMP section 4.2.4.3.
const CHALLENGE: &str = concat!(
    "TlRMTVNTUAACAAAADAAMADgAAAAzgoriASNFZ4mrze8AAAAAAAAAACQAJABEAAAABgBwFwAAAA9TAGUAcgB2AGUAcgACAAwARABvAG0AYQBp",
    "AG4AAQAMAFMAZQByAHYAZQByAAAAAAA="
);

/// The scheme and the kind of the NTLM message in a header: 1 and 3 are the agent's.
pub(crate) fn ntlm_message(authorization: &str) -> Option<(&str, u8, Vec<u8>)> {
    let (scheme, message) = authorization.split_once(' ')?;
    let message = STANDARD.decode(message).ok()?;
    let begin = message.windows(8).position(|window| window == b"NTLMSSP\0")?;
    let kind = *message.get(begin + 8)?;
    Some((scheme, kind, message))
}

async fn serve(mut stream: TcpStream, state: Arc<Mutex<State>>) {
    // The scheme in which a challenge was sent on this connection.
    let mut challenged: Option<String> = None;
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
        let message = authorization.as_deref().and_then(ntlm_message);
        let by_ntlm = match (&message, rules.ntlm) {
            (Some((scheme, 3, message)), Some(user)) if challenged.as_deref() == Some(*scheme) => {
                let user: Vec<u8> = user.encode_utf16().flat_map(u16::to_le_bytes).collect();
                message.windows(user.len()).any(|window| window == user)
            }
            _ => false,
        };
        let by_basic = expected.is_some() && authorization == expected;
        let through = rules.offers.is_empty() || by_basic || by_ntlm;
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
        } else if let (Some((scheme, 1, _)), Some(_), true) = (&message, rules.ntlm, challenged.is_none()) {
            let challenge = format!("Proxy-Authenticate: {scheme} {CHALLENGE}\r\nContent-Length: 0\r\n\r\n");
            let asking = format!("{version} 407 Go on\r\n{challenge}");
            let _ = stream.write_all(asking.as_bytes()).await;
            challenged = Some((*scheme).to_owned());
        } else {
            challenged = None;
            let offers = rules
                .offers
                .iter()
                .map(|offer| format!("Proxy-Authenticate: {offer}\r\n"));
            let offers: String = offers.collect();
            let close = if rules.closes { "Connection: close\r\n" } else { "" };
            let status = if rules.old && authorization.is_some() { 401 } else { 407 };
            let asking = format!("{version} {status} Who\r\n{offers}{close}Content-Length: 9\r\n\r\n<p>no</p>");
            let _ = stream.write_all(asking.as_bytes()).await;
            if rules.closes {
                return;
            }
        }
    }
}
