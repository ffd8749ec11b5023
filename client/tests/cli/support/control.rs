//! The edge's end of an agent's control socket.

use crate::support::fake_edge::FakeEdge;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Response, StatusCode};
use futures::{SinkExt as _, StreamExt as _};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use std::collections::{HashMap, VecDeque};
use std::time::Duration;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Role};

/// What agents have done, and what they meet.
#[derive(Default)]
pub(crate) struct Control {
    /// Enrolment codes: `good`, or the OAuth error that each gets.
    pub(crate) codes: HashMap<&'static str, &'static str>,
    /// What machines are told that poll: `accepted`, or an OAuth error.
    pub(crate) identified: &'static str,
    /// What agents said when they connected.
    pub(crate) hellos: Vec<Value>,
    /// Whether agents allow remote assistance, as often as they said so.
    pub(crate) switches: Vec<bool>,
    /// What is said to the agent next.
    pub(crate) says: VecDeque<Value>,
    /// What agents said besides `hello` and `switch`.
    pub(crate) said: Vec<Value>,
    /// Whether agents are turned away.
    pub(crate) turns_away: bool,
    /// The code with which open sockets are closed.
    pub(crate) closes: Option<u16>,
}

pub(crate) async fn connect(State(edge): State<FakeEdge>, request: Request) -> Response<Body> {
    if edge.now().control.turns_away {
        let problem = json!({"type": "urn:tegata:problem:not-admitted", "title": "Agent not admitted", "status": 403, "code": "not-admitted"});
        return Response::builder()
            .status(StatusCode::FORBIDDEN)
            .header("content-type", "application/problem+json")
            .body(Body::from(problem.to_string()))
            .unwrap();
    }
    upgraded(edge, request, "agent", "tegata.agent.v1", serve)
}

/// Checks token and proof of a handshake at `path`, and serves the socket.
pub(crate) fn upgraded<S>(
    edge: FakeEdge,
    mut request: Request,
    path: &str,
    protocol: &str,
    serve: fn(FakeEdge, WebSocketStream<TokioIo<hyper::upgrade::Upgraded>>) -> S,
) -> Response<Body>
where
    S: Future<Output = ()> + Send + 'static,
{
    let headers = request.headers().clone();
    let header = |name: &str| headers[name].to_str().unwrap().to_owned();
    let token = header("authorization").strip_prefix("DPoP ").unwrap().to_owned();
    let url = format!("{}/{path}", edge.issuer());
    let jkt = edge.prove(&headers, "GET", &url, Some(&token)).expect("a proof");
    assert_eq!(jkt, edge.now().jkt);
    assert_eq!(header("sec-websocket-protocol"), protocol);
    let accept = derive_accept_key(header("sec-websocket-key").as_bytes());
    let upgrade = hyper::upgrade::on(&mut request);
    tokio::spawn(async move {
        let stream = TokioIo::new(upgrade.await.unwrap());
        let socket = WebSocketStream::from_raw_socket(stream, Role::Server, None).await;
        serve(edge, socket).await;
    });
    let response = Response::builder().status(StatusCode::SWITCHING_PROTOCOLS);
    let response = response.header("connection", "upgrade").header("upgrade", "websocket");
    let response = response
        .header("sec-websocket-accept", accept)
        .header("sec-websocket-protocol", protocol);
    response.body(Body::empty()).unwrap()
}

async fn serve(edge: FakeEdge, mut socket: WebSocketStream<TokioIo<hyper::upgrade::Upgraded>>) {
    loop {
        let closes = edge.now().control.closes.take();
        if let Some(code) = closes {
            let frame = CloseFrame {
                code: code.into(),
                reason: "".into(),
            };
            let _ = socket.close(Some(frame)).await;
            return;
        }
        let says = edge.now().control.says.pop_front();
        if let Some(says) = says {
            let _ = socket.send(Message::text(says.to_string())).await;
        }
        match tokio::time::timeout(Duration::from_millis(20), socket.next()).await {
            Err(_) => {}
            Ok(Some(Ok(Message::Text(text)))) if text == "ping" => {
                let _ = socket.send(Message::text("pong")).await;
            }
            Ok(Some(Ok(Message::Text(text)))) => {
                let said: Value = serde_json::from_str(&text).expect("agents say JSON");
                if said["type"] == "switch" {
                    let allowed = said["remote_assistance"].as_bool().expect("yes or no");
                    edge.now().control.switches.push(allowed);
                    continue;
                }
                if said["type"] != "hello" {
                    edge.now().control.said.push(said);
                    continue;
                }
                edge.now().control.hellos.push(said);
                // What only a newer agent would understand comes first.
                let _ = socket.send(Message::text(r#"{"type":"dance"}"#)).await;
                let welcome = json!({
                    "type": "welcome", "time": 1_795_000_000, "equipment": "5軸加工機 7号機", "serial_number": "SN-0007",
                    "remote_assistance": false, "manual_launch": true, "added_later": 1,
                });
                let _ = socket.send(Message::text(welcome.to_string())).await;
            }
            Ok(Some(Ok(_))) => {}
            Ok(Some(Err(_)) | None) => return,
        }
    }
}
