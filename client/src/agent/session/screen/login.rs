//! The beginning of an RFB connection (RFC 6143, section 7.1 and 7.2), on both sides: the agent logs in to the machine's
//! VNC server, and lets the viewer in without a login, because the session has decided who may look.

use crate::agent::session::stream::{Incoming, Outgoing};
use bytes::{Buf as _, Bytes};
use des::Des;
use des::cipher::{BlockCipherEncrypt as _, KeyInit as _};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

const VERSION: &[u8; 12] = b"RFB 003.008\n";
const NO_LOGIN: u8 = 1;
const VNC_AUTH: u8 = 2;

/// There is no connection: the server or the viewer speaks another protocol, or the password is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NoLogin;

/// Logs in to a server. It then waits for the viewer's `ClientInit`.
pub(super) async fn to_server(
    server: &mut (impl AsyncRead + AsyncWrite + Unpin),
    password: Option<&[u8]>,
) -> Result<(), NoLogin> {
    let mut version = [0; 12];
    read(server, &mut version).await?;
    // Every later version answers to this one as well.
    if !version.starts_with(b"RFB 003.00") || version < *VERSION {
        return Err(NoLogin);
    }
    write(server, VERSION).await?;
    let mut count = [0];
    read(server, &mut count).await?;
    let mut types = vec![0; usize::from(count[0])];
    read(server, &mut types).await?;
    match password {
        None if types.contains(&NO_LOGIN) => write(server, &[NO_LOGIN]).await?,
        Some(password) if types.contains(&VNC_AUTH) => {
            write(server, &[VNC_AUTH]).await?;
            let mut challenge = [0; 16];
            read(server, &mut challenge).await?;
            write(server, &answer(challenge, password)).await?;
        }
        _ => return Err(NoLogin),
    }
    let mut outcome = [0; 4];
    read(server, &mut outcome).await?;
    if outcome == [0; 4] { Ok(()) } else { Err(NoLogin) }
}

async fn read(from: &mut (impl AsyncRead + Unpin), bytes: &mut [u8]) -> Result<(), NoLogin> {
    from.read_exact(bytes).await.map(drop).map_err(|_| NoLogin)
}

async fn write(to: &mut (impl AsyncWrite + Unpin), bytes: &[u8]) -> Result<(), NoLogin> {
    to.write_all(bytes).await.map_err(|_| NoLogin)
}

/// The answer to a challenge (RFC 6143, section 7.2.2): two blocks under DES, whose key is the beginning of the password
/// with the bits of each byte in reverse order, as every VNC server has it.
fn answer(mut challenge: [u8; 16], password: &[u8]) -> [u8; 16] {
    let mut key = [0; 8];
    for (key, byte) in key.iter_mut().zip(password) {
        *key = byte.reverse_bits();
    }
    let des = Des::new(&key.into());
    for block in challenge.chunks_exact_mut(8) {
        if let Ok(block) = block.try_into() {
            des.encrypt_block(block);
        }
    }
    challenge
}

/// What the viewer says, however it is cut into frames.
struct Viewer<'a> {
    incoming: &'a mut Incoming,
    rest: Bytes,
}

impl Viewer<'_> {
    async fn read<const N: usize>(&mut self) -> Result<[u8; N], NoLogin> {
        let mut bytes = [0; N];
        for byte in &mut bytes {
            while self.rest.is_empty() {
                self.rest = self.incoming.next().await.ok_or(NoLogin)?;
            }
            *byte = self.rest.get_u8();
        }
        Ok(bytes)
    }
}

/// Lets the viewer in. Returns what it has said beyond its `ClientInit`, which is for the server.
pub(super) async fn of_viewer(incoming: &mut Incoming, outgoing: &mut Outgoing) -> Result<Bytes, NoLogin> {
    let say = |bytes: &'static [u8]| Bytes::from_static(bytes);
    let mut viewer = Viewer {
        incoming,
        rest: Bytes::new(),
    };
    outgoing.send(say(VERSION)).await.map_err(|_| NoLogin)?;
    if viewer.read().await? != *VERSION {
        return Err(NoLogin);
    }
    outgoing.send(say(&[1, NO_LOGIN])).await.map_err(|_| NoLogin)?;
    if viewer.read().await? != [NO_LOGIN] {
        return Err(NoLogin);
    }
    outgoing.send(say(&[0; 4])).await.map_err(|_| NoLogin)?;
    // Whether the viewer wants the screen for itself: others may be looking.
    let [_exclusive] = viewer.read().await?;
    Ok(viewer.rest)
}

/// The `ClientInit` of every viewer: it shares the screen with others.
pub(super) const SHARED: [u8; 1] = [1];

#[cfg(test)]
mod tests {
    use super::{NoLogin, answer, to_server};
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex};

    #[test]
    fn a_challenge_is_answered_as_vnc_servers_expect() {
        assert_eq!(answer([7; 16], b"secret12"), answer([7; 16], b"secret12 and more"));
        assert_ne!(answer([7; 16], b"secret12"), answer([7; 16], b"secret1"));
        // FIPS 46's first published vector: key 10316E028C8F3B4A, zeros -> 82DCBAFBDEAB6602.
        let key: Vec<u8> = [0x10, 0x31, 0x6e, 0x02, 0x8c, 0x8f, 0x3b, 0x4a_u8]
            .iter()
            .map(|byte| byte.reverse_bits())
            .collect();
        let expected = [0x82, 0xdc, 0xba, 0xfb, 0xde, 0xab, 0x66, 0x02];
        assert_eq!(answer([0; 16], &key), [expected, expected].concat()[..]);
    }

    /// What becomes of a login at a server that says `types` and then `outcome`.
    async fn login(version: &[u8; 12], types: &[u8], password: Option<&[u8]>, outcome: u32) -> Result<(), NoLogin> {
        let (mut here, mut there) = duplex(1024);
        let (version, types) = (*version, types.to_vec());
        let server = tokio::spawn(async move {
            there.write_all(&version).await.unwrap();
            let mut said = [0; 12];
            if there.read_exact(&mut said).await.is_err() {
                return;
            }
            there.write_all(&[u8::try_from(types.len()).unwrap()]).await.unwrap();
            there.write_all(&types).await.unwrap();
            let mut chosen = [0];
            if there.read_exact(&mut chosen).await.is_err() {
                return;
            }
            if chosen == [2] {
                there.write_all(&[7; 16]).await.unwrap();
                let mut answered = [0; 16];
                there.read_exact(&mut answered).await.unwrap();
                assert_eq!(answered, answer([7; 16], b"secret"));
            }
            there.write_all(&outcome.to_be_bytes()).await.unwrap();
        });
        let logged_in = to_server(&mut here, password).await;
        drop(here);
        server.await.unwrap();
        logged_in
    }

    #[tokio::test]
    async fn the_agent_logs_in_as_it_was_told_and_in_no_other_way() {
        let new = b"RFB 003.008\n";
        assert_eq!(login(new, &[1], None, 0).await, Ok(()));
        assert_eq!(login(new, &[1, 2], Some(b"secret"), 0).await, Ok(()));
        assert_eq!(login(new, &[2], Some(b"secret"), 1).await, Err(NoLogin));
        assert_eq!(
            login(new, &[1], Some(b"secret"), 0).await,
            Err(NoLogin),
            "it asks for no password"
        );
        assert_eq!(login(new, &[2], None, 0).await, Err(NoLogin));
        assert_eq!(login(new, &[], None, 0).await, Err(NoLogin));
        assert_eq!(login(b"RFB 003.003\n", &[1], None, 0).await, Err(NoLogin));
        assert_eq!(login(b"SSH-2.0-x\r\n\0", &[1], None, 0).await, Err(NoLogin));
    }
}
