//! Logging in and out, and passwords (C1, C2). The slow comparison is made here: the tenant's object answers one request
//! at a time, and must not be held up by it.

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

/// Who logs in.
#[derive(Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Credentials {
    /// The account name; case and width do not matter.
    account: String,
    /// The password.
    password: PlainPassword,
}

/// Who forgot their password.
#[derive(Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ForgottenPassword))]
#[serde(deny_unknown_fields)]
pub(crate) struct Forgotten {
    /// The account name; case and width do not matter.
    account: String,
}

/// A new password, by a link from a mail.
#[derive(Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = NewPasswordByLink))]
#[serde(deny_unknown_fields)]
pub(crate) struct NewByLink {
    /// What the link ends with.
    token: String,
    /// The new password: 15 to 128 characters.
    password: PlainPassword,
}

/// The password, given again.
#[derive(Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = PasswordAgain))]
#[serde(deny_unknown_fields)]
pub(crate) struct Again {
    /// The password.
    password: PlainPassword,
}

/// A password of one's own.
#[derive(Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = NewPassword))]
#[serde(deny_unknown_fields)]
pub(crate) struct New {
    /// The current one, where it was not given lately.
    #[serde(default)]
    current: Option<PlainPassword>,
    /// The new password: 15 to 128 characters.
    password: PlainPassword,
}

/// What of a session's account no password may be made of.
#[derive(Deserialize)]
struct Shown {
    account: String,
    name: String,
    tenant: ShownTenant,
}

/// A session that has begun: the cookie out of it, the rest passed on as it came.
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

/// Compares slowly; what the object needs to know when it was right.
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

/// A session that has begun, with its cookie.
pub(crate) fn begun(tenant: &Slug, reply: &str) -> Result<Response, Failure> {
    let Begun { token, session } = read(reply)?;
    let response = json_answer(StatusCode::OK, &session);
    Ok(with_cookie(response, session::begun(tenant, &token)))
}

/// Logs in:
///
/// 1. 403 from another site's page.
/// 2. 429 with the wait, after too many tries from this address or at this account.
/// 3. 401 wrong, the same for an account that does not exist; 403 the tenant is suspended.
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

/// 204, the session ended and its cookie taken; also where there was none.
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

/// 200 the session, in which dangerous operations are possible again; 401 wrong; 429.
pub(crate) async fn fresh(caller: Caller, headers: HeaderMap, body: Bytes) -> Result<Response, Problem> {
    let again: Again = document(&headers, &body)?;
    let session = authenticate_again(&caller, &again.password).await?;
    Ok(json_text(StatusCode::OK, session))
}

/// Sets a password of one's own: 200 the session; 400 what is wrong with the password; 401 the current one is wrong; 403
/// the current one is needed.
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

/// 202, whether or not there is such an account: if there is, a link goes to its main address.
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

/// 204 the new password is set, and every session ended; 400 what is wrong with it; 404 the link is not valid any more.
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

/// Gives a user an account (C4): 201 the user. With `password` and `password_confirmation` the first password is that
/// one; otherwise it is mailed. 400, 403, 404; 409 there is one, the name is taken, or all support options are given.
pub(crate) async fn create_account(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let mut input: Map<String, Value> = document(&headers, &body)?;
    let invalid = |field: &str, detail: &str| Problem::invalid(FieldError::new(field, detail));
    if input.contains_key("hash") || input.contains_key("id") {
        return Err(invalid("hash", "is no field of this document"));
    }
    let mut taken = |name: &str| match input.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(invalid(name, "must be a text")),
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
        // The hash is slow to make: not for those who may not use it.
        caller.check(accounts::Create::ACTION).await?;
        input.insert("hash".to_owned(), json!(hashed(&*caller.edge, &password)?));
    }
    input.insert("id".to_owned(), Value::String(id));
    let user = caller.act_on(accounts::Create::ACTION, &input, None).await?;
    Ok(json_text(StatusCode::CREATED, user))
}
