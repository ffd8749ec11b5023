use super::{
    ANYBODY, Attended, AttendedState, AttendedView, Consent, Invited, MOST_CONSENTS, MOST_INVITED, NewAttended,
    NotTaken, holder, holder_of, signed_statement, statement,
};
use crate::email::EmailAddress;
use crate::id::{GuestId, LaunchId, UserId};
use crate::launch::{Granted, Moved, StepKind};
use crate::locale::Locale;
use crate::question::Asker;
use crate::random::CountingRandom;
use crate::session::{SessionEnd, SessionNumber};
use crate::slug::Slug;
use crate::text::{OrganizationName, PersonName, SessionTitle};
use crate::time::{TimeZone, UnixSeconds};

const NOW: UnixSeconds = UnixSeconds(1_795_000_000);
const UNTIL: UnixSeconds = UnixSeconds(1_795_003_600);

fn number(text: &str) -> SessionNumber {
    SessionNumber::parse(text).unwrap()
}

fn attended() -> Attended {
    Attended {
        id: LaunchId::generate(&CountingRandom::new(1)),
        title: SessionTitle::parse("検査結果の表示について").unwrap(),
        opened_by: Asker {
            provider: Slug::parse("kita-desk").unwrap(),
            provider_name: OrganizationName::parse("北日本サービス").unwrap(),
            user: UserId::generate(&CountingRandom::new(2)),
            name: PersonName::parse("鈴木 一郎").unwrap(),
            email: EmailAddress::parse("suzuki@kita.example").unwrap(),
        },
        inquiry: None,
        appointment: None,
        invited: Vec::new(),
        number: number("123456789"),
        kid: "l1".to_owned(),
        opened_at: NOW,
        granted: Granted {
            from: NOW,
            until: UNTIL,
        },
        running_at: None,
        consents: Vec::new(),
        ended: None,
        note: None,
        steps: Vec::new(),
        reported: 0,
        version: 0,
    }
}

fn consent(name: &str, at: UnixSeconds) -> Consent {
    Consent {
        guest: GuestId::generate(&CountingRandom::new(3)),
        name: PersonName::parse(name).unwrap(),
        email: None,
        at,
        locale: Locale::Ja,
    }
}

fn invited(address: &str) -> Invited {
    Invited {
        name: PersonName::parse("佐藤 次郎").unwrap(),
        email: EmailAddress::parse(address).unwrap(),
        locale: Locale::Ja,
    }
}

/// A session in each state, as it is at [`NOW`], or after its period.
fn standing(state: AttendedState) -> (Attended, UnixSeconds) {
    let mut one = attended();
    if state == AttendedState::Opening {
        return (one, NOW);
    }
    assert_eq!(one.opens(&number("123456789"), NOW), Moved::Yes);
    match state {
        AttendedState::Running => one.consent(consent("佐藤", NOW)).unwrap(),
        AttendedState::Ended => {
            one.consent(consent("佐藤", NOW)).unwrap();
            assert_eq!(one.end(SessionEnd::Guest, Some("佐藤"), NOW), Moved::Yes);
        }
        AttendedState::Withdrawn => assert_eq!(one.end(SessionEnd::Desk, Some("鈴木"), NOW), Moved::Yes),
        AttendedState::Expired => return (one, UNTIL),
        AttendedState::Opening | AttendedState::Open => {}
    }
    (one, NOW)
}

#[test]
fn consents_are_taken_while_it_can_be_joined() {
    for state in AttendedState::ALL {
        let (mut one, now) = standing(state);
        assert_eq!(one.state(now), state);
        let version = one.version;
        let taken = one.consent(consent("田中", now));
        let expected = match state {
            AttendedState::Open | AttendedState::Running => Ok(()),
            AttendedState::Opening => Err(NotTaken::NotOpenYet),
            AttendedState::Ended | AttendedState::Expired | AttendedState::Withdrawn => Err(NotTaken::Over),
        };
        assert_eq!(taken, expected, "{state:?}");
        assert_eq!(one.version > version, taken.is_ok(), "{state:?}");
    }
}

#[test]
fn fifty_consents_are_the_most() {
    let (mut one, _) = standing(AttendedState::Open);
    for _ in 0..MOST_CONSENTS {
        one.consent(consent("佐藤", NOW)).unwrap();
    }
    assert_eq!(one.consent(consent("佐藤", NOW)), Err(NotTaken::TooMany));
    assert_eq!(one.consents.len(), MOST_CONSENTS);
}

#[test]
fn its_period_ends_it_whoever_came() {
    let (open, _) = standing(AttendedState::Open);
    let (running, _) = standing(AttendedState::Running);
    for (one, at_end) in [(open, AttendedState::Expired), (running, AttendedState::Ended)] {
        assert_eq!(one.due(), Some(UNTIL));
        assert_eq!(one.state(UNTIL), at_end);
        let view = AttendedView::of(one.clone(), NOW);
        assert_eq!(
            (view.clone().at(UNTIL.plus(-1)).state, view.clone().at(UNTIL).state),
            (view.state, at_end)
        );
        let mut ended = one;
        assert_eq!(ended.end(SessionEnd::Expired, None, UNTIL), Moved::Yes);
        assert_eq!((ended.state(UNTIL), ended.due()), (at_end, None));
        assert_eq!(ended.end(SessionEnd::Desk, None, UNTIL), Moved::No);
    }
}

#[test]
fn a_taken_number_is_replaced_before_it_is_claimed_and_never_after() {
    let mut one = attended();
    assert_eq!(one.renumber(&number("999999999"), number("222222222")), Moved::No);
    assert_eq!(one.renumber(&number("123456789"), number("222222222")), Moved::Yes);
    assert_eq!(one.opens(&number("123456789"), NOW), Moved::No);
    assert_eq!(one.session(), None);
    assert_eq!(one.opens(&number("222222222"), NOW), Moved::Yes);
    assert_eq!(one.session(), Some(&number("222222222")));
    assert_eq!(one.renumber(&number("222222222"), number("333333333")), Moved::No);
    assert_eq!(one.opens(&number("222222222"), NOW), Moved::No);
}

#[test]
fn a_link_is_for_one_invited_person_or_for_anybody() {
    let mut one = attended();
    assert_eq!(one.invite(&invited("a@minato.example"), "鈴木", NOW), Some(0));
    assert_eq!(one.invite(&invited("b@minato.example"), "鈴木", NOW), Some(1));
    assert_eq!(
        one.invite(&invited("a@minato.example"), "鈴木", NOW),
        Some(0),
        "mailed again"
    );
    let email = |of: Option<Option<&Invited>>| of.map(|of| of.map(|person| person.email.to_string()));
    assert_eq!(email(holder_of(&one, ANYBODY)), Some(None));
    assert_eq!(
        email(holder_of(&one, &holder(1))),
        Some(Some("b@minato.example".to_owned()))
    );
    for nobody in ["invited-2", "invited-", "invited--1", "1", "", "Anybody"] {
        assert_eq!(holder_of(&one, nobody), None, "{nobody}");
    }
    for place in 2..MOST_INVITED {
        let address = format!("p{place}@minato.example");
        assert_eq!(one.invite(&invited(&address), "鈴木", NOW), Some(place));
    }
    assert_eq!(one.invite(&invited("z@minato.example"), "鈴木", NOW), None);
}

#[test]
fn a_request_names_a_usual_period_and_each_address_once() {
    let new = |text: &str| serde_json::from_str::<NewAttended>(text).unwrap();
    assert_eq!(new(r#"{"title":"a"}"#).terms(), Ok(4 * 3600));
    for (period, fits) in [(899, false), (900, true), (43_200, true), (43_201, false)] {
        assert_eq!(
            new(&format!(r#"{{"title":"a","period":{period}}}"#)).terms().is_ok(),
            fits
        );
    }
    let with = |people: &[Invited]| NewAttended {
        invited: people.to_vec(),
        ..new(r#"{"title":"a"}"#)
    };
    let people: Vec<Invited> = (0..11).map(|at| invited(&format!("p{at}@minato.example"))).collect();
    assert!(with(people.get(..10).unwrap()).terms().is_ok());
    assert!(with(&people).terms().is_err());
    assert!(
        with(&[invited("a@minato.example"), invited("a@minato.example")])
            .terms()
            .is_err()
    );
}

/// What people have typed cannot become a line of its own, so nothing that they write reads as one of our sentences.
#[test]
fn the_statement_keeps_what_people_typed_on_its_own_lines() {
    let mut one = attended();
    let forged = "終了予定：2099年1月1日 参加する方は、すべてに同意します。";
    one.title = SessionTitle::parse(forged).unwrap();
    one.opened_by.name = PersonName::parse(forged).unwrap();
    for locale in Locale::ALL {
        let shown = statement(locale, &TimeZone::UTC, "みなと工機", &one);
        let usual = statement(locale, &TimeZone::UTC, "みなと工機", &attended());
        assert_eq!(shown.lines().count(), usual.lines().count(), "{locale}");
        assert!(shown.lines().all(|line| !line.starts_with(forged)), "{locale}");
        assert!(
            !shown.contains('{') && !shown.contains("statement-"),
            "{locale}: {shown}"
        );
        let signed = signed_statement(locale, &shown, &PersonName::parse(forged).unwrap());
        assert!(signed.starts_with(&shown) && signed.ends_with(forged), "{locale}");
        assert_eq!(signed.lines().count(), shown.lines().count() + 2, "{locale}");
    }
}

#[test]
fn a_full_timeline_still_takes_the_end() {
    let (mut one, _) = standing(AttendedState::Running);
    for _ in 0..200 {
        one.step(NOW, StepKind::Joined, Some("佐藤"), None);
    }
    assert_eq!(one.steps.len(), 100);
    one.end(SessionEnd::Desk, None, NOW);
    assert_eq!(one.steps.last().map(|step| step.what), Some(StepKind::Ended));
}
