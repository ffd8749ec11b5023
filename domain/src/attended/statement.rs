//! The statement for an attended session: what a person reads before they press 「参加する」, and what the receipt quotes.

use super::Attended;
use crate::locale::Locale;
use crate::text::PersonName;
use crate::texts::{date_time, text, text_with};
use crate::time::TimeZone;

/// The statement as the page shows it: plain text, lines separated by `\n`, times in `zone`. What people have typed stands
/// on lines of its own behind a label, and is one line, so none of it can be mistaken for one of Tegata's sentences.
#[must_use]
pub fn statement(locale: Locale, zone: &TimeZone, tenant_name: &str, attended: &Attended) -> String {
    let provider = attended.opened_by.provider_name.as_str();
    let paragraph = |key| text_with(locale, key, &[("tenant", tenant_name), ("provider", provider)]);
    let point = |key| text_with(locale, "statement-launch-ability", &[("ability", &text(locale, key))]);
    [
        paragraph("statement-attended-title"),
        String::new(),
        paragraph("statement-attended-asked"),
        String::new(),
        labelled(locale, "statement-attended-about", attended.title.as_str()),
        labelled(locale, "statement-attended-host", attended.opened_by.name.as_str()),
        labelled(locale, "statement-organization", provider),
        labelled(locale, "statement-attended-possible", "")
            .trim_end()
            .to_owned(),
        point("statement-attended-screen"),
        point("statement-attended-chat"),
        point("statement-attended-files"),
        labelled(
            locale,
            "statement-attended-until",
            &date_time(locale, attended.granted.until, zone),
        ),
        String::new(),
        paragraph("statement-attended-meaning"),
        String::new(),
        paragraph("statement-attended-checked"),
    ]
    .join("\n")
}

/// `shown`, the statement as the page showed it, with the name that the person has typed: what the receipt quotes.
#[must_use]
pub fn signed_statement(locale: Locale, shown: &str, name: &PersonName) -> String {
    format!(
        "{shown}\n\n{}",
        labelled(locale, "statement-attended-name", name.as_str())
    )
}

fn labelled(locale: Locale, key: &str, value: &str) -> String {
    let label = text(locale, key);
    text_with(locale, "common-labelled", &[("label", &label), ("value", value)])
}
