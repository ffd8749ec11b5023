//! The figures, one file each.

mod agents;
mod cost;
mod files;
mod gate;
mod narrow;
mod nothing;
mod panel;
mod refresh;
mod registration;
mod screen;
mod session;
mod sharing;
mod size;
mod start;

use std::{future::Future, pin::Pin};

use anyhow::Result;

use crate::{compare::Pace, report::Row};

type Measured = Pin<Box<dyn Future<Output = Result<Vec<Row>>>>>;

/// A measurement and its name for `--only`.
pub struct Figure {
    /// Its name.
    pub name: &'static str,
    /// Runs the measurement.
    pub measure: fn(Pace) -> Measured,
}

/// Every figure, in the order of the table.
pub const FIGURES: [Figure; 18] = [
    Figure {
        name: "nothing",
        measure: |pace| Box::pin(nothing::measure(pace)),
    },
    Figure {
        name: "gate-bearer",
        measure: |pace| Box::pin(gate::bearer(pace)),
    },
    Figure {
        name: "gate-bound",
        measure: |pace| Box::pin(async move { Ok(vec![gate::bound(pace).await?]) }),
    },
    Figure {
        name: "gate-dpop",
        measure: |pace| Box::pin(gate::dpop(pace)),
    },
    Figure {
        name: "refresh-bearer",
        measure: |pace| Box::pin(refresh::bearer(pace)),
    },
    Figure {
        name: "refresh-dpop",
        measure: |pace| Box::pin(refresh::dpop(pace)),
    },
    Figure {
        name: "registration",
        measure: |pace| Box::pin(registration::measure(pace)),
    },
    Figure {
        name: "size",
        measure: |_| Box::pin(async { size::measure() }),
    },
    Figure {
        name: "start",
        measure: |pace| Box::pin(start::measure(pace)),
    },
    Figure {
        name: "panel",
        measure: |pace| Box::pin(panel::measure(pace)),
    },
    Figure {
        name: "agents",
        measure: |pace| Box::pin(agents::measure(pace)),
    },
    Figure {
        name: "session",
        measure: |pace| Box::pin(session::measure(pace)),
    },
    Figure {
        name: "screen",
        measure: |pace| Box::pin(screen::measure(pace)),
    },
    Figure {
        name: "sharing",
        measure: |pace| Box::pin(sharing::measure(pace)),
    },
    Figure {
        name: "crowd",
        measure: |pace| Box::pin(sharing::crowd(pace)),
    },
    Figure {
        name: "files",
        measure: |pace| Box::pin(files::measure(pace)),
    },
    Figure {
        name: "narrow",
        measure: |pace| Box::pin(narrow::measure(pace)),
    },
    Figure {
        name: "cost",
        measure: |_| Box::pin(cost::measure()),
    },
];
