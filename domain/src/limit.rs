//! Limits on what causes a mail: the generic cell rate algorithm, one stored instant per key.

use std::net::IpAddr;

use crate::jwk::sha256_b64;
use crate::time::UnixSeconds;

/// So many in a window, spread evenly, with the whole number allowed at once.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// How many.
    pub most: i64,
    /// In how many seconds.
    pub window: i64,
}

/// Mails to one address.
pub const PER_ADDRESS: Limit = Limit { most: 5, window: 3600 };
/// Requests that cause a mail, from one client address. A customer's PCs share one.
pub const PER_CLIENT: Limit = Limit { most: 60, window: 3600 };
/// Requests that cause a mail, in one tenant.
pub const PER_TENANT: Limit = Limit {
    most: 600,
    window: 3600,
};
/// Logins and requests for a new password, from one client address.
pub const LOGINS: Limit = Limit { most: 60, window: 900 };
/// Messages of inquiries with their files, in one tenant.
pub const MESSAGES: Limit = Limit { most: 60, window: 3600 };
/// Customers that one provider's desk makes: each is a tenant, and a mail to an address that nobody has checked.
pub const NEW_CUSTOMERS: Limit = Limit { most: 60, window: 3600 };
/// Wrong codes typed on the page, from one client address.
pub const WRONG_CODES: Limit = Limit { most: 30, window: 3600 };

/// The name under which a client's requests are counted, without the address itself. One household or host has a whole
/// /64 of IPv6, so that counts as one.
#[must_use]
pub fn client_key(address: &str) -> String {
    let network = match address.parse::<IpAddr>() {
        Ok(IpAddr::V6(ip)) => format!("{:x?}", ip.segments().first_chunk::<4>()),
        _ => address.to_owned(),
    };
    sha256_b64(network)
}

impl Limit {
    /// Decides one more at `now`, given what was stored: the new value to store, or the seconds to wait.
    ///
    /// # Errors
    /// The seconds to wait.
    pub fn take(self, stored: Option<UnixSeconds>, now: UnixSeconds) -> Result<UnixSeconds, i64> {
        let step = self.window.checked_div(self.most).unwrap_or(self.window).max(1);
        let arrival = stored.unwrap_or(now).max(now);
        let next = arrival.plus(step);
        let over = next.since(now).saturating_sub(self.window);
        if over > 0 { Err(over) } else { Ok(next) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Limit, client_key};
    use crate::time::UnixSeconds;

    #[test]
    fn addresses_of_one_network_count_as_one() {
        assert_eq!(client_key("2001:db8:1:2::3"), client_key("2001:db8:1:2:ffff::9"));
        assert_ne!(client_key("2001:db8:1:2::3"), client_key("2001:db8:1:3::3"));
        assert_ne!(client_key("192.0.2.1"), client_key("192.0.2.2"));
    }

    #[test]
    fn the_whole_number_at_once_then_evenly() {
        let limit = Limit { most: 5, window: 100 };
        let mut stored = None;
        for _ in 0..5 {
            stored = Some(limit.take(stored, UnixSeconds(0)).unwrap());
        }
        assert_eq!(limit.take(stored, UnixSeconds(0)), Err(20));
        assert!(limit.take(stored, UnixSeconds(20)).is_ok());
        assert!(limit.take(stored, UnixSeconds(1000)).is_ok());
    }
}
