//! Calendar dates, as people write them on a form: a day without a time or a zone.

use core::fmt;

use chrono::{Datelike as _, Days, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::time::{TimeZone, UnixSeconds};

/// A date from 1970 to 2999: `2026-11-21`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, format = Date, pattern = "^[12][0-9]{3}-[01][0-9]-[0-3][0-9]$"))]
#[serde(try_from = "String", into = "String")]
pub struct Date(NaiveDate);

impl Date {
    /// Parses the ISO form (RFC 3339 `full-date`).
    ///
    /// # Errors
    /// [`FieldError`] on `date` for anything that is not a day of the calendar.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let part = |from: usize, to: usize| {
            let part = text.get(from..to)?;
            part.bytes()
                .all(|byte| byte.is_ascii_digit())
                .then(|| part.parse::<u32>().ok())?
        };
        let spelt = text.len() == 10 && text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
        let day = || {
            let year = part(0, 4).filter(|year| (1970..=2999).contains(year))?;
            NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, part(5, 7)?, part(8, 10)?)
        };
        let refused = || FieldError::new("date", "must be a date such as 2026-11-21");
        day().filter(|_| spelt).map(Self).ok_or_else(refused)
    }

    /// The date of `at` in `zone`; `None` for an instant out of range.
    #[must_use]
    pub fn of(zone: &TimeZone, at: UnixSeconds) -> Option<Self> {
        let clock = zone.wall_clock(at)?;
        NaiveDate::from_ymd_opt(clock.year, clock.month, clock.day).map(Self)
    }

    /// This hour and minute of the day; `None` if a day has no such.
    pub(crate) const fn at(self, hour: u32, minute: u32) -> Option<NaiveDateTime> {
        self.0.and_hms_opt(hour, minute, 0)
    }

    /// The date `days` days later, the same at the end of the calendar.
    #[must_use]
    pub fn later(self, days: u64) -> Self {
        self.0.checked_add_days(Days::new(days)).map_or(self, Self)
    }

    /// The date `days` days earlier, the same at the beginning of the calendar.
    #[must_use]
    pub fn earlier(self, days: u64) -> Self {
        self.0.checked_sub_days(Days::new(days)).map_or(self, Self)
    }

    /// Whether the date is from Monday to Friday.
    #[must_use]
    pub fn is_working_day(self) -> bool {
        self.0.weekday().num_days_from_monday() < 5
    }

    /// Days since 1970-01-01, by which lists are sorted.
    #[must_use]
    pub fn number(self) -> i64 {
        const EPOCH: i64 = 719_163;
        i64::from(self.0.num_days_from_ce()).saturating_sub(EPOCH)
    }
}

impl TryFrom<String> for Date {
    type Error = FieldError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

#[cfg(test)]
mod tests {
    use super::Date;
    use crate::time::{TimeZone, UnixSeconds};

    #[test]
    fn only_a_day_of_the_calendar_is_a_date() {
        for good in ["1970-01-01", "2026-11-21", "2028-02-29", "2999-12-31"] {
            assert_eq!(Date::parse(good).unwrap().to_string(), good);
        }
        for bad in [
            "",
            "2026-11-31",
            "2027-02-29",
            "1969-12-31",
            "3000-01-01",
            "2026-1-2",
            "2026/11/21",
            "20261121",
            "+026-11-21",
            "2026-11-21T00:00:00Z",
            "2026年11月21日",
            "二〇二六-",
        ] {
            assert!(Date::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn one_instant_has_two_dates_in_two_zones() {
        let date = |zone: &str| {
            let zone = TimeZone::parse(zone).unwrap();
            Date::of(&zone, UnixSeconds(1_795_015_800)).unwrap().to_string()
        };
        assert_eq!(
            (date("Asia/Tokyo"), date("Europe/Copenhagen")),
            ("2026-11-19".to_owned(), "2026-11-18".to_owned())
        );
    }

    #[test]
    fn days_are_counted_from_1970() {
        let number = |text: &str| Date::parse(text).unwrap().number();
        assert_eq!((number("1970-01-01"), number("2026-11-18")), (0, 20_775));
        let date = Date::parse("2026-02-28").unwrap();
        assert_eq!(
            (date.later(1).to_string(), date.later(1).earlier(1)),
            ("2026-03-01".to_owned(), date)
        );
    }
}
