//! Lines on a stream, one JSON text each. At most `LONGEST` bytes of a line are kept, so no peer can fill the memory.

use serde::Serialize;
use std::io::{self, ErrorKind};
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufStream};

/// Longest line, without its end.
pub(super) const LONGEST: usize = 64 * 1024;

/// Reads and writes lines.
pub(super) struct Lines<S> {
    stream: BufStream<S>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Lines<S> {
    pub(super) fn new(stream: S) -> Self {
        Self {
            stream: BufStream::new(stream),
        }
    }

    /// The next line; `None` at the end of the stream, even in mid-line.
    ///
    /// Errors: `FileTooLarge` for a line that is too long; the stream is of no use after it.
    pub(super) async fn read(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let most = u64::try_from(LONGEST).unwrap_or(u64::MAX).saturating_add(1);
        (&mut self.stream).take(most).read_until(b'\n', &mut line).await?;
        match line.pop() {
            Some(b'\n') => Ok(Some(line)),
            Some(_) if line.len() >= LONGEST => Err(ErrorKind::FileTooLarge.into()),
            _ => Ok(None),
        }
    }

    /// Writes a line. JSON texts contain no line break of their own.
    pub(super) async fn write(&mut self, message: &impl Serialize) -> io::Result<()> {
        let mut line = serde_json::to_vec(message)?;
        line.push(b'\n');
        self.stream.write_all(&line).await?;
        self.stream.flush().await
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, Lines};
    use std::io::ErrorKind;
    use tokio::io::AsyncWriteExt as _;

    #[tokio::test]
    async fn a_line_has_a_bound() {
        let (mut there, here) = tokio::io::duplex(4 * LONGEST);
        let longest = vec![b'x'; LONGEST];
        there.write_all(&longest).await.unwrap();
        there.write_all(b"\n\n").await.unwrap();
        there.write_all(&longest).await.unwrap();
        there.write_all(b"x\n").await.unwrap();
        let mut lines = Lines::new(here);
        assert_eq!(lines.read().await.unwrap(), Some(longest));
        assert_eq!(lines.read().await.unwrap(), Some(Vec::new()));
        assert_eq!(lines.read().await.unwrap_err().kind(), ErrorKind::FileTooLarge);
    }

    #[tokio::test]
    async fn half_a_line_is_none() {
        let (mut there, here) = tokio::io::duplex(64);
        there.write_all(b"{\"do\":").await.unwrap();
        drop(there);
        assert_eq!(Lines::new(here).read().await.unwrap(), None);
    }
}
