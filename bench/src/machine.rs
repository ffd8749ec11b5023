//! A machine with the real agent, and the displays that it shows: `tegata agent run` on a data directory that was enrolled
//! with the edge under test.

use std::{
    env,
    fs::{self, File},
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::UnixStream,
    time::sleep,
};
use xtask::process::{Leashed, leashed, now, run};

use crate::fleet::{CUSTOMER, Caller, Fleet};

/// How long a program may take to start, and a session to open.
const LIMIT: Duration = Duration::from_secs(30);
const LOOK: Duration = Duration::from_millis(50);

/// The command `tegata`, which is built beside the benchmark.
pub fn tegata() -> Result<PathBuf> {
    let file = env::current_exe()?.with_file_name("tegata");
    if !file.exists() {
        bail!(
            "{} is missing; run `cargo build --release --package tegata-client`",
            file.display()
        );
    }
    Ok(file)
}

/// An X display without a monitor; dropping it ends the server.
pub struct Display {
    /// Its name, such as `:1`.
    pub name: String,
    _server: Leashed,
}

impl Display {
    /// Starts one of this size in pixels. `directory` gets a file.
    pub async fn start(directory: &Path, size: (u32, u32)) -> Result<Self> {
        let told = directory.join("display");
        let mut command = leashed("Xvfb")?;
        command
            .args(["-displayfd", "1", "-screen", "0"])
            .arg(format!("{}x{}x24", size.0, size.1))
            .args(["-noreset", "-nolisten", "tcp"])
            .stdout(File::create(&told)?)
            .stderr(Stdio::null());
        let server = Leashed::start(&mut command)?;
        let end = now() + LIMIT;
        loop {
            let number = fs::read_to_string(&told)?;
            if number.ends_with('\n') {
                let name = format!(":{}", number.trim());
                return Ok(Self { name, _server: server });
            }
            if now() > end {
                bail!("Xvfb did not start");
            }
            sleep(LOOK).await;
        }
    }
}

/// The ID and the password of a session that somebody at the machine has started.
pub struct Started {
    /// 「使用中のID」.
    pub number: String,
    /// The password.
    pub password: String,
}

/// A real agent; dropping it ends the process.
pub struct Agent {
    _process: Leashed,
    directory: PathBuf,
}

impl Agent {
    /// Registers a machine, enrols its agent in `directory` with this `agent.toml`, and starts it. `around` is a command
    /// that the agent is started by, with its arguments; nothing stands for none.
    pub async fn start(fleet: &Fleet, directory: &Path, configuration: &str, around: &[&str]) -> Result<Self> {
        let new = json!({"name": "5軸加工機 7号機", "serial_number": "SN-0007"});
        let made = fleet.call(Caller::Administrator, "POST", "equipment", &new).await?;
        let id = made["id"].as_str().context("the equipment has no id")?;
        let path = format!("equipment/{id}/enrolment");
        let issued = fleet.call(Caller::Administrator, "POST", &path, &json!({})).await?;
        let code = issued["code"].as_str().context("no enrolment code")?;
        let program = tegata()?;
        fs::create_dir_all(directory)?;
        let mut enrol = leashed(&program)?;
        enrol
            .args([
                "agent",
                "enrol",
                "--edge",
                fleet.origin(),
                "--tenant",
                CUSTOMER,
                "--data-dir",
            ])
            .arg(directory)
            .env("TEGATA_ENROLMENT_CODE", code)
            .stdout(Stdio::null());
        run(&mut enrol).context("enrolling the agent")?;
        fs::write(directory.join("agent.toml"), configuration)?;
        let mut command = match around {
            [] => leashed(&program)?,
            [first, others @ ..] => {
                let mut command = leashed(first)?;
                command.args(others).arg(&program);
                command
            }
        };
        command.args(["agent", "run", "--data-dir"]).arg(directory);
        let process = Leashed::start(command.stdout(Stdio::null()).stderr(Stdio::null()))?;
        Ok(Self {
            _process: process,
            directory: directory.to_owned(),
        })
    }

    /// Asks the agent what programs on the machine ask it (docs/agent.md, "Asking the running agent").
    pub async fn ask(&self, request: &Value) -> Result<Value> {
        let mut stream = UnixStream::connect(self.directory.join("control.sock")).await?;
        stream.write_all(format!("{request}\n").as_bytes()).await?;
        let mut line = String::new();
        BufReader::new(stream).read_line(&mut line).await?;
        Ok(serde_json::from_str(&line)?)
    }

    /// Starts remote support at the machine (K6), and waits until the desk can join.
    pub async fn support(&self) -> Result<Started> {
        let end = now() + LIMIT;
        let mut said = Value::Null;
        while now() < end {
            // Until the agent has connected it cannot start anything.
            said = self.ask(&json!({"do": "support_state"})).await.unwrap_or_default();
            let session = &said["support"]["session"];
            if let (Some(number), Some(password)) = (session["number"].as_str(), session["password"].as_str()) {
                return Ok(Started {
                    number: number.to_owned(),
                    password: password.to_owned(),
                });
            }
            if said["support"]["phase"] == "idle" {
                let _ = self.ask(&json!({"do": "support_start"})).await;
            }
            sleep(LOOK).await;
        }
        bail!("remote support did not start: {said}")
    }
}
