//! Actions on one's own passkeys (C2).

use crate::console_session::SessionState;
use crate::id::PasskeyId;
use crate::passkey::options::{PasskeyCreation, PasskeyRequest};
use crate::passkey::{Challenge, CredentialId, PasskeyName, PasskeyView};
use crate::right::Right;
use crate::wire::page::Page;

use super::me::SessionView;

actions! {
    "Starts a passkey check: the second step of a login, or a fresh authentication"
    StartCheck -> PasskeyRequest {}
    = Action::new("start_passkey_check", Right::Own).step_of(SessionState::Passkey);

    "Returns the public key of one of the current user's passkeys and counts the attempt"
    Find -> Option<String> {
        /// Credential ID.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        credential: CredentialId,
    }
    = Action::new("find_own_passkey", Right::Own).step_of(SessionState::Passkey);

    "Records the result of a passkey check"
    Answer -> SessionView {
        /// Credential ID.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        credential: CredentialId,
        /// Challenge that was signed.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        challenge: Challenge,
        /// Result of the check as the JSON of [`crate::passkey::Asserted`]; `None` when it failed.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        asserted: Option<String>,
    }
    = Action::new("finish_passkey_check", Right::Own).step_of(SessionState::Passkey).entering(&["session.create", "session.authenticate"]);

    "Lists the current user's passkeys"
    List -> Page<PasskeyView> {}
    = Action::new("list_passkeys", Right::Own).reading();

    "Starts the creation of a passkey"
    Start -> PasskeyCreation {}
    = Action::new("start_passkey", Right::Own).fresh();

    "Adds a passkey"
    Add -> PasskeyView {
        /// Name of the passkey.
        name: PasskeyName,
        /// Challenge that was signed.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        challenge: Challenge,
        /// Result of the check as the JSON of [`crate::passkey::Attested`]; `None` when it failed.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        attested: Option<String>,
    }
    = Action::new("add_passkey", Right::Own).fresh().entering(&["passkey.add"]);

    "Renames one of the current user's passkeys"
    Rename -> PasskeyView {
        /// ID of the passkey.
        id: PasskeyId,
        /// Name of the passkey.
        name: PasskeyName,
    }
    = Action::new("rename_passkey", Right::Own).entering(&["passkey.rename"]);

    "Removes one of the current user's passkeys"
    Remove -> () {
        /// ID of the passkey.
        id: PasskeyId,
    }
    = Action::new("remove_passkey", Right::Own).fresh().entering(&["passkey.remove"]);

    "Sets whether login requires a passkey in addition to the password"
    SetSecondFactor -> SessionView {
        /// Whether a passkey is required.
        required: bool,
    }
    = Action::new("set_second_factor", Right::Own).fresh().entering(&["account.second_factor"]);
}
