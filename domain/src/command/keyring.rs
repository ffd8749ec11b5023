//! Commands to the keyring's object and their replies.

use core::fmt::Display;

use serde::{Deserialize, Serialize};

use crate::jwk::PublicKeySet;
use crate::keyring::{KeysRotated, RotateKeys, Signers};
use crate::wire::object::{Command, Object};

/// The object that holds the signing keys; one per deployment.
#[derive(Debug)]
pub enum Keyring {}

/// The name of the only keyring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TheKeyring;

impl Display for TheKeyring {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("keyring")
    }
}

impl Object for Keyring {
    const BINDING: &'static str = "KEYRING";
    type Name = TheKeyring;
    type Command = KeyringCommand;
}

/// Any command to the keyring's object, in its wire form.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyringCommand {
    /// Returns the current keys.
    Open(OpenKeyring),
    /// Rotates keys out of turn.
    Rotate(RotateKeys),
}

/// See [`KeyringCommand::Open`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OpenKeyring {}

impl From<OpenKeyring> for KeyringCommand {
    fn from(command: OpenKeyring) -> Self {
        Self::Open(command)
    }
}

impl From<RotateKeys> for KeyringCommand {
    fn from(order: RotateKeys) -> Self {
        Self::Rotate(order)
    }
}

impl Command for RotateKeys {
    type To = Keyring;
    type Reply = KeysRotated;
}

impl Command for OpenKeyring {
    type To = Keyring;
    type Reply = Opened;
}

/// The current keys. This reply contains secrets and never leaves the worker.
#[derive(Debug, Serialize, Deserialize)]
pub struct Opened {
    /// Keys with which objects sign.
    pub signers: Signers,
    /// The published keys.
    pub public: PublicKeySet,
}
