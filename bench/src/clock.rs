//! The wall clock, for tokens and proofs, and for what is compared with a browser's clock. Durations are measured with [`xtask::process::now`].

use std::time::{SystemTime, UNIX_EPOCH};

use tegata_domain::time::UnixSeconds;

/// The current time.
#[expect(
    clippy::disallowed_methods,
    reason = "the single clock of the benchmark, which stores no decisions"
)]
pub fn unix_now() -> UnixSeconds {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    UnixSeconds(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}

/// The current time in milliseconds, as a page has it in `performance.timeOrigin + performance.now()`.
#[expect(
    clippy::disallowed_methods,
    reason = "the single clock of the benchmark, which stores no decisions"
)]
pub fn unix_milliseconds() -> f64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs_f64()
        * 1e3
}
