//! The wall clock, for tokens and proofs. Durations are measured with [`xtask::process::now`].

use std::time::{SystemTime, UNIX_EPOCH};

use tegata_domain::time::UnixSeconds;

/// Now.
#[expect(
    clippy::disallowed_methods,
    reason = "the one clock of the benchmark; nothing that it decides is stored"
)]
pub fn unix_now() -> UnixSeconds {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    UnixSeconds(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}
