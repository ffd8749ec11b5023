//! Unscheduled rotation of the deployment's keys.

use axum::body::Bytes;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use tegata_domain::command::keyring::TheKeyring;
use tegata_domain::keyring::RotateKeys;

use super::Operator;
use crate::document::{document, idempotency_key};
use crate::port::ask;
use crate::problem::{Problem, json};

/// Returns 200 with the new keys and those that have ended; 400 naming the field; 503 when the keyring does not
/// respond. Requests with the same `Idempotency-Key` rotate only once.
pub(crate) async fn rotate(Operator(edge): Operator, headers: HeaderMap, body: Bytes) -> Result<Response, Problem> {
    let mut order: RotateKeys = document(&headers, &body)?;
    order.idempotency_key = idempotency_key(&headers, "keys");
    Ok(json(StatusCode::OK, &ask(&*edge, &TheKeyring, order).await?))
}
