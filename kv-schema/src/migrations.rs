//! The tables of each object, as steps that are only ever added to.
//!
//! A step that has left this repository is never edited: expand first, contract in a later release.

use crate::sql::{Sql, SqlError};

/// Steps of a tenant's object.
pub const TENANT: &[&str] = &[
    "CREATE TABLE tenant (id INTEGER PRIMARY KEY CHECK (id = 1), record TEXT NOT NULL) STRICT",
    "CREATE TABLE administrator (id TEXT PRIMARY KEY, account TEXT NOT NULL UNIQUE, record TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE registration (id TEXT PRIMARY KEY, ends_at INTEGER NOT NULL, record TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX registration_ends_at ON registration (ends_at)",
    "CREATE TABLE open_request (repeat_key TEXT PRIMARY KEY, registration TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE device_code (hash TEXT PRIMARY KEY, registration TEXT NOT NULL, user_code TEXT NOT NULL UNIQUE) STRICT, WITHOUT ROWID",
    "CREATE TABLE approval (id TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE device (id TEXT PRIMARY KEY, revoked_at INTEGER, record TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX device_revoked_at ON device (revoked_at) WHERE revoked_at IS NOT NULL",
    "CREATE TABLE spent_refresh (device TEXT NOT NULL, generation INTEGER NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (device, generation)) STRICT, WITHOUT ROWID",
    "CREATE TABLE dpop_proof (jti_hash TEXT PRIMARY KEY, expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE rate_limit (key TEXT PRIMARY KEY, arrival INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE outbox (id TEXT PRIMARY KEY, copy INTEGER NOT NULL, due_at INTEGER, record TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX outbox_due_at ON outbox (copy, due_at) WHERE due_at IS NOT NULL",
    "CREATE TABLE audit (seq INTEGER PRIMARY KEY, record TEXT NOT NULL) STRICT",
    "CREATE TABLE idempotency (key TEXT PRIMARY KEY, at INTEGER NOT NULL, reply TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "ALTER TABLE audit ADD COLUMN actor_id TEXT GENERATED ALWAYS AS (json_extract(record, '$.actor.id')) VIRTUAL",
    "ALTER TABLE audit ADD COLUMN object TEXT GENERATED ALWAYS AS (json_extract(record, '$.object')) VIRTUAL",
    "ALTER TABLE audit ADD COLUMN facet TEXT GENERATED ALWAYS AS (json_extract(record, '$.action') || ' ' || json_extract(record, '$.actor.kind') || ' ' || substr(json_extract(record, '$.object'), 1, instr(json_extract(record, '$.object'), '/'))) VIRTUAL",
    "CREATE INDEX audit_actor_id ON audit (actor_id) WHERE actor_id IS NOT NULL",
    "CREATE INDEX audit_object ON audit (object)",
    "CREATE INDEX audit_facet ON audit (facet)",
    "CREATE TABLE audit_head (seq INTEGER PRIMARY KEY, record TEXT NOT NULL) STRICT",
];

/// Steps of the keyring's object.
pub const KEYRING: &[&str] =
    &["CREATE TABLE signing_key (kid TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID"];

/// Whether any step was ever applied: an object that was never told to exist has nothing.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn exists(sql: &dyn Sql) -> Result<bool, SqlError> {
    Ok(!sql
        .run(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'migration'",
            Vec::new(),
        )?
        .is_empty())
}

/// Applies the steps that are missing.
///
/// # Errors
/// [`SqlError`] when a step fails; it is tried again on the next call.
pub fn apply(sql: &dyn Sql, steps: &[&str]) -> Result<(), SqlError> {
    sql.run(
        "CREATE TABLE IF NOT EXISTS migration (step INTEGER PRIMARY KEY) STRICT",
        Vec::new(),
    )?;
    let done = sql.run("SELECT count(*) FROM migration", Vec::new())?;
    let done = usize::try_from(done.first().map_or(Ok(0), |row| row.integer(0))?).unwrap_or(0);
    for (number, step) in (0_i64..).zip(steps).skip(done) {
        // A step and the note of it are one write: half of it would be tried again, and fail for good.
        let mut done = Err(SqlError::Statement("not run".to_owned()));
        sql.transaction(&mut || {
            done = sql
                .run(step, Vec::new())
                .and_then(|_| sql.run("INSERT INTO migration (step) VALUES (?)", vec![number.into()]));
            done.is_ok()
        })?;
        done?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{KEYRING, TENANT, apply, exists};
    use crate::native::NativeSql;
    use tegata_domain::jwk::sha256_b64;

    #[test]
    fn applied_once() {
        let sql = NativeSql::in_memory().unwrap();
        assert!(!exists(&sql).unwrap());
        apply(&sql, TENANT).unwrap();
        apply(&sql, TENANT).unwrap();
        assert!(exists(&sql).unwrap());
    }

    #[test]
    fn released_steps_unchanged() {
        // Add a line when a step is added; never change one.
        let first = |steps: usize| sha256_b64(TENANT[..steps].join("\n"));
        assert_eq!(first(16).get(..10), Some("gB4a4FuAJ0"));
        assert_eq!(first(TENANT.len()).get(..10), Some("UuUV1vgX0D"));
        assert_eq!(sha256_b64(KEYRING.join("\n")).get(..10), Some("ZQyhx-cd3D"));
    }
}
