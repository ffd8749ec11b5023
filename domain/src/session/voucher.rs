//! Vouchers for the desk to join a session: issued by the provider's object, which knows the person and counts their
//! tries, and taken by the session's object.

use crate::command::SessionVoucher;
use crate::email::EmailAddress;
use crate::keyring::LinkKeys;
use crate::random::{self, Random};
use crate::session::{SessionNumber, Supporter};
use crate::time::UnixSeconds;
use crate::wire::b64;

use crate::code::mac;

/// Lifetime of a voucher in seconds.
pub const VOUCHER_LIFE: i64 = 60;

impl SessionVoucher {
    /// Issues a voucher for `by`; `None` while the keyring is empty.
    #[must_use]
    pub fn seal(
        by: Supporter,
        email: Option<EmailAddress>,
        number: SessionNumber,
        keys: &LinkKeys,
        random: &dyn Random,
        now: UnixSeconds,
    ) -> Option<Self> {
        let (kid, key) = keys.current()?;
        let mut voucher = Self {
            by,
            email,
            number,
            expires_at: now.plus(VOUCHER_LIFE),
            jti: b64::encode(random::bytes::<16>(random)),
            kid: kid.to_owned(),
            mac: String::new(),
        };
        voucher.mac = voucher.mac_with(key);
        Some(voucher)
    }

    /// Whether the voucher is genuine, and good at `now` for the session `number`. The caller spends its `jti`.
    #[must_use]
    pub fn opens(&self, number: &SessionNumber, keys: &LinkKeys, now: UnixSeconds) -> bool {
        let genuine = keys.verify(&self.kid, &self.mac, |key| self.mac_with(key));
        genuine && self.number == *number && now < self.expires_at
    }

    fn mac_with(&self, key: &[u8; 32]) -> String {
        let expires = self.expires_at.0.to_string();
        let email = self.email.as_ref().map_or("", EmailAddress::as_str);
        b64::encode(mac(
            key,
            &[
                "session-voucher",
                &self.kid,
                self.by.provider.as_str(),
                self.by.user.as_str(),
                self.by.name.as_str(),
                &self.by.client,
                email,
                self.number.as_str(),
                &expires,
                &self.jti,
            ],
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::VOUCHER_LIFE;
    use crate::command::SessionVoucher;
    use crate::email::EmailAddress;
    use crate::id::UserId;
    use crate::keyring::LinkKeys;
    use crate::random::CountingRandom;
    use crate::session::{SessionNumber, Supporter};
    use crate::slug::Slug;
    use crate::text::PersonName;
    use crate::time::UnixSeconds;

    const NOW: UnixSeconds = UnixSeconds(1_000);

    fn number(text: &str) -> SessionNumber {
        SessionNumber::parse(text).unwrap()
    }

    fn keys() -> LinkKeys {
        LinkKeys::new(vec![("k0".to_owned(), [8; 32]), ("k1".to_owned(), [9; 32])])
    }

    fn voucher() -> SessionVoucher {
        let by = Supporter {
            provider: Slug::parse("kita-desk").unwrap(),
            user: UserId::generate(&CountingRandom::new(1)),
            name: PersonName::parse("鈴木 一郎").unwrap(),
            client: "192.0.2.1".to_owned(),
        };
        let email = EmailAddress::parse("suzuki@kita.example.com").ok();
        SessionVoucher::seal(by, email, number("123456789"), &keys(), &CountingRandom::new(2), NOW).unwrap()
    }

    #[test]
    fn a_voucher_is_good_for_one_session_for_a_minute() {
        let voucher = voucher();
        assert!(voucher.opens(&number("123456789"), &keys(), NOW.plus(VOUCHER_LIFE - 1)));
        assert!(!voucher.opens(&number("123456789"), &keys(), NOW.plus(VOUCHER_LIFE)));
        assert!(!voucher.opens(&number("123456780"), &keys(), NOW));
    }

    #[test]
    fn nobody_without_the_key_makes_or_changes_one() {
        type Change = fn(&mut SessionVoucher);
        let genuine = voucher();
        let other = LinkKeys::new(vec![("k1".to_owned(), [7; 32])]);
        assert!(!genuine.opens(&number("123456789"), &other, NOW));
        let changes: [(&str, Change); 9] = [
            ("provider", |v| v.by.provider = Slug::parse("other-desk").unwrap()),
            ("person", |v| v.by.user = UserId::generate(&CountingRandom::new(9))),
            ("name", |v| v.by.name = PersonName::parse("x").unwrap()),
            ("address", |v| v.by.client.push('1')),
            ("mail address", |v| v.email = None),
            ("expiry", |v| v.expires_at = v.expires_at.plus(1)),
            ("jti", |v| v.jti.push('A')),
            ("kid", |v| v.kid = "k0".to_owned()),
            ("mac", |v| v.mac = String::new()),
        ];
        for (what, change) in changes {
            let mut changed = genuine.clone();
            change(&mut changed);
            assert!(!changed.opens(&number("123456789"), &keys(), NOW), "{what}");
        }
        let mut moved = genuine;
        moved.number = number("123456780");
        assert!(!moved.opens(&number("123456780"), &keys(), NOW));
    }
}
