//! Passkeys (WebAuthn level 3): logging in with one and adding one (C2). Signatures are verified here, next to the
//! passwords; the tenant's object decides what a verified assertion is worth.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::{Map, Value};
use tegata_domain::command::{FindPasskey, FinishPasskeyLogin, StartPasskeyLogin};
use tegata_domain::error::FieldError;
use tegata_domain::panel::Act as _;
use tegata_domain::panel::passkeys::{self, Add, Find};
use tegata_domain::passkey::{Ceremony, Challenge, CredentialId, PasskeyName, rp_id};
use tegata_domain::wire::b64;
use tegata_domain::wire::json;

use crate::document::{document, tenant};
use crate::login::begun;
use crate::panel::{Caller, same_origin};
use crate::port::{Edge, ask, ask_text, client_address, header as value, read};
use crate::problem::{Problem, json_text};

/// An authenticator's assertion.
#[derive(Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct PasskeyAssertion {
    /// The result of `PublicKeyCredential.toJSON()` (`AuthenticationResponseJSON`).
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    credential: Map<String, Value>,
}

/// A new passkey.
#[derive(Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPasskey {
    /// The name of the passkey, chosen by its owner.
    name: PasskeyName,
    /// The result of `PublicKeyCredential.toJSON()` (`RegistrationResponseJSON`).
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    credential: Map<String, Value>,
}

fn unreadable() -> Problem {
    Problem::invalid(FieldError::new(
        "credential",
        "must be the result of PublicKeyCredential.toJSON()",
    ))
}

/// The challenge that a credential claims to answer, and its credential id.
fn told(credential: &Map<String, Value>) -> Option<(Challenge, CredentialId)> {
    let id = CredentialId::parse(credential.get("id")?.as_str()?)?;
    let client_data = b64::decode(credential.get("response")?.get("clientDataJSON")?.as_str()?)?;
    let client_data: Value = json::read_bytes(&client_data)?;
    Some((Challenge::parse(client_data.get("challenge")?.as_str()?)?, id))
}

/// The library's verified result as JSON; `None` if verification fails.
async fn checked(
    edge: &dyn Edge,
    credential: Map<String, Value>,
    challenge: &Challenge,
    public_key: Option<String>,
) -> Option<String> {
    let url = &edge.settings().edge_url;
    let ceremony = Ceremony {
        credential,
        challenge: challenge.clone(),
        origin: url.clone(),
        rp_id: rp_id(url).to_owned(),
        public_key,
    };
    edge.check_passkey(ceremony).await
}

/// The answer in the form the object expects. Without a public key to verify it with, it counts as unverified.
async fn answered(
    edge: &dyn Edge,
    answer: Map<String, Value>,
    (challenge, credential): (Challenge, CredentialId),
    key: Option<String>,
) -> passkeys::Answer {
    let asserted = match key {
        Some(key) => checked(edge, answer, &challenge, Some(key)).await,
        None => None,
    };
    passkeys::Answer {
        credential,
        challenge,
        asserted,
    }
}

/// Returns 200 with the options for the authenticator to sign; 403 for a request from another site's page; 429 after
/// too many requests from this address.
pub(crate) async fn start(
    State(edge): State<Arc<dyn Edge>>,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    same_origin(&*edge, &headers)?;
    let client = client_address(&headers);
    let request = ask_text(&*edge, &tenant(&slug)?, StartPasskeyLogin { client }).await?;
    Ok(json_text(StatusCode::OK, request))
}

/// Logs in with a passkey alone:
///
/// 1. 403 for a request from another site's page.
/// 2. 400 if the body holds no credential.
/// 3. 429 with the wait, after too many tries at its account.
/// 4. 401 for a wrong assertion, with the same response for a passkey unknown here; 403 while the tenant is suspended,
///    or if the account also requires the password.
/// 5. 200 with the session and its cookie.
pub(crate) async fn login(
    State(edge): State<Arc<dyn Edge>>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let edge = &*edge;
    same_origin(edge, &headers)?;
    let (tenant, PasskeyAssertion { credential }) = (tenant(&slug)?, document(&headers, &body)?);
    let told = told(&credential).ok_or_else(unreadable)?;
    let client = client_address(&headers);
    let find = FindPasskey {
        credential: told.1.clone(),
        client: client.clone(),
    };
    let key = ask(edge, &tenant, find).await?;
    let finish = FinishPasskeyLogin {
        answer: answered(edge, credential, told, key).await,
        client,
        agent: value(&headers, "user-agent").unwrap_or_default().to_owned(),
    };
    Ok(begun(&tenant, &ask_text(edge, &tenant, finish).await?)?)
}

/// Completes the second step of a login, or a fresh authentication: 200 with the session; 400 if the body holds no
/// credential; 401 for a wrong assertion; 429.
pub(crate) async fn confirm(caller: Caller, headers: HeaderMap, body: Bytes) -> Result<Response, Problem> {
    let PasskeyAssertion { credential } = document(&headers, &body)?;
    let told = told(&credential).ok_or_else(unreadable)?;
    let key = {
        let credential = told.1.clone();
        read(&caller.act(&Find { credential }).await?)?
    };
    let given = answered(&*caller.edge, credential, told, key).await;
    let session = caller.act(&given).await?;
    Ok(json_text(StatusCode::OK, session))
}

/// Adds a passkey: 201 with its description; 400 for an invalid name; 401 if the credential answers no challenge that
/// was issued; 403 if a recent login is required; 409 if the account has ten passkeys or this one already.
pub(crate) async fn add(caller: Caller, headers: HeaderMap, body: Bytes) -> Result<Response, Problem> {
    let NewPasskey { name, credential } = document(&headers, &body)?;
    // The right is checked first, so that nobody without it makes us parse a credential.
    caller.check(Add::ACTION).await?;
    let (challenge, _) = told(&credential).ok_or_else(unreadable)?;
    let attested = checked(&*caller.edge, credential, &challenge, None).await;
    let add = Add {
        name,
        challenge,
        attested,
    };
    let added = caller.act(&add).await?;
    Ok(json_text(StatusCode::CREATED, added))
}
