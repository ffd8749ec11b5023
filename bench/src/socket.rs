//! WebSockets from this machine, with what a handshake may need: a token with its proof, or a page's origin.

use anyhow::{Context, Result, bail};
use futures::{SinkExt as _, StreamExt as _};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio_tungstenite::{
    WebSocketStream, client_async_with_config,
    tungstenite::{
        Message,
        client::IntoClientRequest as _,
        http::{HeaderName, HeaderValue},
        protocol::WebSocketConfig,
    },
};

/// Buffer for reading, in bytes: two thousand sockets are open at the same time.
const BUFFER: usize = 16 * 1024;

/// An open socket.
pub struct Socket(WebSocketStream<TcpStream>);

impl Socket {
    /// Opens the socket at `path` of the server on `port`, which is called `host`.
    pub async fn open(port: u16, host: &str, path: &str, headers: &[(&str, &str)]) -> Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        let mut request = format!("ws://{host}{path}").into_client_request()?;
        for (name, value) in headers {
            let name = HeaderName::from_bytes(name.as_bytes())?;
            request.headers_mut().insert(name, HeaderValue::from_str(value)?);
        }
        let config = WebSocketConfig::default().read_buffer_size(BUFFER);
        let opened = client_async_with_config(request, stream, Some(config)).await;
        let (socket, _) = opened.with_context(|| format!("opening {path}"))?;
        Ok(Self(socket))
    }

    /// Says something as JSON.
    pub async fn say(&mut self, message: &Value) -> Result<()> {
        Ok(self.0.send(Message::text(message.to_string())).await?)
    }

    /// Shows that this side is there.
    pub async fn ping(&mut self) -> Result<()> {
        Ok(self.0.send(Message::text("ping")).await?)
    }

    /// The next JSON text.
    pub async fn hear(&mut self) -> Result<Value> {
        loop {
            match self.0.next().await.context("the socket was closed")?? {
                Message::Text(text) if text != "pong" => return Ok(serde_json::from_str(&text)?),
                Message::Close(frame) => bail!("the socket was closed: {frame:?}"),
                _ => {}
            }
        }
    }

    /// Sends bytes; they leave with the next [`flush`](Self::flush), or when the buffer is full.
    pub async fn feed(&mut self, bytes: Vec<u8>) -> Result<()> {
        Ok(self.0.feed(Message::binary(bytes)).await?)
    }

    /// Sends what is still in the buffer.
    pub async fn flush(&mut self) -> Result<()> {
        Ok(self.0.flush().await?)
    }

    /// The next binary message.
    pub async fn receive(&mut self) -> Result<Vec<u8>> {
        loop {
            match self.0.next().await.context("the socket was closed")?? {
                Message::Binary(bytes) => return Ok(bytes.into()),
                Message::Close(frame) => bail!("the socket was closed: {frame:?}"),
                _ => {}
            }
        }
    }

    /// Says goodbye.
    pub async fn close(mut self) {
        let _ = self.0.close(None).await;
    }
}
