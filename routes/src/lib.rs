//! The HTTP surface: which requests are accepted, from whom, in which shape, and what each response looks like.
//! [`table`] is the only list of routes, and each resource has its own file. Input is parsed once, into `domain`'s
//! types; a command then goes through [`port::Edge`] to the object that decides. Nothing here knows how objects work or
//! which platform runs them.
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
mod agent;
mod approve;
mod assets;
mod calendar_feed;
mod confirm;
mod console;
#[cfg(feature = "openapi")]
pub mod described;
mod desk;
mod document;
mod download;
mod entrance;
mod events;
mod export;
mod form;
pub mod front;
mod gate;
mod gate_memory;
mod gate_path;
mod health;
mod html;
pub mod intake;
mod join;
mod jwks;
mod knock;
mod login;
mod meeting;
mod oauth;
mod operator;
pub mod pages;
mod panel;
mod passkey;
pub mod port;
mod problem;
mod registration;
mod session;
mod session_socket;
mod shape;
pub mod table;
pub mod upgrade;

pub use gate::{MAX_BODY as GATE_MAX_BODY, origin_trouble, straight, straight_to};
pub use gate_memory::GateMemory;
pub use panel::Answer;
