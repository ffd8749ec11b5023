//! Reasons for refusing a request. These errors know no HTTP: `routes` maps each to a response in one place.

use serde::{Deserialize, Serialize};

use crate::appointment::TimeAsked;
use crate::launch::Obstacle;
use crate::right::Right;

/// A field with an invalid value, and what would be valid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{field}: {detail}")]
pub struct FieldError {
    /// The field's name as the caller wrote it, e.g. `email`.
    pub field: String,
    /// What would be valid, in English, for the developer of the calling program.
    pub detail: String,
}

impl FieldError {
    /// An error on `field`.
    #[must_use]
    pub fn new(field: &str, detail: &str) -> Self {
        Self {
            field: field.to_owned(),
            detail: detail.to_owned(),
        }
    }

    /// The same error under another field name, for a value nested in a larger document.
    #[must_use]
    pub fn within(self, outer: &str) -> Self {
        Self {
            field: format!("{outer}.{}", self.field),
            detail: self.detail,
        }
    }
}

/// Why a command was not carried out. Nothing was changed, unless a variant says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// There is no such tenant, or it is closed to this caller.
    #[error("no such tenant")]
    UnknownTenant,
    /// The operator has suspended the tenant.
    #[error("the tenant is suspended")]
    Suspended,
    /// A tenant with this slug exists.
    #[error("a tenant with this slug exists")]
    SlugTaken,
    /// An account with this name exists in the tenant.
    #[error("an account with this name exists")]
    AccountTaken,
    /// Equipment in use has this serial number.
    #[error("equipment in use has this serial number")]
    SerialNumberTaken,
    /// Invalid value.
    #[error(transparent)]
    Invalid(FieldError),
    /// Too many requests of this kind; try again after the given seconds.
    #[error("too many requests; try again in {retry_after} s")]
    TooMany {
        /// Seconds to wait.
        retry_after: i64,
    },
    /// The named record does not exist here.
    #[error("not found")]
    NotFound,
    /// The named record is in a state that does not allow this.
    #[error("the current state does not allow this")]
    Conflict,
    /// Remote support cannot be requested or executed on the equipment now.
    #[error("remote support is not possible now: {}", .0.name())]
    Blocked(Obstacle),
    /// The client is not one of the tenant's.
    #[error("unknown client")]
    UnknownClient,
    /// The link was not made by this deployment, or is too old to show anything.
    #[error("the link is not valid")]
    BadLink,
    /// The confirmation box was not ticked (B1).
    #[error("the confirmation is missing")]
    NotConfirmed,
    /// A person must log in for this: the tenant's policy requires it of approvers, and no token can hold the right to
    /// decide.
    #[error("a person must log in for this")]
    LoginRequired,
    /// Someone other than the approver is logged in (tenant policy).
    #[error("another account is logged in; log in with the account of the person the mail was sent to")]
    OtherAccount,
    /// The account name, the password or the passkey is wrong. The attempt was counted.
    #[error("the account name, the password or the passkey is wrong")]
    WrongCredentials,
    /// There is no session or token, or it has expired.
    #[error("log in first")]
    NotSignedIn,
    /// The caller does not have the required permission.
    #[error("the account or the token does not have permission for this")]
    Forbidden,
    /// The account may do this, but the token lacks the scope for it (RFC 6750 section 3.1).
    #[error("the token lacks the scope {}", scope.name())]
    InsufficientScope {
        /// The required scope.
        scope: Right,
    },
    /// The first password has to be replaced before anything else.
    #[error("set a password of your own first")]
    NewPasswordRequired,
    /// The password or a passkey was last given too long ago for this.
    #[error("log in again first, with the password or a passkey")]
    FreshLoginRequired,
    /// The account requires a passkey in addition to the password, and none has been given yet.
    #[error("use a passkey first")]
    PasskeyRequired,
    /// The account requires the password in addition to a passkey.
    #[error("log in with the password first")]
    PasswordRequired,
    /// The account has no passkey.
    #[error("add a passkey first")]
    NoPasskey,
    /// The account requires a passkey, and this is its last one.
    #[error("the last passkey cannot be removed while the account requires one")]
    LastPasskey,
    /// Somebody else has changed the record in the meantime.
    #[error("somebody has changed it in the meantime; review its current state")]
    Changed {
        /// The current record.
        current: serde_json::Value,
    },
    /// It would leave the tenant without a system administrator (C5).
    #[error("the tenant must keep at least one system administrator")]
    LastAdministrator,
    /// All support options of the contract are assigned (C6).
    #[error("all five support options are assigned")]
    SupportOptionsUsedUp,
    /// The organisation still has users, equipment or organisations in it.
    #[error("users, equipment or organisations still belong to it")]
    NotEmpty,
    /// RFC 8628: nobody has decided yet, or the activation code has not been entered yet.
    #[error("authorization pending")]
    AuthorizationPending,
    /// RFC 8628: polled faster than the interval.
    #[error("slow down")]
    SlowDown,
    /// RFC 8628: refused, withdrawn, or failed.
    #[error("access denied")]
    AccessDenied,
    /// RFC 8628: the device code has expired.
    #[error("expired")]
    ExpiredToken,
    /// RFC 6749: the grant is invalid (unknown, used, revoked, or issued to another client).
    #[error("invalid grant")]
    InvalidGrant,
    /// The activation code was wrong. The attempt was counted.
    #[error("wrong activation code, {tries_left} tries left")]
    WrongCode {
        /// Number of remaining attempts.
        tries_left: u32,
    },
    /// RFC 9449: the proof was used before.
    #[error("the DPoP proof was used before")]
    ReplayedProof,
    /// RFC 9449: the grant is bound to a key, and the proof is missing or was made with another key.
    #[error("send a DPoP proof made with the key that the grant is bound to (RFC 9449)")]
    WrongKey,
    /// RFC 9449: the tenant issues tokens only to clients that prove possession of a key.
    #[error("this tenant requires a DPoP proof (RFC 9449)")]
    KeyRequired,
    /// The number or the password of a session is wrong, or nobody can join it any more. The try was counted.
    #[error("the session's number or password is wrong, or the session has ended")]
    WrongSession,
    /// Nobody at the customer has consented yet to the attended session.
    #[error("nobody at the customer has joined the session yet")]
    Unconsented,
    /// The attended session's number is still being claimed.
    #[error("the session is being opened; try again in a second")]
    NotOpenYet,
    /// The attended session is over.
    #[error("the session is over")]
    SessionOver,
    /// The wall-clock time does not exist in the zone: clocks are put forward over it.
    #[error("the clocks are put forward over this time; choose another")]
    NoSuchTime {
        /// What may be meant.
        choices: Vec<TimeAsked>,
    },
    /// The wall-clock time exists twice in the zone, because clocks are put back, and the request does not say which is
    /// meant.
    #[error("the clocks are put back over this time, so it exists twice; say which one is meant")]
    TimeTwice {
        /// What may be meant.
        choices: Vec<TimeAsked>,
    },
    /// The store failed. Nothing was written.
    #[error("storage failed")]
    Storage,
}

impl From<FieldError> for Refusal {
    fn from(error: FieldError) -> Self {
        Self::Invalid(error)
    }
}
