//! Logging in (C1, C2). The password is compared where requests are answered, not in the tenant's object: it takes long on
//! purpose, and the object answers one request at a time.

use serde::{Deserialize, Serialize};

use crate::locale::Locale;
use crate::panel::me::SessionView;
use crate::panel::passkeys::Answer;
use crate::passkey::CredentialId;
use crate::password::{HashedPassword, Verified};
use crate::secret::PlainSessionToken;

/// See [`super::TenantCommand::StartLogin`]. Answered alike whether or not there is such an account.
#[derive(Clone, Serialize, Deserialize)]
pub struct StartLogin {
    /// The account's name, as typed.
    pub account: String,
    /// The client's network address.
    pub client: String,
}

/// See [`super::TenantCommand::FinishLogin`].
#[derive(Clone, Serialize, Deserialize)]
pub struct FinishLogin {
    /// The account's name, as typed.
    pub account: String,
    /// What the comparison gave; `None` when the password was wrong.
    pub verified: Option<Verified>,
    /// The client's network address.
    pub client: String,
    /// The browser, as it calls itself.
    pub agent: String,
}

/// See [`super::TenantCommand::StartPasskeyLogin`].
#[derive(Clone, Serialize, Deserialize)]
pub struct StartPasskeyLogin {
    /// The client's network address.
    pub client: String,
}

/// See [`super::TenantCommand::FindPasskey`].
#[derive(Clone, Serialize, Deserialize)]
pub struct FindPasskey {
    /// The credential.
    pub credential: CredentialId,
    /// The client's network address.
    pub client: String,
}

/// See [`super::TenantCommand::FinishPasskeyLogin`].
#[derive(Clone, Serialize, Deserialize)]
pub struct FinishPasskeyLogin {
    /// The answer.
    pub answer: Answer,
    /// The client's network address.
    pub client: String,
    /// The browser, as it calls itself.
    pub agent: String,
}

/// A new session.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignedIn {
    /// Its cookie.
    pub token: PlainSessionToken,
    /// Whose it is.
    pub session: SessionView,
}

/// See [`super::TenantCommand::RequestReset`]. Answered alike whether or not there is such an account.
#[derive(Clone, Serialize, Deserialize)]
pub struct RequestReset {
    /// The account's name, as typed.
    pub account: String,
    /// The client's network address.
    pub client: String,
}

/// See [`super::TenantCommand::OpenReset`].
#[derive(Clone, Serialize, Deserialize)]
pub struct OpenReset {
    /// The link's token.
    pub token: String,
}

/// What a new password must not be made of.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ResetOpened {
    /// Names of the account's holder.
    pub context: Vec<String>,
    /// Their language.
    pub locale: Locale,
}

/// See [`super::TenantCommand::CompleteReset`].
#[derive(Clone, Serialize, Deserialize)]
pub struct CompleteReset {
    /// The link's token.
    pub token: String,
    /// The new password.
    pub password: HashedPassword,
    /// The client's network address.
    pub client: String,
}
