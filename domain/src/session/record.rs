//! What a session's object stores: the session itself, its participants, tickets and deeds. The wire forms are in
//! [`control`](super::control) and [`crate::command`].

use serde::{Deserialize, Serialize};

use crate::command::{OpenSession, SessionOn};
use crate::id::{AgentId, CommandId, LaunchId};
use crate::jwk::Thumbprint;
use crate::keyring::LinkKeys;
use crate::secret::HashedSecret;
use crate::session::control::{Deed, KnownDeed, Offered, Surface, WARNING};
use crate::session::files::{FileOffer, FilePolicy};
use crate::session::frame::AGENT;
use crate::session::party::{Machine, Party};
use crate::session::{Ability, DeedOutcome, NUMBER_KEPT, SessionNumber, SessionPassword, Supporter};
use crate::slug::Slug;
use crate::time::UnixSeconds;

/// Wrong passwords after which nobody can join by password any more.
pub const MOST_WRONG: i64 = 10;
/// Lifetime of a ticket in seconds.
pub const TICKET_LIFE: i64 = 30;
/// Most connections of the desk at a time.
pub const MOST_SUPPORTERS: usize = 8;
/// How often a person's connection is resumed. Each time is two entries in the audit log, and takes an address; whoever
/// needs more joins anew.
pub const MOST_RESUMES: u16 = 500;
/// Most connections of people at the customer at a time.
pub const MOST_GUESTS: usize = 16;
/// Most messages that are written in a session.
pub const MOST_CHATS: i64 = 2_000;
/// Most times that people begin or stop to share their screens in a session: each is in the audit log.
pub const MOST_SHARED: i64 = 1_000;
/// Most bytes of what was typed and shown in terminals that are kept with a session's record.
pub const MOST_TYPED: i64 = 4 * 1024 * 1024;
/// Most requests that wait for their outcome at a time.
pub const MOST_WAITING: usize = 8;
/// Most requests in a session.
pub const MOST_DEEDS: i64 = 500;

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A session, from the claim of its number until 30 days after its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRecord {
    /// Its number.
    pub number: SessionNumber,
    /// The customer's tenant.
    pub tenant: Slug,
    /// The launch, or the attended session, that it was opened for.
    pub launch: LaunchId,
    /// Number of its last report.
    pub reports: i64,
    /// What is deleted at its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub live: Option<Box<Live>>,
    /// Time of its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<UnixSeconds>,
}

/// A session that has not ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Live {
    /// The provider whose staff may join.
    pub provider: Slug,
    /// The customer's name.
    pub tenant_name: String,
    /// The name of the equipment; empty in an attended session, like the next four.
    pub equipment: String,
    /// Its serial number.
    pub serial_number: String,
    /// The agent that may join.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<AgentId>,
    /// Thumbprint of its key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jkt: Option<Thumbprint>,
    /// The name of its machine.
    pub host_name: String,
    /// What an attended session is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Whether nobody has consented yet to an attended session.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub unconsented: bool,
    /// Which files may be exchanged.
    #[serde(default, skip_serializing_if = "is_default")]
    pub files: FilePolicy,
    /// When it was opened; 0 for one that was opened before this was noted.
    #[serde(default, skip_serializing_if = "is_default")]
    pub opened_at: UnixSeconds,
    /// The number of the last message that was written.
    #[serde(default, skip_serializing_if = "is_default")]
    pub chats: i64,
    /// How many files were offered, and how often somebody began or stopped to share their screen.
    #[serde(default, skip_serializing_if = "is_default")]
    pub offered: i64,
    /// See `offered`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub shared: i64,
    /// Bytes of the terminals' record so far.
    #[serde(default, skip_serializing_if = "is_default")]
    pub typed: i64,
    /// ID of the link key of the password's hash.
    pub kid: String,
    /// The password's keyed hash.
    pub password_hash: String,
    /// What the desk can do.
    pub abilities: Vec<Ability>,
    /// End of the granted period.
    pub until: UnixSeconds,
    /// Wrong passwords that the desk has given.
    pub wrong: i64,
    /// Wrong passwords that people at the customer have given, in an attended session.
    #[serde(default, skip_serializing_if = "is_default")]
    pub knocked: i64,
    /// Whether the participants were warned of the end.
    pub warned: bool,
    /// Whether the agent has joined.
    pub agent_joined: bool,
    /// Number of the agent's last connection.
    pub agent_connections: u16,
    /// Number of the last connection of a person, which is its address.
    pub connections: u16,
}

/// What became of a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tried {
    /// It is right.
    Right,
    /// It is wrong, or no password is right any more.
    Wrong,
    /// It is wrong, and was the last.
    Locked,
}

impl SessionRecord {
    /// The session that `command` opens at `now`.
    #[must_use]
    pub fn open(command: OpenSession, now: UnixSeconds) -> Self {
        let unconsented = matches!(command.on, SessionOn::Attended { .. });
        let (equipment, serial_number, agent, jkt, host_name, title) = match command.on {
            SessionOn::Equipment {
                equipment,
                serial_number,
                agent,
                jkt,
                report,
            } => {
                let host_name = report.host_name.to_string();
                (equipment, serial_number, Some(agent), Some(jkt), host_name, None)
            }
            SessionOn::Attended { title } => {
                let nothing = String::new;
                (nothing(), nothing(), None, None, nothing(), Some(title.to_string()))
            }
        };
        Self {
            number: command.number,
            tenant: command.tenant,
            launch: command.launch,
            reports: 0,
            live: Some(Box::new(Live {
                provider: command.provider,
                tenant_name: command.tenant_name.to_string(),
                equipment,
                serial_number,
                agent,
                jkt,
                host_name,
                title,
                unconsented,
                files: command.files,
                opened_at: now,
                chats: 0,
                offered: 0,
                shared: 0,
                typed: 0,
                kid: command.kid,
                password_hash: command.password_hash,
                abilities: command.abilities,
                until: command.until,
                wrong: 0,
                knocked: 0,
                warned: false,
                agent_joined: false,
                agent_connections: 0,
                connections: AGENT,
            })),
            ended_at: None,
        }
    }

    /// When it next does something by itself: warns, ends, or is forgotten.
    #[must_use]
    pub fn next_wake(&self) -> Option<UnixSeconds> {
        match (&self.live, self.ended_at) {
            (Some(live), _) if live.warned => Some(live.until),
            (Some(live), _) => Some(live.until.plus(WARNING.saturating_neg())),
            (None, ended) => ended.map(|ended| ended.plus(NUMBER_KEPT)),
        }
    }
}

impl Live {
    /// The machine, as it speaks and offers files.
    #[must_use]
    pub fn machine(&self) -> Party {
        Party::Machine(Machine {
            machine: self.host_name.clone(),
        })
    }

    /// Whether nobody can join by password any more.
    #[must_use]
    pub const fn is_locked(&self) -> bool {
        self.wrong >= MOST_WRONG
    }

    /// Compares a password that the desk has typed, and counts a wrong one.
    pub fn try_password(&mut self, number: &SessionNumber, typed: &str, keys: &LinkKeys) -> Tried {
        let right = is_password(&self.password_hash, &self.kid, number, typed, keys);
        tried(&mut self.wrong, right)
    }

    /// Compares a password that somebody at the customer has typed, and counts a wrong one, apart from the desk's.
    pub fn try_knock(&mut self, number: &SessionNumber, typed: &str, keys: &LinkKeys) -> Tried {
        let right = is_password(&self.password_hash, &self.kid, number, typed, keys);
        tried(&mut self.knocked, right)
    }
}

/// Counts a wrong password. After ten, none is right any more.
const fn tried(wrong: &mut i64, right: bool) -> Tried {
    if *wrong >= MOST_WRONG {
        return Tried::Wrong;
    }
    if right {
        return Tried::Right;
    }
    *wrong = wrong.saturating_add(1);
    if *wrong >= MOST_WRONG {
        Tried::Locked
    } else {
        Tried::Wrong
    }
}

/// Whether `typed` is the password with this hash. What cannot be a password is hashed like one that can.
#[must_use]
pub fn is_password(hash: &str, kid: &str, number: &SessionNumber, typed: &str, keys: &LinkKeys) -> bool {
    let typed = SessionPassword::typed(typed);
    let possible = typed.is_some();
    let typed = typed.unwrap_or_else(SessionPassword::nobodys);
    typed.is(hash, keys, kid, number) && possible
}

fn never(resumed: &u16) -> bool {
    *resumed == 0
}

/// The connection of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inside {
    /// Its address.
    pub address: u16,
    /// Who.
    pub by: Party,
    /// What they share of their screen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sharing: Option<Surface>,
    /// The ticket with which they connect again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resume: Option<HashedSecret>,
    /// How many connections it has resumed, one after the other.
    #[serde(default, skip_serializing_if = "never")]
    pub resumed: u16,
}

/// What a ticket lets in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pass {
    /// Who.
    pub by: Party,
    /// Expiry; none for one that resumes a connection, which lasts as long as the session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<UnixSeconds>,
    /// The connection that it resumes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resumes: Option<u16>,
    /// How many connections were resumed before, one after the other.
    #[serde(default, skip_serializing_if = "never")]
    pub resumed: u16,
}

/// Something that the desk wanted done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeedRecord {
    /// The id of the request.
    pub id: CommandId,
    /// Who.
    pub by: Supporter,
    /// The address of their connection.
    pub address: u16,
    /// What.
    pub deed: Deed,
    /// The stream for what it brings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stream: Option<u32>,
    /// How it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<DeedOutcome>,
}

impl DeedRecord {
    /// What participants learn of it.
    #[must_use]
    pub fn known(self) -> KnownDeed {
        KnownDeed {
            id: self.id,
            by: self.address,
            name: self.by.name,
            deed: self.deed,
            outcome: self.outcome,
        }
    }
}

/// A file that was offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferRecord {
    /// The file.
    pub file: FileOffer,
    /// Who offers it.
    pub by: Party,
    /// The address of their connection; it changes when they come back after a break.
    pub address: u16,
    /// Whether they took it back. It stays known: its id is not offered again, as something else.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub withdrawn: bool,
}

impl OfferRecord {
    /// What participants learn of it.
    #[must_use]
    pub fn offered(self) -> Offered {
        Offered {
            by: self.address,
            person: self.by.name().to_owned(),
            file: self.file,
        }
    }
}
