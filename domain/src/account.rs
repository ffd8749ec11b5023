//! Accounts: a user's login, its role, and how its holder authenticates (C4 to C7, K1).

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::audit::change::{Told, changes, members};
use crate::email::EmailAddress;
use crate::error::FieldError;
use crate::id::{OrganizationId, UserId};
use crate::keyring::LinkKeys;
use crate::locale::Locale;
use crate::password::HashedPassword;
use crate::random::{Random, bytes};
use crate::right::Role;
use crate::text::PersonName;
use crate::time::{TimeZone, UnixSeconds};

/// Lifetime of a first password, in seconds.
pub const FIRST_PASSWORD_LIFE: i64 = 7 * 24 * 3600;

/// The name a person logs in with: 2 to 64 of `a-z 0-9 . _ -`, lower case, beginning with a letter or digit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "openapi",
    schema(min_length = 2, max_length = 64, pattern = "^[a-z0-9][a-z0-9._-]*$")
)]
#[serde(try_from = "String")]
pub struct AccountName(String);

impl AccountName {
    /// Parses an account name.
    ///
    /// # Errors
    /// [`FieldError`] on `account`.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let good = (2..=64).contains(&text.len())
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b))
            && text.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric());
        if good {
            Ok(Self(text.to_owned()))
        } else {
            Err(FieldError::new(
                "account",
                "must be 2 to 64 lower-case ASCII letters, digits, dots, underscores or hyphens",
            ))
        }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for AccountName {
    type Error = FieldError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

/// Maximum number of support options in one contract (C6).
pub const MOST_SUPPORT_OPTIONS: i64 = 5;

/// The person who is to become an administrator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewAdministrator {
    /// Their name.
    pub name: PersonName,
    /// Their main mail address.
    pub email: EmailAddress,
    /// The name they log in with.
    pub account: AccountName,
    /// The language of their mails and pages.
    pub locale: Locale,
    /// Their time zone.
    pub time_zone: TimeZone,
}

/// The issue number of the first password that a new contract starts with.
pub const CONTRACT_ISSUE: i64 = 0;

/// An issue number for any other first password. It is random because a counter would restart with a new account of the
/// same user and derive the same passwords again. It is at least 2^48, so it never equals [`CONTRACT_ISSUE`], and below
/// 2^49, so JavaScript can represent it.
#[must_use]
pub fn new_issue(random: &dyn Random) -> i64 {
    bytes::<6>(random)
        .iter()
        .fold(1, |sum, byte| (sum << 8) | i64::from(*byte))
}

/// The password by which an account's holder authenticates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Password {
    /// A temporary password (C1). It only allows setting a password of one's own, and stays valid until that is done or it
    /// expires.
    First {
        /// The stored hash.
        hash: HashedPassword,
        /// Id of the link key it is derived from, so that the mail can state it; `None` if an administrator chose it.
        key: Option<String>,
        /// Which of the account's first passwords this is: each issue invalidates the previous one (K1).
        issue: i64,
        /// Expiry time.
        until: UnixSeconds,
    },
    /// A password the holder chose.
    Own {
        /// The stored hash.
        hash: HashedPassword,
        /// When it was set.
        since: UnixSeconds,
    },
    /// No password. Earlier versions stored this when a first password was used; none does now.
    Spent {
        /// The issue number of the first password that was used.
        issue: i64,
    },
}

impl Password {
    /// Whether an administrator typed it, to hand it over in person, and it has not expired at `now`.
    #[must_use]
    pub const fn was_handed_over(&self, now: UnixSeconds) -> bool {
        matches!(self, Self::First { key: None, until, .. } if now.since(*until) < 0)
    }
}

/// Alerts by mail to the holder of a support option (C6); each can be switched off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Alerts {
    /// A new device is in use.
    pub device: bool,
    /// A request was refused.
    pub refused: bool,
    /// An account was locked after wrong passwords.
    pub lockout: bool,
    /// A spent refresh token was reused.
    pub token_reuse: bool,
    /// A mail could not be delivered.
    pub undeliverable: bool,
    /// The audit chain is broken.
    pub audit: bool,
    /// The data origin was changed.
    #[serde(default = "on")]
    pub data_origin: bool,
    /// Remote assistance was allowed on a piece of equipment.
    #[serde(default = "on")]
    pub remote_assistance: bool,
    /// The tenant was suspended or resumed, by the provider's desk or by the operator.
    #[serde(default = "on")]
    pub suspended: bool,
}

const fn on() -> bool {
    true
}

const fn is_on(alert: &bool) -> bool {
    *alert
}

/// Alerts as stored. Those that were added later are stored only where they are off, so that a record whose holder
/// changed nothing stays as it was.
#[derive(Serialize)]
#[serde(remote = "Alerts")]
struct StoredAlerts {
    device: bool,
    refused: bool,
    lockout: bool,
    token_reuse: bool,
    undeliverable: bool,
    audit: bool,
    #[serde(skip_serializing_if = "is_on")]
    data_origin: bool,
    #[serde(skip_serializing_if = "is_on")]
    remote_assistance: bool,
    #[serde(skip_serializing_if = "is_on")]
    suspended: bool,
}

impl Default for Alerts {
    fn default() -> Self {
        Self {
            device: true,
            refused: true,
            lockout: true,
            token_reuse: true,
            undeliverable: true,
            audit: true,
            data_origin: true,
            remote_assistance: true,
            suspended: true,
        }
    }
}

/// An account as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The user who holds it.
    pub user: UserId,
    /// The name the holder logs in with.
    pub name: AccountName,
    /// The holder's role.
    pub role: Role,
    /// The organisation an organisation administrator is limited to.
    pub organization: Option<OrganizationId>,
    /// Whether the holder has the support option (C6).
    pub support_option: bool,
    /// The alerts the holder wants.
    #[serde(serialize_with = "StoredAlerts::serialize")]
    pub alerts: Alerts,
    /// The holder's language.
    pub locale: Locale,
    /// The holder's time zone.
    pub time_zone: TimeZone,
    /// The holder's password.
    pub password: Password,
    /// Whether a login also requires a passkey.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub second_factor: bool,
    /// Time of creation.
    pub created_at: UnixSeconds,
    /// Time of the last login.
    pub last_login_at: Option<UnixSeconds>,
    /// Incremented with each change to what an administrator can edit.
    pub version: i64,
}

/// Whether an account can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum AccountState {
    /// The holder has a password of their own.
    Active,
    /// A first password has been issued; the holder has yet to choose their own.
    Invited,
    /// The first password has expired. Its holder gets a new one under "forgotten password", or from an administrator.
    Lapsed,
}

impl Account {
    /// The account's state at `now`.
    #[must_use]
    pub const fn state(&self, now: UnixSeconds) -> AccountState {
        match &self.password {
            Password::Own { .. } => AccountState::Active,
            Password::First { until, .. } if now.since(*until) < 0 => AccountState::Invited,
            Password::First { .. } | Password::Spent { .. } => AccountState::Lapsed,
        }
    }

    /// The stored password that can be used at `now`. A first password that was derived from a key becomes invalid with
    /// the key.
    #[must_use]
    pub fn usable_password(&self, keys: &LinkKeys, now: UnixSeconds) -> Option<&HashedPassword> {
        let lives = |key: &Option<String>| key.as_deref().is_none_or(|kid| keys.find(kid).is_some());
        match &self.password {
            Password::Own { hash, .. } => Some(hash),
            Password::First { hash, key, until, .. } if now.since(*until) < 0 && lives(key) => Some(hash),
            Password::First { .. } | Password::Spent { .. } => None,
        }
    }

    /// The differences in `after` as the audit log records them (`audit::change`): the members that the holder and
    /// administrators edit, without the holder's credentials.
    #[must_use]
    pub fn changes(&self, after: &Self) -> String {
        const MEMBERS: [&str; 5] = ["role", "organization", "support_option", "locale", "time_zone"];
        let edited = |account: &Self| {
            let mut edited = members(account, &MEMBERS);
            // A stored account omits some alerts that are on, but the log names both values.
            edited.extend(members(&json!({ "alerts": account.alerts }), &["alerts"]));
            edited
        };
        changes(&edited(self), &edited(after), Told::BeforeAndNow)
    }

    /// The account as an administrator sees it.
    #[must_use]
    pub fn view(&self, now: UnixSeconds) -> AccountView {
        AccountView {
            account: self.name.clone(),
            role: self.role,
            organization: self.organization.clone(),
            support_option: self.support_option,
            locale: self.locale,
            time_zone: self.time_zone.clone(),
            state: self.state(now),
            last_login_at: self.last_login_at,
            version: self.version,
        }
    }
}

/// An account as an administrator sees it: everything except its secrets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountView {
    /// The name its holder logs in with.
    pub account: AccountName,
    /// The holder's role.
    pub role: Role,
    /// The organisation an organisation administrator is limited to.
    pub organization: Option<OrganizationId>,
    /// Whether the holder has the support option.
    pub support_option: bool,
    /// The holder's language.
    pub locale: Locale,
    /// The holder's time zone.
    pub time_zone: TimeZone,
    /// Whether it can be used.
    pub state: AccountState,
    /// Time of the last login.
    pub last_login_at: Option<UnixSeconds>,
    /// Incremented with each change; a request to change the account names the version it is based on.
    pub version: i64,
}

/// A person who was made an administrator, as the operator sees them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdministratorView {
    /// The user's id.
    pub id: UserId,
    /// Their name, address, account and settings.
    #[serde(flatten)]
    pub person: NewAdministrator,
    /// Their role.
    pub role: Role,
    /// Time of the account's creation.
    pub created_at: UnixSeconds,
}

#[cfg(test)]
mod tests {
    use super::AccountName;

    #[test]
    fn account_names() {
        assert!(AccountName::parse("hanako.sato").is_ok());
        for bad in ["", "a", "Hanako", "-a", "花子", "a b", "a@b"] {
            assert!(AccountName::parse(bad).is_err(), "{bad}");
        }
    }
}
