//! The two kinds of tenant. They have a file of their own because rights depend on the kind, refusals depend on rights,
//! and `tenant` depends on refusals.

use serde::{Deserialize, Serialize};

/// Whether a tenant is a customer or the organisation that serves customers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum TenantKind {
    /// A customer contract.
    Tenant,
    /// The service organisation with the support desk.
    Provider,
}
