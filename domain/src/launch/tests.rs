use super::{
    CONFIRM_WITHIN, Executor, FARTHEST_START, Granted, Launch, LaunchState, Moved, NewLaunch, Obstacle, Origin,
    StepKind, USUAL_PERIOD, statement,
};
use crate::approval::{Approval, Decision, Outcome, Subject};
use crate::control::Declined;
use crate::email::EmailAddress;
use crate::equipment::SerialNumber;
use crate::id::{AgentId, ApprovalId, CommandId, EquipmentId, LaunchId, UserId};
use crate::locale::Locale;
use crate::question::Asker;
use crate::random::CountingRandom;
use crate::session::{Ability, SessionEnd, SessionNumber};
use crate::slug::Slug;
use crate::text::{EquipmentName, EquipmentPlace, OrganizationName, PersonName, Reason};
use crate::time::{TimeZone, UnixSeconds};

const NOW: UnixSeconds = UnixSeconds(1_795_000_000);

fn asker() -> Asker {
    Asker {
        provider: Slug::parse("kita-support").unwrap(),
        provider_name: OrganizationName::parse("北サポート株式会社").unwrap(),
        user: UserId::generate(&CountingRandom::new(1)),
        name: PersonName::parse("鈴木 一郎").unwrap(),
        email: EmailAddress::parse("ichiro@kita-support.example").unwrap(),
    }
}

fn launch(starts_at: Option<UnixSeconds>) -> (Launch, Approval) {
    let random = CountingRandom::new(2);
    let approval = Approval {
        id: ApprovalId::generate(&random),
        subject: Subject::Launch(LaunchId::generate(&random)),
        requested_at: NOW,
        expires_at: NOW.plus(7_200),
        withdrawn: false,
        required: 1,
        agreed: Vec::new(),
        decision: None,
        receipt: None,
    };
    let launch = Launch {
        id: LaunchId::generate(&random),
        equipment: EquipmentId::generate(&random),
        equipment_name: EquipmentName::parse("検査装置 3号").unwrap(),
        serial_number: SerialNumber::parse("TG-2041").unwrap(),
        place: Some(EquipmentPlace::parse("第一工場").unwrap()),
        provider: Slug::parse("kita-support").unwrap(),
        provider_name: OrganizationName::parse("北サポート株式会社").unwrap(),
        origin: Origin::Desk {
            asked_by: asker(),
            reason: Reason::parse("加工中に停止するため").unwrap(),
            approval: approval.id.clone(),
        },
        abilities: vec![Ability::Diagnostics, Ability::RestartSoftware, Ability::RestartMachine],
        period: 3_600,
        starts_at,
        extends: None,
        replaces: None,
        requested_at: NOW,
        granted: None,
        execution: None,
        awaited_by: None,
        told_of_return: false,
        ended: None,
        steps: Vec::new(),
        note: None,
        reported: 0,
        version: 0,
    };
    (launch, approval)
}

fn decided(launch: &mut Launch, approval: &mut Approval, outcome: Outcome, at: UnixSeconds) {
    let decision = Decision {
        outcome,
        by: UserId::generate(&CountingRandom::new(9)),
        name: PersonName::parse("佐藤 花子").unwrap(),
        email: EmailAddress::parse("hanako@aozora.example").unwrap(),
        at,
        reason: None,
        locale: Locale::Ja,
    };
    launch.decided(&decision);
    approval.record(decision, "e30.e30.AA".to_owned());
}

fn executor() -> Executor {
    Executor {
        user: asker().user,
        name: asker().name,
        email: None,
    }
}

fn ids() -> (CommandId, AgentId, SessionNumber) {
    let random = CountingRandom::new(5);
    (
        CommandId::generate(&random),
        AgentId::generate(&random),
        SessionNumber::generate(&random),
    )
}

#[test]
fn the_period_starts_at_the_approval_or_at_the_later_agreed_start() {
    let later = NOW.plus(5_000);
    for (starts_at, approved_at, from) in [
        (None, NOW.plus(60), NOW.plus(60)),
        (Some(later), NOW.plus(60), later),
        (Some(later), NOW.plus(6_000), NOW.plus(6_000)),
    ] {
        let (mut launch, mut approval) = launch(starts_at);
        decided(&mut launch, &mut approval, Outcome::Approved, approved_at);
        let granted = Granted {
            from,
            until: from.plus(3_600),
        };
        assert_eq!(launch.granted, Some(granted));
        assert_eq!(launch.executable(Some(&approval), from), Some(Ok(granted)));
        assert_eq!(
            launch.executable(Some(&approval), granted.until),
            None,
            "the period is over"
        );
        let early = launch.executable(Some(&approval), from.plus(-1));
        assert!(matches!(early, Some(Err(Obstacle::TooEarly))), "{early:?}");
    }
}

#[test]
fn a_launch_goes_from_the_request_to_its_end() {
    let (mut launch, mut approval) = launch(None);
    let (command, agent, number) = ids();
    let state = |launch: &Launch, approval: &Approval, at| launch.state(Some(approval), at);
    assert_eq!(state(&launch, &approval, NOW), LaunchState::Requested);
    assert_eq!(launch.executable(Some(&approval), NOW), None);
    decided(&mut launch, &mut approval, Outcome::Approved, NOW);
    assert_eq!(state(&launch, &approval, NOW), LaunchState::Approved);
    launch.execute(command.clone(), agent, executor(), NOW);
    assert_eq!(state(&launch, &approval, NOW), LaunchState::Executing);
    assert_eq!(
        launch.executable(Some(&approval), NOW),
        None,
        "two executions race for one transition"
    );
    assert_eq!(launch.started(&command, number.clone(), "k1", NOW), Moved::Yes);
    assert_eq!(launch.started(&command, number.clone(), "k1", NOW), Moved::No);
    assert_eq!(launch.session(), None, "no number is shown before it is claimed");
    assert_eq!(launch.runs(&number, NOW), Moved::Yes);
    assert_eq!(launch.runs(&number, NOW), Moved::No);
    assert_eq!(state(&launch, &approval, NOW), LaunchState::Running);
    assert_eq!(launch.session(), Some(&number));
    assert_eq!(launch.end(SessionEnd::Desk, Some("鈴木 一郎"), NOW), Moved::Yes);
    assert_eq!(launch.end(SessionEnd::Machine, None, NOW), Moved::No);
    assert_eq!(state(&launch, &approval, NOW), LaunchState::Ended);
    assert_eq!(launch.runs(&number, NOW), Moved::No);
    let steps: Vec<StepKind> = launch.steps.iter().map(|step| step.what).collect();
    assert_eq!(
        steps,
        [
            StepKind::Approved,
            StepKind::Executed,
            StepKind::Started,
            StepKind::Issued,
            StepKind::Ended
        ]
    );
}

#[test]
fn an_agent_that_declines_or_stays_silent_leaves_the_approval() {
    let (mut launch, mut approval) = launch(None);
    let (command, agent, number) = ids();
    decided(&mut launch, &mut approval, Outcome::Approved, NOW);
    launch.execute(command.clone(), agent.clone(), executor(), NOW);
    assert_eq!(launch.declined(&command, Declined::Busy, NOW), Moved::Yes);
    assert_eq!(launch.state(Some(&approval), NOW), LaunchState::Approved);
    launch.execute(command.clone(), agent, executor(), NOW);
    assert_eq!(launch.unconfirmed(NOW.plus(CONFIRM_WITHIN - 1)), None);
    assert_eq!(launch.unconfirmed(NOW.plus(CONFIRM_WITHIN)), Some(command.clone()));
    assert_eq!(launch.started(&command, number, "k1", NOW), Moved::No, "too late");
    assert_eq!(launch.state(Some(&approval), NOW), LaunchState::Approved);
}

#[test]
fn only_an_approval_of_more_time_extends_the_period_and_nothing_that_is_over() {
    let (mut launch, mut approval) = launch(None);
    let (until, later) = (NOW.plus(3_600), NOW.plus(7_200));
    let extend = |launch: &mut Launch, approval: &Approval, at| launch.extend(later, "佐藤 花子", Some(approval), at);
    assert_eq!(extend(&mut launch, &approval, NOW), Moved::No, "not approved yet");
    decided(&mut launch, &mut approval, Outcome::Approved, NOW);
    assert_eq!(extend(&mut launch, &approval, until), Moved::No, "it is over");
    assert_eq!(extend(&mut launch, &approval, until.plus(-1)), Moved::Yes);
    assert_eq!(launch.granted.unwrap().until, later);
    assert_eq!(extend(&mut launch, &approval, NOW), Moved::No, "the same end again");
    launch.extends = Some(launch.id.clone());
    assert_eq!(launch.state(Some(&approval), NOW), LaunchState::Ended);
    assert_eq!(
        launch.executable(Some(&approval), NOW),
        None,
        "an extension is never executed"
    );
}

#[test]
fn what_was_not_approved_is_told_apart() {
    for outcome in [Outcome::Approved, Outcome::Refused] {
        let (mut launch, mut approval) = launch(None);
        decided(&mut launch, &mut approval, outcome, NOW);
        let wanted = match outcome {
            Outcome::Approved => LaunchState::Approved,
            Outcome::Refused => LaunchState::Refused,
        };
        assert_eq!(launch.state(Some(&approval), NOW), wanted);
    }
    let (launch, mut approval) = launch(None);
    assert_eq!(launch.state(Some(&approval), approval.expires_at), LaunchState::Expired);
    approval.withdraw(NOW);
    assert_eq!(launch.state(Some(&approval), NOW), LaunchState::Withdrawn);
}

#[test]
fn the_timeline_is_bounded_and_keeps_the_end() {
    let (mut launch, _) = launch(None);
    for _ in 0..1_000 {
        launch.step(NOW, StepKind::Diagnostics, Some("鈴木 一郎"), None);
    }
    launch.end(SessionEnd::Desk, None, NOW);
    assert_eq!(launch.steps.len(), 101);
    assert_eq!(launch.steps.last().unwrap().what, StepKind::Ended);
}

#[test]
fn a_wrong_request_names_its_member() {
    let new = |members: &str| {
        let text = format!(r#"{{"equipment":"AAAAAAAAAAAAAAAAAAAAAA","reason":"調査"{members}}}"#);
        crate::wire::json::read::<NewLaunch>(&text).unwrap()
    };
    let terms = new("").terms(86_400, NOW).unwrap();
    assert_eq!((terms.period, terms.answer_by), (USUAL_PERIOD, NOW.plus(86_400)));
    assert_eq!(terms.abilities, Ability::ALL);
    let start = NOW.plus(200_000).0;
    let terms = new(&format!(r#","starts_at":{start}"#)).terms(86_400, NOW).unwrap();
    assert_eq!(
        terms.answer_by.0, start,
        "an agreed start can be approved until it comes"
    );
    for (members, field) in [
        (r#","period":899"#.to_owned(), "period"),
        (r#","period":86401"#.to_owned(), "period"),
        (format!(r#","starts_at":{}"#, NOW.0 - 1), "starts_at"),
        (format!(r#","starts_at":{}"#, NOW.0 + FARTHEST_START + 1), "starts_at"),
        (r#","abilities":[]"#.to_owned(), "abilities"),
        (
            format!(r#","starts_at":{},"extends":"AAAAAAAAAAAAAAAAAAAAAA""#, NOW.0),
            "starts_at",
        ),
    ] {
        assert_eq!(new(&members).terms(86_400, NOW).unwrap_err().field, field, "{members}");
    }
}

#[test]
fn the_statement_names_what_is_allowed_in_absolute_times() {
    let zone = TimeZone::parse("Asia/Tokyo").unwrap();
    for locale in Locale::ALL {
        let (one, approval) = launch(None);
        let stated = statement(locale, &zone, "青空精工株式会社", &one, Some(&approval));
        for named in ["検査装置 3号", "TG-2041", "第一工場", "鈴木 一郎", "北サポート株式会社"] {
            assert!(stated.contains(named), "{named}: {stated}");
        }
        assert!(
            stated.contains("\n> 加工中に停止するため\n"),
            "the desk's words are quoted: {stated}"
        );
        let latest = crate::texts::date_time(locale, approval.expires_at.plus(3_600), &zone);
        assert!(stated.contains(&latest), "{stated}");
        let fewer = Launch {
            abilities: vec![Ability::Diagnostics],
            ..one
        };
        let less = statement(locale, &zone, "青空精工株式会社", &fewer, Some(&approval));
        assert_eq!(less.lines().count() + 2, stated.lines().count());
    }
}
