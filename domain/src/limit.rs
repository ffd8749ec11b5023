//! Rate limits, mostly on requests that cause a mail: the generic cell rate algorithm, with one stored instant per key.
//! A client is counted by its address and by the networks around it, so that one network with many addresses cannot use
//! up everybody's share.

use std::net::{IpAddr, Ipv6Addr};

use crate::jwk::sha256_b64;
use crate::time::UnixSeconds;

/// A number of requests per window, spread evenly, with the whole number allowed as a burst.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Maximum number of requests.
    pub most: i64,
    /// Length of the window, in seconds.
    pub window: i64,
}

/// Mails to one address.
pub const PER_ADDRESS: Limit = Limit { most: 5, window: 3600 };
/// Requests that cause a mail, from one client (see [`Counted`]). The PCs of a customer often share an address.
pub const PER_CLIENT: Limit = Limit { most: 60, window: 3600 };
/// Mails in one tenant to addresses that nobody has vouched for.
pub const PER_TENANT: Limit = Limit {
    most: 600,
    window: 3600,
};
/// Maximum number of a tenant's requests that wait for an answer at one time, which bounds how much strangers can make
/// it store.
pub const MOST_WAITING: i64 = 5000;
/// Maximum number of those from one network, as defined by [`network`], so that no single network can fill the tenant's
/// queue.
pub const MOST_WAITING_OF_NETWORK: i64 = 500;
/// How long to wait before retrying a request that was refused because of [`MOST_WAITING`], in seconds.
pub const WAITING_PAUSE: i64 = 600;
/// Logins and password reset requests from one client.
pub const LOGINS: Limit = Limit { most: 60, window: 900 };
/// Inquiry messages with their files, in one tenant.
pub const MESSAGES: Limit = Limit { most: 60, window: 3600 };
/// Free questions that the desk asks in one tenant; each is mailed to every approver.
pub const QUESTIONS: Limit = Limit { most: 60, window: 3600 };
/// Launches that the desk requests in one tenant; each is mailed to the administrators responsible.
pub const LAUNCHES: Limit = Limit { most: 60, window: 3600 };
/// Attended sessions that the desk opens in one tenant.
pub const ATTENDED: Limit = Limit { most: 60, window: 3600 };
/// Invitations to attended sessions that the desk has mailed in one tenant.
pub const INVITATIONS: Limit = Limit {
    most: 120,
    window: 3600,
};
/// Appointments that the desk proposes in one tenant.
pub const APPOINTMENTS: Limit = Limit {
    most: 120,
    window: 3600,
};
/// Answers to one appointment through its links, from one client.
pub const APPOINTMENT_ANSWERS: Limit = Limit { most: 30, window: 3600 };
/// Pre-flight checks for one appointment, from one client.
pub const PREFLIGHTS: Limit = Limit { most: 60, window: 3600 };
/// Consents to one attended session from one client. Several people often share an address, and a page that was reloaded
/// consents anew.
pub const CONSENTS: Limit = Limit { most: 20, window: 3600 };
/// Tries with ID and password of attended sessions on one provider's page, from one client. A session takes no more than
/// ten wrong ones in all.
pub const KNOCKS: Limit = Limit { most: 60, window: 3600 };
/// Starts of remote support at one machine.
pub const SUPPORT_STARTS: Limit = Limit { most: 30, window: 3600 };
/// Customers that one provider's desk creates; each is a tenant, and a mail to an unverified address.
pub const NEW_CUSTOMERS: Limit = Limit { most: 60, window: 3600 };
/// Changed reports of one agent; each is written and told to open consoles.
pub const AGENT_REPORTS: Limit = Limit { most: 20, window: 3600 };
/// Readings of one calendar feed. Calendar programs ask a few times an hour each.
pub const FEED_READINGS: Limit = Limit {
    most: 120,
    window: 3600,
};
/// Pre-flight checks that one agent reports; each is written with every date on the machine.
pub const AGENT_CHECKS: Limit = Limit { most: 20, window: 3600 };
/// Wrong verification codes that machines show, from one client.
pub const WRONG_VERIFICATION_CODES: Limit = Limit { most: 30, window: 3600 };
/// Wrong verification codes at one provider. A code has 49 bits: at this rate, guessing one takes millions of years.
pub const ALL_WRONG_VERIFICATION_CODES: Limit = Limit {
    most: 6_000,
    window: 3600,
};
/// Requests of machines to be enrolled without a code, from one client. New machines often share an address.
pub const ENROLMENT_REQUESTS: Limit = Limit {
    most: 240,
    window: 3600,
};
/// Wrong codes entered on the page, from one client.
pub const WRONG_CODES: Limit = Limit { most: 30, window: 3600 };

/// How many times a single client's limit the intermediate network of a client may use: its /56 of IPv6.
const SITE: i64 = 2;
/// How many times a single client's limit its /48 of IPv6, or its /24 of IPv4, may use. [`PER_CLIENT`] times this is
/// well below [`PER_TENANT`].
const NETWORK: i64 = 4;

/// One limit that a client's request counts towards: a key, which does not contain the address itself, and the limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The key under which it is counted.
    pub key: String,
    /// The limit for that key.
    pub limit: Limit,
}

/// The limits that a request from `address` counts towards, narrowest network first, if one client may use `limit`. One
/// household or host has a whole /64 of IPv6, and one customer of a network has a /56 or a /48. An IPv4-mapped address
/// counts as the IPv4 address it maps.
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

/// The narrowest network around a client's address, its own, as a key that does not contain the address itself.
#[must_use]
pub fn own_network(address: &str) -> String {
    counted(address, PER_CLIENT)
        .into_iter()
        .next()
        .map_or_else(String::new, |own| own.key)
}

/// The widest network around a client's address, as a key that does not contain the address itself.
#[must_use]
pub fn network(address: &str) -> Option<String> {
    counted(address, PER_CLIENT).pop().map(|widest| widest.key)
}

fn prefix(ip: Ipv6Addr, bits: u32) -> String {
    let host = u128::MAX.checked_shr(bits).unwrap_or_default();
    format!("{}/{bits}", Ipv6Addr::from_bits(ip.to_bits() & !host))
}

impl Limit {
    /// This limit with its number multiplied by `times`, in the same window.
    const fn times(self, times: i64) -> Self {
        Self {
            most: self.most.saturating_mul(times),
            window: self.window,
        }
    }

    /// Counts one more request at `now`, given the stored instant. Returns the new instant to store.
    ///
    /// # Errors
    /// The number of seconds to wait.
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

    /// How many of the limits two addresses share.
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
