//! Organisations.

use crate::id::OrganizationId;
use crate::organization::Organization;
use crate::right::Right;
use crate::text::OrganizationName;
use crate::wire::page::Page;

use super::lists::present;

actions! {
    "Lists all organisations"
    List -> Page<Organization> {}
    = Action::new("list_organizations", Right::UsersRead).reading();

    "Adds an organisation"
    Create -> Organization {
        /// Name of the organisation.
        name: OrganizationName,
        /// Parent organisation.
        #[serde(default)]
        parent: Option<OrganizationId>,
    }
    = Action::new("create_organization", Right::UsersWrite).repeatable().entering(&["organization.create"]);

    "Renames or moves an organisation"
    /// Absent members stay unchanged.
    Change -> Organization {
        /// ID of the organisation.
        id: OrganizationId,
        /// Version that the change is based on.
        version: i64,
        /// Name of the organisation.
        #[serde(default)]
        name: Option<OrganizationName>,
        /// Parent organisation; null for none.
        #[serde(default, deserialize_with = "present")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<OrganizationId>))]
        parent: Option<Option<OrganizationId>>,
    }
    = Action::new("change_organization", Right::UsersWrite).entering(&["organization.update"]);

    "Deletes an organisation that has no users, no equipment and no child organisations"
    Delete -> () {
        /// ID of the organisation.
        id: OrganizationId,
    }
    = Action::new("delete_organization", Right::UsersWrite).entering(&["organization.delete"]);
}
