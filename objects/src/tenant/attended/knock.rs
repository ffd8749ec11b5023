//! The way in by ID and password: the provider's object counts the tries on its page, and the customer's object says
//! where the session is once its object has compared the password.

use tegata_domain::attended::ANYBODY;
use tegata_domain::command::{KnockVoucher, LinkAttended, VouchForKnock};
use tegata_domain::error::Refusal;
use tegata_domain::limit::KNOCKS;
use tegata_domain::tenant::{Tenant as TenantRecord, TenantKind};
use tegata_kv_schema::attended as store;

use super::token;
use crate::context::{Context, OrStorage as _};
use crate::tenant::object::Tenant;

impl Tenant {
    /// Counts a try on the provider's page, and vouches for it. Numbers that no session has are counted the same.
    pub(in crate::tenant) fn vouch_for_knock(
        &self,
        ctx: &Context<'_>,
        tenant: &TenantRecord,
        command: VouchForKnock,
    ) -> Result<KnockVoucher, Refusal> {
        if tenant.kind != TenantKind::Provider {
            return Err(Refusal::NotFound);
        }
        self.limited_client(ctx, "knock", &command.client, KNOCKS)?;
        let of = (tenant.slug.clone(), command.number, command.client);
        KnockVoucher::seal(of, &ctx.signers.links, ctx.random, ctx.now).ok_or(Refusal::Storage)
    }
}

/// The token of the link that anybody may have. The session's object has compared the password; everything that is wrong
/// here answers like a wrong one.
pub(in crate::tenant) fn link(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    command: &LinkAttended,
) -> Result<String, Refusal> {
    let attended = store::load(ctx.sql, &command.attended)
        .or_storage()?
        .filter(|attended| attended.opened_by.provider == command.provider && attended.state(ctx.now).is_alive())
        .ok_or(Refusal::WrongSession)?;
    token(ctx, &tenant.slug, &attended, ANYBODY.to_owned())
}
