//! Remote support on a customer's equipment, as the desk requests, executes and ends it (K7 to K9).

use axum::body::Bytes;
use axum::response::Response;
use http::{HeaderMap, StatusCode, Uri};
use serde::Deserialize;
use tegata_domain::desk::{Desk, DeskAction, DeskVoucher, MailSteps, NoteOutcome, RequestLaunch};
use tegata_domain::email::EmailAddress;
use tegata_domain::error::Refusal;
use tegata_domain::id::{EquipmentId, LaunchId};
use tegata_domain::launch::Obstacle;
use tegata_domain::locale::Locale;
use tegata_domain::mail::Recipient;
use tegata_domain::panel::desk::VouchForLaunch;
use tegata_domain::panel::launches::Record;
use tegata_domain::text::PersonName;
use tegata_domain::time::TimeZone;

use super::{Names, act, cursor, customer, named};
use crate::document::{document, idempotency_key};
use crate::download::receipt;
use crate::panel::Caller;
use crate::port::{Failure, ask_text, read};
use crate::problem::{Problem, json_text};

fn launch(names: &Names) -> Result<LaunchId, Problem> {
    named(names, "id", LaunchId::parse)
}

/// Returns 201 with the launch, and a mail to each administrator responsible is queued (K7); 400 naming the field; 404;
/// 409 if remote assistance is not allowed on the equipment, or too many requests for it are open. With an
/// `Idempotency-Key`, repeated requests ask only once.
pub(crate) async fn request(
    caller: Caller,
    names: Names,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let customer = customer(&names)?;
    let action = DeskAction::RequestLaunch(Box::new(RequestLaunch {
        launch: document(&headers, &body)?,
        idempotency_key: idempotency_key(&headers, &format!("launch/{customer}")),
    }));
    Ok(json_text(StatusCode::CREATED, act(&caller, &customer, action).await?))
}

/// Somebody who stands at a machine.
#[derive(Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct AtMachine {
    /// Their name.
    name: PersonName,
    /// Their mail address.
    email: EmailAddress,
    /// The language of the mail.
    locale: Locale,
}

/// Mails somebody at the machine the three steps that start remote support there (K6). Returns 200 with the equipment;
/// 400 naming the field; 404; 409 if the manual launch is not allowed on it; 429.
pub(crate) async fn mail_steps(
    caller: Caller,
    names: Names,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let AtMachine { name, email, locale } = document(&headers, &body)?;
    let steps = MailSteps {
        equipment: named(&names, "id", EquipmentId::parse)?,
        to: Recipient {
            name,
            address: email,
            locale,
            time_zone: TimeZone::UTC,
        },
    };
    let reply = act(&caller, &customer(&names)?, DeskAction::MailSteps(Box::new(steps))).await?;
    Ok(json_text(StatusCode::OK, reply))
}

/// Returns 200 with the launch in its current state; 404.
pub(crate) async fn show(caller: Caller, names: Names) -> Result<Response, Problem> {
    let reply = act(&caller, &customer(&names)?, DeskAction::ShowLaunch(launch(&names)?)).await?;
    Ok(json_text(StatusCode::OK, reply))
}

/// Returns 200 with a page of what happened in the session, oldest first; 400 for a cursor that is none; 404.
pub(crate) async fn record(caller: Caller, names: Names, uri: Uri) -> Result<Response, Problem> {
    let cursor = cursor(&uri)?;
    let id = launch(&names)?;
    let action = DeskAction::ShowRecord(Box::new(Record { id, cursor }));
    Ok(json_text(
        StatusCode::OK,
        act(&caller, &customer(&names)?, action).await?,
    ))
}

/// Returns 200 with the launch and what the desk says of it; 400 naming the field; 404; 409 while the request waits for
/// its answer.
pub(crate) async fn note(caller: Caller, names: Names, headers: HeaderMap, body: Bytes) -> Result<Response, Problem> {
    let note = NoteOutcome {
        launch: launch(&names)?,
        outcome: document(&headers, &body)?,
    };
    let action = DeskAction::NoteOutcome(Box::new(note));
    Ok(json_text(
        StatusCode::OK,
        act(&caller, &customer(&names)?, action).await?,
    ))
}

/// Returns 200 with the withdrawn launch; 404; 409 if it has been answered or has expired.
pub(crate) async fn withdraw(caller: Caller, names: Names) -> Result<Response, Problem> {
    let reply = act(&caller, &customer(&names)?, DeskAction::WithdrawLaunch(launch(&names)?)).await?;
    Ok(json_text(StatusCode::OK, reply))
}

/// What the route reads of a launch.
#[derive(Deserialize)]
struct Executed {
    #[serde(default)]
    obstacle: Option<String>,
}

/// Executes an approved launch (K9). Steps:
///
/// 1. 403 unless a person asks who has logged in recently: no token executes.
/// 2. 404 for an unknown launch; 409 unless it is approved and its period has begun, nothing else runs on the machine,
///    and both the panel and the machine allow remote assistance.
/// 3. 409 `machine-away` if the machine is not connected. The launch stays approved, and the caller gets a mail when the
///    machine is back.
/// 4. 200 with the launch: the machine was told to start.
pub(crate) async fn execute(caller: Caller, names: Names) -> Result<Response, Problem> {
    let (customer, id) = (customer(&names)?, launch(&names)?);
    let vouch = VouchForLaunch {
        customer: customer.clone(),
    };
    let voucher: DeskVoucher = read(&caller.act(&vouch).await?)?;
    let action = DeskAction::ExecuteLaunch(id);
    let reply = ask_text(&*caller.edge, &customer, Desk { voucher, action }).await?;
    let executed: Executed = read(&reply)?;
    if executed.obstacle.as_deref() == Some(Obstacle::MachineAway.name()) {
        return Err(Failure::Refused(Refusal::Blocked(Obstacle::MachineAway)).into());
    }
    Ok(json_text(StatusCode::OK, reply))
}

/// Returns 200 with the launch, ended now or before; 404; 409 if it was never approved.
pub(crate) async fn end(caller: Caller, names: Names) -> Result<Response, Problem> {
    let reply = act(&caller, &customer(&names)?, DeskAction::EndLaunch(launch(&names)?)).await?;
    Ok(json_text(StatusCode::OK, reply))
}

/// Returns 200 with the signed receipt of the consent; 404 before there is one.
pub(crate) async fn fetch_receipt(caller: Caller, names: Names) -> Result<Response, Problem> {
    let action = DeskAction::FetchLaunchReceipt(launch(&names)?);
    let reply = act(&caller, &customer(&names)?, action).await?;
    Ok(receipt(&read::<String>(&reply)?))
}
