//! `[screen]`: where the machine's screen comes from (K10, B8).

use super::{absolute, user_name};
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Where the screen comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Screen {
    /// An X display, which the agent shares by a VNC server of its own for as long as somebody looks.
    Display {
        /// Its name, such as `:0`.
        display: String,
        /// The file with the right to use it.
        xauthority: Option<PathBuf>,
        /// Whom the VNC server runs as; the agent's own user if it is not named.
        user: Option<String>,
    },
    /// A VNC server that runs on this machine.
    Server {
        /// Its address, on loopback.
        address: SocketAddr,
        /// The file whose first line is its password.
        password_file: Option<PathBuf>,
    },
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenScreen {
    display: Option<String>,
    xauthority: Option<PathBuf>,
    user: Option<String>,
    vnc: Option<String>,
    password_file: Option<PathBuf>,
}

impl WrittenScreen {
    pub(super) fn checked(self) -> Result<Screen, String> {
        match (self.display, self.vnc) {
            (Some(_), Some(_)) | (None, None) => Err("screen: must have either display or vnc".to_owned()),
            (Some(_), None) if self.password_file.is_some() => {
                Err("screen.password_file: is for screen.vnc alone".to_owned())
            }
            (Some(display), None) => {
                if !is_display(&display) {
                    return Err("screen.display: must be an X display of this machine, such as \":0\"".to_owned());
                }
                Ok(Screen::Display {
                    display,
                    xauthority: self
                        .xauthority
                        .map(|path| absolute(path, "screen.xauthority"))
                        .transpose()?,
                    user: self.user.map(|user| user_name(user, "screen.user")).transpose()?,
                })
            }
            (None, Some(_)) if self.xauthority.is_some() || self.user.is_some() => {
                Err("screen.xauthority, screen.user: are for screen.display alone".to_owned())
            }
            (None, Some(vnc)) => {
                let address = vnc
                    .parse()
                    .ok()
                    .filter(|address: &SocketAddr| address.ip().is_loopback());
                Ok(Screen::Server {
                    // A password of eight characters and no encryption are no match for a network.
                    address: address
                        .ok_or("screen.vnc: must be an address on loopback with a port, such as \"127.0.0.1:5900\"")?,
                    password_file: self
                        .password_file
                        .map(|path| absolute(path, "screen.password_file"))
                        .transpose()?,
                })
            }
        }
    }
}

fn is_display(display: &str) -> bool {
    let numbered = |text: &str| (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    display
        .strip_prefix(':')
        .is_some_and(|rest| match rest.split_once('.') {
            Some((display, screen)) => numbered(display) && numbered(screen),
            None => numbered(rest),
        })
}

#[cfg(test)]
mod tests {
    use super::super::Config;
    use super::Screen;

    #[test]
    fn a_screen_is_a_display_or_a_server_on_this_machine() {
        let screen = |text: &str| Config::parse(&format!("[screen]\n{text}")).map(|config| config.screen);
        assert_eq!(
            screen("display = \":0\"\nxauthority = \"/run/user/1000/xauth\"\nuser = \"operator\"").unwrap(),
            Some(Screen::Display {
                display: ":0".to_owned(),
                xauthority: Some("/run/user/1000/xauth".into()),
                user: Some("operator".to_owned()),
            })
        );
        assert_eq!(
            screen("vnc = \"127.0.0.1:5900\"\npassword_file = \"/etc/tegata/vnc\"").unwrap(),
            Some(Screen::Server {
                address: "127.0.0.1:5900".parse().unwrap(),
                password_file: Some("/etc/tegata/vnc".into()),
            })
        );
        for (text, named) in [
            ("", "screen: must have either"),
            ("display = \":0\"\nvnc = \"127.0.0.1:5900\"", "screen: must have either"),
            ("display = \"host:0\"", "screen.display"),
            ("display = \":0;x\"", "screen.display"),
            ("display = \":0\"\nxauthority = \"xauth\"", "screen.xauthority"),
            ("display = \":0\"\nuser = \"-x\"", "screen.user"),
            ("display = \":0\"\npassword_file = \"/x\"", "screen.password_file"),
            ("vnc = \"192.0.2.1:5900\"", "screen.vnc"),
            ("vnc = \"0.0.0.0:5900\"", "screen.vnc"),
            ("vnc = \"127.0.0.1\"", "screen.vnc"),
            ("vnc = \"[::1]:5900\"\nuser = \"operator\"", "screen.user"),
        ] {
            let error = screen(text).unwrap_err();
            assert!(error.contains(named), "{text}: {error}");
        }
    }
}
