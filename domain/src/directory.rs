//! What the edge must know of a tenant without asking its object.

use serde::{Deserialize, Serialize};

use crate::slug::Slug;
use crate::tenant::{Tenant, TenantKind, TenantState};
use crate::text::OrganizationName;

/// A tenant's entry in the directory: a read-mostly copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectoryEntry {
    /// Its domain.
    pub slug: Slug,
    /// Customer or provider.
    pub kind: TenantKind,
    /// Its name.
    pub name: OrganizationName,
    /// Whether it works.
    pub state: TenantState,
    /// Where the gate forwards to.
    pub data_origin: Option<String>,
}

impl From<&Tenant> for DirectoryEntry {
    fn from(tenant: &Tenant) -> Self {
        Self {
            slug: tenant.slug.clone(),
            kind: tenant.kind,
            name: tenant.name.clone(),
            state: tenant.state,
            data_origin: tenant.policy.data_origin.clone(),
        }
    }
}
