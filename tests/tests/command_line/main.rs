//! The `tegata` command against a real edge, as used by a person at a PC and by a person who checks a receipt.

mod agent;
mod launch;
mod launch_kills;
mod operator;
mod program;
mod proxies;
mod verify;
mod viewer;

use tegata_acceptance::edge::{Shared, development};
use tegata_acceptance::world::World;

static EDGE: Shared = Shared::new();

/// The edge that the tests of this program share.
fn world() -> World {
    EDGE.world(|| development(env!("CARGO_TARGET_TMPDIR"), "command-line"))
}
