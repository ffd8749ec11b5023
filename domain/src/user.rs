//! A tenant's users (C3), shaped like SCIM's User (RFC 7643 section 4.1): any number of mail addresses, each with a
//! type, and exactly one of them primary (「メイン」).

use serde::{Deserialize, Serialize};

use crate::account::AccountView;
use crate::audit::change::{Told, changes, members};
use crate::email::EmailAddress;
use crate::error::FieldError;
use crate::id::{OrganizationId, UserId};
use crate::phonetic::{PhoneticName, terms};
use crate::text::PersonName;
use crate::time::UnixSeconds;

/// Maximum number of mail addresses per user.
const MOST_EMAILS: usize = 20;

/// The use of a mail address (RFC 7643 section 4.1.2, `emails.type`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum EmailType {
    /// Work address.
    Work,
    /// Home address.
    Home,
    /// Address on a mobile phone.
    Mobile,
    /// Any other address.
    Other,
}

/// A user's mail address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Email {
    /// The address.
    pub value: EmailAddress,
    /// The use of the address.
    #[serde(rename = "type")]
    pub kind: EmailType,
    /// Whether it is the primary address.
    #[serde(default)]
    pub primary: bool,
}

/// A user's mail addresses: at least one, no duplicates, exactly one primary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 20))]
#[serde(try_from = "Vec<Email>")]
pub struct Emails(Vec<Email>);

impl Emails {
    /// A single address, which is the primary one.
    #[must_use]
    pub fn only(address: EmailAddress) -> Self {
        Self(vec![Email {
            value: address,
            kind: EmailType::Work,
            primary: true,
        }])
    }

    /// All addresses.
    #[must_use]
    pub fn all(&self) -> &[Email] {
        &self.0
    }

    /// The primary address.
    #[must_use]
    pub fn primary(&self) -> Option<&EmailAddress> {
        self.0.iter().find(|email| email.primary).map(|email| &email.value)
    }
}

impl TryFrom<Vec<Email>> for Emails {
    type Error = FieldError;
    fn try_from(emails: Vec<Email>) -> Result<Self, Self::Error> {
        let refuse = |detail| Err(FieldError::new("emails", detail));
        if emails.len() > MOST_EMAILS {
            return refuse("must contain at most 20 addresses");
        }
        if emails.iter().filter(|email| email.primary).count() != 1 {
            return refuse("must contain exactly one primary address");
        }
        let twice = |(at, email): (usize, &Email)| {
            let key = email.value.mailbox_key();
            emails
                .iter()
                .skip(at.saturating_add(1))
                .any(|other| other.value.mailbox_key() == key)
        };
        if emails.iter().enumerate().any(twice) {
            return refuse("must not contain an address twice");
        }
        Ok(Self(emails))
    }
}

/// A user of a tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The user's id.
    pub id: UserId,
    /// The user's name (氏名).
    pub display_name: PersonName,
    /// The reading of the name (フリガナ).
    pub phonetic_name: Option<PhoneticName>,
    /// The user's mail addresses.
    pub emails: Emails,
    /// The organisation the user belongs to.
    pub organization: Option<OrganizationId>,
    /// The user's id in the system it was imported from (RFC 7643 section 3.1).
    pub external_id: Option<String>,
    /// Incremented with each change.
    pub version: i64,
    /// Time of creation.
    pub created_at: UnixSeconds,
    /// Time of the last change.
    pub updated_at: UnixSeconds,
}

impl User {
    /// The names of the members that differ in `after`, as the audit log records them. The log does not contain their
    /// values.
    #[must_use]
    pub fn changes(&self, after: &Self) -> String {
        const MEMBERS: [&str; 4] = ["display_name", "phonetic_name", "emails", "organization"];
        changes(&members(self, &MEMBERS), &members(after, &MEMBERS), Told::Names)
    }

    /// The terms by which a search finds the user.
    #[must_use]
    pub fn search_terms(&self, account: Option<&str>) -> Vec<String> {
        let phonetic = self.phonetic_name.as_ref().map_or("", PhoneticName::as_str);
        let emails = self.emails.all().iter().map(|email| email.value.mailbox_key());
        let mut found: Vec<String> = terms(self.display_name.as_str())
            .chain(terms(phonetic))
            .chain(emails)
            .chain(account.map(str::to_owned))
            .collect();
        found.sort();
        found.dedup();
        found
    }

    /// The user as an administrator sees them, with their account.
    #[must_use]
    pub fn view(&self, account: Option<AccountView>) -> UserView {
        UserView {
            id: self.id.clone(),
            display_name: self.display_name.clone(),
            phonetic_name: self.phonetic_name.clone(),
            emails: self.emails.clone(),
            organization: self.organization.clone(),
            external_id: self.external_id.clone(),
            version: self.version,
            created_at: self.created_at,
            updated_at: self.updated_at,
            account,
        }
    }
}

/// A user as an administrator sees them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserView {
    /// The user's id.
    pub id: UserId,
    /// The user's name.
    pub display_name: PersonName,
    /// The reading of the name.
    pub phonetic_name: Option<PhoneticName>,
    /// The user's mail addresses.
    pub emails: Emails,
    /// The organisation the user belongs to.
    pub organization: Option<OrganizationId>,
    /// The user's id in the system it was imported from.
    pub external_id: Option<String>,
    /// Incremented with each change; a request to change the user names the version it is based on.
    pub version: i64,
    /// Time of creation.
    pub created_at: UnixSeconds,
    /// Time of the last change.
    pub updated_at: UnixSeconds,
    /// The user's account, if there is one.
    pub account: Option<AccountView>,
}

#[cfg(test)]
mod tests {
    use super::Emails;

    fn emails(list: &[(&str, bool)]) -> Result<Emails, String> {
        let list: Vec<_> = list
            .iter()
            .map(|(value, primary)| serde_json::json!({"value": value, "type": "work", "primary": primary}))
            .collect();
        serde_json::from_value(list.into()).map_err(|error| error.to_string())
    }

    #[test]
    fn exactly_one_is_primary() {
        assert!(emails(&[("a@aozora.example", true), ("b@aozora.example", false)]).is_ok());
        for bad in [
            &[][..],
            &[("a@aozora.example", false)],
            &[("a@aozora.example", true), ("b@aozora.example", true)],
        ] {
            assert!(emails(bad).unwrap_err().contains("primary"), "{bad:?}");
        }
    }

    #[test]
    fn none_stands_twice() {
        assert!(emails(&[("a@aozora.example", true), ("a@AOZORA.example", false)]).is_err());
        let many: Vec<(String, bool)> = (0..21).map(|n| (format!("a{n}@aozora.example"), n == 0)).collect();
        let many: Vec<(&str, bool)> = many.iter().map(|(value, primary)| (value.as_str(), *primary)).collect();
        assert!(emails(&many).is_err() && emails(&many[..20]).is_ok());
    }
}
