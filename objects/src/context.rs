//! The surroundings in which a command runs: the current time, randomness, keys and settings.

use std::cell::RefCell;
use std::collections::BTreeSet;

use tegata_domain::access_token;
use tegata_domain::audit::Act;
use tegata_domain::data_origin::Deployment;
use tegata_domain::error::Refusal;
use tegata_domain::events::Topic;
use tegata_domain::keyring::Signers;
use tegata_domain::random::Random;
use tegata_domain::slug::Slug;
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
    /// What has changed so far, for the consoles that are open.
    pub news: &'a News,
}

/// What a command, or the alarm, has changed: collected while it runs, sent to open consoles afterwards.
#[derive(Default)]
pub struct News(RefCell<BTreeSet<Topic>>);

impl News {
    /// Notes a change.
    pub fn note(&self, topics: &[Topic]) {
        self.0.borrow_mut().extend(topics);
    }

    /// Takes everything noted so far.
    #[must_use]
    pub fn take(&self) -> Vec<Topic> {
        self.0.take().into_iter().collect()
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
    committed.map_err(|_| Refusal::Storage).and(outcome)
}
