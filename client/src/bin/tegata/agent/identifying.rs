//! `tegata agent enrol` without a code (P2): sends what identifies provider and machine, and waits until somebody has
//! accepted the machine. The command can be stopped and started again; it then goes on waiting.

use super::{enrolled_json, failed, report};
use crate::args::agent::EnrolArgs;
use crate::exit;
use crate::failure::Failure;
use crate::output::Output;
use crate::prompt::Prompt;
use crate::texts::Texts;
use std::fs;
use tegata_client::Error;
use tegata_client::agent::Agent;
use tegata_client::agent::acceptance::Event;
use tegata_client::agent::identification::{
    Ending, Identification, Outcome, Waiting, parse_organization, parse_serial_number, parse_verification_code,
};
use tegata_client::agent::state::AgentState;
use tegata_client::edge::EdgeUrl;
use tegata_domain::agent::AgentReport;

/// Whether the options ask for an enrolment without a code, or one waits that they go on with.
pub(super) fn is_wanted(agent: &Agent, args: &EnrolArgs) -> bool {
    let identifies =
        args.organization_id.is_some() || args.serial_number.is_some() || args.verification_code_file.is_some();
    let goes_on = args.tenant.is_none() && args.enrolment_code.is_none() && matches!(agent.waiting(), Ok(Some(_)));
    identifies || goes_on
}

/// Identifies the machine, unless its request already waits, and waits for the answer.
pub(super) async fn run(agent: &Agent, args: EnrolArgs, output: &Output) -> Result<u8, Failure> {
    let report = report().map_err(|error| failed(error, output))?;
    let before = agent.waiting().map_err(|error| failed(error, output))?;
    let waiting = match before.filter(|waiting| is_same(waiting, &args)) {
        Some(waiting) => waiting,
        None => identified(agent, args, &report, output).await?,
    };
    let state = until_accepted(agent, &waiting, &report, output).await?;
    let tenant = [("tenant", state.tenant.as_str().to_owned().into())];
    let text = output.texts.with("cli-agent-enrolled", tenant);
    output.result(&text, &enrolled_json(&state))?;
    Ok(exit::OK)
}

/// Whether `args` mean the request that waits.
fn is_same(waiting: &Waiting, args: &EnrolArgs) -> bool {
    let given = |typed: &Option<String>, same: &dyn Fn(&str) -> bool| typed.as_deref().is_none_or(same);
    given(&args.edge, &|edge| {
        EdgeUrl::parse(edge).is_ok_and(|edge| edge == waiting.edge)
    }) && given(&args.organization_id, &|typed| {
        parse_organization(typed).is_ok_and(|typed| typed == waiting.organization)
    }) && given(&args.serial_number, &|typed| {
        parse_serial_number(typed).is_ok_and(|typed| typed.key() == waiting.serial_number.key())
    })
}

async fn identified(agent: &Agent, args: EnrolArgs, report: &AgentReport, output: &Output) -> Result<Waiting, Failure> {
    let code = match &args.verification_code_file {
        Some(path) => Some(fs::read_to_string(path).map_err(|error| Failure::file(path, &error, &output.texts))?),
        None => args.verification_code,
    };
    let edge = args.edge.ok_or_else(|| Failure::missing(&["--edge"], &output.texts))?;
    let edge = EdgeUrl::parse(&edge).map_err(|error| failed(error, output))?;
    let mut person = None;
    let asked = ("--organization", "cli-ask-organization-id");
    let organization = given(args.organization_id, asked, parse_organization, &mut person, output).await?;
    let asked = ("--verification-code-file", "cli-ask-verification-code");
    let code = given(code, asked, parse_verification_code, &mut person, output).await?;
    let asked = ("--serial-number", "cli-ask-serial-number");
    let serial = given(args.serial_number, asked, parse_serial_number, &mut person, output).await?;
    let identification = Identification::parse(&organization, &code, &serial).map_err(|error| failed(error, output))?;
    let identified = agent.identify(edge, &identification, report).await;
    identified.map_err(|error| unidentified(error, output))
}

/// What was given for an option, or what a person types for it when asked.
async fn given<T>(
    value: Option<String>,
    (option, question): (&str, &str),
    parse: impl Fn(&str) -> Result<T, Error>,
    person: &mut Option<Prompt>,
    output: &Output,
) -> Result<String, Failure> {
    if let Some(value) = value {
        return Ok(value);
    }
    if person.is_none() {
        *person = Prompt::at_terminal();
    }
    let Some(person) = person else {
        return Err(Failure::missing(&[option], &output.texts));
    };
    let typed = |text: &str| parse(text).map(|_| text.to_owned());
    person.ask(output, &output.texts.get(question), None, typed).await
}

/// Waits until somebody has answered.
async fn until_accepted(
    agent: &Agent,
    waiting: &Waiting,
    report: &AgentReport,
    output: &Output,
) -> Result<AgentState, Failure> {
    let mut is_told = false;
    let mut tell = |event: Event<'_>| {
        if matches!(event, Event::Away(..)) {
            output.note(&output.texts.get("cli-waiting-network"));
        }
        if !is_told {
            let until = [("until", output.moment(waiting.expires_at).into())];
            output.note(&output.texts.with("cli-agent-waits", until));
            is_told = true;
        }
    };
    match agent.until_answered(report, &mut tell).await {
        Ok(Outcome::Enrolled(state)) => Ok(*state),
        Ok(Outcome::Ended(ending)) => Err(ended(ending, output)),
        Err(error) => Err(failed(error, output)),
    }
}

/// Why the provider did not take the request.
fn unidentified(error: Error, output: &Output) -> Failure {
    let (code, key) = match &error {
        Error::OAuth(error) if error.error == "invalid_grant" => ("wrong_identification", "cli-agent-not-known"),
        Error::OAuth(error) if error.error == "slow_down" => ("too_many_tries", "cli-agent-too-many-tries"),
        _ => return failed(error, output),
    };
    Failure::new(exit::REFUSED, code, output.texts.get(key))
}

/// Why a request that was taken has not led to an enrolment.
fn ended(ending: Ending, output: &Output) -> Failure {
    let code = match ending {
        Ending::Refused => "refused",
        Ending::Expired => "expired",
        Ending::Ended => "ended",
    };
    Failure::new(exit::REFUSED, code, ending_words(ending, &output.texts))
}

/// Why the request ended, for a person.
pub(crate) fn ending_words(ending: Ending, texts: &Texts) -> String {
    texts.get(match ending {
        Ending::Refused => "cli-agent-refused",
        Ending::Expired => "cli-agent-request-expired",
        Ending::Ended => "cli-agent-request-ended",
    })
}
