//! Whom a link to an attended session is for: one of those invited by mail, or anybody who was given it.

use super::{Attended, Invited};

/// The holder of the link that the desk hands over by itself.
pub const ANYBODY: &str = "anybody";

/// The holder of the link that is mailed to the person at `place` among the invited.
#[must_use]
pub fn holder(place: usize) -> String {
    format!("invited-{place}")
}

/// The person whom the link of `holder` was mailed to: `Some(None)` for the link that anybody may have, `None` if no link
/// has this holder.
#[must_use]
pub fn holder_of<'a>(attended: &'a Attended, holder: &str) -> Option<Option<&'a Invited>> {
    if holder == ANYBODY {
        return Some(None);
    }
    let place = holder.strip_prefix("invited-")?.parse().ok()?;
    attended.invited.get::<usize>(place).map(Some)
}
