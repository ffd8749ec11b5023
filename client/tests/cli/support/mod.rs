//! Support for the command's tests: the command itself, and an edge in memory. Contains no tests.

pub(crate) mod browser;
pub(crate) mod command;
pub(crate) mod control;
#[cfg(unix)]
pub(crate) mod display;
pub(crate) mod fake_edge;
pub(crate) mod fake_proxy;
pub(crate) mod identifying;
pub(crate) mod proof;
pub(crate) mod session;
pub(crate) mod tls;
