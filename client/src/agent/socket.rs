//! Opens a WebSocket at the edge with the agent's access token and a proof of its key. The handshake is an HTTP request of
//! our own client, so that it takes the same way through proxies as every other.

use super::Agent;
use crate::clock;
use crate::dpop::{PROOF_HEADER, Proof};
use crate::error::Error;
use crate::transport::{read, without_url};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::{
    AUTHORIZATION, CONNECTION, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_PROTOCOL, SEC_WEBSOCKET_VERSION,
    UPGRADE,
};
use reqwest::{Method, StatusCode, Upgraded};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};

/// An open WebSocket.
pub(super) type Socket = WebSocketStream<Upgraded>;

/// Opens the socket at `path` below the tenant, for messages of at most `largest` bytes.
///
/// Errors: `Revoked` when the edge rejects the token or the agent; `Problem`; `Network` when it cannot be reached.
pub(super) async fn open(agent: &Agent, path: &str, protocol: &str, largest: usize) -> Result<Socket, Error> {
    let (state, key, token) = agent.access_token(None).await?;
    let url = format!("{}/{path}", state.metadata.issuer);
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
        .header(SEC_WEBSOCKET_PROTOCOL, protocol);
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
        || header(SEC_WEBSOCKET_PROTOCOL) != Some(protocol)
    {
        return Err(Error::Protocol("the answer to the WebSocket handshake is wrong"));
    }
    let stream = response.upgrade().await.map_err(without_url)?;
    let mut config = WebSocketConfig::default();
    config.max_message_size = Some(largest);
    config.max_frame_size = Some(largest);
    // What waits here could be overtaken by nothing.
    config.write_buffer_size = 0;
    Ok(WebSocketStream::from_raw_socket(stream, Role::Client, Some(config)).await)
}
