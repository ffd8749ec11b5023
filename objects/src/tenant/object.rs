//! The in-memory state of a tenant's object, and what every command may need from it: the tenant's record and rate
//! limits.

use std::cell::{Cell, RefCell};

use tegata_domain::error::Refusal;
use tegata_domain::events::Tickets;
use tegata_domain::limit::{Counted, Limit, counted};
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_domain::time::UnixSeconds;
use tegata_kv_schema::sql::Sql;
use tegata_kv_schema::{limits, login_tries, migrations, passkey_challenges, proofs, tenants};

use super::polls::Polls;
use super::waiting::Waiting;
use crate::context::{Context, OrStorage as _};

/// Number of limited operations between two sweeps of expired rows.
const SWEEP_EVERY: u32 = 256;

/// The object's memory: copies of stored data, and data that may be lost.
#[derive(Default)]
pub struct Tenant {
    pub(super) record: RefCell<Option<TenantRecord>>,
    pub(super) polls: RefCell<Polls>,
    pub(super) waiting: Cell<Option<Waiting>>,
    pub(super) tickets: RefCell<Tickets>,
    writes: Cell<u32>,
}

impl Tenant {
    /// The tenant, from memory if it was loaded before.
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

    /// Counts one use of `limit` under `key`.
    pub(super) fn limited(&self, ctx: &Context<'_>, key: &str, limit: Limit) -> Result<(), Refusal> {
        self.sweep(ctx)?;
        take(ctx, key, limit)
    }

    /// Counts one use of `what` by `client` against the limits of its address and of the networks around it. If one of
    /// them is exhausted, none is counted.
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

    /// Deletes expired limits, attempts, proofs and challenges, once every [`SWEEP_EVERY`] calls.
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

/// Counts one use of `limit` under `key` without sweeping, for operations too rare to matter.
pub(super) fn take(ctx: &Context<'_>, key: &str, limit: Limit) -> Result<(), Refusal> {
    let stored = limits::load(ctx.sql, key).or_storage()?;
    let arrival = limit
        .take(stored, ctx.now)
        .map_err(|retry_after| Refusal::TooMany { retry_after })?;
    limits::save(ctx.sql, key, arrival).or_storage()
}

/// The limit entries to store if `client` does `what` once more.
///
/// # Errors
/// [`Refusal::TooMany`] when the limit of its address or of a network around it is exhausted.
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
