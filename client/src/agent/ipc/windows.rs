//! A named pipe whose name follows from the data directory. Windows' default access list lets the system, administrators
//! and the agent's own user write to it, and nobody write from another machine; all of them administer the machine's agent.

use super::Caller;
use crate::data_dir::DataDir;
use crate::error::{Error, StorageError};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use std::io;
use std::time::Duration;
use tokio::net::windows::named_pipe::{ClientOptions, NamedPipeClient, NamedPipeServer, ServerOptions};

/// Windows' error code of a pipe all of whose instances are in use.
const ALL_BUSY: i32 = 231;
const BUSY_TRIES: u32 = 40;
const BUSY_STEP: Duration = Duration::from_millis(50);

/// Accepts programs on the pipe.
#[derive(Debug)]
pub struct Listener {
    name: String,
    next: NamedPipeServer,
}

fn name(data_dir: &DataDir) -> String {
    // Two spellings of one path would be two pipes; the file system knows the one that it keeps.
    let path = data_dir.path();
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let hash = Sha256::digest(path.to_string_lossy().as_bytes());
    let hash: String = URL_SAFE_NO_PAD.encode(hash).chars().take(22).collect();
    format!(r"\\.\pipe\tegata-agent-{hash}")
}

impl Listener {
    /// Listens. Errors: `InvalidInput` with field `group`, because Windows has no group here yet; `Storage` when another
    /// program has a pipe of that name.
    pub fn bind(data_dir: &DataDir, group: Option<&str>) -> Result<Self, Error> {
        if group.is_some() {
            return Err(Error::InvalidInput { field: "group" });
        }
        let name = name(data_dir);
        let first = ServerOptions::new().first_pipe_instance(true).create(&name);
        let next = first.map_err(|source| StorageError::Io {
            path: name.clone().into(),
            source,
        })?;
        Ok(Self { name, next })
    }

    /// The next program.
    pub(super) async fn accept(&mut self) -> io::Result<(NamedPipeServer, Caller)> {
        self.next.connect().await?;
        let next = ServerOptions::new().create(&self.name)?;
        Ok((std::mem::replace(&mut self.next, next), Caller::Administrator))
    }
}

pub(super) async fn connect(data_dir: &DataDir) -> io::Result<NamedPipeClient> {
    let name = name(data_dir);
    for _ in 0..BUSY_TRIES {
        match ClientOptions::new().open(&name) {
            Err(error) if error.raw_os_error() == Some(ALL_BUSY) => tokio::time::sleep(BUSY_STEP).await,
            opened => return opened,
        }
    }
    Err(io::ErrorKind::TimedOut.into())
}
