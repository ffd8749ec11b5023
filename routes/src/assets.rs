//! The pages' only stylesheet, and their icon.

use axum::response::IntoResponse;
use http::header;

use crate::pages::STYLESHEET;

/// Returns 200 with the stylesheet, cacheable for an hour.
pub(crate) async fn stylesheet() -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, STYLESHEET)
}

/// A tegata: a wooden pass with a hole.
const ICON: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#0b5394" d="M16 2 27 9v21H5V9z"/><circle fill="#fff" cx="16" cy="11" r="3"/></svg>"##;

/// Returns 200 with the icon, cacheable for a day. Browsers request it on their own.
pub(crate) async fn icon() -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        (header::CACHE_CONTROL, "public, max-age=86400"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, ICON)
}
