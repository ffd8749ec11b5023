//! Organisations.

use crate::id::OrganizationId;
use crate::organization::Organization;
use crate::right::Right;
use crate::text::OrganizationName;
use crate::wire::page::Page;

use super::lists::present;

actions! {
    "All organisations"
    List -> Page<Organization> {}
    = Action::new("list_organizations", Right::UsersRead).reading();

    "Adds an organisation"
    Create -> Organization {
        /// Its name.
        name: OrganizationName,
        /// The one it belongs to.
        #[serde(default)]
        parent: Option<OrganizationId>,
    }
    = Action::new("create_organization", Right::UsersWrite).repeatable().entering(&["organization.create"]);

    "Renames or moves an organisation"
    /// What is absent stays.
    Change -> Organization {
        /// Which.
        id: OrganizationId,
        /// The version the change is based on.
        version: i64,
        /// Its name.
        #[serde(default)]
        name: Option<OrganizationName>,
        /// The one it belongs to; null: none.
        #[serde(default, deserialize_with = "present")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<OrganizationId>))]
        parent: Option<Option<OrganizationId>>,
    }
    = Action::new("change_organization", Right::UsersWrite).entering(&["organization.update"]);

    "Removes an organisation without users and organisations below it"
    Delete -> () {
        /// Which.
        id: OrganizationId,
    }
    = Action::new("delete_organization", Right::UsersWrite).entering(&["organization.delete"]);
}
