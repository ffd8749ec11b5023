//! A time on the wall, and the instants that it can mean in a zone.

use core::fmt;

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::error::FieldError;
use crate::time::{TimeZone, UnixSeconds};

/// A date and a time to the minute, without a zone: `2026-12-03T14:00` (the `LocalDateTime` of RFC 8984, without seconds).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, min_length = 16, max_length = 16, pattern = "^[12][0-9]{3}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]$"))]
#[serde(try_from = "String", into = "String")]
pub struct LocalTime(NaiveDateTime);

impl LocalTime {
    /// Parses `2026-12-03T14:00`.
    ///
    /// # Errors
    /// [`FieldError`] on `start` for anything that is not a minute of the years 1970 to 2999.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let refused = || FieldError::new("start", "must be a date and a time such as 2026-12-03T14:00");
        let read = || {
            let (day, time) = text.split_once('T')?;
            let (hour, minute) = time.split_once(':')?;
            let number = |text: &str| {
                let two = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
                two.then(|| text.parse().ok())?
            };
            Date::parse(day).ok()?.at(number(hour)?, number(minute)?)
        };
        read().map(Self).ok_or_else(refused)
    }

    /// The reading of the clock in a zone that is `offset` seconds ahead of UTC; `None` out of range.
    pub(super) fn at_offset(at: UnixSeconds, offset: i32) -> Option<Self> {
        let local = DateTime::<Utc>::from_timestamp(at.plus(offset.into()).0, 0)?.naive_utc();
        Some(Self(local))
    }

    /// The reading of the clock in `zone` at `at`; `None` out of range.
    #[must_use]
    pub fn of(zone: &TimeZone, at: UnixSeconds) -> Option<Self> {
        Self::at_offset(at, zone.offset(at)?)
    }

    /// The instant that this is in UTC.
    #[must_use]
    pub const fn in_utc(self) -> UnixSeconds {
        UnixSeconds(self.0.and_utc().timestamp())
    }

    /// The form of RFC 5545, section 3.3.5: `20261203T140000`.
    #[must_use]
    pub fn basic(self) -> String {
        self.0.format("%Y%m%dT%H%M%S").to_string()
    }

    /// The date, as forms have it: `2026-12-03`.
    #[must_use]
    pub fn date(self) -> String {
        self.0.format("%Y-%m-%d").to_string()
    }

    /// The time of day, as forms have it: `14:00`.
    #[must_use]
    pub fn time(self) -> String {
        self.0.format("%H:%M").to_string()
    }
}

impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%dT%H:%M"))
    }
}

impl TryFrom<String> for LocalTime {
    type Error = FieldError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<LocalTime> for String {
    fn from(local: LocalTime) -> Self {
        local.to_string()
    }
}

/// Which of the two instants is meant by a time that exists twice, in the hour in which clocks are put back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Occurrence {
    /// Before the clocks are put back.
    First,
    /// Afterwards.
    Second,
}

/// What a wall-clock time means in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolved {
    /// This instant.
    Once(UnixSeconds),
    /// Either of two instants.
    Twice(UnixSeconds, UnixSeconds),
    /// None: the clocks are put forward over it. The instants are those that the time would be by the rules before and
    /// after the change.
    Never(UnixSeconds, UnixSeconds),
}

/// The instants that `local` can mean in `zone`; `None` if the platform does not know the zone's rules at that time.
#[must_use]
pub fn resolve(zone: &TimeZone, local: LocalTime) -> Option<Resolved> {
    const DAY: i64 = 24 * 3600;
    // No zone is more than 14 hours away from UTC, so the instant lies between these two.
    let noted = local.in_utc();
    let (before, after) = (zone.offset(noted.plus(-DAY))?, zone.offset(noted.plus(DAY))?);
    let by = |offset: i32| noted.plus(i64::from(offset).saturating_neg());
    let mut found: Vec<UnixSeconds> = Vec::new();
    for offset in [before, after] {
        let at = by(offset);
        if zone.offset(at) == Some(offset) && !found.contains(&at) {
            found.push(at);
        }
    }
    found.sort_unstable();
    Some(match found.as_slice() {
        [at] => Resolved::Once(*at),
        [first, second, ..] => Resolved::Twice(*first, *second),
        [] => Resolved::Never(by(after).min(by(before)), by(after).max(by(before))),
    })
}
