//! A Viewer requests access (K2, RFC 8628 section 3.1).

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use serde::Serialize;
use tegata_domain::access_token::issuer;
use tegata_domain::command::{CheckedProof, Register};
use tegata_domain::email::EmailAddress;
use tegata_domain::error::FieldError;
use tegata_domain::jwk::Thumbprint;
use tegata_domain::locale::Locale;
use tegata_domain::registration::{Applicant, SCOPE_VIEW};
use tegata_domain::text::{DeviceName, OrganizationName, PersonName};

use super::error::OauthError;
use super::{proof, request};
use crate::form::Form;
use crate::port::{Edge, ask, client_address};
use crate::problem::json;

#[derive(Serialize)]
struct Answer<'a> {
    device_code: &'a str,
    user_code: &'a str,
    verification_uri: String,
    verification_uri_complete: String,
    expires_in: i64,
    interval: i64,
}

/// The applicant. A DPoP proof identifies the PC's key as well as `dpop_jkt` does (RFC 9449 section 10.1); the object
/// checks whether the two agree.
fn applicant(form: &Form, proof: Option<&CheckedProof>) -> Result<Applicant, FieldError> {
    let jkt = |text| {
        Thumbprint::parse(text).ok_or_else(|| FieldError::new("dpop_jkt", "must be a base64url SHA-256 JWK thumbprint"))
    };
    let locale = |tag| Locale::from_tag(tag).ok_or_else(|| FieldError::new("locale", "must be ja, en or da"));
    Ok(Applicant {
        name: PersonName::parse(form.required("name")?)?,
        email: EmailAddress::parse(form.required("email")?)?,
        organization: OrganizationName::parse(form.required("organization")?)?,
        device_name: DeviceName::parse(form.required("device_name")?)?,
        locale: form.get("locale").map(locale).transpose()?.unwrap_or(Locale::Ja),
        jkt: form
            .get("dpop_jkt")
            .map(jkt)
            .transpose()?
            .or_else(|| proof.map(|proof| proof.jkt.clone())),
    })
}

/// The requested scope: `view`, which is also the default.
fn scope(form: &Form) -> Result<String, OauthError> {
    match form.get("scope") {
        None | Some(SCOPE_VIEW) => Ok(SCOPE_VIEW.to_owned()),
        Some(_) => Err(OauthError::bad("invalid_scope", "the only scope is view")),
    }
}

/// Returns 200 with the codes; 400 `invalid_request` naming the field, `invalid_scope`, or `invalid_dpop_proof` for a
/// proof that is wrong, already used, or made with another key than `dpop_jkt`; 401 `invalid_client`; 403 while the
/// tenant is suspended; 404 for an unknown tenant; 429 `slow_down`. After 200 a mail to the administrators or to the
/// requester is queued, unless a proof shows that the same PC and address were already waiting.
pub(crate) async fn create(
    State(edge): State<Arc<dyn Edge>>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, OauthError> {
    let (slug, form) = request(&slug, &headers, &body)?;
    let settings = edge.settings();
    let issuer = issuer(&settings.edge_url, slug.as_str());
    let url = format!("{issuer}/oauth/device_authorization");
    let proof = proof::checked(&*edge, &headers, &url).await?;
    let command = Register {
        client_id: form.required("client_id")?.to_owned(),
        scope: scope(&form)?,
        applicant: applicant(&form, proof.as_ref())?,
        proof,
        client: client_address(&headers),
    };
    let registered = ask(&*edge, &slug, command).await?;
    let verification_uri = format!("{issuer}/activate");
    Ok(json(
        StatusCode::OK,
        &Answer {
            device_code: registered.device_code.expose(),
            user_code: &registered.user_code,
            verification_uri_complete: format!("{verification_uri}?user_code={}", registered.user_code),
            verification_uri,
            expires_in: registered.expires_in,
            interval: settings.poll_interval,
        },
    ))
}
