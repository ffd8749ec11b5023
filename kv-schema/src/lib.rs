//! Everything Tegata stores: the SQL of its objects, the keys of its KV namespaces, and the repositories that read and
//! write both. `domain` defines what the records mean and how they may change; README.md lists every table and key.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects
)]

pub mod accounts;
pub mod agents;
pub mod alerts;
pub mod applications;
pub mod appointments;
pub mod approvals;
pub mod asked;
pub mod attended;
pub mod audit;
pub mod audit_heads;
pub mod calendar_feeds;
pub mod day_counts;
pub mod desk;
pub mod desk_appointments;
pub mod desk_attended;
pub mod devices;
pub mod enrolments;
pub mod equipment;
pub mod faces;
pub mod found;
pub mod gathered;
pub mod idempotency;
pub mod inquiries;
pub mod keys;
pub mod kv;
pub mod launches;
pub mod limits;
pub mod login_tries;
pub mod migrations;
#[cfg(feature = "native")]
pub mod native;
pub mod organizations;
pub mod outbox;
pub mod passkey_challenges;
pub mod passkeys;
pub mod personal_tokens;
pub mod proofs;
pub mod questions;
pub mod registrations;
pub mod search;
pub mod serials;
pub mod session_records;
pub mod sessions;
pub mod spent_refresh;
pub mod sql;
pub mod support_session;
pub mod support_talk;
pub mod tenants;
pub mod timeline;
pub mod users;
pub mod wake;
