//! What the provider's desk does with attended sessions in the customer's tenant: open, invite, withdraw, end.

use tegata_domain::attended::{Attended, AttendedState, AttendedView, Invited, NewAttended};
use tegata_domain::desk::{DeskAction, DeskActor, DeskReply, NoteOutcome, OpenAttended};
use tegata_domain::error::{FieldError, Refusal};
use tegata_domain::id::LaunchId;
use tegata_domain::jwk::sha256_b64;
use tegata_domain::launch::Granted;
use tegata_domain::limit::{ATTENDED, INVITATIONS, PER_ADDRESS};
use tegata_domain::outbox::Message;
use tegata_domain::question::Asker;
use tegata_domain::session::SessionEnd;
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_kv_schema::attended as store;

use super::{Beginning, at_desk, begin, end_by_person, entry, found, receipt, tell};
use crate::context::{Context, OrStorage as _};
use crate::tenant::customers::Repeat;
use crate::tenant::launches::Ending;
use crate::tenant::object::take;
use crate::tenant::outbox::enqueue;
use crate::tenant::session_record;

/// Carries out one of the desk's actions on attended sessions. A suspended customer's can only be read and ended.
pub(in crate::tenant) fn act(
    ctx: &Context<'_>,
    tenant: TenantRecord,
    by: &DeskActor,
    action: DeskAction,
) -> Result<DeskReply, Refusal> {
    let slug = tenant.slug.clone();
    let shown = |view: AttendedView| DeskReply::Attended(Box::new(view));
    let attended = match action {
        DeskAction::OpenAttended(new) => {
            tenant.working()?;
            open(ctx, by, *new)?
        }
        DeskAction::ShowAttended(id) => found(ctx, &id)?,
        DeskAction::InviteAttended(id, person) => {
            tenant.working()?;
            invite(ctx, by, &id, &person)?
        }
        DeskAction::WithdrawAttended(id) => withdraw(ctx, by, &id)?,
        DeskAction::ShowAttendedRecord(input) => {
            found(ctx, &input.id)?;
            return session_record::page(ctx, &input.id, input.cursor.as_deref()).map(DeskReply::Record);
        }
        DeskAction::NoteAttended(new) => note(ctx, by, *new)?,
        DeskAction::EndAttended(id) => end_by_person(ctx, found(ctx, &id)?, by_desk(by))?,
        DeskAction::FetchAttendedReceipt(id, guest) => return receipt(ctx, &id, &guest).map(DeskReply::Receipt),
        _ => return Err(Refusal::Conflict),
    };
    at_desk(ctx, &slug, attended).map(shown)
}

/// Opens a session. Repeating the request with the same person and key returns the first one.
fn open(ctx: &Context<'_>, by: &DeskActor, open: OpenAttended) -> Result<Attended, Refusal> {
    let repeat = Repeat::of("attended", by, open.idempotency_key, &open.attended)?;
    if let Some(id) = repeat.made::<LaunchId>(ctx)? {
        return found(ctx, &id);
    }
    take(ctx, "attended", ATTENDED)?;
    let attended = opened(ctx, by, open.attended)?;
    repeat.keep(ctx, &attended.id)?;
    Ok(attended)
}

fn opened(ctx: &Context<'_>, by: &DeskActor, new: NewAttended) -> Result<Attended, Refusal> {
    let period = new.terms()?;
    session_record::check_inquiry(ctx, new.inquiry.as_ref())?;
    for person in &new.invited {
        take_invitation(ctx, person)?;
    }
    let opened_by = Asker {
        provider: by.provider.clone(),
        provider_name: by.provider_name.clone(),
        user: by.user.clone(),
        name: by.name.clone(),
        email: by.email.clone().ok_or(Refusal::Conflict)?,
    };
    let beginning = Beginning {
        title: new.title,
        opened_by,
        inquiry: new.inquiry,
        invited: new.invited,
        granted: Granted::of(period, None, ctx.now),
        appointment: None,
    };
    begin(ctx, beginning, &by.actor())
}

/// Notes the outcome, in place of an earlier note.
fn note(ctx: &Context<'_>, by: &DeskActor, new: NoteOutcome) -> Result<Attended, Refusal> {
    let mut attended = found(ctx, &new.launch)?;
    attended.note = Some(session_record::note(ctx, by, new.outcome)?);
    attended.version = attended.version.saturating_add(1);
    store::save(ctx.sql, &attended).or_storage()?;
    entry(ctx, &attended, by.actor(), "note", "done")?;
    tell(ctx, &attended.id)?;
    Ok(attended)
}

fn take_invitation(ctx: &Context<'_>, person: &Invited) -> Result<(), Refusal> {
    let address = format!("address/{}", sha256_b64(person.email.as_str()));
    take(ctx, &address, PER_ADDRESS)?;
    take(ctx, "invitation", INVITATIONS)
}

/// Invites somebody else, or mails somebody again.
fn invite(ctx: &Context<'_>, by: &DeskActor, id: &LaunchId, person: &Invited) -> Result<Attended, Refusal> {
    let mut attended = found(ctx, id)?;
    let state = attended.state(ctx.now);
    if !state.is_alive() {
        return Err(Refusal::Conflict);
    }
    take_invitation(ctx, person)?;
    let place = attended
        .invite(person, by.name.as_str(), ctx.now)
        .ok_or_else(|| FieldError::new("email", "is one too many: at most ten people are invited"))?;
    store::save(ctx.sql, &attended).or_storage()?;
    entry(ctx, &attended, by.actor(), "invite", person.email.as_str())?;
    // While the number is being claimed, the mails wait for it.
    if state != AttendedState::Opening {
        let attended = id.clone();
        enqueue(ctx, Message::AttendedInvitation { attended, place })?;
    }
    tell(ctx, id)?;
    Ok(attended)
}

fn by_desk(by: &DeskActor) -> Ending<'_> {
    Ending {
        why: SessionEnd::Desk,
        by: Some(by.name.as_str()),
        actor: by.actor(),
    }
}

/// Withdraws a session that nobody has joined.
fn withdraw(ctx: &Context<'_>, by: &DeskActor, id: &LaunchId) -> Result<Attended, Refusal> {
    let attended = found(ctx, id)?;
    match attended.state(ctx.now) {
        AttendedState::Opening | AttendedState::Open => end_by_person(ctx, attended, by_desk(by)),
        _ => Err(Refusal::Conflict),
    }
}
