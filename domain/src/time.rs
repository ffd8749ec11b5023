//! Instants and time zones. Nothing here reads a clock.

use core::fmt;
use std::borrow::Cow;
use std::sync::OnceLock;

use chrono::{DateTime, Datelike, Timelike, Utc};
use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::locale::Locale;

/// An instant: whole seconds since 1970-01-01T00:00:00Z (the `NumericDate` of RFC 7519).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct UnixSeconds(pub i64);

impl UnixSeconds {
    /// This instant moved by `seconds`, saturating at the ends of the range.
    #[must_use]
    pub const fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// Seconds from `earlier` to this instant; negative if `earlier` is in fact later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The instant in milliseconds, the unit of alarms and of JavaScript.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0.saturating_mul(1000)
    }

    /// The form of HTTP headers (RFC 9110, section 5.6.7): `Fri, 27 Nov 2026 12:00:00 GMT`.
    #[must_use]
    pub fn http_date(self) -> String {
        DateTime::<Utc>::from_timestamp(self.0, 0)
            .map(|at| at.format("%a, %d %b %Y %H:%M:%S GMT").to_string())
            .unwrap_or_default()
    }

    /// The instant in RFC 3339 format in UTC, for machine readers.
    #[must_use]
    pub fn rfc3339(self) -> String {
        DateTime::<Utc>::from_timestamp(self.0, 0)
            .map(|at| at.format("%Y-%m-%dT%H:%M:%SZ").to_string())
            .unwrap_or_default()
    }
}

/// The rules of the world's time zones. This data changes several times a year: the platform's own rules are more
/// recent than any compiled in here, and the compiled ones took up a seventh of the worker.
pub trait Zones: Sync {
    /// Seconds by which `zone` is ahead of UTC at `at`; `None` for an unknown zone, or an instant out of range.
    fn offset(&self, zone: &str, at: UnixSeconds) -> Option<i32>;

    /// What people call the time of `zone` at `at` in the language `tag`, such as `Brasilia Standard Time`, if it is known.
    fn words(&self, _zone: &str, _at: UnixSeconds, _tag: &str) -> Option<String> {
        None
    }
}

static ZONES: OnceLock<&'static dyn Zones> = OnceLock::new();

/// Sets the time zone rules, once, at the start of the process. Native programs use the compiled rules.
pub fn use_zones(zones: &'static dyn Zones) {
    // A second call has no effect: the rules stay the same for the lifetime of the process.
    ZONES.get_or_init(|| zones);
}

/// The rules compiled into native programs.
struct Compiled;

impl Zones for Compiled {
    #[cfg(not(target_family = "wasm"))]
    fn offset(&self, zone: &str, at: UnixSeconds) -> Option<i32> {
        use chrono::{Offset as _, TimeZone as _};
        let zone: chrono_tz::Tz = zone.parse().ok()?;
        let offset = zone.timestamp_opt(at.0, 0).single()?.offset().fix();
        Some(offset.local_minus_utc())
    }

    #[cfg(target_family = "wasm")]
    fn offset(&self, zone: &str, _: UnixSeconds) -> Option<i32> {
        (zone == "UTC").then_some(0)
    }
}

fn offset(zone: &str, at: UnixSeconds) -> Option<i32> {
    ZONES.get_or_init(|| &Compiled).offset(zone, at)
}

/// Maximum length of a time zone's name, in bytes; the longest existing name has 32.
const MAX_ZONE: usize = 64;

/// A time zone, identified by its IANA name, e.g. `Asia/Tokyo`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, min_length = 1, max_length = 64, pattern = "^[A-Za-z][A-Za-z0-9/_+-]*$"))]
#[serde(try_from = "String", into = "String")]
pub struct TimeZone(Cow<'static, str>);

impl TimeZone {
    /// Coordinated Universal Time.
    pub const UTC: Self = Self(Cow::Borrowed("UTC"));

    /// Parses an IANA name.
    ///
    /// # Errors
    /// [`FieldError`] if the name is not in the time zone database.
    pub fn parse(name: &str) -> Result<Self, FieldError> {
        let spelt = name.len() <= MAX_ZONE
            && name.starts_with(|first: char| first.is_ascii_alphabetic())
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"/_+-".contains(&byte));
        if spelt && offset(name, UnixSeconds(0)).is_some() {
            return Ok(Self(Cow::Owned(name.to_owned())));
        }
        Err(FieldError::new(
            "time_zone",
            "must be an IANA time zone name such as Asia/Tokyo",
        ))
    }

    /// The IANA name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }

    /// Seconds by which this zone is ahead of UTC at `at`; `None` for an instant out of range.
    #[must_use]
    pub fn offset(&self, at: UnixSeconds) -> Option<i32> {
        offset(&self.0, at)
    }

    /// What people call the time of this zone at `at`, if the platform knows a name for it.
    #[must_use]
    pub fn words(&self, at: UnixSeconds, locale: Locale) -> Option<String> {
        ZONES.get()?.words(&self.0, at, locale.tag())
    }

    /// The date of `at` in this zone: `2026-11-21`; empty for an instant out of range.
    #[must_use]
    pub fn day(&self, at: UnixSeconds) -> String {
        self.wall_clock(at).map_or_else(String::new, |clock| {
            format!("{:04}-{:02}-{:02}", clock.year, clock.month, clock.day)
        })
    }

    /// The wall-clock reading of `at` in this zone; `None` outside the representable range.
    #[must_use]
    pub fn wall_clock(&self, at: UnixSeconds) -> Option<WallClock> {
        let offset = offset(&self.0, at)?;
        let local = DateTime::<Utc>::from_timestamp(at.plus(offset.into()).0, 0)?;
        Some(WallClock {
            year: local.year(),
            month: local.month(),
            day: local.day(),
            weekday: local.weekday().num_days_from_monday(),
            hour: local.hour(),
            minute: local.minute(),
            abbreviation: abbreviation(&self.0, offset),
        })
    }
}

/// Zones in which people call their time CET, and CEST in summer.
const CENTRAL_EUROPE: &str = "Amsterdam Andorra Belgrade Berlin Bratislava Brussels Budapest Busingen Copenhagen \
    Gibraltar Ljubljana Luxembourg Madrid Malta Monaco Oslo Paris Podgorica Prague Rome San_Marino Sarajevo Skopje \
    Stockholm Tirane Vaduz Vatican Vienna Warsaw Zagreb Zurich";

/// The local name of the time, if it is well known and unambiguous; otherwise the offset from UTC.
fn abbreviation(zone: &str, offset: i32) -> String {
    const HOUR: i32 = 3600;
    let central = zone
        .strip_prefix("Europe/")
        .is_some_and(|city| CENTRAL_EUROPE.split(' ').any(|central| central == city));
    let known = match (zone, offset.checked_div(HOUR), offset.checked_rem(HOUR)) {
        (_, Some(0), Some(0)) if zone.ends_with("UTC") => "UTC",
        ("Asia/Tokyo", Some(9), Some(0)) => "JST",
        (_, Some(1), Some(0)) if central => "CET",
        (_, Some(2), Some(0)) if central => "CEST",
        _ => {
            let sign = if offset < 0 { '-' } else { '+' };
            let minutes = offset.unsigned_abs() / 60;
            let (hours, minutes) = (minutes / 60, minutes % 60);
            return format!("UTC{sign}{hours:02}:{minutes:02}");
        }
    };
    known.to_owned()
}

impl TryFrom<String> for TimeZone {
    type Error = FieldError;
    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::parse(&name)
    }
}

impl From<TimeZone> for String {
    fn from(zone: TimeZone) -> Self {
        zone.0.into_owned()
    }
}

impl fmt::Display for TimeZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The reading of a wall clock, ready to be formatted in a person's language.
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
    /// The name of the time, e.g. `JST` or `CEST`, or the offset from UTC as in `UTC+05:30`.
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
        assert_eq!(
            (summer.hour, summer.minute, winter.hour, winter.minute),
            (15, 46, 12, 6)
        );
    }

    #[test]
    fn a_time_without_a_well_known_name_is_called_by_its_distance_to_utc() {
        let called = |zone: &str| {
            let zone = TimeZone::parse(zone).unwrap();
            zone.wall_clock(UnixSeconds(1_783_000_000)).unwrap().abbreviation
        };
        assert_eq!(
            [
                "Asia/Tokyo",
                "Asia/Kolkata",
                "America/St_Johns",
                "Europe/London",
                "Etc/UTC"
            ]
            .map(called),
            ["JST", "UTC+05:30", "UTC-02:30", "UTC+01:00", "UTC"]
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
