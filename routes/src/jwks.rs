//! The published keys (RFC 7517).

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};

use crate::port::Edge;
use crate::problem::{Problem, json};

/// Returns 200 with the key set, cacheable for five minutes; 503 when no copy is available.
pub(crate) async fn show(State(edge): State<Arc<dyn Edge>>) -> Result<Response, Problem> {
    let keys = edge.public_keys(None).await?;
    let mut response = json(StatusCode::OK, &*keys);
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    Ok(response)
}
