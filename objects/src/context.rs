//! The surroundings in which a command runs: the current time, randomness, keys and settings.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use tegata_domain::access_token;
use tegata_domain::audit::Act;
use tegata_domain::control::ENDED;
use tegata_domain::data_origin::Deployment;
use tegata_domain::error::Refusal;
use tegata_domain::events::Topic;
use tegata_domain::id::AgentId;
use tegata_domain::keyring::Signers;
use tegata_domain::random::Random;
use tegata_domain::slug::Slug;
use tegata_domain::socket::Tag;
use tegata_domain::time::UnixSeconds;
use tegata_kv_schema::audit;
use tegata_kv_schema::sql::{Sql, SqlError};

/// Deployment settings that objects need.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Public base URL, without a trailing slash.
    pub edge_url: String,
    /// Whether this is a developer's machine, where a data origin may be on the machine itself.
    pub development: bool,
    /// The product's name in mails.
    pub product: String,
    /// Seconds a Viewer waits between two polls (RFC 8628 `interval`).
    pub poll_interval: i64,
    /// Seconds to wait after the first failed delivery.
    pub retry_base: i64,
    /// Whether the deployment has a blob store. Without one, attachments stay in the object.
    pub blobs: bool,
    /// Argon2id memory in KiB and passes for first passwords.
    pub password_cost: (u32, u32),
}

/// The surroundings of one command.
pub struct Context<'a> {
    /// Now.
    pub now: UnixSeconds,
    /// Randomness.
    pub random: &'a dyn Random,
    /// The deployment's keys.
    pub signers: &'a Signers,
    /// The deployment's settings.
    pub settings: &'a Settings,
    /// The object's store.
    pub sql: &'a dyn Sql,
    /// The object's open sockets.
    pub sockets: &'a dyn Sockets,
    /// What has changed so far, for the sockets that are open.
    pub news: &'a News,
}

/// What a command, or the alarm, has changed: collected while it runs, carried out on open sockets once it is committed.
#[derive(Default)]
pub struct News {
    changed: RefCell<BTreeSet<Topic>>,
    ended: RefCell<BTreeMap<Tag, u16>>,
    sent: RefCell<Vec<(Tag, String)>>,
    frames: RefCell<Vec<(u16, Vec<u8>)>>,
}

impl News {
    /// Notes a change, for the consoles that are open.
    pub fn note(&self, topics: &[Topic]) {
        self.changed.borrow_mut().extend(topics);
    }

    /// Has the sockets with this tag closed: what opened them is no longer accepted.
    pub fn close(&self, tag: Tag) {
        self.close_with(tag, ENDED);
    }

    /// Has the sockets with this tag closed with `code`.
    pub fn close_with(&self, tag: Tag, code: u16) {
        self.ended.borrow_mut().insert(tag, code);
    }

    /// Has `text` sent on the sockets with this tag.
    pub fn send(&self, tag: Tag, text: String) {
        self.sent.borrow_mut().push((tag, text));
    }

    /// Has this frame sent to the participant with this address.
    pub fn send_frame(&self, to: u16, frame: Vec<u8>) {
        self.frames.borrow_mut().push((to, frame));
    }

    /// Forgets everything: what was noted was rolled back.
    pub fn forget(&self) {
        self.frames.take();
        self.sent.take();
        self.changed.take();
        self.ended.take();
    }

    /// Takes every change noted so far.
    #[must_use]
    pub fn take(&self) -> Vec<Topic> {
        self.changed.take().into_iter().collect()
    }

    /// Takes the texts to send, in order, each with the tag of its sockets.
    #[must_use]
    pub fn take_sent(&self) -> Vec<(Tag, String)> {
        self.sent.take()
    }

    /// Takes the frames to send, in order, each with the address of its participant.
    #[must_use]
    pub fn take_frames(&self) -> Vec<(u16, Vec<u8>)> {
        self.frames.take()
    }

    /// Takes the tags of the sockets to close, each with its code.
    #[must_use]
    pub fn take_ended(&self) -> Vec<(Tag, u16)> {
        self.ended.take().into_iter().collect()
    }
}

/// The object's open sockets, as the platform knows them.
pub trait Sockets {
    /// Since when each of these agents has been connected; `None` where it is away, or has missed its pings
    /// ([`AWAY_AFTER`](tegata_domain::control::AWAY_AFTER)).
    fn connected_since(&self, agents: &[&AgentId]) -> Vec<Option<UnixSeconds>>;
}

/// What is known without a platform, as in tests: since when each agent has been connected.
impl Sockets for BTreeMap<AgentId, UnixSeconds> {
    fn connected_since(&self, agents: &[&AgentId]) -> Vec<Option<UnixSeconds>> {
        agents.iter().map(|agent| self.get(*agent).copied()).collect()
    }
}

impl Context<'_> {
    /// The issuer URL of `tenant`.
    #[must_use]
    pub fn issuer(&self, tenant: &Slug) -> String {
        access_token::issuer(&self.settings.edge_url, tenant.as_str())
    }

    /// The settings that decide which data origins are allowed.
    #[must_use]
    pub fn deployment(&self) -> Deployment<'_> {
        Deployment {
            edge_url: &self.settings.edge_url,
            development: self.settings.development,
        }
    }

    /// Appends an entry to the audit log, in the command's own transaction.
    ///
    /// # Errors
    /// [`Refusal::Storage`].
    pub fn audit(&self, act: Act) -> Result<(), Refusal> {
        self.news.note(&[Topic::Audit]);
        self.news.note(Topic::of_action(&act.action));
        audit::append(self.sql, act, self.now).or_storage()
    }
}

/// Turns a storage failure into the refusal that rolls back the command.
pub trait OrStorage<T> {
    /// Returns the value, or [`Refusal::Storage`].
    ///
    /// # Errors
    /// [`Refusal::Storage`].
    fn or_storage(self) -> Result<T, Refusal>;
}

impl<T> OrStorage<T> for Result<T, SqlError> {
    fn or_storage(self) -> Result<T, Refusal> {
        self.map_err(|_| Refusal::Storage)
    }
}

/// Runs `act` in a transaction that commits only when `act` succeeds.
///
/// # Errors
/// The refusal of `act`, after rolling back everything it wrote; [`Refusal::Storage`] when the transaction itself
/// fails.
pub fn whole<T>(ctx: &Context<'_>, act: &mut dyn FnMut() -> Result<T, Refusal>) -> Result<T, Refusal> {
    let mut outcome = Err(Refusal::Storage);
    let committed = ctx.sql.transaction(&mut || {
        outcome = act();
        outcome.is_ok()
    });
    if committed.is_err() || outcome.is_err() {
        ctx.news.forget();
    }
    committed.map_err(|_| Refusal::Storage).and(outcome)
}
