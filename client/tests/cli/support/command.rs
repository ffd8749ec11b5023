//! Runs the built `tegata` with a data directory of its own and a clean environment: the one that cargo built, or under
//! wine the one that `TEGATA_WINDOWS_PROGRAM` names (`cargo xtask windows`).

use serde_json::Value;
use std::env;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tempfile::TempDir;
use tokio::process::{Child, Command};

/// A PC: one data directory.
pub(crate) struct Pc {
    home: TempDir,
}

/// The result of one run of the command.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// The one JSON object on standard output.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The code of the error object.
    pub(crate) fn error(&self) -> String {
        self.json()["error"]["code"]
            .as_str()
            .unwrap_or_else(|| panic!("no error: {self:?}"))
            .to_owned()
    }
}

impl Pc {
    pub(crate) fn new() -> Self {
        Self {
            home: TempDir::new().unwrap(),
        }
    }

    /// The user's home directory.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// The command's data directory.
    pub(crate) fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    /// A file outside the data directory.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program();
        command
            .args(arguments)
            .env("TEGATA_DATA_DIR", self.data())
            .env("HOME", self.home.path())
            .env("TZ", "Asia/Tokyo")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command
    }

    /// Runs the command to its end.
    pub(crate) async fn run(&self, arguments: &[&str]) -> Run {
        finish(self.start(arguments)).await
    }

    pub(crate) fn start(&self, arguments: &[&str]) -> Child {
        self.command(arguments).spawn().unwrap()
    }

    /// The state file as JSON.
    pub(crate) fn state(&self) -> Value {
        serde_json::from_slice(&std::fs::read(self.data().join("state.json")).unwrap()).unwrap()
    }

    /// Makes the access token look expired to the client.
    pub(crate) fn expire_access_token(&self) {
        let mut state = self.state();
        state["phase"]["active"]["tokens"]["expires_at"] = Value::from(0);
        std::fs::write(self.data().join("state.json"), state.to_string()).unwrap();
    }

    /// Registers without waiting.
    pub(crate) async fn register(&self, edge: &str) -> Run {
        self.run(
            &[
                &["--json", "viewer", "register", "--no-wait"],
                &REGISTRATION[..],
                &["--edge", edge],
            ]
            .concat(),
        )
        .await
    }
}

/// The program, in an environment without anything that it could mistake for its own.
fn program() -> Command {
    let Some(windows) = env::var_os("TEGATA_WINDOWS_PROGRAM") else {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tegata"));
        command.env_clear();
        return command;
    };
    let mut command = Command::new("/usr/lib/wine/wine64");
    command.arg(windows).env_clear().env("WINEDEBUG", "-all");
    // wine reads the command line in the encoding of the locale, and Japanese names stand on it.
    command.env("LC_ALL", "C.UTF-8");
    command.env("WINEPREFIX", env::var_os("WINEPREFIX").unwrap_or_default());
    command
}

/// The details of 山田 太郎's PC, without the edge.
pub(crate) const REGISTRATION: [&str; 10] = [
    "--tenant",
    "aozora",
    "--name",
    "山田 太郎",
    "--email",
    "taro@aozora.example",
    "--organization",
    "青空病院",
    "--device-name",
    "受付のPC",
];

pub(crate) async fn finish(child: Child) -> Run {
    let output = child.wait_with_output().await.unwrap();
    Run {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}
