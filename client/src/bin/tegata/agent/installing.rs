//! `tegata agent install` and `uninstall`: the agent as a systemd service. Uninstalling leaves nothing behind: service,
//! credential, key and files. Windows has its own in `windows_service`.

use super::{failed, given_up};
use crate::args::agent::{InstallArgs, UninstallArgs};
use crate::exit;
use crate::failure::Failure;
use crate::output::Output;
use serde_json::json;
use std::env::current_exe;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use tegata_client::agent::Agent;
use tegata_client::agent::config::CONFIG_FILE;
use tegata_client::agent::service::moving::move_enrolment;
use tegata_client::agent::service::unit::{Unit, UnitError};
use tegata_client::agent::service::{STATE, UNIT, UNIT_FOLDER, machine_folder, start_by_hand};
use tegata_client::data_dir::DataDir;
use tempfile::NamedTempFile;

/// Pause before a restart where it is not chosen at random, in seconds.
const PAUSE: u32 = 10;
/// Width of the range that it is chosen from, in seconds; the other constant is its middle.
const SPREAD: u8 = 10;
/// Exists while systemd is the system's first process.
const SYSTEMD: &str = "/run/systemd/system";

/// Writes the unit, and starts the service where systemd runs. `chosen` is the data directory, if it is not the usual one.
pub(super) async fn install(args: &InstallArgs, chosen: Option<PathBuf>, output: &Output) -> Result<u8, Failure> {
    let root = args.root.as_deref();
    let program = match &args.program {
        Some(program) => program.clone(),
        None => current_exe().map_err(|error| Failure::output(&error, &output.texts))?,
    };
    if root.is_none() && !is_safe(&program) {
        let path = [("path", program.display().to_string().into())];
        let message = output.texts.with("cli-agent-unsafe-program", path);
        return Err(Failure::new(exit::GENERAL, "unsafe_program", message));
    }
    let usual = machine_folder().ok_or_else(|| unsupported(output))?;
    let folder = chosen.clone().unwrap_or(usual);
    let config = super::running::configuration(&below(root, &folder).join(CONFIG_FILE), output)?;
    let unit = Unit {
        program,
        config,
        folder: folder.clone(),
        group: args.group.clone(),
        pause: if root.is_some() { PAUSE } else { jittered() },
    };
    let text = unit.text(chosen.is_none().then_some(STATE)).map_err(|error| {
        let key = match error {
            UnitError::Path => "cli-agent-unusual-path",
            UnitError::Group => "cli-agent-unusual-group",
        };
        Failure::new(exit::USAGE, "unusual_name", output.texts.get(key))
    })?;
    let path = unit_path(root);
    write_unit(&path, &text).map_err(|error| not_permitted(&path, &error, output))?;
    let started = root.is_none() && Path::new(SYSTEMD).exists();
    if root.is_none() {
        let folder = DataDir::at(folder);
        // systemd makes its own directory, but people enrol the machine before the service first runs.
        folder.lock().await.map(drop).map_err(|error| failed(error, output))?;
        if chosen.is_none() {
            bring_enrolment(&folder, output).await?;
        }
    }
    if started {
        systemctl(&["daemon-reload"], output)?;
        systemctl(&["enable", "--now", UNIT], output)?;
    }
    let key = if started {
        "cli-agent-installed"
    } else {
        "cli-agent-unit-written"
    };
    let args = [
        ("path", path.display().to_string().into()),
        ("command", start_by_hand().into()),
    ];
    output.result(
        &output.texts.with(key, args),
        &json!({"unit": path.display().to_string(), "started": started}),
    )?;
    Ok(exit::OK)
}

/// Stops and removes the service, gives the credential back, and deletes key and files. Whatever of it is not there any
/// more, or cannot be reached, does not stop the rest.
pub(super) async fn uninstall(args: &UninstallArgs, chosen: Option<PathBuf>, output: &Output) -> Result<u8, Failure> {
    let root = args.root.as_deref();
    let path = unit_path(root);
    let was_there = path.exists();
    let runs_systemd = root.is_none() && Path::new(SYSTEMD).exists();
    if was_there && runs_systemd {
        systemctl(&["disable", "--now", UNIT], output)?;
    }
    match fs::remove_file(&path) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(not_permitted(&path, &error, output)),
        _ => {}
    }
    if was_there && runs_systemd {
        systemctl(&["daemon-reload"], output)?;
    }
    let usual = machine_folder().ok_or_else(|| unsupported(output))?;
    let folder = chosen.unwrap_or_else(|| below(root, &usual));
    let agent = Agent::new(DataDir::at(folder)).map_err(|error| failed(error, output))?;
    given_up(&agent, was_there, output).await
}

fn unit_path(root: Option<&Path>) -> PathBuf {
    root.unwrap_or(Path::new("/")).join(UNIT_FOLDER).join(UNIT)
}

/// An absolute path as it is below another root.
fn below(root: Option<&Path>, path: &Path) -> PathBuf {
    match root {
        Some(root) => root.join(path.strip_prefix("/").unwrap_or(path)),
        None => path.to_owned(),
    }
}

/// Replaces the unit atomically; everybody may read it.
fn write_unit(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("/"));
    fs::create_dir_all(folder)?;
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        file.as_file().set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Whether nobody but root can replace the program: the service runs it as root.
#[cfg(unix)]
fn is_safe(program: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    const OTHERS_WRITE: u32 = 0o022;
    let is_roots = |path: &Path| {
        let found = fs::metadata(path);
        found.is_ok_and(|found| found.uid() == 0 && found.mode() & OTHERS_WRITE == 0)
    };
    match program.canonicalize() {
        Ok(program) => program.ancestors().all(is_roots),
        Err(_) => false,
    }
}

#[cfg(not(unix))]
fn is_safe(_program: &Path) -> bool {
    true
}

/// A pause that differs from machine to machine.
fn jittered() -> u32 {
    let mut byte = [0u8; 1];
    match getrandom::fill(&mut byte) {
        Ok(()) => PAUSE / 2 + u32::from(byte[0] % (SPREAD + 1)),
        Err(_) => PAUSE,
    }
}

/// Moves the enrolment of the user who installs to the service, if there is one there and none here.
async fn bring_enrolment(folder: &DataDir, output: &Output) -> Result<(), Failure> {
    let failed = |error| failed(error, output);
    let own = DataDir::default_for_users_agent().map_err(failed)?;
    if move_enrolment(&own, folder).await.map_err(failed)? {
        output.note(&output.texts.get("cli-agent-enrolment-moved"));
    }
    Ok(())
}

fn systemctl(arguments: &[&str], output: &Output) -> Result<(), Failure> {
    let failed = |detail: String| {
        let args = [
            ("command", format!("systemctl {}", arguments.join(" ")).into()),
            ("detail", detail.into()),
        ];
        let message = output.texts.with("cli-agent-systemctl", args);
        Failure::new(exit::GENERAL, "systemctl", message)
    };
    let mut command = Command::new("systemctl");
    command.arg("--no-ask-password").args(arguments.iter().map(OsStr::new));
    match command.output() {
        Ok(done) if done.status.success() => Ok(()),
        Ok(done) => Err(failed(String::from_utf8_lossy(&done.stderr).trim().to_owned())),
        Err(error) => Err(failed(error.to_string())),
    }
}

fn not_permitted(path: &Path, error: &io::Error, output: &Output) -> Failure {
    let failure = Failure::file(path, error, &output.texts);
    if error.kind() != ErrorKind::PermissionDenied {
        return failure;
    }
    let message = output
        .texts
        .sentences(&failure.message, &output.texts.get("cli-agent-needs-administrator"));
    Failure {
        message,
        code: "needs_administrator".to_owned(),
        ..failure
    }
}

fn unsupported(output: &Output) -> Failure {
    Failure::new(exit::GENERAL, "unsupported", output.texts.get("cli-agent-no-service"))
}
