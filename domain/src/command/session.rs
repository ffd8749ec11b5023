//! Commands to a session's object, and its reports to the tenant.

use serde::{Deserialize, Serialize};

use crate::agent::AgentReport;
use crate::email::EmailAddress;
use crate::id::{AgentId, LaunchId};
use crate::jwk::Thumbprint;
use crate::secret::PlainSessionTicket;
use crate::session::{Ability, SessionEnd, SessionNumber, SessionReport, Supporter};
use crate::slug::Slug;
use crate::text::OrganizationName;
use crate::time::UnixSeconds;
use crate::wire::object::{Command, Object};

/// One object per remote support session: who is in it, its password and tries, and what passes through it.
#[derive(Debug)]
pub enum Session {}

impl Object for Session {
    const BINDING: &'static str = "SESSION";
    type Name = SessionNumber;
    type Command = SessionCommand;
}

/// Opens the session: the first caller claims its number. Sent again for the same launch, it changes nothing. Sent by
/// another launch, it opens nothing, and the object reports [`SessionEvent::Taken`](crate::session::SessionEvent::Taken)
/// to that launch's tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenSession {
    /// The number; the object's own name.
    pub number: SessionNumber,
    /// The customer's tenant, which is told what happens.
    pub tenant: Slug,
    /// Its name.
    pub tenant_name: OrganizationName,
    /// The provider whose staff may join.
    pub provider: Slug,
    /// The launch.
    pub launch: LaunchId,
    /// The name of the equipment.
    pub equipment: String,
    /// Its serial number.
    pub serial_number: String,
    /// The agent, and the thumbprint of its key.
    pub agent: AgentId,
    /// Thumbprint of the agent's key.
    pub jkt: Thumbprint,
    /// What the agent told of itself.
    pub report: AgentReport,
    /// ID of the link key that password and hash are made with.
    pub kid: String,
    /// The password's keyed hash ([`SessionPassword::hashed`](crate::session::SessionPassword::hashed)).
    pub password_hash: String,
    /// What the desk can do.
    pub abilities: Vec<Ability>,
    /// End of the granted period.
    pub until: UnixSeconds,
}

/// Moves the end of the granted period, after another approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtendSession {
    /// The launch that the session was opened for.
    pub launch: LaunchId,
    /// The new end.
    pub until: UnixSeconds,
}

/// Ends the session. Ending it twice changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndSession {
    /// The launch that the session was opened for.
    pub launch: LaunchId,
    /// Why.
    pub why: SessionEnd,
}

/// A member of the desk's staff wants to join with the password. The provider's object has vouched for them, and counted
/// the try for the account and the address.
#[derive(Clone, Serialize, Deserialize)]
pub struct JoinSession {
    /// The provider's voucher.
    pub voucher: SessionVoucher,
    /// The password as typed.
    pub password: String,
}

/// A provider's word for a member of its staff who wants to join a session, under a MAC of the link key; good once and
/// for a minute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionVoucher {
    /// The person.
    pub by: Supporter,
    /// Their mail address.
    pub email: Option<EmailAddress>,
    /// The session.
    pub number: SessionNumber,
    /// Expiry.
    pub expires_at: UnixSeconds,
    /// Unique ID of the voucher.
    pub jti: String,
    /// ID of the link key.
    pub kid: String,
    /// HMAC-SHA256 over all other members, base64url.
    pub mac: String,
}

/// A ticket for the session's socket: single use, 30 s.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionTicket {
    /// The ticket.
    pub ticket: PlainSessionTicket,
    /// Seconds for which it is good.
    pub expires_in: i64,
}

/// A session's reports to its tenant, oldest first. The tenant ignores those that it has taken before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteSession {
    /// The launch.
    pub launch: LaunchId,
    /// The session's number.
    pub number: SessionNumber,
    /// The reports.
    pub reports: Vec<SessionReport>,
}

macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident -> $reply:ty;)*) => {
        /// Any command to a session's object.
        #[derive(Debug, Clone, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum SessionCommand {
            $($(#[$doc])* $name($name),)*
        }

        $(
            impl Command for $name {
                type To = Session;
                type Reply = $reply;
            }

            impl From<$name> for SessionCommand {
                fn from(command: $name) -> Self {
                    Self::$name(command)
                }
            }
        )*
    };
}

commands! {
    /// The tenant opens the session.
    OpenSession -> ();
    /// The tenant extends it.
    ExtendSession -> ();
    /// The tenant ends it.
    EndSession -> ();
    /// The desk joins.
    JoinSession -> SessionTicket;
}

/// The password is a secret: only the session's number may be printed.
impl core::fmt::Debug for JoinSession {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "JoinSession({})", self.voucher.number)
    }
}
