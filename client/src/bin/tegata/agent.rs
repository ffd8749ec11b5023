//! `tegata agent`: enrols this machine, shows its status, and forgets the enrolment. `running` keeps it connected,
//! `identifying` enrols it without a code, and `installing` makes it a service.

#[cfg(not(windows))]
mod installing;
mod running;
#[cfg(windows)]
pub(crate) mod windows_service;

pub(crate) mod diagnose;
pub(crate) mod identifying;
pub(crate) mod obstacle;
pub(crate) mod settings;
pub(crate) mod support;

#[cfg(windows)]
use self::windows_service as installing;
use crate::args::agent::{AgentCommand, EnrolArgs};
use crate::exit;
use crate::failure::Failure;
use crate::machine;
use crate::output::Output;
use crate::printable::printable;
use crate::prompt::Prompt;
use crate::texts::{Languages, Texts};
use serde_json::{Value, json};
use std::env::consts::ARCH;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::{env, fs};
use tegata_client::Error;
use tegata_client::agent::ipc::{Answer, Request, ask};
use tegata_client::agent::state::{AgentState, Phase, Trouble};
use tegata_client::agent::status::{Enrolment, Light, Status};
use tegata_client::agent::{Agent, parse_code};
use tegata_client::data_dir::DataDir;
use tegata_client::edge::{EdgeUrl, parse_tenant};
use tegata_client::error::StorageError;
use tegata_domain::agent::AgentReport;

/// What this program calls itself to the edge.
const SOFTWARE: &str = concat!("tegata ", env!("CARGO_PKG_VERSION"));

/// Runs one agent command and returns its exit code.
pub(crate) async fn run(
    command: AgentCommand,
    chosen: Option<PathBuf>,
    languages: &Languages,
    output: &Output,
) -> Result<u8, Failure> {
    let usual = || {
        chosen
            .clone()
            .map_or_else(DataDir::default_for_agent, |path| Ok(DataDir::at(path)))
    };
    let data_dir = usual().map_err(|error| failed(error, output))?;
    let agent = Agent::new(data_dir.clone()).map_err(|error| failed(error, output))?;
    match command {
        AgentCommand::Enrol(args) => enrol(&agent, args, output).await,
        AgentCommand::Open(args) => machine::run(&args, data_dir, languages, output).await,
        AgentCommand::Install(args) => installing::install(&args, chosen, output).await,
        AgentCommand::Uninstall(args) => installing::uninstall(&args, chosen, output).await,
        AgentCommand::Run(args) => running::run(&agent, args, output).await,
        AgentCommand::Support => support::run(&agent, output).await,
        AgentCommand::Chat { chat_text } => support::taking_part::chat(&agent, &chat_text, output).await,
        AgentCommand::File(args) => support::taking_part::file(&agent, &args, output).await,
        AgentCommand::Status => status(&agent, output).await,
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
    if identifying::is_wanted(agent, &args) {
        return identifying::run(agent, args, output).await;
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

async fn status(agent: &Agent, output: &Output) -> Result<u8, Failure> {
    let status = known(agent).await.map_err(|error| failed(error, output))?;
    match status.state {
        Enrolment::NotEnrolled => return not_enrolled(&status, output),
        Enrolment::Ended => {
            let at = [("at", output.moment(status.ended_at.unwrap_or_default()).into())];
            let told = output.texts.with("cli-status-revoked", at);
            let failure = failed(Error::Revoked, output);
            let message = format!("{} {told}", failure.message);
            return Err(Failure { message, ..failure });
        }
        Enrolment::Enrolled => {}
    }
    let tenant = [("tenant", status.tenant.clone().unwrap_or_default().into())];
    let mut lines = vec![output.texts.with("cli-agent-enrolled", tenant)];
    if let (Some(equipment), Some(serial)) = (&status.equipment, &status.serial_number) {
        let args = [
            ("equipment", printable(equipment).into()),
            ("serial", printable(serial).into()),
        ];
        lines.push(output.texts.with("cli-agent-equipment", args));
    }
    lines.push(light(&status, output));
    lines.extend(suspended(agent, &status, output));
    if let Some(session) = &status.session {
        lines.push(
            output
                .texts
                .with("cli-support-runs", [("number", session.number.shown().into())]),
        );
        lines.extend(
            session
                .deeds
                .iter()
                .map(|deed| support::words::deed(deed, &output.texts)),
        );
    }
    output.result(&lines.join("\n"), &json!(status))?;
    Ok(exit::OK)
}

/// The status of a machine that waits to be accepted (P2); any other that is not enrolled is a failure.
fn not_enrolled(status: &Status, output: &Output) -> Result<u8, Failure> {
    let texts = &output.texts;
    if let Some(until) = status.waiting_until {
        let args = [
            (
                "serial",
                printable(status.serial_number.as_deref().unwrap_or_default()).into(),
            ),
            ("until", output.moment(until).into()),
        ];
        let lines = [texts.with("cli-agent-waiting", args), light(status, output)];
        output.result(&lines.join("\n"), &json!(status))?;
        return Ok(exit::PENDING);
    }
    let failure = failed(Error::NotRegistered, output);
    let message = match status.request_ending {
        Some(ending) => texts.sentences(&failure.message, &identifying::ending_words(ending, texts)),
        None => failure.message,
    };
    Err(Failure { message, ..failure })
}

/// Why remote assistance has no effect although it is allowed (P8, P10).
fn suspended(agent: &Agent, status: &Status, output: &Output) -> Option<String> {
    let missing = status.missing_for_remote_assistance.as_ref()?;
    if missing.is_empty() || !agent.settings().ok()?.remote_assistance {
        return None;
    }
    let missing = settings::named(missing, &output.texts);
    let args = [("missing", missing.into())];
    Some(output.texts.with("cli-setting-assistance-suspended", args))
}

/// The status from the data directory, or from the running agent where the directory is another user's.
async fn known(agent: &Agent) -> Result<Status, Error> {
    let read = || match agent.state() {
        // Looking would create the directory.
        Err(Error::NotRegistered) if !matches!(agent.waiting(), Ok(Some(_))) => agent.status(false),
        _ => agent.status(agent.is_running()?),
    };
    match read() {
        Err(Error::Storage(StorageError::Io { source, .. })) if source.kind() == ErrorKind::PermissionDenied => {
            match ask(agent.data_dir(), &Request::Status).await {
                Ok(Answer::Status(told)) => Ok(told.status),
                // What was in the way of reading is what there is to say.
                _ => read(),
            }
        }
        read => read,
    }
}

fn light(status: &Status, output: &Output) -> String {
    let texts = &output.texts;
    match status.light {
        Light::Stopped => texts.get("cli-agent-light-stopped"),
        Light::Off => texts.get("cli-agent-light-off"),
        Light::Green => {
            let since = status.connected_since.unwrap_or_default();
            texts.with("cli-agent-light-green", [("at", output.moment(since).into())])
        }
        Light::Orange => {
            let detail = match &status.trouble {
                Some(trouble) => trouble_words(trouble, &output.texts),
                None => texts.get("cli-agent-trouble-none"),
            };
            texts.with("cli-agent-light-orange", [("detail", detail.into())])
        }
    }
}

/// Why the agent is not connected, in a sentence.
pub(crate) fn trouble_words(trouble: &Trouble, texts: &Texts) -> String {
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

/// Gives the credential back if the edge can be reached, and deletes key and data in any case.
async fn given_up(agent: &Agent, was_service: bool, output: &Output) -> Result<u8, Failure> {
    let failed = |error| failed(error, output);
    let (credential, text) = match agent.forget(false).await {
        Ok(true) => ("returned", output.texts.get("cli-agent-uninstalled")),
        Ok(false) if was_service => ("none", output.texts.get("cli-agent-uninstalled")),
        Ok(false) => ("none", output.texts.get("cli-agent-nothing-to-forget")),
        Err(error) => {
            let detail = [("detail", failed(error).message.into())];
            agent.forget(true).await.map_err(failed)?;
            ("kept", output.texts.with("cli-agent-uninstalled-offline", detail))
        }
    };
    let uninstalled = was_service || credential != "none";
    output.result(&text, &json!({"uninstalled": uninstalled, "credential": credential}))?;
    Ok(exit::OK)
}
