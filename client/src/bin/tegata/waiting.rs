//! Waits for people: polls a pending registration, prints what it is waiting for, and accepts the activation code.

use crate::exit;
use crate::failure::Failure;
use crate::output::Output;
use crate::prompt::Prompt;
use std::time::Duration;
use tegata_client::activation_code::ActivationCode;
use tegata_client::device_flow::Pace;
use tegata_client::registration::{RegistrationState, RegistrationStatus};
use tegata_client::state::Phase;
use tegata_client::viewer::Step;
use tegata_client::{Error, Viewer, clock};

/// How often one attempt is retried when the network fails.
const TRIES: u32 = 3;

/// Waits until the device is registered. At a terminal the person may type a code at any time; an empty line polls at
/// once.
pub(crate) async fn until_active(
    viewer: &Viewer,
    output: &Output,
    mut prompt: Option<&mut Prompt>,
) -> Result<(), Failure> {
    let mut code: Option<ActivationCode> = None;
    let mut told = None;
    let mut outage = Pace::new(5);
    loop {
        let mut pause = match viewer.step(code.as_ref()).await {
            Ok(Step::Active) => return Ok(()),
            Ok(Step::Waiting { status, pause }) => {
                code = None;
                outage.answered();
                tell(status.as_ref(), &mut told, prompt.is_some(), viewer, output);
                pause
            }
            Ok(Step::TooEarly { pause }) => pause,
            Err(Error::WrongCode { tries_left }) if prompt.is_some() && tries_left > 0 => {
                code = None;
                output.note(&output.texts.with("cli-wrong-code", [("tries", tries_left.into())]));
                Duration::from_secs(outage.interval())
            }
            Err(error) if error.is_transient() && !is_overdue(viewer) => {
                // The attempt may have been counted although its response was lost: only the person may repeat it.
                code = None;
                told = None;
                outage.failed();
                output.note(&output.texts.get("cli-waiting-network"));
                Duration::from_secs(outage.pause(0))
            }
            Err(error) => return Err(Failure::from_error(error, &output.texts)),
        };
        if code.is_none()
            && let Some(person) = prompt.as_deref_mut()
        {
            match tokio::time::timeout(pause, person.line()).await {
                Ok(Some(line)) => {
                    code = typed(&line, output);
                    if code.is_some() {
                        output.note(&output.texts.get("cli-checking-code"));
                    }
                    pause = Duration::ZERO;
                }
                Ok(None) => prompt = None,
                Err(_) => pause = Duration::ZERO,
            }
        }
        tokio::time::sleep(pause).await;
    }
}

/// A line that the person typed while waiting.
fn typed(line: &str, output: &Output) -> Option<ActivationCode> {
    if line.trim().is_empty() {
        return None;
    }
    match ActivationCode::parse(line) {
        Ok(code) => Some(code),
        Err(error) => {
            output.note(&Failure::from_error(error, &output.texts).message);
            None
        }
    }
}

/// Whether the registration has expired as far as this PC knows. Used when the edge, which decides, cannot be reached.
fn is_overdue(viewer: &Viewer) -> bool {
    match viewer.state().map(|state| state.phase) {
        Ok(Phase::Pending(pending)) => pending.expires_at < clock::now(),
        _ => true,
    }
}

/// Prints once what the registration is waiting for.
fn tell(
    status: Option<&RegistrationStatus>,
    told: &mut Option<RegistrationState>,
    person: bool,
    viewer: &Viewer,
    output: &Output,
) {
    let state = match status.map_or(RegistrationState::Unknown, |status| status.state) {
        // What most registrations wait for, when the edge does not say and nothing was printed yet.
        RegistrationState::Unknown if told.is_none() => RegistrationState::AwaitingApproval,
        state => state,
    };
    if *told == Some(state) {
        return;
    }
    let email = match viewer.state().map(|state| state.phase) {
        Ok(Phase::Pending(pending)) => pending.email,
        _ => String::new(),
    };
    let to = [("email", email.into())];
    let text = match (state, person) {
        (RegistrationState::AwaitingApproval, _) => output.texts.get("cli-waiting-approval"),
        (RegistrationState::AwaitingAddress, _) => output.texts.with("cli-waiting-address", to),
        (RegistrationState::AwaitingCode, true) => output.texts.with("cli-waiting-code", to),
        (RegistrationState::AwaitingCode, false) => output.texts.with("cli-waiting-code-elsewhere", to),
        // It waits for nobody: the next answer completes or ends it.
        _ => return,
    };
    *told = Some(state);
    output.note(&text);
}

/// Polls once, with the code if there is one, and does not wait for people.
pub(crate) async fn once(viewer: &Viewer, output: &Output, code: Option<&ActivationCode>) -> Result<(), Failure> {
    if code.is_some() {
        output.note(&output.texts.get("cli-checking-code"));
    }
    let mut failures = 0;
    loop {
        match viewer.step(code).await {
            Ok(Step::Active) => return Ok(()),
            Ok(Step::TooEarly { pause }) => tokio::time::sleep(pause).await,
            Ok(Step::Waiting { status, .. }) => {
                let state = status.map_or(RegistrationState::Unknown, |status| status.state);
                return Err(Failure::new(exit::PENDING, "pending", state_text(state, output)));
            }
            // Never with a code: the attempt may have been counted although its response was lost.
            Err(error) if error.is_transient() && code.is_none() && failures < TRIES => {
                failures += 1;
                tokio::time::sleep(Duration::from_secs(1 << failures)).await;
            }
            Err(error) => return Err(Failure::from_error(error, &output.texts)),
        }
    }
}

/// The state of a registration in words.
pub(crate) fn state_text(state: RegistrationState, output: &Output) -> String {
    output
        .texts
        .get(&format!("cli-state-{}", state.as_str().replace('_', "-")))
}
