//! People at the customer in an attended session. Their tenant has recorded their consent before the session hears of
//! them; the first of them opens the session to the desk.

use core::hint::black_box;

use tegata_domain::command::{AdmitGuest, KnockSession, Knocked, SessionTicket};
use tegata_domain::error::Refusal;
use tegata_domain::session::control::{Role, Surface, ToParticipant};
use tegata_domain::session::frame::REMOVED;
use tegata_domain::session::party::Party;
use tegata_domain::session::record::{Inside, Live, MOST_SHARED, SessionRecord, Tried, is_password};
use tegata_domain::session::{SessionEnd, SessionEvent};
use tegata_kv_schema::{proofs, support_session};

use super::files::identity;
use super::joining::{left, new_ticket};
use super::reports::report;
use super::{Audience, Outcome, Session, live, save};
use crate::context::{Context, OrStorage as _};

impl Session {
    /// Gives a ticket to who has consented.
    pub(super) fn admit_guest(&self, ctx: &Context<'_>, command: &AdmitGuest) -> Result<SessionTicket, Refusal> {
        let voucher = &command.voucher;
        self.change(ctx, |_| {
            let (mut session, mut live) = live(ctx)?.ok_or(Refusal::Forbidden)?;
            let own = session.number == voucher.number
                && session.tenant == voucher.tenant
                && session.launch == voucher.launch
                && live.title.is_some();
            if !own || !voucher.opens(&ctx.signers.links, ctx.now) {
                return Err(Refusal::Forbidden);
            }
            if !proofs::first_use(ctx.sql, &voucher.jti, voucher.expires_at).or_storage()? {
                return Err(Refusal::Forbidden);
            }
            let ticket = new_ticket(ctx, Party::Guest(voucher.by.clone()))?;
            live.unconsented = false;
            save(ctx, &mut session, live)?;
            Ok(ticket)
        })
    }

    /// Says which attended session has this ID and password. Everything else answers like a wrong password: an unknown
    /// number, an ended session, another provider's, and one on equipment.
    pub(super) fn knock(&self, ctx: &Context<'_>, command: &KnockSession) -> Result<Knocked, Refusal> {
        let (voucher, links) = (&command.voucher, &ctx.signers.links);
        let found = self.change(ctx, |_| {
            let own = |(session, live): &(SessionRecord, Box<Live>)| {
                let provider = live.provider == voucher.provider;
                provider && live.title.is_some() && voucher.opens(&session.number, links, ctx.now)
            };
            let Some((mut session, mut live)) = live(ctx)?.filter(own) else {
                // It takes as long as a comparison.
                black_box(is_password("", &voucher.kid, &voucher.number, &command.password, links));
                return Ok(None);
            };
            if !proofs::first_use(ctx.sql, &voucher.jti, voucher.expires_at).or_storage()? {
                return Ok(None);
            }
            let tried = live.try_knock(&session.number, &command.password, links);
            if tried == Tried::Locked {
                report(ctx, &mut session, SessionEvent::Locked)?;
            }
            let found = (tried == Tried::Right).then(|| Knocked {
                tenant: session.tenant.clone(),
                launch: session.launch.clone(),
            });
            save(ctx, &mut session, live)?;
            Ok(found)
        })?;
        found.ok_or(Refusal::WrongSession)
    }
}

/// The desk removes a person: their connection ends, and nothing that they hold lets them in again. Whoever has a link
/// may consent anew. The caller stores the session. Returns whether that is allowed.
pub(super) fn remove(
    ctx: &Context<'_>,
    session: &mut SessionRecord,
    by: &Inside,
    who: u16,
    outcome: &mut Outcome,
) -> Result<bool, Refusal> {
    if by.by.role() != Role::Desk || who == by.address {
        return Ok(false);
    }
    let Some(inside) = support_session::load_inside(ctx.sql, who).or_storage()? else {
        return Ok(true);
    };
    // Also those of earlier connections, and one that was asked for and not used yet.
    let removed = identity(&inside.by);
    support_session::delete_tickets(ctx.sql, |by| identity(by) == removed).or_storage()?;
    let removed = SessionEvent::Removed {
        by: by.by.clone(),
        who: inside.by,
    };
    report(ctx, session, removed)?;
    left(ctx, session, who, outcome)?;
    outcome.closes.push((who, REMOVED));
    Ok(true)
}

/// Somebody shares their screen from now on, or stops. The caller stores the session.
pub(super) fn share(
    ctx: &Context<'_>,
    (session, live): (&mut SessionRecord, &mut Live),
    mut inside: Inside,
    surface: Option<Surface>,
    outcome: &mut Outcome,
) -> Result<(), Refusal> {
    if inside.sharing == surface || live.shared >= MOST_SHARED {
        return Ok(());
    }
    live.shared = live.shared.saturating_add(1);
    inside.sharing = surface;
    support_session::save_inside(ctx.sql, &inside).or_storage()?;
    let id = inside.address;
    outcome.say(Audience::All, ToParticipant::Sharing { id, surface });
    report(ctx, session, SessionEvent::Sharing { by: inside.by, surface })
}

/// Why a session ends that this person ends.
pub(super) const fn end_by(party: &Party) -> SessionEnd {
    match party {
        Party::Desk(_) => SessionEnd::Desk,
        Party::Guest(_) => SessionEnd::Guest,
        Party::Machine(_) => SessionEnd::Machine,
    }
}
