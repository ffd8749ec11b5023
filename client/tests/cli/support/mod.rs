//! What the tests of the command stand on: the command itself, and an edge in memory. No tests.

pub(crate) mod command;
pub(crate) mod fake_edge;
pub(crate) mod proof;
