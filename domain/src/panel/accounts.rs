//! User accounts (C5).

use crate::account::AccountName;
use crate::id::{OrganizationId, UserId};
use crate::locale::Locale;
use crate::password::HashedPassword;
use crate::right::{Right, Role};
use crate::time::TimeZone;
use crate::user::UserView;

use super::lists::present;

actions! {
    "Creates an account for a user"
    /// Mails a temporary password unless the request sets one.
    Create -> UserView {
        /// ID of the user.
        id: UserId,
        /// Login name.
        account: AccountName,
        /// Role, which determines the user's rights.
        role: Role,
        /// Organisation that an organisation administrator is limited to.
        #[serde(default)]
        organization: Option<OrganizationId>,
        /// Whether the account has the support option.
        #[serde(default)]
        support_option: bool,
        /// The user's language.
        locale: Locale,
        /// The user's time zone.
        time_zone: TimeZone,
        /// First password chosen by the administrator, in its stored form.
        #[serde(default)]
        #[cfg_attr(feature = "openapi", schema(ignore))]
        hash: Option<HashedPassword>,
    }
    = Action::new("create_account", Right::AccountsWrite).fresh().entering(&["account.create"]);

    "Changes an account"
    /// Absent members stay unchanged.
    Change -> UserView {
        /// ID of the user.
        id: UserId,
        /// Version of the account that the change is based on.
        version: i64,
        /// Role, which determines the user's rights.
        #[serde(default)]
        role: Option<Role>,
        /// Organisation that an organisation administrator is limited to; null for none.
        #[serde(default, deserialize_with = "present")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<OrganizationId>))]
        organization: Option<Option<OrganizationId>>,
        /// Whether the account has the support option.
        #[serde(default)]
        support_option: Option<bool>,
        /// The user's language.
        #[serde(default)]
        locale: Option<Locale>,
        /// The user's time zone.
        #[serde(default)]
        time_zone: Option<TimeZone>,
    }
    = Action::new("change_account", Right::AccountsWrite).fresh().entering(&["account.update"]);

    "Deletes an account with its passkeys, sessions and tokens"
    Delete -> UserView {
        /// ID of the user.
        id: UserId,
    }
    = Action::new("delete_account", Right::AccountsWrite).fresh().entering(&["account.delete"]);

    "Mails a new temporary password and invalidates the old password, passkeys, sessions and tokens"
    Reissue -> UserView {
        /// ID of the user.
        id: UserId,
    }
    = Action::new("reissue_account", Right::AccountsWrite).fresh().entering(&["account.reissue"]);
}
