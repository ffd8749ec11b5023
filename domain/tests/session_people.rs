//! Streams between people, and those that the agent opens: who may open which, how they are numbered, and random bytes
//! as frames from everybody.

use std::collections::BTreeMap;

use proptest::prelude::{Strategy as _, any, prop_oneof};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use tegata_domain::session::frame::{
    AGENT, Act, FIRST_CREDIT, Header, Kind, LOWER_OPENS, MALFORMED, MOST_CREDIT, MOST_STREAMS, cost, read, write,
};
use tegata_domain::session::relay::{Passed, Relay, Remark, Seat};
use tegata_domain::session::{Ability, DeedOutcome};

const DESK: u16 = 2;
const GUEST: u16 = 3;
const OTHER: u16 = 4;

fn seat(address: u16) -> Seat {
    Seat::new(address, address)
}

fn relay(abilities: &[Ability], seats: &[u16]) -> Relay {
    Relay::new(abilities.to_vec(), seats.iter().copied().map(seat).collect())
}

fn attended() -> Relay {
    relay(&Ability::ATTENDED, &[DESK, GUEST, OTHER])
}

fn equipment() -> Relay {
    relay(&Ability::ALL, &[AGENT, DESK, GUEST])
}

fn frame(act: Act, kind: Kind, to: u16, stream: u32) -> Header {
    Header::new(act, kind, to, stream)
}

fn data(kind: Kind, to: u16, stream: u32, offset: u64, length: u32) -> Header {
    Header {
        length,
        offset,
        ..frame(Act::Data, kind, to, stream)
    }
}

#[test]
fn of_two_people_the_one_with_the_lower_address_counts_from_the_middle() {
    for (from, to, good, bad) in [
        (DESK, GUEST, LOWER_OPENS, 1),
        (GUEST, DESK, 1, LOWER_OPENS),
        (GUEST, OTHER, LOWER_OPENS + 7, 7),
    ] {
        let opened = attended().pass(from, &frame(Act::Open, Kind::File, to, good));
        assert_eq!(opened, Passed::To(to), "{from} {to}");
        let refused = attended().pass(from, &frame(Act::Open, Kind::File, to, bad));
        assert_eq!(refused, Passed::End(MALFORMED), "{from} {to}");
    }
    let mut relay = equipment();
    assert_eq!(
        relay.pass(AGENT, &frame(Act::Open, Kind::File, DESK, LOWER_OPENS)),
        Passed::To(DESK)
    );
    assert_eq!(
        relay.pass(AGENT, &frame(Act::Open, Kind::File, GUEST, LOWER_OPENS)),
        Passed::End(MALFORMED),
        "each number once"
    );
}

#[test]
fn the_same_number_in_both_directions_is_two_streams() {
    let mut relay = attended();
    assert_eq!(
        relay.pass(GUEST, &frame(Act::Open, Kind::File, DESK, 1)),
        Passed::To(DESK)
    );
    assert_eq!(
        relay.pass(GUEST, &frame(Act::Open, Kind::File, OTHER, LOWER_OPENS)),
        Passed::To(OTHER)
    );
    // The desk's own stream to the guest, and the guest's to the other, have the same number.
    assert_eq!(
        relay.pass(DESK, &frame(Act::Open, Kind::File, GUEST, LOWER_OPENS)),
        Passed::To(GUEST)
    );
    assert_eq!(
        relay.pass(DESK, &data(Kind::File, GUEST, LOWER_OPENS, 0, 9)),
        Passed::To(GUEST)
    );
    assert_eq!(relay.pass(DESK, &data(Kind::File, GUEST, 1, 0, 5)), Passed::To(GUEST));
    assert_eq!(
        relay.pass(OTHER, &data(Kind::File, GUEST, LOWER_OPENS, 0, 3)),
        Passed::To(GUEST)
    );
    // Nobody speaks on a stream between two others.
    assert_eq!(
        relay.pass(OTHER, &data(Kind::File, DESK, LOWER_OPENS, 0, 3)),
        Passed::Skip
    );
    assert_eq!(relay.pass(OTHER, &data(Kind::File, DESK, 1, 0, 3)), Passed::Skip);
}

#[test]
fn each_kind_runs_between_those_it_is_for_and_needs_its_ability() {
    const STREAM: u32 = 5;
    let kinds = [
        Kind::File,
        Kind::Screen,
        Kind::Terminal,
        Kind::Diagnostics,
        Kind::Signalling,
    ];
    // Which of the kinds may be opened: by the desk to the agent, by the agent to the desk, between people.
    for (kind, to_agent, by_agent, people) in [
        (Kind::File, true, true, true),
        (Kind::Screen, true, false, true),
        (Kind::Terminal, true, false, false),
        (Kind::Diagnostics, true, false, false),
        (Kind::Signalling, false, false, true),
        (Kind::Chat, false, false, false),
        (Kind::Control, false, false, false),
    ] {
        for (from, to, stream, may) in [
            (DESK, AGENT, STREAM, to_agent),
            (AGENT, DESK, LOWER_OPENS + STREAM, by_agent),
            (GUEST, DESK, STREAM, people),
            (DESK, GUEST, LOWER_OPENS + STREAM, people),
        ] {
            let passed = equipment().pass(from, &frame(Act::Open, kind, to, stream));
            let opened = matches!(passed, Passed::To(_));
            assert_eq!(opened, may, "{kind:?} {from} {to}: {passed:?}");
        }
    }
    for (ability, allowed) in [
        (Ability::Diagnostics, vec![Kind::Diagnostics]),
        (Ability::RestartSoftware, vec![]),
        (Ability::RestartMachine, vec![]),
        (Ability::ViewScreen, vec![Kind::Screen, Kind::Signalling]),
        (Ability::ControlScreen, vec![Kind::Screen, Kind::Diagnostics]),
        (Ability::Terminal, vec![Kind::Terminal]),
        (Ability::Files, vec![Kind::File]),
    ] {
        for kind in kinds {
            let mut relay = relay(&[ability], &[AGENT, DESK, GUEST]);
            let to = if kind == Kind::Signalling { GUEST } else { AGENT };
            let from = if kind == Kind::Signalling { OTHER } else { DESK };
            relay.enter(seat(from));
            let passed = relay.pass(from, &frame(Act::Open, kind, to, STREAM));
            let opened = matches!(passed, Passed::To(_));
            assert_eq!(opened, allowed.contains(&kind), "{ability:?} {kind:?}");
        }
    }
}

#[test]
fn what_is_shown_or_sent_first_on_a_screen_or_a_terminal_is_remarked() {
    let remark = |kind, outcome| {
        let (by, of) = (DESK, AGENT);
        Some(Remark { by, of, kind, outcome })
    };
    let kinds = [
        (Kind::Screen, true),
        (Kind::Terminal, true),
        (Kind::File, false),
        (Kind::Diagnostics, false),
    ];
    for (kind, watched) in kinds {
        let mut relay = equipment();
        let first = data(kind, DESK, 1, 0, 12);
        let (close, by_desk) = (frame(Act::Close, kind, DESK, 1), data(kind, AGENT, 1, 0, 12));
        assert_eq!(relay.remark(AGENT, &first), None, "{kind:?} is not open");
        relay.pass(DESK, &frame(Act::Open, kind, AGENT, 1));
        let (done, failed) = (remark(kind, DeedOutcome::Done), remark(kind, DeedOutcome::Failed));
        let if_watched = |remark| if watched { remark } else { None };
        assert_eq!(relay.remark(AGENT, &first), if_watched(done), "{kind:?}");
        assert_eq!(relay.remark(AGENT, &close), if_watched(failed), "{kind:?} refused");
        let given_up = frame(Act::Close, kind, AGENT, 1);
        assert_eq!(relay.remark(DESK, &given_up), None, "{kind:?} given up");
        // The first frame to a screen may hold keys. The first to a terminal only opens it.
        let keys = if kind == Kind::Screen { done } else { None };
        assert_eq!(relay.remark(DESK, &by_desk), keys, "{kind:?} before it is shown");
        relay.pass(DESK, &by_desk);
        let typed = if kind == Kind::Terminal { done } else { None };
        let more = data(kind, AGENT, 1, 36, 12);
        assert_eq!(relay.remark(DESK, &more), typed, "{kind:?}, more before it is shown");
        relay.pass(AGENT, &first);
        for later in [data(kind, DESK, 1, 36, 12), close] {
            assert_eq!(relay.remark(AGENT, &later), None, "{kind:?} has been remarked");
        }
    }
}

#[test]
fn what_passes_through_terminals_is_kept() {
    let mut relay = equipment();
    assert_eq!(
        relay.pass(DESK, &frame(Act::Open, Kind::Screen, AGENT, 1)),
        Passed::To(AGENT)
    );
    assert_eq!(relay.pass(AGENT, &data(Kind::Screen, DESK, 1, 0, 12)), Passed::To(DESK));
    assert_eq!(
        relay.pass(DESK, &frame(Act::Open, Kind::Terminal, AGENT, 2)),
        Passed::To(AGENT)
    );
    assert_eq!(
        relay.pass(DESK, &data(Kind::Terminal, AGENT, 2, 0, 3)),
        Passed::Kept(AGENT)
    );
    assert_eq!(
        relay.pass(AGENT, &data(Kind::Terminal, DESK, 2, 0, 3)),
        Passed::Kept(DESK)
    );
    let credit = Header {
        offset: FIRST_CREDIT + 2000,
        ..frame(Act::Credit, Kind::Terminal, AGENT, 2)
    };
    assert_eq!(relay.pass(DESK, &credit), Passed::To(AGENT));
}

#[test]
fn who_leaves_ends_their_streams_and_nobody_elses() {
    let mut relay = attended();
    for (from, to, stream) in [(GUEST, DESK, 1), (OTHER, DESK, 1), (GUEST, OTHER, LOWER_OPENS)] {
        assert_eq!(
            relay.pass(from, &frame(Act::Open, Kind::File, to, stream)),
            Passed::To(to)
        );
    }
    relay.leave(OTHER);
    assert_eq!(relay.pass(DESK, &data(Kind::File, GUEST, 1, 0, 1)), Passed::To(GUEST));
    assert_eq!(relay.pass(DESK, &data(Kind::File, OTHER, 1, 0, 1)), Passed::Skip);
    assert_eq!(
        relay.pass(GUEST, &data(Kind::File, OTHER, LOWER_OPENS, 0, 1)),
        Passed::Skip
    );
    // Their successor at the same address starts anew.
    relay.enter(seat(OTHER));
    assert_eq!(
        relay.pass(GUEST, &data(Kind::File, OTHER, LOWER_OPENS, 0, 1)),
        Passed::Skip
    );
    assert_eq!(
        relay.pass(OTHER, &frame(Act::Open, Kind::File, DESK, 1)),
        Passed::To(DESK)
    );
}

#[test]
fn a_seat_of_an_earlier_version_keeps_its_streams_to_the_agent() {
    let stored = r#"{"address":2,"connection":2,"control":{"s":0,"c":65536},"opened":7,
        "streams":{"7":{"k":5,"t":{"s":0,"c":65536},"b":{"s":124,"c":65536},"e":[false,false]}}}"#;
    let desk: Seat = serde_json::from_str(stored).unwrap();
    let mut relay = Relay::new(Ability::ALL.to_vec(), vec![desk, seat(AGENT)]);
    assert_eq!(
        relay.pass(AGENT, &data(Kind::Diagnostics, DESK, 7, 124, 5)),
        Passed::To(DESK)
    );
    assert_eq!(
        relay.pass(DESK, &frame(Act::Open, Kind::Diagnostics, AGENT, 7)),
        Passed::End(MALFORMED)
    );
}

/// A simple account of what was paid, which knows nothing of how the relay keeps it.
#[derive(Default)]
struct Account {
    sent: BTreeMap<(u16, u16, u32), u64>,
    paid: BTreeMap<(u16, u16, u32), u64>,
}

impl Account {
    /// Every stream with `who` has ended; the next connection counts anew.
    fn left(&mut self, who: u16) {
        for account in [&mut self.sent, &mut self.paid] {
            account.retain(|(from, to, _), _| *from != who && *to != who);
        }
    }

    fn check(&mut self, from: u16, to: u16, header: &Header) {
        assert!(to == header.to && to != from && to != 0, "{header:?}");
        assert!(!matches!(header.kind, Kind::Chat | Kind::Control | Kind::Other(_)));
        let opener = if header.stream >= LOWER_OPENS {
            from.min(to)
        } else {
            from.max(to)
        };
        let (here, back) = ((from, to, header.stream), (to, from, header.stream));
        match header.act {
            Act::Open => {
                assert_eq!(opener, from);
                for key in [here, back] {
                    assert!(self.sent.insert(key, 0).is_none(), "a number is used once");
                    self.paid.insert(key, FIRST_CREDIT);
                }
            }
            Act::Credit => {
                let paid = self.paid.get_mut(&back).expect("the stream is open");
                assert!(header.offset <= self.sent[&back] + MOST_CREDIT);
                *paid = header.offset.max(*paid);
            }
            Act::Data => {
                let sent = self.sent.get_mut(&here).expect("the stream is open");
                assert_eq!(header.offset, *sent);
                *sent += cost(header.length);
                assert!(*sent <= self.paid[&here], "unpaid");
            }
            Act::Close => assert!(self.sent.contains_key(&here)),
        }
    }
}

/// Bytes from everybody, half of them frames that could be right: what is read, what passes, and what is noted of it.
fn frames_for_the_relay(inputs: u32) {
    let kind = prop_oneof![3 => 1..7_u8, 1 => any::<u8>()];
    let offset = prop_oneof![3 => 0..3_u64, 2 => 0..300_000_u64, 1 => any::<u64>()];
    let stream = prop_oneof![3 => 0..6_u32, 2 => LOWER_OPENS..LOWER_OPENS + 6, 1 => any::<u32>()];
    let length = prop_oneof![8 => 0..40_usize, 1 => 0..3_000_usize];
    let framed = (1..6_u8, kind, 0..6_u16, stream, length, offset);
    let framed = framed.prop_map(|(act, kind, to, stream, length, offset)| {
        let act = [Act::Data, Act::Credit, Act::Open, Act::Close, Act::Open][usize::from(act) - 1];
        let mut header = Header::new(act, Kind::of(kind), to, stream);
        header.offset = offset;
        let payload = vec![b'{'; if act == Act::Data { length } else { 0 }];
        write(header, &payload).expect("it is short enough")
    });
    let bytes = proptest::collection::vec(any::<u8>(), 0..64);
    let message = prop_oneof![9 => framed, 1 => bytes];
    let round = proptest::collection::vec((0..6_u16, message, any::<bool>(), 0..500_u16), 1..500);
    let config = Config {
        cases: inputs.div_ceil(250),
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let done = runner.run(&round, |messages| {
        let mut relay = relay(&Ability::ALL, &[AGENT, DESK, GUEST, OTHER]);
        let mut account = Account::default();
        for (from, message, fits, leaves) in messages {
            if leaves == 0 && relay.leave(from) {
                relay.enter(seat(from));
                account.left(from);
            }
            let Ok((mut header, _)) = read(&message) else {
                continue;
            };
            if fits && header.act == Act::Data {
                // Data often begins where it should: otherwise nothing would ever pass.
                header.offset = account
                    .sent
                    .get(&(from, header.to, header.stream))
                    .copied()
                    .unwrap_or(0);
            }
            match relay.pass(from, &header) {
                Passed::To(to) | Passed::Noted(to) | Passed::Kept(to) => account.check(from, to, &header),
                Passed::Control => assert_eq!((header.kind, header.to, header.stream), (Kind::Control, 0, 0)),
                Passed::Skip | Passed::End(_) => {}
            }
        }
        Ok(())
    });
    done.expect("every frame is accounted for");
}

#[test]
fn random_frames_pass_as_far_as_they_are_opened_in_order_and_paid() {
    frames_for_the_relay(20_000);
}

/// A run of its own: `cargo test --release -p tegata-domain --test session_people -- --ignored`.
#[test]
#[ignore = "a million inputs take a minute"]
fn a_million_random_frames_pass_as_far_as_they_are_opened_in_order_and_paid() {
    frames_for_the_relay(1_000_000);
}

#[test]
fn a_connection_opens_at_most_its_streams() {
    let mut relay = attended();
    for stream in 1..=u32::try_from(MOST_STREAMS).unwrap() {
        assert_eq!(
            relay.pass(GUEST, &frame(Act::Open, Kind::File, DESK, stream)),
            Passed::To(DESK)
        );
    }
    assert_eq!(
        relay.pass(GUEST, &frame(Act::Open, Kind::File, DESK, 99)),
        Passed::End(MALFORMED)
    );
}
