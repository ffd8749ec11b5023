//! What participants say to the session: the desk wants something done, the agent answers how it ended, and either ends
//! the session. What they write to each other is in [`talk`](super::talk), the files they offer in
//! [`files`](super::files); what passes from one to the other unread is handled by the relay.

use tegata_domain::error::Refusal;
use tegata_domain::id::CommandId;
use tegata_domain::session::control::{Deed, FromParticipant, Role, ToParticipant};
use tegata_domain::session::frame::{AGENT, MALFORMED};
use tegata_domain::session::record::{DeedRecord, Live, MOST_DEEDS, MOST_WAITING, SessionRecord};
use tegata_domain::session::{DeedOutcome, SessionEvent, Supporter};
use tegata_domain::wire::json;
use tegata_kv_schema::support_session;

use super::opening::finish;
use super::reports::report;
use super::{Audience, Outcome, Session, files, guests, live, save, talk};
use crate::context::{Context, OrStorage as _};
use crate::hosted::Heard;

impl Session {
    /// What follows from a control message of the participant `from`.
    pub(super) fn listen(&self, ctx: &Context<'_>, from: u16, text: &str) -> Result<Heard, Refusal> {
        let Ok(message) = json::read::<FromParticipant>(text) else {
            return Ok(Heard::Close(MALFORMED));
        };
        self.change(ctx, |outcome| {
            let Some((mut session, mut live)) = live(ctx)? else {
                return Ok(Heard::Nothing);
            };
            let inside = support_session::load_inside(ctx.sql, from).or_storage()?;
            let by = match &inside {
                Some(inside) => inside.by.clone(),
                None => live.machine(),
            };
            let present = self.relay.borrow().seat(AGENT).is_some();
            let known = inside.is_some() || from == AGENT;
            let allowed = match (&message, inside) {
                (FromParticipant::Unknown, _) => return Ok(Heard::Nothing),
                _ if !known => false,
                (FromParticipant::Hello, _) => {
                    self.welcome(ctx, from, &live, outcome)?;
                    if from == AGENT {
                        ask_again(ctx, outcome)?;
                    }
                    return Ok(Heard::Nothing);
                }
                (FromParticipant::End, _) => {
                    let who = Some(by.clone()).filter(|by| by.role() != Role::Agent);
                    finish(ctx, session, guests::end_by(&by), who, outcome)?;
                    return Ok(Heard::Nothing);
                }
                (FromParticipant::Chat { id, text }, _) => {
                    talk::said(ctx, (&mut session, &mut live), (from, by), (id, text), outcome)?;
                    true
                }
                (FromParticipant::Chats { after }, _) => {
                    talk::tell_from(ctx, &live, from, *after, outcome)?;
                    return Ok(Heard::Nothing);
                }
                (FromParticipant::Offer(file), _) => {
                    files::offer(ctx, (&mut session, &mut live), (from, by), file, outcome)?
                }
                (FromParticipant::Withdraw { id }, _) => {
                    files::withdraw(ctx, &by, id, outcome)?;
                    return Ok(Heard::Nothing);
                }
                (FromParticipant::Received { id, outcome: how }, _) => {
                    files::received(ctx, &mut session, (from, by), (id, *how), outcome)?;
                    true
                }
                (FromParticipant::Request { id, deed, stream }, Some(inside)) => match inside.by.supporter() {
                    Some(supporter) => {
                        let asker = (supporter.clone(), from);
                        ask(ctx, &mut session, (&live, present), asker, (id, deed, *stream), outcome)?;
                        true
                    }
                    None => false,
                },
                (FromParticipant::Share { surface }, Some(inside)) => {
                    let may = live.title.is_some();
                    if may {
                        guests::share(ctx, (&mut session, &mut live), inside, *surface, outcome)?;
                    }
                    may
                }
                (FromParticipant::Remove { who }, Some(inside)) => {
                    guests::remove(ctx, &mut session, &inside, *who, outcome)?
                }
                (FromParticipant::Result { id, outcome: how }, None) => {
                    done(ctx, &mut session, id, *how, outcome)?;
                    true
                }
                (
                    FromParticipant::Request { .. }
                    | FromParticipant::Result { .. }
                    | FromParticipant::Share { .. }
                    | FromParticipant::Remove { .. },
                    _,
                ) => false,
            };
            if !allowed {
                return Ok(Heard::Close(MALFORMED));
            }
            save(ctx, &mut session, live)?;
            Ok(Heard::Nothing)
        })
    }
}

/// The request as the agent hears it.
fn request(deed: DeedRecord, again: bool) -> ToParticipant {
    ToParticipant::Request {
        id: deed.id,
        by: deed.address,
        name: deed.by.name,
        deed: deed.deed,
        stream: deed.stream,
        again,
    }
}

/// Repeats what has no outcome to an agent that has connected again.
fn ask_again(ctx: &Context<'_>, outcome: &mut Outcome) -> Result<(), Refusal> {
    for deed in support_session::waiting_deeds(ctx.sql).or_storage()? {
        outcome.say(Audience::One(AGENT), request(deed, true));
    }
    Ok(())
}

/// The desk wants something done. The caller stores the session.
fn ask(
    ctx: &Context<'_>,
    session: &mut SessionRecord,
    (live, present): (&Live, bool),
    (by, address): (Supporter, u16),
    (id, deed, stream): (&CommandId, &Deed, Option<u32>),
    outcome: &mut Outcome,
) -> Result<(), Refusal> {
    let asker = Audience::One(address);
    if let Some(known) = support_session::load_deed(ctx.sql, id).or_storage()? {
        outcome.say(asker, told(known));
        return Ok(());
    }
    let mut record = DeedRecord {
        id: id.clone(),
        by,
        address,
        deed: deed.told(),
        stream,
        outcome: None,
    };
    if support_session::count_deeds(ctx.sql).or_storage()? >= MOST_DEEDS {
        // Not even kept: the session has seen enough.
        record.outcome = Some(DeedOutcome::Refused);
        outcome.say(asker, told(record));
        return Ok(());
    }
    let waiting = support_session::waiting_deeds(ctx.sql).or_storage()?.len();
    let ending = match live.abilities.contains(&deed.ability()) && waiting < MOST_WAITING {
        false => Some(DeedOutcome::Refused),
        // Nothing waits for a machine that is away: it might be done hours later, when nobody expects it.
        true => (!present).then_some(DeedOutcome::Failed),
    };
    if let Some(how) = ending {
        record.outcome = Some(how);
        support_session::add_deed(ctx.sql, &record).or_storage()?;
        outcome.say(asker, told(record.clone()));
        return report(ctx, session, did(record, how));
    }
    support_session::add_deed(ctx.sql, &record).or_storage()?;
    let asked = DeedRecord {
        deed: deed.clone(),
        ..record.clone()
    };
    outcome.say(Audience::One(AGENT), request(asked, false));
    outcome.say(Audience::All, told(record));
    Ok(())
}

/// The agent answers. Only the first answer counts. The caller stores the session.
fn done(
    ctx: &Context<'_>,
    session: &mut SessionRecord,
    id: &CommandId,
    how: DeedOutcome,
    outcome: &mut Outcome,
) -> Result<(), Refusal> {
    let deed = support_session::load_deed(ctx.sql, id).or_storage()?;
    let Some(mut deed) = deed.filter(|deed| deed.outcome.is_none()) else {
        return Ok(());
    };
    deed.outcome = Some(how);
    support_session::end_deed(ctx.sql, &deed).or_storage()?;
    outcome.say(Audience::All, told(deed.clone()));
    report(ctx, session, did(deed, how))
}

/// A deed as participants hear of it.
fn told(deed: DeedRecord) -> ToParticipant {
    match deed.outcome {
        Some(outcome) => ToParticipant::Done { id: deed.id, outcome },
        None => ToParticipant::Doing {
            id: deed.id,
            by: deed.address,
            name: deed.by.name,
            deed: deed.deed,
        },
    }
}

/// A deed as the tenant hears of it.
pub(super) fn did(deed: DeedRecord, outcome: DeedOutcome) -> SessionEvent {
    SessionEvent::Did {
        ability: deed.deed.ability(),
        detail: deed.deed.detail(),
        by: deed.by.into(),
        outcome,
    }
}
