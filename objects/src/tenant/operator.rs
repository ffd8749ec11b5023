//! The operator's commands: create, change and suspend a tenant, add administrators, revoke devices, and list.

use tegata_domain::account::{AdministratorView, CONTRACT_ISSUE, new_issue};
use tegata_domain::alert::AlertKind;
use tegata_domain::audit::{Act, Actor};
use tegata_domain::command::{AddAdministrator, CreateTenant, UpdateTenant};
use tegata_domain::desk::DeskActor;
use tegata_domain::device::{Device, DeviceView};
use tegata_domain::error::Refusal;
use tegata_domain::id::{DeviceId, OutboxId};
use tegata_domain::outbox::{Message, OutboxView};
use tegata_domain::secret::PlainIntrospectionSecret;
use tegata_domain::socket::Tag;
use tegata_domain::tenant::{Tenant as TenantRecord, TenantKind, TenantState, TenantView};
use tegata_domain::wire::page::Page;
use tegata_kv_schema::{devices, idempotency, migrations, outbox};

use super::alerts::{alert, data_origin_changed};
use super::attended::session as attended;
use super::launches::session::{end_all, end_at_customers};
use super::object::Tenant;
use super::outbox::{enqueue, tell_provider};
use super::people::insert_administrator;
use crate::context::{Context, OrStorage as _};

pub(super) const PAGE: i64 = 50;

pub(super) fn operator() -> Actor {
    Actor::new("operator", None, None)
}

impl Tenant {
    pub(super) fn create(&self, ctx: &Context<'_>, command: CreateTenant, actor: Actor) -> Result<TenantView, Refusal> {
        match self.tenant(ctx.sql) {
            Ok(existing) => return repeated_create(ctx, &existing, &command),
            Err(Refusal::UnknownTenant) => {}
            Err(refusal) => return Err(refusal),
        }
        let policy = command
            .policy
            .checked(ctx.deployment())
            .map_err(|error| error.within("policy"))?;
        migrations::apply(ctx.sql, migrations::TENANT).or_storage()?;
        let tenant = TenantRecord {
            slug: command.slug,
            kind: command.kind,
            provider: command.provider,
            name: command.name,
            locale: command.locale,
            time_zone: command.time_zone,
            policy,
            state: TenantState::Active,
            held_by_operator: false,
            created_at: ctx.now,
            introspection: None,
            version: 0,
            contact: command.contact,
            applied_on: command.applied_on,
            application: command.application,
        };
        ctx.audit(Act::new(
            actor.clone(),
            "tenant.create",
            format!("tenant/{}", tenant.slug),
            "done",
        ))?;
        insert_administrator(ctx, &tenant.slug, command.administrator, CONTRACT_ISSUE, actor)?;
        enqueue(ctx, Message::PublishDirectory)?;
        tell_provider(ctx, &tenant)?;
        let view = tenant.view();
        if let Some(key) = &command.idempotency_key {
            idempotency::save(ctx.sql, key, &view, ctx.now).or_storage()?;
        }
        self.save_tenant(ctx.sql, tenant)?;
        Ok(view)
    }

    pub(super) fn update(
        &self,
        ctx: &Context<'_>,
        mut tenant: TenantRecord,
        change: UpdateTenant,
    ) -> Result<TenantView, Refusal> {
        let before = tenant.clone();
        tenant.name = change.name.unwrap_or(tenant.name);
        tenant.locale = change.locale.unwrap_or(tenant.locale);
        if let Some(zone) = change.time_zone {
            tenant.time_zone = zone;
        }
        if let Some(policy) = change.policy {
            tenant.policy = tenant
                .policy
                .merged(policy, ctx.deployment())
                .map_err(|error| error.within("policy"))?;
        }
        tenant.contact = change.contact.or(tenant.contact);
        tenant.applied_on = change.applied_on.or(tenant.applied_on);
        ctx.audit(Act::new(
            operator(),
            "tenant.update",
            format!("tenant/{}", tenant.slug),
            &before.changes(&tenant),
        ))?;
        data_origin_changed(ctx, None, &before, &tenant)?;
        self.publish(ctx, tenant)
    }

    /// Suspends or resumes the tenant, as a member of the desk or, without `by`, as the operator. A suspension by the
    /// operator can be lifted only by the operator: the desk can neither resume the tenant nor take the suspension over.
    pub(super) fn set_state(
        &self,
        ctx: &Context<'_>,
        mut tenant: TenantRecord,
        state: TenantState,
        by: Option<&DeskActor>,
    ) -> Result<TenantView, Refusal> {
        let by_operator = by.is_none();
        let holds = state == TenantState::Suspended && (by_operator || tenant.held_by_operator);
        if tenant.held_by_operator && !by_operator && state == TenantState::Active {
            return Err(Refusal::Forbidden);
        }
        if tenant.state == state && tenant.held_by_operator == holds {
            return Ok(tenant.view());
        }
        let (action, kind) = match state {
            TenantState::Active => ("tenant.resume", AlertKind::Resumed),
            TenantState::Suspended => ("tenant.suspend", AlertKind::Suspended),
        };
        if state == TenantState::Suspended {
            ctx.news.close(Tag::agents());
        }
        // The operator may take over the desk's suspension, which changes nothing for the tenant.
        if tenant.state != state {
            let who = by.map(|by| format!("{} ({})", by.name, by.provider_name));
            alert(ctx, kind, who.unwrap_or_default())?;
        }
        tenant.state = state;
        tenant.held_by_operator = holds;
        let actor = by.map_or_else(operator, DeskActor::actor);
        if state == TenantState::Suspended {
            end_all(ctx, &actor)?;
            attended::end_all(ctx, &actor)?;
            if tenant.kind == TenantKind::Provider {
                end_at_customers(ctx)?;
                attended::end_at_customers(ctx)?;
            }
        }
        ctx.audit(Act::new(actor, action, format!("tenant/{}", tenant.slug), "done"))?;
        self.publish(ctx, tenant)
    }

    pub(super) fn publish(&self, ctx: &Context<'_>, tenant: TenantRecord) -> Result<TenantView, Refusal> {
        enqueue(ctx, Message::PublishDirectory)?;
        tell_provider(ctx, &tenant)?;
        let view = tenant.view();
        self.save_tenant(ctx.sql, tenant)?;
        Ok(view)
    }

    pub(super) fn renew_introspection_secret(
        &self,
        ctx: &Context<'_>,
        mut tenant: TenantRecord,
    ) -> Result<PlainIntrospectionSecret, Refusal> {
        let secret = PlainIntrospectionSecret::generate(ctx.random);
        tenant.introspection = Some(secret.hashed());
        ctx.audit(Act::new(
            operator(),
            "tenant.introspection_secret",
            format!("tenant/{}", tenant.slug),
            "done",
        ))?;
        self.save_tenant(ctx.sql, tenant)?;
        Ok(secret)
    }
}

/// Answers a repeat of the request that created `existing`; any other request fails because the slug is taken.
fn repeated_create(ctx: &Context<'_>, existing: &TenantRecord, command: &CreateTenant) -> Result<TenantView, Refusal> {
    let key = command.idempotency_key.as_ref().ok_or(Refusal::SlugTaken)?;
    let repeated: Option<TenantView> = idempotency::load(ctx.sql, key, ctx.now).or_storage()?;
    repeated
        .filter(|view| view.slug == existing.slug && view.name == command.name && view.kind == command.kind)
        .ok_or(Refusal::SlugTaken)
}

pub(super) fn add_administrator(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    command: AddAdministrator,
) -> Result<AdministratorView, Refusal> {
    if let Some(key) = &command.idempotency_key
        && let Some(repeated) = idempotency::load::<AdministratorView>(ctx.sql, key, ctx.now).or_storage()?
    {
        let same = repeated.person == command.administrator;
        return if same { Ok(repeated) } else { Err(Refusal::Conflict) };
    }
    let view = insert_administrator(
        ctx,
        &tenant.slug,
        command.administrator,
        new_issue(ctx.random),
        operator(),
    )?;
    tell_provider(ctx, tenant)?;
    if let Some(key) = &command.idempotency_key {
        idempotency::save(ctx.sql, key, &view, ctx.now).or_storage()?;
    }
    Ok(view)
}

pub(super) fn revoke_device(ctx: &Context<'_>, id: &DeviceId) -> Result<(), Refusal> {
    let device = devices::load(ctx.sql, id).or_storage()?.ok_or(Refusal::NotFound)?;
    take_away(ctx, device, operator(), "revoked")
}

/// Revokes a device. Refresh and introspection fail at once, the gate once it has read the new revocations.
pub(super) fn take_away(ctx: &Context<'_>, mut device: Device, actor: Actor, outcome: &str) -> Result<(), Refusal> {
    if device.revoked_at.is_some() {
        return Ok(());
    }
    device.revoked_at = Some(ctx.now);
    devices::save(ctx.sql, &device).or_storage()?;
    enqueue(ctx, Message::PublishRevocations)?;
    ctx.audit(Act::new(
        actor,
        "device.revoke",
        format!("device/{}", device.id),
        outcome,
    ))
}

/// Builds a page from `rows`, which were read with one extra row to detect a next page.
pub(super) fn page<T, V>(mut rows: Vec<T>, name: impl Fn(&T) -> String, view: impl Fn(&T) -> V) -> Page<V> {
    let size = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > size;
    rows.truncate(size);
    Page {
        cursor: rows.last().filter(|_| more).map(name),
        items: rows.iter().map(view).collect(),
    }
}

pub(super) fn list_devices(ctx: &Context<'_>, cursor: Option<&str>) -> Result<Page<DeviceView>, Refusal> {
    let rows = devices::list(ctx.sql, cursor.unwrap_or_default(), PAGE.saturating_add(1)).or_storage()?;
    Ok(page(
        rows,
        |device| device.id.to_string(),
        |device| device.view(ctx.now),
    ))
}

pub(super) fn list_outbox(ctx: &Context<'_>, cursor: Option<&str>) -> Result<Page<OutboxView>, Refusal> {
    let rows = outbox::list(ctx.sql, cursor.unwrap_or_default(), PAGE.saturating_add(1)).or_storage()?;
    Ok(page(rows, |row| row.id.to_string(), |row| row.view()))
}

pub(super) fn retry_outbox(ctx: &Context<'_>, id: &OutboxId) -> Result<(), Refusal> {
    let mut row = outbox::load(ctx.sql, id).or_storage()?.ok_or(Refusal::NotFound)?;
    row.retry(ctx.now);
    outbox::save(ctx.sql, &row).or_storage()?;
    ctx.audit(Act::new(operator(), "outbox.retry", format!("outbox/{id}"), "done"))
}
