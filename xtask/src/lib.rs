//! The library half of `cargo xtask`: starting, stopping and killing edges on this machine. The acceptance tests and the
//! benchmarks use [`edge`] and [`process`]; the commands of `cargo xtask` are built from the same pieces.

pub mod build;
pub mod bundle;
pub mod counting;
pub mod demo;
pub mod demo_machine;
pub mod dev;
pub mod edge;
mod edge_options;
pub mod http;
pub mod launch;
pub mod paths;
pub mod private_files;
pub mod process;
pub mod tools;
pub mod workerd_config;
pub mod wrangler_config;
