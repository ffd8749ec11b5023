//! One control socket: opened with the access token and a proof of the key, kept alive by pings. The handshake is an
//! HTTP request of our own client, so that it takes the same way through proxies as every other.

use super::Agent;
use crate::clock;
use crate::dpop::{PROOF_HEADER, Proof};
use crate::error::Error;
use crate::transport::{read, without_url};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures::{SinkExt as _, StreamExt as _};
use reqwest::header::{
    AUTHORIZATION, CONNECTION, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_PROTOCOL, SEC_WEBSOCKET_VERSION,
    UPGRADE,
};
use reqwest::{Method, StatusCode, Upgraded};
use std::time::Duration;
use tegata_domain::agent::AgentReport;
use tegata_domain::control::{ENDED, FromAgent, LARGEST, PING, PROTOCOL, REPLACED, ToAgent, Welcome};
use tokio::time::{Instant, timeout_at};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};

/// How long the edge may take for the handshake and its welcome.
const OPENING: Duration = Duration::from_secs(30);
/// After how many pings without any answer the connection counts as broken.
const MISSED: u32 = 2;

/// An open control socket, after the edge's welcome.
#[derive(Debug)]
pub struct Connection {
    socket: WebSocketStream<Upgraded>,
    /// What the edge said.
    pub welcome: Welcome,
}

/// How a connection ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// The edge no longer accepts the agent, or has suspended its tenant.
    Ended,
    /// Another process has connected with the same credential.
    Replaced,
    /// It broke off, was closed without a reason, or answered no pings.
    Lost,
}

impl Connection {
    /// Opens a socket and introduces the agent.
    ///
    /// Errors: `Revoked` when the edge rejects the token or the agent; `Network` when it cannot be reached.
    pub async fn open(agent: &Agent, report: &AgentReport) -> Result<Self, Error> {
        let opening = Instant::now() + OPENING;
        let opened = timeout_at(opening, Self::handshake(agent, report)).await;
        opened.unwrap_or(Err(Error::Protocol("the edge did not answer in time")))
    }

    async fn handshake(agent: &Agent, report: &AgentReport) -> Result<Self, Error> {
        let (state, key, token) = agent.access_token(None).await?;
        let url = Agent::socket_url(&state);
        let proof = Proof {
            method: "GET",
            url: &url,
            issued_at: clock::now(),
            access_token: Some(token.expose()),
            nonce: None,
        };
        let mut nonce = [0u8; 16];
        getrandom::fill(&mut nonce).map_err(|_| Error::Protocol("no random source"))?;
        let nonce = STANDARD.encode(nonce);
        let request = agent
            .transport
            .streaming(Method::GET, &url)
            .header(AUTHORIZATION, format!("DPoP {}", token.expose()))
            .header(PROOF_HEADER, proof.sign(&key)?)
            .header(CONNECTION, "Upgrade")
            .header(UPGRADE, "websocket")
            .header(SEC_WEBSOCKET_VERSION, "13")
            .header(SEC_WEBSOCKET_KEY, &nonce)
            .header(SEC_WEBSOCKET_PROTOCOL, PROTOCOL);
        let request = request.build().map_err(without_url)?;
        let response = agent.transport.execute(request).await?;
        if response.status() != StatusCode::SWITCHING_PROTOCOLS {
            return Err(match read(response).await?.into_error() {
                Error::Problem(problem) if problem.status == 401 || problem.code == "not-admitted" => Error::Revoked,
                error => error,
            });
        }
        let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok());
        if header(SEC_WEBSOCKET_ACCEPT) != Some(derive_accept_key(nonce.as_bytes()).as_str())
            || header(SEC_WEBSOCKET_PROTOCOL) != Some(PROTOCOL)
        {
            return Err(Error::Protocol("the answer to the WebSocket handshake is wrong"));
        }
        let stream = response.upgrade().await.map_err(without_url)?;
        let mut config = WebSocketConfig::default();
        config.max_message_size = Some(LARGEST);
        config.max_frame_size = Some(LARGEST);
        let mut socket = WebSocketStream::from_raw_socket(stream, Role::Client, Some(config)).await;
        let hello = serde_json::to_string(&FromAgent::Hello(report.clone())).unwrap_or_default();
        let broken = |_| Error::Protocol("the connection broke off");
        socket.send(Message::text(hello)).await.map_err(broken)?;
        loop {
            match socket.next().await {
                Some(Ok(Message::Text(text))) => match serde_json::from_str(&text) {
                    Ok(ToAgent::Welcome(welcome)) => return Ok(Self { socket, welcome }),
                    _ => continue,
                },
                Some(Ok(Message::Close(_))) | None => return Err(Error::Protocol("the connection broke off")),
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(broken(error)),
            }
        }
    }

    /// Tells the edge whether this machine allows remote assistance (P10). Returns whether it could be sent.
    pub async fn allow_remote_assistance(&mut self, remote_assistance: bool) -> bool {
        let switch = serde_json::to_string(&FromAgent::Switch { remote_assistance }).unwrap_or_default();
        self.socket.send(Message::text(switch)).await.is_ok()
    }

    /// Keeps the connection until it ends: pings, and skips what a newer edge may say.
    pub async fn keep(&mut self) -> Closed {
        let interval = Duration::from_secs(u64::try_from(PING).unwrap_or(25));
        let mut next_ping = Instant::now() + interval;
        let mut unanswered = 0;
        loop {
            match timeout_at(next_ping, self.socket.next()).await {
                Err(_) if unanswered == MISSED => return Closed::Lost,
                Err(_) => {
                    unanswered += 1;
                    next_ping = Instant::now() + interval;
                    if self.socket.send(Message::text("ping")).await.is_err() {
                        return Closed::Lost;
                    }
                }
                Ok(Some(Ok(Message::Close(frame)))) => {
                    return match frame.map(|frame| u16::from(frame.code)) {
                        Some(ENDED) => Closed::Ended,
                        Some(REPLACED) => Closed::Replaced,
                        _ => Closed::Lost,
                    };
                }
                Ok(Some(Ok(_))) => unanswered = 0,
                Ok(Some(Err(_)) | None) => return Closed::Lost,
            }
        }
    }

    /// Says goodbye, so that the edge knows at once.
    pub async fn close(mut self) {
        let _ = tokio::time::timeout(Duration::from_secs(2), self.socket.close(None)).await;
    }
}
