//! Links in mails: each authorises one person to see and answer one record until it expires, and carries a MAC. A link
//! names its tenant in plain text, so that the edge can find the object to ask; the object trusts nothing in it before
//! it has checked the MAC. It never yields a credential (design rule 1).

use crate::code::mac;
use crate::keyring::LinkKeys;
use crate::secret::same;
use crate::slug::Slug;
use crate::time::UnixSeconds;
use crate::wire::b64;

/// How long an old link still shows the outcome after it has expired, in seconds.
pub const VIEWABLE_AFTER_EXPIRY: i64 = 30 * 24 * 3600;

/// The purpose of a link. Its label enters the MAC, so that a link made for one purpose is never valid for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkPurpose {
    /// See and answer a Viewer's request.
    Viewer,
    /// See and answer a free question.
    Question,
    /// See and answer a request for remote support.
    Launch,
    /// See an attended session, and consent to take part.
    Attended,
    /// See an appointment, and answer for the customer.
    Appointment,
    /// Confirm ownership of a mail address.
    ConfirmAddress,
    /// Set a new password.
    PasswordReset,
}

impl LinkPurpose {
    const fn label(self) -> &'static str {
        match self {
            // The label from the time before there were other kinds, kept so that links mailed then stay valid.
            Self::Viewer => "link-approval",
            Self::Question => "link-approval-question",
            Self::Launch => "link-approval-launch",
            Self::Attended => "link-attended",
            Self::Appointment => "link-appointment",
            Self::ConfirmAddress => "link-confirm-address",
            Self::PasswordReset => "link-password-reset",
        }
    }
}

/// The content of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The tenant.
    pub tenant: Slug,
    /// Id of the record it concerns, such as an approval or a registration.
    pub subject: String,
    /// The person it was mailed to.
    pub holder: String,
    /// Expiry time for acting on it.
    pub expires_at: UnixSeconds,
}

impl Link {
    fn mac(&self, purpose: LinkPurpose, kid: &str, key: &[u8; 32]) -> String {
        let expires = self.expires_at.0.to_string();
        b64::encode(mac(
            key,
            &[
                purpose.label(),
                kid,
                self.tenant.as_str(),
                &self.subject,
                &self.holder,
                &expires,
            ],
        ))
    }

    /// The token for the URL, made with the current link key; `None` while the keyring is empty.
    #[must_use]
    pub fn seal(&self, purpose: LinkPurpose, keys: &LinkKeys) -> Option<String> {
        let (kid, key) = keys.current()?;
        let mac = self.mac(purpose, kid, key);
        Some(format!(
            "{}.{}.{}.{}.{}.{mac}",
            self.tenant, self.subject, self.holder, self.expires_at.0, kid
        ))
    }

    /// The link in `token`; `None` if it was not made here for `purpose`, was altered, or expired more than
    /// [`VIEWABLE_AFTER_EXPIRY`] ago.
    #[must_use]
    pub fn open(token: &str, purpose: LinkPurpose, keys: &LinkKeys, now: UnixSeconds) -> Option<Self> {
        if token.len() > 256 {
            return None;
        }
        let mut parts = token.split('.');
        let (tenant, subject, holder) = (parts.next()?, parts.next()?, parts.next()?);
        let (expires_at, kid, given) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        let link = Self {
            tenant: Slug::parse(tenant).ok()?,
            subject: subject.to_owned(),
            holder: holder.to_owned(),
            expires_at: UnixSeconds(expires_at.parse().ok()?),
        };
        // Each link has exactly one spelling: "+5" and "05" also parse to 5, but Tegata never writes them.
        if link.expires_at.0.to_string() != expires_at || !same(&link.mac(purpose, kid, keys.find(kid)?), given) {
            return None;
        }
        (now.since(link.expires_at) < VIEWABLE_AFTER_EXPIRY).then_some(link)
    }

    /// The id of the record that a token claims to concern; the record determines which kind of link it has to be.
    #[must_use]
    pub fn claimed_subject(token: &str) -> Option<&str> {
        (token.len() <= 256).then(|| token.split('.').nth(1))?
    }

    /// The tenant that a token claims to belong to, whose object can check the claim.
    #[must_use]
    pub fn claimed_tenant(token: &str) -> Option<Slug> {
        (token.len() <= 256).then(|| token.split('.').next().and_then(|slug| Slug::parse(slug).ok()))?
    }
}

#[cfg(test)]
mod tests {
    use super::{Link, LinkPurpose, VIEWABLE_AFTER_EXPIRY};
    use crate::keyring::LinkKeys;
    use crate::slug::Slug;
    use crate::time::UnixSeconds;

    fn keys() -> LinkKeys {
        LinkKeys::new(vec![("k1".to_owned(), [9; 32])])
    }

    #[test]
    fn seal_unchanged() {
        // A link mailed yesterday must open today.
        let sealed = link().seal(LinkPurpose::Viewer, &keys());
        assert_eq!(
            sealed.as_deref(),
            Some(
                "aozora.AAAAAAAAAAAAAAAAAAAAAA.AQAAAAAAAAAAAAAAAAAAAA.1000.k1.VsuzLvL926Q8240BLcwD2qfyg5FvWqfQXoPMEfGyVow"
            )
        );
    }

    fn link() -> Link {
        Link {
            tenant: Slug::parse("aozora").unwrap(),
            subject: "AAAAAAAAAAAAAAAAAAAAAA".to_owned(),
            holder: "AQAAAAAAAAAAAAAAAAAAAA".to_owned(),
            expires_at: UnixSeconds(1_000),
        }
    }

    #[test]
    fn opens_what_it_sealed() {
        let token = link().seal(LinkPurpose::Viewer, &keys()).unwrap();
        assert_eq!(
            Link::open(&token, LinkPurpose::Viewer, &keys(), UnixSeconds(500)),
            Some(link())
        );
        for other in [
            LinkPurpose::Question,
            LinkPurpose::Attended,
            LinkPurpose::Appointment,
            LinkPurpose::ConfirmAddress,
            LinkPurpose::PasswordReset,
        ] {
            assert_eq!(Link::open(&token, other, &keys(), UnixSeconds(500)), None);
        }
        assert_eq!(
            Link::open(
                &token,
                LinkPurpose::Viewer,
                &keys(),
                UnixSeconds(1_000 + VIEWABLE_AFTER_EXPIRY)
            ),
            None
        );
    }

    #[test]
    fn every_changed_byte_is_noticed() {
        let token = link().seal(LinkPurpose::Viewer, &keys()).unwrap();
        for at in 0..token.len() {
            for replacement in *b"aA0.-_ \xc3" {
                let mut changed = token.clone().into_bytes();
                if changed[at] == replacement {
                    continue;
                }
                changed[at] = replacement;
                let Ok(changed) = String::from_utf8(changed) else {
                    continue;
                };
                assert_eq!(
                    Link::open(&changed, LinkPurpose::Viewer, &keys(), UnixSeconds(500)),
                    None,
                    "byte {at}"
                );
            }
        }
    }

    #[test]
    fn a_link_of_another_deployment_is_no_link() {
        let token = link().seal(LinkPurpose::Viewer, &keys()).unwrap();
        let others = LinkKeys::new(vec![("k1".to_owned(), [8; 32])]);
        assert_eq!(Link::open(&token, LinkPurpose::Viewer, &others, UnixSeconds(500)), None);
    }
}
