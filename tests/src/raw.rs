//! Hand-written HTTP, for requests that no client library sends.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A connection to an edge.
#[derive(Debug)]
pub struct Raw(TcpStream);

impl Raw {
    /// Connects to the host of `url`.
    pub async fn connect(url: &str) -> Self {
        let host = url.trim_start_matches("http://").split('/').next().unwrap_or_default();
        Self(TcpStream::connect(host).await.expect("the edge listens"))
    }

    /// Sends bytes. False if the edge has closed the connection.
    pub async fn send(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        self.0.write_all(bytes.as_ref()).await.is_ok()
    }

    /// The status of the next response. Leaves the rest of the response unread.
    pub async fn status(&mut self) -> u16 {
        let mut head = [0; 12];
        let read = tokio::time::timeout(Duration::from_secs(30), self.0.read_exact(&mut head)).await;
        read.expect("a response in time").expect("a response");
        let text = String::from_utf8_lossy(&head);
        let status = text.split(' ').nth(1).and_then(|status| status.parse().ok());
        status.unwrap_or_else(|| panic!("no status line: {text}"))
    }
}
