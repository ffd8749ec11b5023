//! A calendar feed (B7): what calendar programs subscribe to. They send no credential but the address, so its secret stands
//! in it; it opens nothing else, and can be revoked by itself.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use tegata_domain::command::ShowCalendarFeed;
use tegata_domain::error::Refusal;
use tegata_domain::jwk::sha256_b64;
use tegata_domain::secret::PlainFeedToken;

use crate::document::tenant;
use crate::port::{Edge, Failure, ask, header as value};
use crate::problem::Problem;

/// Returns 200 with the calendar, 304 if it is as the caller has it (`If-None-Match`); 404 for an unknown or revoked feed;
/// 403 while the provider is suspended.
pub(crate) async fn show(
    State(edge): State<Arc<dyn Edge>>,
    Path((slug, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let unknown = || Failure::Refused(Refusal::NotFound);
    let token = file
        .strip_suffix(".ics")
        .and_then(PlainFeedToken::parse)
        .ok_or_else(unknown)?;
    let text = ask(&*edge, &tenant(&slug)?, ShowCalendarFeed { token }).await?;
    let tag = format!("\"{}\"", sha256_b64(&text));
    let own = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CACHE_CONTROL, "private, no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    let known = value(&headers, "if-none-match")
        .is_some_and(|tags| tags.split(',').any(|one| one.trim().trim_start_matches("W/") == tag));
    let mut response = match known {
        true => (StatusCode::NOT_MODIFIED, [(header::CACHE_CONTROL, "private, no-cache")]).into_response(),
        false => (own, text).into_response(),
    };
    if let Ok(tag) = HeaderValue::try_from(tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}
