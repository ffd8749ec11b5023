//! Runs `tegata` with its own data directory and a clean environment.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;
use tegata_acceptance::edge::state;
use tegata_acceptance::tenant::Tenant;
use tokio::process::Child;

/// Exit code when nobody reads standard output any more.
pub const BROKEN_PIPE: i32 = 141;

static PCS: AtomicUsize = AtomicUsize::new(1);

/// The built program. Cargo gives the path only to the tests of the program's own package, so this calls cargo.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let output = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--package", "tegata-client", "--bin", "tegata"])
            .arg("--message-format=json")
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stderr(Stdio::inherit())
            .output()
            .expect("cargo runs these tests");
        let lines = String::from_utf8(output.stdout).expect("cargo writes UTF-8");
        let messages = lines
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let mut made = messages.filter_map(|message| message["executable"].as_str().map(PathBuf::from));
        made.next().expect("cargo builds the command")
    })
}

/// Waits until a run ends.
pub async fn finish(child: Child) -> Run {
    let output = child.wait_with_output().await.expect("the command ends");
    Run {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// A PC: one home directory.
pub struct Pc {
    home: PathBuf,
    variables: Vec<(&'static str, String)>,
}

/// The result of one run.
#[derive(Debug)]
pub struct Run {
    /// Exit code.
    pub code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Run {
    /// Returns the run after checking that its exit code is `code`.
    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:?}");
        self
    }

    /// The JSON on standard output.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The code of the error on standard output.
    #[track_caller]
    pub fn error(&self) -> String {
        self.json()["error"]["code"].as_str().expect("an error").to_owned()
    }
}

impl Pc {
    /// A PC that was never used.
    pub fn new() -> Self {
        let number = PCS.fetch_add(1, Ordering::Relaxed);
        let home = state(env!("CARGO_TARGET_TMPDIR"), &format!("pc-{number}"));
        fs::create_dir_all(&home).expect("a home");
        let variables = Vec::new();
        Self { home, variables }
    }

    /// Sets a variable of the environment for every run.
    pub fn variable(&mut self, name: &'static str, value: &str) {
        self.variables.push((name, value.to_owned()));
    }

    /// A PC with a copy of `other`'s data directory, without its key.
    pub fn with_data_copied_from(other: &Self) -> Self {
        let pc = Self::new();
        let folder = pc.data();
        fs::create_dir(&folder).expect("a folder");
        for entry in fs::read_dir(other.data()).expect("a data directory") {
            let entry = entry.expect("an entry");
            if entry.file_name() != "key.json" {
                fs::copy(entry.path(), folder.join(entry.file_name())).expect("copied");
            }
        }
        pc.close();
        pc
    }

    /// Takes a copy of everything in `other`'s data directory, the key included.
    pub fn copy_of(&self, other: &Self) {
        fs::create_dir(self.data()).expect("a folder");
        for name in ["key.json", "agent.json"] {
            fs::copy(other.data().join(name), self.data().join(name)).expect("copied");
        }
        self.close();
    }

    /// Makes the agent's access token look expired, so that it is renewed before its next use.
    pub fn expire_agent_token(&self) {
        let path = self.data().join("agent.json");
        let mut state: Value = serde_json::from_slice(&fs::read(&path).expect("enrolled")).expect("JSON");
        state["phase"]["enrolled"]["expires_at"] = 0.into();
        fs::write(&path, state.to_string()).expect("written");
    }

    /// Removes the access of all other users, as the command itself does.
    pub fn close(&self) {
        use std::os::unix::fs::PermissionsExt as _;
        let closed = fs::Permissions::from_mode(0o700);
        fs::set_permissions(self.data(), closed).expect("ours to close");
    }

    /// The command's data directory.
    pub fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    /// A file outside the data directory.
    pub fn file(&self, name: &str) -> String {
        self.home.join(name).display().to_string()
    }

    /// Runs `tegata --json` to its end.
    pub async fn run(&self, arguments: &[&str]) -> Run {
        self.read(&[&["--json"], arguments].concat()).await
    }

    /// Runs `tegata` to its end with output for people.
    pub async fn read(&self, arguments: &[&str]) -> Run {
        finish(self.start(arguments)).await
    }

    /// Runs `tegata` with standard output that nobody reads.
    pub async fn read_by_nobody(&self, arguments: &[&str]) -> Run {
        let mut child = self.start(arguments);
        drop(child.stdout.take());
        finish(child).await
    }

    /// Starts `tegata`, which is killed when the child is dropped.
    pub fn start(&self, arguments: &[&str]) -> Child {
        tokio::process::Command::new(program())
            .args(arguments)
            .env_clear()
            .env("HOME", &self.home)
            .env("TEGATA_DATA_DIR", self.data())
            .envs(self.variables.iter().cloned())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("the command runs")
    }

    /// `tegata viewer register --no-wait`.
    pub async fn register(&self, tenant: &Tenant, email: &str) -> Run {
        let url = tenant.world.url.as_str();
        let arguments = [
            ["--edge", url],
            ["--tenant", &tenant.slug],
            ["--name", "山田 太郎"],
            ["--email", email],
            ["--organization", "青空印刷株式会社"],
            ["--device-name", "受付のPC"],
        ];
        let mut all = vec!["viewer", "register", "--no-wait"];
        all.extend(arguments.iter().flatten());
        self.run(&all).await
    }
}
