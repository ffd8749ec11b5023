//! The states of a registration, by their names in the edge's HTTP interface.

use serde::{Deserialize, Serialize};

/// The state of a registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegistrationState {
    /// The requester has to confirm the mail address.
    AwaitingAddress,
    /// The administrators have been asked.
    AwaitingApproval,
    /// Approved; the activation code is in the requester's mail.
    AwaitingCode,
    /// Complete; tokens can be collected.
    Activated,
    /// Tokens have been collected.
    Redeemed,
    /// An administrator refused.
    Refused,
    /// The requester withdrew it.
    Withdrawn,
    /// Nobody decided, or nobody entered the code, in time.
    Expired,
    /// Too many wrong codes.
    Failed,
    /// A state this version does not know.
    #[serde(other)]
    Unknown,
}

impl RegistrationState {
    /// The name in the HTTP interface.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AwaitingAddress => "awaiting_address",
            Self::AwaitingApproval => "awaiting_approval",
            Self::AwaitingCode => "awaiting_code",
            Self::Activated => "activated",
            Self::Redeemed => "redeemed",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }

    /// Whether the registration can no longer lead to tokens.
    pub fn is_over(self) -> bool {
        matches!(
            self,
            Self::Redeemed | Self::Refused | Self::Withdrawn | Self::Expired | Self::Failed
        )
    }
}
