use super::{DAY, HOUR, NOW, agreed, agreed_ahead, ahead, bo, countered, desk, fresh, guest, jiro};
use super::{of_launch, proposed, reason, tokyo};
use crate::appointment::{Appointment, AppointmentState, AppointmentStepKind, MOST_PROPOSALS, MOST_STEPS};
use crate::appointment::{Mover, NotPossible, OverWhy};
use crate::inquiry::Side;
use crate::time::UnixSeconds;

/// What somebody tries to do; an answer is one to the last proposal.
type Act = fn(&mut Appointment, &Mover, UnixSeconds) -> Result<(), NotPossible>;

const ACTS: [(&str, Act); 4] = [
    ("propose", |of, by, now| {
        of.propose(by, vec![ahead(20 * DAY)], None, now)
    }),
    ("choose", |of, by, now| of.choose(of.proposals, 0, by, now).map(drop)),
    ("decline", |of, by, now| of.decline(of.proposals, by, None, now)),
    ("cancel", |of, by, now| of.cancel(by, reason(), now)),
];

/// `of` after `act`.
fn after(mut of: Appointment, act: impl FnOnce(&mut Appointment)) -> Appointment {
    act(&mut of);
    of
}

fn change(of: &mut Appointment, by: &Mover) {
    of.propose(by, vec![tokyo("2026-11-30T10:00")], Some(reason()), NOW)
        .unwrap();
}

#[test]
fn each_side_may_do_what_the_state_allows_and_a_refused_move_changes_nothing() {
    const OVER: Result<(), NotPossible> = Err(NotPossible::Over);
    const STALE: Result<(), NotPossible> = Err(NotPossible::Stale);
    const OWN: Result<(), NotPossible> = Err(NotPossible::NotTheirs);
    let anything = [Ok(()); 4];
    let own = [Ok(()), OWN, OWN, Ok(())];
    let unasked = [Ok(()), STALE, STALE, Ok(())];
    let nothing = [OVER; 4];
    // In the order of ACTS, for the desk and for the customer.
    let cases = [
        ("proposed", proposed(), [own, anything]),
        ("countered", countered(), [anything, own]),
        ("agreed", agreed(), [unasked, unasked]),
        ("agreed", after(agreed(), |of| change(of, &desk())), [own, anything]),
        ("agreed", after(agreed(), |of| change(of, &bo())), [anything, own]),
        ("imminent", after(agreed(), |of| of.reminded(NOW)), [unasked, unasked]),
        (
            "declined",
            after(proposed(), |of| of.decline(1, &jiro(), None, NOW).unwrap()),
            [nothing, nothing],
        ),
        (
            "cancelled",
            after(agreed(), |of| of.cancel(&desk(), reason(), NOW).unwrap()),
            [nothing, nothing],
        ),
        ("cancelled", after(agreed(), |of| of.suspended(NOW)), [nothing, nothing]),
        // Nobody has answered: somebody may try again.
        ("unanswered", after(proposed(), |of| of.unanswered(NOW)), {
            let again = [Ok(()), OVER, OVER, OVER];
            [again, again]
        }),
        ("past", after(agreed(), |of| of.passed(NOW)), [nothing, nothing]),
    ];
    for (state, appointment, expected) in cases {
        assert_eq!(appointment.state(NOW).name(), state);
        for (by, expected) in [desk(), jiro()].iter().zip(expected) {
            for ((name, act), expected) in ACTS.iter().zip(expected) {
                let mut moved = appointment.clone();
                let told = format!("{state}, {:?}: {name}", by.side);
                assert_eq!(act(&mut moved, by, NOW), expected, "{told}");
                assert_eq!(moved == appointment, expected.is_err(), "{told}");
            }
        }
    }
}

#[test]
fn the_first_of_two_who_choose_at_once_settles_it() {
    let mut appointment = proposed();
    let chosen = appointment.choose(1, 1, &bo(), NOW).unwrap();
    let settled = appointment.clone();
    assert_eq!(appointment.choose(1, 0, &jiro(), NOW), Err(NotPossible::Stale));
    assert_eq!(
        appointment.choose(1, 1, &jiro(), NOW),
        Err(NotPossible::Stale),
        "not even the same time"
    );
    assert_eq!(appointment.decline(1, &jiro(), None, NOW), Err(NotPossible::Stale));
    assert_eq!(appointment, settled);
    let agreement = appointment.agreed.unwrap();
    assert_eq!(
        (agreement.time, agreement.name, agreement.by),
        (chosen, bo().name, Side::Customer)
    );
}

#[test]
fn what_was_withdrawn_replaced_or_declined_cannot_be_chosen() {
    let withdrawn = after(proposed(), |of| of.cancel(&desk(), reason(), NOW).unwrap());
    let declined = after(proposed(), |of| of.decline(1, &bo(), Some(reason()), NOW).unwrap());
    for mut over in [withdrawn, declined] {
        let before = over.clone();
        assert_eq!(over.choose(1, 0, &jiro(), NOW), Err(NotPossible::Over));
        assert_eq!(over, before);
    }
    let mut replaced = proposed();
    replaced
        .propose(&desk(), vec![tokyo("2026-11-26T09:00")], None, NOW)
        .unwrap();
    let before = replaced.clone();
    assert_eq!(
        replaced.choose(1, 0, &jiro(), NOW),
        Err(NotPossible::Stale),
        "the time that the old proposal had there"
    );
    assert_eq!(replaced, before);
    let chosen = replaced.choose(2, 0, &jiro(), NOW).unwrap();
    assert_eq!(chosen, tokyo("2026-11-26T09:00"));
}

#[test]
fn a_counterproposal_stands_in_place_of_what_it_answers() {
    let mut appointment = countered();
    assert_eq!(appointment.awaits(NOW), Some(Side::Desk));
    assert_eq!(
        appointment.choose(1, 0, &bo(), NOW),
        Err(NotPossible::Stale),
        "a colleague has asked for another time since"
    );
    appointment.choose(2, 0, &desk(), NOW).unwrap();
    assert_eq!(appointment.start(), Some(tokyo("2026-11-27T09:30").at));
    assert_eq!(appointment.awaits(NOW), None);
}

#[test]
fn a_time_that_has_come_cannot_be_chosen_and_the_others_can() {
    let first = tokyo("2026-11-24T14:00").at;
    let mut appointment = proposed();
    assert_eq!(
        appointment.choose(1, 2, &jiro(), NOW),
        Err(NotPossible::Stale),
        "there are two"
    );
    assert_eq!(appointment.choose(1, 0, &jiro(), first), Err(NotPossible::TooLate));
    assert!(appointment.clone().choose(1, 0, &jiro(), first.plus(-1)).is_ok());
    assert!(appointment.clone().choose(1, 1, &jiro(), first).is_ok());
    let last = tokyo("2026-11-25T10:00").at;
    assert_eq!(appointment.state(last), AppointmentState::Unanswered);
    assert_eq!(appointment.choose(1, 1, &jiro(), last), Err(NotPossible::Over));
}

#[test]
fn an_agreed_date_stands_until_a_change_of_it_is_agreed() {
    let date = tokyo("2026-11-24T14:00").at;
    let mut appointment = after(agreed(), |of| change(of, &desk()));
    assert_eq!(
        (appointment.start(), appointment.state(NOW).name()),
        (Some(date), "agreed")
    );
    appointment.decline(2, &bo(), None, NOW).unwrap();
    assert_eq!((appointment.start(), appointment.over.as_ref()), (Some(date), None));
    change(&mut appointment, &bo());
    appointment.reminded(NOW);
    appointment.asked_for_check(NOW);
    appointment.choose(3, 0, &desk(), NOW).unwrap();
    assert_eq!(appointment.start(), Some(tokyo("2026-11-30T10:00").at));
    assert_eq!(
        (appointment.reminded_at, appointment.check_asked),
        (None, false),
        "the new date has reminders of its own"
    );
}

/// RFC 5546, section 2.1.4: a calendar takes a message for the newer one by its SEQUENCE.
#[test]
fn each_change_of_an_agreed_date_has_a_higher_sequence_and_nothing_else_has() {
    let mut appointment = countered();
    appointment.choose(2, 0, &desk(), NOW).unwrap();
    assert_eq!(appointment.sequence, 0, "the first invitation");
    change(&mut appointment, &desk());
    appointment.decline(3, &jiro(), None, NOW).unwrap();
    change(&mut appointment, &desk());
    appointment.unanswered(NOW);
    assert_eq!(appointment.sequence, 0, "the date still stands");
    change(&mut appointment, &desk());
    appointment.choose(5, 0, &jiro(), NOW).unwrap();
    assert_eq!(appointment.sequence, 1);
    assert_eq!(after(appointment.clone(), |of| of.passed(NOW)).sequence, 1);
    assert_eq!(after(appointment.clone(), |of| of.suspended(NOW)).sequence, 2);
    assert_eq!(after(appointment.clone(), |of| of.launch_ended(None, NOW)).sequence, 2);
    appointment.cancel(&jiro(), reason(), NOW).unwrap();
    assert_eq!(appointment.sequence, 2);
    let never_agreed = after(proposed(), |of| of.cancel(&desk(), reason(), NOW).unwrap());
    assert_eq!(never_agreed.sequence, 0, "no calendar has it");
}

#[test]
fn who_ended_it_and_why_is_kept() {
    let cancelled = after(agreed(), |of| of.cancel(&bo(), reason(), NOW.plus(HOUR)).unwrap());
    let over = cancelled.over.unwrap();
    assert_eq!(
        (over.at, over.why, over.by, over.name, over.reason),
        (
            NOW.plus(HOUR),
            OverWhy::Cancelled,
            Some(Side::Customer),
            Some(bo().name),
            Some(reason())
        )
    );
    let unanswered = after(proposed(), |of| of.unanswered(NOW.plus(HOUR)));
    assert_eq!(
        unanswered.over.map(|over| (over.why, over.by, over.name)),
        Some((OverWhy::Unanswered, None, None))
    );
    assert_eq!(
        unanswered.proposal,
        proposed().proposal,
        "what nobody answered can be read"
    );
}

#[test]
fn whose_link_it_was_is_noted_if_somebody_else_used_it() {
    let link_of = |by: &Mover| {
        let mut appointment = proposed();
        appointment.choose(1, 0, by, NOW).unwrap();
        let step = appointment.steps.pop().unwrap();
        (step.name.unwrap(), step.link_of)
    };
    assert_eq!(
        link_of(&guest(0, "鈴木 三郎")),
        ("鈴木 三郎".to_owned(), Some("佐藤 次郎".to_owned()))
    );
    assert_eq!(link_of(&jiro()), ("佐藤 次郎".to_owned(), None));
    assert_eq!(link_of(&guest(7, "鈴木 三郎")), ("鈴木 三郎".to_owned(), None));
}

#[test]
fn after_thirty_proposals_people_have_to_call_each_other() {
    let mut appointment = fresh();
    for number in 0..MOST_PROPOSALS {
        let by = if number % 2 == 0 { desk() } else { jiro() };
        appointment.propose(&by, vec![ahead(DAY)], None, NOW).unwrap();
    }
    let before = appointment.clone();
    for by in [desk(), jiro()] {
        let more = appointment.propose(&by, vec![ahead(DAY)], None, NOW);
        assert_eq!(more, Err(NotPossible::TooMany));
    }
    assert_eq!(appointment, before);
    assert!(appointment.choose(MOST_PROPOSALS, 0, &desk(), NOW).is_ok());
}

#[test]
fn no_other_time_can_be_proposed_for_a_launch() {
    let mut appointment = of_launch(3 * DAY);
    let before = appointment.clone();
    for by in [desk(), jiro()] {
        let other = appointment.propose(&by, vec![ahead(4 * DAY)], Some(reason()), NOW);
        assert_eq!(other, Err(NotPossible::OfLaunch));
    }
    assert_eq!(appointment, before);
}

#[test]
fn a_full_history_keeps_its_beginning_and_the_version_still_rises() {
    let mut appointment = agreed_ahead(DAY);
    for _ in 0..MOST_STEPS {
        appointment.asked_for_check(NOW);
    }
    assert_eq!(appointment.steps.len(), MOST_STEPS);
    assert_eq!(appointment.steps[0].what, AppointmentStepKind::Agreed);
    let version = appointment.version;
    appointment.reminded(NOW);
    assert_eq!(
        (appointment.steps.len(), appointment.version),
        (MOST_STEPS, version + 1)
    );
}
