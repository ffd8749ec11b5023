//! Users (C3).

use crate::id::{OrganizationId, UserId};
use crate::phonetic::PhoneticName;
use crate::right::Right;
use crate::text::PersonName;
use crate::user::{Emails, UserView};
use crate::wire::page::Page;

use super::lists::{present, search};

actions! {
    "Users, by name or phonetic name"
    List -> Page<UserView> {
        /// What a name, a phonetic name, a mail address or an account name begins with.
        #[serde(default, deserialize_with = "search")]
        #[cfg_attr(feature = "openapi", schema(max_length = 100))]
        q: Option<String>,
        /// Only those of this organisation and of those below it.
        #[serde(default)]
        organization: Option<OrganizationId>,
        /// Only those with, or without, an account.
        #[serde(default)]
        account: AccountFilter,
        /// In which order; where something is searched for, by what was found.
        #[serde(default)]
        sort: UserSort,
        /// Where to begin.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("list_users", Right::UsersRead).reading();

    "One user"
    Show -> UserView {
        /// Who.
        id: UserId,
    }
    = Action::new("show_user", Right::UsersRead).reading();

    "Adds a user"
    Create -> UserView {
        /// Their name.
        display_name: PersonName,
        /// How it is read.
        #[serde(default)]
        phonetic_name: Option<PhoneticName>,
        /// Their mail addresses.
        emails: Emails,
        /// The organisation they belong to.
        #[serde(default)]
        organization: Option<OrganizationId>,
        /// Their name in the system they come from, at most 200 characters.
        #[serde(default)]
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200))]
        external_id: Option<String>,
    }
    = Action::new("create_user", Right::UsersWrite).repeatable().entering(&["user.create"]);

    "Changes a user"
    /// What is absent stays.
    Change -> UserView {
        /// Who.
        id: UserId,
        /// The version the change is based on.
        version: i64,
        /// Their name.
        #[serde(default)]
        display_name: Option<PersonName>,
        /// How it is read; null: not known.
        #[serde(default, deserialize_with = "present")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<PhoneticName>))]
        phonetic_name: Option<Option<PhoneticName>>,
        /// Their mail addresses, all of them.
        #[serde(default)]
        emails: Option<Emails>,
        /// The organisation they belong to; null: none.
        #[serde(default, deserialize_with = "present")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<OrganizationId>))]
        organization: Option<Option<OrganizationId>>,
    }
    = Action::new("change_user", Right::UsersWrite).entering(&["user.update"]);

    "Removes a user without an account"
    Delete -> () {
        /// Who.
        id: UserId,
    }
    = Action::new("delete_user", Right::UsersWrite).entering(&["user.delete"]);
}

choices! {
    /// Which users are listed.
    AccountFilter {
        /// Those with an account.
        With "true",
        /// Those without.
        Without "false",
        /// All.
        #[default]
        Any "any",
    }
    /// How users are sorted.
    UserSort {
        /// By name.
        #[default]
        Name "name",
        /// By phonetic name.
        Phonetic "phonetic_name",
    }
}
