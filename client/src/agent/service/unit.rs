//! The systemd unit of the agent, as text. Nothing here touches the machine.

use crate::agent::config::{Config, Screen};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// What the unit is written for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The `tegata` command.
    pub program: PathBuf,
    /// The data directory.
    pub folder: PathBuf,
    /// The group whose members may ask the agent.
    pub group: Option<String>,
    /// Pause before a restart, in seconds. Machines differ in it, so that a factory's do not all start at once.
    pub pause: u32,
    /// What the machine's administrator lets the desk do.
    pub config: Config,
}

/// Of root's powers, the one that the agent always keeps: reading log files.
const READS: &str = "CAP_DAC_READ_SEARCH";
/// What it takes to show another user's screen, and to put files into another user's folder.
const FOR_USERS: &str = " CAP_CHOWN CAP_DAC_OVERRIDE CAP_KILL CAP_SETGID CAP_SETUID";
const FOR_FILES: &str = " CAP_CHOWN CAP_DAC_OVERRIDE";
/// X has its socket in a folder that all programs share.
const OWN_TEMPORARY: &str = "PrivateTmp=yes\n";

/// Everything else that confines the agent. It runs as root, because it restarts what the machine's administrator
/// configured, by way of systemd.
const SANDBOX: &str = "\
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=read-only
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
MemoryDenyWriteExecute=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM
UMask=0077
";

/// Why no unit can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnitError {
    /// A path that is relative, or would need quoting.
    #[error("the path is relative or unusual")]
    Path,
    /// A group's name that systemd would not accept.
    #[error("the group's name is unusual")]
    Group,
}

impl Unit {
    /// The unit's text. `state` is the name below /var/lib that systemd makes and keeps, if the data is there.
    ///
    /// Errors: `UnitError` for what a unit cannot say without quoting; such names are no use in a service.
    pub fn text(&self, state: Option<&str>) -> Result<String, UnitError> {
        let program = plain_path(&self.program)?;
        let folder = plain_path(&self.folder)?;
        let mut run = format!("{program} agent run --service --data-dir {folder}");
        let mut place = match state {
            Some(name) => format!("StateDirectory={name}\n"),
            None => format!("ReadWritePaths={folder}\n"),
        };
        let mode = match &self.group {
            Some(group) if !is_plain_name(group) => return Err(UnitError::Group),
            // As its own group, the agent may give it the socket without the power to change owners.
            Some(group) => {
                let _ = write!(run, " --group {group}");
                let _ = writeln!(place, "Group={group}");
                "0710"
            }
            None => "0700",
        };
        if state.is_some() {
            let _ = writeln!(place, "StateDirectoryMode={mode}");
        }
        let sandbox = self.sandbox()?;
        Ok(format!(
            "# Written by \"tegata agent install\"; \"tegata agent uninstall\" removes it.\n\n\
             [Unit]\nDescription=Tegata agent\nWants=network-online.target\nAfter=network-online.target\n\
             StartLimitIntervalSec=0\n\n\
             [Service]\nType=exec\nExecStart={run}\nRestart=always\nRestartSec={}\nTimeoutStopSec=20\n{place}{sandbox}\n\
             [Install]\nWantedBy=multi-user.target\n",
            self.pause
        ))
    }
}

impl Unit {
    /// What confines the agent, and with it everything that it starts.
    fn sandbox(&self) -> Result<String, UnitError> {
        if self.config.terminal.is_some() {
            // Processes of a terminal inherit the sandbox, and could change nothing on the machine.
            return Ok("UMask=0077\n".to_owned());
        }
        let mut powers = READS.to_owned();
        let mut sandbox = SANDBOX.to_owned();
        match &self.config.screen {
            Some(Screen::Display { user: Some(_), .. }) => powers += FOR_USERS,
            Some(Screen::Display { user: None, .. } | Screen::Server { .. }) | None => {}
        }
        if !matches!(self.config.screen, Some(Screen::Display { .. })) {
            sandbox += OWN_TEMPORARY;
        }
        if let Some(folder) = self.config.files.as_ref().and_then(|files| files.folder.as_deref()) {
            if !powers.contains(FOR_FILES) {
                powers += FOR_FILES;
            }
            let _ = writeln!(sandbox, "ReadWritePaths={}", plain_path(folder)?);
        }
        let _ = writeln!(sandbox, "CapabilityBoundingSet={powers}");
        Ok(sandbox)
    }
}

/// An absolute path of characters that mean nothing to systemd.
fn plain_path(path: &Path) -> Result<&str, UnitError> {
    let text = path.to_str().ok_or(UnitError::Path)?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._+-@".contains(c);
    if path.is_absolute() && text.chars().all(plain) {
        Ok(text)
    } else {
        Err(UnitError::Path)
    }
}

/// A name as systemd accepts it for groups.
fn is_plain_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && name.len() <= 31 && name.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::{Unit, UnitError};
    use crate::agent::config::Config;

    fn unit(program: &str, group: Option<&str>) -> Unit {
        Unit {
            program: program.into(),
            folder: "/var/lib/tegata-agent".into(),
            group: group.map(str::to_owned),
            pause: 7,
            config: Config::default(),
        }
    }

    /// The powers that remain, and whether the unit has `line`, with this `agent.toml`.
    fn confined(config: &str, line: &str) -> (Option<String>, bool) {
        let config = Config::parse(config).unwrap();
        let unit = Unit {
            config,
            ..unit("/usr/bin/tegata", None)
        };
        let text = unit.text(None).unwrap();
        let powers = text
            .lines()
            .find_map(|line| line.strip_prefix("CapabilityBoundingSet="));
        (powers.map(str::to_owned), text.lines().any(|one| one == line))
    }

    #[test]
    fn the_agent_keeps_the_powers_that_its_configuration_takes_and_no_others() {
        let powers = |powers: &str| Some(powers.to_owned());
        assert_eq!(confined("", "PrivateTmp=yes"), (powers("CAP_DAC_READ_SEARCH"), true));
        assert_eq!(
            confined("[screen]\ndisplay = \":0\"", "PrivateTmp=yes"),
            (powers("CAP_DAC_READ_SEARCH"), false)
        );
        assert_eq!(
            confined("[screen]\ndisplay = \":0\"\nuser = \"operator\"", "NoNewPrivileges=yes"),
            (
                powers("CAP_DAC_READ_SEARCH CAP_CHOWN CAP_DAC_OVERRIDE CAP_KILL CAP_SETGID CAP_SETUID"),
                true
            )
        );
        assert_eq!(
            confined("[files]\nfolder = \"/srv/incoming\"", "ReadWritePaths=/srv/incoming"),
            (powers("CAP_DAC_READ_SEARCH CAP_CHOWN CAP_DAC_OVERRIDE"), true)
        );
        assert_eq!(
            confined("[terminal]\nuser = \"operator\"", "ProtectSystem=strict"),
            (None, false)
        );
    }

    #[test]
    fn a_group_gets_the_socket_and_nothing_else() {
        let text = unit("/usr/bin/tegata", Some("machine"))
            .text(Some("tegata-agent"))
            .unwrap();
        for line in [
            "ExecStart=/usr/bin/tegata agent run --service --data-dir /var/lib/tegata-agent --group machine",
            "Group=machine",
            "StateDirectoryMode=0710",
            "RestartSec=7",
        ] {
            assert!(text.lines().any(|one| one == line), "{line}: {text}");
        }
        let text = unit("/usr/bin/tegata", None).text(Some("tegata-agent")).unwrap();
        assert!(
            text.contains("StateDirectoryMode=0700\n") && !text.contains("\nGroup="),
            "{text}"
        );
    }

    #[test]
    fn nothing_in_a_path_or_a_name_becomes_a_line_of_its_own() {
        for path in [
            "tegata",
            "/opt/a b/tegata",
            "/opt/%h/tegata",
            "/opt/x\nUser=root",
            "/opt/$HOME/tegata",
            "",
        ] {
            assert_eq!(unit(path, None).text(None), Err(UnitError::Path), "{path}");
        }
        for group in ["", "a b", "-x", "x\nUser=y", "%i", "7up"] {
            assert_eq!(
                unit("/usr/bin/tegata", Some(group)).text(None),
                Err(UnitError::Group),
                "{group}"
            );
        }
    }
}
