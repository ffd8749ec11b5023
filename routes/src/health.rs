//! Whether the edge answers.

/// 200 `ok`.
pub(crate) async fn check() -> &'static str {
    "ok"
}
