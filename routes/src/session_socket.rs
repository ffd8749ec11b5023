//! The socket of a remote support session: the machine's agent opens it with its token, the desk's page with a ticket.
//! What is said on it is specified in docs/session-protocol.md; joining, which gives the ticket, is in
//! [`desk::sessions`](crate::desk::sessions).

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, Method, StatusCode, header};
use tegata_domain::access_token::issuer;
use tegata_domain::command::Session;
use tegata_domain::secret::PlainSessionTicket;
use tegata_domain::session::SessionNumber;
use tegata_domain::session::frame::PROTOCOL;
use tegata_domain::slug::Slug;
use tegata_domain::socket::Admission;
use tegata_domain::wire::object::Address;

use crate::agent::{NOT_VALID, shown};
use crate::gate::Shut;
use crate::port::{Edge, Failure, header as value};
use crate::problem::Problem;
use crate::upgrade::{Opener, accept, switching};

/// Opens the socket (101), in this order:
///
/// 1. 426 without a WebSocket handshake; 400 for a malformed one; 403 from another site, or with neither a page's origin
///    nor a token and a proof.
/// 2. 400 unless the subprotocols are `tegata.session.v1` and, from a page, a ticket.
/// 3. From a program, 401 unless the token is live, for agents of this tenant, and the proof is of its key.
/// 4. 403 unless the session is running, and the agent is its own with a proof that was not used before, or the ticket
///    was issued for it and was not used before.
pub(crate) async fn connect(
    State(edge): State<Arc<dyn Edge>>,
    Path((slug, number)): Path<(String, String)>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    if let Err(refused) = accept(&method, &headers, &edge.settings().edge_url, Opener::Program) {
        return refused.into_response();
    }
    let protocols = value(&headers, "sec-websocket-protocol").unwrap_or_default();
    let mut protocols = protocols.split(',').map(str::trim);
    let (Some(PROTOCOL), ticket, None) = (protocols.next(), protocols.next(), protocols.next()) else {
        return malformed();
    };
    let Ok(slug) = Slug::parse(&slug) else {
        return Shut::BadToken(NOT_VALID).into_response();
    };
    let Ok(number) = SessionNumber::try_from(number) else {
        return not_admitted();
    };
    // A page is let in by its origin, and shows a ticket; a program has none.
    let admission = match (headers.contains_key(header::ORIGIN), ticket) {
        (true, Some(ticket)) => match PlainSessionTicket::parse(ticket) {
            Some(ticket) => Admission::Person(slug, ticket),
            None => return not_admitted(),
        },
        (false, None) => {
            let issuer = issuer(&edge.settings().edge_url, slug.as_str());
            match shown(&*edge, &slug, &headers, &format!("{issuer}/sessions/{number}")).await {
                Ok(admission) => admission,
                Err(shut) => return shut.into_response(),
            }
        }
        _ => return malformed(),
    };
    match edge.open_socket(Address::of::<Session>(&number), admission).await {
        Ok(Some(socket)) => switching(socket),
        Ok(None) => not_admitted(),
        Err(unavailable) => Problem::from(Failure::from(unavailable)).into_response(),
    }
}

fn malformed() -> Response {
    Problem::new(
        StatusCode::BAD_REQUEST,
        "malformed-handshake",
        "Malformed WebSocket handshake",
        "send the subprotocol tegata.session.v1, from a page followed by a ticket",
    )
    .into_response()
}

fn not_admitted() -> Response {
    Problem::new(
        StatusCode::FORBIDDEN,
        "not-admitted",
        "Not admitted to the session",
        "the session has ended, or it is another agent's, or the proof or ticket was used before or has expired",
    )
    .into_response()
}
