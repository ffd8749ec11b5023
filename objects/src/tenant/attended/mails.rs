//! The mails of an attended session, composed when they are sent: the invitation, which is dropped once nobody can join
//! any more, and what happened, after the end.

use tegata_domain::attended::{AttendedState, holder};
use tegata_domain::error::Refusal;
use tegata_domain::id::{LaunchId, UserId};
use tegata_domain::mail::{AttendedInvitation, MailContent, Recipient, SessionSummary, SummarySubject};
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_kv_schema::attended as store;

use super::{knock_page, link};
use crate::context::{Context, OrStorage as _};
use crate::tenant::people::person;
use crate::tenant::session_record;

/// What happened in a session that has ended, to an administrator; nothing if nobody at the customer came.
pub(in crate::tenant) fn summary(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    id: &LaunchId,
    user: &UserId,
) -> Result<Option<(Recipient, MailContent)>, Refusal> {
    let attended = store::load(ctx.sql, id).or_storage()?;
    let Some((attended, person)) = attended.zip(person(ctx, user)?) else {
        return Ok(None);
    };
    let summary = session_record::summary(ctx, id)?;
    if summary.guests.is_empty() {
        return Ok(None);
    }
    let content = MailContent::SessionSummary(Box::new(SessionSummary {
        tenant_name: tenant.name.to_string(),
        provider_name: attended.opened_by.provider_name,
        subject: SummarySubject::Attended(attended.title.to_string()),
        summary,
        link: format!("{}/#/attended/{id}", ctx.issuer(&tenant.slug)),
    }));
    Ok(person.recipient().map(|to| (to, content)))
}

/// The invitation to the person at `place` among the invited.
pub(in crate::tenant) fn invitation(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    id: &LaunchId,
    place: usize,
) -> Result<Option<(Recipient, MailContent)>, Refusal> {
    let joinable = [AttendedState::Open, AttendedState::Running];
    let attended = store::load(ctx.sql, id)
        .or_storage()?
        .filter(|attended| joinable.contains(&attended.state(ctx.now)));
    let Some((attended, person)) = attended.and_then(|attended| {
        let person = attended.invited.get(place)?.clone();
        Some((attended, person))
    }) else {
        return Ok(None);
    };
    let content = MailContent::AttendedInvitation(Box::new(AttendedInvitation {
        tenant_name: tenant.name.to_string(),
        link: link(ctx, &tenant.slug, &attended, holder(place))?,
        page: knock_page(ctx, &attended),
        until: attended.granted.until,
        number: attended.number,
        provider_name: attended.opened_by.provider_name,
        host: attended.opened_by.name,
        title: attended.title,
    }));
    let to = Recipient {
        name: person.name,
        address: person.email,
        locale: person.locale,
        time_zone: tenant.time_zone.clone(),
    };
    Ok(Some((to, content)))
}
