//! Times in sentences, in the person's language and time zone. Tables and JSON keep UTC (`output::time`).
//!
//! `here` is the only place that asks in which zone the person is. It reads no clock, and the rules of the zones come
//! from `tegata_domain::time`, as in mails and on pages.

use crate::texts::Texts;
use std::path::Path;
use std::{env, fs};
use tegata_domain::time::{TimeZone, UnixSeconds};

/// The time zone of this PC: `TZ`, or else the zone that `/etc/localtime` links to. UTC where neither says, as on
/// Windows without `TZ`; the zone is part of every time, so none is misread.
pub(crate) fn here() -> TimeZone {
    let zone = match env::var("TZ") {
        Ok(value) => named(&value),
        Err(_) => system(),
    };
    zone.unwrap_or(TimeZone::UTC)
}

/// The zone in the value of `TZ` (POSIX): a name, `:name`, the path of a zone's file, or a fixed offset like `JST-9`.
fn named(value: &str) -> Option<TimeZone> {
    let value = value.strip_prefix(':').unwrap_or(value);
    in_path(value)
        .or_else(|| TimeZone::parse(value).ok())
        .or_else(|| fixed(value))
}

/// The zone of a path like `/usr/share/zoneinfo/Asia/Tokyo`.
fn in_path(path: &str) -> Option<TimeZone> {
    let (_, name) = path.split_once("zoneinfo/")?;
    TimeZone::parse(name).ok()
}

/// A name of at least three letters and the hours that it lies behind UTC. The zones `Etc/GMT…` count likewise.
fn fixed(value: &str) -> Option<TimeZone> {
    let hours = value.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    if value.len() < hours.len() + 3 {
        return None;
    }
    match hours.parse::<i8>().ok()? {
        0 => Some(TimeZone::UTC),
        hours => TimeZone::parse(&format!("Etc/GMT{hours:+}")).ok(),
    }
}

fn system() -> Option<TimeZone> {
    let linked = fs::read_link("/etc/localtime").ok();
    let linked = linked.as_deref().and_then(Path::to_str).and_then(in_path);
    // Where it is a copy, Debian has the name beside it.
    linked.or_else(|| TimeZone::parse(fs::read_to_string("/etc/timezone").ok()?.trim()).ok())
}

/// A time in words, to the minute: `Tuesday 24 November 2026, 14:06 (JST)`.
pub(crate) fn moment(seconds: u64, zone: &TimeZone, texts: &Texts) -> String {
    let at = i64::try_from(seconds).ok();
    let Some(clock) = at.and_then(|at| zone.wall_clock(UnixSeconds(at))) else {
        return seconds.to_string();
    };
    texts.with(
        "cli-moment",
        [
            ("year", clock.year.to_string().into()),
            ("month", clock.month.into()),
            ("day", clock.day.to_string().into()),
            ("weekday", clock.weekday.into()),
            ("hour", format!("{:02}", clock.hour).into()),
            ("minute", format!("{:02}", clock.minute).into()),
            ("zone", clock.abbreviation.into()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::{moment, named};
    use crate::texts::Texts;
    use tegata_client::registration::Locale;
    use tegata_domain::time::TimeZone;

    /// 2026-11-24T05:06:08Z, a Tuesday.
    const AT: u64 = 1_795_496_768;

    fn written(locale: Locale, seconds: u64, zone: &str) -> String {
        moment(seconds, &TimeZone::parse(zone).unwrap(), &Texts::new(locale))
    }

    #[test]
    fn a_time_reads_as_people_write_it_where_they_are() {
        for (locale, zone, text) in [
            (Locale::Ja, "Asia/Tokyo", "2026年11月24日（火）14時06分"),
            (Locale::Ja, "UTC", "2026年11月24日（火）05時06分（UTC）"),
            (Locale::En, "Asia/Tokyo", "Tuesday 24 November 2026, 14:06 (JST)"),
            (
                Locale::En,
                "America/St_Johns",
                "Tuesday 24 November 2026, 01:36 (UTC-03:30)",
            ),
            (
                Locale::Da,
                "Europe/Copenhagen",
                "tirsdag den 24. november 2026 kl. 06.06 (CET)",
            ),
        ] {
            assert_eq!(written(locale, AT, zone), text);
        }
        assert_eq!(written(Locale::En, u64::MAX, "UTC"), u64::MAX.to_string());
    }

    #[test]
    fn every_month_and_every_weekday_has_a_name_of_its_own() {
        const DAY: u64 = 86_400;
        for locale in [Locale::Ja, Locale::En, Locale::Da] {
            let mut days: Vec<String> = (0..365).map(|day| written(locale, AT + day * DAY, "UTC")).collect();
            days.sort_unstable();
            days.dedup();
            assert_eq!(days.len(), 365);
            let of_a_week: Vec<String> = (0..7).map(|week| written(locale, AT + week * 7 * DAY, "UTC")).collect();
            let tuesday = match locale {
                Locale::Ja => "（火）",
                Locale::En => "Tuesday",
                Locale::Da => "tirsdag",
            };
            assert!(of_a_week.iter().all(|day| day.contains(tuesday)), "{of_a_week:?}");
        }
        assert_eq!(
            written(Locale::En, AT + 40 * DAY, "UTC"),
            "Sunday 3 January 2027, 05:06 (UTC)"
        );
    }

    #[test]
    fn tz_names_a_zone_in_any_of_its_forms() {
        for (value, zone) in [
            ("Asia/Tokyo", Some("Asia/Tokyo")),
            (":Asia/Tokyo", Some("Asia/Tokyo")),
            ("/usr/share/zoneinfo/Europe/Copenhagen", Some("Europe/Copenhagen")),
            ("JST-9", Some("Etc/GMT-9")),
            ("UTC0", Some("UTC")),
            ("", None),
            ("-9", None),
            ("Mars/Olympus", None),
            ("CET-1CEST,M3.5.0,M10.5.0/3", None),
        ] {
            assert_eq!(named(value).as_ref().map(TimeZone::name), zone, "{value}");
        }
    }
}
