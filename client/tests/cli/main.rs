//! The built command against a small edge on the loopback interface: what a person or a script sees of it.

mod audit;
#[cfg(unix)]
mod data_dir;
mod device_flow;
mod operator;
mod pipe;
mod proxy;
mod receipt;
mod refresh;
mod registration;
mod support;
