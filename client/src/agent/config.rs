//! `agent.toml`: what the machine's administrator lets the desk do on this machine (K10). Contains the file's form and its
//! checks; `logs` opens the files that it names, and `session` carries out what it allows. Without the file, the desk can
//! look at the machine and at nothing else. `[screen]`, `[terminal]` and `[files]` have modules of their own.

mod files;
mod screen;
mod terminal;

pub use files::{Accept, Files};
pub use screen::Screen;
use serde::Deserialize;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::time::Duration;
use tegata_domain::text::LogName;
pub use terminal::Terminal;

/// The name of the file in the data directory.
pub const CONFIG_FILE: &str = "agent.toml";
/// How long a restart of the software may take unless the file says otherwise.
const TIMEOUT: u64 = 60;
/// The longest that the file may say, in seconds.
const LONGEST_TIMEOUT: u64 = 600;
/// Most logs that the file may name.
const MOST_LOGS: usize = 32;

/// What `agent.toml` allows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Config {
    /// The software that can be restarted.
    pub software: Option<Software>,
    /// The command that restarts the machine; `None` if the desk may not restart it.
    pub restart_machine: Option<Vec<String>>,
    /// The only log files that can be read.
    pub logs: Vec<Log>,
    /// Where the screen comes from; `None` if the desk may not see it.
    pub screen: Option<Screen>,
    /// Terminals; `None` if the desk gets none.
    pub terminal: Option<Terminal>,
    /// The exchange of files; `None` if none are exchanged.
    pub files: Option<Files>,
}

/// The software on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Software {
    /// What people call it.
    pub name: String,
    /// The program that restarts it, and its arguments. No shell reads them.
    pub restart: Vec<String>,
    /// After how long the program is stopped.
    pub timeout: Duration,
    /// The name of its process, to tell whether it runs.
    pub process: Option<String>,
}

/// Log files that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// What the desk asks for.
    pub name: String,
    /// The folder that they are in.
    pub folder: PathBuf,
    /// The file's name, in which `*` stands for any characters.
    pub pattern: String,
}

/// Why the file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {detail}", .file.display())]
pub struct ConfigError {
    /// The file.
    pub file: PathBuf,
    /// The key, and what would be right.
    pub detail: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    software: Option<WrittenSoftware>,
    machine: Option<WrittenMachine>,
    #[serde(default)]
    log: Vec<WrittenLog>,
    screen: Option<screen::WrittenScreen>,
    terminal: Option<terminal::WrittenTerminal>,
    files: Option<files::WrittenFiles>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSoftware {
    name: String,
    restart: Vec<String>,
    timeout_seconds: Option<u64>,
    process: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenMachine {
    restart: Option<Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenLog {
    name: String,
    path: PathBuf,
}

impl Config {
    /// Reads the file. Without one, nothing is allowed beyond a look at the machine.
    ///
    /// Errors: `ConfigError` for a file that others can change, or that says something that cannot be right.
    pub fn load(file: &Path) -> Result<Self, ConfigError> {
        let failed = |detail: String| ConfigError {
            file: file.to_owned(),
            detail,
        };
        let text = match fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(failed(error.to_string())),
        };
        if others_can_write(file) {
            // It names programs that run with the agent's rights.
            return Err(failed("only its owner may be able to write it (chmod go-w)".to_owned()));
        }
        Self::parse(&text).map_err(failed)
    }

    /// Parses the text of the file. Errors: the key, and what would be right.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let written: Written = toml::from_str(text).map_err(|error| error.to_string())?;
        if written.log.len() > MOST_LOGS {
            return Err(format!("[[log]]: at most {MOST_LOGS} are possible"));
        }
        let mut logs: Vec<Log> = Vec::new();
        for log in written.log {
            let log = log.checked()?;
            if logs.iter().any(|other| other.name == log.name) {
                return Err(format!("log.name: \"{}\" stands there twice", log.name));
            }
            logs.push(log);
        }
        Ok(Self {
            software: written.software.map(WrittenSoftware::checked).transpose()?,
            restart_machine: written.machine.map(WrittenMachine::checked).transpose()?,
            logs,
            screen: written.screen.map(screen::WrittenScreen::checked).transpose()?,
            terminal: written.terminal.map(terminal::WrittenTerminal::checked).transpose()?,
            files: written.files.map(files::WrittenFiles::checked).transpose()?,
        })
    }
}

/// A path that begins at the root and leads nowhere else.
fn absolute(path: PathBuf, key: &str) -> Result<PathBuf, String> {
    let plain = path.is_absolute() && !path.components().any(|part| part == Component::ParentDir);
    if plain {
        Ok(path)
    } else {
        Err(format!(
            "{key}: {} must begin at the root, without \"..\"",
            path.display()
        ))
    }
}

/// A user's name that no program takes for an option.
fn user_name(name: String, key: &str) -> Result<String, String> {
    let plain = |c: char| c.is_alphanumeric() || "_-.@\\".contains(c);
    if (1..=64).contains(&name.len()) && !name.starts_with('-') && name.chars().all(plain) {
        Ok(name)
    } else {
        Err(format!("{key}: must be the name of a user on this machine"))
    }
}

impl WrittenSoftware {
    fn checked(self) -> Result<Software, String> {
        let seconds = self.timeout_seconds.unwrap_or(TIMEOUT);
        if !(1..=LONGEST_TIMEOUT).contains(&seconds) {
            return Err(format!("software.timeout_seconds: must be 1 to {LONGEST_TIMEOUT}"));
        }
        if LogName::parse(&self.name).is_err() {
            return Err("software.name: must be 1 to 60 visible characters".to_owned());
        }
        Ok(Software {
            restart: program(self.restart, "software.restart")?,
            name: self.name,
            timeout: Duration::from_secs(seconds),
            process: self.process,
        })
    }
}

impl WrittenMachine {
    fn checked(self) -> Result<Vec<String>, String> {
        let usual: &[&str] = if cfg!(windows) {
            &["shutdown", "/r", "/t", "5"]
        } else {
            &["systemctl", "reboot"]
        };
        match self.restart {
            Some(restart) => program(restart, "machine.restart"),
            None => Ok(usual.iter().copied().map(str::to_owned).collect()),
        }
    }
}

fn program(words: Vec<String>, key: &str) -> Result<Vec<String>, String> {
    let named = words.first().is_some_and(|program| !program.trim().is_empty());
    if !named || words.iter().any(|word| word.contains('\0')) {
        let example = r#"["systemctl", "restart", "logger"]"#;
        return Err(format!(
            "{key}: must be a list of a program and its arguments, such as {example}"
        ));
    }
    Ok(words)
}

impl WrittenLog {
    fn checked(self) -> Result<Log, String> {
        // A slash separates the name from that of a file, where the path stands for several.
        if LogName::parse(&self.name).is_err() || self.name.contains('/') {
            return Err("log.name: must be 1 to 60 visible characters without \"/\"".to_owned());
        }
        let wrong = |why: &str| format!("log.path: {} {why}", self.path.display());
        if !self.path.is_absolute() {
            return Err(wrong("must begin at the root, such as /var/log/logger/logger.log"));
        }
        if self.path.components().any(|part| part == Component::ParentDir) {
            return Err(wrong("must not contain \"..\""));
        }
        let (Some(folder), Some(pattern)) = (self.path.parent(), self.path.file_name().and_then(|name| name.to_str()))
        else {
            return Err(wrong("must name a file, or files as in /var/log/logger/*.log"));
        };
        if folder.to_string_lossy().contains('*') {
            return Err(wrong("may have \"*\" in the file's name only"));
        }
        Ok(Log {
            name: self.name,
            folder: folder.to_owned(),
            pattern: pattern.to_owned(),
        })
    }
}

#[cfg(unix)]
fn others_can_write(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(file).is_ok_and(|metadata| metadata.permissions().mode() & 0o022 != 0)
}

/// The access control list of the data directory protects it.
#[cfg(not(unix))]
fn others_can_write(_file: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::Config;
    use std::time::Duration;

    #[test]
    fn a_whole_file_is_read() {
        let config = Config::parse(
            r#"
            [software]
            name = "Logger"
            restart = ["systemctl", "restart", "logger"]
            timeout_seconds = 90
            process = "loggerd"
            [machine]
            [[log]]
            name = "logger"
            path = "/var/log/logger/logger.log"
            [[log]]
            name = "jobs"
            path = "/var/log/jobs/*.log"
            "#,
        )
        .unwrap();
        let software = config.software.unwrap();
        assert_eq!(software.restart, ["systemctl", "restart", "logger"]);
        assert_eq!(software.timeout, Duration::from_secs(90));
        assert!(config.restart_machine.is_some(), "[machine] alone allows the usual way");
        let logs: Vec<_> = config
            .logs
            .iter()
            .map(|log| (log.name.as_str(), log.pattern.as_str()))
            .collect();
        assert_eq!(logs, [("logger", "logger.log"), ("jobs", "*.log")]);
    }

    #[test]
    fn what_the_file_does_not_name_is_not_allowed() {
        assert_eq!(Config::parse("").unwrap(), Config::default());
        assert!(Config::parse("").unwrap().restart_machine.is_none());
    }

    #[test]
    fn an_error_names_the_key_and_what_would_be_right() {
        for (text, named) in [
            (
                "[software]\nname = \"a\"\nrestart = []",
                "software.restart: must be a list",
            ),
            (
                "[software]\nname = \"\"\nrestart = [\"x\"]",
                "software.name: must be 1 to 60",
            ),
            (
                "[software]\nname = \"a\"\nrestart = [\"x\"]\ntimeout_seconds = 0",
                "software.timeout_seconds: must be 1 to 600",
            ),
            ("[software]\nname = \"a\"\nrestart = \"reboot\"", "restart"),
            ("[machine]\nrestart = [\" \"]", "machine.restart: must be a list"),
            ("[[log]]\nname = \"a\"\npath = \"logger.log\"", "must begin at the root"),
            (
                "[[log]]\nname = \"a\"\npath = \"/var/log/../x.log\"",
                "must not contain \"..\"",
            ),
            (
                "[[log]]\nname = \"a\"\npath = \"/var/*/x.log\"",
                "in the file's name only",
            ),
            ("[[log]]\nname = \"a\"\npath = \"/\"", "must name a file"),
            ("[[log]]\nname = \"a/b\"\npath = \"/x\"", "log.name: must be 1 to 60"),
            (
                "[[log]]\nname = \"a\"\npath = \"/x\"\n[[log]]\nname = \"a\"\npath = \"/y\"",
                "stands there twice",
            ),
            ("[softwear]\nname = \"a\"", "softwear"),
        ] {
            let error = Config::parse(text).unwrap_err();
            assert!(error.contains(named), "{text}: {error}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_can_write_is_refused() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("agent.toml");
        std::fs::write(&file, "[machine]").unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o664)).unwrap();
        let error = Config::load(&file).unwrap_err();
        assert!(error.to_string().contains("agent.toml: only its owner"), "{error}");
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(Config::load(&file).unwrap().restart_machine.is_some());
        assert_eq!(Config::load(&folder.path().join("none")).unwrap(), Config::default());
    }
}
