//! What passes between the participants of a session: rule by rule, and random frames against a simple account of what
//! was paid.

use std::collections::BTreeMap;

use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use tegata_domain::session::Ability;
use tegata_domain::session::frame::{
    AGENT, Act, FIRST_CREDIT, HEADER, Header, Kind, MALFORMED, MOST_CREDIT, UNPAID, cost, read,
};
use tegata_domain::session::relay::{Passed, Relay, Seat, Stalled};

const DESK: u16 = 2;
const OTHER_DESK: u16 = 3;

fn seat(address: u16) -> Seat {
    Seat::new(address, address)
}

fn relay() -> Relay {
    let seats = [AGENT, DESK, OTHER_DESK].map(seat);
    Relay::new(vec![Ability::Diagnostics], seats.to_vec())
}

fn frame(act: Act, to: u16, stream: u32) -> Header {
    Header::new(act, Kind::Diagnostics, to, stream)
}

fn data(to: u16, stream: u32, offset: u64, length: u32) -> Header {
    Header {
        length,
        offset,
        ..frame(Act::Data, to, stream)
    }
}

fn credit(to: u16, stream: u32, offset: u64) -> Header {
    Header {
        offset,
        ..frame(Act::Credit, to, stream)
    }
}

fn opened() -> Relay {
    let mut relay = relay();
    assert_eq!(relay.pass(DESK, &frame(Act::Open, AGENT, 7)), Passed::To(AGENT));
    relay
}

#[test]
fn a_stream_runs_both_ways_between_the_desk_and_the_agent() {
    let mut relay = opened();
    assert_eq!(relay.pass(AGENT, &data(DESK, 7, 0, 100)), Passed::To(DESK));
    assert_eq!(relay.pass(AGENT, &data(DESK, 7, 124, 5)), Passed::To(DESK));
    assert_eq!(relay.pass(DESK, &data(AGENT, 7, 0, 9)), Passed::To(AGENT));
    // The other desk has no such stream.
    assert_eq!(relay.pass(OTHER_DESK, &data(AGENT, 7, 0, 9)), Passed::Skip);
    assert_eq!(relay.pass(AGENT, &data(OTHER_DESK, 7, 0, 9)), Passed::Skip);
}

/// A stream on which the agent has used up its first credit.
fn used_up() -> Relay {
    let mut relay = opened();
    let most = u32::try_from(FIRST_CREDIT).unwrap() - 24;
    assert_eq!(relay.pass(AGENT, &data(DESK, 7, 0, most)), Passed::To(DESK));
    relay
}

#[test]
fn nobody_sends_more_than_the_receiver_has_paid_for() {
    let more = data(DESK, 7, FIRST_CREDIT, 0);
    assert_eq!(used_up().pass(AGENT, &more), Passed::End(UNPAID));
    // Less than the least is no credit, more than the most ends who gives it.
    let mut relay = used_up();
    assert_eq!(relay.pass(DESK, &credit(AGENT, 7, FIRST_CREDIT + 1023)), Passed::Skip);
    assert_eq!(relay.pass(AGENT, &more), Passed::End(UNPAID));
    let too_much = credit(AGENT, 7, FIRST_CREDIT + MOST_CREDIT + 1);
    assert_eq!(used_up().pass(DESK, &too_much), Passed::End(MALFORMED));
    let mut relay = used_up();
    let most = credit(AGENT, 7, FIRST_CREDIT + MOST_CREDIT);
    assert_eq!(relay.pass(DESK, &most), Passed::To(AGENT));
    assert_eq!(relay.pass(AGENT, &more), Passed::To(DESK));
    // It is the agent's credit, not the desk's.
    let over = u32::try_from(FIRST_CREDIT).unwrap();
    assert_eq!(relay.pass(DESK, &data(AGENT, 7, 0, over)), Passed::End(UNPAID));
}

#[test]
fn nothing_more_is_taken_from_who_is_disconnected() {
    let mut relay = used_up();
    assert_eq!(relay.pass(AGENT, &data(DESK, 7, 5, 0)), Passed::End(MALFORMED));
    assert_eq!(relay.pass(DESK, &credit(AGENT, 7, 200_000)), Passed::To(AGENT));
    assert_eq!(relay.pass(AGENT, &data(DESK, 7, FIRST_CREDIT, 0)), Passed::Skip);
}

#[test]
fn data_out_of_place_ends_its_sender() {
    for offset in [1, 123, 125, 248] {
        let mut relay = opened();
        assert_eq!(relay.pass(AGENT, &data(DESK, 7, 0, 100)), Passed::To(DESK));
        assert_eq!(
            relay.pass(AGENT, &data(DESK, 7, offset, 100)),
            Passed::End(MALFORMED),
            "{offset}"
        );
    }
}

#[test]
fn only_what_was_approved_is_opened_and_only_by_the_desk() {
    let kind = |kind| Header {
        kind,
        ..frame(Act::Open, AGENT, 7)
    };
    for other in [Kind::Chat, Kind::File, Kind::Screen, Kind::Terminal, Kind::Signalling] {
        assert_eq!(relay().pass(DESK, &kind(other)), Passed::End(MALFORMED), "{other:?}");
    }
    assert_eq!(relay().pass(DESK, &kind(Kind::Other(99))), Passed::Skip);
    let mut bare = Relay::new(Vec::new(), [AGENT, DESK].map(seat).to_vec());
    assert_eq!(bare.pass(DESK, &kind(Kind::Diagnostics)), Passed::End(MALFORMED));
    for (from, to, stream) in [(AGENT, DESK, 7), (DESK, OTHER_DESK, 7), (DESK, 0, 7), (DESK, AGENT, 0)] {
        let passed = relay().pass(from, &frame(Act::Open, to, stream));
        let skipped = from == AGENT && passed == Passed::Skip;
        assert!(
            skipped || passed == Passed::End(MALFORMED),
            "{from} {to} {stream}: {passed:?}"
        );
    }
    for again in [7, 6, 1] {
        let passed = opened().pass(DESK, &frame(Act::Open, AGENT, again));
        assert_eq!(passed, Passed::End(MALFORMED), "{again}");
    }
}

#[test]
fn a_closed_stream_carries_nothing_and_counts_until_both_sides_closed_it() {
    let mut relay = opened();
    assert_eq!(relay.pass(DESK, &frame(Act::Close, AGENT, 7)), Passed::To(AGENT));
    assert_eq!(relay.pass(AGENT, &data(DESK, 7, 0, 1)), Passed::Skip);
    assert_eq!(relay.pass(DESK, &data(AGENT, 7, 0, 1)), Passed::Skip);
    assert_eq!(relay.pass(DESK, &frame(Act::Close, AGENT, 7)), Passed::Skip);
    for stream in 8..39 {
        assert_eq!(relay.pass(DESK, &frame(Act::Open, AGENT, stream)), Passed::To(AGENT));
    }
    assert_eq!(relay.pass(AGENT, &frame(Act::Close, DESK, 7)), Passed::To(DESK));
    assert_eq!(relay.pass(DESK, &frame(Act::Open, AGENT, 39)), Passed::To(AGENT));
    assert_eq!(relay.pass(DESK, &frame(Act::Open, AGENT, 40)), Passed::End(MALFORMED));
}

#[test]
fn streams_end_with_either_side() {
    let mut relay = opened();
    relay.enter(Seat::new(AGENT, 9));
    assert_eq!(relay.pass(AGENT, &data(DESK, 7, 0, 1)), Passed::Skip);
    assert_eq!(relay.pass(DESK, &frame(Act::Open, AGENT, 8)), Passed::To(AGENT));
    assert!(relay.leave(DESK) && !relay.leave(DESK));
    assert_eq!(relay.pass(AGENT, &data(DESK, 8, 0, 1)), Passed::Skip);
    assert_eq!(relay.pass(DESK, &data(AGENT, 8, 0, 1)), Passed::Skip);
    relay.leave(AGENT);
    assert_eq!(relay.pass(OTHER_DESK, &frame(Act::Open, AGENT, 9)), Passed::Skip);
}

#[test]
fn sleep_forgets_neither_streams_nor_credit() {
    let mut relay = opened();
    relay.pass(AGENT, &data(DESK, 7, 0, 1000));
    relay.pass(DESK, &credit(AGENT, 7, 200_000));
    relay.say(DESK, "{}").unwrap();
    let stored = |address| serde_json::to_string(relay.seat(address).unwrap()).unwrap();
    let seats = [AGENT, DESK, OTHER_DESK].map(|address| serde_json::from_str(&stored(address)).unwrap());
    let mut woken = Relay::new(vec![Ability::Diagnostics], seats.to_vec());
    assert_eq!(woken.pass(AGENT, &data(DESK, 7, 1024, 60_000)), Passed::To(DESK));
    assert_eq!(woken.pass(AGENT, &data(DESK, 7, 61_048, 60_000)), Passed::To(DESK));
    let said = woken.say(DESK, "{}").unwrap().unwrap();
    assert_eq!(read(&said).unwrap().0.offset, 26);
    // Even with as many streams as allowed, a seat fits beside its socket (16,384 bytes).
    for stream in 8..39 {
        relay.pass(DESK, &frame(Act::Open, AGENT, stream));
        relay.pass(AGENT, &data(DESK, stream, 0, 65_000));
    }
    assert!(serde_json::to_string(relay.seat(DESK).unwrap()).unwrap().len() < 8_000);
}

#[test]
fn who_leaves_control_messages_unread_is_found_out() {
    let mut relay = relay();
    let text = "x".repeat(1000);
    let mut said = 0;
    while relay.say(DESK, &text).is_ok() {
        said += 1;
    }
    assert_eq!((said, relay.say(DESK, &text)), (64, Err(Stalled)));
    let pays = Header {
        kind: Kind::Control,
        ..credit(0, 0, 100_000)
    };
    assert_eq!(relay.pass(DESK, &pays), Passed::Skip);
    assert!(relay.say(DESK, &text).is_ok());
    assert_eq!(relay.say(9, &text), Ok(None));
}

#[test]
fn control_messages_go_to_the_session_alone() {
    let control = |act, to, stream, offset, length| Header {
        act,
        kind: Kind::Control,
        flags: 0,
        from: 0,
        to,
        stream,
        length,
        offset,
    };
    assert_eq!(
        relay().pass(DESK, &control(Act::Data, 0, 0, 0, 16_384)),
        Passed::Control
    );
    for wrong in [
        control(Act::Data, AGENT, 0, 0, 1),
        control(Act::Data, 0, 1, 0, 1),
        control(Act::Data, 0, 0, 1, 1),
        control(Act::Data, 0, 0, 0, 16_385),
        control(Act::Open, 0, 0, 0, 0),
        control(Act::Close, 0, 0, 0, 0),
    ] {
        assert_eq!(relay().pass(DESK, &wrong), Passed::End(MALFORMED), "{wrong:?}");
    }
}

fn frames() -> impl Strategy<Value = (u16, Header)> {
    let act = prop_oneof![4 => Just(Act::Data), 2 => Just(Act::Credit), 2 => Just(Act::Open), 1 => Just(Act::Close)];
    let kind = prop_oneof![9 => Just(5_u8), 1 => any::<u8>()];
    let offset = prop_oneof![Just(0), 0..300_000_u64, any::<u64>()];
    let to = prop_oneof![6 => 1..4_u16, 1 => any::<u16>()];
    (0..5_u16, act, kind, to, 0..6_u32, (0..70_000_u32, offset)).prop_map(
        |(from, act, kind, to, stream, (length, offset))| {
            let header = Header {
                act,
                kind: Kind::of(kind),
                flags: 0,
                from: 0,
                to,
                stream,
                length,
                offset,
            };
            (from, header)
        },
    )
}

proptest! {
    /// Frames are random, but data frames often begin where they should: otherwise nothing would ever pass.
    #[test]
    fn nothing_unpaid_or_out_of_order_is_ever_delivered(frames in proptest::collection::vec((frames(), any::<bool>()), 0..200)) {
        let mut relay = relay();
        let mut delivered: BTreeMap<(u16, u16, u32), u64> = BTreeMap::new();
        let mut paid: BTreeMap<(u16, u16, u32), u64> = BTreeMap::new();
        for ((from, mut header), fits) in frames {
            let key = (from, header.to, header.stream);
            if fits && header.act == Act::Data {
                header.offset = delivered.get(&key).copied().unwrap_or(0);
            }
            match relay.pass(from, &header) {
                Passed::To(to) | Passed::Noted(to) | Passed::Kept(to) => {
                    prop_assert!(to == header.to && to != from && (to == AGENT) != (from == AGENT));
                    prop_assert_eq!(header.kind, Kind::Diagnostics);
                    let back = (header.to, from, header.stream);
                    match header.act {
                        Act::Open => {
                            for key in [key, back] {
                                delivered.insert(key, 0);
                                paid.insert(key, FIRST_CREDIT);
                            }
                        }
                        Act::Credit => {
                            let sent = delivered.get(&back).copied().unwrap();
                            prop_assert!(header.offset <= sent + MOST_CREDIT);
                            let credit = paid.get_mut(&back).unwrap();
                            *credit = header.offset.max(*credit);
                        }
                        Act::Data => {
                            let sent = delivered.get_mut(&key).unwrap();
                            prop_assert_eq!(header.offset, *sent);
                            *sent += cost(header.length);
                            prop_assert!(*sent <= paid[&key], "unpaid");
                        }
                        Act::Close => {}
                    }
                }
                Passed::End(_) => {
                    relay.enter(seat(from));
                    delivered.retain(|(a, b, _), _| *a != from && *b != from);
                }
                Passed::Control | Passed::Skip => {}
            }
        }
    }

    #[test]
    fn random_headers_are_never_more_than_skipped_for_strangers(bytes in any::<[u8; HEADER]>()) {
        if let Ok(header) = Header::read(&bytes, HEADER) {
            prop_assert_eq!(relay().pass(9, &header), Passed::Skip);
        }
    }
}
