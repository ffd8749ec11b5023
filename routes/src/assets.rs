//! The one stylesheet of the pages.

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
