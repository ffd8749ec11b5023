//! A tenant's own settings: name, language, time zone and policies.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::contract::{ContactPerson, Contract};
use crate::locale::Locale;
use crate::policy::Policy;
use crate::right::Right;
use crate::text::OrganizationName;
use crate::time::TimeZone;

actions! {
    "Shows the tenant's name, language, time zone, policies and contract"
    Show -> PoliciesView {}
    = Action::new("show_policies", Right::PoliciesRead).reading();

    "Changes the tenant's name, language, time zone, policies or contact person"
    /// Absent members stay unchanged.
    Change -> PoliciesView {
        /// Version that the change is based on.
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
        /// The contract's contact person; replaces the current one.
        #[serde(default)]
        contact: Option<ContactPerson>,
    }
    = Action::new("change_policies", Right::PoliciesWrite).fresh().touching_copies().entering(&["tenant.update"]);
}

/// A tenant's own settings.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PoliciesView {
    /// Version, incremented by each change; a change names the version it is based on.
    pub version: i64,
    /// The tenant's name.
    pub name: OrganizationName,
    /// The tenant's language.
    pub locale: Locale,
    /// The tenant's time zone.
    pub time_zone: TimeZone,
    /// The tenant's policies.
    pub policy: Policy,
    /// The contract, with its contact person and the date of application.
    pub contract: Contract,
}
