//! A user of the machine, as whom the agent runs programs. The agent can become another user only if it runs as root;
//! otherwise only its own will do.

use nix::unistd::{Gid, Uid, User, chown, getuid};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use tokio::process::Command;

/// A user as whom programs can be run.
#[derive(Debug, Clone)]
pub(super) struct Account {
    user: User,
    /// Whether it is not the agent's own.
    pub(super) another: bool,
}

impl Account {
    /// The user with this name.
    ///
    /// Errors: `NotFound`; `PermissionDenied` if the agent cannot become it.
    pub(super) fn named(name: &str) -> io::Result<Self> {
        let user = User::from_name(name)?.ok_or(ErrorKind::NotFound)?;
        let own = getuid();
        if user.uid == own {
            return Ok(Self { user, another: false });
        }
        if !own.is_root() {
            return Err(ErrorKind::PermissionDenied.into());
        }
        Ok(Self { user, another: true })
    }

    pub(super) fn name(&self) -> &str {
        &self.user.name
    }

    pub(super) fn home(&self) -> &Path {
        &self.user.dir
    }

    pub(super) fn shell(&self) -> PathBuf {
        match self.user.shell.as_os_str().is_empty() {
            true => PathBuf::from("/bin/sh"),
            false => self.user.shell.clone(),
        }
    }

    pub(super) fn uid(&self) -> Uid {
        self.user.uid
    }

    pub(super) fn gid(&self) -> Gid {
        self.user.gid
    }

    /// Gives it a file or folder of the agent's.
    pub(super) fn give(&self, path: &Path) -> io::Result<()> {
        if self.another {
            chown(path, Some(self.user.uid), Some(self.user.gid))?;
        }
        Ok(())
    }

    /// Has `command` run as this user, in its own group alone.
    pub(super) fn become_it(&self, command: &mut Command) {
        if self.another {
            command.uid(self.user.uid.as_raw()).gid(self.user.gid.as_raw());
        }
    }
}
