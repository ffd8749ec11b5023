//! Runs the built command against a small edge on the loopback interface, and checks what a person or a script sees.

mod agent;
mod audit;
#[cfg(unix)]
mod data_dir;
mod device_flow;
mod diagnose;
mod identification;
#[cfg(unix)]
mod install;
#[cfg(unix)]
mod ipc;
#[cfg(unix)]
mod machine;
mod manual_proxy;
mod open;
mod operator;
mod pipe;
mod proxy;
mod receipt;
mod refresh;
mod registration;
mod remote_service;
#[cfg(unix)]
mod remote_support;
mod settings;
mod support;
