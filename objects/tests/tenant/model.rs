//! Runs random sequences of commands against the object and against [`crate::support::reference`]. Both must always
//! agree.

use std::cell::Cell;

use proptest::prelude::{any, prop};
use proptest::test_runner::{Config, RngAlgorithm, TestRunner};
use tegata_domain::policy::Activation;

use crate::support::pair::Pair;
use crate::support::reference::{APPROVAL_LIFE, CODE_LIFE, DEVICE_LIFE, Reference};
use crate::support::steps::steps;
use crate::support::world::World;

/// Random sequences per run.
const CASES: u32 = 10_000;

/// Runs `CASES / 2` sequences under `activation`.
fn run(activation: Activation) {
    let config = Config {
        cases: CASES / 2,
        failure_persistence: None,
        // The default generator is slow without optimisation, and these tests do not need a good one.
        rng_algorithm: RngAlgorithm::XorShift,
        ..Config::default()
    };
    let reached = Cell::new([0; 3]);
    let policies = (prop::bool::weighted(0.3), any::<bool>());
    let outcome = TestRunner::new(config).run(&(policies, steps()), |((confirm_first, device_life), steps)| {
        let world = World::with(|policy| {
            policy.activation = activation;
            policy.confirm_address_first = confirm_first;
            policy.approval_life_seconds = APPROVAL_LIFE;
            policy.code_life_seconds = CODE_LIFE;
            policy.device_life_seconds = device_life.then_some(DEVICE_LIFE);
        });
        let mut pair = Pair::new(&world, Reference::new(activation, confirm_first, device_life));
        steps.iter().for_each(|step| pair.take(step));
        pair.conclude();
        let depths = pair.reached().map(u32::from);
        reached.set(std::array::from_fn(|depth| reached.get()[depth] + depths[depth]));
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
    assert!(
        reached.get().iter().all(|often| *often > CASES / 100),
        "too few sequences reached each depth: {:?}",
        reached.get()
    );
}

#[test]
fn the_object_does_what_the_reference_says_with_mailed_codes() {
    run(Activation::MailedCode);
}

#[test]
fn the_object_does_what_the_reference_says_without() {
    run(Activation::ApprovalOnly);
}
