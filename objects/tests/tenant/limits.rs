//! Limits on what causes a mail: nothing is sent beyond them, and one sender cannot use up another's.

use tegata_domain::error::Refusal;
use tegata_domain::limit::{PER_ADDRESS, PER_CLIENT, PER_TENANT};

use crate::support::viewer::{Asking, TARO_ASKS};
use crate::support::world::{HOUR, World};

fn mailed(world: &World) -> usize {
    world.deliver().len()
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

    let _repeat = world.ask(from("1")).expect("a repeat causes no mail");
    world.advance(720);
    let _viewer = world.ask(from("6")).expect("the limit frees itself evenly");
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
    assert_eq!(mailed(&world), first.len());
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
        .expect("another client may");
}

#[test]
fn one_tenant_is_asked_six_hundred_times_an_hour() {
    let world = World::new();
    for n in 0..PER_TENANT.most {
        let (email, client) = (format!("user{n}@aozora.example"), format!("192.0.2.{}", n % 20));
        let _viewer = world
            .ask(Asking {
                email: &email,
                client: &client,
                ..TARO_ASKS
            })
            .unwrap();
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
        "five mails have left, yet the tenant's six hundred are used up"
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
        viewer.resend().expect("three resends are still to be had");
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
