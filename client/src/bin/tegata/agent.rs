//! `tegata agent`: enrols this machine, keeps it connected, shows its status, and forgets the enrolment.

pub(crate) mod diagnose;
pub(crate) mod obstacle;
pub(crate) mod settings;

use crate::args::agent::{AgentCommand, EnrolArgs};
use crate::exit;
use crate::failure::Failure;
use crate::output::Output;
use crate::printable::printable;
use crate::prompt::Prompt;
use serde_json::{Value, json};
use std::env::consts::ARCH;
use std::{env, fs};
use tegata_client::agent::run::Event;
use tegata_client::agent::state::{AgentState, Phase, RunStatus, Trouble};
use tegata_client::agent::{Agent, parse_code};
use tegata_client::data_dir::DataDir;
use tegata_client::edge::{EdgeUrl, parse_tenant};
use tegata_client::{Error, clock};
use tegata_domain::agent::AgentReport;

/// What this program calls itself to the edge.
const SOFTWARE: &str = concat!("tegata ", env!("CARGO_PKG_VERSION"));

/// Runs one agent command and returns its exit code.
pub(crate) async fn run(command: AgentCommand, data_dir: DataDir, output: &Output) -> Result<u8, Failure> {
    let agent = Agent::new(data_dir).map_err(|error| failed(error, output))?;
    match command {
        AgentCommand::Enrol(args) => enrol(&agent, args, output).await,
        AgentCommand::Run => keep_running(&agent, output).await,
        AgentCommand::Status => status(&agent, output),
        AgentCommand::Settings(args) => settings::run(&agent, args, output).await,
        AgentCommand::Diagnose { edge } => diagnose::run(&agent, edge.as_deref(), output).await,
        AgentCommand::Forget { offline } => forget(&agent, offline, output).await,
    }
}

/// The failures of an agent have words of their own where those of a Viewer speak of a PC.
fn failed(error: Error, output: &Output) -> Failure {
    let (code, key, exit) = match &error {
        Error::NotRegistered => ("not_enrolled", "cli-agent-not-enrolled", exit::GENERAL),
        Error::AlreadyRegistered => ("already_enrolled", "cli-agent-already-enrolled", exit::GENERAL),
        Error::Revoked => ("ended", "cli-agent-ended", exit::REFUSED),
        Error::OAuth(error) if error.error == "invalid_grant" => {
            ("wrong_enrolment_code", "cli-agent-wrong-code", exit::REFUSED)
        }
        Error::OAuth(error) if error.error == "expired_token" => {
            ("expired_enrolment_code", "cli-agent-expired-code", exit::REFUSED)
        }
        _ => return Failure::from_error(error, &output.texts),
    };
    Failure::new(exit, code, output.texts.get(key))
}

/// What this machine tells of itself.
fn report() -> Result<AgentReport, Error> {
    let host = ["COMPUTERNAME", "HOSTNAME"]
        .into_iter()
        .find_map(|name| env::var(name).ok());
    let host = host.or_else(|| fs::read_to_string("/proc/sys/kernel/hostname").ok());
    let host = host.unwrap_or_default();
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let name = release.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="));
    let system = format!("{} {ARCH}", name.unwrap_or(env::consts::OS).trim_matches('"'));
    let unknown = |text: &str| {
        if text.is_empty() {
            "?".to_owned()
        } else {
            text.to_owned()
        }
    };
    AgentReport::parse(SOFTWARE, &system, &unknown(host.trim()))
        .or_else(|_| AgentReport::parse(SOFTWARE, env::consts::OS, "?"))
        .map_err(|_| Error::InvalidInput { field: "host_name" })
}

async fn enrol(agent: &Agent, args: EnrolArgs, output: &Output) -> Result<u8, Failure> {
    match agent.state() {
        Ok(state) if matches!(state.phase, Phase::Enrolled(_)) => {
            return Err(failed(Error::AlreadyRegistered, output));
        }
        Ok(_) | Err(Error::NotRegistered) => {}
        Err(error) => return Err(failed(error, output)),
    }
    let missing: Vec<&str> = [("--edge", args.edge.is_none()), ("--tenant", args.tenant.is_none())]
        .into_iter()
        .filter_map(|(option, missing)| missing.then_some(option))
        .collect();
    let (Some(edge), Some(tenant)) = (&args.edge, &args.tenant) else {
        return Err(Failure::missing(&missing, &output.texts));
    };
    let edge = EdgeUrl::parse(edge).map_err(|error| failed(error, output))?;
    let tenant = parse_tenant(tenant).map_err(|error| failed(error, output))?;
    let code = match args.enrolment_code {
        Some(code) => parse_code(&code).map_err(|error| failed(error, output))?,
        None => match Prompt::at_terminal() {
            Some(mut prompt) => {
                let question = output.texts.get("cli-ask-enrolment-code");
                prompt.ask(output, &question, None, parse_code).await?
            }
            None => return Err(Failure::missing(&["--code"], &output.texts)),
        },
    };
    let report = report().map_err(|error| failed(error, output))?;
    let state = agent.enrol(edge, tenant, &code, &report).await;
    let state = state.map_err(|error| failed(error, output))?;
    let tenant = [("tenant", state.tenant.as_str().to_owned().into())];
    let text = output.texts.with("cli-agent-enrolled", tenant);
    output.result(&text, &enrolled_json(&state))?;
    Ok(exit::OK)
}

async fn keep_running(agent: &Agent, output: &Output) -> Result<u8, Failure> {
    agent.state().map_err(|error| failed(error, output))?;
    let Some(_claim) = agent.claim().await.map_err(|error| failed(error, output))? else {
        let message = output.texts.get("cli-agent-runs-already");
        return Err(Failure::new(exit::GENERAL, "runs_already", message));
    };
    let tell = |event: Event<'_>| match event {
        Event::Connected(equipment) => {
            let name = [("equipment", printable(equipment).into())];
            output.note(&output.texts.with("cli-agent-connected", name));
        }
        Event::Away(trouble, pause) => {
            let args = [
                ("detail", told(trouble, output).into()),
                ("seconds", pause.as_secs().into()),
            ];
            output.note(&output.texts.with("cli-agent-away", args));
        }
        Event::Off => output.note(&output.texts.get("cli-agent-light-off")),
    };
    let report = report().map_err(|error| failed(error, output))?;
    agent
        .run(&report, stopped(), tell)
        .await
        .map_err(|error| failed(error, output))?;
    output.result(&output.texts.get("cli-agent-stopped"), &json!({"stopped": true}))?;
    Ok(exit::OK)
}

/// Ready when somebody, or the system, asks the process to end.
async fn stopped() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => return,
                _ = terminated.recv() => return,
            }
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

fn status(agent: &Agent, output: &Output) -> Result<u8, Failure> {
    let state = agent.state().map_err(|error| failed(error, output))?;
    if let Phase::Ended { told_at } = state.phase {
        let told = output
            .texts
            .with("cli-status-revoked", [("at", output.moment(told_at).into())]);
        let failure = failed(Error::Revoked, output);
        let message = format!("{} {told}", failure.message);
        return Err(Failure { message, ..failure });
    }
    let running = agent.is_running().map_err(|error| failed(error, output))?;
    let noted = agent.noted().unwrap_or_default();
    let connected = noted.connected_since.filter(|_| running);
    let tenant = [("tenant", state.tenant.as_str().to_owned().into())];
    let mut lines = vec![output.texts.with("cli-agent-enrolled", tenant)];
    if let Some(welcome) = &noted.welcome {
        let args = [
            ("equipment", printable(&welcome.equipment).into()),
            ("serial", printable(&welcome.serial_number).into()),
        ];
        lines.push(output.texts.with("cli-agent-equipment", args));
    }
    lines.push(match (running, connected) {
        (false, _) => output.texts.get("cli-agent-light-stopped"),
        (true, _) if noted.off => output.texts.get("cli-agent-light-off"),
        (true, Some(since)) => output
            .texts
            .with("cli-agent-light-green", [("at", output.moment(since).into())]),
        (true, None) => {
            let detail = match &noted.trouble {
                Some(trouble) => told(trouble, output),
                None => output.texts.get("cli-agent-trouble-none"),
            };
            output.texts.with("cli-agent-light-orange", [("detail", detail.into())])
        }
    });
    output.result(&lines.join("\n"), &status_json(&state, running, &noted))?;
    Ok(exit::OK)
}

/// Why the agent is not connected, in a sentence.
fn told(trouble: &Trouble, output: &Output) -> String {
    let texts = &output.texts;
    match trouble {
        Trouble::TurnedAway => texts.get("cli-agent-trouble-turned-away"),
        Trouble::Replaced => texts.get("cli-agent-trouble-replaced"),
        Trouble::Lost => texts.get("cli-agent-trouble-lost"),
        Trouble::Clock { seconds } => texts.with("cli-error-clock", [("seconds", seconds.abs().into())]),
        Trouble::Other { detail } => texts.with("cli-agent-trouble-other", [("detail", printable(detail).into())]),
        Trouble::Way(obstacle) => obstacle::told(obstacle, texts),
    }
}

fn enrolled_json(state: &AgentState) -> Value {
    json!({
        "state": "enrolled",
        "edge": state.edge.as_str(),
        "tenant": state.tenant.as_str(),
        "key_thumbprint": state.jkt,
    })
}

/// The light (P9): green while connected, orange while not, `off` while the remote service is switched off, `stopped`
/// while no process runs.
fn status_json(state: &AgentState, running: bool, noted: &RunStatus) -> Value {
    let connected = noted.connected_since.filter(|_| running);
    let light = match (running, connected) {
        (false, _) => "stopped",
        (true, _) if noted.off => "off",
        (true, Some(_)) => "green",
        (true, None) => "orange",
    };
    let mut object = enrolled_json(state);
    object["light"] = json!(light);
    object["connected_since"] = json!(connected);
    object["trouble"] = json!(noted.trouble.as_ref().filter(|_| running));
    let next = noted.next_try_at.filter(|at| running && *at >= clock::now());
    object["next_try_at"] = json!(next);
    object["found_proxy"] = json!(noted.found_proxy.as_ref().filter(|_| running));
    object["missing_for_remote_assistance"] = json!(running.then_some(&noted.missing_for_remote_assistance));
    object["equipment"] = json!(noted.welcome.as_ref().map(|welcome| &welcome.equipment));
    object["serial_number"] = json!(noted.welcome.as_ref().map(|welcome| &welcome.serial_number));
    object
}

async fn forget(agent: &Agent, offline: bool, output: &Output) -> Result<u8, Failure> {
    let found = agent.forget(offline).await.map_err(|error| match error {
        Error::Network(_) | Error::Obstacle(_) => {
            let failure = Failure::from_error(error, &output.texts);
            let detail = [("detail", failure.message.as_str().into())];
            let message = output.texts.with("cli-agent-forget-unreachable", detail);
            Failure { message, ..failure }
        }
        error => failed(error, output),
    })?;
    let key = if found {
        "cli-agent-forgotten"
    } else {
        "cli-agent-nothing-to-forget"
    };
    output.result(&output.texts.get(key), &json!({"forgotten": found}))?;
    Ok(exit::OK)
}
