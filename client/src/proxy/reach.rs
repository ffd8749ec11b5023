//! From a name to an open TCP connection: resolves it, and tries its addresses with a head start for each, so that a
//! broken IPv6 route costs a moment and not the whole time limit (RFC 8305).

use futures::StreamExt as _;
use futures::stream::FuturesUnordered;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::{sleep, timeout};

/// Time limit for the name, and for all of its addresses together.
const LIMIT: Duration = Duration::from_secs(10);
/// How long one address is tried alone.
const HEAD_START: Duration = Duration::from_millis(300);

/// How many bytes may wait in the kernel, in front of everything that is written after them.
#[cfg(target_os = "linux")]
const UNSENT: u32 = 16 * 1024;

/// Why there is no connection.
#[derive(Debug)]
pub enum Unreached {
    /// The name has no address.
    Name(io::Error),
    /// No address accepts connections.
    Address(io::Error),
}

/// Connects to `host`, which is a name or an address without brackets.
pub async fn reach(host: &str, port: u16) -> Result<TcpStream, Unreached> {
    let resolved = timeout(LIMIT, lookup_host((host, port))).await;
    let addresses: Vec<SocketAddr> = resolved
        .unwrap_or_else(|_| Err(late()))
        .map_err(Unreached::Name)?
        .collect();
    if addresses.is_empty() {
        return Err(Unreached::Name(io::Error::other("no address")));
    }
    let connected = timeout(LIMIT, first(&addresses)).await;
    let stream = connected.unwrap_or_else(|_| Err(late())).map_err(Unreached::Address)?;
    // Messages are small, and each is waited for.
    stream.set_nodelay(true).map_err(Unreached::Address)?;
    #[cfg(target_os = "linux")]
    socket2::SockRef::from(&stream)
        .set_tcp_notsent_lowat(UNSENT)
        .map_err(Unreached::Address)?;
    Ok(stream)
}

fn late() -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, "no answer in time")
}

/// The first connection that comes up; otherwise the last error.
async fn first(addresses: &[SocketAddr]) -> io::Result<TcpStream> {
    let mut waiting = addresses.iter().copied();
    let mut trying = FuturesUnordered::new();
    let mut last = late();
    loop {
        if let Some(address) = waiting.next() {
            trying.push(TcpStream::connect(address));
        }
        tokio::select! {
            outcome = trying.next() => match outcome {
                Some(Ok(stream)) => return Ok(stream),
                Some(Err(error)) => last = error,
                None => return Err(last),
            },
            () = sleep(HEAD_START), if waiting.len() > 0 => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Unreached, first, reach};
    use std::net::SocketAddr;
    use tokio::net::TcpListener;

    #[tokio::test]
    async fn an_address_that_refuses_does_not_hide_the_next() {
        let closed = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let refusing: SocketAddr = closed.local_addr().unwrap();
        drop(closed);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let open = listener.local_addr().unwrap();
        let stream = first(&[refusing, refusing, open]).await.unwrap();
        assert_eq!(stream.peer_addr().unwrap(), open);
        assert!(first(&[refusing]).await.is_err());
    }

    #[tokio::test]
    async fn a_name_without_address_is_told_from_a_closed_port() {
        // RFC 6761 section 6.4: `invalid` never resolves.
        let unknown = reach("edge.invalid", 443).await;
        assert!(matches!(unknown, Err(Unreached::Name(_))), "{unknown:?}");
        let closed = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = closed.local_addr().unwrap().port();
        drop(closed);
        let refused = reach("127.0.0.1", port).await;
        assert!(matches!(refused, Err(Unreached::Address(_))), "{refused:?}");
    }
}
