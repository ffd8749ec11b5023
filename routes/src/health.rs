//! The health check.

/// Returns 200 with `ok`.
pub(crate) async fn check() -> &'static str {
    "ok"
}
