//! Joining a remote support session from the desk. The provider's object knows the person and counts the tries; the
//! session's object compares the password.

use axum::body::Bytes;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use serde::Deserialize;
use tegata_domain::command::{JoinSession, SessionVoucher};
use tegata_domain::error::FieldError;
use tegata_domain::panel::desk::{SettleSessionTry, VouchForSession};
use tegata_domain::session::SessionNumber;

use crate::document::document;
use crate::panel::Caller;
use crate::port::{ask_text, read};
use crate::problem::{Problem, json_text};

/// The ID and the password of a session, as people type them.
#[derive(Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct JoinDocument {
    /// The session's ID: nine digits, with or without spaces.
    #[cfg_attr(feature = "openapi", schema(max_length = 40))]
    number: String,
    /// The session's password: eight characters, with or without a hyphen.
    #[cfg_attr(feature = "openapi", schema(max_length = 40))]
    password: String,
}

/// Returns 200 with a ticket for the session's socket, in this order:
///
/// 1. 400 unless the ID has nine digits.
/// 2. 401 and 403 unless a person who may join has logged in recently. No token joins.
/// 3. 429 after five wrong tries of this account, or from this address; the wait doubles with each further one.
/// 4. 403 `wrong-session` if the password is wrong, ten wrong ones were given in all, the session has ended, is another
///    provider's, or never was: nobody can tell which.
pub(crate) async fn join(caller: Caller, headers: HeaderMap, body: Bytes) -> Result<Response, Problem> {
    let document: JoinDocument = document(&headers, &body)?;
    let number = SessionNumber::parse(&document.number).ok_or_else(|| {
        Problem::invalid(FieldError::new(
            "number",
            "must be nine digits, the first of them not 0",
        ))
    })?;
    let vouch = VouchForSession { number: number.clone() };
    let voucher: SessionVoucher = read(&caller.act(&vouch).await?)?;
    let password = document.password;
    let ticket = ask_text(&*caller.edge, &number, JoinSession { voucher, password }).await?;
    caller.act(&SettleSessionTry { number }).await?;
    Ok(json_text(StatusCode::OK, ticket))
}
