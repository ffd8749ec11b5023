//! Login, logout and passwords (C1, C2). The slow password comparison runs here because the tenant's object answers one
//! request at a time and must not be held up by it.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tegata_domain::command::{CompleteReset, FinishLogin, OpenReset, RequestReset, StartLogin};
use tegata_domain::error::FieldError;
use tegata_domain::panel::{Act as _, accounts, me};
use tegata_domain::password::Verified;
use tegata_domain::password::{COST, HashedPassword, PlainPassword};
use tegata_domain::secret::PlainSessionToken;
use tegata_domain::slug::Slug;

use crate::document::{document, tenant};
use crate::panel::{Caller, same_origin};
use crate::port::{Edge, Failure, ask, ask_text, client_address, header as value, read};
use crate::problem::{Problem, json as json_answer, json_text};
use crate::session;

/// The credentials for a login.
#[derive(Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Credentials {
    /// The account name; letter case and character width do not matter.
    account: String,
    /// The password.
    password: PlainPassword,
}

/// A request for a password reset.
#[derive(Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ForgottenPassword))]
#[serde(deny_unknown_fields)]
pub(crate) struct Forgotten {
    /// The account name; letter case and character width do not matter.
    account: String,
}

/// A new password, set through a mailed link.
#[derive(Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = NewPasswordByLink))]
#[serde(deny_unknown_fields)]
pub(crate) struct NewByLink {
    /// The token at the end of the link.
    token: String,
    /// The new password: 15 to 128 characters.
    password: PlainPassword,
}

/// The password, entered again to confirm who is at the keyboard.
#[derive(Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = PasswordAgain))]
#[serde(deny_unknown_fields)]
pub(crate) struct Again {
    /// The password.
    password: PlainPassword,
}

/// A user's new password for their own account.
#[derive(Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = NewPassword))]
#[serde(deny_unknown_fields)]
pub(crate) struct New {
    /// The current password; required unless the user has authenticated recently.
    #[serde(default)]
    current: Option<PlainPassword>,
    /// The new password: 15 to 128 characters.
    password: PlainPassword,
}

/// The parts of a session's account that a password must not be built from.
#[derive(Deserialize)]
struct Shown {
    account: String,
    name: String,
    tenant: ShownTenant,
}

/// A new session: the cookie is made from `token`, and `session` is passed on unchanged.
#[derive(Deserialize)]
struct Begun {
    token: PlainSessionToken,
    session: Value,
}

#[derive(Deserialize)]
struct ShownTenant {
    slug: String,
    name: String,
}

/// Compares the password with the stored hash, which is slow by design. On a match, returns what the object needs.
fn compare(edge: &dyn Edge, password: &PlainPassword, against: HashedPassword) -> Option<Verified> {
    against.matches(password).then(|| Verified {
        renewed: against
            .is_outdated(COST)
            .then(|| password.hashed(edge.random(), COST))
            .flatten(),
        against,
    })
}

fn hashed(edge: &dyn Edge, password: &PlainPassword) -> Result<HashedPassword, Problem> {
    let hash = password.hashed(edge.random(), COST);
    Ok(hash.ok_or(Failure::Unavailable)?)
}

fn with_cookie(mut response: Response, cookie: Option<HeaderValue>) -> Response {
    if let Some(cookie) = cookie {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// The response that begins a session and sets its cookie.
pub(crate) fn begun(tenant: &Slug, reply: &str) -> Result<Response, Failure> {
    let Begun { token, session } = read(reply)?;
    let response = json_answer(StatusCode::OK, &session);
    Ok(with_cookie(response, session::begun(tenant, &token)))
}

/// Logs in:
///
/// 1. 403 for a request from another site's page.
/// 2. 429 with the wait, after too many tries from this address or at this account.
/// 3. 401 for wrong credentials, with the same response for an account that does not exist; 403 while the tenant is
///    suspended.
/// 4. 200 with the session and its cookie.
pub(crate) async fn login(
    State(edge): State<Arc<dyn Edge>>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let edge = &*edge;
    same_origin(edge, &headers)?;
    let (tenant, Credentials { account, password }) = (tenant(&slug)?, document(&headers, &body)?);
    let client = client_address(&headers);
    let start = StartLogin {
        account: account.clone(),
        client: client.clone(),
    };
    let against = ask(edge, &tenant, start).await?;
    let finish = FinishLogin {
        account,
        verified: compare(edge, &password, against),
        client,
        agent: value(&headers, "user-agent").unwrap_or_default().to_owned(),
    };
    Ok(begun(&tenant, &ask_text(edge, &tenant, finish).await?)?)
}

/// Returns 204, with the session ended and its cookie cleared, even if there was no session.
pub(crate) async fn logout(caller: Caller) -> Result<Response, Problem> {
    match caller.act(&me::End {}).await {
        Err(problem) if problem.status() != StatusCode::UNAUTHORIZED => Err(problem),
        _ => Ok(with_cookie(
            StatusCode::NO_CONTENT.into_response(),
            session::ended(&caller.tenant),
        )),
    }
}

async fn authenticate_again(caller: &Caller, password: &PlainPassword) -> Result<String, Problem> {
    let against = read(&caller.act(&me::StartFresh {}).await?)?;
    let verified = compare(&*caller.edge, password, against);
    caller.act(&me::FinishFresh { verified }).await
}

/// Returns 200 with the session, which again permits actions that require a recent login; 401 for a wrong password;
/// 429.
pub(crate) async fn fresh(caller: Caller, headers: HeaderMap, body: Bytes) -> Result<Response, Problem> {
    let again: Again = document(&headers, &body)?;
    let session = authenticate_again(&caller, &again.password).await?;
    Ok(json_text(StatusCode::OK, session))
}

/// Sets the user's own password: 200 with the session; 400 with what is wrong with the new password; 401 if the current
/// one is wrong; 403 if the current one is required.
pub(crate) async fn set_password(caller: Caller, headers: HeaderMap, body: Bytes) -> Result<Response, Problem> {
    let new: New = document(&headers, &body)?;
    let shown: Shown = read(&caller.act(&me::Show {}).await?)?;
    let product = &caller.edge.settings().product;
    let context = [
        shown.account.as_str(),
        shown.name.as_str(),
        shown.tenant.slug.as_str(),
        shown.tenant.name.as_str(),
        product,
    ];
    new.password.check(&context).map_err(Problem::invalid)?;
    if let Some(current) = &new.current {
        authenticate_again(&caller, current).await?;
    }
    let hash = hashed(&*caller.edge, &new.password)?;
    let session = caller.act(&me::SetPassword { hash }).await?;
    Ok(json_text(StatusCode::OK, session))
}

/// Returns 202 whether or not the account exists. If it does, a link goes to its main address.
pub(crate) async fn request_reset(
    State(edge): State<Arc<dyn Edge>>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    same_origin(&*edge, &headers)?;
    let (tenant, Forgotten { account }) = (tenant(&slug)?, document(&headers, &body)?);
    let client = client_address(&headers);
    ask(&*edge, &tenant, RequestReset { account, client }).await?;
    Ok(json_answer(StatusCode::ACCEPTED, &json!({})))
}

/// Returns 204 once the new password is set and every session has ended; 400 with what is wrong with the password; 404
/// if the link is no longer valid.
pub(crate) async fn complete_reset(
    State(edge): State<Arc<dyn Edge>>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let edge = &*edge;
    same_origin(edge, &headers)?;
    let (tenant, NewByLink { token, password }) = (tenant(&slug)?, document(&headers, &body)?);
    let opened = ask(edge, &tenant, OpenReset { token: token.clone() }).await?;
    let mut context: Vec<&str> = opened.context.iter().map(String::as_str).collect();
    context.push(&edge.settings().product);
    password.check(&context).map_err(Problem::invalid)?;
    let command = CompleteReset {
        token,
        password: hashed(edge, &password)?,
        client: client_address(&headers),
    };
    ask(edge, &tenant, command).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Creates a user's account (C4): 201 with the user. If `password` and `password_confirmation` are present, they set
/// the first password; otherwise one is mailed. 400, 403 and 404; 409 if the user has an account, the name is taken, or
/// all support options are in use.
pub(crate) async fn create_account(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let mut input: Map<String, Value> = document(&headers, &body)?;
    let invalid = |field: &str, detail: &str| Problem::invalid(FieldError::new(field, detail));
    if input.contains_key("hash") || input.contains_key("id") {
        return Err(invalid("hash", "is not a member of this document"));
    }
    let mut taken = |name: &str| match input.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(invalid(name, "must be a string")),
    };
    let (password, confirmation) = (taken("password")?, taken("password_confirmation")?);
    if let Some(password) = &password {
        if confirmation.as_ref() != Some(password) {
            return Err(invalid("password_confirmation", "must be the same as the password"));
        }
        let account = input.get("account").and_then(Value::as_str).unwrap_or_default();
        let password = PlainPassword::typed(password);
        password
            .check(&[account, caller.tenant.as_str()])
            .map_err(Problem::invalid)?;
        // Hashing is slow, so the caller's right is checked first.
        caller.check(accounts::Create::ACTION).await?;
        input.insert("hash".to_owned(), json!(hashed(&*caller.edge, &password)?));
    }
    input.insert("id".to_owned(), Value::String(id));
    let user = caller.act_on(accounts::Create::ACTION, &input, None).await?;
    Ok(json_text(StatusCode::CREATED, user))
}
