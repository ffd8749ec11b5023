//! The steps of a random sequence and their probabilities.

use proptest::prelude::{Just, Strategy, any, prop};
use proptest::prop_oneof;

use crate::support::reference::{APPROVAL_LIFE, CODE_LIFE, DEVICE_LIFE};

pub const PCS: [(&str, Option<&str>); 3] = [
    ("ichiro@aozora.example", Some("pc-0")),
    ("jiro@aozora.example", Some("pc-1")),
    ("saburo@aozora.example", None),
];

/// One command. Numbers choose among the things that exist at that point; if there are none, the step does nothing.
#[derive(Debug, Clone)]
pub enum Step {
    Ask(usize),
    Confirm(usize),
    Answer {
        request: usize,
        yes: bool,
        ticked: bool,
    },
    TypeCode {
        code: usize,
        right: bool,
    },
    Redeem {
        code: usize,
        typed: Option<bool>,
        own_key: bool,
        under: Option<u8>,
    },
    Refresh {
        device: usize,
        back: usize,
        own_key: bool,
    },
    Revoke(usize),
    Withdraw(usize),
    Resend(usize),
    Suspend(bool),
    Wait(i64),
    Restart,
}

/// Maximum number of random steps after the way in.
const STEPS: usize = 8;

/// Number of steps in [`way_in`].
const WAY_IN: usize = 6;

/// The steps from the request to renewed tokens.
fn way_in(pc: usize) -> [Step; WAY_IN] {
    let renewal = Step::Refresh {
        device: 0,
        back: 0,
        own_key: true,
    };
    [
        Step::Ask(pc),
        Step::Confirm(0),
        Step::Answer {
            request: 0,
            yes: true,
            ticked: true,
        },
        Step::Redeem {
            code: 0,
            typed: Some(true),
            own_key: true,
            under: Some(0),
        },
        renewal.clone(),
        renewal,
    ]
}

pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    let number = || 0..64_usize;
    let likely = || prop::bool::weighted(0.85);
    let step = prop_oneof![
        5 => (0..PCS.len()).prop_map(Step::Ask),
        3 => number().prop_map(Step::Confirm),
        6 => (number(), prop::bool::weighted(0.9), likely()).prop_map(|(request, yes, ticked)| Step::Answer { request, yes, ticked }),
        3 => (number(), any::<bool>()).prop_map(|(code, right)| Step::TypeCode { code, right }),
        9 => (number(), prop::option::weighted(0.7, any::<bool>()), likely(), prop::option::of(0..2_u8))
            .prop_map(|(code, typed, own_key, under)| Step::Redeem { code, typed, own_key, under }),
        6 => (number(), 0..4_usize, likely()).prop_map(|(device, back, own_key)| Step::Refresh { device, back, own_key }),
        1 => number().prop_map(Step::Revoke),
        1 => number().prop_map(Step::Withdraw),
        2 => number().prop_map(Step::Resend),
        1 => likely().prop_map(|on| Step::Suspend(!on)),
        4 => prop_oneof![Just(1), Just(59), Just(60), Just(61), Just(CODE_LIFE), Just(APPROVAL_LIFE - 1), Just(APPROVAL_LIFE), Just(DEVICE_LIFE)]
            .prop_map(Step::Wait),
        1 => Just(Step::Restart),
    ];
    // Every sequence starts with a prefix of the way in, because chance alone rarely finds all of it.
    let way_in = (0..PCS.len(), 0..=WAY_IN).prop_map(|(pc, length)| way_in(pc).into_iter().take(length).collect());
    (way_in, prop::collection::vec(step, 1..=STEPS)).prop_map(|(first, then): (Vec<Step>, _)| [first, then].concat())
}

/// The existing link that `n` selects, with the number of its request.
pub fn chosen(links: &[Option<String>], n: usize) -> Option<(usize, String)> {
    let request = n.checked_rem(links.len())?;
    Some((request, links[request].clone()?))
}
