//! The VNC server that shows an X display: started for a session on a private socket, and ended with the last viewer.
//! Nobody else can connect to it, so it asks for no password.

use crate::agent::session::account::Account;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tempfile::TempDir;
use tokio::net::UnixStream;
use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep};

/// TigerVNC's server for a display. Debian calls a script by the second name, which would leave the server behind.
const PROGRAMS: [&str; 2] = ["X0tigervnc", "x0vncserver"];
/// How long the server may take until it listens.
const STARTING: Duration = Duration::from_secs(10);
const LOOK: Duration = Duration::from_millis(20);

/// A server that runs. Dropping it ends the server.
#[derive(Debug)]
pub(super) struct Server {
    _child: Child,
    _folder: TempDir,
    socket: PathBuf,
}

/// What to show, and to whom it belongs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Display<'a> {
    pub(super) name: &'a str,
    pub(super) xauthority: Option<&'a Path>,
    pub(super) user: Option<&'a str>,
    /// Whether keys and pointer reach it.
    pub(super) control: bool,
}

impl Server {
    /// Starts it, and waits until it listens.
    pub(super) async fn start(display: &Display<'_>) -> io::Result<Self> {
        let account = display.user.map(Account::named).transpose()?;
        let folder = tempfile::Builder::new().prefix("tegata-screen-").tempdir()?;
        if let Some(account) = &account {
            account.give(folder.path())?;
        }
        let socket = folder.path().join("rfb");
        let child = spawn(display, account.as_ref(), &socket)?;
        let mut server = Self {
            _child: child,
            _folder: folder,
            socket,
        };
        let end = Instant::now() + STARTING;
        while server.connect().await.is_err() {
            if server._child.try_wait()?.is_some() || Instant::now() > end {
                return Err(io::Error::other("the VNC server did not start"));
            }
            sleep(LOOK).await;
        }
        Ok(server)
    }

    /// Whether it still runs.
    pub(super) fn runs(&mut self) -> bool {
        matches!(self._child.try_wait(), Ok(None))
    }

    pub(super) async fn connect(&self) -> io::Result<UnixStream> {
        UnixStream::connect(&self.socket).await
    }
}

fn spawn(display: &Display<'_>, account: Option<&Account>, socket: &Path) -> io::Result<Child> {
    let mut last = io::Error::from(io::ErrorKind::NotFound);
    for program in PROGRAMS {
        match command(program, display, account, socket).spawn() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => last = error,
            spawned => return spawned,
        }
    }
    Err(last)
}

fn command(program: &str, display: &Display<'_>, account: Option<&Account>, socket: &Path) -> Command {
    let allows = |parameter: &str| format!("-{parameter}={}", u8::from(display.control));
    let mut command = Command::new(program);
    command
        .arg("-display")
        .arg(display.name)
        .arg("-rfbunixpath")
        .arg(socket)
        .args([
            "-rfbunixmode",
            "0600",
            "-rfbport",
            "-1",
            "-SecurityTypes",
            "None",
            "-AlwaysShared",
        ])
        // The agent drops what a viewer must not do before it gets here; this is the second lock.
        .args(["AcceptKeyEvents", "AcceptPointerEvents", "AcceptSetDesktopSize"].map(allows))
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .env("LANG", "C.UTF-8")
        .env("DISPLAY", display.name)
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .kill_on_drop(true);
    if let Some(xauthority) = display.xauthority {
        command.env("XAUTHORITY", xauthority);
    }
    if let Some(account) = account {
        command.env("HOME", account.home()).env("USER", account.name());
        account.become_it(&mut command);
    }
    command
}
