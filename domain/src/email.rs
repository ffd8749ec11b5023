//! Mail addresses.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::error::FieldError;

fn refuse<T>(detail: &str) -> Result<T, FieldError> {
    Err(FieldError::new("email", detail))
}

fn is_atext(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b)
}

/// A mail domain: an ASCII host name with at least two labels, in lower case. International domains are written in
/// their A-label form (`xn--…`), because two names that look the same must not be one to the approver.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "openapi",
    schema(min_length = 3, max_length = 253, pattern = r"^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$")
)]
#[serde(try_from = "String")]
pub struct MailDomain(String);

impl MailDomain {
    /// Parses and lower-cases a domain.
    ///
    /// # Errors
    /// [`FieldError`] when it is not a host name of two or more labels.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let label = |l: &str| {
            (1..=63).contains(&l.len())
                && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && !l.starts_with('-')
                && !l.ends_with('-')
        };
        let top = text.rsplit('.').next().unwrap_or_default();
        if text.len() > 253
            || !text.contains('.')
            || !text.split('.').all(label)
            || top.bytes().all(|b| b.is_ascii_digit())
        {
            return refuse("the part after @ must be a domain name such as example.com");
        }
        Ok(Self(text.to_ascii_lowercase()))
    }

    /// The domain in lower case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for MailDomain {
    type Error = FieldError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

/// A mail address: an RFC 5321 `Dot-string` local part, `@`, and a [`MailDomain`]; at most 254 characters.
///
/// Quoted local parts, comments and domain literals are valid on paper and a risk in practice, so they are refused.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(format = Email, min_length = 6, max_length = 254))]
#[serde(try_from = "String")]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Trims and parses an address; the domain is lower-cased, the local part kept as written.
    ///
    /// # Errors
    /// [`FieldError`] on `email`, saying what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        if text.len() > 1024 {
            return refuse("must be at most 254 characters long");
        }
        let text = text.trim_matches(' ');
        let Some((local, domain)) = text.rsplit_once('@') else {
            return refuse("must have the form name@example.com");
        };
        if local.is_empty() || local.len() > 64 || text.len() > 254 {
            return refuse("must be at most 254 characters long, and 1 to 64 before the @");
        }
        if !local.bytes().all(is_atext) || local.starts_with('.') || local.ends_with('.') || local.contains("..") {
            return refuse("holds characters that a mail address cannot have before the @");
        }
        let domain = MailDomain::parse(domain)?;
        Ok(Self(format!("{local}@{}", domain.as_str())))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part after the `@`, in lower case.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// The form under which two spellings of one mailbox are found and count as a repeat.
    #[must_use]
    pub fn mailbox_key(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    /// The form under which mails are counted: `user+tag@` is read in the mailbox of `user@` at most providers, and
    /// everybody has as many tags as they like.
    #[must_use]
    pub fn limit_key(&self) -> String {
        let key = self.mailbox_key();
        match key.rsplit_once('@') {
            Some((local, domain)) => match local.split_once('+') {
                Some((user, _)) if !user.is_empty() => format!("{user}@{domain}"),
                _ => key,
            },
            None => key,
        }
    }

    /// Whether the address lies in one of `domains` or in a subdomain of one.
    #[must_use]
    pub fn is_within(&self, domains: &[MailDomain]) -> bool {
        domains.iter().any(|own| {
            self.domain() == own.as_str()
                || self
                    .domain()
                    .strip_suffix(own.as_str())
                    .is_some_and(|rest| rest.ends_with('.'))
        })
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = FieldError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{EmailAddress, MailDomain};

    #[test]
    fn common_addresses_are_taken() {
        for good in [
            "taro@aozora.example",
            "t.yamada+pc@mail.aozora.example",
            "o'neil@example.com",
            "a@xn--eckwd4c7c.example",
        ] {
            assert!(EmailAddress::parse(good).is_ok(), "{good}");
        }
        assert_eq!(
            EmailAddress::parse(" Taro@Aozora.EXAMPLE ").unwrap().as_str(),
            "Taro@aozora.example"
        );
    }

    #[test]
    fn injections_and_look_alikes_are_refused() {
        for bad in [
            "",
            "taro",
            "@example.com",
            "taro@",
            "taro@localhost",
            "taro@example.com\r\nBcc: x@example.com",
            "a b@example.com",
            "\"a b\"@example.com",
            "taro@[127.0.0.1]",
            "taro@127.0.0.1",
            "taro@аozora.example",
            "ｔaro@example.com",
            "taro@exa mple.com",
            "taro@example..com",
            ".taro@example.com",
            "ta..ro@example.com",
            "a@b@example.com",
            "<taro@example.com>",
            "taro@example.com,b@example.com",
            "taro@-a.com",
        ] {
            assert!(EmailAddress::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn tags_and_case_make_no_other_mailbox_for_limits() {
        let key = |text: &str| EmailAddress::parse(text).unwrap().limit_key();
        for same in [
            "taro@aozora.example",
            "Taro+1@aozora.example",
            "taro+a+b@AOZORA.example",
            "taro+@aozora.example",
        ] {
            assert_eq!(key(same), "taro@aozora.example", "{same}");
        }
        for other in [
            "ta.ro@aozora.example",
            "+taro@aozora.example",
            "taro-1@aozora.example",
            "taro@mail.aozora.example",
        ] {
            assert_eq!(key(other), other);
        }
        let tagged = EmailAddress::parse("taro+1@aozora.example").unwrap();
        assert_eq!(
            tagged.mailbox_key(),
            "taro+1@aozora.example",
            "a repeat is one of the same address"
        );
    }

    #[test]
    fn own_domains_cover_subdomains_but_not_suffixes() {
        let own = [MailDomain::parse("aozora.example").unwrap()];
        let within = |a: &str| EmailAddress::parse(a).unwrap().is_within(&own);
        assert!(within("a@aozora.example"));
        assert!(within("a@osaka.aozora.example"));
        assert!(!within("a@notaozora.example"));
        assert!(!within("a@aozora.example.evil.example"));
    }
}
