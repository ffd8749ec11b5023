//! The one place of this crate that reads a clock. Everything else takes the time as an argument, or asks here.

use std::time::{SystemTime, UNIX_EPOCH};

/// Seconds since 1970-01-01T00:00:00Z by this PC's clock, which may be wrong; zero when it stands before that.
#[expect(
    clippy::disallowed_methods,
    reason = "the single clock of the client: proofs and token lifetimes need the PC's idea of now"
)]
pub fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |elapsed| elapsed.as_secs())
}
