//! Token revocation (RFC 7009). A Viewer that revokes its token revokes its device as well.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode};
use tegata_domain::access_token::issuer;
use tegata_domain::command::{RevokeToken, RevokedToken};
use tegata_domain::secret::PlainRefreshToken;

use super::error::OauthError;
use super::{proof, request};
use crate::gate::live_device;
use crate::port::{Edge, ask};

/// Returns 200 whether or not the token existed (RFC 7009 section 2.2); 400 without a token, or `invalid_dpop_proof` if
/// the token is bound to a key and the request does not prove possession of it; 404 for an unknown tenant.
pub(crate) async fn revoke(
    State(edge): State<Arc<dyn Edge>>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, OauthError> {
    let (slug, form) = request(&slug, &headers, &body)?;
    let client_id = form.required("client_id")?.to_owned();
    let text = form.required("token")?;
    let url = format!("{}/oauth/revoke", issuer(&edge.settings().edge_url, slug.as_str()));
    let proof = proof::checked(&*edge, &headers, &url).await?;
    let token = match PlainRefreshToken::parse(text) {
        Some(token) => Some(RevokedToken::Refresh(token)),
        None => live_device(&*edge, &slug, text)
            .await?
            .map(|(device, _)| RevokedToken::Access(device)),
    };
    if let Some(token) = token {
        let command = RevokeToken {
            client_id,
            token,
            proof,
        };
        ask(&*edge, &slug, command).await?;
    }
    Ok(StatusCode::OK.into_response())
}
