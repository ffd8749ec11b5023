//! Limits on what causes a mail: the generic cell rate algorithm, one stored instant per key. A client is counted by its
//! address and by the networks around it, so that many addresses of one network do not add up to everybody's share.

use std::net::{IpAddr, Ipv6Addr};

use crate::jwk::sha256_b64;
use crate::time::UnixSeconds;

/// So many in a window, spread evenly, with the whole number allowed at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// How many.
    pub most: i64,
    /// In how many seconds.
    pub window: i64,
}

/// Mails to one address.
pub const PER_ADDRESS: Limit = Limit { most: 5, window: 3600 };
/// Requests that cause a mail, from one client: see [`Counted`]. A customer's PCs share an address.
pub const PER_CLIENT: Limit = Limit { most: 60, window: 3600 };
/// Mails to addresses that nobody has vouched for, in one tenant.
pub const PER_TENANT: Limit = Limit {
    most: 600,
    window: 3600,
};
/// Requests of one tenant that wait for an answer at a time: what strangers can make it store.
pub const MOST_WAITING: i64 = 5000;
/// Of those, as many as may come from one network, as [`network`] tells them apart: nobody fills the tenant alone.
pub const MOST_WAITING_OF_NETWORK: i64 = 500;
/// After how many seconds a request that found [`MOST_WAITING`] others may be tried again.
pub const WAITING_PAUSE: i64 = 600;
/// Logins and requests for a new password, from one client.
pub const LOGINS: Limit = Limit { most: 60, window: 900 };
/// Messages of inquiries with their files, in one tenant.
pub const MESSAGES: Limit = Limit { most: 60, window: 3600 };
/// Free questions that the desk asks in one tenant: each is a mail to every approver.
pub const QUESTIONS: Limit = Limit { most: 60, window: 3600 };
/// Customers that one provider's desk makes: each is a tenant, and a mail to an address that nobody has checked.
pub const NEW_CUSTOMERS: Limit = Limit { most: 60, window: 3600 };
/// Wrong codes typed on the page, from one client.
pub const WRONG_CODES: Limit = Limit { most: 30, window: 3600 };

/// How many times a client's limit its /56 may take, or whatever lies between the client and its whole network.
const SITE: i64 = 2;
/// How many times a client's limit its /48, or its /24 of IPv4, may take. [`PER_CLIENT`] times this is well below
/// [`PER_TENANT`].
const NETWORK: i64 = 4;

/// What one request of a client counts for: a key, which does not hold the address itself, and its limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Under what it is counted.
    pub key: String,
    /// How many may be.
    pub limit: Limit,
}

/// What a request from `address` counts for, narrowest first, where one client may take `limit`. One household or host has
/// a whole /64 of IPv6, one customer of a network a /56 or a /48. An IPv4-mapped address is the IPv4 address that it maps.
#[must_use]
pub fn counted(address: &str, limit: Limit) -> Vec<Counted> {
    let networks = match address.parse::<IpAddr>().map(|ip| ip.to_canonical()) {
        Ok(IpAddr::V6(ip)) => vec![
            (format!("{:x?}", ip.segments().first_chunk::<4>()), 1),
            (prefix(ip, 56), SITE),
            (prefix(ip, 48), NETWORK),
        ],
        Ok(IpAddr::V4(ip)) => {
            let [a, b, c, _] = ip.octets();
            vec![(ip.to_string(), 1), (format!("{a}.{b}.{c}.0/24"), NETWORK)]
        }
        Err(_) => vec![(address.to_owned(), 1)],
    };
    let counted = |(network, times): (String, i64)| Counted {
        key: sha256_b64(network),
        limit: limit.times(times),
    };
    networks.into_iter().map(counted).collect()
}

/// The widest network around a client's address: a key, which does not hold the address itself.
#[must_use]
pub fn network(address: &str) -> Option<String> {
    counted(address, PER_CLIENT).pop().map(|widest| widest.key)
}

fn prefix(ip: Ipv6Addr, bits: u32) -> String {
    let host = u128::MAX.checked_shr(bits).unwrap_or_default();
    format!("{}/{bits}", Ipv6Addr::from_bits(ip.to_bits() & !host))
}

impl Limit {
    /// As many times as much in the same time.
    const fn times(self, times: i64) -> Self {
        Self {
            most: self.most.saturating_mul(times),
            window: self.window,
        }
    }

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
    use super::{Limit, PER_CLIENT, PER_TENANT, counted};
    use crate::jwk::sha256_b64;
    use crate::time::UnixSeconds;

    fn keys(address: &str) -> Vec<String> {
        counted(address, PER_CLIENT).into_iter().map(|one| one.key).collect()
    }

    /// How many of the widest limits two addresses share.
    fn shared(one: &str, other: &str) -> usize {
        let other = keys(other);
        keys(one).iter().filter(|key| other.contains(key)).count()
    }

    #[test]
    fn addresses_of_one_network_count_as_one() {
        let ours = "2001:db8:1:201::3";
        assert_eq!(shared(ours, "2001:db8:1:201:ffff::9"), 3, "one /64");
        assert_eq!(shared(ours, "2001:db8:1:2ff::3"), 2, "one /56");
        assert_eq!(shared(ours, "2001:db8:1:301::3"), 1, "one /48");
        assert_eq!(shared(ours, "2001:db8:2:201::3"), 0);
        assert_eq!(shared("192.0.2.1", "192.0.2.1"), 2);
        assert_eq!(shared("192.0.2.1", "192.0.2.2"), 1, "one /24");
        assert_eq!(shared("192.0.2.1", "192.0.3.1"), 0);
    }

    #[test]
    fn a_mapped_address_is_the_one_that_it_maps() {
        assert_eq!(keys("::ffff:192.0.2.1"), keys("192.0.2.1"));
        assert_eq!(keys("::ffff:c000:201"), keys("192.0.2.1"));
        assert_eq!(shared("::ffff:192.0.2.1", "::ffff:198.51.100.1"), 0);
    }

    #[test]
    fn what_is_no_address_counts_as_one() {
        assert_eq!(keys("unknown"), [sha256_b64("unknown")]);
    }

    #[test]
    fn the_key_of_a_client_is_the_one_that_is_stored() {
        let narrowest = |address| keys(address).remove(0);
        assert_eq!(narrowest("192.0.2.1"), sha256_b64("192.0.2.1"));
        assert_eq!(narrowest("2001:db8:1:2::3"), sha256_b64("Some([2001, db8, 1, 2])"));
    }

    #[test]
    fn a_wider_network_may_more_and_none_the_whole_of_a_tenants() {
        for address in ["2001:db8::1", "192.0.2.1"] {
            let most: Vec<i64> = counted(address, PER_CLIENT).iter().map(|one| one.limit.most).collect();
            assert!(most.is_sorted() && most.first() == Some(&PER_CLIENT.most), "{most:?}");
            assert!(
                most.iter().all(|most| most.saturating_mul(2) < PER_TENANT.most),
                "{most:?}"
            );
        }
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
