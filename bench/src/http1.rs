//! Minimal HTTP/1.1: requests are bytes made in advance, and little more is done with replies than reading them. The
//! client shares the machine with the server under test, so it must use little processor time.

use std::io::Write;

use anyhow::{Context, Result, bail};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

const MOST_HEADERS: usize = 48;

/// One kept-alive connection.
pub struct Connection {
    stream: TcpStream,
    received: Vec<u8>,
}

/// A complete reply.
#[derive(Debug)]
pub struct Reply {
    /// HTTP status code.
    pub status: u16,
    /// The body, without its transfer coding.
    pub body: Vec<u8>,
}

enum Length {
    Known(usize),
    Chunked,
}

impl Connection {
    /// Connects to a port of this machine.
    pub async fn open(port: u16) -> Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await;
        let stream = stream.with_context(|| format!("connecting to port {port}"))?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            received: Vec::with_capacity(16 * 1024),
        })
    }

    /// Sends a request and reads its reply. There is never more than one in flight.
    pub async fn exchange(&mut self, request: &[u8]) -> Result<Reply> {
        self.stream.write_all(request).await?;
        let (status, head, length) = loop {
            if let Some(parsed) = head_of(&self.received)? {
                break parsed;
            }
            self.more().await?;
        };
        self.received.drain(..head);
        let body = match length {
            Length::Known(length) => self.exactly(length).await?,
            Length::Chunked => self.chunks().await?,
        };
        Ok(Reply { status, body })
    }

    /// Sends a request and streams the body of its reply to `file`. Returns the number of bytes.
    pub async fn download(&mut self, request: &[u8], file: &mut impl Write) -> Result<usize> {
        self.stream.write_all(request).await?;
        let (status, head, _) = loop {
            if let Some(parsed) = head_of(&self.received)? {
                break parsed;
            }
            self.more().await?;
        };
        self.received.drain(..head);
        if status != 200 {
            bail!("the download returned {status}");
        }
        let mut written = 0;
        loop {
            let chunk = self.chunk().await?;
            if chunk.is_empty() {
                return Ok(written);
            }
            file.write_all(&chunk)?;
            written += chunk.len();
        }
    }

    async fn more(&mut self) -> Result<()> {
        if self.stream.read_buf(&mut self.received).await? == 0 {
            bail!("the connection was closed in the middle of a reply");
        }
        Ok(())
    }

    async fn exactly(&mut self, length: usize) -> Result<Vec<u8>> {
        while self.received.len() < length {
            self.more().await?;
        }
        Ok(self.received.drain(..length).collect())
    }

    async fn chunks(&mut self) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let chunk = self.chunk().await?;
            if chunk.is_empty() {
                return Ok(body);
            }
            body.extend_from_slice(&chunk);
        }
    }

    /// Reads the next chunk of a body; the last is empty.
    async fn chunk(&mut self) -> Result<Vec<u8>> {
        let size = loop {
            match httparse::parse_chunk_size(&self.received).map_err(|error| anyhow::anyhow!("chunk: {error}"))? {
                httparse::Status::Complete((at, size)) => {
                    self.received.drain(..at);
                    break usize::try_from(size)?;
                }
                httparse::Status::Partial => self.more().await?,
            }
        };
        let mut chunk = self.exactly(size + 2).await?;
        chunk.truncate(size);
        Ok(chunk)
    }
}

/// Status, length of the head, and length of the body; `None` until the head is complete.
fn head_of(received: &[u8]) -> Result<Option<(u16, usize, Length)>> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut reply = httparse::Response::new(&mut headers);
    let httparse::Status::Complete(head) = reply.parse(received)? else {
        return Ok(None);
    };
    let status = reply.code.context("the reply has no status")?;
    let mut length = Length::Known(0);
    for header in reply.headers.iter() {
        if header.name.eq_ignore_ascii_case("content-length") {
            length = Length::Known(std::str::from_utf8(header.value)?.parse()?);
        } else if header.name.eq_ignore_ascii_case("transfer-encoding") {
            length = Length::Chunked;
        }
    }
    Ok(Some((status, head, length)))
}

/// The bytes of a request. `host` is the edge's name; the peers get the same.
pub fn request(method: &str, host: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
    let mut text = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\n");
    for (name, value) in headers {
        text.extend([name, ": ", value, "\r\n"]);
    }
    if !body.is_empty() {
        text.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    text.push_str("\r\n");
    text.push_str(body);
    text.into_bytes()
}

/// The bytes of a POST request with a form.
pub fn form(host: &str, path: &str, headers: &[(&str, &str)], fields: &[(&str, &str)]) -> Vec<u8> {
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    let mut all = vec![("Content-Type", "application/x-www-form-urlencoded")];
    all.extend_from_slice(headers);
    request("POST", host, path, &all, &body)
}
