//! The sockets that end in an object, a tenant's or a session's: who asks for one, and whose it is.

use serde::{Deserialize, Serialize};

use crate::command::CheckedProof;
use crate::id::AgentId;
use crate::secret::{HashedSecret, PlainEventTicket, PlainSessionTicket};
use crate::session::relay::Seat;
use crate::slug::Slug;
use crate::time::UnixSeconds;

/// What a caller shows to open a socket. The edge has verified signatures; the object decides.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Admission {
    /// A console, with the ticket that its page fetched.
    Console(PlainEventTicket),
    /// An agent, with a live access token and a proof of its key.
    Agent(AgentId, CheckedProof),
    /// Somebody of this tenant, a member of the provider's staff or somebody at the customer, with the ticket that lets
    /// them into a session.
    Person(Slug, PlainSessionTicket),
}

/// Whose a socket is: what the platform keeps with it while the object sleeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// The console session stored under this hash.
    Console(HashedSecret),
    /// An agent, since the given time.
    Agent(AgentId, UnixSeconds),
    /// A participant of a session, with what its object has to remember of the connection.
    Participant(Seat),
}

/// A name under which the platform finds sockets again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tag(String);

impl Tag {
    /// Every console.
    #[must_use]
    pub fn consoles() -> Self {
        Self("consoles".to_owned())
    }

    /// Every agent.
    #[must_use]
    pub fn agents() -> Self {
        Self("agents".to_owned())
    }

    /// The agent with this id.
    #[must_use]
    pub fn agent(id: &AgentId) -> Self {
        Self(format!("agent/{id}"))
    }

    /// Every participant of a session.
    #[must_use]
    pub fn participants() -> Self {
        Self("participants".to_owned())
    }

    /// The participant of a session with this address.
    #[must_use]
    pub fn participant(address: u16) -> Self {
        Self(format!("participant/{address}"))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Holder {
    /// The tags of the holder's sockets.
    #[must_use]
    pub fn tags(&self) -> Vec<Tag> {
        match self {
            Self::Console(_) => vec![Tag::consoles()],
            Self::Agent(agent, _) => vec![Tag::agents(), Tag::agent(agent)],
            Self::Participant(seat) => vec![Tag::participants(), Tag::participant(seat.address)],
        }
    }
}
