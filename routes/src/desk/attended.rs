//! Attended sessions at a customer, as the desk opens, hands over and ends them (Z3, Z4, B8).

use axum::body::Bytes;
use axum::response::Response;
use http::{HeaderMap, StatusCode, Uri};
use tegata_domain::attended::Invited;
use tegata_domain::desk::{DeskAction, NoteOutcome, OpenAttended};
use tegata_domain::id::{GuestId, LaunchId};
use tegata_domain::panel::attended::Record;

use super::{Names, act, cursor, customer, named};
use crate::document::{document, idempotency_key};
use crate::download;
use crate::panel::Caller;
use crate::port::read;
use crate::problem::{Problem, json_text};

fn attended(names: &Names) -> Result<LaunchId, Problem> {
    named(names, "id", LaunchId::parse)
}

/// Returns 201 with the session, whose number is being claimed; its invitations are mailed once it is. 400 naming the
/// field; 403 while the customer is suspended; 404; 429. With an `Idempotency-Key`, repeated requests open only one.
pub(crate) async fn open(caller: Caller, names: Names, headers: HeaderMap, body: Bytes) -> Result<Response, Problem> {
    let customer = customer(&names)?;
    let action = DeskAction::OpenAttended(Box::new(OpenAttended {
        attended: document(&headers, &body)?,
        idempotency_key: idempotency_key(&headers, &format!("attended/{customer}")),
    }));
    Ok(json_text(StatusCode::CREATED, act(&caller, &customer, action).await?))
}

/// Returns 200 with the session, and while it can be joined, with the link, the ID and the password; 404.
pub(crate) async fn show(caller: Caller, names: Names) -> Result<Response, Problem> {
    let action = DeskAction::ShowAttended(attended(&names)?);
    Ok(json_text(
        StatusCode::OK,
        act(&caller, &customer(&names)?, action).await?,
    ))
}

/// Invites one person by mail, or mails them again. Returns 200 with the session; 400 if ten others are invited; 404; 409
/// once it is over; 429.
pub(crate) async fn invite(caller: Caller, names: Names, headers: HeaderMap, body: Bytes) -> Result<Response, Problem> {
    let person: Invited = document(&headers, &body)?;
    let action = DeskAction::InviteAttended(attended(&names)?, Box::new(person));
    Ok(json_text(
        StatusCode::OK,
        act(&caller, &customer(&names)?, action).await?,
    ))
}

/// Returns 200 with a page of what happened in the session, oldest first; 400 for a cursor that is none; 404.
pub(crate) async fn record(caller: Caller, names: Names, uri: Uri) -> Result<Response, Problem> {
    let cursor = cursor(&uri)?;
    let id = attended(&names)?;
    let action = DeskAction::ShowAttendedRecord(Box::new(Record { id, cursor }));
    Ok(json_text(
        StatusCode::OK,
        act(&caller, &customer(&names)?, action).await?,
    ))
}

/// Returns 200 with the session and what the desk says of it; 400 naming the field; 404.
pub(crate) async fn note(caller: Caller, names: Names, headers: HeaderMap, body: Bytes) -> Result<Response, Problem> {
    let note = NoteOutcome {
        launch: attended(&names)?,
        outcome: document(&headers, &body)?,
    };
    let action = DeskAction::NoteAttended(Box::new(note));
    Ok(json_text(
        StatusCode::OK,
        act(&caller, &customer(&names)?, action).await?,
    ))
}

/// Returns 200 with the withdrawn session; 404; 409 if somebody has joined it, or it is over.
pub(crate) async fn withdraw(caller: Caller, names: Names) -> Result<Response, Problem> {
    let action = DeskAction::WithdrawAttended(attended(&names)?);
    Ok(json_text(
        StatusCode::OK,
        act(&caller, &customer(&names)?, action).await?,
    ))
}

/// Returns 200 with the session, ended now or before; 404.
pub(crate) async fn end(caller: Caller, names: Names) -> Result<Response, Problem> {
    let action = DeskAction::EndAttended(attended(&names)?);
    Ok(json_text(
        StatusCode::OK,
        act(&caller, &customer(&names)?, action).await?,
    ))
}

/// Returns 200 with the signed receipt of a participant's consent; 404.
pub(crate) async fn receipt(caller: Caller, names: Names) -> Result<Response, Problem> {
    let guest = named(&names, "guest", GuestId::parse)?;
    let action = DeskAction::FetchAttendedReceipt(attended(&names)?, guest);
    let reply = act(&caller, &customer(&names)?, action).await?;
    Ok(download::receipt(&read::<String>(&reply)?))
}
