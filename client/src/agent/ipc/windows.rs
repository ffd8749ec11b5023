//! Named pipes whose names follow from the data directory. The first has Windows' default access list: the system,
//! administrators and the agent's own user may write to it, and all of them administer the machine's agent. The second is
//! there if the agent was told a group, and admits its members. Neither can be reached from another machine.

use super::Caller;
use crate::data_dir::DataDir;
use crate::error::{Error, StorageError};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use interprocess::os::windows::named_pipe::tokio::PipeListener;
use interprocess::os::windows::named_pipe::{PipeListenerOptions, pipe_mode};
use interprocess::os::windows::security_descriptor::SecurityDescriptor;
use sha2::{Digest as _, Sha256};
use std::io::{self, ErrorKind};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::windows::named_pipe::{ClientOptions, NamedPipeClient, NamedPipeServer, ServerOptions};
use widestring::U16CString;

/// Windows' error code of a pipe all of whose instances are in use.
const ALL_BUSY: i32 = 231;
const BUSY_TRIES: u32 = 40;
const BUSY_STEP: Duration = Duration::from_millis(50);

/// What both kinds of pipes are.
pub(super) trait Pipe: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Pipe for T {}

/// Accepts programs on the pipes.
#[derive(Debug)]
pub struct Listener {
    name: String,
    next: NamedPipeServer,
    people: Option<PipeListener<pipe_mode::Bytes, pipe_mode::Bytes>>,
}

fn name(data_dir: &DataDir) -> String {
    // Two spellings of one path would be two pipes; the file system knows the one that it keeps.
    let path = data_dir.path();
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let hash = Sha256::digest(path.to_string_lossy().as_bytes());
    let hash: String = URL_SAFE_NO_PAD.encode(hash).chars().take(22).collect();
    format!(r"\\.\pipe\tegata-agent-{hash}")
}

fn name_for_people(name: &str) -> String {
    format!("{name}-people")
}

impl Listener {
    /// Listens. `group` is the security identifier of a group, such as `S-1-5-32-545`.
    ///
    /// Errors: `InvalidInput` with field `group` for what is no identifier; `Storage` when another program has a pipe of
    /// that name.
    pub fn bind(data_dir: &DataDir, group: Option<&str>) -> Result<Self, Error> {
        let name = name(data_dir);
        let failed = |source| {
            Error::Storage(StorageError::Io {
                path: name.clone().into(),
                source,
            })
        };
        let access = group.map(access_list).transpose()?;
        let next = ServerOptions::new().first_pipe_instance(true).create(&name);
        let next = next.map_err(failed)?;
        let people = access.map(|access| listen(&name_for_people(&name), access));
        let people = people.transpose().map_err(failed)?;
        Ok(Self { name, next, people })
    }

    /// The next program, and by which pipe it came.
    pub(super) async fn accept(&mut self) -> io::Result<(Box<dyn Pipe>, Caller)> {
        let person = async {
            match &self.people {
                Some(people) => people.accept().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            connected = self.next.connect() => {
                connected?;
                let next = ServerOptions::new().create(&self.name)?;
                Ok((Box::new(std::mem::replace(&mut self.next, next)), Caller::Administrator))
            }
            accepted = person => Ok((Box::new(accepted?), Caller::Person)),
        }
    }
}

/// Everything to the system and to administrators; reading and writing to the group.
fn access_list(group: &str) -> Result<SecurityDescriptor, Error> {
    let invalid = || Error::InvalidInput { field: "group" };
    let rest = group.strip_prefix("S-1-").ok_or_else(invalid)?;
    if !rest.chars().all(|c| c.is_ascii_digit() || c == '-') {
        return Err(invalid());
    }
    let text = format!("D:P(A;;GA;;;SY)(A;;GA;;;BA)(A;;GRGW;;;{group})");
    let text = U16CString::from_str(text).map_err(|_| invalid())?;
    SecurityDescriptor::deserialize(&text).map_err(|_| invalid())
}

fn listen(name: &str, access: SecurityDescriptor) -> io::Result<PipeListener<pipe_mode::Bytes, pipe_mode::Bytes>> {
    PipeListenerOptions::new()
        .path(name)
        .security_descriptor(Some(access))
        .create_tokio_duplex()
}

/// The administrators' pipe, or else the people's.
pub(super) async fn connect(data_dir: &DataDir) -> io::Result<NamedPipeClient> {
    let name = name(data_dir);
    match open(&name).await {
        Err(error) if error.kind() == ErrorKind::PermissionDenied => match open(&name_for_people(&name)).await {
            // An agent without a group admits nobody else.
            Err(missing) if missing.kind() == ErrorKind::NotFound => Err(error),
            opened => opened,
        },
        opened => opened,
    }
}

async fn open(name: &str) -> io::Result<NamedPipeClient> {
    for _ in 0..BUSY_TRIES {
        match ClientOptions::new().open(name) {
            Err(error) if error.raw_os_error() == Some(ALL_BUSY) => tokio::time::sleep(BUSY_STEP).await,
            opened => return opened,
        }
    }
    Err(ErrorKind::TimedOut.into())
}
