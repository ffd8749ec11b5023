//! The HTTP surface of a real edge: open to its intended users, closed to everyone else. The files mirror the URL tree.

mod approval;
mod bodies;
mod files;
mod gate;
mod gate_forged;
mod gate_revoked;
mod oauth;
mod operator;
mod path;
mod unknown;

use tegata_acceptance::edge::{Shared, development};
use tegata_acceptance::world::World;

static EDGE: Shared = Shared::new();

/// The edge that the tests of this program share.
fn world() -> World {
    EDGE.world(|| development(env!("CARGO_TARGET_TMPDIR"), "http"))
}
