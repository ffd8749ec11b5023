//! A session's object in a room of its own: a store, keys, a settable clock, and the sockets of whoever is inside.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use tegata_domain::agent::AgentReport;
use tegata_domain::command::{
    AdmitGuest, CheckedProof, EndSession, ExtendSession, GuestVoucher, JoinSession, KnockSession, KnockVoucher,
    Knocked, NoteSession, OpenSession, Session as Class, SessionCommand, SessionOn, SessionVoucher, TenantCommand,
};
use tegata_domain::error::Refusal;
use tegata_domain::id::{AgentId, CommandId, GuestId, LaunchId, UserId};
use tegata_domain::jwk::Thumbprint;
use tegata_domain::keyring::Signers;
use tegata_domain::outbox::DeliveryError;
use tegata_domain::random::CountingRandom;
use tegata_domain::secret::PlainSessionTicket;
use tegata_domain::session::control::{Deed, FromParticipant, ToParticipant, Welcome};
use tegata_domain::session::files::FilePolicy;
use tegata_domain::session::frame::{Act, Header, Kind, LARGEST, MOST_CREDIT, read};
use tegata_domain::session::party::Guest;
use tegata_domain::session::relay::{Passed, Seat};
use tegata_domain::session::{
    Ability, SessionEnd, SessionEvent, SessionNumber, SessionPassword, SessionReport, Supporter,
};
use tegata_domain::slug::Slug;
use tegata_domain::socket::{Admission, Holder, Tag};
use tegata_domain::text::{OrganizationName, PersonName, SessionTitle};
use tegata_domain::time::UnixSeconds;
use tegata_domain::wire::json;
use tegata_domain::wire::object::Command;
use tegata_kv_schema::native::NativeSql;
use tegata_kv_schema::sql::Sql as _;
use tegata_objects::context::{Context, News, Settings};
use tegata_objects::hosted::{Delivery, Heard, Hosted as _};
use tegata_objects::keyring;
use tegata_objects::session::Session;

pub const START: i64 = 1_795_000_000;
pub const HOUR: i64 = 3600;
pub const NUMBER: &str = "123456789";
/// The code with which the object closes a socket whose frame or message it does not accept.
pub const MALFORMED: u16 = 1008;

pub struct Room {
    pub sql: NativeSql,
    object: RefCell<Session>,
    signers: Signers,
    pub random: CountingRandom,
    settings: Settings,
    now: Cell<i64>,
    /// The open sockets by address, each with what it keeps.
    sockets: RefCell<BTreeMap<u16, Seat>>,
    /// What each participant has heard and not yet looked at.
    heard: RefCell<Vec<(u16, ToParticipant)>>,
    /// Up to where the session has said something to each participant.
    said: RefCell<BTreeMap<u16, u64>>,
    /// The sockets that were closed, with their codes.
    pub closed: RefCell<Vec<(u16, u16)>>,
    /// What the tenants were told, with the tenant and the launch.
    pub told: RefCell<Vec<(String, LaunchId, SessionReport)>>,
}

pub fn number() -> SessionNumber {
    SessionNumber::parse(NUMBER).expect("a number")
}

pub fn launch(seed: u64) -> LaunchId {
    LaunchId::generate(&CountingRandom::new(seed))
}

pub fn agent() -> AgentId {
    AgentId::generate(&CountingRandom::new(40))
}

pub fn jkt() -> Thumbprint {
    Thumbprint::parse("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs").expect("a thumbprint")
}

pub fn supporter(name: &str) -> Supporter {
    Supporter {
        provider: Slug::parse("kita-desk").expect("a slug"),
        user: UserId::generate(&CountingRandom::new(50)),
        name: PersonName::parse(name).expect("a name"),
        client: "192.0.2.1".to_owned(),
    }
}

pub fn guest(name: &str) -> Guest {
    Guest {
        guest: GuestId::generate(&CountingRandom::new(u64::try_from(name.len()).expect("a length"))),
        name: PersonName::parse(name).expect("a name"),
        email: None,
        client: "192.0.2.7".to_owned(),
    }
}

/// What the desk's page shows.
pub fn from_the_desk(ticket: PlainSessionTicket) -> Admission {
    Admission::Person(supporter("鈴木 一郎").provider, ticket)
}

impl Room {
    /// A number that nobody has claimed.
    pub fn empty() -> Self {
        let random = CountingRandom::new(1);
        let keys = NativeSql::in_memory().expect("SQLite opens in memory");
        let opened = keyring::open(&keys, &random, UnixSeconds(START)).expect("keys can be created");
        Self {
            sql: NativeSql::in_memory().expect("SQLite opens in memory"),
            object: RefCell::default(),
            signers: opened.signers,
            random,
            settings: Settings {
                edge_url: "https://edge.example.com".to_owned(),
                development: false,
                product: "Tegata".to_owned(),
                poll_interval: 5,
                retry_base: 30,
                blobs: false,
                password_cost: (8, 1),
            },
            now: Cell::new(START),
            sockets: RefCell::default(),
            heard: RefCell::default(),
            said: RefCell::default(),
            closed: RefCell::default(),
            told: RefCell::default(),
        }
    }

    /// An open session of an hour with every ability, whose tenant knows of it.
    pub fn open() -> Self {
        Self::with(&Ability::ALL)
    }

    pub fn with(abilities: &[Ability]) -> Self {
        let room = Self::empty();
        let opening = OpenSession {
            abilities: abilities.to_vec(),
            ..room.opening("aozora", launch(7))
        };
        room.send(opening).expect("the session opens");
        room.deliver();
        room.told.take();
        room
    }

    /// An attended session of an hour, to which nobody has consented yet.
    pub fn attended() -> Self {
        let room = Self::empty();
        let title = SessionTitle::parse("印刷のずれの確認").expect("a title");
        let opening = OpenSession {
            on: SessionOn::Attended { title },
            abilities: Ability::ATTENDED.to_vec(),
            ..room.opening("aozora", launch(7))
        };
        room.send(opening).expect("the session opens");
        room.deliver();
        room.told.take();
        room
    }

    /// The word of the customer's tenant for a guest.
    pub fn guest_voucher(&self, by: Guest) -> GuestVoucher {
        let of = (Slug::parse("aozora").expect("a slug"), launch(7), number());
        GuestVoucher::seal(by, of, &self.signers.links, &self.random, self.now()).expect("a voucher")
    }

    /// Somebody at the customer consents and connects.
    pub fn guest(&self, name: &str) -> Seat {
        let voucher = self.guest_voucher(guest(name));
        let ticket = self.send(AdmitGuest { voucher }).expect("the guest is let in").ticket;
        self.admit(&Admission::Person(Slug::parse("aozora").expect("a slug"), ticket))
            .expect("the ticket is good")
    }

    /// Somebody types ID and password on the page of `provider`.
    pub fn knock(&self, provider: &str, password: &str) -> Result<Knocked, Refusal> {
        let provider = Slug::parse(provider).expect("a slug");
        let of = (provider, number(), "192.0.2.9".to_owned());
        let voucher = KnockVoucher::seal(of, &self.signers.links, &self.random, self.now()).expect("a voucher");
        let password = password.to_owned();
        self.send(KnockSession { voucher, password })
    }

    fn kid(&self) -> String {
        self.signers.links.current().expect("a link key").0.to_owned()
    }

    pub fn password(&self) -> SessionPassword {
        SessionPassword::derive(&self.signers.links, &self.kid(), &number(), &launch(7)).expect("a password")
    }

    pub fn opening(&self, tenant: &str, launch: LaunchId) -> OpenSession {
        let kid = self.kid();
        let hash = self.password().hashed(&self.signers.links, &kid, &number());
        OpenSession {
            number: number(),
            tenant: Slug::parse(tenant).expect("a slug"),
            tenant_name: OrganizationName::parse("あおぞら製作所").expect("a name"),
            provider: Slug::parse("kita-desk").expect("a slug"),
            launch,
            on: SessionOn::Equipment {
                equipment: "5軸加工機 7号機".to_owned(),
                serial_number: "SN-0007".to_owned(),
                agent: agent(),
                jkt: jkt(),
                report: AgentReport::parse("tegata 0.1.0", "Linux x86_64", "line-7").expect("a report"),
            },
            files: FilePolicy::default(),
            kid,
            password_hash: hash.expect("a hash"),
            abilities: Ability::ALL.to_vec(),
            until: UnixSeconds(START + HOUR),
        }
    }

    pub fn now(&self) -> UnixSeconds {
        UnixSeconds(self.now.get())
    }

    /// Runs `act` on the object, and carries its news to the sockets.
    fn at<T>(&self, act: impl FnOnce(&Session, &Context<'_>) -> T) -> T {
        let news = News::default();
        let ctx = Context {
            now: self.now(),
            random: &self.random,
            signers: &self.signers,
            settings: &self.settings,
            sql: &self.sql,
            sockets: &BTreeMap::<AgentId, UnixSeconds>::new(),
            news: &news,
        };
        let done = act(&self.object.borrow(), &ctx);
        for (to, frame) in news.take_frames() {
            let (header, payload) = read(&frame).expect("the object sends frames");
            assert_eq!((header.from, header.stream, header.to), (0, 0, to));
            self.said.borrow_mut().extend(header.end().map(|end| (to, end)));
            let text = core::str::from_utf8(payload).expect("a control message is text");
            let message = json::read(text).expect("a control message is JSON");
            if self.sockets.borrow().contains_key(&header.to) {
                self.heard.borrow_mut().push((header.to, message));
            }
        }
        for (tag, code) in news.take_ended() {
            let closes = |address: &u16| tag == Tag::participants() || tag == Tag::participant(*address);
            let closing: Vec<u16> = self.sockets.borrow().keys().copied().filter(closes).collect();
            for address in closing {
                self.sockets.borrow_mut().remove(&address);
                self.closed.borrow_mut().push((address, code));
            }
        }
        done
    }

    pub fn send<C: Command<To = Class>>(&self, command: C) -> Result<C::Reply, Refusal> {
        let command: SessionCommand = command.into();
        let travelling = serde_json::to_string(&command).expect("a command has a JSON form");
        let arrived = json::read(&travelling).expect("a command can be read back");
        let reply = self.at(|object, ctx| object.handle(ctx, arrived))?;
        Ok(json::read(&reply).expect("a reply has the type its command names"))
    }

    pub fn end(&self, why: SessionEnd) {
        let launch = launch(7);
        self.send(EndSession { launch, why }).expect("the end is accepted");
    }

    pub fn extend(&self, until: i64) {
        let (launch, until) = (launch(7), UnixSeconds(until));
        self.send(ExtendSession { launch, until })
            .expect("the extension is accepted");
    }

    pub fn voucher(&self, by: Supporter) -> SessionVoucher {
        SessionVoucher::seal(by, None, number(), &self.signers.links, &self.random, self.now()).expect("a voucher")
    }

    /// The desk tries a password, with a voucher of its own.
    pub fn try_password(&self, password: &str) -> Result<PlainSessionTicket, Refusal> {
        self.try_with(self.voucher(supporter("鈴木 一郎")), password)
    }

    pub fn try_with(&self, voucher: SessionVoucher, password: &str) -> Result<PlainSessionTicket, Refusal> {
        let password = password.to_owned();
        Ok(self.send(JoinSession { voucher, password })?.ticket)
    }

    /// A ticket for the right password.
    pub fn ticket(&self) -> PlainSessionTicket {
        self.try_password(&self.password().shown())
            .expect("the password is right")
    }

    pub fn proof(&self, jti: &str) -> CheckedProof {
        CheckedProof {
            jkt: jkt(),
            jti_hash: jti.to_owned(),
            issued_at: self.now(),
        }
    }

    /// Opens a socket. The agent's earlier one is closed.
    pub fn admit(&self, admission: &Admission) -> Result<Seat, Refusal> {
        let text = serde_json::to_string(admission).expect("an admission has a JSON form");
        let admission = json::read(&text).expect("an admission can be read back");
        let holder = self.at(|object, ctx| object.admit(ctx, &admission))?;
        let Holder::Participant(seat) = holder else {
            panic!("not a participant");
        };
        self.sockets.borrow_mut().insert(seat.address, seat.clone());
        Ok(seat)
    }

    /// The agent connects.
    pub fn agent(&self) -> Seat {
        let jti = format!("proof-{}", CommandId::generate(&self.random));
        self.admit(&Admission::Agent(agent(), self.proof(&jti)))
            .expect("the agent is admitted")
    }

    /// The desk connects with the password.
    pub fn desk(&self) -> Seat {
        self.admit(&from_the_desk(self.ticket())).expect("the desk is admitted")
    }

    pub fn frame(&self, from: &Seat, header: &Header) -> Passed {
        assert!(header.length <= LARGEST);
        self.object.borrow().pass(from, header)
    }

    /// A frame with a payload: what the host does with it. What was noted is stored.
    pub fn payload(&self, from: &Seat, header: &Header, at: i64, payload: &[u8]) -> Passed {
        let mut header = *header;
        header.length = u32::try_from(payload.len()).expect("a short payload");
        let passed = self.frame(from, &header);
        if let Passed::Kept(to) = passed {
            self.object.borrow().overhear(from.address, to, at, payload);
        }
        passed
    }

    /// A participant has read everything that the session has said, and pays for more.
    pub fn credit(&self, seat: &Seat) {
        let said = self.said.borrow().get(&seat.address).copied();
        let mut header = Header::new(Act::Credit, Kind::Control, 0, 0);
        header.offset = said.unwrap_or_default() + MOST_CREDIT;
        self.frame(seat, &header);
    }

    /// Stores what was noted of frames.
    pub fn write_down(&self) -> bool {
        self.at(|object, ctx| object.write_down(ctx)).expect("the store works")
    }

    /// A participant says something.
    pub fn say(&self, from: &Seat, message: &FromParticipant) -> Heard {
        let text = serde_json::to_string(message).expect("a message has a JSON form");
        self.say_text(from, &text)
    }

    pub fn say_text(&self, from: &Seat, text: &str) -> Heard {
        let holder = Holder::Participant(from.clone());
        self.at(|object, ctx| object.heard(ctx, &holder, text))
            .expect("the object hears it")
    }

    pub fn ask(&self, from: &Seat, id: &CommandId, deed: Deed) {
        let (id, stream) = (id.clone(), None);
        assert_eq!(
            self.say(from, &FromParticipant::Request { id, deed, stream }),
            Heard::Nothing
        );
    }

    /// Says hello and takes the welcome.
    pub fn hello(&self, seat: &Seat) -> Welcome {
        assert_eq!(self.say(seat, &FromParticipant::Hello), Heard::Nothing);
        let mut heard = self.heard.borrow_mut();
        let found = heard
            .iter()
            .position(|(to, message)| *to == seat.address && matches!(message, ToParticipant::Welcome(_)));
        match heard.remove(found.expect("there is a welcome")) {
            (_, ToParticipant::Welcome(welcome)) => *welcome,
            other => panic!("{other:?}"),
        }
    }

    /// What `address` has heard since the last look.
    pub fn heard(&self, address: u16) -> Vec<ToParticipant> {
        let mut heard = self.heard.borrow_mut();
        let (own, others) = heard.drain(..).partition(|(to, _)| *to == address);
        *heard = others;
        drop(heard);
        let own: Vec<(u16, ToParticipant)> = own;
        own.into_iter().map(|(_, message)| message).collect()
    }

    /// The connection of a participant breaks off.
    pub fn hang_up(&self, seat: &Seat) {
        if self.sockets.borrow().get(&seat.address) == Some(seat) {
            self.sockets.borrow_mut().remove(&seat.address);
        }
        let holder = Holder::Participant(seat.clone());
        self.at(|object, ctx| object.closed(ctx, &holder))
            .expect("the end is noted");
    }

    /// The object sleeps and wakes; its sockets stay open, with what was kept of them.
    pub fn sleep(&self) {
        let kept = self.object.borrow().seats();
        let kept = json::read(&serde_json::to_string(&kept).expect("seats have a JSON form")).expect("seats are kept");
        self.object.replace(Session::default());
        self.object.borrow().woken(&self.sql, kept);
    }

    /// The process is killed: every socket is gone without a word.
    pub fn kill(&self) {
        self.sockets.take();
        self.object.replace(Session::default());
        self.object.borrow().woken(&self.sql, Vec::new());
    }

    /// Time passes; the alarm goes off whenever it is due.
    pub fn advance(&self, seconds: i64) {
        let until = self.now.get() + seconds;
        loop {
            let wake = self.at(|object, ctx| object.next_wake(ctx)).expect("the store works");
            match wake {
                Some(wake) if wake.0 <= until => {
                    self.now.set(wake.0.max(self.now.get()));
                    self.deliver();
                    self.at(|object, ctx| object.tidy(ctx)).expect("the store works");
                }
                _ => break,
            }
        }
        self.now.set(until);
    }

    /// Delivers every report.
    pub fn deliver(&self) {
        self.deliver_or(&Ok(()));
    }

    /// Delivers every report that is due, with this result, whether or not the tenant has taken it.
    pub fn deliver_or(&self, result: &Result<(), DeliveryError>) {
        let due = self.at(|object, ctx| object.due(ctx)).expect("the store works");
        for (row, delivery) in due {
            let Delivery::Tell(told) = delivery else {
                panic!("a session only tells");
            };
            assert_eq!(told.to.binding, "TENANT");
            let command: TenantCommand = json::read(&told.command).expect("a command");
            let TenantCommand::NoteSession(NoteSession { launch, reports, .. }) = command else {
                panic!("not a note: {}", told.command);
            };
            let told_now = reports
                .into_iter()
                .map(|report| (told.to.name.clone(), launch.clone(), report));
            self.told.borrow_mut().extend(told_now);
            self.at(|object, ctx| object.settle(ctx, &row, result))
                .expect("the store works");
        }
    }

    /// What the tenants were told since the last look.
    pub fn events(&self) -> Vec<SessionEvent> {
        self.deliver();
        self.told
            .take()
            .into_iter()
            .map(|(_, _, report)| report.event)
            .collect()
    }

    /// The rows of each table that has any.
    pub fn rows(&self) -> BTreeMap<String, i64> {
        let tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name != 'migration'";
        let tables = self.sql.run(tables, Vec::new()).expect("the store works");
        let count = |table: &str| {
            let rows = self.sql.run(&format!("SELECT count(*) FROM {table}"), Vec::new());
            rows.expect("the store works")[0].integer(0).expect("a count")
        };
        let named = tables.iter().map(|row| row.text(0).expect("a name").to_owned());
        named
            .map(|table| (table.clone(), count(&table)))
            .filter(|(_, rows)| *rows > 0)
            .collect()
    }
}
