//! The clipboard of an X display, which `xclip` reads and holds: TigerVNC's server for displays has none before version
//! 1.14. What was put there is gone with the session.

use super::server::Display;
use crate::agent::session::account::Account;
use std::io;
use std::process::Stdio;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, Command};
use tokio::time::timeout;

const PROGRAM: &str = "xclip";
/// How long a program that owns the clipboard may take to answer.
const ANSWERING: Duration = Duration::from_secs(5);
/// The longest text that is read, in bytes.
const LONGEST: u64 = 256 * 1024;

/// What this session has put into the clipboard. Dropping it takes it out.
#[derive(Debug, Default)]
pub(super) struct Clipboard {
    held: Mutex<Option<Child>>,
}

impl Clipboard {
    /// Puts `text` into the clipboard.
    pub(super) async fn put(&self, display: &Display<'_>, text: &str) -> io::Result<()> {
        let mut child = command(display, &["-in", "-quiet"])?.stdin(Stdio::piped()).spawn()?;
        let mut input = child.stdin.take().ok_or(io::ErrorKind::BrokenPipe)?;
        input.write_all(text.as_bytes()).await?;
        drop(input);
        // The one before has lost the clipboard, and ends with this.
        *self.held.lock().unwrap_or_else(PoisonError::into_inner) = Some(child);
        Ok(())
    }

    /// The text in the clipboard; empty where there is none.
    pub(super) async fn take(&self, display: &Display<'_>) -> io::Result<Vec<u8>> {
        let mut child = command(display, &["-out", "-target", "UTF8_STRING"])?
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut text = Vec::new();
        if let Some(output) = child.stdout.take() {
            timeout(ANSWERING, output.take(LONGEST).read_to_end(&mut text)).await??;
        }
        Ok(text)
    }
}

fn command(display: &Display<'_>, arguments: &[&str]) -> io::Result<Command> {
    let account = display.user.map(Account::named).transpose()?;
    let mut command = Command::new(PROGRAM);
    command
        .args(["-selection", "clipboard"])
        .args(arguments)
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .env("LANG", "C.UTF-8")
        .env("DISPLAY", display.name)
        .current_dir("/")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true);
    if let Some(xauthority) = display.xauthority {
        command.env("XAUTHORITY", xauthority);
    }
    if let Some(account) = &account {
        account.become_it(&mut command);
    }
    Ok(command)
}
