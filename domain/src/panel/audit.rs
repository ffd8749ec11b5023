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
    "The audit log"
    List -> Page<NamedEntry> {
        /// Who acted: an id, or a kind such as `approver`.
        #[serde(default)]
        actor: Option<ActorFilter>,
        /// To what: `device/{id}`, or `device/` for every device.
        #[serde(default)]
        object: Option<ObjectFilter>,
        /// What was done: `approval.decide`, or `approval.` for all that begins so.
        #[serde(default)]
        action: Option<ActionFilter>,
        /// Not before this instant.
        #[serde(default, deserialize_with = "instant")]
        from: Option<UnixSeconds>,
        /// Before this instant.
        #[serde(default, deserialize_with = "instant")]
        to: Option<UnixSeconds>,
        /// The newest or the oldest first.
        #[serde(default)]
        order: Order,
        /// Where to begin.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("list_audit", Right::AuditRead).reading();

    "Signed heads of the audit log, newest first"
    Heads -> Page<AuditHead> {
        /// Where to begin.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("list_audit_heads", Right::AuditRead).reading();
}

/// An entry of the audit log, with what actor and object are called.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NamedEntry {
    /// The entry.
    #[serde(flatten)]
    pub entry: AuditEntry,
    /// The name of the actor, where it is a user of this tenant. No part of the log: it is today's.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub actor_name: Option<PersonName>,
    /// What the object is called, where it has a name and still exists: a person, a person and their PC, an organisation, a
    /// subject, a customer. No part of the log: it is today's.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub object_name: Option<String>,
}
