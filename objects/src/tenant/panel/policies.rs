//! The tenant's own settings and policies.

use tegata_domain::error::Refusal;
use tegata_domain::panel::policies::{Change, PoliciesView};
use tegata_domain::tenant::Tenant as TenantRecord;

use super::lists::changed;
use super::visitor::Visitor;
use crate::context::Context;
use crate::tenant::alerts::data_origin_changed;
use crate::tenant::object::Tenant;

pub(super) fn view(tenant: &TenantRecord) -> PoliciesView {
    PoliciesView {
        version: tenant.version,
        name: tenant.name.clone(),
        locale: tenant.locale,
        time_zone: tenant.time_zone.clone(),
        policy: tenant.policy.clone(),
        contract: tenant.contract(),
    }
}

impl Tenant {
    pub(super) fn change_policies(
        &self,
        ctx: &Context<'_>,
        visitor: &Visitor,
        input: Change,
    ) -> Result<PoliciesView, Refusal> {
        let mut tenant = visitor.tenant.clone();
        if tenant.version != input.version {
            return Err(changed(&view(&tenant)));
        }
        tenant.name = input.name.unwrap_or(tenant.name);
        tenant.locale = input.locale.unwrap_or(tenant.locale);
        if let Some(zone) = input.time_zone {
            tenant.time_zone = zone;
        }
        if let Some(policy) = input.policy {
            tenant.policy = tenant
                .policy
                .merged(policy, ctx.deployment())
                .map_err(|error| error.within("policy"))?;
        }
        tenant.contact = input.contact.or(tenant.contact);
        tenant.version = tenant.version.saturating_add(1);
        let outcome = visitor.tenant.changes(&tenant);
        visitor.audit::<Change>(ctx, format!("tenant/{}", tenant.slug), &outcome)?;
        data_origin_changed(ctx, visitor.present(), &visitor.tenant, &tenant)?;
        let view = view(&tenant);
        self.publish(ctx, tenant)?;
        Ok(view)
    }
}
