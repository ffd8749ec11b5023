//! One control socket: opened with the access token and a proof of the key, kept alive by pings. What the edge says on it
//! is passed on; what the agent does about it is not decided here.

use super::Agent;
use super::socket::{self, Socket};
use crate::error::Error;
use futures::{SinkExt as _, StreamExt as _};
use std::time::Duration;
use tegata_domain::agent::AgentReport;
use tegata_domain::control::{ENDED, FromAgent, LARGEST, PING, PROTOCOL, REPLACED, ToAgent, Welcome};
use tokio::time::{Instant, timeout_at};
use tokio_tungstenite::tungstenite::Message;

/// How long the edge may take for the handshake and its welcome.
const OPENING: Duration = Duration::from_secs(30);
/// After how many pings without any answer a connection counts as broken.
pub(super) const MISSED: u32 = 2;

/// An open control socket, after the edge's welcome.
#[derive(Debug)]
pub struct Connection {
    socket: Socket,
    next_ping: Instant,
    unanswered: u32,
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

/// The time between two pings.
pub(super) fn ping_interval() -> Duration {
    Duration::from_secs(u64::try_from(PING).unwrap_or(25))
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
        let mut socket = socket::open(agent, "agent", PROTOCOL, LARGEST).await?;
        let hello = serde_json::to_string(&FromAgent::Hello(report.clone())).unwrap_or_default();
        let broken = |_| Error::Protocol("the connection broke off");
        socket.send(Message::text(hello)).await.map_err(broken)?;
        loop {
            match socket.next().await {
                Some(Ok(Message::Text(text))) => match serde_json::from_str(&text) {
                    Ok(ToAgent::Welcome(welcome)) => {
                        return Ok(Self {
                            socket,
                            next_ping: Instant::now() + ping_interval(),
                            unanswered: 0,
                            welcome,
                        });
                    }
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
        self.say(&FromAgent::Switch { remote_assistance }).await
    }

    /// Tells the edge something. Returns whether it could be sent.
    pub async fn say(&mut self, message: &FromAgent) -> bool {
        let text = serde_json::to_string(message).unwrap_or_default();
        self.socket.send(Message::text(text)).await.is_ok()
    }

    /// The next message, or how the connection ended. Pings meanwhile. What cannot be read is skipped, because a newer
    /// edge may have said it. Nothing is lost when the caller stops waiting.
    pub async fn hear(&mut self) -> Result<ToAgent, Closed> {
        loop {
            match timeout_at(self.next_ping, self.socket.next()).await {
                Err(_) if self.unanswered >= MISSED => return Err(Closed::Lost),
                Err(_) => {
                    self.unanswered = self.unanswered.saturating_add(1);
                    self.next_ping = Instant::now() + ping_interval();
                    if self.socket.send(Message::text("ping")).await.is_err() {
                        return Err(Closed::Lost);
                    }
                }
                Ok(Some(Ok(Message::Close(frame)))) => {
                    return Err(match frame.map(|frame| u16::from(frame.code)) {
                        Some(ENDED) => Closed::Ended,
                        Some(REPLACED) => Closed::Replaced,
                        _ => Closed::Lost,
                    });
                }
                Ok(Some(Ok(message))) => {
                    self.unanswered = 0;
                    if let Message::Text(text) = message
                        && let Ok(said) = serde_json::from_str(&text)
                    {
                        return Ok(said);
                    }
                }
                Ok(Some(Err(_)) | None) => return Err(Closed::Lost),
            }
        }
    }

    /// Says goodbye, so that the edge knows at once.
    pub async fn close(mut self) {
        let _ = tokio::time::timeout(Duration::from_secs(2), self.socket.close(None)).await;
    }
}
