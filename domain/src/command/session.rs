//! Commands to a session's object, and its reports to the tenant.

use serde::{Deserialize, Serialize};

use crate::agent::AgentReport;
use crate::email::EmailAddress;
use crate::id::{AgentId, LaunchId};
use crate::jwk::Thumbprint;
use crate::secret::PlainSessionTicket;
use crate::session::files::FilePolicy;
use crate::session::party::Guest;
use crate::session::{Ability, SessionEnd, SessionNumber, SessionReport, Supporter};
use crate::slug::Slug;
use crate::text::{OrganizationName, SessionTitle};
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

/// What a session is on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionOn {
    /// One piece of equipment, whose agent takes part.
    Equipment {
        /// The name of the equipment.
        equipment: String,
        /// Its serial number.
        serial_number: String,
        /// The agent.
        agent: AgentId,
        /// Thumbprint of the agent's key.
        jkt: Thumbprint,
        /// What the agent told of itself.
        report: AgentReport,
    },
    /// The screens of people at the customer, who take part themselves. Nobody gets in before the first of them has
    /// consented.
    Attended {
        /// What it is about.
        title: SessionTitle,
    },
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
    /// The launch, or the attended session.
    pub launch: LaunchId,
    /// What it is on.
    pub on: SessionOn,
    /// Which files may be exchanged.
    pub files: FilePolicy,
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

/// Lets somebody at the customer into an attended session: they have just pressed 「参加する」, and the customer's tenant has
/// recorded their consent. The first consent opens the session to the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdmitGuest {
    /// The tenant's voucher.
    pub voucher: GuestVoucher,
}

/// A customer's word for somebody who has consented, under a MAC of the link key; good once and for a minute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuestVoucher {
    /// The person.
    pub by: Guest,
    /// The customer's tenant.
    pub tenant: Slug,
    /// The attended session.
    pub launch: LaunchId,
    /// Its number.
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

/// Somebody has typed ID and password of an attended session, on the page of a provider that has counted the try. For
/// the right password the answer says which session it is; it lets nobody in.
#[derive(Clone, Serialize, Deserialize)]
pub struct KnockSession {
    /// The provider's voucher.
    pub voucher: KnockVoucher,
    /// The password as typed.
    pub password: String,
}

/// A provider's word that a try was counted, under a MAC of the link key; good once and for a minute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnockVoucher {
    /// The provider.
    pub provider: Slug,
    /// The session.
    pub number: SessionNumber,
    /// The network address of who tries.
    pub client: String,
    /// Expiry.
    pub expires_at: UnixSeconds,
    /// Unique ID of the voucher.
    pub jti: String,
    /// ID of the link key.
    pub kid: String,
    /// HMAC-SHA256 over all other members, base64url.
    pub mac: String,
}

/// The attended session behind an ID and a password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Knocked {
    /// The customer's tenant.
    pub tenant: Slug,
    /// The attended session.
    pub launch: LaunchId,
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
    /// The launch, or the attended session.
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
    /// Somebody at the customer joins an attended session.
    AdmitGuest -> SessionTicket;
    /// Somebody has typed its ID and password.
    KnockSession -> Knocked;
}

/// The password is a secret: only the session's number may be printed.
impl core::fmt::Debug for JoinSession {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "JoinSession({})", self.voucher.number)
    }
}

impl core::fmt::Debug for KnockSession {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "KnockSession({})", self.voucher.number)
    }
}
