//! Downloads, which browsers must save and never display: receipts, attachments and exported lists.

use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, HeaderValue, header};
use tegata_domain::desk::FetchedAttachment;
use tegata_domain::wire::b64;

use crate::port::{Edge, Failure};
use crate::problem::Problem;

/// Headers for a download of `media_type`; `disposition` is the value of `Content-Disposition`.
pub(crate) fn headers(media_type: &str, disposition: &str) -> HeaderMap {
    let values = [
        (header::CONTENT_TYPE, media_type),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "sandbox"),
    ];
    values
        .into_iter()
        .filter_map(|(name, value)| Some((name, HeaderValue::from_str(value).ok()?)))
        .collect()
}

/// A receipt as a download.
pub(crate) fn receipt(compact: &str) -> Response {
    let headers = headers("application/jwt", "attachment; filename=\"receipt.jwt\"");
    (headers, compact.to_owned()).into_response()
}

/// An attachment as a download.
pub(crate) async fn file(edge: &dyn Edge, fetched: &FetchedAttachment) -> Result<Response, Problem> {
    let content = match &fetched.blob {
        Some(key) => edge.blob(key).await.map_err(Failure::from)?,
        None => b64::decode_standard(&fetched.data),
    };
    // The blob existed when its key was stored, and nothing deletes blobs, so a missing one means that the store is at
    // fault.
    let content = content.ok_or(Failure::Unavailable)?;
    let name: String = form_urlencoded::byte_serialize(fetched.name.as_bytes()).collect();
    let disposition = format!("attachment; filename*=UTF-8''{}", name.replace('+', "%20"));
    let media_type = match fetched.media_type.as_str() {
        "text/plain" => "text/plain; charset=utf-8",
        "text/csv" => "text/csv; charset=utf-8",
        other => other,
    };
    Ok((headers(media_type, &disposition), content).into_response())
}
