//! Appointments at a customer, as the desk proposes, answers and cancels them (Z1, B7).

use axum::body::Bytes;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use tegata_domain::desk::{CreateAppointment, DeskAction};
use tegata_domain::id::AppointmentId;

use super::{Names, act, customer, named};
use crate::document::{document, idempotency_key};
use crate::download;
use crate::panel::Caller;
use crate::port::read;
use crate::problem::{Problem, json_text};

fn appointment(names: &Names) -> Result<AppointmentId, Problem> {
    named(names, "id", AppointmentId::parse)
}

/// Returns 201 with the appointment, and a mail to each participant is queued; 400 naming the field, and
/// `no-such-time` or `time-exists-twice` where clocks change; 403 while the customer is suspended; 404; 429. With an
/// `Idempotency-Key`, repeated requests propose only one.
pub(crate) async fn create(caller: Caller, names: Names, headers: HeaderMap, body: Bytes) -> Result<Response, Problem> {
    let customer = customer(&names)?;
    let action = DeskAction::CreateAppointment(Box::new(CreateAppointment {
        appointment: document(&headers, &body)?,
        idempotency_key: idempotency_key(&headers, &format!("appointment/{customer}")),
    }));
    Ok(json_text(StatusCode::CREATED, act(&caller, &customer, action).await?))
}

/// Returns 200 with the appointment; 404.
pub(crate) async fn show(caller: Caller, names: Names) -> Result<Response, Problem> {
    let action = DeskAction::ShowAppointment(appointment(&names)?);
    let reply = act(&caller, &customer(&names)?, action).await?;
    Ok(json_text(StatusCode::OK, reply))
}

/// Proposes other times; once a date was agreed, with a reason. Returns 200 with the appointment; 400 as [`create`]; 404;
/// 409 `changed` once it is over, and `conflict` for the date of a launch; 429.
pub(crate) async fn propose(
    caller: Caller,
    names: Names,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let action = DeskAction::ProposeTimes(appointment(&names)?, Box::new(document(&headers, &body)?));
    let reply = act(&caller, &customer(&names)?, action).await?;
    Ok(json_text(StatusCode::OK, reply))
}

/// Accepts one of the customer's times, or declines them. Returns 200 with the appointment; 404; 409 `changed` if the
/// proposal is not the one that waits for an answer, or the time has passed.
pub(crate) async fn answer(caller: Caller, names: Names, headers: HeaderMap, body: Bytes) -> Result<Response, Problem> {
    let action = DeskAction::AnswerTimes(appointment(&names)?, Box::new(document(&headers, &body)?));
    let reply = act(&caller, &customer(&names)?, action).await?;
    Ok(json_text(StatusCode::OK, reply))
}

/// Returns 200 with the cancelled appointment, and a mail to each participant is queued; 404; 409 `changed` once it is
/// over, and `conflict` for the date of a launch, which ends with the launch.
pub(crate) async fn cancel(caller: Caller, names: Names, headers: HeaderMap, body: Bytes) -> Result<Response, Problem> {
    let action = DeskAction::CancelAppointment(appointment(&names)?, Box::new(document(&headers, &body)?));
    let reply = act(&caller, &customer(&names)?, action).await?;
    Ok(json_text(StatusCode::OK, reply))
}

/// Returns 200 with the signed receipt of the agreed date; 404 before there is one.
pub(crate) async fn receipt(caller: Caller, names: Names) -> Result<Response, Problem> {
    let action = DeskAction::FetchAppointmentReceipt(appointment(&names)?);
    let reply = act(&caller, &customer(&names)?, action).await?;
    Ok(download::receipt(&read::<String>(&reply)?))
}
