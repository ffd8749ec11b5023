//! Opens the one-time URL in the person's browser. Every user of a PC can see the command lines of all programs, so the
//! URL stands on none: a file that only this user can read leads to it, and the browser is given the file.

use crate::data_dir::DataDir;
use crate::error::Error;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A page that leads to the one-time URL; deleted when dropped.
#[derive(Debug)]
pub struct LaunchFile {
    path: PathBuf,
}

impl LaunchFile {
    /// Writes the file into the data directory. `name` tells apart the programs that run at once.
    pub fn write(folder: &DataDir, name: &str, url: &str) -> Result<Self, Error> {
        let page = format!(
            "<!DOCTYPE html>\n<meta charset=\"utf-8\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
             <meta http-equiv=\"refresh\" content=\"0; url={url}\">\n<title>Tegata</title>\n<a href=\"{url}\">Tegata</a>\n"
        );
        let path = folder.write_private(&format!("{name}.html"), page.as_bytes())?;
        Ok(Self { path })
    }

    /// Opens it in the default browser. Errors: there is no program for that.
    pub fn open(&self) -> io::Result<()> {
        let mut child = opener(&self.path)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        // Some of these programs live as long as the browser, so this program does not wait for them.
        std::thread::spawn(move || child.wait());
        Ok(())
    }
}

impl Drop for LaunchFile {
    fn drop(&mut self) {
        // If it stays, it leads to a URL that is worthless by now.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(windows)]
fn opener(path: &Path) -> Command {
    use std::os::windows::process::CommandExt as _;
    /// CREATE_NO_WINDOW: no console flashes up.
    const NO_WINDOW: u32 = 0x0800_0000;
    let mut command = Command::new("cmd");
    // The first quoted argument of `start` is a title. A path on Windows contains no quotation mark.
    command
        .raw_arg(format!("/C start \"\" \"{}\"", path.display()))
        .creation_flags(NO_WINDOW);
    command
}

#[cfg(target_os = "macos")]
fn opener(path: &Path) -> Command {
    let mut command = Command::new("open");
    command.arg(path);
    command
}

#[cfg(not(any(windows, target_os = "macos")))]
fn opener(path: &Path) -> Command {
    let mut command = Command::new("xdg-open");
    command.arg(path);
    command
}
