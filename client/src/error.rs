//! Errors of the client, grouped by what the caller can do about them. The command writes texts for people from these
//! variants; the `Display` forms here are for logs.

use crate::agent::settings::Missing;
use crate::problem::{OAuthError, Problem};
use crate::proxy::obstacle::Obstacle;
use crate::registration_state::RegistrationState;
use std::io;
use std::path::PathBuf;

/// Every failure of the library.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The caller passed an invalid value; nothing was sent.
    #[error("invalid value for {field}")]
    InvalidInput {
        /// The name of the input, as in the HTTP interface.
        field: &'static str,
    },
    /// The edge could not be reached, or the connection broke.
    #[error("network: {}", chain(.0))]
    Network(#[source] reqwest::Error),
    /// An agent found no way to its edge, or the connection broke.
    #[error("{0}")]
    Obstacle(Box<Obstacle>),
    /// The edge's response violates the protocol.
    #[error("unexpected response: {0}")]
    Protocol(&'static str),
    /// An OAuth error document (RFC 6749 section 5.2).
    #[error("{0}")]
    OAuth(Box<OAuthError>),
    /// A problem document (RFC 9457).
    #[error("{0}")]
    Problem(Box<Problem>),
    /// An error status without an error document, for example the data origin's own 404.
    #[error("status {0}")]
    Status(u16),
    /// This PC's clock is too far from the edge's for its proofs to be accepted.
    #[error("the clock is {seconds} seconds off")]
    ClockSkew {
        /// Local time minus the edge's time.
        seconds: i64,
    },
    /// There is no registration in the data directory.
    #[error("not registered")]
    NotRegistered,
    /// There is a registration already; forget it first.
    #[error("already registered")]
    AlreadyRegistered,
    /// The registration has not led to tokens yet.
    #[error("the registration is still pending")]
    StillPending,
    /// The activation code was wrong.
    #[error("wrong activation code, {tries_left} attempts left")]
    WrongCode {
        /// How many more attempts the edge allows.
        tries_left: u32,
    },
    /// The registration has ended without tokens.
    #[error("the registration has ended: {}", .state.as_str())]
    Ended {
        /// How it ended.
        state: RegistrationState,
        /// The approver's reason, if any.
        reason: Option<String>,
    },
    /// The edge no longer accepts this device.
    #[error("the device is no longer accepted")]
    Revoked,
    /// Remote assistance cannot be allowed yet (P10).
    #[error("remote assistance is not ready: {missing:?}")]
    AssistanceNotReady {
        /// Each thing that is missing.
        missing: Vec<Missing>,
    },
    /// The installer's configuration cannot be used.
    #[error("{}: {detail}", .path.display())]
    Installation {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        detail: String,
    },
    /// A failure of the data directory.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// A failure of the data directory. Each variant names the path that needs attention.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// Reading or writing failed.
    #[error("{}: {source}", .path.display())]
    Io {
        /// The file or directory.
        path: PathBuf,
        /// The operating system's error.
        source: io::Error,
    },
    /// A file exists but this program did not write it.
    #[error("{}: not a valid file of this program", .path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
    },
    /// The state exists without its key: a copied or restored directory.
    #[error("{}: the key file is missing", .path.display())]
    KeyMissing {
        /// The path where the key should be.
        path: PathBuf,
    },
    /// The key differs from the one the state was created with.
    #[error("{}: the key does not belong to this registration", .path.display())]
    KeyMismatch {
        /// The key file.
        path: PathBuf,
    },
    /// Other users of this machine can read the key, or replace files in the directory.
    #[error("{}: accessible to others (mode {mode:04o})", .path.display())]
    Exposed {
        /// The file or directory.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// Another command held the lock for too long.
    #[error("{}: in use by another command", .path.display())]
    Busy {
        /// The lock file.
        path: PathBuf,
    },
    /// The environment gives no data directory.
    #[error("no home directory")]
    NoHome,
}

impl Error {
    /// Whether retrying the same request may help: the response was lost, or the edge had a temporary failure.
    pub fn is_transient(&self) -> bool {
        match self {
            Error::Network(_) => true,
            // A connection that broke off may hide that the request arrived; whatever else is in the way stays there.
            Error::Obstacle(obstacle) => matches!(**obstacle, Obstacle::Unreachable { .. }),
            Error::Status(status) => *status >= 500,
            Error::Problem(problem) => problem.status >= 500,
            Error::OAuth(error) => error.status >= 500,
            _ => false,
        }
    }
}

impl From<Obstacle> for Error {
    fn from(obstacle: Obstacle) -> Self {
        Self::Obstacle(Box::new(obstacle))
    }
}

/// The whole chain of causes: reqwest's own message omits the cause.
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text.push_str(": ");
        text.push_str(&next.to_string());
        cause = next.source();
    }
    text
}
