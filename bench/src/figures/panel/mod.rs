//! The panel of a large tenant: its lists compared with those of a small one, the export of a long audit log, and the
//! console's first view.

mod export;
mod lists;
mod view;

use anyhow::{Context as _, Result};

use crate::{compare::Pace, population::Size, report::Row, tenants};

/// Runs all of them on one edge.
pub async fn measure(pace: Pace) -> Result<Vec<Row>> {
    let large = if pace.quick { 10_000 } else { 100_000 };
    let size = |things, entries| Size {
        users: things,
        devices: things,
        entries,
    };
    let sizes = [("small", size(100, 100)), ("large", size(large, large * 10))];
    let (mut edge, tenants) = tenants::prepare(&sizes)?;
    let [small, large] = &tenants[..] else {
        anyhow::bail!("two tenants");
    };
    let mut rows = lists::measure(pace, &edge, small, large).await.context("lists")?;
    rows.extend(
        export::measure(&mut edge, large, sizes[1].1.entries)
            .await
            .context("export")?,
    );
    rows.extend(view::measure(pace, &edge, large).context("first view")?);
    Ok(rows)
}
