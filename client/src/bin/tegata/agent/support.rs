//! `tegata agent support`: starts remote support at the machine (K6) and shows it in a terminal until it ends, or the
//! person ends it with Ctrl-C. `words` says it in sentences, for the local page as well; `notice` tells it where nobody has
//! asked.

pub(crate) mod notice;
pub(super) mod taking_part;
pub(crate) mod words;

use crate::exit;
use crate::failure::Failure;
use crate::machine::fault;
use crate::output::Output;
use crate::printable::printable;
use crate::texts::Texts;
use serde_json::json;
use std::io::{self, IsTerminal as _};
use std::pin::pin;
use std::time::Duration;
use tegata_client::agent::Agent;
use tegata_client::agent::ipc::{Answer, AskError, Refusal, Request, ask};
use tegata_client::agent::support::{Phase, Session, Support};
use tokio::time::sleep;

/// How often the agent is asked.
const LOOK: Duration = Duration::from_secs(1);
/// For how many looks the agent may be away, as when it restarts.
const MOST_AWAY: u32 = 60;

/// Starts remote support, unless there is a session already, and shows it until it ends.
pub(super) async fn run(agent: &Agent, output: &Output) -> Result<u8, Failure> {
    let failed = |error: &AskError| failure(error, output);
    if state(agent).await.map_err(|error| failed(&error))?.phase == Phase::Idle {
        order(agent, &Request::SupportStart)
            .await
            .map_err(|error| failed(&error))?;
    }
    let mut stop = pin!(super::running::stopped());
    let mut shown = None;
    let mut away = 0u32;
    loop {
        match state(agent).await {
            Ok(support) => {
                away = 0;
                if shown.as_ref() != Some(&support) {
                    output.result(&screen(&support, &output.texts), &json!(support))?;
                }
                if support.phase == Phase::Idle {
                    return Ok(if support.declined.is_some() {
                        exit::REFUSED
                    } else {
                        exit::OK
                    });
                }
                shown = Some(support);
            }
            Err(AskError::NotRunning | AskError::Broken(_)) if away < MOST_AWAY => away = away.saturating_add(1),
            Err(error) => return Err(failed(&error)),
        }
        tokio::select! {
            () = sleep(LOOK) => {}
            () = &mut stop => {
                order(agent, &Request::SupportEnd).await.map_err(|error| failed(&error))?;
                let support = state(agent).await.map_err(|error| failed(&error))?;
                output.result(&screen(&support, &output.texts), &json!(support))?;
                return Ok(exit::OK);
            }
        }
    }
}

async fn state(agent: &Agent) -> Result<Support, AskError> {
    match ask(agent.data_dir(), &Request::SupportState).await? {
        Answer::Support(support) => Ok(*support),
        _ => Err(Refusal::Unknown.into()),
    }
}

async fn order(agent: &Agent, request: &Request) -> Result<(), AskError> {
    ask(agent.data_dir(), request).await.map(drop)
}

fn failure(error: &AskError, output: &Output) -> Failure {
    let (exit, code) = match error {
        AskError::NotRunning => (exit::GENERAL, "not_running"),
        AskError::NotAdmitted => (exit::GENERAL, "not_admitted"),
        AskError::Refused(Refusal::NotEnrolled) => (exit::GENERAL, "not_enrolled"),
        AskError::Refused(Refusal::NotConnected) => (exit::NETWORK, "not_connected"),
        AskError::Refused(_) | AskError::Broken(_) => (exit::GENERAL, "failed"),
    };
    Failure::new(exit, code, fault::words(error, &output.texts))
}

/// What the person sees.
fn screen(support: &Support, texts: &Texts) -> String {
    match &support.session {
        Some(session) => format!("\n{}\n", lines(session, texts).join("\n")),
        None if support.phase == Phase::Starting => texts.get("machine-support-starting"),
        None => words::before(support, texts).unwrap_or_else(|| texts.get("machine-support-ended-machine")),
    }
}

fn lines(session: &Session, texts: &Texts) -> Vec<String> {
    let fact = |key: &str, value: &str| {
        let args = [("name", texts.get(key).into()), ("value", printable(value).into())];
        texts.with("cli-support-fact", args)
    };
    let mut lines = Vec::new();
    match &session.password {
        Some(password) => {
            lines.push(large(&texts.get("machine-support-id"), &session.number.shown()));
            lines.push(large(
                &texts.get("machine-support-password"),
                &printable(password.expose()),
            ));
            lines.push(String::new());
            lines.push(texts.get("machine-support-keep-open"));
            lines.push(texts.get("machine-support-warning"));
        }
        None => {
            lines.push(texts.get("machine-support-from-afar"));
            lines.push(fact("machine-support-id", &session.number.shown()));
        }
    }
    lines.push(String::new());
    lines.push(fact("machine-support-desk", &session.provider));
    lines.extend(session.contact.iter().map(|line| format!("    {}", printable(line))));
    let present = match session.present.is_empty() {
        true => texts.get("machine-support-nobody"),
        false => session.present.join(texts.comma()),
    };
    lines.push(fact("machine-support-present", &present));
    lines.extend(session.uses.iter().map(|one| {
        let args = [
            ("name", words::using(one.ability, texts).into()),
            ("value", printable(&one.by).into()),
        ];
        texts.with("cli-support-fact", args)
    }));
    lines.extend(
        session
            .deeds
            .iter()
            .map(|deed| format!("    {}", words::deed(deed, texts))),
    );
    if !session.offers.is_empty() {
        lines.push(String::new());
        lines.push(texts.get("machine-files"));
        lines.extend(
            session
                .offers
                .iter()
                .map(|offer| format!("    {}  {}", offer.id, words::offer(offer, texts))),
        );
        lines.push(texts.get("cli-support-file"));
    }
    lines.push(String::new());
    lines.push(texts.get("machine-chat"));
    lines.push(texts.get("machine-chat-everyone"));
    for message in &session.chat {
        let text = message.text.lines().map(printable).collect::<Vec<_>>().join("\n      ");
        lines.push(format!("    {}", fact_of(&words::writer(message, texts), &text, texts)));
    }
    lines.push(texts.get("cli-support-chat"));
    lines.push(String::new());
    lines.push(texts.get("cli-support-end"));
    lines
}

fn fact_of(name: &str, value: &str, texts: &Texts) -> String {
    let args = [("name", name.to_owned().into()), ("value", value.to_owned().into())];
    texts.with("cli-support-fact", args)
}

/// A value that is read out on the telephone: apart from everything else, and at a terminal in bold with wide gaps.
fn large(name: &str, value: &str) -> String {
    if !io::stdout().is_terminal() {
        return format!("    {name}    {value}");
    }
    let wide: Vec<String> = value.chars().map(String::from).collect();
    format!("\n    {name}\n\n        \x1b[1m{}\x1b[0m\n", wide.join(" "))
}
