//! The agent as a service of the machine: what it is called, where its data is, and how it is started.

use crate::data_dir::DataDir;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The name of the systemd unit.
pub const UNIT: &str = "tegata-agent.service";
/// The name of the Windows service.
pub const WINDOWS_SERVICE: &str = "TegataAgent";
/// Where systemd looks for units: an administrator's, and a package's.
const UNIT_FOLDERS: [&str; 3] = ["/etc/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system"];

/// The data directory of the machine's agent, whoever asks. `None` on systems that have no service of ours.
#[must_use]
pub fn machine_folder() -> Option<PathBuf> {
    if cfg!(windows) {
        let base = std::env::var_os("ProgramData").filter(|base| !base.is_empty())?;
        Some(PathBuf::from(base).join("Tegata").join("agent"))
    } else if cfg!(target_os = "linux") {
        Some(PathBuf::from("/var/lib/tegata-agent"))
    } else {
        None
    }
}

/// Whether the data directory is the one that the service uses.
#[must_use]
pub fn keeps(data_dir: &DataDir) -> bool {
    machine_folder().is_some_and(|folder| folder == data_dir.path())
}

/// Whether the service is installed.
#[must_use]
pub fn is_installed() -> bool {
    if cfg!(windows) {
        let query = Command::new("sc").args(["query", WINDOWS_SERVICE]).output();
        query.is_ok_and(|output| output.status.success())
    } else {
        UNIT_FOLDERS.iter().any(|folder| Path::new(folder).join(UNIT).exists())
    }
}

/// The command that starts it, without asking anybody for a password.
#[must_use]
pub fn start_command() -> Command {
    if cfg!(windows) {
        let mut command = Command::new("sc");
        command.args(["start", WINDOWS_SERVICE]);
        command
    } else {
        let mut command = Command::new("systemctl");
        command.args(["--no-ask-password", "start", UNIT]);
        command
    }
}

/// What the machine's administrator types to start it.
#[must_use]
pub fn start_by_hand() -> &'static str {
    if cfg!(windows) {
        "sc start TegataAgent"
    } else {
        "sudo systemctl start tegata-agent"
    }
}
