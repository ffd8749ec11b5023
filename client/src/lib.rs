//! Client library of Tegata, for programs that run on a person's PC or an operator's machine.
//!
//! Contains the Viewer's key and its DPoP proofs, the device flow that registers a Viewer, its tokens and their
//! refresh, the data directory that stores key and tokens, reading through the gate, the shell of a page on loopback, the
//! operator API, and the offline verification of receipts and audit logs. Nothing here prints or prompts: that is the job of the `tegata` command in
//! `src/bin/tegata`.

pub mod activation_code;
pub mod agent;
pub mod audit;
pub mod clock;
pub mod data_dir;
pub mod device_flow;
pub mod dpop;
pub mod edge;
pub mod error;
pub mod gate;
pub mod installation;
pub mod jwks;
pub mod key;
pub mod local;
pub mod metadata;
pub mod operator;
pub mod preferences;
pub mod problem;
pub mod proxy;
pub mod receipt;
pub mod registration;
pub mod registration_state;
pub mod reply;
pub mod secret;
pub mod state;
pub mod tokens;
pub mod transport;
pub mod viewer;

pub use agent::Agent;
pub use error::Error;
pub use viewer::Viewer;
