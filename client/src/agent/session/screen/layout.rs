//! The layout of the machine's keyboard, which the desk's viewer compares with the person's own: a server with another one
//! does not know some of their keys.

use crate::agent::config::{Config, Screen};
use std::process::{Command, Stdio};

/// The layout's name, such as `jp`; `None` where the system does not tell. Asks programs of X, and waits for them.
pub(in crate::agent::session) fn read(config: &Config) -> Option<String> {
    let Some(Screen::Display {
        display,
        xauthority,
        user,
    }) = &config.screen
    else {
        return None;
    };
    let ask = |program: &str, arguments: &[&str]| {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .env_clear()
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .env("LC_ALL", "C")
            .env("DISPLAY", display)
            .stdin(Stdio::null())
            .stderr(Stdio::null());
        if let Some(xauthority) = xauthority {
            command.env("XAUTHORITY", xauthority);
        }
        #[cfg(unix)]
        if let Some(user) = user {
            use crate::agent::session::account::Account;
            use std::os::unix::process::CommandExt as _;
            let account = Account::named(user).ok().filter(|account| account.another);
            if let Some(account) = account {
                command.uid(account.uid().as_raw()).gid(account.gid().as_raw());
            }
        }
        #[cfg(not(unix))]
        let _ = user;
        let output = command.output().ok().filter(|output| output.status.success())?;
        String::from_utf8(output.stdout).ok()
    };
    ask("setxkbmap", &["-query"])
        .and_then(|said| of_setxkbmap(&said))
        .or_else(|| ask("xprop", &["-root", "_XKB_RULES_NAMES"]).and_then(|said| of_property(&said)))
}

fn of_setxkbmap(said: &str) -> Option<String> {
    let layout = said.lines().find_map(|line| line.strip_prefix("layout:"))?;
    named(layout)
}

/// The property holds rules, model, layout, variant and options.
fn of_property(said: &str) -> Option<String> {
    let (_, values) = said.split_once(" = ")?;
    named(values.split(", ").nth(2)?.trim_matches('"'))
}

fn named(layout: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ',' | '_' | '-' | '(' | ')');
    let layout = layout.trim();
    ((1..=40).contains(&layout.len()) && layout.chars().all(plain)).then(|| layout.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{of_property, of_setxkbmap};

    #[test]
    fn the_layout_is_read_from_either_program() {
        let said = "rules:      evdev\nmodel:      pc106\nlayout:     jp\noptions:    ctrl:nocaps\n";
        assert_eq!(of_setxkbmap(said).as_deref(), Some("jp"));
        assert_eq!(of_setxkbmap("rules: evdev\n"), None);
        let said = "_XKB_RULES_NAMES(STRING) = \"evdev\", \"pc105\", \"us,jp\", \"\", \"\"\n";
        assert_eq!(of_property(said).as_deref(), Some("us,jp"));
        assert_eq!(of_property("_XKB_RULES_NAMES:  not found.\n"), None);
        assert_eq!(of_setxkbmap("layout: <script>\n"), None);
    }
}
