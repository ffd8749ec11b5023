//! The files that participants offer each other (Z6). The session checks an offer against the customer's policy, passes it
//! on, and reports it; the bytes go from one participant to the other on a stream, and are not stored.

use tegata_domain::error::Refusal;
use tegata_domain::id::CommandId;
use tegata_domain::session::Ability;
use tegata_domain::session::SessionEvent;
use tegata_domain::session::control::ToParticipant;
use tegata_domain::session::files::{FileOffer, MOST_OFFERS, Received, Unwanted};
use tegata_domain::session::party::Party;
use tegata_domain::session::record::{Live, OfferRecord, SessionRecord};
use tegata_kv_schema::support_talk;

use super::reports::report;
use super::{Audience, Outcome};
use crate::context::{Context, OrStorage as _};

/// Somebody offers a file. The caller stores the session. Returns whether files may be exchanged at all.
pub(super) fn offer(
    ctx: &Context<'_>,
    (session, live): (&mut SessionRecord, &mut Live),
    (address, by): (u16, Party),
    file: &FileOffer,
    outcome: &mut Outcome,
) -> Result<bool, Refusal> {
    if !live.abilities.contains(&Ability::Files) {
        return Ok(false);
    }
    let asker = Audience::One(address);
    if let Some(known) = support_talk::load_offer(ctx.sql, &file.id).or_storage()? {
        // The same offer again, over another connection: nothing is offered twice.
        if known.by == by && known.file == *file {
            outcome.say(asker, ToParticipant::Offered(known.offered()));
        }
        return Ok(true);
    }
    // Those that were taken back count: each is in the audit log.
    let many = live.offered >= MOST_OFFERS;
    let unwanted = live.files.admits(file).err().or(many.then_some(Unwanted::Many));
    if let Some(why) = unwanted {
        let id = file.id.clone();
        outcome.say(asker, ToParticipant::NotOffered { id, why });
        return Ok(true);
    }
    let record = OfferRecord {
        file: file.clone(),
        by: by.clone(),
        address,
    };
    live.offered = live.offered.saturating_add(1);
    support_talk::add_offer(ctx.sql, &record).or_storage()?;
    outcome.say(Audience::All, ToParticipant::Offered(record.offered()));
    let file = file.clone();
    report(ctx, session, SessionEvent::Offered { by, file })?;
    Ok(true)
}

/// Whoever made an offer takes it back.
pub(super) fn withdraw(ctx: &Context<'_>, by: &Party, id: &CommandId, outcome: &mut Outcome) -> Result<(), Refusal> {
    let offer = support_talk::load_offer(ctx.sql, id).or_storage()?;
    if offer.is_some_and(|offer| offer.by == *by) {
        support_talk::delete_offer(ctx.sql, id).or_storage()?;
        outcome.say(Audience::All, ToParticipant::Withdrawn { id: id.clone() });
    }
    Ok(())
}

/// An offer has ended for one receiver; only the first word counts. The caller stores the session.
pub(super) fn received(
    ctx: &Context<'_>,
    session: &mut SessionRecord,
    (address, by): (u16, Party),
    (id, how): (&CommandId, Received),
    outcome: &mut Outcome,
) -> Result<(), Refusal> {
    let Some(offer) = support_talk::load_offer(ctx.sql, id).or_storage()? else {
        return Ok(());
    };
    let own = offer.by == by;
    if own || !support_talk::first_received(ctx.sql, id, &identity(&by)).or_storage()? {
        return Ok(());
    }
    let id = id.clone();
    outcome.say(
        Audience::All,
        ToParticipant::Received {
            id,
            by: address,
            outcome: how,
        },
    );
    let event = SessionEvent::Received {
        by,
        from: offer.by,
        file: offer.file,
        outcome: how,
    };
    report(ctx, session, event)
}

/// Who somebody is, whatever the connection.
fn identity(party: &Party) -> String {
    match party {
        Party::Desk(supporter) => format!("desk/{}/{}", supporter.provider, supporter.user),
        Party::Guest(guest) => format!("guest/{}", guest.guest),
        Party::Machine(_) => "machine".to_owned(),
    }
}

/// Somebody has come back after a break under another address, and their offers with them.
pub(super) fn moved(ctx: &Context<'_>, before: u16, now: u16, outcome: &mut Outcome) -> Result<(), Refusal> {
    for mut offer in support_talk::latest_offers(ctx.sql, MOST_OFFERS).or_storage()? {
        if offer.address == before {
            offer.address = now;
            support_talk::save_offer(ctx.sql, &offer).or_storage()?;
            outcome.say(Audience::AllBut(now), ToParticipant::Offered(offer.offered()));
        }
    }
    Ok(())
}
