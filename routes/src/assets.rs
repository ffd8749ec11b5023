//! The one stylesheet of the pages, and their icon.

use axum::response::IntoResponse;
use http::header;

use crate::pages::STYLESHEET;

/// 200, cacheable for an hour.
pub(crate) async fn stylesheet() -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, STYLESHEET)
}

/// A wooden pass with its hole.
const ICON: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#1f4f8f" d="M16 2 27 9v21H5V9z"/><circle fill="#fff" cx="16" cy="11" r="3"/></svg>"##;

/// 200, cacheable for a day. Browsers ask for it by themselves.
pub(crate) async fn icon() -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        (header::CACHE_CONTROL, "public, max-age=86400"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, ICON)
}
