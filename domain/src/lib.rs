//! The rules of Tegata: what is asked, who may answer, what follows, and how it is recorded. Everything here is a pure
//! function of its arguments. Time is passed in as [`time::UnixSeconds`] and randomness as [`random::Random`]; there is
//! no IO, no clock and no platform. Storage formats live in `kv-schema`; `routes` and `objects` bring a request to its
//! rule.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects
)]

pub mod access_token;
pub mod account;
pub mod activation;
pub mod agent;
pub mod alert;
pub mod application;
pub mod appointment;
pub mod approval;
pub mod asked;
pub mod attended;
pub mod audit;
pub mod blob;
pub mod calendar;
pub mod calendar_feed;
pub mod code;
pub mod command;
pub mod console_session;
pub mod contract;
pub mod control;
pub mod data_origin;
pub mod date;
pub mod desk;
pub mod device;
pub mod directory;
pub mod dpop;
pub mod email;
pub mod enrolment;
pub mod equipment;
pub mod error;
pub mod events;
pub mod face;
pub mod gathered;
pub mod id;
pub mod inquiry;
pub mod jwk;
pub mod jws;
pub mod keyring;
pub mod launch;
pub mod limit;
pub mod link;
pub mod locale;
pub mod lockout;
pub mod mail;
pub mod mail_budget;
pub mod names;
pub mod organization;
pub mod outbox;
pub mod panel;
pub mod passkey;
pub mod password;
pub mod personal_token;
pub mod phonetic;
pub mod policy;
pub mod question;
pub mod random;
pub mod receipt;
pub mod refresh;
pub mod registration;
pub mod right;
#[cfg(feature = "openapi")]
pub mod schema;
pub mod secret;
pub mod session;
pub mod slug;
pub mod socket;
pub mod tenant;
mod tenant_kind;
pub mod text;
pub mod texts;
pub mod time;
pub mod unicode;
pub mod user;
pub mod viewer;
pub mod wire;
