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
    "CREATE TABLE organization (id TEXT PRIMARY KEY, parent TEXT, record TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX organization_parent ON organization (parent)",
    "CREATE TABLE user (id TEXT PRIMARY KEY, organization TEXT, name TEXT NOT NULL, phonetic TEXT NOT NULL, record TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX user_name ON user (name, id)",
    "CREATE INDEX user_phonetic ON user (phonetic, id)",
    "CREATE INDEX user_organization ON user (organization, name, id)",
    "CREATE TABLE account (user TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, role TEXT NOT NULL, support_option INTEGER NOT NULL, record TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX account_role ON account (role, user)",
    // Administrators of before become users with accounts. The old table stays until a later release.
    "INSERT INTO user (id, organization, name, phonetic, record) SELECT id, NULL, lower(json_extract(record, '$.name')), '', \
     json_object('id', id, 'display_name', json_extract(record, '$.name'), 'phonetic_name', NULL, \
     'emails', json_array(json_object('value', json_extract(record, '$.email'), 'type', 'work', 'primary', json('true'))), \
     'organization', NULL, 'external_id', NULL, 'version', 1, 'created_at', json_extract(record, '$.created_at'), \
     'updated_at', json_extract(record, '$.created_at')) FROM administrator",
    "INSERT INTO account (user, name, role, support_option, record) SELECT id, account, 'system_administrator', 0, \
     json_object('user', id, 'name', account, 'role', 'system_administrator', 'organization', NULL, 'support_option', json('false'), \
     'alerts', json_object('device', json('true'), 'refused', json('true'), 'lockout', json('true'), 'token_reuse', json('true'), \
     'undeliverable', json('true'), 'audit', json('true')), 'locale', json_extract(record, '$.locale'), \
     'time_zone', json_extract(record, '$.time_zone'), 'password', json_object('kind', 'first', 'hash', \
     json_extract(record, '$.password_hash'), 'key', json_extract(record, '$.password_key'), 'issue', 0, \
     'until', json_extract(record, '$.password_until')), 'created_at', json_extract(record, '$.created_at'), \
     'last_login_at', NULL, 'version', 1) FROM administrator",
    "CREATE TABLE search_term (kind TEXT NOT NULL, term TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, term, id)) STRICT, WITHOUT ROWID",
    "CREATE INDEX search_term_id ON search_term (kind, id, term)",
    "INSERT INTO search_term (kind, term, id) SELECT 'user', lower(json_extract(record, '$.name')), id FROM administrator",
    "INSERT OR IGNORE INTO search_term (kind, term, id) SELECT 'user', lower(json_extract(record, '$.email')), id FROM administrator",
    "INSERT OR IGNORE INTO search_term (kind, term, id) SELECT 'user', account, id FROM administrator",
    "CREATE TABLE session (hash TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, user TEXT NOT NULL, ends_at INTEGER NOT NULL, record TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX session_user ON session (user)",
    "CREATE INDEX session_ends_at ON session (ends_at)",
    "CREATE TABLE personal_token (hash TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, user TEXT NOT NULL, record TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX personal_token_user ON personal_token (user)",
    "CREATE TABLE login_tries (account TEXT PRIMARY KEY, last INTEGER NOT NULL, record TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE day_count (day TEXT PRIMARY KEY, requests INTEGER NOT NULL, approved INTEGER NOT NULL, refused INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    "ALTER TABLE registration ADD COLUMN requested_at INTEGER GENERATED ALWAYS AS (json_extract(record, '$.requested_at')) VIRTUAL",
    "ALTER TABLE registration ADD COLUMN stage TEXT GENERATED ALWAYS AS (json_extract(record, '$.stage')) VIRTUAL",
    "CREATE INDEX registration_requested_at ON registration (requested_at, id)",
    "CREATE INDEX registration_waiting ON registration (requested_at, id) WHERE stage = 'awaiting_approval'",
    "ALTER TABLE device ADD COLUMN activated_at INTEGER GENERATED ALWAYS AS (json_extract(record, '$.activated_at')) VIRTUAL",
    "CREATE INDEX device_activated_at ON device (activated_at, id)",
    "CREATE INDEX outbox_undeliverable ON outbox (id) WHERE due_at IS NULL",
    "CREATE TABLE inquiry (id TEXT PRIMARY KEY, state TEXT NOT NULL, updated_at INTEGER NOT NULL, record TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX inquiry_updated_at ON inquiry (updated_at, id)",
    "CREATE INDEX inquiry_state ON inquiry (state, updated_at, id)",
    "CREATE TABLE inquiry_message (inquiry TEXT NOT NULL, number INTEGER NOT NULL, record TEXT NOT NULL, PRIMARY KEY (inquiry, number)) STRICT, WITHOUT ROWID",
    "CREATE TABLE attachment (id TEXT PRIMARY KEY, inquiry TEXT NOT NULL, record TEXT NOT NULL, data TEXT NOT NULL) STRICT",
    "CREATE TABLE customer (slug TEXT PRIMARY KEY, name TEXT NOT NULL, record TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX customer_name ON customer (name, slug)",
    "CREATE TABLE desk_inquiry (tenant TEXT NOT NULL, id TEXT NOT NULL, state TEXT NOT NULL, updated_at INTEGER NOT NULL, record TEXT NOT NULL, PRIMARY KEY (tenant, id)) STRICT, WITHOUT ROWID",
    "CREATE INDEX desk_inquiry_updated_at ON desk_inquiry (updated_at, id)",
    "CREATE INDEX desk_inquiry_state ON desk_inquiry (state, updated_at, id)",
    "CREATE TABLE alert (number INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, record TEXT NOT NULL) STRICT",
    "CREATE TABLE alert_digest (user TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "INSERT INTO search_term (kind, term, id) SELECT 'device', lower(json_extract(record, '$.applicant.name')), id FROM device",
    "INSERT OR IGNORE INTO search_term (kind, term, id) SELECT 'device', lower(json_extract(record, '$.applicant.email')), id FROM device",
    "INSERT OR IGNORE INTO search_term (kind, term, id) SELECT 'device', lower(json_extract(record, '$.applicant.device_name')), id FROM device",
    "ALTER TABLE audit ADD COLUMN actor_id TEXT GENERATED ALWAYS AS (json_extract(record, '$.actor.id')) VIRTUAL",
    "ALTER TABLE audit ADD COLUMN object TEXT GENERATED ALWAYS AS (json_extract(record, '$.object')) VIRTUAL",
    "ALTER TABLE audit ADD COLUMN facet TEXT GENERATED ALWAYS AS (json_extract(record, '$.action') || ' ' || json_extract(record, '$.actor.kind') || ' ' || substr(json_extract(record, '$.object'), 1, instr(json_extract(record, '$.object'), '/'))) VIRTUAL",
    "CREATE INDEX audit_actor_id ON audit (actor_id) WHERE actor_id IS NOT NULL",
    "CREATE INDEX audit_object ON audit (object)",
    "CREATE INDEX audit_facet ON audit (facet)",
    "CREATE TABLE audit_head (seq INTEGER PRIMARY KEY, record TEXT NOT NULL) STRICT",
    "INSERT OR IGNORE INTO search_term (kind, term, id) SELECT 'registration', lower(json_extract(record, '$.applicant.name')), id FROM registration",
    "INSERT OR IGNORE INTO search_term (kind, term, id) SELECT 'registration', lower(json_extract(record, '$.applicant.email')), id FROM registration",
    "INSERT OR IGNORE INTO search_term (kind, term, id) SELECT 'registration', lower(json_extract(record, '$.applicant.device_name')), id FROM registration",
    // Customers of before stand in their provider's list as soon as they are next asked anything.
    "INSERT INTO outbox (id, copy, due_at, record) SELECT 'AAAAAAAAAAAAAAAAAAAAAA', 1, 0, \
     json_object('id', 'AAAAAAAAAAAAAAAAAAAAAA', 'message', json_object('kind', 'tell_customer'), 'created_at', 0, \
     'state', 'waiting', 'attempts', 0, 'next_at', 0, 'last_error', NULL) \
     FROM tenant WHERE json_extract(record, '$.provider') IS NOT NULL",
    "ALTER TABLE outbox ADD COLUMN created_at INTEGER GENERATED ALWAYS AS (json_extract(record, '$.created_at')) VIRTUAL",
    "CREATE INDEX outbox_given_up ON outbox (created_at, id) WHERE due_at IS NULL",
    "ALTER TABLE customer ADD COLUMN created_at INTEGER GENERATED ALWAYS AS (json_extract(record, '$.created_at')) VIRTUAL",
    "CREATE INDEX customer_created_at ON customer (created_at, slug)",
    "CREATE INDEX desk_inquiry_id ON desk_inquiry (id)",
    "INSERT OR IGNORE INTO search_term (kind, term, id) SELECT 'inquiry', lower(json_extract(record, '$.subject')), id FROM inquiry",
    "INSERT OR IGNORE INTO search_term (kind, term, id) SELECT 'desk_inquiry', lower(json_extract(record, '$.inquiry.subject')), id FROM desk_inquiry",
    "INSERT OR IGNORE INTO search_term (kind, term, id) SELECT 'desk_inquiry', tenant, id FROM desk_inquiry",
    // The same name: a build from before these steps asks for the index by it, and is answered as before.
    "DROP INDEX audit_actor_id",
    "CREATE INDEX audit_actor_id ON audit (actor_id, facet) WHERE actor_id IS NOT NULL",
    "ALTER TABLE user ADD COLUMN account INTEGER NOT NULL DEFAULT 0",
    "UPDATE user SET account = 1 WHERE id IN (SELECT user FROM account)",
    "CREATE INDEX user_account_name ON user (account, name, id)",
    "CREATE INDEX user_account_phonetic ON user (account, phonetic, id)",
    "DROP INDEX user_organization",
    "CREATE INDEX user_organization_name ON user (organization, account, name, id)",
    "CREATE INDEX user_organization_phonetic ON user (organization, account, phonetic, id)",
    // Columns that a refresh does not write: an index on what is generated from the record is written with the record.
    "ALTER TABLE device ADD COLUMN since INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE device ADD COLUMN ends_at INTEGER",
    "UPDATE device SET since = activated_at, ends_at = json_extract(record, '$.expires_at')",
    "DROP INDEX device_activated_at",
    "CREATE INDEX device_since ON device (since, id)",
    "CREATE INDEX device_ends_at ON device (ends_at, id) WHERE ends_at IS NOT NULL",
    "DROP INDEX registration_waiting",
    "CREATE INDEX registration_waiting ON registration (ends_at, id) WHERE stage = 'awaiting_approval'",
    "CREATE TABLE passkey (id TEXT PRIMARY KEY, user TEXT NOT NULL, credential TEXT NOT NULL UNIQUE, record TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX passkey_user ON passkey (user)",
    "CREATE TABLE passkey_challenge (hash TEXT PRIMARY KEY, ends_at INTEGER NOT NULL, record TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE asked (user TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE gathered_request (number INTEGER PRIMARY KEY AUTOINCREMENT, registration TEXT NOT NULL) STRICT",
    "CREATE INDEX registration_unconfirmed ON registration (ends_at, id) WHERE stage = 'awaiting_address'",
    "CREATE TABLE question (id TEXT PRIMARY KEY, asked_at INTEGER NOT NULL, waits_until INTEGER, record TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX question_asked_at ON question (asked_at, id)",
    "CREATE INDEX question_waiting ON question (waits_until, id) WHERE waits_until IS NOT NULL",
    "CREATE TABLE desk_question (tenant TEXT NOT NULL, id TEXT NOT NULL, asked_at INTEGER NOT NULL, record TEXT NOT NULL, PRIMARY KEY (tenant, id)) STRICT, WITHOUT ROWID",
    "CREATE INDEX desk_question_asked_at ON desk_question (asked_at, id)",
    "CREATE INDEX desk_question_tenant ON desk_question (tenant, asked_at, id)",
    "CREATE TABLE gathered (outcome TEXT PRIMARY KEY, due_at INTEGER, record TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "ALTER TABLE attachment ADD COLUMN moved INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE registration ADD COLUMN network TEXT GENERATED ALWAYS AS (json_extract(record, '$.network')) VIRTUAL",
    "CREATE INDEX registration_network ON registration (network, ends_at) WHERE network IS NOT NULL AND stage IN ('awaiting_address', 'awaiting_approval')",
    "CREATE TABLE face (id INTEGER PRIMARY KEY CHECK (id = 1), record TEXT NOT NULL, logo TEXT) STRICT",
    // The words of what the earlier versions stored are their search terms, which stay where they are until a later release.
    "CREATE VIRTUAL TABLE found_device USING fts5(id UNINDEXED, words, detail = none, tokenize = 'ascii', prefix = '1 2 3')",
    "CREATE VIRTUAL TABLE found_registration USING fts5(id UNINDEXED, words, detail = none, tokenize = 'ascii', prefix = '1 2 3')",
    "INSERT OR REPLACE INTO found_device (rowid, id, words) SELECT number + row_number() OVER (PARTITION BY number) - 1, id, words FROM (SELECT (((t.since << 20) | ((unicode(substr(t.id, 1, 1)) & 31) << 15) | ((unicode(substr(t.id, 2, 1)) & 31) << 10) | ((unicode(substr(t.id, 3, 1)) & 31) << 5) | (unicode(substr(t.id, 4, 1)) & 31))) AS number, t.id AS id, (SELECT group_concat(s.term, ' ') FROM search_term s WHERE s.kind = 'device' AND s.id = t.id) AS words FROM device t)",
    "INSERT OR REPLACE INTO found_registration (rowid, id, words) SELECT number + row_number() OVER (PARTITION BY number) - 1, id, words FROM (SELECT (((t.requested_at << 20) | ((unicode(substr(t.id, 1, 1)) & 31) << 15) | ((unicode(substr(t.id, 2, 1)) & 31) << 10) | ((unicode(substr(t.id, 3, 1)) & 31) << 5) | (unicode(substr(t.id, 4, 1)) & 31))) AS number, t.id AS id, (SELECT group_concat(s.term, ' ') FROM search_term s WHERE s.kind = 'registration' AND s.id = t.id) AS words FROM registration t)",
    "CREATE TABLE application (id TEXT PRIMARY KEY, day INTEGER NOT NULL, state TEXT NOT NULL, record TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX application_day ON application (day, id)",
    "CREATE INDEX application_state ON application (state, day, id)",
    "CREATE INDEX customer_suspended ON customer (slug) WHERE json_extract(record, '$.state') = 'suspended'",
    "CREATE INDEX customer_unfinished ON customer (created_at, slug) \
     WHERE json_extract(record, '$.state') = 'active' AND json_extract(record, '$.setup_done') < json_extract(record, '$.setup_of')",
    "ALTER TABLE desk_question ADD COLUMN expires_at INTEGER \
     GENERATED ALWAYS AS (json_extract(record, '$.question.expires_at')) VIRTUAL",
    "CREATE INDEX desk_question_open ON desk_question (expires_at, tenant, id) WHERE json_extract(record, '$.question.state') = 'open'",
    "CREATE TABLE equipment (id TEXT PRIMARY KEY, since INTEGER NOT NULL, serial TEXT NOT NULL, organization TEXT, retired INTEGER NOT NULL, name TEXT NOT NULL, record TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE UNIQUE INDEX equipment_serial ON equipment (serial) WHERE retired = 0",
    "CREATE INDEX equipment_name ON equipment (retired, name, id)",
    "CREATE INDEX equipment_organization_name ON equipment (organization, retired, name, id)",
    "CREATE VIRTUAL TABLE found_equipment USING fts5(id UNINDEXED, words, detail = none, tokenize = 'ascii', prefix = '1 2 3')",
    "CREATE TABLE agent (id TEXT PRIMARY KEY, equipment TEXT NOT NULL, ended INTEGER NOT NULL, since INTEGER NOT NULL, record TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX agent_equipment ON agent (equipment, ended, since, id)",
    "CREATE UNIQUE INDEX agent_accepted ON agent (equipment) WHERE ended = 0",
    "CREATE TABLE enrolment (equipment TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, record TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE launch (id TEXT PRIMARY KEY, equipment TEXT NOT NULL, requested_at INTEGER NOT NULL, due_at INTEGER, record TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX launch_requested_at ON launch (requested_at, id)",
    "CREATE INDEX launch_equipment ON launch (equipment, requested_at, id)",
    "CREATE INDEX launch_due_at ON launch (due_at, id) WHERE due_at IS NOT NULL",
    "CREATE INDEX launch_open ON launch (equipment, due_at, id) WHERE due_at IS NOT NULL",
    "CREATE TABLE desk_launch (tenant TEXT NOT NULL, id TEXT NOT NULL, requested_at INTEGER NOT NULL, open_until INTEGER, record TEXT NOT NULL, PRIMARY KEY (tenant, id)) STRICT, WITHOUT ROWID",
    "CREATE INDEX desk_launch_requested_at ON desk_launch (requested_at, id)",
    "CREATE INDEX desk_launch_tenant ON desk_launch (tenant, requested_at, id)",
    "CREATE INDEX desk_launch_open ON desk_launch (open_until, tenant, id) WHERE open_until IS NOT NULL",
    "CREATE TABLE service_organization (id INTEGER PRIMARY KEY CHECK (id = 1), record TEXT NOT NULL) STRICT",
    "CREATE TABLE serial (tenant TEXT NOT NULL, equipment TEXT NOT NULL, version INTEGER NOT NULL, serial TEXT, PRIMARY KEY (tenant, equipment)) STRICT, WITHOUT ROWID",
    "CREATE INDEX serial_number ON serial (serial, tenant, equipment) WHERE serial IS NOT NULL",
    "CREATE TABLE serial_news (number INTEGER PRIMARY KEY AUTOINCREMENT, equipment TEXT NOT NULL) STRICT",
    // The provider learns of earlier equipment as soon as the customer is next asked anything.
    "INSERT INTO serial_news (equipment) SELECT id FROM equipment \
     WHERE EXISTS (SELECT 1 FROM tenant WHERE json_extract(record, '$.provider') IS NOT NULL) ORDER BY id",
    "INSERT INTO outbox (id, copy, due_at, record) SELECT 'AAAAAAAAAAAAAAAAAAAAAQ', 1, 0, \
     json_object('id', 'AAAAAAAAAAAAAAAAAAAAAQ', 'message', json_object('kind', 'tell_equipment'), 'created_at', 0, \
     'state', 'waiting', 'attempts', 0, 'next_at', 0, 'last_error', NULL) \
     WHERE EXISTS (SELECT 1 FROM serial_news)",
    "CREATE TABLE desk_enrolment (id TEXT PRIMARY KEY, secret TEXT NOT NULL UNIQUE, machine TEXT NOT NULL, requested_at INTEGER NOT NULL, open_until INTEGER, record TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX desk_enrolment_requested_at ON desk_enrolment (requested_at, id)",
    "CREATE INDEX desk_enrolment_machine ON desk_enrolment (machine, requested_at, id)",
    "CREATE INDEX desk_enrolment_open ON desk_enrolment (open_until) WHERE open_until IS NOT NULL",
    "CREATE TABLE enrolment_request (id TEXT PRIMARY KEY, equipment TEXT, requested_at INTEGER NOT NULL, open_until INTEGER, record TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX enrolment_request_requested_at ON enrolment_request (requested_at, id)",
    "CREATE TABLE session_record (launch TEXT NOT NULL, number INTEGER NOT NULL, record TEXT NOT NULL, PRIMARY KEY (launch, number)) STRICT, WITHOUT ROWID",
    "CREATE TABLE attended (id TEXT PRIMARY KEY, opened_at INTEGER NOT NULL, due_at INTEGER, record TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX attended_opened_at ON attended (opened_at, id)",
    "CREATE INDEX attended_due_at ON attended (due_at, id) WHERE due_at IS NOT NULL",
    "CREATE TABLE consent_receipt (attended TEXT NOT NULL, guest TEXT NOT NULL, receipt TEXT NOT NULL, PRIMARY KEY (attended, guest)) STRICT, WITHOUT ROWID",
    "CREATE TABLE desk_attended (tenant TEXT NOT NULL, id TEXT NOT NULL, opened_at INTEGER NOT NULL, open_until INTEGER, record TEXT NOT NULL, PRIMARY KEY (tenant, id)) STRICT, WITHOUT ROWID",
    "CREATE INDEX desk_attended_opened_at ON desk_attended (opened_at, id)",
    "CREATE INDEX desk_attended_tenant ON desk_attended (tenant, opened_at, id)",
    "CREATE INDEX desk_attended_open ON desk_attended (open_until, tenant, id) WHERE open_until IS NOT NULL",
    "CREATE TABLE appointment (id TEXT PRIMARY KEY, starts_at INTEGER NOT NULL, launch TEXT, due_at INTEGER, record TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX appointment_starts_at ON appointment (starts_at, id)",
    "CREATE INDEX appointment_due_at ON appointment (due_at, id) WHERE due_at IS NOT NULL",
    "CREATE UNIQUE INDEX appointment_launch ON appointment (launch) WHERE launch IS NOT NULL",
    "CREATE TABLE appointment_receipt (appointment TEXT PRIMARY KEY, receipt TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE desk_appointment (tenant TEXT NOT NULL, id TEXT NOT NULL, host TEXT NOT NULL, starts_at INTEGER NOT NULL, open_until INTEGER, record TEXT NOT NULL, PRIMARY KEY (tenant, id)) STRICT, WITHOUT ROWID",
    "CREATE INDEX desk_appointment_starts_at ON desk_appointment (starts_at, id)",
    "CREATE INDEX desk_appointment_host ON desk_appointment (host, starts_at, id)",
    "CREATE TABLE calendar_feed (hash TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, user TEXT NOT NULL, record TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX calendar_feed_user ON calendar_feed (user)",
];

/// Steps of the keyring's object.
pub const KEYRING: &[&str] =
    &["CREATE TABLE signing_key (kid TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID"];

/// Steps of a mail budget's object.
pub const MAIL_BUDGET: &[&str] = &[
    "CREATE TABLE rate_limit (key TEXT PRIMARY KEY, arrival INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX rate_limit_arrival ON rate_limit (arrival)",
];

/// Steps of a remote support session's object.
pub const SESSION: &[&str] = &[
    "CREATE TABLE session (id INTEGER PRIMARY KEY CHECK (id = 1), record TEXT NOT NULL) STRICT",
    "CREATE TABLE inside (address INTEGER PRIMARY KEY, record TEXT NOT NULL) STRICT",
    "CREATE TABLE ticket (hash TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE dpop_proof (jti_hash TEXT PRIMARY KEY, expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE deed (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, waits INTEGER NOT NULL, record TEXT NOT NULL) STRICT",
    "CREATE TABLE report (number INTEGER PRIMARY KEY, record TEXT NOT NULL) STRICT",
    "CREATE TABLE outbox (id TEXT PRIMARY KEY, copy INTEGER NOT NULL, due_at INTEGER, record TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX outbox_due_at ON outbox (copy, due_at) WHERE due_at IS NOT NULL",
    "CREATE TABLE chat (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, record TEXT NOT NULL) STRICT",
    "CREATE TABLE offer (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, record TEXT NOT NULL) STRICT",
    "CREATE TABLE received (offer TEXT NOT NULL, by TEXT NOT NULL, PRIMARY KEY (offer, by)) STRICT, WITHOUT ROWID",
];

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
    use super::{KEYRING, SESSION, TENANT, apply, exists};
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
        for (count, hash) in [
            (16, "gB4a4FuAJ0"),
            (67, "fKqU0UO_BK"),
            (71, "K-K3qeJWuV"),
            (79, "9RQy6KPytP"),
            (96, "uqaznAuBSb"),
            (99, "w0oQ2GVdpM"),
            (102, "Z4zIuTn5lU"),
            (108, "v6r_NFfgIe"),
            (109, "q2OgkhbGDx"),
            (110, "3ZNVZXggCQ"),
            (112, "Qb-n7AhWLT"),
            (113, "9yNVgg7h96"),
            (117, "OGIRBEDR8i"),
            (120, "5Jb5E9ckOw"),
            (124, "xQ-Jpg95YM"),
            (129, "CgG-8dzqPQ"),
            (142, "9noNI5zXau"),
            (154, "K8OQNNPW1J"),
            (163, "lML151YoXH"),
            (173, "24y5tY5Yzq"),
        ] {
            let steps = TENANT.get(..count).unwrap().join("\n");
            assert_eq!(sha256_b64(steps).get(..10), Some(hash), "the first {count}");
        }
        assert_eq!(sha256_b64(KEYRING.join("\n")).get(..10), Some("ZQyhx-cd3D"));
        for (count, hash) in [(8, "YIfW3Tf2cT"), (11, "0SsJ1WPMzB")] {
            let steps = SESSION.get(..count).unwrap().join("\n");
            assert_eq!(sha256_b64(steps).get(..10), Some(hash), "the first {count}");
        }
    }
}
