//! The object of one remote support session: who may join, who is in it, what the desk had done, and when it ends. It
//! tells its tenant through its outbox ([`reports`]); the tenant keeps the record. What passes between participants is
//! decided in memory by [`Relay`]; of that, only what is typed and shown in terminals is kept ([`notes`]).

mod deeds;
mod files;
mod guests;
mod joining;
mod notes;
mod opening;
mod reports;
mod talk;

use std::cell::{Cell, RefCell};

use tegata_domain::command::{self, SessionCommand};
use tegata_domain::error::Refusal;
use tegata_domain::outbox::{DeliveryError, OutboxRow};
use tegata_domain::session::SessionEnd;
use tegata_domain::session::control::ToParticipant;
use tegata_domain::session::frame::{AGENT, ENDED, Header, STALLED};
use tegata_domain::session::record::{Live, SessionRecord};
use tegata_domain::session::relay::{Passed, Relay, Seat, Stalled};
use tegata_domain::socket::{Admission, Holder, Tag};
use tegata_domain::time::UnixSeconds;
use tegata_kv_schema::sql::Sql;
use tegata_kv_schema::{migrations, outbox, support_session};

use crate::context::{Context, OrStorage as _, whole};
use crate::hosted::{Aftermath, Delivery, Heard, Hosted};
use crate::travelling::reply;
use notes::Notes;

/// The object keeps the relay in memory, and what is about to be written down.
#[derive(Debug, Default)]
pub struct Session {
    relay: RefCell<Relay>,
    notes: Notes,
    /// Whether connections may have ended unnoticed: the process was killed, or a participant did not read.
    unsure: Cell<bool>,
    /// Whether the agent was disconnected because it did not read, and nobody knows yet.
    agent_left: Cell<bool>,
}

/// To whom something is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Audience {
    All,
    One(u16),
    AllBut(u16),
}

/// What a command changes beyond the store. It is carried out once the command is committed.
#[derive(Default)]
struct Outcome {
    says: Vec<(Audience, ToParticipant)>,
    /// A participant that has connected.
    entered: Option<Seat>,
    /// Connections that have ended.
    left: Vec<u16>,
    /// Connections that are closed, each with its code.
    closes: Vec<(u16, u16)>,
    /// Whether the session has ended.
    ended: bool,
}

impl Outcome {
    fn say(&mut self, audience: Audience, what: ToParticipant) {
        self.says.push((audience, what));
    }

    fn leave(&mut self, address: u16) {
        self.left.push(address);
        self.say(Audience::AllBut(address), ToParticipant::Left { id: address });
    }
}

/// The session, unless its number was never claimed, or is free again.
fn load(ctx: &Context<'_>) -> Result<Option<SessionRecord>, Refusal> {
    match migrations::exists(ctx.sql).or_storage()? {
        true => support_session::load(ctx.sql).or_storage(),
        false => Ok(None),
    }
}

/// The session and its state, if it has not ended.
fn live(ctx: &Context<'_>) -> Result<Option<(SessionRecord, Box<Live>)>, Refusal> {
    let session = load(ctx)?;
    Ok(session.and_then(|mut session| session.live.take().map(|live| (session, live))))
}

/// Stores the session with its state.
fn save(ctx: &Context<'_>, session: &mut SessionRecord, live: Box<Live>) -> Result<(), Refusal> {
    session.live = Some(live);
    support_session::save(ctx.sql, session).or_storage()
}

/// Ends a session whose period is over. Every command asks this first: an alarm may come late, and the approval has run
/// out on time.
fn end_if_over(ctx: &Context<'_>, outcome: &mut Outcome) -> Result<(), Refusal> {
    match live(ctx)? {
        Some((session, live)) if ctx.now >= live.until => {
            opening::finish(ctx, session, SessionEnd::Expired, None, outcome)
        }
        _ => Ok(()),
    }
}

impl Session {
    /// Runs `act` in a transaction, and carries out what it changes beyond the store.
    fn change<T>(&self, ctx: &Context<'_>, act: impl Fn(&mut Outcome) -> Result<T, Refusal>) -> Result<T, Refusal> {
        let (done, outcome, written) = whole(ctx, &mut || {
            let mut outcome = Outcome::default();
            let written = self.write_notes(ctx)?;
            self.note_gone(ctx, &mut outcome)?;
            end_if_over(ctx, &mut outcome)?;
            let done = act(&mut outcome)?;
            Ok((done, outcome, written))
        })?;
        if let Some(written) = written {
            self.notes.forget(written);
        }
        self.unsure.set(false);
        self.agent_left.set(false);
        self.carry_out(ctx, outcome);
        Ok(done)
    }

    /// Writes down what was noted of the streams.
    fn write_notes(&self, ctx: &Context<'_>) -> Result<Option<notes::Written>, Refusal> {
        if self.notes.is_empty() {
            return Ok(None);
        }
        let Some((mut session, mut live)) = live(ctx)? else {
            return Ok(None);
        };
        let written = self.notes.write_down(ctx, &mut session, &mut live)?;
        save(ctx, &mut session, live)?;
        Ok(Some(written))
    }

    /// Notes the connections that have ended unnoticed.
    fn note_gone(&self, ctx: &Context<'_>, outcome: &mut Outcome) -> Result<(), Refusal> {
        if !self.unsure.get() {
            return Ok(());
        }
        let Some((mut session, live)) = live(ctx)? else {
            return Ok(());
        };
        if self.agent_left.get() {
            outcome.leave(AGENT);
        }
        for inside in support_session::list_inside(ctx.sql).or_storage()? {
            if self.relay.borrow().seat(inside.address).is_none() {
                joining::left(ctx, &mut session, inside.address, outcome)?;
            }
        }
        save(ctx, &mut session, live)
    }

    fn carry_out(&self, ctx: &Context<'_>, outcome: Outcome) {
        let mut relay = self.relay.borrow_mut();
        for address in outcome.left {
            relay.leave(address);
        }
        for (address, code) in outcome.closes {
            ctx.news.close_with(Tag::participant(address), code);
        }
        if let Some(seat) = outcome.entered {
            relay.enter(seat);
        }
        for (audience, what) in outcome.says {
            let Ok(text) = serde_json::to_string(&what) else {
                continue;
            };
            let hears = |address: &u16| match audience {
                Audience::All => true,
                Audience::One(one) => one == *address,
                Audience::AllBut(one) => one != *address,
            };
            let addresses: Vec<u16> = relay.connected().filter(hears).collect();
            for address in addresses {
                match relay.say(address, &text) {
                    Ok(Some(frame)) => ctx.news.send_frame(address, frame),
                    Ok(None) => {}
                    // Its socket is closed, and the alarm notes that it has left: it may never answer the farewell.
                    Err(Stalled) => {
                        ctx.news.close_with(Tag::participant(address), STALLED);
                        relay.leave(address);
                        self.unsure.set(true);
                        self.agent_left.set(self.agent_left.get() || address == AGENT);
                    }
                }
            }
        }
        if outcome.ended {
            *relay = Relay::default();
            ctx.news.close_with(Tag::participants(), ENDED);
        }
    }
}

impl Hosted for Session {
    type Class = command::Session;

    fn handle(&self, ctx: &Context<'_>, command: SessionCommand) -> Result<String, Refusal> {
        match command {
            SessionCommand::OpenSession(open) => reply(self.open(ctx, &open)),
            SessionCommand::ExtendSession(extend) => reply(self.extend(ctx, &extend)),
            SessionCommand::EndSession(end) => reply(self.end(ctx, &end)),
            SessionCommand::JoinSession(join) => reply(self.join(ctx, &join)),
            SessionCommand::AdmitGuest(admit) => reply(self.admit_guest(ctx, &admit)),
            SessionCommand::KnockSession(knock) => reply(self.knock(ctx, &knock)),
        }
    }

    fn aftermath(_: &SessionCommand) -> Aftermath {
        Aftermath::Alarm
    }

    fn next_wake(&self, ctx: &Context<'_>) -> Result<Option<UnixSeconds>, Refusal> {
        let Some(session) = load(ctx)? else {
            return Ok(None);
        };
        let due = outbox::next_due(ctx.sql).or_storage()?;
        let unsure = (self.unsure.get() && session.live.is_some()).then_some(ctx.now);
        Ok(due.into_iter().chain(session.next_wake()).chain(unsure).min())
    }

    fn tidy(&self, ctx: &Context<'_>) -> Result<(), Refusal> {
        self.pass_time(ctx)
    }

    fn admit(&self, ctx: &Context<'_>, admission: &Admission) -> Result<Holder, Refusal> {
        match admission {
            Admission::Agent(agent, proof) => self.admit_agent(ctx, agent, proof),
            Admission::Person(tenant, ticket) => self.admit_person(ctx, tenant, ticket),
            Admission::Console(_) => Err(Refusal::Forbidden),
        }
    }

    fn woken(&self, sql: &dyn Sql, seats: Vec<Seat>) {
        self.unsure.set(true);
        let exists = migrations::exists(sql).unwrap_or(false);
        // A session that an earlier version opened has the tables of its time. If that fails, its commands fail.
        if exists {
            let _ = migrations::apply(sql, migrations::SESSION);
        }
        let session = if exists { support_session::load(sql) } else { Ok(None) };
        let live = session.ok().flatten().and_then(|session| session.live);
        // Without the session there is nothing to relay: every frame is skipped.
        if let Some(live) = live {
            *self.relay.borrow_mut() = Relay::new(live.abilities, seats);
        }
    }

    fn pass(&self, seat: &Seat, header: &Header) -> Passed {
        let mut relay = self.relay.borrow_mut();
        if !relay.is_current(seat.address, seat.connection) {
            return Passed::Skip;
        }
        let remark = relay.remark(seat.address, header);
        let passed = relay.pass(seat.address, header);
        let goes_on = matches!(passed, Passed::To(_) | Passed::Kept(_));
        let Some(remark) = remark.filter(|_| goes_on) else {
            return passed;
        };
        self.notes.remark(remark);
        match passed {
            Passed::To(to) => Passed::Noted(to),
            kept => kept,
        }
    }

    fn overhear(&self, from: u16, to: u16, millis: i64, payload: &[u8]) {
        self.notes.terminal(from, to, millis, payload);
    }

    fn write_down(&self, ctx: &Context<'_>) -> Result<bool, Refusal> {
        match self.notes.is_empty() {
            true => Ok(false),
            false => self.change(ctx, |_| Ok(true)),
        }
    }

    fn seats(&self) -> Vec<Seat> {
        let relay = self.relay.borrow();
        relay
            .connected()
            .filter_map(|address| relay.seat(address))
            .cloned()
            .collect()
    }

    fn heard(&self, ctx: &Context<'_>, holder: &Holder, text: &str) -> Result<Heard, Refusal> {
        match holder {
            Holder::Participant(seat) if self.relay.borrow().is_current(seat.address, seat.connection) => {
                self.listen(ctx, seat.address, text)
            }
            _ => Ok(Heard::Nothing),
        }
    }

    fn closed(&self, ctx: &Context<'_>, holder: &Holder) -> Result<(), Refusal> {
        let Holder::Participant(seat) = holder else {
            return Ok(());
        };
        if !self.relay.borrow().is_current(seat.address, seat.connection) {
            return Ok(());
        }
        self.change(ctx, |outcome| {
            let Some((mut session, live)) = live(ctx)? else {
                return Ok(());
            };
            match seat.address {
                AGENT => outcome.leave(AGENT),
                desk => joining::left(ctx, &mut session, desk, outcome)?,
            }
            save(ctx, &mut session, live)
        })
    }

    fn due(&self, ctx: &Context<'_>) -> Result<Vec<(OutboxRow, Delivery)>, Refusal> {
        reports::take_due(ctx)
    }

    fn settle(&self, ctx: &Context<'_>, row: &OutboxRow, result: &Result<(), DeliveryError>) -> Result<(), Refusal> {
        whole(ctx, &mut || reports::settle(ctx, row, result))
    }
}
