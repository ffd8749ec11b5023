//! The only place in this crate that reads a clock. All other code takes the time as an argument or calls `now`.

use std::time::{SystemTime, UNIX_EPOCH};

/// Seconds since 1970-01-01T00:00:00Z by this PC's clock, which may be wrong; zero when the clock is set before 1970.
#[expect(
    clippy::disallowed_methods,
    reason = "the single clock of the client: proofs and token lifetimes need the PC's current time"
)]
pub fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |elapsed| elapsed.as_secs())
}
