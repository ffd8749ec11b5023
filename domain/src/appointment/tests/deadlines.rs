use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};

use super::{DAY, HOUR, NOW, agreed, agreed_ahead, ahead, desk, fresh, jiro, of_launch, proposed, reason, time, tokyo};
use crate::appointment::preflight::MachineMeasured;
use crate::appointment::{Appointment, AppointmentState, AppointmentStepKind, Due, FARTHEST, LENGTH, Preflight};
use crate::calendar::Occurrence;
use crate::time::UnixSeconds;

const MINUTE: i64 = 60;

/// A result in which nothing was found.
fn tried() -> Preflight {
    let measured = MachineMeasured {
        connection: true,
        proxy: None,
        download_kbps: None,
        upload_kbps: None,
        screen: true,
        clock_seconds: None,
    };
    measured.judged(NOW)
}

/// What is done from now on until it is over, each step when it is due, or at once.
fn lived(mut appointment: Appointment) -> Vec<(UnixSeconds, Due)> {
    let (mut done, mut now) = (Vec::new(), NOW);
    while let Some((at, due)) = appointment.due() {
        now = at.max(now);
        done.push((now, due));
        match due {
            Due::Unanswered | Due::ChangeUnanswered => appointment.unanswered(now),
            Due::Compare => assert!(!appointment.compare(now), "the rules are the same"),
            Due::AskForCheck => appointment.asked_for_check(now),
            Due::Remind => appointment.reminded(now),
            Due::Past => appointment.passed(now),
        }
        assert!(done.len() < 20, "it ends: {done:?}");
    }
    done
}

/// The same, in seconds before the agreed start.
fn lived_before_start(appointment: Appointment) -> Vec<(i64, Due)> {
    let start = appointment.start().unwrap();
    let done = lived(appointment).into_iter();
    done.map(|(at, due)| (start.since(at), due)).collect()
}

#[test]
fn a_date_is_compared_checked_reminded_of_and_past() {
    assert_eq!(
        lived_before_start(agreed_ahead(40 * DAY)),
        [
            (30 * DAY, Due::Compare),
            (7 * DAY, Due::Compare),
            (DAY, Due::Compare),
            (DAY, Due::AskForCheck),
            (3 * HOUR, Due::Compare),
            (10 * MINUTE, Due::Remind),
            (-HOUR, Due::Past),
        ]
    );
    let long = Appointment {
        length: 8 * HOUR,
        ..agreed_ahead(2 * HOUR)
    };
    assert_eq!(lived_before_start(long).last(), Some(&(-8 * HOUR, Due::Past)));
}

#[test]
fn a_date_that_is_agreed_late_skips_what_there_is_no_time_for() {
    // Whoever has just agreed has an hour to try their PC, and whoever is asked to has an hour left for it.
    let cases = [
        (3 * HOUR, vec![(2 * HOUR, Due::AskForCheck), (10 * MINUTE, Due::Remind)]),
        (
            2 * HOUR + 1,
            vec![(HOUR + 1, Due::AskForCheck), (10 * MINUTE, Due::Remind)],
        ),
        (2 * HOUR, vec![(10 * MINUTE, Due::Remind)]),
        (11 * MINUTE, vec![(10 * MINUTE, Due::Remind)]),
        (4 * MINUTE, vec![(4 * MINUTE, Due::Remind)]),
    ];
    for (ahead, mut expected) in cases {
        expected.push((-HOUR, Due::Past));
        assert_eq!(lived_before_start(agreed_ahead(ahead)), expected, "{ahead}");
    }
}

#[test]
fn nobody_is_asked_to_try_a_pc_that_was_tried() {
    let asked = |appointment: Appointment| lived(appointment).iter().any(|(_, due)| *due == Due::AskForCheck);
    let mut appointment = agreed_ahead(2 * DAY);
    appointment.participants[0].preflight = Some(tried());
    assert!(asked(appointment.clone()), "one of the two has not");
    appointment.participants[1].preflight = Some(tried());
    assert!(!asked(appointment));
    let mut machine = of_launch(2 * DAY);
    assert!(asked(machine.clone()));
    machine.machine_checked(tried(), NOW);
    assert!(!asked(machine), "a machine is tried once for all");
}

#[test]
fn a_proposal_is_unanswered_when_the_last_of_its_times_has_come() {
    let last = tokyo("2026-11-25T10:00").at;
    let mut appointment = proposed();
    assert_eq!(appointment.due(), Some((last, Due::Unanswered)));
    assert_eq!(appointment.state(last.plus(-1)), AppointmentState::Proposed);
    assert_eq!(lived(appointment.clone()), [(last, Due::Unanswered)]);
    // Whoever asks in between, before it is noted, is told the same.
    assert_eq!(appointment.state(last), AppointmentState::Unanswered);
    appointment.unanswered(last);
    assert_eq!(
        (appointment.state(last), appointment.due()),
        (AppointmentState::Unanswered, None)
    );
    appointment.propose(&desk(), vec![ahead(20 * DAY)], None, last).unwrap();
    assert_eq!(appointment.due(), Some((NOW.plus(20 * DAY), Due::Unanswered)));
}

#[test]
fn a_change_that_nobody_answers_is_dropped_and_the_date_takes_place() {
    let mut appointment = agreed();
    let change = tokyo("2026-11-23T10:00");
    appointment
        .propose(&desk(), vec![change.clone()], Some(reason()), NOW)
        .unwrap();
    let done = lived(appointment.clone());
    assert!(done.contains(&(change.at, Due::ChangeUnanswered)), "{done:?}");
    assert_eq!(done.last(), Some(&(tokyo("2026-11-24T15:00").at, Due::Past)));
    appointment.unanswered(change.at);
    assert_eq!((appointment.proposal, appointment.over), (None, None));
}

#[test]
fn a_date_that_has_moved_is_reminded_of_again() {
    let mut appointment = agreed_ahead(5 * MINUTE);
    appointment.reminded(NOW);
    assert_eq!(
        appointment.due(),
        Some((NOW.plus(5 * MINUTE + HOUR), Due::Past)),
        "once"
    );
    appointment
        .propose(&desk(), vec![ahead(DAY)], Some(reason()), NOW)
        .unwrap();
    appointment.choose(1, 0, &jiro(), NOW).unwrap();
    let done = lived_before_start(appointment);
    assert!(done.contains(&(10 * MINUTE, Due::Remind)), "{done:?}");
}

#[test]
fn nothing_is_due_once_it_is_over() {
    let ended: [fn(&mut Appointment); 4] = [
        |of| of.cancel(&jiro(), reason(), NOW).unwrap(),
        |of| of.suspended(NOW),
        |of| of.launch_ended(None, NOW),
        |of| of.passed(NOW),
    ];
    for end in ended {
        let mut appointment = agreed();
        end(&mut appointment);
        assert_eq!(appointment.due(), None, "{:?}", appointment.over);
    }
    let mut declined = proposed();
    declined.decline(1, &jiro(), None, NOW).unwrap();
    assert_eq!(declined.due(), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// However late a date was agreed and however long it takes.
    #[test]
    fn each_reminder_is_given_once_and_never_after_the_end(ahead in 1..=FARTHEST, length in LENGTH) {
        let appointment = Appointment { length, ..agreed_ahead(ahead) };
        let end = appointment.until().unwrap();
        let done = lived(appointment);
        let (last, before) = done.split_last().unwrap();
        prop_assert_eq!(*last, (end, Due::Past));
        prop_assert!(before.iter().all(|(at, _)| *at < NOW.plus(ahead)), "{:?}", done);
        for (due, most) in [(Due::Remind, 1..=1), (Due::AskForCheck, 0..=1), (Due::Compare, 0..=4)] {
            let times = before.iter().filter(|(_, done)| *done == due).count();
            prop_assert!(most.contains(&times), "{:?}: {:?}", due, done);
        }
    }
}

/// One that was agreed by rules by which `start` in `zone` was `error` seconds later than it is.
fn misplaced(zone: &str, start: &str, occurrence: Option<Occurrence>, error: i64) -> Appointment {
    let mut appointment = fresh();
    let mut agreed = time(zone, start, occurrence);
    agreed.at = agreed.at.plus(error);
    appointment.settle(agreed, &jiro(), NOW);
    appointment
}

#[test]
fn rules_that_are_the_same_move_nothing() {
    let before = agreed();
    let mut appointment = before.clone();
    assert!(!appointment.compare(NOW.plus(DAY)));
    appointment.compared_at = before.compared_at;
    assert_eq!(appointment, before);
}

#[test]
fn when_rules_change_the_clock_on_the_wall_stays_and_the_instant_moves() {
    let right = time("America/Sao_Paulo", "2026-12-03T14:00", None);
    let mut appointment = misplaced("America/Sao_Paulo", "2026-12-03T14:00", None, HOUR);
    let before = appointment.clone();
    assert!(appointment.compare(NOW.plus(DAY)));
    let agreement = appointment.agreed.clone().unwrap();
    assert_eq!(agreement.time, right);
    assert_eq!(
        (agreement.name, agreement.at),
        (jiro().name, NOW),
        "nobody has agreed anew"
    );
    assert_eq!(appointment.sequence, before.sequence + 1);
    assert!(appointment.version > before.version);
    let step = appointment.steps.last().unwrap();
    assert_eq!(
        (step.what, step.by, &step.times),
        (AppointmentStepKind::Shifted, None, &vec![right])
    );
    assert!(!appointment.compare(NOW.plus(2 * DAY)), "it moves once");
}

#[test]
fn which_of_two_instants_was_meant_is_kept_when_rules_change() {
    for occurrence in [Occurrence::First, Occurrence::Second] {
        let right = time("Africa/Casablanca", "2027-02-07T02:30", Some(occurrence));
        let mut appointment = misplaced("Africa/Casablanca", "2027-02-07T02:30", Some(occurrence), -HOUR);
        assert!(appointment.compare(NOW));
        assert_eq!(appointment.start(), Some(right.at), "{occurrence:?}");
    }
}

#[test]
fn a_time_that_the_clocks_now_skip_moves_with_them() {
    // Copenhagen skips 02:30 that night: clocks that were put forward show 03:30.
    let mut appointment = misplaced("Europe/Copenhagen", "2026-12-03T14:00", None, 0);
    appointment.agreed.as_mut().unwrap().time.start = "2027-03-28T02:30".to_owned().try_into().unwrap();
    assert!(appointment.compare(NOW));
    let half_past_three = crate::calendar::LocalTime::parse("2027-03-28T01:30").unwrap().in_utc();
    assert_eq!(appointment.start(), Some(half_past_three));
}

#[test]
fn without_rules_the_instant_is_kept() {
    let mut appointment = misplaced("Asia/Tokyo", "2026-12-03T14:00", None, HOUR);
    appointment.agreed.as_mut().unwrap().time.time_zone = serde_json::from_str("\"Mars/Olympus\"").unwrap();
    let before = appointment.clone();
    assert!(!appointment.compare(NOW));
    assert_eq!(
        (appointment.agreed, appointment.sequence),
        (before.agreed, before.sequence)
    );
    assert!(!fresh().compare(NOW), "nothing was agreed");
}

#[test]
fn a_launchs_date_stays_with_the_launch_whatever_becomes_of_the_rules() {
    // What was approved is an instant; the session is opened then, wherever a calendar has it.
    let mut appointment = of_launch(3 * DAY);
    appointment.agreed.as_mut().unwrap().time.at = NOW.plus(3 * DAY + HOUR);
    let before = appointment.start();
    appointment.compare(NOW);
    assert_eq!(appointment.start(), before);
}
