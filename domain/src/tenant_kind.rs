//! The two kinds of tenant. Apart from the tenant itself, because what somebody may do depends on the kind, and every
//! refusal on that.

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
