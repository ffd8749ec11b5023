//! What the tests of the surface stand on: edges in memory, people who hold something, and what they send. No tests.

pub(crate) mod authenticator;
pub(crate) mod call;
pub(crate) mod contract;
pub(crate) mod credentials;
pub(crate) mod edge;
pub(crate) mod key;
pub(crate) mod rows;
pub(crate) mod scene;
pub(crate) mod staff;
