//! Tells people at the machine what the desk does, where nobody has asked: in the log of `agent run`, and on the desktop if
//! there is one. The page and `agent support` show the same.

use super::words;
use crate::output::Output;
use crate::texts::Texts;
use std::env;
use std::process::Stdio;
use tegata_client::agent::support::Support;
use tokio::process::Command;
use tokio::sync::watch;

/// Tells every change, for as long as the agent runs.
pub(crate) async fn tell(mut shown: watch::Receiver<Support>, output: &Output) {
    let mut told = None;
    while shown.changed().await.is_ok() {
        let said = words::summary(&shown.borrow_and_update(), &output.texts);
        if said == told {
            continue;
        }
        if let Some(said) = &said {
            output.note(said);
            on_desktop(said, &output.texts);
        }
        told = said;
    }
}

/// Shows a message on the desktop of the person who runs the agent. The session does not depend on it.
fn on_desktop(said: &str, texts: &Texts) {
    let has_desktop = ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| env::var_os(name).is_some());
    if !has_desktop || cfg!(not(target_os = "linux")) {
        return;
    }
    let mut command = Command::new("notify-send");
    command
        .args(["--urgency=critical", "--", &texts.get("machine-support"), said])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if let Ok(mut child) = command.spawn() {
        tokio::spawn(async move { child.wait().await });
    }
}
