//! Fixtures of the tests of a session's object.

pub mod room;
