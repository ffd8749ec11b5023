//! Login commands (C1, C2). The route compares the password, not the tenant's object: the comparison is deliberately
//! slow, and the object serves one request at a time.

use serde::{Deserialize, Serialize};

use crate::locale::Locale;
use crate::panel::me::SessionView;
use crate::panel::passkeys::Answer;
use crate::passkey::CredentialId;
use crate::password::{HashedPassword, Verified};
use crate::secret::PlainSessionToken;

/// See [`super::TenantCommand::StartLogin`]. The reply does not reveal whether the account exists.
#[derive(Clone, Serialize, Deserialize)]
pub struct StartLogin {
    /// Login name, as typed.
    pub account: String,
    /// The client's network address.
    pub client: String,
}

/// See [`super::TenantCommand::FinishLogin`].
#[derive(Clone, Serialize, Deserialize)]
pub struct FinishLogin {
    /// Login name, as typed.
    pub account: String,
    /// Result of the comparison; `None` when the password was wrong.
    pub verified: Option<Verified>,
    /// The client's network address.
    pub client: String,
    /// The browser's `User-Agent`.
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
    /// Credential ID.
    pub credential: CredentialId,
    /// The client's network address.
    pub client: String,
}

/// See [`super::TenantCommand::FinishPasskeyLogin`].
#[derive(Clone, Serialize, Deserialize)]
pub struct FinishPasskeyLogin {
    /// The authenticator's answer.
    pub answer: Answer,
    /// The client's network address.
    pub client: String,
    /// The browser's `User-Agent`.
    pub agent: String,
}

/// A new session.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignedIn {
    /// Value of the session cookie.
    pub token: PlainSessionToken,
    /// The session with its user.
    pub session: SessionView,
}

/// See [`super::TenantCommand::RequestReset`]. The reply does not reveal whether the account exists.
#[derive(Clone, Serialize, Deserialize)]
pub struct RequestReset {
    /// Login name, as typed.
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

/// Details of the account, against which the route checks the new password.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ResetOpened {
    /// Names of the account's holder; the new password must not be made up of them.
    pub context: Vec<String>,
    /// The holder's language.
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
