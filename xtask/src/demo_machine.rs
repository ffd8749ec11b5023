//! The demo machine: a piece of equipment of the demo tenant with a running agent, on which remote support can be
//! tried. Its software is a script that notes each start in a log, so that a restart can be seen.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    demo::{DemoTenant, TENANT},
    http::JsonClient,
    paths,
    private_files::{create_private_directory, write_private_file},
    process::{Leashed, leashed, run},
};

/// The serial number of the demo machine.
const SERIAL_NUMBER: &str = "SN-0007";

/// The demo machine's agent, as `dev.json` shows it.
#[derive(Clone, Debug, Serialize)]
pub struct DemoAgent {
    /// The agent's data directory.
    pub directory: PathBuf,
    /// The ID of the equipment.
    pub equipment: String,
}

/// Builds the `tegata` command, without which there is no agent.
pub fn build() -> Result<()> {
    let mut cargo = leashed("cargo")?;
    cargo
        .args([
            "build",
            "--quiet",
            "--locked",
            "--package",
            "tegata-client",
            "--bin",
            "tegata",
        ])
        .current_dir(paths::root());
    run(&mut cargo).context("building the tegata command")
}

/// The `tegata` command, as `build` makes it.
fn program() -> Result<PathBuf> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| paths::root().join("target"), PathBuf::from);
    let program = target.join("debug/tegata");
    if !program.exists() {
        bail!("{} is missing; start without --no-build", program.display());
    }
    Ok(program)
}

/// Sets the machine up if it is new, and starts its agent.
pub fn start(url: &str, state: &Path, tenant: &DemoTenant) -> Result<(Leashed, DemoAgent)> {
    let program = program()?;
    let directory = state.join("agent");
    create_private_directory(&directory)?;
    let noted = state.join("machine.json");
    let equipment = match fs::read_to_string(&noted) {
        Ok(equipment) => equipment,
        Err(_) => {
            let equipment = set_up(url, &program, &directory, tenant)?;
            write_private_file(&noted, &equipment)?;
            equipment
        }
    };
    write_software(state, &directory)?;
    let mut agent = leashed(&program)?;
    agent.args(["agent", "run", "--data-dir"]).arg(&directory);
    agent.stdout(std::process::Stdio::null());
    Ok((Leashed::start(&mut agent)?, DemoAgent { directory, equipment }))
}

/// Registers the equipment, allows remote assistance on it, and enrols its agent.
fn set_up(url: &str, program: &Path, directory: &Path, tenant: &DemoTenant) -> Result<String> {
    let panel = JsonClient::new(url, None);
    let cookie = log_in(&panel, tenant)?;
    let ask = |method: &str, path: &str, body: &Value| -> Result<Value> {
        panel
            .as_person(method, &format!("/t/{TENANT}/api/v1{path}"), &cookie, body)?
            .success()
            .with_context(|| format!("setting up the demo machine: {method} {path}"))
    };
    let new = json!({
        "name": "5軸加工機 7号機", "model": "MX-500", "serial_number": SERIAL_NUMBER, "place": "本社工場 第2ライン",
    });
    let made = ask("POST", "/equipment", &new)?;
    let equipment = made["id"].as_str().context("the equipment has no id")?.to_owned();
    let switches = json!({ "version": made["version"], "remote_assistance": true });
    ask("PATCH", &format!("/equipment/{equipment}/switches"), &switches)?;
    let issued = ask("POST", &format!("/equipment/{equipment}/enrolment"), &json!({}))?;
    let code = issued["code"].as_str().context("no enrolment code was issued")?;
    let mut enrol = leashed(program)?;
    enrol
        .args(["agent", "enrol", "--edge", url, "--tenant", TENANT, "--data-dir"])
        .arg(directory)
        .env("TEGATA_ENROLMENT_CODE", code);
    quiet(&mut enrol)?;
    let mut settings = leashed(program)?;
    settings
        .args(["agent", "settings", "--remote-assistance", "on", "--data-dir"])
        .arg(directory);
    quiet(&mut settings)?;
    Ok(equipment)
}

fn quiet(command: &mut Command) -> Result<()> {
    command.stdout(std::process::Stdio::null());
    run(command)
}

/// Logs in as the tenant's administrator; returns the cookie.
pub fn log_in(panel: &JsonClient, tenant: &DemoTenant) -> Result<String> {
    let login = json!({ "account": tenant.admin.account, "password": tenant.admin.password });
    let login = panel.post(&format!("/t/{}/api/v1/login", tenant.slug), &login)?;
    let cookie = login.cookie.clone().context("the login set no cookie")?;
    login.success()?;
    Ok(cookie)
}

/// Writes the machine's software, and the agent's configuration that names it and its log.
fn write_software(state: &Path, directory: &Path) -> Result<()> {
    let software = state.join("line-controller");
    create_private_directory(&software)?;
    let (script, log) = (software.join("restart.sh"), software.join("controller.log"));
    let text = format!(
        "#!/bin/sh\n# Stands for the machine's software: each restart is a line in its log.\n\
         echo \"$(date -u +%Y-%m-%dT%H:%M:%SZ) 起動しました\" >> '{}'\n",
        log.display()
    );
    fs::write(&script, text)?;
    fs::set_permissions(&script, fs::Permissions::from_mode(0o700))?;
    if !log.exists() {
        fs::write(
            &log,
            "2026-11-01T08:00:00Z 起動しました\n2026-11-01T08:00:02Z 加工プログラム O1234 を読み込みました\n",
        )?;
    }
    // The desk may put files into one folder and fetch them from the other. A screen and a terminal are the developer's
    // own: docs/agent.md says which lines allow them.
    let incoming = state.join("incoming");
    create_private_directory(&incoming)?;
    let configuration = format!(
        "[software]\nname = \"ライン制御\"\nrestart = [{script:?}]\n\n[[log]]\nname = \"controller\"\npath = {log:?}\n\n\
         [files]\nfolder = {incoming:?}\noffer = [{software:?}]\naccept = \"approval\"\n",
    );
    fs::write(directory.join("agent.toml"), configuration)?;
    Ok(())
}
