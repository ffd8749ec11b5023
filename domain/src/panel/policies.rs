//! What a tenant decides about itself.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::locale::Locale;
use crate::policy::Policy;
use crate::right::Right;
use crate::text::OrganizationName;
use crate::time::TimeZone;

actions! {
    "The tenant's name, language, time zone and policies"
    Show -> PoliciesView {}
    = Action::new("show_policies", Right::PoliciesRead).reading();

    "Changes the name, language, time zone or policies of the tenant"
    /// What is absent stays.
    Change -> PoliciesView {
        /// The version the change is based on.
        version: i64,
        /// The tenant's name.
        #[serde(default)]
        name: Option<OrganizationName>,
        /// The tenant's language.
        #[serde(default)]
        locale: Option<Locale>,
        /// The tenant's time zone.
        #[serde(default)]
        time_zone: Option<TimeZone>,
        /// Policies to change, merged into the current ones (RFC 7396).
        #[serde(default)]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::policy::Policy>))]
        policy: Option<Map<String, Value>>,
    }
    = Action::new("change_policies", Right::PoliciesWrite).fresh().touching_copies().entering(&["tenant.update"]);
}

/// What a tenant decided about itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PoliciesView {
    /// Counts the changes; a change names the version it is based on.
    pub version: i64,
    /// Its name.
    pub name: OrganizationName,
    /// Its language.
    pub locale: Locale,
    /// Its time zone.
    pub time_zone: TimeZone,
    /// Its policies.
    pub policy: Policy,
}
