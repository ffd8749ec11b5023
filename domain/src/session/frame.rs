//! The binary envelope of the session protocol (docs/session-protocol.md).
