//! The socket `control.sock` in the data directory. Its mode admits the agent's own user, root, and the members of one
//! group if the agent was told one; the kernel then says which of them is calling.

use super::Caller;
use crate::data_dir::{CONTROL_SOCKET, DataDir};
use crate::error::{Error, StorageError};
use nix::unistd::Group;
use std::fs::{self, Permissions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::path::Path;
use tokio::net::{UnixListener, UnixStream};

const OWNER_ONLY: u32 = 0o600;
const OWNER_AND_GROUP: u32 = 0o660;
/// The group may pass through the directory, and see none of its names.
const PASSABLE: u32 = 0o710;

/// Accepts programs on the socket.
#[derive(Debug)]
pub struct Listener {
    socket: UnixListener,
    owner: u32,
    has_group: bool,
}

impl Listener {
    /// Listens. Only the process that has claimed the directory may call it: a socket that is there was left behind.
    ///
    /// Errors: `InvalidInput` with field `group` for a group that does not exist; `Storage`.
    pub fn bind(data_dir: &DataDir, group: Option<&str>) -> Result<Self, Error> {
        let group = group.map(group_id).transpose()?;
        let path = data_dir.path().join(CONTROL_SOCKET);
        let failed = |source| {
            Error::Storage(StorageError::Io {
                path: path.clone(),
                source,
            })
        };
        Self::bind_at(&path, data_dir.path(), group).map_err(failed)
    }

    fn bind_at(path: &Path, folder: &Path, group: Option<u32>) -> io::Result<Self> {
        match fs::remove_file(path) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let socket = UnixListener::bind(path)?;
        match group {
            None => fs::set_permissions(path, Permissions::from_mode(OWNER_ONLY))?,
            Some(group) => {
                chown(path, None, Some(group))?;
                fs::set_permissions(path, Permissions::from_mode(OWNER_AND_GROUP))?;
                chown(folder, None, Some(group))?;
                fs::set_permissions(folder, Permissions::from_mode(PASSABLE))?;
            }
        }
        Ok(Self {
            owner: fs::metadata(path)?.uid(),
            has_group: group.is_some(),
            socket,
        })
    }

    /// The next program, and who runs it.
    pub(super) async fn accept(&mut self) -> io::Result<(UnixStream, Caller)> {
        loop {
            let (stream, _) = self.socket.accept().await?;
            let user = stream.peer_cred()?.uid();
            if user == 0 || user == self.owner {
                return Ok((stream, Caller::Administrator));
            }
            // The socket's mode has let in nobody but members of the group; without one there is nobody to let in.
            if self.has_group {
                return Ok((stream, Caller::Person));
            }
        }
    }
}

fn group_id(name: &str) -> Result<u32, Error> {
    let group = Group::from_name(name).ok().flatten();
    let group = group.ok_or(Error::InvalidInput { field: "group" })?;
    Ok(group.gid.as_raw())
}

pub(super) async fn connect(data_dir: &DataDir) -> io::Result<UnixStream> {
    UnixStream::connect(data_dir.path().join(CONTROL_SOCKET)).await
}
