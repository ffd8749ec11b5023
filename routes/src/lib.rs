//! The HTTP surface: what can be asked, by whom, in which shape, and how each answer looks.
//!
//! [`table`] is the one list of routes. Each resource is a file. Input is parsed once, into `domain`'s types; a command
//! then goes through [`port::Edge`] to whoever decides. Nothing here knows how objects work or what the platform is.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects
)]

mod activate;
mod approve;
mod assets;
mod confirm;
mod console;
#[cfg(feature = "openapi")]
pub mod described;
mod desk;
mod document;
mod download;
mod export;
mod form;
pub mod front;
mod gate;
mod gate_memory;
mod gate_path;
mod health;
mod html;
pub mod intake;
mod jwks;
mod login;
mod oauth;
mod operator;
pub mod pages;
mod panel;
mod passkey;
pub mod port;
mod problem;
mod registration;
mod session;
mod shape;
pub mod table;
pub mod upgrade;

pub use gate::{MAX_BODY as GATE_MAX_BODY, origin_trouble};
pub use gate_memory::GateMemory;
pub use panel::Answer;
