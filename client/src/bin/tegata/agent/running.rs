//! `tegata agent run`: keeps the agent connected, and answers the programs on this machine that ask it. As a service it
//! outlasts its enrolment: it waits for one, and for a new one when the edge has ended it. If the machine has identified
//! itself, the service also waits for the answer.

use super::identifying::ending_words;
use super::support::notice;
use super::{failed, report, trouble_words};
use crate::args::agent::RunArgs;
use crate::exit;
use crate::failure::Failure;
use crate::output::Output;
use crate::printable::printable;
use serde_json::json;
use std::path::Path;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tegata_client::Error;
use tegata_client::agent::acceptance;
use tegata_client::agent::config::{CONFIG_FILE, Config};
use tegata_client::agent::diagnose::Diagnosis;
use tegata_client::agent::identification::Identification;
use tegata_client::agent::ipc::server::{Service, serve};
use tegata_client::agent::ipc::settings::{Change, Shown};
use tegata_client::agent::ipc::{Listener, Refusal};
use tegata_client::agent::preflight::Tried;
use tegata_client::agent::run::Event;
use tegata_client::agent::state::Phase;
use tegata_client::agent::status::Status;
use tegata_client::agent::support::Support;
use tegata_client::agent::{Agent, parse_code};
use tegata_client::edge::EdgeUrl;
use tegata_client::error::chain;
use tegata_client::secret::Secret;
use tegata_domain::agent::AgentReport;
use tegata_domain::id::CommandId;
use tegata_domain::slug::Slug;
use tegata_domain::text::ChatText;
use tokio::task::JoinHandle;

/// How often a service that is not enrolled looks whether it is.
const LOOK: Duration = Duration::from_millis(500);

/// Runs until somebody, or the system, asks the process to end.
pub(super) async fn run(agent: &Agent, args: RunArgs, output: &Output) -> Result<u8, Failure> {
    if !args.service {
        agent.state().map_err(|error| failed(error, output))?;
    }
    let Some(_claim) = agent.claim().await.map_err(|error| failed(error, output))? else {
        let message = output.texts.get("cli-agent-runs-already");
        return Err(Failure::new(exit::GENERAL, "runs_already", message));
    };
    let own = || agent.data_dir().path().join(CONFIG_FILE);
    let file = args.agent_config.unwrap_or_else(own);
    agent.assistance().configure(configuration(&file, output)?);
    let report = report().map_err(|error| failed(error, output))?;
    let answering = answering(agent, &report, args.group.as_deref(), output)?;
    let ended = tokio::select! {
        ended = keep_up(agent, &report, args.service, output) => ended,
        () = notice::tell(agent.assistance().watch(), output) => Ok(()),
    };
    answering.abort();
    ended.map_err(|error| failed(error, output))?;
    output.result(&output.texts.get("cli-agent-stopped"), &json!({"stopped": true}))?;
    Ok(exit::OK)
}

/// What the machine's administrator allows the desk. A file that cannot be used allows nothing silently: the agent does
/// not start.
pub(super) fn configuration(file: &Path, output: &Output) -> Result<Config, Failure> {
    Config::load(file).map_err(|error| {
        let args = [
            ("file", printable(&error.file.display().to_string()).into()),
            ("detail", printable(&error.detail).into()),
        ];
        Failure::new(exit::USAGE, "agent_config", output.texts.with("cli-agent-config", args))
    })
}

/// Lets other programs on this machine ask. If that does not work, the agent connects all the same.
fn answering(
    agent: &Agent,
    report: &AgentReport,
    group: Option<&str>,
    output: &Output,
) -> Result<JoinHandle<()>, Failure> {
    let listener = match Listener::bind(agent.data_dir(), group) {
        Ok(listener) => listener,
        Err(Error::InvalidInput { .. }) => {
            let name = [("group", group.unwrap_or_default().to_owned().into())];
            let message = output.texts.with("cli-agent-no-group", name);
            return Err(Failure::new(exit::USAGE, "no_group", message));
        }
        Err(error) => {
            let detail = Failure::from_error(error, &output.texts).message;
            output.note(&output.texts.with("cli-agent-no-socket", [("detail", detail.into())]));
            return Ok(tokio::spawn(async {}));
        }
    };
    let here = Here {
        agent: agent.clone(),
        report: report.clone(),
    };
    Ok(tokio::spawn(serve(listener, Arc::new(here))))
}

/// Keeps the connection up. Ends with `Ok` when it was asked to.
async fn keep_up(agent: &Agent, report: &AgentReport, service: bool, output: &Output) -> Result<(), Error> {
    let mut stop = pin!(stopped());
    loop {
        match agent.run(report, &mut stop, |event| tell(&event, output)).await {
            // Told once, here: what follows waits in silence.
            Err(error @ (Error::Revoked | Error::NotRegistered)) if service => {
                output.note(&failed(error, output).message);
            }
            ended => return ended,
        }
        tokio::select! {
            () = &mut stop => return Ok(()),
            enrolled = enrolled(agent) => enrolled?,
            never = agent.await_answers(report, |event| tell_waiting(&event, output)) => match never {},
        }
    }
}

/// Ready when the machine is enrolled.
///
/// Errors: `NotRegistered` when `forget` has deleted the directory, and with it the socket: the system starts the service
/// anew.
async fn enrolled(agent: &Agent) -> Result<(), Error> {
    loop {
        tokio::time::sleep(LOOK).await;
        if !agent.claim_stands() {
            return Err(Error::NotRegistered);
        }
        if matches!(agent.state(), Ok(state) if matches!(state.phase, Phase::Enrolled(_))) {
            return Ok(());
        }
    }
}

/// What happens while the machine waits to be accepted. That it waits is no news.
fn tell_waiting(event: &acceptance::Event<'_>, output: &Output) {
    match event {
        acceptance::Event::Waits => {}
        acceptance::Event::Away(trouble, pause) => tell(&Event::Away(trouble, *pause), output),
        acceptance::Event::Ended(ending) => output.note(&ending_words(*ending, &output.texts)),
    }
}

fn tell(event: &Event<'_>, output: &Output) {
    match event {
        Event::Connected(equipment) => {
            let name = [("equipment", printable(equipment).into())];
            output.note(&output.texts.with("cli-agent-connected", name));
        }
        Event::Away(trouble, pause) => {
            let args = [
                ("detail", trouble_words(trouble, &output.texts).into()),
                ("seconds", pause.as_secs().into()),
            ];
            output.note(&output.texts.with("cli-agent-away", args));
        }
        Event::Off => output.note(&output.texts.get("cli-agent-light-off")),
    }
}

/// Ready when somebody, or the system, asks the process to end.
pub(super) async fn stopped() {
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
    #[cfg(windows)]
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = super::windows_service::STOP.notified() => {}
    }
    #[cfg(not(windows))]
    let _ = tokio::signal::ctrl_c().await;
}

/// The agent of this process, as other programs reach it.
struct Here {
    agent: Agent,
    report: AgentReport,
}

impl Service for Here {
    async fn status(&self) -> Result<Status, Refusal> {
        Ok(self.agent.status(true)?)
    }

    async fn settings(&self) -> Result<Shown, Refusal> {
        Ok(Shown::read(&self.agent)?)
    }

    async fn test(&self, edge: Option<EdgeUrl>) -> Result<Diagnosis, Refusal> {
        Ok(self.agent.diagnose(&self.report, edge.as_ref()).await?)
    }

    async fn check(&self) -> Result<Tried, Refusal> {
        Ok(self.agent.try_out(&self.report).await?)
    }

    async fn support(&self) -> Result<Support, Refusal> {
        Ok(self.agent.assistance().look())
    }

    async fn start_support(&self) -> Result<(), Refusal> {
        self.agent.state()?;
        if self.agent.noted().is_none_or(|noted| noted.connected_since.is_none()) {
            return Err(Refusal::NotConnected);
        }
        Ok(self.agent.assistance().ask()?)
    }

    async fn end_support(&self) -> Result<(), Refusal> {
        Ok(self.agent.assistance().close()?)
    }

    async fn write(&self, text: ChatText) -> Result<(), Refusal> {
        match self.agent.assistance().write(text)? {
            true => Ok(()),
            false => Err(Refusal::NoSession),
        }
    }

    async fn decide(&self, offer: CommandId, accept: bool) -> Result<(), Refusal> {
        match self.agent.assistance().decide(offer, accept) {
            true => Ok(()),
            false => Err(Refusal::NoSession),
        }
    }

    async fn change(&self, change: Change) -> Result<(), Refusal> {
        Ok(change.make(&self.agent).await?)
    }

    async fn identify(&self, edge: EdgeUrl, identification: Identification) -> Result<(), Refusal> {
        match self.agent.identify(edge, &identification, &self.report).await {
            Ok(_) => Ok(()),
            Err(Error::OAuth(error)) if error.error == "invalid_grant" => Err(Refusal::WrongIdentification),
            Err(Error::OAuth(error)) if error.error == "slow_down" => Err(Refusal::TooManyTries),
            // Here it is not the tenant that is unknown: nobody has named one.
            Err(error @ Error::Problem(_)) => Err(Refusal::Failed { detail: chain(&error) }),
            Err(error) => Err(error.into()),
        }
    }

    async fn enrol(&self, edge: EdgeUrl, tenant: Slug, code: Secret) -> Result<(), Refusal> {
        let code = parse_code(code.expose())?;
        self.agent.enrol(edge, tenant, &code, &self.report).await?;
        Ok(())
    }
}
