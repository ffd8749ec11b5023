//! The control socket of an agent.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, Method, StatusCode};
use tegata_domain::access_token::{Scope, issuer};
use tegata_domain::command::{CheckedProof, Tenant};
use tegata_domain::control::PROTOCOL;
use tegata_domain::dpop::{DpopError, Proof, TOKEN_WINDOW};
use tegata_domain::id::AgentId;
use tegata_domain::slug::Slug;
use tegata_domain::socket::Admission;
use tegata_domain::wire::object::Address;

use crate::gate::{Shut, verified};
use crate::port::{Edge, Failure, header as value};
use crate::problem::Problem;
use crate::upgrade::{Opener, accept, switching};

/// Opens the socket (101), in this order:
///
/// 1. 426 without a WebSocket handshake; 400 for a malformed one; 403 from another site, or without a token and a proof.
/// 2. 400 unless the subprotocol is `tegata.agent.v1`.
/// 3. 401 unless the token is live, for agents of this tenant, and the proof is of its key.
/// 4. 403 unless the agent is still accepted, its tenant is active, and the proof has not been used before.
pub(crate) async fn connect(
    State(edge): State<Arc<dyn Edge>>,
    Path(slug): Path<String>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    if let Err(refused) = accept(&method, &headers, &edge.settings().edge_url, Opener::Program) {
        return refused.into_response();
    }
    if value(&headers, "sec-websocket-protocol") != Some(PROTOCOL) {
        return Problem::new(
            StatusCode::BAD_REQUEST,
            "malformed-handshake",
            "Malformed WebSocket handshake",
            "send the subprotocol tegata.agent.v1",
        )
        .into_response();
    }
    let Ok(slug) = Slug::parse(&slug) else {
        return Shut::BadToken(NOT_VALID).into_response();
    };
    let url = Scope::Agent.audience(&issuer(&edge.settings().edge_url, slug.as_str()));
    let admission = match shown(&*edge, &slug, &headers, &url).await {
        Ok(admission) => admission,
        Err(shut) => return shut.into_response(),
    };
    match edge.open_socket(Address::of::<Tenant>(&slug), admission).await {
        Ok(Some(socket)) => switching(socket),
        Ok(None) => Problem::new(
            StatusCode::FORBIDDEN,
            "not-admitted",
            "Agent not admitted",
            "the agent is no longer accepted, its tenant is suspended, or the proof was used before",
        )
        .into_response(),
        Err(unavailable) => Problem::from(Failure::from(unavailable)).into_response(),
    }
}

pub(crate) const NOT_VALID: &str = "the access token is not valid here, or has expired";

/// The agent whose token and proof for `url` the request shows.
pub(crate) async fn shown(edge: &dyn Edge, slug: &Slug, headers: &HeaderMap, url: &str) -> Result<Admission, Shut> {
    // A page is let in by `accept` without a token, and so finds none here.
    let token = value(headers, "authorization")
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("DPoP"))
        .map(|(_, token)| token)
        .ok_or(Shut::NoToken)?;
    let verified = verified(edge, slug, token, Some(Scope::Agent))
        .await?
        .ok_or(Shut::BadToken(NOT_VALID))?;
    let bound_to = verified.claims.cnf.as_ref().map(|cnf| &cnf.jkt);
    let bound_to = bound_to.ok_or(Shut::BadToken(NOT_VALID))?;
    let text = value(headers, "dpop").ok_or(Shut::BadProof("the DPoP proof is missing"))?;
    let proof = Proof::parse(text)?;
    proof.check("GET", url, edge.now(), TOKEN_WINDOW, Some(verified.hash(token)))?;
    if !verified.is_bound_to(&proof.key, bound_to) {
        return Err(Shut::BadProof("the DPoP proof was made with another key"));
    }
    if !edge.verify(&proof.key, proof.signing_input, &proof.signature).await {
        return Err(DpopError::Signature.into());
    }
    let agent = AgentId::parse(&verified.claims.sub).ok_or(Shut::BadToken(NOT_VALID))?;
    let proof = CheckedProof {
        jti_hash: proof.jti_hash(bound_to),
        jkt: bound_to.clone(),
        issued_at: proof.issued_at,
    };
    Ok(Admission::Agent(agent, proof))
}
