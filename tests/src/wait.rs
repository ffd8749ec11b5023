//! Waiting for what happens by itself.

use std::time::Duration;

use xtask::process::now;

/// How long mails and the like may take on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Asks `probe` until it has something. Fails after `limit`, naming `what` was awaited.
pub async fn eventually<T>(what: &str, limit: Duration, probe: impl AsyncFn() -> Option<T>) -> T {
    let deadline = now() + limit;
    loop {
        if let Some(found) = probe().await {
            return found;
        }
        assert!(now() < deadline, "{what}: not within {limit:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
