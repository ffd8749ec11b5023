//! Commands to the keyring's object and their replies.

use serde::{Deserialize, Serialize};

use crate::jwk::PublicKeySet;
use crate::keyring::{KeysRotated, RotateKeys, Signers};
use crate::object;

/// Any command to the keyring's object, as it travels.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyringCommand {
    /// The keys of this moment.
    Open(OpenKeyring),
    /// A rotation out of turn.
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

impl object::Command for RotateKeys {
    type To = object::Keyring;
    type Reply = KeysRotated;
}

impl object::Command for OpenKeyring {
    type To = object::Keyring;
    type Reply = Opened;
}

/// The keys of a moment. It holds secrets and never leaves the worker.
#[derive(Debug, Serialize, Deserialize)]
pub struct Opened {
    /// What objects sign with.
    pub signers: Signers,
    /// What everybody may see.
    pub public: PublicKeySet,
}
