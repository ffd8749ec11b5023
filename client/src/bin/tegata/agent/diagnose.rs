//! `tegata agent diagnose`: tests the connection, and says in words what is in the way and what to do. On a machine that can
//! connect, it also tries what a session needs (Z2); the running agent reports that, so that both sides of an appointment
//! see it.

use crate::agent::{failed, obstacle, report};
use crate::exit;
use crate::failure::Failure;
use crate::output::Output;
use crate::printable::printable;
use crate::texts::Texts;
use serde_json::{Value, json};
use tegata_client::agent::Agent;
use tegata_client::agent::config::CONFIG_FILE;
use tegata_client::agent::diagnose::{Check, CheckState, Diagnosis, Outcome};
use tegata_client::agent::ipc::{Answer, Request, ask};
use tegata_client::agent::preflight::Tried;
use tegata_client::edge::EdgeUrl;
use tegata_client::proxy::obstacle::Obstacle;
use tegata_domain::appointment::preflight::{Check as Session, Preflight, Verdict};
use tegata_domain::time::UnixSeconds;

/// Runs the test. Its exit code says which kind of thing is in the way.
pub(crate) async fn run(agent: &Agent, edge: Option<&str>, output: &Output) -> Result<u8, Failure> {
    let edge = edge
        .map(EdgeUrl::parse)
        .transpose()
        .map_err(|error| failed(error, output))?;
    if edge.is_none() && matches!(agent.state(), Err(tegata_client::Error::NotRegistered)) {
        return Err(Failure::missing(&["--edge"], &output.texts));
    }
    let report = report().map_err(|error| failed(error, output))?;
    let diagnosis = agent.diagnose(&report, edge.as_ref()).await;
    let diagnosis = diagnosis.map_err(|error| failed(error, output))?;
    let tried = match diagnosis.outcome {
        Outcome::Ok if agent.state().is_ok() => Some(tried(agent, &diagnosis, output).await?),
        _ => None,
    };
    let mut text = shown(&diagnosis, &output.texts);
    let mut object = as_json(&diagnosis, &output.texts);
    if let Some(tried) = tried {
        text.push('\n');
        text.push_str(&preflight(&tried, &output.texts));
        object["preflight"] = json!({
            "checks": judged(&tried).checks,
            "verdict": judged(&tried).verdict(),
            "reported": tried.reported,
        });
    }
    output.result(&text, &object)?;
    Ok(match &diagnosis.outcome {
        Outcome::Ok => exit::OK,
        Outcome::Ended | Outcome::TurnedAway | Outcome::Replaced => exit::REFUSED,
        Outcome::Clock { .. } | Outcome::Way(Obstacle::RemoteServiceOff | Obstacle::Settings { .. }) => exit::GENERAL,
        Outcome::NotTheService { .. } | Outcome::ServiceFailing { .. } | Outcome::Way(_) => exit::NETWORK,
    })
}

/// What a session needs: tried by the agent that runs, which reports it, or else from here.
async fn tried(agent: &Agent, diagnosis: &Diagnosis, output: &Output) -> Result<Tried, Failure> {
    if let Ok(Answer::Check(tried)) = ask(agent.data_dir(), &Request::Check).await {
        return Ok(*tried);
    }
    let own = agent.data_dir().path().join(CONFIG_FILE);
    agent
        .assistance()
        .configure(super::running::configuration(&own, output)?);
    let measured = agent.measure(diagnosis).await;
    Ok(Tried {
        measured: measured.map_err(|error| failed(error, output))?,
        reported: false,
    })
}

/// The verdicts. When they were given is nothing that is shown here.
fn judged(tried: &Tried) -> Preflight {
    tried.measured.judged(UnixSeconds(0))
}

/// What a session needs, line by line.
fn preflight(tried: &Tried, texts: &Texts) -> String {
    let found = judged(tried);
    let mut lines = vec![texts.get("cli-preflight")];
    lines.extend(found.checks.iter().map(|checked| {
        let verdict = texts.get(match checked.verdict {
            Verdict::Passed => "cli-preflight-passed",
            Verdict::Untested => "cli-preflight-untested",
            Verdict::Warned => "cli-preflight-warned",
            Verdict::Failed => "cli-preflight-failed",
        });
        let key = match checked.check {
            Session::Download => "cli-preflight-download",
            Session::Upload => "cli-preflight-upload",
            Session::Screen => "cli-preflight-screen",
            Session::Clock => "cli-preflight-clock",
            Session::Proxy => "cli-preflight-proxy",
            _ => "cli-preflight-connection",
        };
        let unit = match checked.check {
            Session::Clock => "cli-preflight-seconds",
            _ => "cli-preflight-rate",
        };
        let state = match checked.value {
            Some(value) => texts.with(unit, [("state", verdict.into()), ("value", value.into())]),
            None => verdict,
        };
        format!("  {}", texts.with(key, [("state", state.into())]))
    }));
    let reported = match tried.reported {
        true => "cli-preflight-reported",
        false => "cli-preflight-not-reported",
    };
    lines.push(texts.get(reported));
    lines.join("\n")
}

fn shown(diagnosis: &Diagnosis, texts: &Texts) -> String {
    let mut lines = vec![texts.with("cli-diagnosis", [("edge", diagnosis.edge.as_str().into())])];
    if let Some(proxy) = &diagnosis.proxy {
        lines.push(texts.with("cli-diagnosis-proxy", [("proxy", printable(proxy).into())]));
    }
    let checks = diagnosis.checks.iter();
    lines.extend(checks.map(|(check, state)| format!("  {}", check_line(*check, *state, texts))));
    lines.push(outcome(&diagnosis.outcome, texts));
    lines.join("\n")
}

/// One check with its state.
pub(crate) fn check_line(check: Check, state: CheckState, texts: &Texts) -> String {
    let key = match check {
        Check::RemoteService => "cli-check-remote-service",
        Check::Proxy => "cli-check-proxy",
        Check::Name => "cli-check-name",
        Check::Connection => "cli-check-connection",
        Check::ProxyAuthentication => "cli-check-proxy-authentication",
        Check::ProxyTunnel => "cli-check-proxy-tunnel",
        Check::Encryption => "cli-check-encryption",
        Check::Service => "cli-check-service",
        Check::Clock => "cli-check-clock",
        Check::Admission => "cli-check-admission",
    };
    let state = texts.get(match state {
        CheckState::Passed => "cli-check-passed",
        CheckState::Failed => "cli-check-failed",
        CheckState::NotNeeded => "cli-check-not-needed",
        CheckState::NotReached => "cli-check-not-reached",
    });
    texts.with(key, [("state", state.into())])
}

/// What the test found, and what to do.
pub(crate) fn outcome(outcome: &Outcome, texts: &Texts) -> String {
    match outcome {
        Outcome::Ok => texts.get("cli-outcome-ok"),
        Outcome::NotTheService { detail } => {
            texts.with("cli-outcome-not-the-service", [("detail", printable(detail).into())])
        }
        Outcome::ServiceFailing { status } => texts.with("cli-outcome-service-failing", [("status", (*status).into())]),
        Outcome::Clock { seconds } => {
            let key = if *seconds > 0 {
                "cli-outcome-clock-fast"
            } else {
                "cli-outcome-clock-slow"
            };
            texts.with(key, [("seconds", seconds.abs().into())])
        }
        Outcome::Ended => texts.get("cli-agent-ended"),
        Outcome::TurnedAway => texts.get("cli-agent-trouble-turned-away"),
        Outcome::Replaced => texts.get("cli-agent-trouble-replaced"),
        Outcome::Way(obstacle) => obstacle::told(obstacle, texts),
    }
}

fn as_json(diagnosis: &Diagnosis, texts: &Texts) -> Value {
    let checks = diagnosis.checks.iter();
    let checks: Vec<Value> = checks
        .map(|(check, state)| json!({"check": check, "state": state}))
        .collect();
    json!({
        "edge": diagnosis.edge,
        "proxy": diagnosis.proxy,
        "checks": checks,
        "outcome": diagnosis.outcome,
        "message": outcome(&diagnosis.outcome, texts),
    })
}
