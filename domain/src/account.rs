//! Accounts: the login of a user, what it may do, and how it is proven (C4 to C7, K1).

use serde::{Deserialize, Serialize};

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

/// How long a first password can be used, in seconds.
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

/// Most support options of one contract (C6).
pub const MOST_SUPPORT_OPTIONS: i64 = 5;

/// Who is to become an administrator.
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
    /// Their language.
    pub locale: Locale,
    /// Their time zone.
    pub time_zone: TimeZone,
}

/// The number of the first password with which a contract begins.
pub const CONTRACT_ISSUE: i64 = 0;

/// A number for any other first password: random, because a count would begin anew with a new account of the same user, and
/// with it the passwords. From 2^48 up, so that no number is [`CONTRACT_ISSUE`], and below 2^49, so that JavaScript reads it.
#[must_use]
pub fn new_issue(random: &dyn Random) -> i64 {
    bytes::<6>(random)
        .iter()
        .fold(1, |sum, byte| (sum << 8) | i64::from(*byte))
}

/// How an account's holder proves who they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Password {
    /// A first password (C1): mailed, works once, and must be replaced.
    First {
        /// Its stored form.
        hash: HashedPassword,
        /// The link key it is derived with, to write it in the mail; `None` where an administrator chose it.
        key: Option<String>,
        /// Which of the account's first passwords it is: each issue ends the one before (K1).
        issue: i64,
        /// Until when it can be used.
        until: UnixSeconds,
    },
    /// The holder's own.
    Own {
        /// Its stored form.
        hash: HashedPassword,
        /// When it was set.
        since: UnixSeconds,
    },
    /// None: a first password was used, and not replaced yet.
    Spent {
        /// Which it was.
        issue: i64,
    },
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
    /// A spent refresh token was used again.
    pub token_reuse: bool,
    /// A mail could not be delivered.
    pub undeliverable: bool,
    /// The audit chain is broken.
    pub audit: bool,
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
        }
    }
}

/// An account as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Whose it is.
    pub user: UserId,
    /// The name they log in with.
    pub name: AccountName,
    /// What they may do.
    pub role: Role,
    /// The organisation an organisation administrator is limited to.
    pub organization: Option<OrganizationId>,
    /// Whether they have the support option (C6).
    pub support_option: bool,
    /// The alerts they want.
    pub alerts: Alerts,
    /// Their language.
    pub locale: Locale,
    /// Their time zone.
    pub time_zone: TimeZone,
    /// How they prove who they are.
    pub password: Password,
    /// Whether it takes a passkey too.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub second_factor: bool,
    /// When the account was made.
    pub created_at: UnixSeconds,
    /// When they last logged in.
    pub last_login_at: Option<UnixSeconds>,
    /// Counts the changes of what an administrator edits.
    pub version: i64,
}

/// Whether an account can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum AccountState {
    /// The holder has a password of their own.
    Active,
    /// The first password waits to be used and replaced.
    Invited,
    /// Neither: it has to be issued anew.
    Lapsed,
}

impl Account {
    /// Whether it can be used at `now`.
    #[must_use]
    pub const fn state(&self, now: UnixSeconds) -> AccountState {
        match &self.password {
            Password::Own { .. } => AccountState::Active,
            Password::First { until, .. } if now.since(*until) < 0 => AccountState::Invited,
            Password::First { .. } | Password::Spent { .. } => AccountState::Lapsed,
        }
    }

    /// The stored password that can be used at `now`. A first password that was derived from a key ends with the key.
    #[must_use]
    pub fn usable_password(&self, keys: &LinkKeys, now: UnixSeconds) -> Option<&HashedPassword> {
        let lives = |key: &Option<String>| key.as_deref().is_none_or(|kid| keys.find(kid).is_some());
        match &self.password {
            Password::Own { hash, .. } => Some(hash),
            Password::First { hash, key, until, .. } if now.since(*until) < 0 && lives(key) => Some(hash),
            Password::First { .. } | Password::Spent { .. } => None,
        }
    }

    /// What is other in `after`, as the audit log tells it (`audit::change`): what its holder and administrators edit, and
    /// nothing that proves who the holder is.
    #[must_use]
    pub fn changes(&self, after: &Self) -> String {
        const MEMBERS: [&str; 6] = [
            "role",
            "organization",
            "support_option",
            "locale",
            "time_zone",
            "alerts",
        ];
        changes(&members(self, &MEMBERS), &members(after, &MEMBERS), Told::BeforeAndNow)
    }

    /// What an administrator sees.
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

/// An account as an administrator sees it: everything but its secrets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountView {
    /// The name its holder logs in with.
    pub account: AccountName,
    /// What they may do.
    pub role: Role,
    /// The organisation an organisation administrator is limited to.
    pub organization: Option<OrganizationId>,
    /// Whether they have the support option.
    pub support_option: bool,
    /// Their language.
    pub locale: Locale,
    /// Their time zone.
    pub time_zone: TimeZone,
    /// Whether it can be used.
    pub state: AccountState,
    /// When they last logged in.
    pub last_login_at: Option<UnixSeconds>,
    /// Counts the changes; a change names the version it is based on.
    pub version: i64,
}

/// Somebody who was made an administrator, as the operator sees them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdministratorView {
    /// Their name for machines.
    pub id: UserId,
    /// Who they are.
    #[serde(flatten)]
    pub person: NewAdministrator,
    /// What they may do.
    pub role: Role,
    /// When the account was made.
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
