//! The statement for an appointment: what a person reads before they agree on a date, and what the receipt quotes.

use super::{Appointment, Time};
use crate::locale::Locale;
use crate::text::PersonName;
use crate::texts::{date_time, duration, text, text_with};
use crate::time::{TimeZone, UnixSeconds};

/// `at` in words: in `zone`, and where the other side's clocks show another time, in theirs as well.
#[must_use]
pub fn time_in_words(locale: Locale, at: UnixSeconds, zone: &TimeZone, other: Option<&TimeZone>) -> String {
    let own = date_time(locale, at, zone);
    match other.filter(|other| other.offset(at) != zone.offset(at)) {
        Some(other) => {
            let theirs = date_time(locale, at, other);
            text_with(locale, "common-two-zones", &[("own", &own), ("other", &theirs)])
        }
        None => own,
    }
}

/// What the receipt quotes for a time that the customer proposed and the desk accepted: what the form said, and the time that
/// the person entered.
#[must_use]
pub fn counter_statement(locale: Locale, appointment: &Appointment, time: &Time) -> String {
    let provider = appointment.host.provider_name.as_str();
    let lead = text_with(locale, "page-meeting-counter-lead", &[("provider", provider)]);
    let at = date_time(locale, time.at, &time.time_zone.or_utc());
    let entered = text_with(
        locale,
        "common-labelled",
        &[("label", &text(locale, "statement-appointment-time")), ("value", &at)],
    );
    format!("{lead}\n\n{entered}")
}

/// The statement for the date `at` as the page shows it: plain text, lines separated by `\n`, times in `zone` and in the
/// host's. What people have typed stands on lines of its own behind a label, and is one line.
#[must_use]
pub fn statement(
    locale: Locale,
    zone: &TimeZone,
    tenant_name: &str,
    appointment: &Appointment,
    at: UnixSeconds,
) -> String {
    let host = &appointment.host;
    let provider = host.provider_name.as_str();
    let paragraph = |key| text_with(locale, key, &[("tenant", tenant_name), ("provider", provider)]);
    let host_zone = appointment.host_zone.or_utc();
    [
        paragraph("statement-appointment-title"),
        String::new(),
        paragraph("statement-appointment-asked"),
        String::new(),
        labelled(locale, "statement-attended-about", appointment.title.as_str()),
        labelled(
            locale,
            "statement-appointment-time",
            &time_in_words(locale, at, zone, Some(&host_zone)),
        ),
        labelled(
            locale,
            "statement-appointment-length",
            &duration(locale, appointment.length),
        ),
        labelled(locale, "statement-attended-host", host.name.as_str()),
        labelled(locale, "statement-organization", provider),
        String::new(),
        paragraph("statement-appointment-meaning"),
    ]
    .join("\n")
}

/// `shown`, the statement as the page showed it, with the name that the person has typed: what the receipt quotes.
#[must_use]
pub fn signed_statement(locale: Locale, shown: &str, name: &PersonName) -> String {
    let signed = labelled(locale, "statement-attended-name", name.as_str());
    format!("{shown}\n\n{signed}")
}

fn labelled(locale: Locale, key: &str, value: &str) -> String {
    let label = text(locale, key);
    text_with(locale, "common-labelled", &[("label", &label), ("value", value)])
}
