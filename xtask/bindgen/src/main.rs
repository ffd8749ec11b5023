//! Makes the JavaScript half of the worker's module: what the program `wasm-bindgen` does, over the same library.
//!
//! That program cannot be built from its own lock file, which names a version that is not in the registry; without it,
//! cargo would take whatever is the newest on that day. It also brings a web server and a TLS stack, for running tests.
//! This one has a lock file in the repository, and a fifth of the dependencies.

use std::env;

use anyhow::{Result, bail};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let mut arguments = env::args_os().skip(1);
    let (Some(module), Some(directory), None) = (arguments.next(), arguments.next(), arguments.next()) else {
        bail!("usage: tegata-bindgen MODULE DIRECTORY");
    };
    Bindgen::new()
        .web(true)?
        .input_path(module)
        .out_name("index")
        .typescript(false)
        .omit_default_module_path(true)
        // With these two src/entry.js starts a module anew that has trapped.
        .reset_state_function(true)
        .force_enable_abort_handler(true)
        .generate(directory)
}
