//! Support for the surface tests: edges in memory, people with credentials, and the requests they send. It holds no
//! tests.

pub(crate) mod appointment;
pub(crate) mod attended;
pub(crate) mod authenticator;
pub(crate) mod call;
pub(crate) mod contract;
pub(crate) mod credentials;
pub(crate) mod edge;
pub(crate) mod key;
pub(crate) mod launch;
pub(crate) mod rows;
pub(crate) mod scene;
pub(crate) mod staff;
