//! `[terminal]`: as whom the desk uses a terminal (K10).

use super::{absolute, user_name};
use serde::Deserialize;
use std::path::PathBuf;

/// Terminals on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terminal {
    /// The user that its program runs as.
    pub user: String,
    /// The program; the user's own shell if it is not named.
    pub shell: Option<PathBuf>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenTerminal {
    user: String,
    shell: Option<PathBuf>,
}

impl WrittenTerminal {
    pub(super) fn checked(self) -> Result<Terminal, String> {
        Ok(Terminal {
            user: user_name(self.user, "terminal.user")?,
            shell: self.shell.map(|path| absolute(path, "terminal.shell")).transpose()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Config;

    #[test]
    fn a_terminal_has_a_user() {
        let terminal = |text: &str| Config::parse(&format!("[terminal]\n{text}")).map(|config| config.terminal);
        assert_eq!(terminal("user = \"operator\"").unwrap().unwrap().user, "operator");
        for (text, named) in [
            ("", "user"),
            ("user = \"\"", "terminal.user"),
            ("user = \"a b\"", "terminal.user"),
            ("user = \"operator\"\nshell = \"bash\"", "terminal.shell"),
        ] {
            let error = terminal(text).unwrap_err();
            assert!(error.contains(named), "{text}: {error}");
        }
    }
}
