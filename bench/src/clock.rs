//! The wall clock, for tokens and proofs. Durations are measured with [`xtask::process::now`].

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
