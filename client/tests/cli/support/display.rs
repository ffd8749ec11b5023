//! A display without a monitor, for tests of the screen: Xvfb, and what X's own programs say of it.

use std::process::Stdio;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

pub(crate) struct Display {
    _server: Child,
    pub(crate) name: String,
}

impl Display {
    pub(crate) async fn start() -> Self {
        // The server takes a free number and says which.
        let mut server = Command::new("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "320x200x24",
                "-noreset",
                "-nolisten",
                "tcp",
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("Debian's xvfb is installed");
        let mut said = BufReader::new(server.stdout.take().unwrap()).lines();
        let number = said.next_line().await.unwrap().unwrap();
        Self {
            _server: server,
            name: format!(":{number}"),
        }
    }

    /// What a program of X prints.
    pub(crate) async fn ask(&self, program: &str, arguments: &[&str]) -> String {
        let mut command = Command::new(program);
        let output = command
            .args(arguments)
            .env("DISPLAY", &self.name)
            .output()
            .await
            .unwrap();
        assert!(output.status.success(), "{program}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Where the pointer is.
    pub(crate) async fn pointer(&self) -> (u32, u32) {
        let said = self.ask("xdotool", &["getmouselocation", "--shell"]).await;
        let value = |name: &str| {
            let line = said.lines().find_map(|line| line.strip_prefix(name)).unwrap();
            line.parse().unwrap()
        };
        (value("X="), value("Y="))
    }
}
