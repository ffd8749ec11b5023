//! Generates the JavaScript half of the worker's module, using the same library as the program `wasm-bindgen`.
//!
//! That program cannot be built from its own lock file, which names a version missing from the registry; without the
//! lock file, cargo would use the newest dependencies of the day. It also includes a web server and a TLS stack for
//! running tests. This program has a lock file in the repository and a fifth of the dependencies.

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
        // These two options let src/entry.js restart a module that has trapped.
        .reset_state_function(true)
        .force_enable_abort_handler(true)
        .generate(directory)
}
