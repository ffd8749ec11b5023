//! Token introspection (RFC 7662), for the tenant's resource server.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, StatusCode};
use serde_json::json;
use tegata_domain::command::{Introspect, RevokedToken};
use tegata_domain::error::Refusal;
use tegata_domain::secret::{PlainIntrospectionSecret, PlainRefreshToken};

use super::error::OauthError;
use super::request;
use crate::gate::live_device;
use crate::port::{Edge, Failure, ask, header};
use crate::problem::json as answer;

/// The secret from `Authorization: Bearer`, or the password from `Authorization: Basic`.
fn secret(headers: &HeaderMap) -> Option<PlainIntrospectionSecret> {
    let value = header(headers, "authorization")?;
    match value.split_once(' ')? {
        ("Bearer", secret) => PlainIntrospectionSecret::parse(secret),
        ("Basic", credentials) => {
            let decoded = STANDARD.decode(credentials).ok()?;
            let password = decoded.splitn(2, |byte| *byte == b':').nth(1)?;
            // RFC 6749 section 2.3.1: user name and password are each form-encoded before they are joined.
            let (password, _) = form_urlencoded::parse(password).next()?;
            PlainIntrospectionSecret::parse(&password)
        }
        _ => None,
    }
}

/// Returns 200 with `{"active":false}` or the live token's claims; 401 without the tenant's secret; 404 for an unknown
/// tenant.
pub(crate) async fn introspect(
    State(edge): State<Arc<dyn Edge>>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, OauthError> {
    let (slug, form) = request(&slug, &headers, &body)?;
    let secret = secret(&headers).ok_or(Failure::Refused(Refusal::UnknownClient))?;
    let text = form.required("token")?;
    let (token, claims) = match PlainRefreshToken::parse(text) {
        Some(token) => (Some(RevokedToken::Refresh(token)), None),
        None => match live_device(&*edge, &slug, text).await? {
            Some((device, claims)) => (Some(RevokedToken::Access(device)), Some(claims)),
            None => (None, None),
        },
    };
    let told = ask(&*edge, &slug, Introspect { secret, token }).await?;
    let body = match (told.active, claims) {
        (false, _) => json!({ "active": false }),
        (true, Some(claims)) => {
            let mut body = serde_json::to_value(&*claims).unwrap_or_default();
            if let Some(members) = body.as_object_mut() {
                members.insert("active".to_owned(), json!(true));
                members.insert(
                    "token_type".to_owned(),
                    json!(if claims.cnf.is_some() { "DPoP" } else { "Bearer" }),
                );
            }
            body
        }
        (true, None) => {
            let mut body = json!({ "active": true, "sub": told.device, "token_use": "refresh_token" });
            if let (Some(members), Some(jkt)) = (body.as_object_mut(), told.jkt) {
                members.insert("cnf".to_owned(), json!({ "jkt": jkt }));
            }
            body
        }
    };
    Ok(answer(StatusCode::OK, &body))
}

#[cfg(test)]
mod tests {
    use super::secret;
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use http::HeaderMap;

    #[test]
    fn basic_credentials_may_be_form_encoded() {
        let plain = format!("tg_is_{}-_", "A".repeat(41));
        let encoded = plain.replace('-', "%2D").replace('_', "%5F");
        for password in [&plain, &encoded] {
            let mut headers = HeaderMap::new();
            let value = format!("Basic {}", STANDARD.encode(format!("origin:{password}")));
            headers.insert("authorization", value.parse().unwrap());
            assert_eq!(secret(&headers).unwrap().expose(), plain);
        }
    }
}
