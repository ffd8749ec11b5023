//! What each Durable Object does: it loads rows, lets `domain` decide, and stores the result in one step without an
//! await. Everything here is synchronous and runs natively under `cargo test`, with rusqlite in place of the object's
//! storage.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects
)]

pub mod context;
pub mod hosted;
pub mod keyring;
pub mod mail_budget;
pub mod session;
pub mod tenant;
pub mod travelling;
