//! A zone's rules as a VTIMEZONE (RFC 5545, section 3.6.5), taken from the platform's rules by asking for offsets. It holds
//! the changes around one period, not the zone's whole history: that is all a reader needs to place the period.

use core::fmt;

use serde::{Deserialize, Serialize};

use super::line;
use super::local::LocalTime;
use crate::time::{TimeZone, UnixSeconds};

/// How far before and after the period changes are listed, in seconds. It is a little more than a year, so that both the
/// summer and the winter time of the zone are there.
const AROUND: i64 = 370 * 24 * 3600;
/// How far apart offsets are asked for, in seconds. The shortest time between two changes of any zone is four weeks.
const STEP: i64 = 7 * 24 * 3600;

/// The name of a time zone as it was stored. The platform may have come to know it by another name since, or never have
/// known it, and then times are in UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct ZoneName(String);

impl ZoneName {
    /// The zone, if the platform knows its rules.
    #[must_use]
    pub fn known(&self) -> Option<TimeZone> {
        TimeZone::parse(&self.0).ok()
    }

    /// The zone, or UTC if the platform does not know its rules.
    #[must_use]
    pub fn or_utc(&self) -> TimeZone {
        self.known().unwrap_or(TimeZone::UTC)
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&TimeZone> for ZoneName {
    fn from(zone: &TimeZone) -> Self {
        Self(zone.name().to_owned())
    }
}

impl fmt::Display for ZoneName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A change of a zone's offset.
struct Change {
    /// The first instant of the new offset.
    at: UnixSeconds,
    from: i32,
    to: i32,
}

/// The changes of `zone` between the two instants; `None` if its rules are unknown there.
fn changes(zone: &TimeZone, from: UnixSeconds, until: UnixSeconds) -> Option<Vec<Change>> {
    let mut changes = Vec::new();
    let (mut at, mut offset) = (from, zone.offset(from)?);
    while at < until {
        let next = at.plus(STEP);
        let later = zone.offset(next)?;
        if later != offset {
            let (mut low, mut high) = (at, next);
            while high.since(low) > 1 {
                let middle = low.plus(high.since(low).div_euclid(2));
                match zone.offset(middle)? == offset {
                    true => low = middle,
                    false => high = middle,
                }
            }
            changes.push(Change {
                at: high,
                from: offset,
                to: later,
            });
        }
        (at, offset) = (next, later);
    }
    Some(changes)
}

/// An offset in the form of RFC 5545, section 3.3.14: `+0900`.
fn written(offset: i32) -> String {
    let sign = if offset < 0 { '-' } else { '+' };
    let minutes = offset.unsigned_abs().div_euclid(60);
    format!("{sign}{:02}{:02}", minutes.div_euclid(60), minutes.rem_euclid(60))
}

/// Appends the VTIMEZONE of `zone` for a period. Returns whether it could; the period then has to be given in UTC.
pub(super) fn push(out: &mut String, zone: &TimeZone, (start, end): (UnixSeconds, UnixSeconds)) -> bool {
    let from = start.plus(-AROUND);
    let known = changes(zone, from, end.plus(AROUND)).zip(zone.offset(from));
    let Some((changes, first)) = known else {
        return false;
    };
    // The lowest offset around the period is the standard time.
    let standard = changes.iter().map(|change| change.to).fold(first, i32::min);
    line::push(out, "BEGIN:VTIMEZONE");
    line::push(out, &format!("TZID:{}", zone.name()));
    let mut observance = |onset: Option<LocalTime>, (from, to): (i32, i32), at: UnixSeconds| {
        let kind = if to == standard { "STANDARD" } else { "DAYLIGHT" };
        let name = zone.wall_clock(at).map(|clock| clock.abbreviation);
        line::push(out, &format!("BEGIN:{kind}"));
        let onset = onset.map_or_else(|| "19700101T000000".to_owned(), LocalTime::basic);
        line::push(out, &format!("DTSTART:{onset}"));
        line::push(out, &format!("TZOFFSETFROM:{}", written(from)));
        line::push(out, &format!("TZOFFSETTO:{}", written(to)));
        line::push(out, &format!("TZNAME:{}", line::escaped(&name.unwrap_or_default())));
        line::push(out, &format!("END:{kind}"));
    };
    if changes.first().is_none_or(|change| change.at > start) {
        observance(None, (first, first), from);
    }
    for change in &changes {
        // An onset is given in the local time from before it.
        observance(
            LocalTime::at_offset(change.at, change.from),
            (change.from, change.to),
            change.at,
        );
    }
    line::push(out, "END:VTIMEZONE");
    true
}
