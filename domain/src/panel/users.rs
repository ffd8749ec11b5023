//! Users (C3).

use crate::id::{OrganizationId, UserId};
use crate::phonetic::PhoneticName;
use crate::right::Right;
use crate::text::PersonName;
use crate::user::{Emails, UserView};
use crate::wire::page::Page;

use super::lists::{present, search};

actions! {
    "Lists users, sorted by name or phonetic name"
    List -> Page<UserView> {
        /// Search text: prefix of a name, a phonetic name, a mail address or a login name.
        #[serde(default, deserialize_with = "search")]
        #[cfg_attr(feature = "openapi", schema(max_length = 100))]
        q: Option<String>,
        /// Filter by organisation, including the organisations below it.
        #[serde(default)]
        organization: Option<OrganizationId>,
        /// Filter by whether the user has an account.
        #[serde(default)]
        account: AccountFilter,
        /// Sort order; search results are sorted by the matching term instead.
        #[serde(default)]
        sort: UserSort,
        /// Cursor from the previous page.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("list_users", Right::UsersRead).reading();

    "Shows a user"
    Show -> UserView {
        /// ID of the user.
        id: UserId,
    }
    = Action::new("show_user", Right::UsersRead).reading();

    "Adds a user"
    Create -> UserView {
        /// The user's name.
        display_name: PersonName,
        /// Phonetic form of the name.
        #[serde(default)]
        phonetic_name: Option<PhoneticName>,
        /// The user's mail addresses.
        emails: Emails,
        /// Organisation that the user belongs to.
        #[serde(default)]
        organization: Option<OrganizationId>,
        /// The user's ID in the source system, at most 200 characters.
        #[serde(default)]
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200))]
        external_id: Option<String>,
    }
    = Action::new("create_user", Right::UsersWrite).repeatable().entering(&["user.create"]);

    "Changes a user"
    /// Absent members stay unchanged.
    Change -> UserView {
        /// ID of the user.
        id: UserId,
        /// Version that the change is based on.
        version: i64,
        /// The user's name.
        #[serde(default)]
        display_name: Option<PersonName>,
        /// Phonetic form of the name; null if unknown.
        #[serde(default, deserialize_with = "present")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<PhoneticName>))]
        phonetic_name: Option<Option<PhoneticName>>,
        /// Complete list of the user's mail addresses.
        #[serde(default)]
        emails: Option<Emails>,
        /// Organisation that the user belongs to; null for none.
        #[serde(default, deserialize_with = "present")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<OrganizationId>))]
        organization: Option<Option<OrganizationId>>,
    }
    = Action::new("change_user", Right::UsersWrite).entering(&["user.update"]);

    "Deletes a user who has no account"
    Delete -> () {
        /// ID of the user.
        id: UserId,
    }
    = Action::new("delete_user", Right::UsersWrite).entering(&["user.delete"]);
}

choices! {
    /// Account filter for lists of users.
    AccountFilter {
        /// Users with an account.
        With "true",
        /// Users without an account.
        Without "false",
        /// All users.
        #[default]
        Any "any",
    }
    /// Sort order of users.
    UserSort {
        /// By name.
        #[default]
        Name "name",
        /// By phonetic name.
        Phonetic "phonetic_name",
    }
}
