//! Texts in the reader's language, from the Fluent files in `locales/`. A lookup never fails: a text that a language
//! lacks is returned in English, and an unknown key is returned as it is. The tests below ensure that neither happens.
//! The command line's own texts (`cli.ftl`) are not compiled in here.

use std::cell::OnceCell;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use unic_langid::LanguageIdentifier;

use crate::locale::Locale;
use crate::time::{TimeZone, UnixSeconds};

type Bundle = FluentBundle<FluentResource>;

/// The files of one language.
struct Sources {
    usual: [&'static str; 4],
    /// What only exports of lists use, and what few requests therefore have to parse.
    lists: [&'static str; 2],
}

const JA: Sources = Sources {
    usual: [
        include_str!("../../locales/ja/common.ftl"),
        include_str!("../../locales/ja/mail.ftl"),
        include_str!("../../locales/ja/page.ftl"),
        include_str!("../../locales/ja/statement.ftl"),
    ],
    lists: [
        include_str!("../../locales/ja/export.ftl"),
        include_str!(concat!(env!("OUT_DIR"), "/names-ja.ftl")),
    ],
};
const EN: Sources = Sources {
    usual: [
        include_str!("../../locales/en/common.ftl"),
        include_str!("../../locales/en/mail.ftl"),
        include_str!("../../locales/en/page.ftl"),
        include_str!("../../locales/en/statement.ftl"),
    ],
    lists: [
        include_str!("../../locales/en/export.ftl"),
        include_str!(concat!(env!("OUT_DIR"), "/names-en.ftl")),
    ],
};
const DA: Sources = Sources {
    usual: [
        include_str!("../../locales/da/common.ftl"),
        include_str!("../../locales/da/mail.ftl"),
        include_str!("../../locales/da/page.ftl"),
        include_str!("../../locales/da/statement.ftl"),
    ],
    lists: [
        include_str!("../../locales/da/export.ftl"),
        include_str!(concat!(env!("OUT_DIR"), "/names-da.ftl")),
    ],
};

/// How the keys in [`Sources::lists`] begin.
const OF_LISTS: [&str; 2] = ["export-", "console-"];

const WEEKDAYS: [&str; 7] = [
    "common-weekday-monday",
    "common-weekday-tuesday",
    "common-weekday-wednesday",
    "common-weekday-thursday",
    "common-weekday-friday",
    "common-weekday-saturday",
    "common-weekday-sunday",
];

const MONTHS: [&str; 12] = [
    "common-month-january",
    "common-month-february",
    "common-month-march",
    "common-month-april",
    "common-month-may",
    "common-month-june",
    "common-month-july",
    "common-month-august",
    "common-month-september",
    "common-month-october",
    "common-month-november",
    "common-month-december",
];

/// Time zones that have a name in our languages.
const ZONES: [(&str, &str); 3] = [
    ("JST", "common-zone-jst"),
    ("CET", "common-zone-cet"),
    ("CEST", "common-zone-cest"),
];

/// The bundles of a locale, each parsed on first use. `FluentBundle` is not `Sync`, so each thread has its own.
#[derive(Default)]
struct Parsed {
    usual: OnceCell<Bundle>,
    lists: OnceCell<Bundle>,
}

#[derive(Default)]
struct Bundles {
    ja: Parsed,
    en: Parsed,
    da: Parsed,
}

impl Bundles {
    /// The bundle with the text of `key`.
    fn get(&self, locale: Locale, key: &str) -> &Bundle {
        let (parsed, sources) = match locale {
            Locale::Ja => (&self.ja, &JA),
            Locale::En => (&self.en, &EN),
            Locale::Da => (&self.da, &DA),
        };
        if OF_LISTS.iter().any(|beginning| key.starts_with(beginning)) {
            parsed.lists.get_or_init(|| build(locale, &sources.lists))
        } else {
            parsed.usual.get_or_init(|| build(locale, &sources.usual))
        }
    }
}

thread_local! {
    static BUNDLES: Bundles = Bundles::default();
}

fn build(locale: Locale, sources: &[&str]) -> Bundle {
    let language: LanguageIdentifier = locale.tag().parse().unwrap_or_default();
    let mut bundle = Bundle::new(vec![language]);
    // Isolation marks are invisible characters, and would end up in subjects, hashes and copied addresses.
    bundle.set_use_isolating(false);
    for source in sources {
        let resource = match FluentResource::try_new((*source).to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        // The first message of a key wins; the tests refuse duplicates.
        let _ = bundle.add_resource(resource);
    }
    bundle
}

fn look_up(locale: Locale, key: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
    BUNDLES
        .try_with(|bundles| {
            let bundle = bundles.get(locale, key);
            let pattern = bundle.get_message(key)?.value()?;
            let mut errors = Vec::new();
            let text = bundle.format_pattern(pattern, args, &mut errors).into_owned();
            // A text with a missing value shows the value's name to its reader; this assertion makes the tests fail
            // then.
            debug_assert!(errors.is_empty(), "{key}: {errors:?}");
            Some(text)
        })
        .ok()
        .flatten()
}

/// The text of `key`, if there is one.
pub(crate) fn known(locale: Locale, key: &str) -> Option<String> {
    look_up(locale, key, None)
}

fn resolve(locale: Locale, key: &str, args: Option<&FluentArgs<'_>>) -> String {
    look_up(locale, key, args)
        .or_else(|| look_up(Locale::En, key, args))
        .unwrap_or_else(|| key.to_owned())
}

/// The text of `key`.
#[must_use]
pub fn text(locale: Locale, key: &str) -> String {
    resolve(locale, key, None)
}

/// The text of `key` with its variables filled in. Values are inserted verbatim; the page or mail escapes the result.
#[must_use]
pub fn text_with(locale: Locale, key: &str, args: &[(&str, &str)]) -> String {
    let mut values = FluentArgs::with_capacity(args.len());
    for (name, value) in args {
        values.set(*name, *value);
    }
    resolve(locale, key, Some(&values))
}

/// An instant as a person writes it, with weekday, minute and zone, e.g. `2026年11月21日（土）8時05分（日本時間）`.
#[must_use]
pub fn date_time(locale: Locale, at: UnixSeconds, zone: &TimeZone) -> String {
    let Some(clock) = zone.wall_clock(at) else {
        return at.0.to_string();
    };
    let name = |keys: &[&str], index: u32| {
        let key = usize::try_from(index).ok().and_then(|index| keys.get(index).copied());
        text(locale, key.unwrap_or_default())
    };
    let hour = match locale {
        // Before 時, an hour of one figure stays one.
        Locale::Ja => clock.hour.to_string(),
        Locale::En | Locale::Da => format!("{:02}", clock.hour),
    };
    let zone = ZONES
        .into_iter()
        .find(|(abbreviation, _)| *abbreviation == clock.abbreviation)
        .map(|(_, key)| text(locale, key))
        .or_else(|| {
            zone.words(at, locale)
                .filter(|_| clock.abbreviation.starts_with("UTC") && clock.abbreviation != "UTC")
        })
        .unwrap_or(clock.abbreviation);
    text_with(
        locale,
        "common-date-time",
        &[
            ("year", &clock.year.to_string()),
            ("month", &name(&MONTHS, clock.month.saturating_sub(1))),
            ("day", &clock.day.to_string()),
            ("weekday", &name(&WEEKDAYS, clock.weekday)),
            ("hour", &hour),
            ("minute", &format!("{:02}", clock.minute)),
            ("zone", &zone),
        ],
    )
}

/// A length of time in hours and minutes, e.g. `1 hour 30 minutes`. Seconds are dropped.
#[must_use]
pub fn duration(locale: Locale, seconds: i64) -> String {
    let part = |count: i64, one, several| {
        let key = if count == 1 { one } else { several };
        text_with(locale, key, &[("count", &count.to_string())])
    };
    let minutes = seconds.max(0).div_euclid(60);
    let (hours, minutes) = (minutes.div_euclid(60), minutes.rem_euclid(60));
    let said_hours = part(hours, "common-hour", "common-hours");
    let said_minutes = part(minutes, "common-minute", "common-minutes");
    match (hours, minutes) {
        (0, _) => said_minutes,
        (_, 0) => said_hours,
        _ => text_with(
            locale,
            "common-hours-minutes",
            &[("hours", &said_hours), ("minutes", &said_minutes)],
        ),
    }
}

/// An instant as it is written in a table: in figures that sort as time passes and that spreadsheets read as a date,
/// e.g. `2026/11/21 08:05`. The table names the zone ([`zone_name`]).
#[must_use]
pub fn table_time(locale: Locale, at: UnixSeconds, zone: &TimeZone) -> String {
    let Some(clock) = zone.wall_clock(at) else {
        return at.0.to_string();
    };
    let between = match locale {
        Locale::Ja => '/',
        Locale::En | Locale::Da => '-',
    };
    format!(
        "{:04}{between}{:02}{between}{:02} {:02}:{:02}",
        clock.year, clock.month, clock.day, clock.hour, clock.minute
    )
}

/// As [`table_time`], to the second.
#[must_use]
pub fn table_time_exact(locale: Locale, at: UnixSeconds, zone: &TimeZone) -> String {
    // No zone in use is off by a part of a minute.
    format!("{}:{:02}", table_time(locale, at, zone), at.0.rem_euclid(60))
}

/// Display name of `zone`, the same in summer and winter; the IANA name if it has none.
#[must_use]
pub fn zone_name(locale: Locale, zone: &TimeZone, now: UnixSeconds) -> String {
    let clock = zone.wall_clock(now);
    match clock.as_ref().map(|clock| clock.abbreviation.as_str()) {
        Some("JST") => text(locale, "common-zone-jst"),
        Some("CET" | "CEST") => text(locale, "export-zone-central-europe"),
        _ => zone.name().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::{Path, PathBuf};

    use fluent_bundle::FluentResource;

    use super::{date_time, duration, table_time, text, text_with, zone_name};
    use crate::locale::Locale;
    use crate::time::{TimeZone, UnixSeconds};

    type Messages = BTreeMap<String, BTreeSet<String>>;

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
    }

    /// The messages of a file, each with the variables it uses.
    fn messages(source: &str) -> Messages {
        let mut found = Messages::new();
        let mut current = None;
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            if let Some((key, _)) = line
                .split_once(" =")
                .filter(|(key, _)| key.starts_with(|c: char| c.is_ascii_lowercase()))
            {
                assert!(
                    found.insert(key.to_owned(), BTreeSet::new()).is_none(),
                    "{key} occurs twice"
                );
                current = Some(key.to_owned());
            }
            let Some(variables) = current.as_ref().and_then(|key| found.get_mut(key)) else {
                continue;
            };
            let names = line.split('$').skip(1);
            variables.extend(names.map(|rest| {
                rest.chars()
                    .take_while(|c| c.is_ascii_lowercase() || *c == '_')
                    .collect()
            }));
        }
        found
    }

    fn files(locale: Locale) -> BTreeMap<String, String> {
        let folder = root().join("locales").join(locale.tag());
        std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| {
                (
                    path.file_name().unwrap().to_str().unwrap().to_owned(),
                    std::fs::read_to_string(&path).unwrap(),
                )
            })
            .collect()
    }

    fn quoted_keys(path: &Path, found: &mut BTreeSet<String>) {
        if path.is_dir() {
            for entry in std::fs::read_dir(path).unwrap() {
                quoted_keys(&entry.unwrap().path(), found);
            }
        } else if let Ok(source) = std::fs::read_to_string(path) {
            let strings = source.split('"').filter(|s| {
                s.bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            });
            let prefixes = ["common-", "export-", "mail-", "page-", "statement-"];
            found.extend(
                strings
                    .filter(|s| prefixes.iter().any(|p| s.len() > p.len() && s.starts_with(p)))
                    .map(str::to_owned),
            );
        }
    }

    #[test]
    fn every_file_parses() {
        for locale in Locale::ALL {
            for (name, source) in files(locale) {
                let errors = FluentResource::try_new(source).err().map(|(_, errors)| errors);
                assert!(errors.is_none(), "{locale}/{name}: {errors:?}");
            }
        }
    }

    #[test]
    fn the_languages_have_the_same_files_keys_and_variables() {
        let english = files(Locale::En);
        for locale in [Locale::Ja, Locale::Da] {
            let other = files(locale);
            assert_eq!(
                other.keys().collect::<Vec<_>>(),
                english.keys().collect::<Vec<_>>(),
                "{locale}"
            );
            for (name, source) in &english {
                let (theirs, ours) = (messages(&other[name]), messages(source));
                for key in theirs.keys().chain(ours.keys()) {
                    assert_eq!(theirs.get(key), ours.get(key), "{locale}/{name}: {key}");
                }
            }
        }
    }

    #[test]
    fn code_and_files_name_the_same_keys() {
        let mut used = BTreeSet::new();
        let sources = [
            "domain/src/texts.rs",
            "domain/src/mail.rs",
            "domain/src/mail",
            "domain/src/viewer.rs",
            "domain/src/question.rs",
            "domain/src/launch",
            "domain/src/attended",
            "domain/src/appointment",
            "objects/src/tenant/appointments",
            "routes/src/meeting.rs",
            "objects/src/tenant/panel/columns.rs",
            "objects/src/tenant/panel/export.rs",
            "routes/src/approve.rs",
            "routes/src/pages.rs",
            "routes/src/pages",
            "routes/templates",
        ];
        for source in sources {
            quoted_keys(&root().join(source), &mut used);
        }
        let compiled_in = ["common.ftl", "export.ftl", "mail.ftl", "page.ftl", "statement.ftl"];
        let written: BTreeSet<String> = files(Locale::En)
            .iter()
            .filter(|(name, _)| compiled_in.contains(&name.as_str()))
            .flat_map(|(_, source)| messages(source).into_keys())
            .collect();
        let unwritten: Vec<_> = used.difference(&written).collect();
        assert!(unwritten.is_empty(), "keys in the code without a text: {unwritten:?}");
        let unused: Vec<_> = written.difference(&used).collect();
        assert!(
            unused.is_empty(),
            "texts that none of these files uses: {unused:?}\n{sources:?}"
        );
    }

    #[test]
    fn a_date_reads_as_people_write_it() {
        let zone = |name| TimeZone::parse(name).unwrap();
        let at = UnixSeconds(1_795_230_300);
        assert_eq!(
            date_time(Locale::Ja, at, &zone("Asia/Tokyo")),
            "2026年11月21日（土）12時05分（日本時間）"
        );
        let morning = UnixSeconds(1_795_996_200);
        assert_eq!(
            date_time(Locale::Ja, morning, &zone("Asia/Tokyo")),
            "2026年11月30日（月）8時50分（日本時間）"
        );
        assert_eq!(
            date_time(Locale::Ja, at, &zone("Europe/Copenhagen")),
            "2026年11月21日（土）4時05分（中央ヨーロッパ時間）"
        );
        assert_eq!(
            date_time(Locale::Ja, at, &zone("Asia/Kolkata")),
            "2026年11月21日（土）8時35分（UTC+05:30）"
        );
        assert_eq!(
            date_time(Locale::En, at, &zone("Asia/Tokyo")),
            "Saturday 21 November 2026, 12:05\u{a0}JST"
        );
        assert_eq!(
            date_time(Locale::Da, morning, &zone("Asia/Tokyo")),
            "mandag den 30. november 2026 kl.\u{a0}08.50\u{a0}japansk tid"
        );
        assert_eq!(
            date_time(Locale::Da, at, &zone("Europe/Copenhagen")),
            "lørdag den 21. november 2026 kl.\u{a0}04.05\u{a0}CET"
        );
        assert_eq!(
            date_time(Locale::En, UnixSeconds(i64::MAX), &TimeZone::UTC),
            i64::MAX.to_string()
        );
    }

    #[test]
    fn a_table_has_times_that_sort_and_names_their_zone() {
        let zone = |name| TimeZone::parse(name).unwrap();
        let (summer, winter) = (UnixSeconds(1_783_000_000), UnixSeconds(1_795_996_200));
        for (locale, name, summers, winters, called) in [
            (
                Locale::Ja,
                "Asia/Tokyo",
                "2026/07/02 22:46",
                "2026/11/30 08:50",
                "日本時間",
            ),
            (
                Locale::Da,
                "Asia/Tokyo",
                "2026-07-02 22:46",
                "2026-11-30 08:50",
                "japansk tid",
            ),
            (
                Locale::En,
                "Europe/Copenhagen",
                "2026-07-02 15:46",
                "2026-11-30 00:50",
                "Central European Time",
            ),
            (
                Locale::Ja,
                "Asia/Kolkata",
                "2026/07/02 19:16",
                "2026/11/30 05:20",
                "Asia/Kolkata",
            ),
            (Locale::Ja, "UTC", "2026/07/02 13:46", "2026/11/29 23:50", "UTC"),
        ] {
            let times = [summer, winter].map(|at| table_time(locale, at, &zone(name)));
            assert_eq!(times, [summers, winters]);
            let names = [summer, winter].map(|now| zone_name(locale, &zone(name), now));
            assert_eq!(names, [called, called]);
        }
        assert_eq!(
            table_time(Locale::Ja, UnixSeconds(i64::MAX), &TimeZone::UTC),
            i64::MAX.to_string()
        );
    }

    #[test]
    fn a_length_of_time_reads_as_people_say_it() {
        for (seconds, ja, en, da) in [
            (900, "15分", "15 minutes", "15 minutter"),
            (3_600, "1時間", "1 hour", "1 time"),
            (5_460, "1時間31分", "1 hour 31 minutes", "1 time 31 minutter"),
            (7_260, "2時間1分", "2 hours 1 minute", "2 timer 1 minut"),
        ] {
            let said = [Locale::Ja, Locale::En, Locale::Da].map(|locale| duration(locale, seconds));
            assert_eq!(said, [ja, en, da]);
        }
    }

    #[test]
    fn values_are_taken_as_they_are() {
        assert_eq!(
            text_with(
                Locale::En,
                "common-labelled",
                &[("label", "A"), ("value", "{ $x } 007 \"q\"")]
            ),
            "A: { $x } 007 \"q\""
        );
    }

    #[test]
    fn an_unknown_key_is_given_as_itself() {
        assert_eq!(text(Locale::Da, "no-such-key"), "no-such-key");
        assert_eq!(text(Locale::Ja, ""), "");
    }
}
