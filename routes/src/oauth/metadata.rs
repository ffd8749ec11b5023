//! Authorization server metadata (RFC 8414).

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use serde_json::json;
use tegata_domain::access_token::{Scope, issuer};
use tegata_domain::error::Refusal;
use tegata_domain::slug::Slug;

use super::token::{DEVICE_CODE, ENROLMENT_CODE, REFRESH_TOKEN};
use crate::port::{Edge, Failure};
use crate::problem::{Problem, json as answer};

/// Returns 200 with the metadata, cacheable for five minutes; 404 for an unknown tenant.
pub(crate) async fn show(State(edge): State<Arc<dyn Edge>>, Path(slug): Path<String>) -> Result<Response, Problem> {
    let unknown = || Failure::Refused(Refusal::UnknownTenant);
    let slug = Slug::parse(&slug).map_err(|_| unknown())?;
    edge.directory(&slug).await?.ok_or_else(unknown)?;
    let edge_url = &edge.settings().edge_url;
    let issuer = issuer(edge_url, slug.as_str());
    let metadata = json!({
        "issuer": issuer,
        "device_authorization_endpoint": format!("{issuer}/oauth/device_authorization"),
        "token_endpoint": format!("{issuer}/oauth/token"),
        "introspection_endpoint": format!("{issuer}/oauth/introspect"),
        "revocation_endpoint": format!("{issuer}/oauth/revoke"),
        "jwks_uri": format!("{edge_url}/.well-known/jwks.json"),
        "scopes_supported": [Scope::View.name(), Scope::Agent.name()],
        "response_types_supported": [],
        "grant_types_supported": [DEVICE_CODE, ENROLMENT_CODE, REFRESH_TOKEN],
        "token_endpoint_auth_methods_supported": ["none"],
        "revocation_endpoint_auth_methods_supported": ["none"],
        "introspection_endpoint_auth_methods_supported": ["client_secret_basic", "bearer"],
        "dpop_signing_alg_values_supported": ["ES256", "EdDSA", "Ed25519"],
        "ui_locales_supported": ["ja", "en", "da"],
        "protected_resources": [Scope::View.audience(&issuer), Scope::Agent.audience(&issuer)],
    });
    let mut response = answer(StatusCode::OK, &metadata);
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    Ok(response)
}
