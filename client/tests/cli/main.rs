//! The built command against a small edge on the loopback interface: what a person or a script sees of it.

mod audit;
mod command;
#[cfg(unix)]
mod data_dir;
mod device_flow;
mod fake_edge;
mod operator;
mod pipe;
mod proof;
mod proxy;
mod receipt;
mod refresh;
mod registration;
