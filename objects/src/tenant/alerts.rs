//! Alerts to accounts with the support option (C6). An alert is stored with the change that causes it; several go out
//! in one mail.

use tegata_domain::alert::{Alert, AlertKind, MOST};
use tegata_domain::data_origin;
use tegata_domain::error::Refusal;
use tegata_domain::id::UserId;
use tegata_domain::mail::{MailContent, Recipient};
use tegata_domain::outbox::{Message, OutboxRow};
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_kv_schema::{accounts, alerts, outbox};

use super::outbox::enqueue_at;
use super::people::person;
use crate::context::{Context, OrStorage as _};

/// Records an alert that no user of the tenant is known to have caused; see [`alert_by`].
pub(super) fn alert(ctx: &Context<'_>, kind: AlertKind, what: String) -> Result<(), Refusal> {
    alert_by(ctx, None, kind, what)
}

/// Records an alert that the user `by` caused, and schedules a mail to everybody else who subscribed to this kind. Does
/// nothing when nobody has.
pub(super) fn alert_by(ctx: &Context<'_>, by: Option<&UserId>, kind: AlertKind, what: String) -> Result<(), Refusal> {
    let noted = Alert {
        kind,
        at: ctx.now,
        what,
        by: by.cloned(),
    };
    let mut wanting = accounts::with_support_option(ctx.sql).or_storage()?;
    wanting.retain(|account| noted.is_for(account));
    if wanting.is_empty() {
        return Ok(());
    }
    let number = alerts::add(ctx.sql, &noted).or_storage()?;
    for account in wanting {
        let mut digest = alerts::digest(ctx.sql, &account.user).or_storage()?;
        let Some(due) = digest.take(number, ctx.now) else {
            continue;
        };
        alerts::save_digest(ctx.sql, &account.user, digest).or_storage()?;
        let message = Message::Alerts {
            user: account.user,
            from: number,
            to: None,
        };
        enqueue_at(ctx, message, due)?;
    }
    Ok(())
}

/// Alerts if `after` has another data origin.
pub(super) fn data_origin_changed(
    ctx: &Context<'_>,
    by: Option<&UserId>,
    before: &TenantRecord,
    after: &TenantRecord,
) -> Result<(), Refusal> {
    let origin = |tenant: &TenantRecord| tenant.policy.data_origin.clone();
    match data_origin::change(origin(before).as_deref(), origin(after).as_deref()) {
        Some(what) => alert_by(ctx, by, AlertKind::DataOrigin, what),
        None => Ok(()),
    }
}

/// Closes a digest of alerts that is due. Later alerts go into the next mail.
pub(super) fn closed(ctx: &Context<'_>, mut row: OutboxRow) -> Result<OutboxRow, Refusal> {
    if let Message::Alerts { user, to, .. } = &mut row.message
        && to.is_none()
    {
        *to = Some(alerts::last(ctx.sql).or_storage()?);
        let mut digest = alerts::digest(ctx.sql, user).or_storage()?;
        digest.close(ctx.now);
        alerts::save_digest(ctx.sql, user, digest).or_storage()?;
        outbox::save(ctx.sql, &row).or_storage()?;
    }
    Ok(row)
}

/// The mail to `user` with the alerts `from` to `to`, limited to those that are for them now.
pub(super) fn letter(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    user: &UserId,
    (from, to): (i64, i64),
) -> Result<Option<(Recipient, MailContent)>, Refusal> {
    let Some(person) = person(ctx, user)?.filter(|person| person.account.support_option) else {
        return Ok(None);
    };
    let mut told = alerts::between(ctx.sql, from, to).or_storage()?;
    told.retain(|alert| alert.is_for(&person.account));
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    let more = told.len().saturating_sub(most);
    told.truncate(most);
    if told.is_empty() {
        return Ok(None);
    }
    let content = MailContent::Alerts {
        tenant_name: tenant.name.to_string(),
        alerts: told,
        more,
        link: format!("{}/#/audit", ctx.issuer(&tenant.slug)),
    };
    Ok(person.recipient().map(|to| (to, content)))
}
