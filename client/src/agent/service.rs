//! The agent as a service of the machine: what it is called, where its data is, and how it is started. `unit` is the text
//! of its systemd unit, and `moving` brings an earlier enrolment to it.

pub mod moving;
pub mod unit;

use crate::data_dir::DataDir;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The name of the systemd unit.
pub const UNIT: &str = "tegata-agent.service";
/// The name of the Windows service.
pub const WINDOWS_SERVICE: &str = "TegataAgent";
/// The name of the service's directory below /var/lib.
pub const STATE: &str = "tegata-agent";
/// Where an administrator's unit is.
pub const UNIT_FOLDER: &str = "etc/systemd/system";
/// Where systemd looks for units: an administrator's, and a package's.
const UNIT_FOLDERS: [&str; 3] = ["/etc/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system"];

/// The data directory of the machine's agent, the same for every user. `None` on systems without our service.
#[must_use]
pub fn machine_folder() -> Option<PathBuf> {
    if cfg!(windows) {
        let base = std::env::var_os("ProgramData").filter(|base| !base.is_empty())?;
        Some(PathBuf::from(base).join("Tegata").join("agent"))
    } else if cfg!(target_os = "linux") {
        Some(Path::new("/var/lib").join(STATE))
    } else {
        None
    }
}

/// Whether the agent is installed as a service, on this data directory.
#[must_use]
pub fn is_installed_on(data_dir: &DataDir) -> bool {
    if cfg!(windows) {
        let query = Command::new("sc").args(["query", WINDOWS_SERVICE]).output();
        let is_installed = query.is_ok_and(|output| output.status.success());
        return is_installed && machine_folder().is_some_and(|folder| folder == data_dir.path());
    }
    let place = format!("--data-dir {}", data_dir.path().display());
    let units = UNIT_FOLDERS
        .iter()
        .filter_map(|folder| fs::read_to_string(Path::new(folder).join(UNIT)).ok());
    let mut words = units.flat_map(|unit| {
        let lines = unit.lines().filter(|line| line.starts_with("ExecStart="));
        lines.map(str::to_owned).collect::<Vec<_>>()
    });
    words.any(|line| line.ends_with(&place) || line.contains(&format!("{place} ")))
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
