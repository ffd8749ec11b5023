//! The invitation to an attended session, composed when it is sent. It is dropped once nobody can join any more.

use tegata_domain::attended::{AttendedState, holder};
use tegata_domain::error::Refusal;
use tegata_domain::id::LaunchId;
use tegata_domain::mail::{AttendedInvitation, MailContent, Recipient};
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_kv_schema::attended as store;

use super::{knock_page, link};
use crate::context::{Context, OrStorage as _};

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
