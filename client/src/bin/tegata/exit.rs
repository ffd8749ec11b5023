//! Exit codes. They are part of the interface: `--help` lists them, scripts test them.

/// Done.
pub(crate) const OK: u8 = 0;
/// A failure without an exit code of its own.
pub(crate) const GENERAL: u8 = 1;
/// The command line, or an answer typed at a prompt, is invalid.
pub(crate) const USAGE: u8 = 2;
/// Refused by an administrator or by the edge.
pub(crate) const REFUSED: u8 = 3;
/// Not decided yet, or expired.
pub(crate) const PENDING: u8 = 4;
/// The edge could not be reached.
pub(crate) const NETWORK: u8 = 5;
/// A receipt or an audit log failed verification.
pub(crate) const VERIFICATION: u8 = 6;
/// The reader of standard output has closed it (`| head`): the code a shell reports for a program killed by SIGPIPE.
pub(crate) const BROKEN_PIPE: u8 = 141;
