//! People who administer a tenant.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::email::EmailAddress;
use crate::error::FieldError;
use crate::id::UserId;
use crate::locale::Locale;
use crate::text::PersonName;
use crate::time::{TimeZone, UnixSeconds};

/// How long a first password can be used, in seconds.
pub const FIRST_PASSWORD_LIFE: i64 = 7 * 24 * 3600;

/// The name a person logs in with: 2 to 64 of `a-z 0-9 . _ -`, lower case, beginning with a letter or digit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
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

/// What an account may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Every operation in every organisation (C5); an approver of everything.
    SystemAdministrator,
}

/// Who is to become an administrator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

/// An administrator as stored.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Administrator {
    /// Their name for machines.
    pub id: UserId,
    /// Who they are.
    #[serde(flatten)]
    pub person: Person,
    /// What they may do.
    pub role: Role,
    /// The first password, hashed (PHC string).
    pub password_hash: String,
    /// The link key the first password was derived with, to write it in the mail.
    pub password_key: String,
    /// Until when the first password can be used.
    pub password_until: UnixSeconds,
    /// When the account was made.
    pub created_at: UnixSeconds,
}

/// A person with an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
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

impl From<NewAdministrator> for Person {
    fn from(new: NewAdministrator) -> Self {
        Self {
            name: new.name,
            email: new.email,
            account: new.account,
            locale: new.locale,
            time_zone: new.time_zone,
        }
    }
}

impl fmt::Debug for Administrator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Administrator({} {:?})", self.id, self.person)
    }
}

/// An administrator as the operator sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdministratorView {
    /// Their name for machines.
    pub id: UserId,
    /// Who they are.
    #[serde(flatten)]
    pub person: Person,
    /// What they may do.
    pub role: Role,
    /// When the account was made.
    pub created_at: UnixSeconds,
}

impl Administrator {
    /// What the operator sees.
    #[must_use]
    pub fn view(&self) -> AdministratorView {
        AdministratorView {
            id: self.id.clone(),
            person: self.person.clone(),
            role: self.role,
            created_at: self.created_at,
        }
    }
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
