//! Instants and time zones. Nothing here reads a clock.

use core::fmt;

use chrono::{DateTime, Datelike, TimeZone as _, Timelike, Utc};
use serde::{Deserialize, Serialize};

use crate::error::FieldError;

/// An instant: whole seconds since 1970-01-01T00:00:00Z (the `NumericDate` of RFC 7519).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnixSeconds(pub i64);

impl UnixSeconds {
    /// This instant moved by `seconds`, at most to the ends of the range.
    #[must_use]
    pub const fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// Seconds from `earlier` to this instant; negative when it lies later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The instant in milliseconds, as alarms and JavaScript count.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0.saturating_mul(1000)
    }

    /// RFC 3339 in UTC, for machine readers.
    #[must_use]
    pub fn rfc3339(self) -> String {
        DateTime::<Utc>::from_timestamp(self.0, 0)
            .map(|at| at.format("%Y-%m-%dT%H:%M:%SZ").to_string())
            .unwrap_or_default()
    }
}

/// A time zone by its IANA name, e.g. `Asia/Tokyo`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeZone(chrono_tz::Tz);

impl TimeZone {
    /// Coordinated Universal Time.
    pub const UTC: Self = Self(chrono_tz::Tz::UTC);

    /// Parses an IANA name.
    ///
    /// # Errors
    /// [`FieldError`] when the name is not in the time zone database.
    pub fn parse(name: &str) -> Result<Self, FieldError> {
        name.parse()
            .map(Self)
            .map_err(|_| FieldError::new("time_zone", "must be an IANA time zone name such as Asia/Tokyo"))
    }

    /// The IANA name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The wall-clock reading of `at` here; `None` outside the representable range.
    #[must_use]
    pub fn wall_clock(self, at: UnixSeconds) -> Option<WallClock> {
        let local = self.0.timestamp_opt(at.0, 0).single()?;
        Some(WallClock {
            year: local.year(),
            month: local.month(),
            day: local.day(),
            weekday: local.weekday().num_days_from_monday(),
            hour: local.hour(),
            minute: local.minute(),
            abbreviation: local.format("%Z").to_string(),
        })
    }
}

impl TryFrom<String> for TimeZone {
    type Error = FieldError;
    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::parse(&name)
    }
}

impl From<TimeZone> for String {
    fn from(zone: TimeZone) -> Self {
        zone.name().to_owned()
    }
}

impl fmt::Display for TimeZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a clock on the wall shows, ready to be written in a person's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WallClock {
    /// Gregorian year.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u32,
    /// Day of the month, 1 to 31.
    pub day: u32,
    /// Day of the week, 0 for Monday to 6 for Sunday.
    pub weekday: u32,
    /// Hour, 0 to 23.
    pub hour: u32,
    /// Minute, 0 to 59.
    pub minute: u32,
    /// Abbreviation of the zone in force, e.g. `JST`, `CEST`, or an offset.
    pub abbreviation: String,
}

#[cfg(test)]
mod tests {
    use super::{TimeZone, UnixSeconds};

    #[test]
    fn wall_clock_follows_daylight_saving() {
        let zone = TimeZone::parse("Europe/Copenhagen").unwrap();
        let summer = zone.wall_clock(UnixSeconds(1_783_000_000)).unwrap();
        let winter = zone.wall_clock(UnixSeconds(1_795_000_000)).unwrap();
        assert_eq!(
            (summer.abbreviation.as_str(), winter.abbreviation.as_str()),
            ("CEST", "CET")
        );
    }

    #[test]
    fn rfc3339_is_utc() {
        assert_eq!(UnixSeconds(0).rfc3339(), "1970-01-01T00:00:00Z");
    }

    #[test]
    fn an_unknown_zone_is_refused() {
        assert!(TimeZone::parse("Mars/Olympus").is_err());
    }
}
