//! Users' accounts (C5).

use crate::account::AccountName;
use crate::id::{OrganizationId, UserId};
use crate::locale::Locale;
use crate::password::HashedPassword;
use crate::right::{Right, Role};
use crate::time::TimeZone;
use crate::user::UserView;

use super::lists::present;

actions! {
    "Gives a user an account"
    /// Without a password a first one is mailed.
    Create -> UserView {
        /// Who.
        id: UserId,
        /// The name they log in with.
        account: AccountName,
        /// What they may do.
        role: Role,
        /// The organisation an organisation administrator is limited to.
        #[serde(default)]
        organization: Option<OrganizationId>,
        /// Whether they have the support option.
        #[serde(default)]
        support_option: bool,
        /// Their language.
        locale: Locale,
        /// Their time zone.
        time_zone: TimeZone,
        /// A first password of the administrator's choice, in its stored form.
        #[serde(default)]
        #[cfg_attr(feature = "openapi", schema(ignore))]
        hash: Option<HashedPassword>,
    }
    = Action::new("create_account", Right::AccountsWrite).fresh().entering(&["account.create"]);

    "Changes an account"
    /// What is absent stays.
    Change -> UserView {
        /// Whose.
        id: UserId,
        /// The version of the account the change is based on.
        version: i64,
        /// What they may do.
        #[serde(default)]
        role: Option<Role>,
        /// The organisation an organisation administrator is limited to; null: none.
        #[serde(default, deserialize_with = "present")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<OrganizationId>))]
        organization: Option<Option<OrganizationId>>,
        /// Whether they have the support option.
        #[serde(default)]
        support_option: Option<bool>,
        /// Their language.
        #[serde(default)]
        locale: Option<Locale>,
        /// Their time zone.
        #[serde(default)]
        time_zone: Option<TimeZone>,
    }
    = Action::new("change_account", Right::AccountsWrite).fresh().entering(&["account.update"]);

    "Takes an account away; its passkeys, sessions and tokens end"
    Delete -> UserView {
        /// Whose.
        id: UserId,
    }
    = Action::new("delete_account", Right::AccountsWrite).fresh().entering(&["account.delete"]);

    "Mails a new first password; the old password, passkeys, sessions and tokens end"
    Reissue -> UserView {
        /// Whose.
        id: UserId,
    }
    = Action::new("reissue_account", Right::AccountsWrite).fresh().entering(&["account.reissue"]);
}
