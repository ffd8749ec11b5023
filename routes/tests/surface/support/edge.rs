//! The routes' environment in memory: real objects on the native store, a clock that the test sets, and a data origin
//! that only records what reaches it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use axum::body::Body;
use ed25519_dalek::{Signature, VerifyingKey};
use http::Response;
use serde_json::Value;
use tegata_domain::access_token::{IDENTITY_TYP, IdentityClaims};
use tegata_domain::blob::BlobKey;
use tegata_domain::command::keyring::KeyringCommand;
use tegata_domain::command::{self, SessionCommand, TenantCommand};
use tegata_domain::device::RevocationSnapshot;
use tegata_domain::directory::DirectoryEntry;
use tegata_domain::enrolment::organization::OrganizationNumber;
use tegata_domain::error::Refusal;
use tegata_domain::events::{Event, Topic};
use tegata_domain::id::AgentId;
use tegata_domain::jwk::{ProofKey, PublicKeySet};
use tegata_domain::keyring::LinkKeys;
use tegata_domain::mail::ComposedMail;
use tegata_domain::outbox::DeliveryError;
use tegata_domain::passkey::Ceremony;
use tegata_domain::random::{CountingRandom, Random};
use tegata_domain::secret::{HashedSecret, PlainEventTicket, PlainSessionTicket};
use tegata_domain::slug::Slug;
use tegata_domain::socket::{Admission, Holder, Tag};
use tegata_domain::time::UnixSeconds;
use tegata_domain::wire::b64;
use tegata_domain::wire::object::{Address, Object as _, Told};
use tegata_domain::wire::page::Page;
use tegata_kv_schema::migrations;
use tegata_kv_schema::native::NativeSql;
use tegata_kv_schema::sql::Sql;
use tegata_objects::context::{Context, News, Settings};
use tegata_objects::hosted::{Delivery, Heard, Hosted as _};
use tegata_objects::keyring::{self, Keys};
use tegata_objects::session::Session;
use tegata_objects::tenant::Tenant;
use tegata_objects::travelling;
use tegata_routes::GateMemory;
use tegata_routes::port::{DIRECTORY_AGE, Edge, EdgeSettings, Forward, Opaque, Pending, Unavailable};

pub const EDGE: &str = "https://edge.example.com";
pub const OPERATOR: &str = "operator-token-of-thirty-two-characters";
const START: i64 = 1_795_000_000;

struct Object {
    sql: NativeSql,
    tenant: Tenant,
    /// The agents whose sockets are open, since when.
    connected: RefCell<BTreeMap<AgentId, UnixSeconds>>,
}

/// A remote support session's object.
struct Room {
    sql: NativeSql,
    session: Session,
}

struct Inside {
    objects: BTreeMap<Slug, Object>,
    sessions: BTreeMap<String, Room>,
    keys: NativeSql,
    random: CountingRandom,
    settings: Settings,
    directory: BTreeMap<Slug, Arc<DirectoryEntry>>,
    organizations: BTreeMap<OrganizationNumber, Slug>,
    revocations: BTreeMap<Slug, Arc<RevocationSnapshot>>,
    mails: Vec<(String, ComposedMail)>,
    forwarded: Vec<Forward>,
    blobs: BTreeMap<String, Vec<u8>>,
    /// What sessions' objects were told.
    told_sessions: Vec<SessionCommand>,
    /// Whether that is all: the test plays the sessions.
    only_told: bool,
    /// What was sent on sockets.
    sent: RefCell<Vec<(Tag, String)>>,
    /// What open consoles were told of, each with the tenant.
    noted: RefCell<Vec<(String, Topic)>>,
    /// The frames that sessions sent to their participants.
    frames: Vec<(u16, Vec<u8>)>,
}

impl Inside {
    fn opened(&self, now: UnixSeconds) -> Keys {
        keyring::open(&self.keys, &self.random, now).expect("the keyring opens")
    }

    /// Delivers a command to a tenant's object, which is created by its first command.
    fn told(&mut self, now: UnixSeconds, told: &Told) -> Result<String, Refusal> {
        if told.to.binding == command::keyring::Keyring::BINDING {
            return match travelling::read(&told.command).expect("a command travels") {
                KeyringCommand::Open(_) => panic!("no route opens the keyring"),
                KeyringCommand::Rotate(order) => {
                    let rotated = keyring::rotate_now(&self.keys, &order, &self.random, now);
                    travelling::reply(Ok(rotated.expect("the keyring is there").1))
                }
            };
        }
        if told.to.binding == command::Session::BINDING {
            let command: SessionCommand = travelling::read(&told.command).expect("a command travels");
            self.told_sessions.push(command.clone());
            if self.only_told {
                return travelling::reply(match command {
                    SessionCommand::JoinSession(_) => Err(Refusal::WrongSession),
                    _ => Ok(()),
                });
            }
            return self.at_session(now, &told.to.name, |session, ctx| session.handle(ctx, command));
        }
        assert_eq!(
            told.to.binding,
            command::Tenant::BINDING,
            "routes ask tenants, sessions and the keyring"
        );
        let slug = Slug::parse(&told.to.name).expect("a tenant's object is named by its slug");
        let command: TenantCommand = travelling::read(&told.command).expect("a command travels");
        self.objects.entry(slug.clone()).or_insert_with(|| Object {
            sql: match command {
                // Its tables would be the first that it makes: the most that a test's time goes into.
                TenantCommand::CreateTenant(_) => NativeSql::migrated(migrations::TENANT),
                _ => NativeSql::in_memory(),
            }
            .expect("SQLite opens in memory"),
            tenant: Tenant::default(),
            connected: RefCell::default(),
        });
        let quiet = command.effects().quiet;
        let before = self.left(&slug);
        let outcome = self.with(now, &slug, |object, ctx| object.handle(ctx, command));
        if quiet && outcome.is_ok() {
            assert_eq!(
                before,
                self.left(&slug),
                "a command meant to leave no trace wrote something: {}",
                told.command
            );
        }
        outcome
    }

    /// Enters an organisation id in the directory, unless another provider has it.
    fn enter(&mut self, number: &OrganizationNumber, slug: &Slug) -> Result<(), DeliveryError> {
        let entered = self.organizations.entry(number.clone()).or_insert_with(|| slug.clone());
        if entered == slug {
            Ok(())
        } else {
            Err(DeliveryError::Permanent("taken".to_owned()))
        }
    }

    /// How much an object has waiting to be sent, and the length of its audit log; zero before its first use.
    fn left(&self, slug: &Slug) -> (i64, i64) {
        let count = |table: &str| {
            let counted = self.objects[slug]
                .sql
                .run(&format!("SELECT count(*) FROM {table}"), Vec::new());
            counted
                .ok()
                .and_then(|rows| rows.first()?.integer(0).ok())
                .unwrap_or_default()
        };
        (count("outbox"), count("audit"))
    }

    /// Runs `act` on a session's object, which is created by whoever first names it.
    fn at_session<T>(&mut self, now: UnixSeconds, number: &str, act: impl FnOnce(&Session, &Context<'_>) -> T) -> T {
        let signers = self.opened(now).signers;
        let room = self.sessions.entry(number.to_owned()).or_insert_with(|| Room {
            sql: NativeSql::in_memory().expect("SQLite opens in memory"),
            session: Session::default(),
        });
        let news = News::default();
        let ctx = Context {
            now,
            random: &self.random,
            signers: &signers,
            settings: &self.settings,
            sql: &room.sql,
            sockets: &BTreeMap::<AgentId, UnixSeconds>::new(),
            news: &news,
        };
        let done = act(&room.session, &ctx);
        self.frames.extend(news.take_frames());
        done
    }

    fn with<T>(&self, now: UnixSeconds, slug: &Slug, act: impl FnOnce(&Tenant, &Context<'_>) -> T) -> T {
        let object = &self.objects[slug];
        let (connected, news) = (object.connected.borrow().clone(), News::default());
        let done = act(
            &object.tenant,
            &Context {
                now,
                random: &self.random,
                signers: &self.opened(now).signers,
                settings: &self.settings,
                sql: &object.sql,
                sockets: &connected,
                news: &news,
            },
        );
        self.sent.borrow_mut().extend(news.take_sent());
        let noted = news.take().into_iter().map(|topic| (slug.to_string(), topic));
        self.noted.borrow_mut().extend(noted);
        let ended: Vec<Tag> = news.take_ended().into_iter().map(|(tag, _)| tag).collect();
        let stays = |agent: &AgentId| !ended.contains(&Tag::agents()) && !ended.contains(&Tag::agent(agent));
        object.connected.borrow_mut().retain(|agent, _| stays(agent));
        done
    }
}

/// Randomness that several threads may share, with a count of the draws.
struct Shared(Mutex<CountingRandom>, AtomicI64);

impl Random for Shared {
    fn fill(&self, buffer: &mut [u8]) {
        self.1.fetch_add(1, Ordering::Relaxed);
        self.0.lock().expect("nobody panics with it").fill(buffer);
    }
}

pub struct TestEdge {
    random: Shared,
    settings: EdgeSettings,
    now: AtomicI64,
    numbers: AtomicI64,
    inside: Mutex<Inside>,
    memory: GateMemory,
}

impl TestEdge {
    pub fn new() -> Self {
        Self {
            random: Shared(Mutex::new(CountingRandom::new(11)), AtomicI64::new(0)),
            settings: EdgeSettings {
                edge_url: EDGE.to_owned(),
                development: false,
                mailbox: None,
                product: "Tegata".to_owned(),
                operator_token: OPERATOR.to_owned(),
                poll_interval: 5,
            },
            now: AtomicI64::new(START),
            numbers: AtomicI64::new(0),
            inside: Mutex::new(Inside {
                objects: BTreeMap::new(),
                sessions: BTreeMap::new(),
                keys: NativeSql::in_memory().expect("SQLite opens in memory"),
                random: CountingRandom::new(7),
                settings: Settings {
                    edge_url: EDGE.to_owned(),
                    development: false,
                    product: "Tegata".to_owned(),
                    poll_interval: 5,
                    retry_base: 30,
                    blobs: true,
                    password_cost: (8, 1),
                },
                directory: BTreeMap::new(),
                organizations: BTreeMap::new(),
                revocations: BTreeMap::new(),
                mails: Vec::new(),
                forwarded: Vec::new(),
                blobs: BTreeMap::new(),
                told_sessions: Vec::new(),
                only_told: false,
                sent: RefCell::default(),
                noted: RefCell::default(),
                frames: Vec::new(),
            }),
            memory: GateMemory::default(),
        }
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().expect("one test uses one edge")
    }

    pub fn advance(&self, seconds: i64) {
        self.now.fetch_add(seconds, Ordering::Relaxed);
        // Runs the keyring's alarm.
        self.inside().opened(self.now());
    }

    /// The link keys, with which objects derive what they mail.
    pub fn link_keys(&self) -> LinkKeys {
        self.inside().opened(self.now()).signers.links
    }

    /// How often a route has drawn randomness.
    pub fn drawn(&self) -> i64 {
        self.random.1.load(Ordering::Relaxed)
    }

    /// A number that has not been issued before.
    pub fn next_number(&self) -> i64 {
        self.numbers.fetch_add(1, Ordering::Relaxed)
    }

    /// Runs every object's deliveries: copies are published, and mails are collected for [`TestEdge::mails`].
    pub fn deliver(&self) {
        // A message from one object may make another one send something.
        while self.deliver_once() {}
    }

    /// Runs one round of deliveries. Returns whether anything was due.
    fn deliver_once(&self) -> bool {
        let mut any = false;
        let mut inside = self.inside();
        let slugs: Vec<Slug> = inside.objects.keys().cloned().collect();
        for slug in slugs {
            loop {
                let now = self.now();
                // An object that was never created has nothing to deliver.
                let Ok(due) = inside.with(now, &slug, |object, ctx| object.due(ctx)) else {
                    break;
                };
                if due.is_empty() {
                    break;
                }
                any = true;
                for (row, delivery) in due {
                    let result = match &delivery {
                        Delivery::Organization(number, slug) => inside.enter(number, slug),
                        _ => Ok(()),
                    };
                    inside
                        .with(now, &slug, |object, ctx| object.settle(ctx, &row, &result))
                        .expect("a delivery is written down");
                    match delivery {
                        Delivery::Mail(mail) => inside.mails.push((mail.to.address.to_string(), mail.mail)),
                        Delivery::Directory(entry) => drop(inside.directory.insert(slug.clone(), Arc::new(entry))),
                        Delivery::Organization(..) => {}
                        Delivery::Revocations(_, snapshot) => {
                            drop(inside.revocations.insert(slug.clone(), Arc::new(snapshot)));
                        }
                        Delivery::Blob(key, content) => {
                            let content = b64::decode_standard(&content).expect("a blob is base64");
                            inside.blobs.insert(key.as_str().to_owned(), content);
                        }
                        Delivery::Tell(told) => drop(inside.told(now, &told).expect("the other tenant takes it")),
                    }
                }
            }
        }
        drop(inside);
        self.deliver_reports() || any
    }

    /// Runs one round of deliveries of sessions. Returns whether a tenant has taken any.
    fn deliver_reports(&self) -> bool {
        let (mut any, mut inside, now) = (false, self.inside(), self.now());
        let numbers: Vec<String> = inside.sessions.keys().cloned().collect();
        for number in numbers {
            let due = inside.at_session(now, &number, Session::due).expect("the store works");
            for (row, delivery) in due {
                let Delivery::Tell(told) = delivery else {
                    panic!("a session only tells");
                };
                let refused = |refusal: Refusal| DeliveryError::Temporary(refusal.to_string());
                let taken = inside.told(now, &told).map(drop).map_err(refused);
                any |= taken.is_ok();
                inside
                    .at_session(now, &number, |session, ctx| session.settle(ctx, &row, &taken))
                    .expect("a delivery is written down");
            }
        }
        any
    }

    /// The mails sent since the last call.
    pub fn mails(&self) -> Vec<ComposedMail> {
        self.addressed_mails().into_iter().map(|(_, mail)| mail).collect()
    }

    /// The same, each with its recipient's address.
    pub fn addressed_mails(&self) -> Vec<(String, ComposedMail)> {
        self.deliver();
        std::mem::take(&mut self.inside().mails)
    }

    /// Publishes `origin` as the data origin of `slug`, as an earlier version may have done.
    pub fn publish_data_origin(&self, slug: &str, origin: &str) {
        let slug = Slug::parse(slug).expect("a slug");
        let mut inside = self.inside();
        let mut entry = (*inside.directory[&slug]).clone();
        entry.data_origin = Some(origin.to_owned());
        inside.directory.insert(slug, Arc::new(entry));
    }

    /// Whose socket `ticket` opens.
    pub fn admitted(&self, tenant: &Slug, ticket: &str) -> Result<HashedSecret, Refusal> {
        let ticket = PlainEventTicket::parse(ticket).expect("a ticket");
        let admit = |object: &Tenant, ctx: &Context<'_>| object.admit(ctx, &Admission::Console(ticket));
        match self.inside().with(self.now(), tenant, admit)? {
            Holder::Console(session) => Ok(session),
            Holder::Agent(..) | Holder::Participant(_) => panic!("a console's ticket opens no other socket"),
        }
    }

    /// What the console of `session` is told of a change.
    pub fn told(&self, tenant: &Slug, session: &HashedSecret, topics: &[Topic]) -> Option<Event> {
        let tell = |object: &Tenant, ctx: &Context<'_>| object.tell(ctx, session, topics);
        self.inside().with(self.now(), tenant, tell).expect("the store works")
    }

    /// Sends a command to a tenant's object, as another object does.
    pub fn tell(&self, tenant: &Slug, command: TenantCommand) -> Result<String, Refusal> {
        let told = Told {
            to: Address::of::<command::Tenant>(tenant),
            command: serde_json::to_string(&command).expect("a command is JSON"),
        };
        self.inside().told(self.now(), &told)
    }

    /// Every object is loaded into memory anew, as after a restart.
    pub fn forget(&self) {
        for object in self.inside().objects.values_mut() {
            object.tenant = Tenant::default();
        }
    }

    /// What was sent on sockets since the last call, each with the name of the sockets.
    pub fn sent(&self) -> Vec<(String, Value)> {
        let sent = self.inside().sent.take();
        let read = |(tag, text): (Tag, String)| (tag.as_str().to_owned(), serde_json::from_str(&text).unwrap());
        sent.into_iter().map(read).collect()
    }

    /// What the open consoles of `tenant` were told of since the last call.
    pub fn noted(&self, tenant: &str) -> Vec<Topic> {
        let noted = self.inside().noted.take();
        noted
            .into_iter()
            .filter(|(of, _)| of == tenant)
            .map(|(_, topic)| topic)
            .collect()
    }

    /// From now on the test plays the sessions' objects: they take every command and report nothing.
    pub fn play_sessions(&self) {
        self.inside().only_told = true;
    }

    /// What sessions' objects were told since the last call.
    pub fn session_commands(&self) -> Vec<SessionCommand> {
        self.deliver();
        std::mem::take(&mut self.inside().told_sessions)
    }

    /// A person comes into session `number` with `ticket` and says something: what the session's object tells them.
    /// `None` if it does not let them in.
    pub fn in_session(&self, number: &str, tenant: &str, ticket: &str, said: &[Value]) -> Option<Vec<Value>> {
        let ticket = PlainSessionTicket::parse(ticket).expect("a ticket");
        let admission = Admission::Person(Slug::parse(tenant).expect("a slug"), ticket);
        let mut inside = self.inside();
        let now = self.now();
        let holder = inside.at_session(now, number, |session, ctx| session.admit(ctx, &admission).ok())?;
        let Holder::Participant(seat) = &holder else {
            panic!("a participant's socket");
        };
        inside.frames.clear();
        for message in said {
            let text = message.to_string();
            inside
                .at_session(now, number, |session, ctx| session.heard(ctx, &holder, &text))
                .expect("the session listens");
        }
        let own = inside.frames.iter().filter(|(to, _)| *to == seat.address);
        // The payload is behind a header of 24 bytes.
        let read = |(_, frame): &(u16, Vec<u8>)| serde_json::from_slice(&frame[24..]).expect("a control message");
        Some(own.map(read).collect())
    }

    /// Runs the rest of every object's alarm: deadlines.
    pub fn wake(&self) {
        let inside = self.inside();
        for slug in inside.objects.keys() {
            // An object that was never created has nothing to do.
            drop(inside.with(self.now(), slug, |object, ctx| object.tidy(ctx)));
        }
    }

    /// The agents whose sockets are open.
    pub fn connected(&self, tenant: &Slug) -> Vec<AgentId> {
        let inside = self.inside();
        let connected = inside.objects[tenant].connected.borrow();
        connected.keys().cloned().collect()
    }

    /// What the object makes of a text on an agent's socket.
    pub fn heard(&self, tenant: &Slug, agent: &AgentId, text: &str) -> Heard {
        let holder = Holder::Agent(agent.clone(), self.now());
        let hear = |object: &Tenant, ctx: &Context<'_>| object.heard(ctx, &holder, text);
        self.inside()
            .with(self.now(), tenant, hear)
            .unwrap_or(Heard::Close(1011))
    }

    /// The connection of an agent breaks off.
    pub fn cut(&self, tenant: &Slug, agent: &AgentId) {
        let inside = self.inside();
        inside.objects[tenant].connected.borrow_mut().remove(agent);
        let holder = Holder::Agent(agent.clone(), self.now());
        let noted = inside.with(self.now(), tenant, |object, ctx| object.closed(ctx, &holder));
        noted.expect("the store works");
    }

    /// The requests that have reached the data origin since the last call.
    pub fn forwarded(&self) -> Vec<Forward> {
        std::mem::take(&mut self.inside().forwarded)
    }

    /// The keyring's keys, for making what only the keyring could sign.
    pub fn keys(&self) -> Keys {
        self.inside().opened(self.now())
    }

    /// The rows of one object, one line each, without the tables in `leave_out`.
    pub fn rows_of(&self, slug: &str, leave_out: &[&str]) -> Vec<String> {
        let inside = self.inside();
        let object = inside.objects.iter().find(|(name, _)| name.as_str() == slug);
        object
            .map(|(_, object)| dump(&object.sql, leave_out))
            .unwrap_or_default()
    }

    /// Lets `act` write to the object of `slug` what an earlier version could have left there.
    pub fn rewrite(&self, slug: &str, act: impl FnOnce(&dyn Sql)) {
        let inside = self.inside();
        let object = inside.objects.iter().find(|(name, _)| name.as_str() == slug);
        act(&object.expect("the object is there").1.sql);
    }

    /// The rows of every object and of the keyring.
    pub fn rows(&self) -> Vec<String> {
        let inside = self.inside();
        let objects = inside.objects.values().map(|object| &object.sql);
        let sessions = inside.sessions.values().map(|room| &room.sql);
        objects
            .chain(sessions)
            .chain([&inside.keys])
            .flat_map(|sql| dump(sql, &[]))
            .collect()
    }
}

/// Asserts that nothing was written between two dumps.
pub fn assert_same(before: &[String], after: &[String], place: &str) {
    let only_in = |these: &[String], those: &[String]| -> Vec<String> {
        these.iter().filter(|row| !those.contains(row)).cloned().collect()
    };
    let (gone, new) = (only_in(before, after), only_in(after, before));
    assert!(
        gone.is_empty() && new.is_empty(),
        "something was written: {place}\ngone: {gone:#?}\nnew: {new:#?}"
    );
}

fn dump(sql: &NativeSql, leave_out: &[&str]) -> Vec<String> {
    // FTS5 keeps its own tables beside each of ours that it serves.
    let tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
                      AND name NOT GLOB 'found_*_*' ORDER BY name";
    let mut lines = Vec::new();
    for table in sql.run(tables, Vec::new()).expect("tables can be listed") {
        let name = table.text(0).expect("a table has a name");
        if !leave_out.contains(&name) {
            let rows = sql
                .run(&format!("SELECT * FROM {name}"), Vec::new())
                .expect("a table can be read");
            lines.extend(rows.iter().map(|row| format!("{name} {:?}", row.0)));
        }
    }
    lines
}

fn ready<'a, T: Send + 'a>(value: T) -> Pending<'a, T> {
    Box::pin(std::future::ready(value))
}

impl Edge for TestEdge {
    fn settings(&self) -> &EdgeSettings {
        &self.settings
    }

    fn random(&self) -> &dyn Random {
        &self.random
    }

    fn now(&self) -> UnixSeconds {
        UnixSeconds(self.now.load(Ordering::Relaxed))
    }

    fn ask(&self, told: Told) -> Pending<'_, Result<Result<String, Refusal>, Unavailable>> {
        ready(Ok(self.inside().told(self.now(), &told)))
    }

    fn directory<'a>(&'a self, tenant: &'a Slug) -> Pending<'a, Result<Option<Arc<DirectoryEntry>>, Unavailable>> {
        let entry = self.inside().directory.get(tenant).cloned();
        let entry = entry.map(|entry| Arc::new((*entry).clone().for_gate(self.settings.deployment())));
        ready(Ok(entry))
    }

    fn organization<'a>(&'a self, number: &'a OrganizationNumber) -> Pending<'a, Result<Option<Slug>, Unavailable>> {
        ready(Ok(self.inside().organizations.get(number).cloned()))
    }

    fn revocations<'a>(&'a self, tenant: &'a Slug) -> Pending<'a, Result<Arc<RevocationSnapshot>, Unavailable>> {
        ready(Ok(self.inside().revocations.get(tenant).cloned().unwrap_or_default()))
    }

    fn tenants(&self, _: Option<String>) -> Pending<'_, Result<Page<DirectoryEntry>, Unavailable>> {
        let items = self
            .inside()
            .directory
            .values()
            .map(|entry| (**entry).clone())
            .collect();
        ready(Ok(Page { items, cursor: None }))
    }

    fn public_keys(&self, _: Option<String>) -> Pending<'_, Result<Arc<PublicKeySet>, Unavailable>> {
        ready(Ok(Arc::new(self.keys().public)))
    }

    fn verify<'a>(&'a self, key: &'a ProofKey, input: &'a str, signature: &'a [u8]) -> Pending<'a, bool> {
        let verified = || {
            let ProofKey::Ed25519 { x } = key else { return None };
            let public = VerifyingKey::from_bytes(&b64::decode(x)?.try_into().ok()?).ok()?;
            let signature = Signature::from_slice(signature).ok()?;
            public.verify_strict(input.as_bytes(), &signature).ok()
        };
        ready(verified().is_some())
    }

    fn check_passkey(&self, ceremony: Ceremony) -> Pending<'_, Option<String>> {
        ready(crate::support::authenticator::check(&ceremony))
    }

    fn blob<'a>(&'a self, key: &'a BlobKey) -> Pending<'a, Result<Option<Vec<u8>>, Unavailable>> {
        ready(Ok(self.inside().blobs.get(key.as_str()).cloned()))
    }

    fn sign_identity(&self, claims: IdentityClaims) -> Pending<'_, Result<String, Unavailable>> {
        let signer = self.keys().signers.token;
        ready(Ok(signer.sign(IDENTITY_TYP, &claims)))
    }

    fn copies_good_until(&self, _: &Slug) -> UnixSeconds {
        self.now().plus(DIRECTORY_AGE)
    }

    fn forward(&self, forward: Forward) -> Opaque {
        self.inside().forwarded.push(forward);
        Opaque(Arc::new("what the data origin answered"))
    }

    fn open_socket(&self, at: Address, admission: Admission) -> Pending<'_, Result<Option<Opaque>, Unavailable>> {
        let mut inside = self.inside();
        if at.binding == command::Session::BINDING {
            let admitted = inside.at_session(self.now(), &at.name, |session, ctx| session.admit(ctx, &admission));
            return ready(Ok(admitted.ok().map(|holder| Opaque(Arc::new(holder)))));
        }
        let tenant = Slug::parse(&at.name).expect("a tenant's object is named by its slug");
        let admit = |object: &Tenant, ctx: &Context<'_>| object.admit(ctx, &admission).ok();
        let there = inside.objects.contains_key(&tenant);
        let admitted = there.then(|| inside.with(self.now(), &tenant, admit)).flatten();
        if let Some(Holder::Agent(agent, since)) = &admitted {
            let connected = &inside.objects[&tenant].connected;
            connected.borrow_mut().insert(agent.clone(), *since);
        }
        ready(Ok(admitted.map(|holder| Opaque(Arc::new(holder)))))
    }

    fn echo_socket(&self, _: &'static str) -> Opaque {
        Opaque(Arc::new("a socket that answers"))
    }

    fn export(&self, head: Response<()>, mut text: String, mut next: Option<Told>) -> Response<Body> {
        while let Some(mut told) = next.take() {
            let reply = self.inside().told(self.now(), &told);
            let piece: Value = serde_json::from_str(&reply.expect("a further piece")).expect("a piece is JSON");
            text.push_str(piece["text"].as_str().expect("a piece has a text"));
            if piece["cursor"].is_string() {
                let mut command: Value = serde_json::from_str(&told.command).expect("a command is JSON");
                command["panel"]["input"]["cursor"] = piece["cursor"].clone();
                told.command = command.to_string();
                next = Some(told);
            }
        }
        head.map(|()| Body::from(text))
    }

    fn gate_memory(&self) -> &GateMemory {
        &self.memory
    }
}
