//! The audit log.

use serde::{Deserialize, Serialize};

use crate::audit::AuditEntry;
use crate::audit::filter::{ActionFilter, ActorFilter, ObjectFilter};
use crate::audit::head::AuditHead;
use crate::right::Right;
use crate::text::PersonName;
use crate::time::UnixSeconds;
use crate::wire::page::Page;

use super::lists::{Order, instant};

actions! {
    "Lists the entries of the audit log"
    List -> Page<NamedEntry> {
        /// Filter by actor: an ID, or a kind such as `approver`.
        #[serde(default)]
        actor: Option<ActorFilter>,
        /// Filter by object: `device/{id}`, or `device/` for every device.
        #[serde(default)]
        object: Option<ObjectFilter>,
        /// Filter by action: `approval.decide`, or `approval.` for every action with that prefix.
        #[serde(default)]
        action: Option<ActionFilter>,
        /// Start of the period, inclusive.
        #[serde(default, deserialize_with = "instant")]
        from: Option<UnixSeconds>,
        /// End of the period, exclusive.
        #[serde(default, deserialize_with = "instant")]
        to: Option<UnixSeconds>,
        /// Sort order by time.
        #[serde(default)]
        order: Order,
        /// Cursor from the previous page.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("list_audit", Right::AuditRead).reading();

    "Lists the signed heads of the audit log, newest first"
    Heads -> Page<AuditHead> {
        /// Cursor from the previous page.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("list_audit_heads", Right::AuditRead).reading();
}

/// An audit log entry with the current names of its actor and object.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NamedEntry {
    /// The entry.
    #[serde(flatten)]
    pub entry: AuditEntry,
    /// Current name of the actor, if it is a user of this tenant, or their name in the session that the entry is about. The
    /// name is not part of the log.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub actor_name: Option<PersonName>,
    /// Current name of the object, if it has one and still exists: of a person, a person and their PC, an organisation,
    /// a subject or a customer. The name is not part of the log.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub object_name: Option<String>,
}
