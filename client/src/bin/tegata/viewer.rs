//! `tegata viewer`: registers this PC, shows its status, reads data, and forgets the registration.

use crate::args::{RegisterArgs, ViewerArgs, ViewerCommand};
use crate::details;
use crate::download;
use crate::exit;
use crate::failure::Failure;
use crate::open;
use crate::output::Output;
use crate::printable::printable;
use crate::prompt::Prompt;
use crate::texts::Languages;
use crate::waiting;
use serde_json::{Value, json};
use std::pin::pin;
use std::time::Duration;
use tegata_client::activation_code::ActivationCode;
use tegata_client::data_dir::DataDir;
use tegata_client::installation::Installation;
use tegata_client::registration::RegistrationState;
use tegata_client::state::{Active, Pending, Phase, State};
use tegata_client::{Error, Viewer};

/// How long the edge may take before the person is told what the command waits for.
const PATIENCE: Duration = Duration::from_secs(1);

/// Runs one viewer command and returns its exit code.
pub(crate) async fn run(
    ViewerArgs { config, command }: ViewerArgs,
    data_dir: DataDir,
    languages: &Languages,
    output: &Output,
) -> Result<u8, Failure> {
    let failed = |error| Failure::from_error(error, &output.texts);
    let installation = || Installation::load(config.as_deref()).map_err(failed);
    let viewer = Viewer::new(data_dir.clone()).map_err(failed)?;
    match command {
        ViewerCommand::Open(args) => open::run(args, data_dir, installation()?, languages, output).await,
        ViewerCommand::Register(args) => register(&viewer, with_installed(args, installation()?), output).await,
        ViewerCommand::Activate { code } => activate(&viewer, code.as_deref(), output).await,
        ViewerCommand::Status { unasked } => status(&viewer, unasked, output).await,
        ViewerCommand::Resend => {
            viewer
                .resend()
                .await
                .map_err(|error| Failure::from_error(error, &output.texts))?;
            output.result(&output.texts.get("cli-resent"), &json!({"resent": true}))?;
            Ok(exit::OK)
        }
        ViewerCommand::Get { path, output: file } => {
            // The code may have been entered on the page: the tokens then wait to be collected.
            if matches!(viewer.state(), Ok(state) if matches!(state.phase, Phase::Pending(_))) {
                waiting::once(&viewer, output, None).await?;
            }
            download::run(&viewer, &path, file.as_deref(), output).await
        }
        ViewerCommand::Forget { offline } => forget(&viewer, offline, output).await,
    }
}

/// The options, and for the place what the installer chose where they say nothing.
fn with_installed(mut args: RegisterArgs, installation: Installation) -> RegisterArgs {
    args.edge = args.edge.or_else(|| installation.edge.map(Into::into));
    args.tenant = args
        .tenant
        .or_else(|| installation.tenant.map(|tenant| tenant.as_str().to_owned()));
    args
}

async fn register(viewer: &Viewer, args: RegisterArgs, output: &Output) -> Result<u8, Failure> {
    let failed = |error| Failure::from_error(error, &output.texts);
    // Checked before prompting, so that nobody answers the questions in vain.
    match viewer.state() {
        Ok(state) if !state.phase.is_over() => return Err(failed(Error::AlreadyRegistered)),
        Ok(_) | Err(Error::NotRegistered) => {}
        Err(error) => return Err(failed(error)),
    }
    let no_wait = args.no_wait;
    let mut prompt = Prompt::at_terminal();
    let details = details::collect(viewer, args, prompt.as_mut(), output).await?;
    let pending = viewer.register(details.at, &details.request).await.map_err(failed)?;
    let until = [
        ("email", pending.email.as_str().into()),
        ("until", output.moment(pending.expires_at).into()),
    ];
    let sent = format!(
        "{}\n{}",
        output.texts.with("cli-registered", until),
        user_code(&pending, output)
    );
    if no_wait {
        output.result(&sent, &pending_json(&pending, "pending"))?;
        return Ok(exit::OK);
    }
    output.note(&sent);
    output.note(&output.texts.get("cli-may-interrupt"));
    waiting::until_active(viewer, output, prompt.as_mut()).await?;
    report_active(viewer, output)
}

async fn activate(viewer: &Viewer, code: Option<&str>, output: &Output) -> Result<u8, Failure> {
    let failed = |error| Failure::from_error(error, &output.texts);
    viewer.state().map_err(failed)?;
    match code {
        Some(code) => {
            let code = ActivationCode::parse(code).map_err(failed)?;
            waiting::once(viewer, output, Some(&code)).await?;
        }
        None => match Prompt::at_terminal() {
            Some(mut prompt) => waiting::until_active(viewer, output, Some(&mut prompt)).await?,
            None => waiting::once(viewer, output, None).await?,
        },
    }
    report_active(viewer, output)
}

fn report_active(viewer: &Viewer, output: &Output) -> Result<u8, Failure> {
    let state = viewer
        .state()
        .map_err(|error| Failure::from_error(error, &output.texts))?;
    let tenant = [("tenant", state.tenant.as_str().to_owned().into())];
    output.result(&output.texts.with("cli-active", tenant), &active_json(&state))?;
    Ok(exit::OK)
}

/// Asks the edge, unless `offline`.
async fn status(viewer: &Viewer, offline: bool, output: &Output) -> Result<u8, Failure> {
    let failed = |error| Failure::from_error(error, &output.texts);
    let state = viewer.state().map_err(failed)?;
    match &state.phase {
        Phase::Active(_) if offline => report_known(&state, output),
        Phase::Active(active) => {
            ask(viewer, &state, active, output).await?;
            report_confirmed(&viewer.state().map_err(failed)?, output)
        }
        Phase::Pending(pending) if offline => {
            let text = waiting::state_text(RegistrationState::Unknown, output);
            report_open(
                pending,
                &text,
                pending.expires_at,
                output,
                &pending_json(pending, "pending"),
            )?;
            Ok(exit::PENDING)
        }
        Phase::Pending(pending) => report_pending(viewer, pending, output).await,
        Phase::Ended(ended) => Err(failed(ended.clone().into())),
        Phase::Revoked(revoked) => {
            let told = output
                .texts
                .with("cli-status-revoked", [("at", output.moment(revoked.told_at).into())]);
            let failure = failed(Error::Revoked);
            let message = output.texts.sentences(&failure.message, &told);
            Err(Failure { message, ..failure })
        }
    }
}

/// Has the edge confirm this device: it renews the tokens, or answers that it no longer accepts the device.
async fn ask(viewer: &Viewer, state: &State, active: &Active, output: &Output) -> Result<(), Failure> {
    let mut asked = pin!(viewer.access_token(Some(&active.tokens.access_token)));
    let answer = match tokio::time::timeout(PATIENCE, asked.as_mut()).await {
        Ok(answer) => answer,
        Err(_) => {
            output.note(&output.texts.get("cli-status-asking"));
            asked.await
        }
    };
    answer.map(drop).map_err(|error| {
        let unknown = error.is_transient();
        let failure = Failure::from_error(error, &output.texts);
        if !unknown {
            return failure;
        }
        let message = format!("{}\n{}", failure.message, known(state, output));
        Failure { message, ..failure }
    })
}

/// What the data on this PC says, and since when.
fn known(state: &State, output: &Output) -> String {
    let tenant = [("tenant", state.tenant.as_str().to_owned().into())];
    let known = output.texts.with("cli-status-known", tenant);
    match confirmed_at(state) {
        Some(at) => {
            let since = output
                .texts
                .with("cli-status-confirmed", [("at", output.moment(at).into())]);
            format!("{known}\n{since}")
        }
        None => known,
    }
}

fn confirmed_at(state: &State) -> Option<u64> {
    match &state.phase {
        Phase::Active(active) => active.tokens.received_at,
        _ => None,
    }
}

/// Reports what this PC knows. The edge was not asked.
fn report_known(state: &State, output: &Output) -> Result<u8, Failure> {
    let text = format!("{}\n{}", known(state, output), output.texts.get("cli-status-unasked"));
    output.result(&text, &checked_json(state, false))?;
    Ok(exit::OK)
}

/// Reports what the edge has just confirmed.
fn report_confirmed(state: &State, output: &Output) -> Result<u8, Failure> {
    let tenant = [("tenant", state.tenant.as_str().to_owned().into())];
    let text = output.texts.with("cli-status-checked", tenant);
    output.result(&text, &checked_json(state, true))?;
    Ok(exit::OK)
}

fn checked_json(state: &State, checked: bool) -> Value {
    let mut object = active_json(state);
    object["checked"] = json!(checked);
    object["confirmed_at"] = json!(confirmed_at(state));
    object
}

async fn report_pending(viewer: &Viewer, pending: &Pending, output: &Output) -> Result<u8, Failure> {
    let status = viewer.registration_status().await;
    let status = status.map_err(|error| Failure::from_error(error, &output.texts))?;
    // The code was entered on the page.
    if status.state == RegistrationState::Activated && waiting::once(viewer, output, None).await.is_ok() {
        return report_active(viewer, output);
    }
    let expires_at = status.expires_at.unwrap_or(pending.expires_at);
    let mut text = if status.state == RegistrationState::Redeemed {
        // This PC lacks the tokens that were issued to it, and can still ask for them.
        output.texts.get("cli-status-uncollected")
    } else {
        waiting::state_text(status.state, output)
    };
    if let Some(reason) = &status.refusal_reason {
        let reason = [("reason", printable(reason).into())];
        text = output
            .texts
            .sentences(&text, &output.texts.with("cli-refusal-reason", reason));
    }
    let mut object = pending_json(pending, status.state.as_str());
    object["expires_at"] = json!(expires_at);
    object["tries_left"] = json!(status.tries_left);
    object["refusal_reason"] = json!(status.refusal_reason);
    if status.state.is_over() {
        output.result(&text, &object)?;
    } else {
        report_open(pending, &text, expires_at, output, &object)?;
    }
    Ok(exit_code(status.state))
}

/// Reports a registration that is still open: until when, and where the code can be entered.
fn report_open(pending: &Pending, text: &str, expires_at: u64, output: &Output, object: &Value) -> Result<(), Failure> {
    let until = output
        .texts
        .with("cli-until", [("until", output.moment(expires_at).into())]);
    let text = format!(
        "{}\n{}",
        output.texts.sentences(text, &until),
        user_code(pending, output)
    );
    output.result(&text, object)
}

fn exit_code(state: RegistrationState) -> u8 {
    match state {
        RegistrationState::Refused | RegistrationState::Withdrawn | RegistrationState::Failed => exit::REFUSED,
        _ => exit::PENDING,
    }
}

async fn forget(viewer: &Viewer, offline: bool, output: &Output) -> Result<u8, Failure> {
    // Where nothing is given up any more, only the data on this PC goes.
    let given_up = !offline && viewer.state().is_ok_and(|state| !state.phase.is_over());
    let found = viewer.forget(offline).await.map_err(|error| match error {
        Error::Network(_) => {
            let detail = Failure::from_error(error, &output.texts).message;
            let message = output.texts.with("cli-forget-unreachable", [("detail", detail.into())]);
            Failure::new(exit::NETWORK, "network", message)
        }
        error => Failure::from_error(error, &output.texts),
    })?;
    let text = output.texts.get(match (found, given_up) {
        (true, true) => "cli-forgotten",
        (true, false) => "cli-forgotten-here",
        (false, _) => "cli-nothing-to-forget",
    });
    output.result(&text, &json!({"forgotten": found}))?;
    Ok(exit::OK)
}

/// The user code, for the page that accepts the activation code when it cannot be entered here.
fn user_code(pending: &Pending, output: &Output) -> String {
    let code = printable(&pending.user_code);
    let uri = printable(&pending.verification_uri);
    output
        .texts
        .with("cli-user-code", [("code", code.into()), ("uri", uri.into())])
}

fn pending_json(pending: &Pending, state: &str) -> Value {
    json!({
        "state": state,
        "user_code": pending.user_code,
        "verification_uri": pending.verification_uri,
        "verification_uri_complete": pending.verification_uri_complete,
        "expires_at": pending.expires_at,
    })
}

fn active_json(state: &State) -> Value {
    json!({
        "state": "active",
        "edge": state.edge.as_str(),
        "tenant": state.tenant.as_str(),
        "issuer": state.metadata.issuer,
        "key_thumbprint": state.jkt,
    })
}
