//! A tenant's object in a world of its own: a store, keys, a settable clock, and a post office.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use serde_json::Value;
use tegata_domain::account::{AccountName, NewAdministrator};
use tegata_domain::audit::AuditEntry;
use tegata_domain::command::{self, CreateTenant, ListAudit, TenantCommand};
use tegata_domain::device::RevocationSnapshot;
use tegata_domain::directory::DirectoryEntry;
use tegata_domain::email::EmailAddress;
use tegata_domain::error::Refusal;
use tegata_domain::id::AgentId;
use tegata_domain::jwk::PublicKeySet;
use tegata_domain::keyring::Signers;
use tegata_domain::locale::Locale;
use tegata_domain::outbox::{DeliveryError, OutboxRow};
use tegata_domain::panel::Panel;
use tegata_domain::policy::Policy;
use tegata_domain::random::CountingRandom;
use tegata_domain::slug::Slug;
use tegata_domain::socket::Tag;
use tegata_domain::tenant::TenantKind;
use tegata_domain::text::{OrganizationName, PersonName};
use tegata_domain::time::{TimeZone, UnixSeconds};
use tegata_domain::wire::object::Command;
use tegata_kv_schema::native::NativeSql;
use tegata_kv_schema::sql::Sql as _;
use tegata_objects::context::{Context, News, Settings};
use tegata_objects::hosted::{Delivery, Hosted as _};
use tegata_objects::keyring;
use tegata_objects::tenant::Tenant;

use crate::support::flaky::Flaky;
use crate::support::mail::Mail;

pub const EDGE: &str = "https://edge.example.com";
pub const HANAKO: &str = "hanako.sato@aozora.example";
pub const HOUR: i64 = 3600;
pub const DAY: i64 = 24 * HOUR;

const START: i64 = 1_795_000_000;

pub struct World {
    pub sql: Flaky,
    pub slug: Slug,
    /// The copies published last.
    pub directory: RefCell<Option<DirectoryEntry>>,
    pub revocations: RefCell<RevocationSnapshot>,
    object: RefCell<Tenant>,
    keys: NativeSql,
    signers: RefCell<Signers>,
    pub public: RefCell<PublicKeySet>,
    random: CountingRandom,
    settings: Settings,
    now: Cell<i64>,
    pub proofs_made: Cell<u32>,
    /// The agents whose sockets are open, since when.
    pub connected: RefCell<BTreeMap<AgentId, UnixSeconds>>,
}

impl World {
    /// The tenant `aozora` with one administrator, whose first mail has been delivered.
    pub fn new() -> Self {
        Self::with(|_| {})
    }

    /// The same tenant with a changed policy.
    pub fn with(change: impl FnOnce(&mut Policy)) -> Self {
        let world = Self {
            sql: Flaky::migrated(),
            ..Self::before_creation("aozora")
        };
        let mut policy = Policy::default();
        change(&mut policy);
        world.send(world.creation(policy)).expect("the tenant can be created");
        world.deliver();
        world
    }

    /// An object whose tenant was not created yet.
    pub fn before_creation(slug: &str) -> Self {
        let random = CountingRandom::new(1);
        let keys = NativeSql::in_memory().expect("SQLite opens in memory");
        let opened = keyring::open(&keys, &random, UnixSeconds(START)).expect("keys can be created");
        Self {
            sql: Flaky::new(),
            slug: Slug::parse(slug).expect("a slug"),
            directory: RefCell::default(),
            revocations: RefCell::default(),
            object: RefCell::default(),
            keys,
            signers: RefCell::new(opened.signers),
            public: RefCell::new(opened.public),
            random,
            settings: Settings {
                edge_url: EDGE.to_owned(),
                development: false,
                product: "Tegata".to_owned(),
                poll_interval: 5,
                retry_base: 30,
                blobs: false,
                password_cost: (8, 1),
            },
            now: Cell::new(START),
            proofs_made: Cell::new(0),
            connected: RefCell::default(),
        }
    }

    /// Another tenant of the same deployment: it shares the keys, and has an object of its own.
    pub fn neighbour(&self, slug: &str) -> Self {
        let other = Self::before_creation(slug);
        other.signers.replace(self.signers.borrow().clone());
        other
            .send(other.creation(Policy::default()))
            .expect("the neighbour can be created");
        other.deliver();
        other
    }

    pub fn creation(&self, policy: Policy) -> CreateTenant {
        CreateTenant {
            slug: self.slug.clone(),
            kind: TenantKind::Tenant,
            provider: None,
            name: OrganizationName::parse("あおぞら製作所").expect("a name"),
            locale: Locale::Ja,
            time_zone: TimeZone::parse("Asia/Tokyo").expect("a zone"),
            policy,
            administrator: administrator("hanako", HANAKO),
            contact: None,
            applied_on: None,
            application: None,
            idempotency_key: None,
        }
    }

    pub fn now(&self) -> UnixSeconds {
        UnixSeconds(self.now.get())
    }

    /// Advances the clock, and runs the keyring's alarm if a day or more passes.
    pub fn advance(&self, seconds: i64) {
        self.now.set(self.now.get() + seconds);
        if seconds >= DAY {
            let opened = keyring::open(&self.keys, &self.random, self.now()).expect("keys can be read");
            self.signers.replace(opened.signers);
            self.public.replace(opened.public);
        }
    }

    /// Gives everybody with an account the support option.
    pub fn support_everybody(&self) {
        let given =
            "UPDATE account SET support_option = 1, record = json_set(record, '$.support_option', json('true'))";
        self.sql.run(given, Vec::new()).expect("accounts can be changed");
    }

    /// Drops everything that is not stored.
    pub fn restart(&self) {
        self.object.replace(Tenant::default());
    }

    pub fn with_object<T>(&self, act: impl FnOnce(&Tenant, &Context<'_>) -> T) -> T {
        let signers = self.signers.borrow();
        let news = News::default();
        let sockets = self.connected.borrow().clone();
        let ctx = Context {
            now: self.now(),
            random: &self.random,
            signers: &signers,
            settings: &self.settings,
            sql: &self.sql,
            sockets: &sockets,
            news: &news,
        };
        let done = act(&self.object.borrow(), &ctx);
        for (tag, _) in news.take_ended() {
            self.connected
                .borrow_mut()
                .retain(|agent, _| tag != Tag::agents() && tag != Tag::agent(agent));
        }
        done
    }

    /// Sends a command in its text form and reads the reply.
    pub fn send<C: Command<To = command::Tenant>>(&self, command: C) -> Result<C::Reply, Refusal> {
        let travelling = serde_json::to_string(&command.into()).expect("a command has a JSON form");
        let arrived: TenantCommand = serde_json::from_str(&travelling).expect("a command's text form can be read back");
        let left = || (self.sql.count("outbox"), self.sql.count("audit"));
        let before = arrived.effects().quiet.then(left);
        let reply = self.with_object(|object, ctx| object.handle(ctx, arrived))?;
        assert!(before.is_none_or(|before| before == left()), "not quiet: {travelling}");
        Ok(serde_json::from_str(&reply).expect("a reply has the type its command names"))
    }

    /// Runs a panel action and returns its answer as JSON.
    pub fn panel(&self, action: Panel) -> Value {
        let reply = self.with_object(|object, ctx| object.handle(ctx, action.into()));
        serde_json::from_str(&reply.expect("the action is accepted")).expect("an answer is JSON")
    }

    /// Takes the deliveries due now, without settling them.
    pub fn due(&self) -> Vec<(OutboxRow, Delivery)> {
        self.with_object(|object, ctx| object.due(ctx))
            .expect("the outbox can be read")
    }

    pub fn settle(&self, row: &OutboxRow, result: Result<(), DeliveryError>) {
        self.with_object(|object, ctx| object.settle(ctx, row, &result))
            .expect("the outbox can be written");
    }

    /// Delivers everything that is due. Returns the mails in the order in which they were sent.
    pub fn deliver(&self) -> Vec<Mail> {
        let mut mails = Vec::new();
        loop {
            let due = self.due();
            if due.is_empty() {
                return mails;
            }
            for (row, delivery) in due {
                match delivery {
                    Delivery::Mail(mail) => mails.push(Mail::new(&row, *mail)),
                    Delivery::Directory(entry) => drop(self.directory.replace(Some(entry))),
                    Delivery::Organization(..) => {}
                    Delivery::Revocations(_, snapshot) => drop(self.revocations.replace(snapshot)),
                    Delivery::Tell(_) => {}
                    Delivery::Blob(..) => panic!("this deployment has no blob store"),
                }
                self.settle(&row, Ok(()));
            }
        }
    }

    /// Runs the alarm's work after its deliveries.
    pub fn tidy(&self) {
        self.with_object(|object, ctx| object.tidy(ctx))
            .expect("the alarm's work succeeds");
    }

    /// Reads the whole audit log and checks that it is one unbroken chain.
    pub fn audit(&self) -> Vec<AuditEntry> {
        let mut entries: Vec<AuditEntry> = Vec::new();
        let mut cursor = None;
        loop {
            let list = ListAudit {
                cursor,
                ..ListAudit::default()
            };
            let page = self.send(list).expect("the log can be read");
            entries.extend(page.items);
            cursor = page.cursor;
            if cursor.is_none() {
                break;
            }
        }
        let mut previous = String::new();
        for (number, entry) in (1..).zip(&entries) {
            assert_eq!((entry.seq, &entry.previous), (number, &previous), "the chain has a gap");
            assert!(entry.is_intact(), "entry {number} was changed");
            previous.clone_from(&entry.hash);
        }
        entries
    }

    /// The audit entries after number `since`, as `action outcome`.
    pub fn acts_since(&self, since: usize) -> Vec<String> {
        let name = |entry: &AuditEntry| match entry.act.action.as_str() {
            "device.create" => "device.create".to_owned(),
            action => format!("{action} {}", entry.act.outcome),
        };
        self.audit().iter().skip(since).map(name).collect()
    }

    /// Asserts that `act` writes nothing, and returns its result.
    pub fn unchanged<T>(&self, act: impl FnOnce() -> T) -> T {
        let before = self.sql.dump();
        let result = act();
        before.assert_same(&self.sql.dump(), "something was written");
        result
    }
}

pub fn administrator(account: &str, email: &str) -> NewAdministrator {
    NewAdministrator {
        name: PersonName::parse("佐藤 花子").expect("a name"),
        email: EmailAddress::parse(email).expect("an address"),
        account: AccountName::parse(account).expect("an account"),
        locale: Locale::Ja,
        time_zone: TimeZone::parse("Asia/Tokyo").expect("a zone"),
    }
}
