//! The event socket of an open console.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, Method, StatusCode};
use tegata_domain::command::Tenant;
use tegata_domain::events::PROTOCOL;
use tegata_domain::secret::PlainEventTicket;
use tegata_domain::slug::Slug;
use tegata_domain::socket::Admission;
use tegata_domain::wire::object::Address;

use crate::port::{Edge, Failure, header as value};
use crate::problem::Problem;
use crate::upgrade::{Opener, accept, switching};

/// Opens the socket (101), in this order:
///
/// 1. 426 without a WebSocket handshake; 400 for a malformed one; 403 from another site, or from no page at all.
/// 2. 400 unless the subprotocols are `tegata.events.v1` and a ticket.
/// 3. 403 unless the ticket is unused, at most 30 seconds old, and of a session that is alive.
pub(crate) async fn open(
    State(edge): State<Arc<dyn Edge>>,
    Path(slug): Path<String>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    if let Err(refused) = accept(&method, &headers, &edge.settings().edge_url, Opener::Page) {
        return refused.into_response();
    }
    let protocols = value(&headers, "sec-websocket-protocol").unwrap_or_default();
    let mut protocols = protocols.split(',').map(str::trim);
    let (Some(PROTOCOL), Some(ticket), None) = (protocols.next(), protocols.next(), protocols.next()) else {
        return Problem::new(
            StatusCode::BAD_REQUEST,
            "malformed-handshake",
            "Malformed WebSocket handshake",
            "send the subprotocols tegata.events.v1 and a ticket",
        )
        .into_response();
    };
    let opened = match (Slug::parse(&slug), PlainEventTicket::parse(ticket)) {
        (Ok(slug), Some(ticket)) => {
            let tenant = Address::of::<Tenant>(&slug);
            edge.open_socket(tenant, Admission::Console(ticket)).await
        }
        _ => Ok(None),
    };
    match opened {
        Ok(Some(socket)) => switching(socket),
        Ok(None) => Problem::new(
            StatusCode::FORBIDDEN,
            "bad-ticket",
            "Invalid ticket",
            "request another ticket and open the socket within 30 seconds",
        )
        .into_response(),
        Err(unavailable) => Problem::from(Failure::from(unavailable)).into_response(),
    }
}
