//! `cargo xtask fuzz`: schemathesis generates requests from the API's document and checks the responses against it.

use anyhow::Result;
use xtask::{
    build::{self, Flavour},
    paths, tools,
};

use crate::demo_edge::with_demo_edge;

/// Runs schemathesis, logged in first at a customer's tenant and then at its provider's.
pub fn fuzz() -> Result<()> {
    tools::npm()?;
    let schemathesis = tools::schemathesis()?;
    build::build(Flavour::Development)?;
    let script = paths::root().join("tests/fuzz/schemathesis.mjs");
    with_demo_edge("127.0.0.1", &[], &[script], &[("SCHEMATHESIS", &schemathesis)])
}
