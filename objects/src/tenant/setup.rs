//! The steps of setting up a tenant (C8), as its administrators and its provider see them.

use tegata_domain::account::{Account, Password};
use tegata_domain::error::Refusal;
use tegata_domain::panel::overview::{SetupItem, SetupStep};
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_kv_schema::{devices, users};

use super::outbox::tell_provider;
use crate::context::{Context, OrStorage as _};

/// The setup steps in order, each with whether it is done. `administrators` is the number of system administrators; the
/// first step is done once one of the accounts in `whose` has a password of its owner's choice.
pub(super) fn steps(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    administrators: usize,
    whose: &[Account],
) -> Result<Vec<SetupItem>, Refusal> {
    let own_password = |account: &Account| matches!(account.password, Password::Own { .. });
    let item = |step, done| SetupItem { step, done };
    Ok(vec![
        item(SetupStep::Password, whose.iter().any(own_password)),
        item(SetupStep::SecondAdministrator, administrators > 1),
        item(SetupStep::Policies, tenant.version > 0),
        item(SetupStep::FirstUser, users::any_without_account(ctx.sql).or_storage()?),
        item(SetupStep::FirstDevice, devices::any(ctx.sql).or_storage()?),
    ])
}

/// Applies `change` to the users, and tells the provider if that completes or undoes the first-user step.
pub(super) fn told(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    change: impl FnOnce() -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let before = users::any_without_account(ctx.sql).or_storage()?;
    change()?;
    let after = users::any_without_account(ctx.sql).or_storage()?;
    if before == after {
        Ok(())
    } else {
        tell_provider(ctx, tenant)
    }
}
