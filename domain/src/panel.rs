//! The actions of administrators, in the panel and its API: each with its input and its reply. Every resource has a
//! file that declares its actions with their types. An action arrives at the tenant's object as JSON, with the sender's
//! credential. The object identifies the sender, checks their permission, and only then reads the input, so there is
//! one write and one reply.

#[macro_use]
mod declare;

pub mod accounts;
pub mod applications;
pub mod appointments;
pub mod attended;
pub mod audit;
pub mod desk;
pub mod devices;
pub mod enrolments;
pub mod equipment;
pub mod events;
pub mod export;
pub mod face;
pub mod inquiries;
pub mod launches;
pub mod lists;
pub mod mails;
pub mod me;
pub mod organizations;
pub mod overview;
pub mod passkeys;
pub mod policies;
pub mod questions;
pub mod registrations;
pub mod tokens;
pub mod users;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::console_session::SessionState;
use crate::right::Right;
#[cfg(feature = "openapi")]
use crate::schema::{self, NamedSchema, Schemas};
use crate::secret::{HashedSecret, PlainPersonalToken, PlainSessionToken};

/// The credential sent with an action.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Credential {
    /// A browser's cookie.
    Session(PlainSessionToken),
    /// A personal access token.
    Token(PlainPersonalToken),
}

/// See [`crate::command::TenantCommand::Panel`].
#[derive(Clone, Serialize, Deserialize)]
pub struct Panel {
    /// The sender's credential.
    pub credential: Credential,
    /// The client's network address.
    pub client: String,
    /// The name of the action.
    pub action: String,
    /// The action's input as it was sent; it is parsed where its type is known.
    pub input: Box<RawValue>,
    /// The hash of the request's `Idempotency-Key`.
    pub idempotency_key: Option<HashedSecret>,
    /// Whether the request only checks if the action is permitted now, before expensive work is done for it.
    #[serde(default)]
    pub only_check: bool,
}

impl core::fmt::Debug for Panel {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Panel({})", self.action)
    }
}

/// An action's input, with the type of its reply and the action's description.
pub trait Act: DeserializeOwned {
    /// The reply.
    type Reply: Serialize;
    /// The action's description.
    const ACTION: &'static Action;
    /// The action's name in commands.
    const NAME: &'static str = Self::ACTION.name;
}

/// The description of an action: its requirements and its effects. Each is declared once, in the file of its resource.
#[derive(Debug, Clone, Copy)]
pub struct Action {
    /// The action's name in commands.
    pub name: &'static str,
    /// One sentence on what it does.
    pub summary: &'static str,
    /// The right it requires.
    pub right: Right,
    /// Whether it also requires the right of another action, which its input names; that right is checked when the
    /// input is read.
    pub deferred: bool,
    /// Whether it requires a password or a passkey given recently.
    pub fresh: bool,
    /// Whether its reply is stored under the request's `Idempotency-Key` and returned again when the key is repeated.
    pub repeatable: bool,
    /// Whether it leaves nothing to do later: neither a delivery nor an entry that waits for its signed head.
    pub quiet: bool,
    /// Whether it may change data that the edge caches: the directory or the revocations.
    pub touches_copies: bool,
    /// Whether its input may contain files, and may therefore be as large as they are.
    pub with_files: bool,
    /// The session state, besides the signed-in one, in which it is permitted.
    pub step_of: Option<SessionState>,
    /// Whether it is permitted in a session of any state and while the tenant is suspended, so that the user can see
    /// the state and log out.
    pub always: bool,
    /// The names of the audit log entries it may write, the usual one first. Empty if it writes none.
    pub entries: &'static [&'static str],
    /// The schemas of its input and of its reply.
    #[cfg(feature = "openapi")]
    pub schemas: fn(&mut Schemas) -> (NamedSchema, NamedSchema),
}

impl Action {
    /// An action that requires `right` and nothing else, and writes no audit entry.
    const fn new(name: &'static str, right: Right) -> Self {
        Self {
            name,
            summary: "",
            right,
            deferred: false,
            fresh: false,
            repeatable: false,
            quiet: false,
            touches_copies: false,
            with_files: false,
            step_of: None,
            always: false,
            entries: &[],
            #[cfg(feature = "openapi")]
            schemas: undescribed,
        }
    }

    const fn deferred(mut self) -> Self {
        self.deferred = true;
        self
    }

    const fn fresh(mut self) -> Self {
        self.fresh = true;
        self
    }

    const fn repeatable(mut self) -> Self {
        self.repeatable = true;
        self
    }

    const fn reading(mut self) -> Self {
        self.quiet = true;
        self
    }

    const fn touching_copies(mut self) -> Self {
        self.touches_copies = true;
        self
    }

    const fn with_files(mut self) -> Self {
        self.with_files = true;
        self
    }

    const fn step_of(mut self, state: SessionState) -> Self {
        self.step_of = Some(state);
        self
    }

    const fn always(mut self) -> Self {
        self.always = true;
        self
    }

    const fn entering(mut self, entries: &'static [&'static str]) -> Self {
        self.entries = entries;
        self
    }

    /// Whether the session state permits it; rights and freshness are checked separately.
    #[must_use]
    pub fn fits(&self, state: SessionState) -> bool {
        self.always || state == SessionState::SignedIn || self.step_of == Some(state)
    }

    /// The usual name of its audit log entry. `Visitor::audit` compiles only for actions that declare one; for the
    /// others this is the action's own name.
    #[must_use]
    pub const fn entry(&self) -> &'static str {
        match self.entries {
            [first, ..] => first,
            [] => self.name,
        }
    }
}

/// Every action, by resource.
const RESOURCES: [&[&Action]; 24] = [
    me::ACTIONS,
    passkeys::ACTIONS,
    tokens::ACTIONS,
    overview::ACTIONS,
    registrations::ACTIONS,
    questions::ACTIONS,
    launches::ACTIONS,
    appointments::ACTIONS,
    attended::ACTIONS,
    devices::ACTIONS,
    equipment::ACTIONS,
    enrolments::ACTIONS,
    organizations::ACTIONS,
    users::ACTIONS,
    accounts::ACTIONS,
    audit::ACTIONS,
    export::ACTIONS,
    policies::ACTIONS,
    face::ACTIONS,
    events::ACTIONS,
    inquiries::ACTIONS,
    desk::ACTIONS,
    applications::ACTIONS,
    mails::ACTIONS,
];

/// Every action.
pub fn actions() -> impl Iterator<Item = &'static Action> {
    RESOURCES.iter().copied().flatten().copied()
}

/// The action named `name`.
#[must_use]
pub fn described(name: &str) -> Option<&'static Action> {
    actions().find(|action| action.name == name)
}

#[cfg(feature = "openapi")]
fn undescribed(into: &mut Schemas) -> (NamedSchema, NamedSchema) {
    (schema::of::<()>(into), schema::of::<()>(into))
}

/// The schemas of an action. The input's schema is named after the action, because inputs of several resources share
/// their types' names.
#[cfg(feature = "openapi")]
fn schemas_of<A>(into: &mut Schemas) -> (NamedSchema, NamedSchema)
where
    A: Act + utoipa::ToSchema,
    A::Reply: utoipa::ToSchema,
{
    let words = A::NAME.split('_');
    let name = words.flat_map(|word| {
        word.chars()
            .take(1)
            .flat_map(char::to_uppercase)
            .chain(word.chars().skip(1))
    });
    ((name.collect(), schema::of::<A>(into).1), schema::of::<A::Reply>(into))
}

#[cfg(test)]
mod tests {
    use super::{actions, described};

    #[test]
    fn each_action_has_a_name_of_its_own() {
        for one in actions() {
            assert!(core::ptr::eq(described(one.name).unwrap(), one), "{}", one.name);
        }
    }

    #[test]
    fn what_leaves_an_entry_is_not_quiet() {
        for one in actions() {
            assert!(
                !one.quiet || (one.entries.is_empty() && !one.touches_copies),
                "{}",
                one.name
            );
        }
    }
}
