//! Starts the agent when it is not running: the service if one is installed, otherwise a process of this user, which
//! outlives the page.

use std::io;
use std::process::Stdio;
use std::time::Duration;
use tegata_client::agent::ipc::{AskError, Request, ask};
use tegata_client::agent::service;
use tegata_client::data_dir::DataDir;
use tokio::process::{Child, Command};
use tokio::time::{sleep, timeout};

/// How long the service manager may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often and how long to look whether the agent answers.
const LOOK: Duration = Duration::from_millis(100);
const LOOKS: u32 = 50;

/// Why the agent was not started.
pub(super) struct Unstarted {
    /// What the system said.
    pub(super) detail: String,
    /// The command with which the machine's administrator can start it.
    pub(super) command: Option<String>,
}

/// Starts it, and waits until it answers.
pub(super) async fn start(data_dir: &DataDir) -> Result<(), Unstarted> {
    if service::is_installed_on(data_dir) {
        return start_service(data_dir).await;
    }
    let failed = |error: io::Error| Unstarted {
        detail: error.to_string(),
        command: None,
    };
    let mut child = spawn(data_dir).map_err(failed)?;
    for _ in 0..LOOKS {
        if answers(data_dir).await {
            return Ok(());
        }
        if let Ok(Some(status)) = child.try_wait() {
            return Err(Unstarted {
                detail: status.to_string(),
                command: None,
            });
        }
        sleep(LOOK).await;
    }
    Err(failed(io::ErrorKind::TimedOut.into()))
}

async fn start_service(data_dir: &DataDir) -> Result<(), Unstarted> {
    let by_hand = || Some(service::start_by_hand().to_owned());
    let failed = |detail: String| Unstarted {
        detail,
        command: by_hand(),
    };
    let mut command = Command::from(service::start_command());
    command.stdin(Stdio::null()).kill_on_drop(true);
    let output = match timeout(PATIENCE, command.output()).await {
        Ok(Ok(output)) => output,
        Ok(Err(error)) => return Err(failed(error.to_string())),
        Err(_) => return Err(failed(io::Error::from(io::ErrorKind::TimedOut).to_string())),
    };
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let said = if said.trim().is_empty() {
            String::from_utf8_lossy(&output.stdout)
        } else {
            said
        };
        return Err(failed(said.trim().to_owned()));
    }
    for _ in 0..LOOKS {
        if answers(data_dir).await {
            return Ok(());
        }
        sleep(LOOK).await;
    }
    Err(failed(io::Error::from(io::ErrorKind::TimedOut).to_string()))
}

async fn answers(data_dir: &DataDir) -> bool {
    !matches!(ask(data_dir, &Request::Status).await, Err(AskError::NotRunning))
}

/// A process of its own group, or without a console: closing the page or its terminal does not end it.
fn spawn(data_dir: &DataDir) -> io::Result<Child> {
    let mut command = std::process::Command::new(std::env::current_exe()?);
    command
        .args(["agent", "run", "--service", "--data-dir"])
        .arg(data_dir.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt as _;
        command.process_group(0);
    }
    #[cfg(windows)]
    {
        use std::os::windows::process::CommandExt as _;
        /// DETACHED_PROCESS and CREATE_NEW_PROCESS_GROUP.
        const DETACHED: u32 = 0x0000_0008 | 0x0000_0200;
        command.creation_flags(DETACHED);
    }
    Command::from(command).spawn()
}
