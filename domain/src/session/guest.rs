//! Vouchers around an attended session: the customer's tenant vouches for who has consented, and a provider's for a try
//! with ID and password that it has counted. The session's object takes each once.

use crate::code::mac;
use crate::command::{GuestVoucher, KnockVoucher};
use crate::email::EmailAddress;
use crate::id::LaunchId;
use crate::keyring::LinkKeys;
use crate::random::{self, Random};
use crate::session::SessionNumber;
use crate::session::party::Guest;
use crate::session::voucher::VOUCHER_LIFE;
use crate::slug::Slug;
use crate::time::UnixSeconds;
use crate::wire::b64;

impl GuestVoucher {
    /// Issues a voucher for `by`; `None` while the keyring is empty.
    #[must_use]
    pub fn seal(
        by: Guest,
        (tenant, launch, number): (Slug, LaunchId, SessionNumber),
        keys: &LinkKeys,
        random: &dyn Random,
        now: UnixSeconds,
    ) -> Option<Self> {
        let (kid, key) = keys.current()?;
        let mut voucher = Self {
            by,
            tenant,
            launch,
            number,
            expires_at: now.plus(VOUCHER_LIFE),
            jti: b64::encode(random::bytes::<16>(random)),
            kid: kid.to_owned(),
            mac: String::new(),
        };
        voucher.mac = voucher.mac_with(key);
        Some(voucher)
    }

    /// Whether the voucher is genuine, and good at `now`. The caller spends its `jti`.
    #[must_use]
    pub fn opens(&self, keys: &LinkKeys, now: UnixSeconds) -> bool {
        let genuine = keys.verify(&self.kid, &self.mac, |key| self.mac_with(key));
        genuine && now < self.expires_at
    }

    fn mac_with(&self, key: &[u8; 32]) -> String {
        let expires = self.expires_at.0.to_string();
        let email = self.by.email.as_ref().map_or("", EmailAddress::as_str);
        b64::encode(mac(
            key,
            &[
                "guest-voucher",
                &self.kid,
                self.by.guest.as_str(),
                self.by.name.as_str(),
                email,
                &self.by.client,
                self.tenant.as_str(),
                self.launch.as_str(),
                self.number.as_str(),
                &expires,
                &self.jti,
            ],
        ))
    }
}

impl KnockVoucher {
    /// Issues a voucher for a try that was counted; `None` while the keyring is empty.
    #[must_use]
    pub fn seal(
        (provider, number, client): (Slug, SessionNumber, String),
        keys: &LinkKeys,
        random: &dyn Random,
        now: UnixSeconds,
    ) -> Option<Self> {
        let (kid, key) = keys.current()?;
        let mut voucher = Self {
            provider,
            number,
            client,
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
        b64::encode(mac(
            key,
            &[
                "knock-voucher",
                &self.kid,
                self.provider.as_str(),
                self.number.as_str(),
                &self.client,
                &expires,
                &self.jti,
            ],
        ))
    }
}

#[cfg(test)]
mod tests {
    use crate::command::{GuestVoucher, KnockVoucher};
    use crate::id::{GuestId, LaunchId};
    use crate::keyring::LinkKeys;
    use crate::random::CountingRandom;
    use crate::session::SessionNumber;
    use crate::session::party::Guest;
    use crate::session::voucher::VOUCHER_LIFE;
    use crate::slug::Slug;
    use crate::text::PersonName;
    use crate::time::UnixSeconds;

    const NOW: UnixSeconds = UnixSeconds(1_000);

    fn number(text: &str) -> SessionNumber {
        SessionNumber::parse(text).unwrap()
    }

    fn keys() -> LinkKeys {
        LinkKeys::new(vec![("k0".to_owned(), [8; 32])])
    }

    fn guest() -> GuestVoucher {
        let by = Guest {
            guest: GuestId::generate(&CountingRandom::new(1)),
            name: PersonName::parse("佐藤 花子").unwrap(),
            email: None,
            client: "192.0.2.1".to_owned(),
        };
        let launch = LaunchId::generate(&CountingRandom::new(2));
        let of = (Slug::parse("aozora").unwrap(), launch, number("123456789"));
        GuestVoucher::seal(by, of, &keys(), &CountingRandom::new(3), NOW).unwrap()
    }

    #[test]
    fn a_guest_voucher_is_good_for_a_minute_and_as_it_was_issued() {
        let voucher = guest();
        assert!(voucher.opens(&keys(), NOW));
        assert!(!voucher.opens(&keys(), NOW.plus(VOUCHER_LIFE)));
        let changes: [fn(&mut GuestVoucher); 7] = [
            |v| v.by.guest = GuestId::generate(&CountingRandom::new(9)),
            |v| v.by.name = PersonName::parse("佐藤 次郎").unwrap(),
            |v| v.by.client = "192.0.2.2".to_owned(),
            |v| v.tenant = Slug::parse("midori").unwrap(),
            |v| v.launch = LaunchId::generate(&CountingRandom::new(9)),
            |v| v.number = number("123456780"),
            |v| v.expires_at = v.expires_at.plus(1),
        ];
        for (which, change) in changes.iter().enumerate() {
            let mut changed = guest();
            change(&mut changed);
            assert!(!changed.opens(&keys(), NOW), "{which}");
        }
    }

    #[test]
    fn a_knock_voucher_is_good_for_its_own_session() {
        let of = (
            Slug::parse("kita-desk").unwrap(),
            number("123456789"),
            "192.0.2.1".to_owned(),
        );
        let voucher = KnockVoucher::seal(of, &keys(), &CountingRandom::new(3), NOW).unwrap();
        assert!(voucher.opens(&number("123456789"), &keys(), NOW));
        assert!(!voucher.opens(&number("123456780"), &keys(), NOW));
        assert!(!voucher.opens(&number("123456789"), &keys(), NOW.plus(VOUCHER_LIFE)));
        let mut changed = voucher;
        changed.provider = Slug::parse("minami-desk").unwrap();
        assert!(!changed.opens(&number("123456789"), &keys(), NOW));
    }
}
