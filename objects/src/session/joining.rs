//! Joining and leaving: people with a ticket, the desk after the password, the agent with its key. How a guest gets a
//! ticket is in [`guests`](super::guests), what is said on a connection in [`deeds`](super::deeds).

use core::hint::black_box;

use tegata_domain::command::{CheckedProof, JoinSession, SessionTicket};
use tegata_domain::dpop::TOKEN_WINDOW;
use tegata_domain::error::Refusal;
use tegata_domain::id::AgentId;
use tegata_domain::secret::PlainSessionTicket;
use tegata_domain::session::SessionEvent;
use tegata_domain::session::control::{Participant, Role, ToParticipant, Welcome};
use tegata_domain::session::frame::{AGENT, REPLACED};
use tegata_domain::session::party::Party;
use tegata_domain::session::record::{
    Inside, Live, MOST_GUESTS, MOST_RESUMES, MOST_SUPPORTERS, Pass, SessionRecord, TICKET_LIFE, Tried, is_password,
};
use tegata_domain::session::relay::Seat;
use tegata_domain::slug::Slug;
use tegata_domain::socket::Holder;
use tegata_kv_schema::{proofs, support_session, support_talk};

use super::files::{self, OFFERS_TOLD};
use super::reports::report;
use super::{Audience, Outcome, Session, live, save};
use crate::context::{Context, OrStorage as _};

/// How many deeds a participant learns of when it connects.
const DEEDS_TOLD: i64 = 20;
/// Most bytes of the first message to a participant. A control message has 16 KiB.
const WELCOME: usize = 15 * 1024;

fn agent(live: &Live) -> Participant {
    Participant {
        id: AGENT,
        role: Role::Agent,
        name: live.host_name.clone(),
        sharing: None,
    }
}

fn person(inside: &Inside) -> Participant {
    Participant {
        id: inside.address,
        role: inside.by.role(),
        name: inside.by.name().to_owned(),
        sharing: inside.sharing,
    }
}

/// The number of a connection after `last`.
fn next(last: &mut u16) -> Result<u16, Refusal> {
    *last = last.checked_add(1).ok_or(Refusal::Forbidden)?;
    Ok(*last)
}

/// Notes that the connection of a person has ended. The caller stores the session.
pub(super) fn left(
    ctx: &Context<'_>,
    session: &mut SessionRecord,
    address: u16,
    outcome: &mut Outcome,
) -> Result<(), Refusal> {
    if let Some(inside) = support_session::take_inside(ctx.sql, address).or_storage()? {
        report(ctx, session, SessionEvent::Left { by: inside.by })?;
    }
    outcome.leave(address);
    Ok(())
}

impl Session {
    /// Gives the desk a ticket for the right password. An unknown number, an ended session and another provider's answer like a
    /// wrong password.
    pub(super) fn join(&self, ctx: &Context<'_>, command: &JoinSession) -> Result<SessionTicket, Refusal> {
        let (voucher, links) = (&command.voucher, &ctx.signers.links);
        let joined = self.change(ctx, |outcome| {
            let own = |(session, live): &(SessionRecord, Box<Live>)| {
                voucher.opens(&session.number, links, ctx.now) && live.provider == voucher.by.provider
            };
            let Some((mut session, mut live)) = live(ctx)?.filter(own) else {
                // It takes as long as a comparison.
                black_box(is_password("", &voucher.kid, &voucher.number, &command.password, links));
                return Ok(None);
            };
            if !proofs::first_use(ctx.sql, &voucher.jti, voucher.expires_at).or_storage()? {
                return Ok(None);
            }
            let tried = live.try_password(&session.number, &command.password, links);
            let answer = match tried {
                // The customer has not consented yet: there is nothing to join.
                Tried::Right if live.unconsented => Some(Err(Refusal::Unconsented)),
                Tried::Right => Some(Ok(new_ticket(ctx, Party::Desk(voucher.by.clone()))?)),
                Tried::Wrong => None,
                Tried::Locked => {
                    report(ctx, &mut session, SessionEvent::Locked)?;
                    outcome.say(Audience::All, ToParticipant::Locked);
                    None
                }
            };
            save(ctx, &mut session, live)?;
            Ok(answer)
        })?;
        joined.ok_or(Refusal::WrongSession)?
    }

    /// Admits the agent that the session was opened for.
    pub(super) fn admit_agent(&self, ctx: &Context<'_>, id: &AgentId, proof: &CheckedProof) -> Result<Holder, Refusal> {
        let seat = self.change(ctx, |outcome| {
            let (mut session, mut live) = live(ctx)?.ok_or(Refusal::Forbidden)?;
            if live.agent.as_ref() != Some(id) || live.jkt.as_ref() != Some(&proof.jkt) {
                return Err(Refusal::Forbidden);
            }
            if !proofs::first_use(ctx.sql, &proof.jti_hash, proof.issued_at.plus(TOKEN_WINDOW)).or_storage()? {
                return Err(Refusal::ReplayedProof);
            }
            if !live.agent_joined {
                live.agent_joined = true;
                report(ctx, &mut session, SessionEvent::AgentJoined)?;
            }
            if self.relay.borrow().seat(AGENT).is_some() {
                // The host closes its earlier socket when it accepts the new one.
                outcome.leave(AGENT);
            }
            let seat = Seat::new(AGENT, next(&mut live.agent_connections)?);
            outcome.entered = Some(seat.clone());
            outcome.say(Audience::AllBut(AGENT), ToParticipant::Joined(agent(&live)));
            save(ctx, &mut session, live)?;
            Ok(seat)
        })?;
        Ok(Holder::Participant(seat))
    }

    /// Admits who has a ticket, on the path of their tenant. It is spent, even if there is no room.
    pub(super) fn admit_person(
        &self,
        ctx: &Context<'_>,
        tenant: &Slug,
        ticket: &PlainSessionTicket,
    ) -> Result<Holder, Refusal> {
        let admitted = self.change(ctx, |outcome| {
            let Some((mut session, mut live)) = live(ctx)? else {
                return Ok(None);
            };
            let pass = support_session::take_ticket(ctx.sql, &ticket.hashed()).or_storage()?;
            let good = |pass: &Pass| {
                let own = match &pass.by {
                    Party::Desk(supporter) => supporter.provider == *tenant,
                    Party::Guest(_) => session.tenant == *tenant,
                    Party::Machine(_) => false,
                };
                own && pass.expires_at.is_none_or(|expiry| ctx.now < expiry)
            };
            let Some(pass) = pass.filter(good) else {
                return Ok(None);
            };
            if let Some(before) = pass.resumes
                && support_session::load_inside(ctx.sql, before).or_storage()?.is_some()
            {
                left(ctx, &mut session, before, outcome)?;
                outcome.closes.push((before, REPLACED));
            }
            let inside = support_session::list_inside(ctx.sql).or_storage()?;
            let role = pass.by.role();
            let alike = inside.iter().filter(|inside| inside.by.role() == role).count();
            let most = if role == Role::Guest {
                MOST_GUESTS
            } else {
                MOST_SUPPORTERS
            };
            let seat = match alike < most {
                true => Some(enter(ctx, &mut session, &mut live, pass, outcome)?),
                false => None,
            };
            save(ctx, &mut session, live)?;
            Ok(seat)
        })?;
        admitted.map(Holder::Participant).ok_or(Refusal::Forbidden)
    }

    /// What a participant learns when it has said hello. A person gets another ticket each time.
    pub(super) fn welcome(
        &self,
        ctx: &Context<'_>,
        address: u16,
        live: &Live,
        outcome: &mut Outcome,
    ) -> Result<(), Refusal> {
        let everybody = support_session::list_inside(ctx.sql).or_storage()?;
        let mut resume = None;
        if let Some(inside) = everybody.iter().find(|inside| inside.address == address) {
            resume = resuming(ctx, inside.clone())?;
        }
        let present = self.relay.borrow().seat(AGENT).is_some().then(|| agent(live));
        let deeds = support_session::latest_deeds(ctx.sql, DEEDS_TOLD).or_storage()?;
        let offers = support_talk::standing_offers(ctx.sql).or_storage()?;
        let untold = offers.len().saturating_sub(OFFERS_TOLD);
        let mut welcome = Welcome {
            you: address,
            time: ctx.now,
            roster: present.into_iter().chain(everybody.iter().map(person)).collect(),
            abilities: live.abilities.clone(),
            until: live.until,
            tenant_name: live.tenant_name.clone(),
            equipment: live.equipment.clone(),
            serial_number: live.serial_number.clone(),
            title: live.title.clone(),
            files: live.files.clone(),
            resume,
            deeds: deeds.into_iter().map(|deed| deed.known()).collect(),
            chats: live.chats,
            offers: offers.into_iter().skip(untold).map(|offer| offer.offered()).collect(),
        };
        shorten(&mut welcome);
        outcome.say(Audience::One(address), ToParticipant::Welcome(Box::new(welcome)));
        if live.is_locked() {
            outcome.say(Audience::One(address), ToParticipant::Locked);
        }
        Ok(())
    }
}

/// Leaves out the oldest deeds and offers until the message fits.
fn shorten(welcome: &mut Welcome) {
    let too_long = |welcome: &Welcome| serde_json::to_vec(welcome).is_ok_and(|bytes| bytes.len() > WELCOME);
    while too_long(welcome) {
        if welcome.deeds.len() > welcome.offers.len() {
            welcome.deeds.remove(0);
        } else if !welcome.offers.is_empty() {
            welcome.offers.remove(0);
        } else {
            return;
        }
    }
}

/// A ticket for a person, good once and for half a minute.
pub(super) fn new_ticket(ctx: &Context<'_>, by: Party) -> Result<SessionTicket, Refusal> {
    let ticket = PlainSessionTicket::generate(ctx.random);
    let pass = Pass {
        by,
        expires_at: Some(ctx.now.plus(TICKET_LIFE)),
        resumes: None,
        resumed: 0,
    };
    support_session::save_ticket(ctx.sql, &ticket.hashed(), &pass).or_storage()?;
    Ok(SessionTicket {
        ticket,
        expires_in: TICKET_LIFE,
    })
}

/// Lets a person in. The caller stores the session.
fn enter(
    ctx: &Context<'_>,
    session: &mut SessionRecord,
    live: &mut Live,
    pass: Pass,
    outcome: &mut Outcome,
) -> Result<Seat, Refusal> {
    let address = next(&mut live.connections)?;
    let inside = Inside {
        address,
        by: pass.by,
        sharing: None,
        resume: None,
        resumed: pass.resumed,
    };
    support_session::save_inside(ctx.sql, &inside).or_storage()?;
    outcome.say(Audience::AllBut(address), ToParticipant::Joined(person(&inside)));
    if let Some(before) = pass.resumes {
        files::moved(ctx, before, address, outcome)?;
    }
    report(ctx, session, SessionEvent::Joined { by: inside.by })?;
    let seat = Seat::new(address, address);
    outcome.entered = Some(seat.clone());
    Ok(seat)
}

/// A ticket with which the connection of a person can be resumed, in place of the one it had; `None` for one that was
/// resumed too often.
fn resuming(ctx: &Context<'_>, mut inside: Inside) -> Result<Option<PlainSessionTicket>, Refusal> {
    if inside.resumed >= MOST_RESUMES {
        return Ok(None);
    }
    if let Some(before) = &inside.resume {
        support_session::take_ticket(ctx.sql, before).or_storage()?;
    }
    let ticket = PlainSessionTicket::generate(ctx.random);
    let pass = Pass {
        by: inside.by.clone(),
        expires_at: None,
        resumes: Some(inside.address),
        resumed: inside.resumed.saturating_add(1),
    };
    support_session::save_ticket(ctx.sql, &ticket.hashed(), &pass).or_storage()?;
    inside.resume = Some(ticket.hashed());
    support_session::save_inside(ctx.sql, &inside).or_storage()?;
    Ok(Some(ticket))
}
