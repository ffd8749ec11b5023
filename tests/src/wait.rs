//! Waiting for asynchronous effects.

use std::time::Duration;

use xtask::process::now;

/// How long mails and similar effects may take on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Calls `probe` until it returns a value. Fails after `limit` with a message that names `what`.
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
