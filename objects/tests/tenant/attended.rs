//! Attended sessions in the customer's object: a store that fails at every possible point leaves neither half a consent
//! nor half a session, and what the object does not believe the routes.

use serde_json::{Value, json};
use tegata_domain::attended::page::AttendedPage;
use tegata_domain::command::{
    ConsentAttended, CreateTenant, GuestVoucher, LinkAttended, NoteSession, ViewAttended, VouchForKnock,
};
use tegata_domain::desk::{Desk, DeskAction, DeskActor, DeskVoucher, OpenAttended};
use tegata_domain::email::EmailAddress;
use tegata_domain::error::Refusal;
use tegata_domain::id::{LaunchId, UserId};
use tegata_domain::link::{Link, LinkPurpose};
use tegata_domain::locale::Locale;
use tegata_domain::policy::Policy;
use tegata_domain::random::CountingRandom;
use tegata_domain::session::{SessionEnd, SessionEvent, SessionNumber, SessionReport};
use tegata_domain::slug::Slug;
use tegata_domain::text::{OrganizationName, PersonName};

use crate::faults::at_last;
use crate::support::world::{EDGE, World};

fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

/// A customer of `kita-desk`.
fn customer() -> World {
    let world = World::before_creation("aozora");
    let created = CreateTenant {
        provider: Some(slug("kita-desk")),
        ..world.creation(Policy::default())
    };
    world.send(created).unwrap();
    world.deliver();
    world
}

fn acting(world: &World, action: DeskAction) -> Desk {
    let by = DeskActor {
        provider: slug("kita-desk"),
        provider_name: OrganizationName::parse("北日本サービス").unwrap(),
        user: UserId::generate(&CountingRandom::new(1)),
        name: PersonName::parse("鈴木 一郎").unwrap(),
        email: EmailAddress::parse("suzuki@kita.example").ok(),
        client: "192.0.2.1".to_owned(),
    };
    let voucher = world.with_object(|_, ctx| {
        let deed = action.deed();
        DeskVoucher::seal(by, deed, slug("aozora"), None, &ctx.signers.links, ctx.random, ctx.now)
    });
    Desk {
        voucher: voucher.unwrap(),
        action,
    }
}

fn opening() -> DeskAction {
    let invited = json!([{ "name": "佐藤 次郎", "email": "jiro@aozora.example", "locale": "ja" }]);
    DeskAction::OpenAttended(Box::new(OpenAttended {
        attended: serde_json::from_value(json!({ "title": "表示について", "invited": invited })).unwrap(),
        idempotency_key: None,
    }))
}

fn report(world: &World, (id, number): (&LaunchId, &SessionNumber), at: i64, event: SessionEvent) -> NoteSession {
    NoteSession {
        launch: id.clone(),
        number: number.clone(),
        reports: vec![SessionReport {
            number: at,
            at: world.now(),
            event,
        }],
    }
}

/// The number of a session that is being opened, which nobody is told: it is only in its record.
fn number(world: &World) -> SessionNumber {
    let rows = tegata_kv_schema::sql::Sql::run(&world.sql, "SELECT record FROM attended", Vec::new()).unwrap();
    let record: Value = serde_json::from_str(rows[0].text(0).unwrap()).unwrap();
    SessionNumber::parse(record["number"].as_str().unwrap()).unwrap()
}

/// A session that can be joined, with the token of the link that anybody may have.
fn open(world: &World) -> (LaunchId, SessionNumber, String) {
    let view = world.send(acting(world, opening())).unwrap();
    let id = LaunchId::parse(view["id"].as_str().unwrap()).unwrap();
    let number = number(world);
    world
        .send(report(world, (&id, &number), 1, SessionEvent::Opened))
        .unwrap();
    world.deliver();
    let shown = world.send(acting(world, DeskAction::ShowAttended(id.clone()))).unwrap();
    let link = shown["hand_over"]["link"].as_str().unwrap();
    let token = link.strip_prefix(&format!("{EDGE}/j/")).unwrap().to_owned();
    (id, number, token)
}

fn consent(token: &str) -> ConsentAttended {
    ConsentAttended {
        token: token.to_owned(),
        name: PersonName::parse("佐藤 次郎").unwrap(),
        locale: Locale::Ja,
        client: "203.0.113.5".to_owned(),
    }
}

#[test]
fn opening_joining_and_ending() {
    let world = customer();
    let view = at_last(&world, acting(&world, opening())).unwrap();
    let id = LaunchId::parse(view["id"].as_str().unwrap()).unwrap();
    let number = number(&world);
    at_last(&world, report(&world, (&id, &number), 1, SessionEvent::Opened)).unwrap();
    assert_eq!(world.deliver().len(), 1, "one invitation, however often it was tried");
    let shown = world
        .send(acting(&world, DeskAction::ShowAttended(id.clone())))
        .unwrap();
    let link = shown["hand_over"]["link"].as_str().unwrap();
    let token = link.strip_prefix(&format!("{EDGE}/j/")).unwrap();
    let since = world.audit().len();
    let voucher: GuestVoucher = at_last(&world, consent(token)).unwrap();
    assert_eq!(
        (voucher.tenant, voucher.launch, voucher.number),
        (slug("aozora"), id.clone(), number.clone())
    );
    assert_eq!(world.sql.count("consent_receipt"), 1);
    assert_eq!(world.acts_since(since), ["attended.consent 佐藤 次郎"]);
    let left = SessionEvent::Ended {
        why: SessionEnd::Guest,
        by: None,
    };
    at_last(&world, report(&world, (&id, &number), 2, left)).unwrap();
    assert_eq!(world.send(consent(token)).err(), Some(Refusal::SessionOver));
    world.audit();
}

#[test]
fn a_report_that_comes_again_or_from_another_session_changes_nothing() {
    let world = customer();
    let (id, number, token) = open(&world);
    world.send(consent(&token)).unwrap();
    world.deliver();
    let ended = || SessionEvent::Ended {
        why: SessionEnd::Desk,
        by: None,
    };
    let other = SessionNumber::parse("999999999").unwrap();
    world.unchanged(|| {
        world.send(report(&world, (&id, &other), 2, ended())).unwrap();
        world.send(report(&world, (&id, &number), 1, ended())).unwrap();
        world
            .send(report(&world, (&id, &number), 2, SessionEvent::Taken))
            .unwrap();
    });
    let nobody = LaunchId::generate(&CountingRandom::new(99));
    let refused = world.send(report(&world, (&nobody, &number), 2, ended()));
    assert_eq!(refused.err(), Some(Refusal::NotFound));
}

#[test]
fn the_object_checks_what_a_route_could_mix_up() {
    let world = customer();
    let (id, _, token) = open(&world);
    let view = |token: &str| {
        world.send(ViewAttended {
            token: token.to_owned(),
            asked: None,
            browser: Locale::Da,
        })
    };
    let page: AttendedPage = view(&token).unwrap();
    assert_eq!((page.locale, page.invited, page.suspended), (Locale::Da, None, false));
    let seal = |tenant: &str, holder: &str, purpose: LinkPurpose| {
        let link = Link {
            tenant: slug(tenant),
            subject: id.to_string(),
            holder: holder.to_owned(),
            expires_at: world.now().plus(3600),
        };
        world
            .with_object(|_, ctx| link.seal(purpose, &ctx.signers.links))
            .unwrap()
    };
    assert!(view(&seal("aozora", "invited-0", LinkPurpose::Attended)).is_ok());
    for (tenant, holder, purpose) in [
        ("nordlys", "anybody", LinkPurpose::Attended),
        ("aozora", "invited-1", LinkPurpose::Attended),
        ("aozora", "somebody", LinkPurpose::Attended),
        ("aozora", "anybody", LinkPurpose::Launch),
    ] {
        let other = seal(tenant, holder, purpose);
        assert_eq!(view(&other).err(), Some(Refusal::BadLink), "{other}");
        let refused = world.unchanged(|| world.send(consent(&other)));
        assert_eq!(refused.err(), Some(Refusal::BadLink), "{other}");
    }
    let find = |provider: &str| {
        world.send(LinkAttended {
            attended: id.clone(),
            provider: slug(provider),
        })
    };
    assert_eq!(find("kita-desk"), Ok(token.clone()));
    assert_eq!(find("minami-desk"), Err(Refusal::WrongSession));
    let knock = VouchForKnock {
        number: SessionNumber::parse("123456789").unwrap(),
        client: "203.0.113.5".to_owned(),
    };
    assert_eq!(
        world.send(knock).err(),
        Some(Refusal::NotFound),
        "a customer has no such page"
    );
    world.send(acting(&world, DeskAction::EndAttended(id.clone()))).unwrap();
    assert_eq!(find("kita-desk"), Err(Refusal::WrongSession), "it is over");
}
