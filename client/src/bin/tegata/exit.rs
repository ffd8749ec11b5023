//! Exit codes. They are part of the interface: `--help` lists them, scripts test them.

/// Done.
pub(crate) const OK: u8 = 0;
/// Something failed that has no code of its own.
pub(crate) const GENERAL: u8 = 1;
/// The command line or an answer typed at a prompt cannot be right.
pub(crate) const USAGE: u8 = 2;
/// Refused by an administrator or by the edge.
pub(crate) const REFUSED: u8 = 3;
/// Not decided yet, or too late.
pub(crate) const PENDING: u8 = 4;
/// The edge could not be reached.
pub(crate) const NETWORK: u8 = 5;
/// A receipt or an audit log is not to be believed.
pub(crate) const VERIFICATION: u8 = 6;
/// The reader of standard output has gone away (`| head`): what a shell reports for a program that SIGPIPE ended.
pub(crate) const BROKEN_PIPE: u8 = 141;
