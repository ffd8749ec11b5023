//! Mail addresses as people type them, and as they are stored, shown and written for mail servers. Full-width forms are
//! folded, because an input method may be on, and a domain may be typed in its own script. An address is stored in one
//! form: the local part as typed, and the domain in lower case with A-labels (`xn--…`).

use core::fmt;
use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::text::shows_nothing;
use crate::unicode::{ascii_domain, written_domain};

fn refuse<T>(detail: &str) -> Result<T, FieldError> {
    Err(FieldError::new("email", detail))
}

fn is_atext(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b)
}

/// Folds the full-width forms of ASCII and the ideographic space. Other characters that look like ASCII stay as they
/// are, because they are different characters.
fn half_width(text: &str) -> String {
    let narrow = |c| match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c).saturating_sub(0xfee0)).unwrap_or(c),
        other => other,
    };
    text.chars().map(narrow).collect()
}

/// Whether a label mixes Latin letters with those of a script that has look-alikes for them. Japanese, Chinese and
/// Korean text mixes with Latin every day and resembles no Latin letter.
fn mixes_scripts(label: &str) -> bool {
    let latin = |c: char| c.is_ascii_alphabetic() || matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    let neutral = |c: char| {
        c.is_ascii()
            || matches!(c, '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{a4cf}'
                | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
    };
    label.contains(latin) && label.contains(|c| !latin(c) && !neutral(c))
}

/// Domains of Japanese mobile carriers that, until about 2009, issued addresses with consecutive dots or with a dot at
/// either end of the local part.
const CARRIERS: [&str; 13] = [
    "au.com",
    "disney.ne.jp",
    "docomo.ne.jp",
    "emnet.ne.jp",
    "ezweb.ne.jp",
    "i.softbank.jp",
    "pdx.ne.jp",
    "softbank.ne.jp",
    "vodafone.ne.jp",
    "willcom.com",
    "y-mobile.ne.jp",
    "ymobile.ne.jp",
    "ymobile1.ne.jp",
];

/// Whether `domain` issued such addresses. Some carriers had a subdomain for each region.
fn is_carrier(domain: &str) -> bool {
    let within = |own: &&str| {
        domain
            .strip_suffix(*own)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    CARRIERS.iter().any(within)
}

/// Whether `local` has dots only where RFC 5321 allows them (`Dot-string`).
fn is_dot_string(local: &str) -> bool {
    !local.starts_with('.') && !local.ends_with('.') && !local.contains("..")
}

/// A mail domain: an ASCII host name with at least two labels, in lower case. International domains are stored in their
/// A-label form (`xn--…`), so that an approver never takes two names that look the same for one; they may be typed in
/// their own script, provided that no label mixes Latin letters with those of another alphabet.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "openapi",
    schema(min_length = 3, max_length = 253, pattern = r"^[^\s@/]+$")
)]
#[serde(try_from = "String")]
pub struct MailDomain(String);

impl MailDomain {
    /// Parses and lower-cases a domain; one typed in its own script is converted to A-labels.
    ///
    /// # Errors
    /// [`FieldError`] if it is not a host name of two or more labels.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        const DETAIL: &str = "the part after @ must be a domain name such as example.com";
        if text.len() > 1024 {
            return refuse(DETAIL);
        }
        let narrow = half_width(text);
        let text = narrow.trim_matches(' ');
        // UTS 46 drops invisible characters. We refuse them instead, because nobody types them on purpose.
        let Some(ascii) = ascii_domain(text).filter(|_| !text.contains(shows_nothing)) else {
            return refuse(DETAIL);
        };
        let label = |l: &str| {
            (1..=63).contains(&l.len())
                && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && !l.starts_with('-')
                && !l.ends_with('-')
        };
        let top = ascii.rsplit('.').next().unwrap_or_default();
        if ascii.len() > 253
            || !ascii.contains('.')
            || !ascii.split('.').all(label)
            || top.bytes().all(|b| b.is_ascii_digit())
        {
            return refuse(DETAIL);
        }
        let domain = Self(ascii.to_ascii_lowercase());
        let typed = !text.is_ascii();
        if typed
            && domain
                .written()
                .is_some_and(|written| written.split('.').any(mixes_scripts))
        {
            return refuse(
                "the domain mixes Latin letters with look-alikes from another script; write it in its xn-- form",
            );
        }
        Ok(domain)
    }

    /// The domain in lower case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The domain in its own script, if that differs.
    #[must_use]
    pub fn written(&self) -> Option<String> {
        written_domain(&self.0)
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
/// Some people have addresses from Japanese carriers with dots that a `Dot-string` does not allow. Such addresses are
/// accepted for the carriers' domains only; anywhere else such a dot is a typing error. They are typed, shown and
/// stored without quotes.
// Outgoing mail quotes them: see `EmailAddress::addr_spec`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(format = Email, min_length = 6, max_length = 254))]
#[serde(try_from = "String")]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Trims and parses an address. The domain is lower-cased, and the local part is kept as typed. Full-width ASCII
    /// counts as ASCII.
    ///
    /// # Errors
    /// [`FieldError`] on `email`, stating the problem.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        if text.len() > 1024 {
            return refuse("must be at most 254 characters long");
        }
        let narrow = half_width(text);
        let text = narrow.trim_matches(' ');
        let Some((local, domain)) = text.rsplit_once('@') else {
            return refuse("must have the form name@example.com");
        };
        if local.is_empty() || local.len() > 64 {
            return refuse("must be at most 254 characters long, and 1 to 64 before the @");
        }
        if !local.bytes().all(is_atext) || domain.starts_with(' ') {
            return refuse("must not contain characters that are invalid before the @ of a mail address");
        }
        let domain = MailDomain::parse(domain)?;
        if !is_dot_string(local) && (!is_carrier(domain.as_str()) || local.bytes().all(|b| b == b'.')) {
            return refuse("must not have consecutive dots before the @, or a dot at either end of that part");
        }
        let address = format!("{local}@{}", domain.as_str());
        if address.len() > 254 {
            return refuse("must be at most 254 characters long, and 1 to 64 before the @");
        }
        Ok(Self(address))
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

    /// The address as mail servers expect it (RFC 5322 `addr-spec`, RFC 5321 `Mailbox`): a local part with dots in
    /// places that a `Dot-string` does not allow is quoted. Nothing in it needs escaping.
    #[must_use]
    pub fn addr_spec(&self) -> Cow<'_, str> {
        match self.0.rsplit_once('@') {
            Some((local, domain)) if !is_dot_string(local) => Cow::Owned(format!("\"{local}\"@{domain}")),
            _ => Cow::Borrowed(&self.0),
        }
    }

    /// The domain in its own script, if that differs.
    #[must_use]
    pub fn written_domain(&self) -> Option<String> {
        written_domain(self.domain())
    }

    /// The address as shown to people who base a decision on it. An international domain appears in both forms: the
    /// A-label form cannot be mistaken for another domain, and the one in its own script can be read.
    #[must_use]
    pub fn shown(&self) -> String {
        match self.written_domain() {
            Some(written) => format!("{} ({written})", self.0),
            None => self.0.clone(),
        }
    }

    /// The key under which two spellings of one mailbox are found and count as a repeat.
    #[must_use]
    pub fn mailbox_key(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    /// The key under which mails are counted. At most providers `user+tag@` reaches the mailbox of `user@`, and
    /// everybody can have as many tags as they like.
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

    /// Whether the address belongs to one of `domains` or to a subdomain of one.
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
            "tаro@example.com",
            "taro@αozora.example",
            "tａro\u{200b}@example.com",
            "taro@example.com\u{200b}",
            "taro@青\u{200b}空.example",
            "taro@青\u{ad}空.example",
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
            "only the same address counts as a repeat"
        );
    }

    #[test]
    fn an_input_method_may_have_been_on() {
        for typed in [
            "ｔaro@example.com",
            "ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏｍ",
            "　taro@example.com　",
            "taro@example。com",
            "taro@example｡com",
            " 　ｔａｒｏ＠EXAMPLE．com ",
        ] {
            assert_eq!(
                EmailAddress::parse(typed).map(|address| address.as_str().to_owned()),
                Ok("taro@example.com".to_owned()),
                "{typed}"
            );
        }
        for bad in [
            "ta。ro@example.com",
            "taro＠＠example.com",
            "taro　yamada@example.com",
            "taro@　example.com",
        ] {
            assert!(EmailAddress::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn addresses_that_carriers_gave_out_are_taken_plain_and_sent_quoted() {
        for (typed, sent) in [
            ("a..b.@docomo.ne.jp", "\"a..b.\"@docomo.ne.jp"),
            (".a@ezweb.ne.jp", "\".a\"@ezweb.ne.jp"),
            ("a.@t.vodafone.ne.jp", "\"a.\"@t.vodafone.ne.jp"),
            ("a..b@dk.pdx.ne.jp", "\"a..b\"@dk.pdx.ne.jp"),
            ("Ａ..b.＠ＤＯＣＯＭＯ．ne.jp", "\"A..b.\"@docomo.ne.jp"),
            ("a.b@docomo.ne.jp", "a.b@docomo.ne.jp"),
            ("taro@example.com", "taro@example.com"),
        ] {
            let address = EmailAddress::parse(typed).unwrap();
            assert_eq!(address.addr_spec(), sent, "{typed}");
            let stored = serde_json::to_string(&address).unwrap();
            assert!(!stored.contains("\\\""), "{stored}");
            assert_eq!(serde_json::from_str::<EmailAddress>(&stored).unwrap(), address);
        }
        for bad in [
            "a..b.@docomo.ne.jp.example",
            "a..b@notdocomo.ne.jp",
            "a..b@yahoo.co.jp",
            "..@docomo.ne.jp",
            ".@ezweb.ne.jp",
            "a..\"b@docomo.ne.jp",
            "\"a..b\"@docomo.ne.jp",
        ] {
            assert!(EmailAddress::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_international_domain_is_stored_in_ascii_and_shown_in_both_forms() {
        for (typed, stored, shown) in [
            (
                "taro@日本語.jp",
                "taro@xn--wgv71a119e.jp",
                "taro@xn--wgv71a119e.jp (日本語.jp)",
            ),
            (
                "taro@青空.example",
                "taro@xn--grzr40d.example",
                "taro@xn--grzr40d.example (青空.example)",
            ),
            (
                "taro＠青空。example",
                "taro@xn--grzr40d.example",
                "taro@xn--grzr40d.example (青空.example)",
            ),
            (
                "t@BÜCHER.example",
                "t@xn--bcher-kva.example",
                "t@xn--bcher-kva.example (bücher.example)",
            ),
            (
                "t@XN--Bcher-KVA.example",
                "t@xn--bcher-kva.example",
                "t@xn--bcher-kva.example (bücher.example)",
            ),
            (
                "t@abc青空.example",
                "t@xn--abc-175ht44j.example",
                "t@xn--abc-175ht44j.example (abc青空.example)",
            ),
            (
                "t@пример.example",
                "t@xn--e1afmkfd.example",
                "t@xn--e1afmkfd.example (пример.example)",
            ),
            // Latin and Cyrillic in one label: accepted in the A-label form, which deceives nobody, and shown in both
            // forms.
            (
                "t@xn--ozora-3ve.example",
                "t@xn--ozora-3ve.example",
                "t@xn--ozora-3ve.example (аozora.example)",
            ),
            ("t@xn--abc-.example", "t@xn--abc-.example", ""),
            ("t@aozora.example", "t@aozora.example", "t@aozora.example"),
        ] {
            let Ok(address) = EmailAddress::parse(typed) else {
                assert_eq!(shown, "", "{typed}");
                continue;
            };
            assert_eq!((address.as_str(), address.shown().as_str()), (stored, shown), "{typed}");
        }
        let own = [
            MailDomain::parse("青空.example").unwrap(),
            MailDomain::parse("ｂüｃｈｅｒ．example").unwrap(),
        ];
        assert!(EmailAddress::parse("t@mail.青空.example").unwrap().is_within(&own));
        assert!(EmailAddress::parse("t@xn--bcher-kva.example").unwrap().is_within(&own));
        assert!(!EmailAddress::parse("t@海.example").unwrap().is_within(&own));
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
