//! Passkeys of one's own (C2).

use crate::console_session::SessionState;
use crate::id::PasskeyId;
use crate::passkey::options::{PasskeyCreation, PasskeyRequest};
use crate::passkey::{Challenge, CredentialId, PasskeyName, PasskeyView};
use crate::right::Right;
use crate::wire::page::Page;

use super::me::SessionView;

actions! {
    "Asks for an answer with one of my passkeys: the second step of a login, or a login given lately"
    StartCheck -> PasskeyRequest {}
    = Action::new("start_passkey_check", Right::Own).step_of(SessionState::Passkey);

    "Looks up my passkey's public key to check an answer with, and counts the try"
    Find -> Option<String> {
        /// The credential.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        credential: CredentialId,
    }
    = Action::new("find_own_passkey", Right::Own).step_of(SessionState::Passkey);

    "Takes an answer with my passkey"
    Answer -> SessionView {
        /// The credential.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        credential: CredentialId,
        /// The challenge that was signed.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        challenge: Challenge,
        /// What the check gave: the JSON of [`crate::passkey::Asserted`]; `None` when it failed.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        asserted: Option<String>,
    }
    = Action::new("finish_passkey_check", Right::Own).step_of(SessionState::Passkey).entering(&["session.create", "session.authenticate"]);

    "My passkeys"
    List -> Page<PasskeyView> {}
    = Action::new("list_passkeys", Right::Own).reading();

    "Asks for a new passkey"
    Start -> PasskeyCreation {}
    = Action::new("start_passkey", Right::Own).fresh();

    "Adds a passkey"
    Add -> PasskeyView {
        /// What it is called.
        name: PasskeyName,
        /// The challenge that was answered.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        challenge: Challenge,
        /// What the check gave: the JSON of [`crate::passkey::Attested`]; `None` when it failed.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        attested: Option<String>,
    }
    = Action::new("add_passkey", Right::Own).fresh().entering(&["passkey.add"]);

    "Renames one of my passkeys"
    Rename -> PasskeyView {
        /// Which.
        id: PasskeyId,
        /// What it is called.
        name: PasskeyName,
    }
    = Action::new("rename_passkey", Right::Own).entering(&["passkey.rename"]);

    "Removes one of my passkeys"
    Remove -> () {
        /// Which.
        id: PasskeyId,
    }
    = Action::new("remove_passkey", Right::Own).fresh().entering(&["passkey.remove"]);

    "Says whether my login takes a passkey besides the password"
    SetSecondFactor -> SessionView {
        /// Whether it does.
        required: bool,
    }
    = Action::new("set_second_factor", Right::Own).fresh().entering(&["account.second_factor"]);
}
