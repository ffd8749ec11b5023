//! Support for the tests of the tenant's object: its world, the people in it, and the reference. It contains no tests.

pub(crate) mod family;
pub(crate) mod flaky;
pub(crate) mod mail;
pub(crate) mod pair;
pub(crate) mod reference;
pub(crate) mod request;
pub(crate) mod steps;
pub(crate) mod viewer;
pub(crate) mod world;
