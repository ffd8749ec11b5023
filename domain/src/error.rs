//! Why something was refused. These errors know no HTTP: `routes` maps each to an answer in one place.

use serde::{Deserialize, Serialize};

use crate::right::Right;

/// A field whose value cannot be taken, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{field}: {detail}")]
pub struct FieldError {
    /// The field's name as the caller wrote it, e.g. `email`.
    pub field: String,
    /// What would be right, in English, for the caller's programmer.
    pub detail: String,
}

impl FieldError {
    /// A refusal of `field`.
    #[must_use]
    pub fn new(field: &str, detail: &str) -> Self {
        Self {
            field: field.to_owned(),
            detail: detail.to_owned(),
        }
    }

    /// The same refusal under another field name, for a value nested in a larger document.
    #[must_use]
    pub fn within(self, outer: &str) -> Self {
        Self {
            field: format!("{outer}.{}", self.field),
            detail: self.detail,
        }
    }
}

/// Why a command was not carried out. Nothing was changed, except where a variant says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// There is no such tenant, or it is closed to this caller.
    #[error("no such tenant")]
    UnknownTenant,
    /// The tenant is suspended by its operator.
    #[error("the tenant is suspended")]
    Suspended,
    /// A tenant of this name exists.
    #[error("a tenant with this slug exists")]
    SlugTaken,
    /// An account of this name exists in the tenant.
    #[error("an account with this name exists")]
    AccountTaken,
    /// A value cannot be taken.
    #[error(transparent)]
    Invalid(FieldError),
    /// Too many requests of this kind; try again after the given seconds.
    #[error("too many requests; try again in {retry_after} s")]
    TooMany {
        /// Seconds to wait.
        retry_after: i64,
    },
    /// The thing named does not exist here.
    #[error("not found")]
    NotFound,
    /// The thing named exists in a state that does not allow this.
    #[error("the current state does not allow this")]
    Conflict,
    /// The client is not one of the tenant's.
    #[error("unknown client")]
    UnknownClient,
    /// A link that this deployment did not make, or that is too old to show anything.
    #[error("the link is not valid")]
    BadLink,
    /// The confirmation was not ticked (B1).
    #[error("the confirmation is missing")]
    NotConfirmed,
    /// A person must log in for this: tenant policy asks its approvers to, and no token holds the right to decide.
    #[error("a person must log in for this")]
    LoginRequired,
    /// Somebody else than the approver has logged in (tenant policy).
    #[error("another account is logged in here; log in as whom the mail was sent to")]
    OtherAccount,
    /// The account name, the password or the passkey is wrong. The try was counted.
    #[error("the account name, the password or the passkey is wrong")]
    WrongCredentials,
    /// No session, no token, or one that has ended.
    #[error("log in first")]
    NotSignedIn,
    /// Whoever asks may not do this.
    #[error("the account, or what the token was given, does not allow this")]
    Forbidden,
    /// The account may do this, and the token was not given the scope (RFC 6750 section 3.1).
    #[error("the token lacks the scope {}", scope.name())]
    InsufficientScope {
        /// What it takes.
        scope: Right,
    },
    /// The first password has to be replaced before anything else.
    #[error("set a password of your own first")]
    NewPasswordRequired,
    /// The password or a passkey was last given too long ago for this.
    #[error("log in again first, with the password or a passkey")]
    FreshLoginRequired,
    /// The account takes a passkey besides the password, and it is still to come.
    #[error("use a passkey first")]
    PasskeyRequired,
    /// The account takes the password besides a passkey.
    #[error("log in with the password first")]
    PasswordRequired,
    /// The account has no passkey.
    #[error("add a passkey first")]
    NoPasskey,
    /// The account takes a passkey, and this is its last one.
    #[error("the last passkey stays as long as the account takes one")]
    LastPasskey,
    /// Somebody else has changed it since.
    #[error("it was changed since; look at it as it is now")]
    Changed {
        /// As it is now.
        current: serde_json::Value,
    },
    /// It would leave the tenant without a system administrator (C5).
    #[error("the last system administrator stays")]
    LastAdministrator,
    /// All support options of the contract are given (C6).
    #[error("all five support options are given")]
    SupportOptionsUsedUp,
    /// Users or organisations still belong to it.
    #[error("users or organisations still belong to it")]
    NotEmpty,
    /// RFC 8628: nobody has decided yet, or the activation code is still to come.
    #[error("authorization pending")]
    AuthorizationPending,
    /// RFC 8628: polled faster than the interval.
    #[error("slow down")]
    SlowDown,
    /// RFC 8628: refused, withdrawn, or failed.
    #[error("access denied")]
    AccessDenied,
    /// RFC 8628: the device code has run out.
    #[error("expired")]
    ExpiredToken,
    /// RFC 6749: the grant is not valid (unknown, used, revoked, or issued to another).
    #[error("invalid grant")]
    InvalidGrant,
    /// The activation code was wrong. The try was counted.
    #[error("wrong activation code, {tries_left} tries left")]
    WrongCode {
        /// How many tries remain.
        tries_left: u32,
    },
    /// RFC 9449: the proof was used before.
    #[error("the DPoP proof was used before")]
    ReplayedProof,
    /// RFC 9449: the grant is bound to a key and the proof is missing or made with another.
    #[error("prove the key that this is bound to (DPoP, RFC 9449)")]
    WrongKey,
    /// RFC 9449: the tenant gives tokens only to who proves a key.
    #[error("this tenant asks for a key: prove one (DPoP, RFC 9449)")]
    KeyRequired,
    /// The store failed. Nothing was written.
    #[error("storage failed")]
    Storage,
}

impl From<FieldError> for Refusal {
    fn from(error: FieldError) -> Self {
        Self::Invalid(error)
    }
}
