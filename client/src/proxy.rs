//! The way from an agent to its edge: which proxy is named by the environment or the system (`found`), what a person may
//! type for one (`address`), and the one dialler that every connection of an agent goes through (`dialler`).
//! Which of the proxies is used is a setting: see `agent::settings`.

pub mod address;
pub mod authentication;
pub mod dialler;
pub mod exchange;
pub mod found;
pub mod line;
pub mod obstacle;
pub mod reach;
#[cfg(windows)]
mod script;
pub mod secure;
pub mod tunnel;
