//! What a tenant's object has in memory, and what each command may need of it: the tenant's record, and limits.

use std::cell::{Cell, RefCell};

use tegata_domain::error::Refusal;
use tegata_domain::limit::{Counted, Limit, counted};
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_domain::time::UnixSeconds;
use tegata_kv_schema::sql::Sql;
use tegata_kv_schema::{limits, login_tries, migrations, passkey_challenges, proofs, tenants};

use super::polls::Polls;
use super::waiting::Waiting;
use crate::context::{Context, OrStorage as _};

/// How many writes of a kind pass between two sweeps of what has run out.
const SWEEP_EVERY: u32 = 256;

/// The object's memory: copies of what is stored, and what may be lost.
#[derive(Default)]
pub struct Tenant {
    pub(super) record: RefCell<Option<TenantRecord>>,
    pub(super) polls: RefCell<Polls>,
    pub(super) waiting: Cell<Option<Waiting>>,
    writes: Cell<u32>,
}

impl Tenant {
    /// The tenant, from memory where it was read before.
    pub(super) fn tenant(&self, sql: &dyn Sql) -> Result<TenantRecord, Refusal> {
        if let Some(tenant) = self.record.borrow().as_ref() {
            return Ok(tenant.clone());
        }
        if !migrations::exists(sql).or_storage()? {
            return Err(Refusal::UnknownTenant);
        }
        migrations::apply(sql, migrations::TENANT).or_storage()?;
        let tenant = tenants::load(sql).or_storage()?.ok_or(Refusal::UnknownTenant)?;
        self.record.replace(Some(tenant.clone()));
        Ok(tenant)
    }

    pub(super) fn save_tenant(&self, sql: &dyn Sql, tenant: TenantRecord) -> Result<(), Refusal> {
        tenants::save(sql, &tenant).or_storage()?;
        self.record.replace(Some(tenant));
        Ok(())
    }

    /// Takes one from `limit` for `key`.
    pub(super) fn limited(&self, ctx: &Context<'_>, key: &str, limit: Limit) -> Result<(), Refusal> {
        self.sweep(ctx)?;
        take(ctx, key, limit)
    }

    /// Takes one from what `client` may do of `what`: from its address and from the networks around it, or from none.
    pub(super) fn limited_client(
        &self,
        ctx: &Context<'_>,
        what: &str,
        client: &str,
        limit: Limit,
    ) -> Result<(), Refusal> {
        self.sweep(ctx)?;
        for (key, arrival) in room(ctx, what, client, limit)? {
            limits::save(ctx.sql, &key, arrival).or_storage()?;
        }
        Ok(())
    }

    /// Forgets limits, proofs and challenges that have run out, now and then.
    pub(super) fn sweep(&self, ctx: &Context<'_>) -> Result<(), Refusal> {
        let writes = self.writes.get().wrapping_add(1);
        self.writes.set(writes);
        if writes.checked_rem(SWEEP_EVERY) == Some(0) {
            limits::sweep(ctx.sql, ctx.now).or_storage()?;
            login_tries::sweep(ctx.sql, ctx.now).or_storage()?;
            proofs::sweep(ctx.sql, ctx.now).or_storage()?;
            passkey_challenges::sweep(ctx.sql, ctx.now).or_storage()?;
        }
        Ok(())
    }
}

/// Takes one from `limit` for `key`, of what is so rare that it sweeps nothing.
pub(super) fn take(ctx: &Context<'_>, key: &str, limit: Limit) -> Result<(), Refusal> {
    let stored = limits::load(ctx.sql, key).or_storage()?;
    let arrival = limit
        .take(stored, ctx.now)
        .map_err(|retry_after| Refusal::TooMany { retry_after })?;
    limits::save(ctx.sql, key, arrival).or_storage()
}

/// What is to be stored where `client` does `what` once more.
///
/// # Errors
/// [`Refusal::TooMany`] where its address, or a network around it, has no room left.
pub(super) fn room(
    ctx: &Context<'_>,
    what: &str,
    client: &str,
    limit: Limit,
) -> Result<Vec<(String, UnixSeconds)>, Refusal> {
    let room = |one: Counted| {
        let key = format!("{what}/{}", one.key);
        let stored = limits::load(ctx.sql, &key).or_storage()?;
        let too_many = |retry_after| Refusal::TooMany { retry_after };
        let arrival = one.limit.take(stored, ctx.now).map_err(too_many)?;
        Ok((key, arrival))
    };
    counted(client, limit).into_iter().map(room).collect()
}
