//! Limits on operations that cause mails: nothing is sent beyond them, and one sender cannot exhaust another's limit.

use tegata_domain::error::Refusal;
use tegata_domain::limit::{PER_ADDRESS, PER_CLIENT, PER_TENANT, WRONG_CODES};

use crate::support::viewer::{Asking, TARO_ASKS, Viewer};
use crate::support::world::{HOUR, World};

fn mailed(world: &World) -> usize {
    world.deliver().len()
}

/// The number of stored requests.
fn asked(world: &World) -> usize {
    usize::try_from(world.sql.count("registration")).unwrap()
}

/// Person number `n` asks from `client`.
fn ask_as<'a>(world: &'a World, n: i64, client: &str) -> Result<Viewer<'a>, Refusal> {
    let email = format!("user{n}@aozora.example");
    let email = email.as_str();
    world.ask(Asking {
        email,
        client,
        ..TARO_ASKS
    })
}

/// Asks from `clients` in turn until a request is refused; returns how many were accepted.
fn until_refused(world: &World, from: i64, clients: &[String]) -> i64 {
    (from..)
        .zip(clients.iter().cycle())
        .find(|(n, client)| matches!(ask_as(world, *n, client), Err(Refusal::TooMany { .. })))
        .map(|(n, _)| n - from)
        .expect("there is a limit")
}

#[test]
fn one_address_causes_five_mails_an_hour() {
    let world = World::new();
    let from = |key| Asking {
        key: Some(key),
        ..TARO_ASKS
    };
    for key in ["1", "2", "3", "4", "5"] {
        let _viewer = world.ask(from(key)).unwrap();
    }
    assert_eq!(mailed(&world), usize::try_from(PER_ADDRESS.most).unwrap());
    assert_eq!(world.ask(from("6")).err(), Some(Refusal::TooMany { retry_after: 720 }));
    let spelled_otherwise = Asking {
        email: "Taro@AOZORA.example",
        ..from("7")
    };
    assert!(matches!(
        world.ask(spelled_otherwise).err(),
        Some(Refusal::TooMany { .. })
    ));
    assert_eq!(mailed(&world), 0);

    let _repeat = world.ask(from("1")).expect("a repeated request causes no mail");
    world.advance(720);
    let _viewer = world.ask(from("6")).expect("the limit recovers gradually");
    assert_eq!(mailed(&world), 1);
}

#[test]
fn one_client_asks_sixty_times_an_hour() {
    let world = World::new();
    let emails: Vec<String> = (0..=PER_CLIENT.most)
        .map(|n| format!("user{n}@aozora.example"))
        .collect();
    let (last, first) = emails.split_last().unwrap();
    for email in first {
        let _viewer = world.ask(Asking { email, ..TARO_ASKS }).unwrap();
    }
    assert_eq!(asked(&world), first.len());
    world.deliver();
    let refused = world.unchanged(|| {
        world
            .ask(Asking {
                email: last,
                ..TARO_ASKS
            })
            .err()
    });
    assert_eq!(refused, Some(Refusal::TooMany { retry_after: 60 }));
    assert_eq!(mailed(&world), 0);
    let _viewer = world
        .ask(Asking {
            email: last,
            client: "192.0.2.2",
            ..TARO_ASKS
        })
        .expect("another client is not limited");
}

#[test]
fn one_tenant_asks_six_hundred_strangers_an_hour_whose_address_it_is() {
    let world = World::with(|policy| policy.confirm_address_first = true);
    for n in 0..PER_TENANT.most {
        let _viewer = ask_as(&world, n, &format!("10.0.{}.1", n % 20)).unwrap();
    }
    assert_eq!(mailed(&world), usize::try_from(PER_TENANT.most).unwrap());
    let refused = world.ask(Asking {
        client: "198.51.100.1",
        ..TARO_ASKS
    });
    assert_eq!(refused.err(), Some(Refusal::TooMany { retry_after: 6 }));
    assert_eq!(mailed(&world), 0);
    world.advance(HOUR);
    let _viewer = world.ask(TARO_ASKS).unwrap();
    assert_eq!(mailed(&world), 1);
}

#[test]
fn what_is_refused_uses_up_nothing_of_the_tenants() {
    let world = World::new();
    let clients: Vec<String> = (0..20).map(|n| format!("192.0.2.{n}")).collect();
    for n in 0..PER_TENANT.most {
        let key = format!("pc-{n}");
        let client = &clients[usize::try_from(n).unwrap() % clients.len()];
        let _ = world.ask(Asking {
            key: Some(&key),
            client,
            ..TARO_ASKS
        });
    }
    assert_eq!(mailed(&world), usize::try_from(PER_ADDRESS.most).unwrap());
    let colleague = Asking {
        email: "jiro@aozora.example",
        client: "198.51.100.1",
        ..TARO_ASKS
    };
    assert!(
        world.ask(colleague).is_ok(),
        "only five mails were sent, yet the tenant's limit of six hundred is exhausted"
    );
}

#[test]
fn a_limited_resend_counts_as_none() {
    let world = World::new();
    let viewer = world.ask(TARO_ASKS).unwrap();
    world.approve(&world.approval_link());
    world.deliver();
    for key in ["2", "3", "4", "5"] {
        let _viewer = world
            .ask(Asking {
                key: Some(key),
                ..TARO_ASKS
            })
            .unwrap();
    }
    world.deliver();
    world.advance(60);
    assert!(matches!(viewer.resend(), Err(Refusal::TooMany { .. })));
    assert_eq!(mailed(&world), 0);
    world.advance(HOUR);
    for _ in 0..3 {
        world.advance(60);
        viewer.resend().expect("three resends are left");
        assert_eq!(mailed(&world), 1);
    }
}

#[test]
fn a_host_with_many_addresses_is_one_client() {
    let world = World::new();
    let asking = |n: i64, network: &str| {
        (
            format!("user{n}@aozora.example"),
            format!("2001:db8:1:{network}::{n:x}"),
        )
    };
    for n in 0..PER_CLIENT.most {
        let (email, client) = asking(n, "2");
        let (email, client) = (email.as_str(), client.as_str());
        let _viewer = world
            .ask(Asking {
                email,
                client,
                ..TARO_ASKS
            })
            .unwrap();
    }
    let (email, client) = asking(PER_CLIENT.most, "2");
    let (email, client) = (email.as_str(), client.as_str());
    assert!(matches!(
        world
            .ask(Asking {
                email,
                client,
                ..TARO_ASKS
            })
            .err(),
        Some(Refusal::TooMany { .. })
    ));
    let (_, client) = asking(1, "3");
    assert!(
        world
            .ask(Asking {
                email,
                client: &client,
                ..TARO_ASKS
            })
            .is_ok()
    );
}

#[test]
fn many_networks_of_one_site_are_no_more_than_it() {
    let world = World::with(|policy| policy.confirm_address_first = true);
    let ten = |site: &str| -> Vec<String> { (0..10).map(|n| format!("2001:db8:{site}{n:02x}::1")).collect() };
    let first = until_refused(&world, 0, &ten("1:1"));
    assert_eq!(
        first,
        2 * PER_CLIENT.most,
        "ten /64 networks share the limit of their /56"
    );
    let second = until_refused(&world, 1000, &[ten("1:2"), ten("1:3"), ten("1:4")].concat());
    assert_eq!(
        first + second,
        4 * PER_CLIENT.most,
        "all /56 networks share the limit of their /48"
    );
    let _other = ask_as(&world, 2000, "2001:db8:2::1").expect("other networks are not limited");
    assert_eq!(i64::try_from(mailed(&world)).unwrap(), first + second + 1);
}

#[test]
fn many_addresses_of_one_network_are_no_more_than_it() {
    let world = World::new();
    let clients: Vec<String> = (0..200).map(|n| format!("203.0.113.{n}")).collect();
    assert_eq!(until_refused(&world, 0, &clients), 4 * PER_CLIENT.most);
    let _neighbour = ask_as(&world, 1000, "203.0.114.1").unwrap();
}

#[test]
fn an_ipv4_address_written_as_ipv6_is_no_other_client() {
    let world = World::new();
    for n in 0..PER_CLIENT.most {
        let client = ["192.0.2.1", "::ffff:192.0.2.1", "::ffff:c000:201"][usize::try_from(n).unwrap() % 3];
        let _viewer = ask_as(&world, n, client).unwrap();
    }
    for client in ["192.0.2.1", "::ffff:192.0.2.1"] {
        assert!(
            matches!(ask_as(&world, 1000, client), Err(Refusal::TooMany { .. })),
            "{client}"
        );
    }
    let _other = ask_as(&world, 1000, "::ffff:198.51.100.1").expect("IPv4-mapped addresses are not one network");
}

#[test]
fn what_one_client_is_refused_is_not_taken_from_its_network() {
    let world = World::new();
    let busy = ["2001:db8:1:100::1".to_owned()];
    assert_eq!(until_refused(&world, 0, &busy), PER_CLIENT.most);
    for n in 0..10 * PER_CLIENT.most {
        assert!(ask_as(&world, 1000 + n, &busy[0]).is_err());
    }
    let neighbour = ["2001:db8:1:101::1".to_owned()];
    assert_eq!(
        until_refused(&world, 2000, &neighbour),
        PER_CLIENT.most,
        "the rest of the /56's limit is available"
    );
    let far = ["2001:db8:1:200::1".to_owned()];
    assert_eq!(
        until_refused(&world, 3000, &far),
        PER_CLIENT.most,
        "the rest of the /48's limit is available"
    );
}

#[test]
fn wrong_codes_are_counted_for_the_network_too() {
    let world = World::new();
    let wrong = |n: i64| world.type_codes("BCDF-GHJK", "AAAAA-AAAAA", &format!("2001:db8:1:1{:02x}::1", n % 10));
    for n in 0..2 * WRONG_CODES.most {
        assert_eq!(wrong(n), Err(Refusal::NotFound), "{n}");
    }
    assert!(matches!(world.unchanged(|| wrong(0)), Err(Refusal::TooMany { .. })));
}

#[test]
fn tags_of_one_mailbox_are_no_more_than_it() {
    let world = World::new();
    let tagged = |n: i64| {
        let email = format!("Taro+{n}@aozora.example");
        let key = n.to_string();
        let (email, key) = (email.as_str(), Some(key.as_str()));
        world
            .ask(Asking {
                email,
                key,
                ..TARO_ASKS
            })
            .map(drop)
    };
    for n in 0..PER_ADDRESS.most {
        tagged(n).unwrap();
    }
    assert!(matches!(tagged(PER_ADDRESS.most), Err(Refusal::TooMany { .. })));
    assert_eq!(asked(&world), 5);
    assert_eq!(
        tagged(0),
        Ok(()),
        "a repeat from the same PC and address still renews its request"
    );
    assert_eq!(asked(&world), 5);
}
