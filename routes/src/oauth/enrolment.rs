//! Enrolment without a code (P2): a machine shows organisation id, verification code and serial number, and polls until
//! somebody has accepted it. The answers have the form of the device flow (RFC 8628). What comes in the end is an
//! enrolment code, with which the agent asks its customer's token endpoint.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use tegata_domain::agent::AgentReport;
use tegata_domain::code::verification_code;
use tegata_domain::command::{CheckedProof, IdentifyMachine, PollEnrolment};
use tegata_domain::enrolment::organization::OrganizationNumber;
use tegata_domain::equipment::SerialNumber;
use tegata_domain::error::Refusal;
use tegata_domain::secret::PlainEnrolmentRequest;
use tegata_domain::slug::Slug;

use super::error::OauthError;
use super::proof;
use crate::form::Form;
use crate::port::{Edge, Failure, ask, client_address};
use crate::problem::json;

/// The path at which a machine identifies itself; it does not know its customer.
const PATH: &str = "/agent/enrolment";
/// The path at which it polls.
const POLL: &str = "/agent/enrolment/poll";

async fn proven(edge: &dyn Edge, headers: &HeaderMap, path: &str) -> Result<CheckedProof, OauthError> {
    let url = format!("{}{path}", edge.settings().edge_url);
    let proof = proof::checked(edge, headers, &url).await?;
    Ok(proof.ok_or(Failure::Refused(Refusal::KeyRequired))?)
}

/// The provider with this organisation id. An unknown one is answered like a wrong verification code.
async fn provider(edge: &dyn Edge, organization: &OrganizationNumber) -> Result<Slug, OauthError> {
    let found = edge.organization(organization).await?;
    Ok(found.ok_or(Failure::Refused(Refusal::InvalidGrant))?)
}

/// Returns 200 with the secret to poll with; 400 with the OAuth error (`invalid_grant` for an unknown organisation id or a
/// wrong verification code, `invalid_dpop_proof`, `invalid_request` with the field); 429 after too many wrong codes or
/// requests; 503 while the provider is suspended.
pub(crate) async fn identify(
    State(edge): State<Arc<dyn Edge>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, OauthError> {
    let edge = &*edge;
    let form = Form::parse(&headers, &body)?;
    let told = |name| form.required(name);
    let command = IdentifyMachine {
        organization: OrganizationNumber::parse(told("organization")?)?,
        verification_code: verification_code(told("verification_code")?),
        serial_number: SerialNumber::parse(told("serial_number")?)?,
        report: AgentReport::parse(told("software")?, told("system")?, told("host_name")?)?,
        proof: proven(edge, &headers, PATH).await?,
        client: client_address(&headers),
    };
    let provider = provider(edge, &command.organization).await?;
    let identified = ask(edge, &provider, command).await.map_err(OauthError::of_grant)?;
    Ok(json(StatusCode::OK, &identified))
}

/// Returns 200 with the customer and the enrolment code; 400 with the OAuth error (`authorization_pending`, `slow_down`,
/// `access_denied`, `expired_token`, `invalid_grant`, `invalid_dpop_proof`, `invalid_request`); 503 while the provider is
/// suspended.
pub(crate) async fn poll(
    State(edge): State<Arc<dyn Edge>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, OauthError> {
    let edge = &*edge;
    let form = Form::parse(&headers, &body)?;
    let organization = OrganizationNumber::parse(form.required("organization")?)?;
    let request = PlainEnrolmentRequest::parse(form.required("request")?);
    let command = PollEnrolment {
        request: request.ok_or(Failure::Refused(Refusal::InvalidGrant))?,
        proof: proven(edge, &headers, POLL).await?,
    };
    let provider = provider(edge, &organization).await?;
    let accepted = ask(edge, &provider, command).await.map_err(OauthError::of_grant)?;
    Ok(json(StatusCode::OK, &accepted))
}
