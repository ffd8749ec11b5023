//! The plain part: lines of at most 72 columns, except values and Japanese text, which are never broken.

use super::letter::{Letter, Part};
use super::wrap::wrap;
use crate::locale::Locale;
use crate::texts::text_with;

const COLUMNS: usize = 72;
/// Prefix of quoted lines.
const QUOTED: &str = "> ";

/// Lays `letter` out as plain text.
pub(super) fn render(letter: &Letter) -> String {
    let mut paragraphs = vec![letter.greeting.clone()];
    let mut heading = None;
    for part in &letter.parts {
        if let Part::Heading(words) = part {
            heading = Some(words);
            continue;
        }
        let body = part_text(letter.locale, part);
        // A heading goes directly above its part, without a blank line.
        paragraphs.push(
            heading
                .take()
                .map_or_else(|| body.clone(), |above| format!("{above}\n{body}")),
        );
    }
    paragraphs.push(wrap(&letter.why, COLUMNS));
    let contact = letter.face.as_ref().and_then(|face| {
        let (heading, lines) = face.contact.as_ref()?;
        Some(format!("{heading}\n{}\n{}", face.name, lines.join("\n")))
    });
    paragraphs.extend(contact);
    paragraphs.push(format!(
        "-- \n{}\n{}\n",
        letter.product,
        wrap(&letter.automatic, COLUMNS)
    ));
    paragraphs.join("\n\n")
}

fn part_text(locale: Locale, part: &Part) -> String {
    match part {
        Part::Paragraph(words) | Part::Warning(words) | Part::Heading(words) => wrap(words, COLUMNS),
        Part::List(items) => {
            let line = |item: &String| text_with(locale, "mail-list-item", &[("item", item)]);
            items.iter().map(line).collect::<Vec<_>>().join("\n")
        }
        Part::Advice(items) => {
            let line = |item: &String| wrap(&text_with(locale, "mail-list-item", &[("item", item)]), COLUMNS);
            items.iter().map(line).collect::<Vec<_>>().join("\n")
        }
        Part::Facts(facts) => {
            let line = |(label, value): &(String, String)| {
                text_with(locale, "common-labelled", &[("label", label), ("value", value)])
            };
            facts.iter().map(line).collect::<Vec<_>>().join("\n")
        }
        Part::Secret { label, value } => format!("{label}\n{value}"),
        Part::Link { label, url, .. } | Part::Reference { label, url } => format!("{}\n{url}", wrap(label, COLUMNS)),
        // The prefix on every line keeps quoted text from passing for our own.
        Part::Quotation { label, words } => {
            let marked = |line: &str| {
                let wrapped = wrap(line, COLUMNS.saturating_sub(QUOTED.len()));
                format!("{QUOTED}{}", wrapped.replace('\n', &format!("\n{QUOTED}")))
            };
            let lines: Vec<String> = words.lines().map(marked).collect();
            format!("{label}\n{}", lines.join("\n"))
        }
    }
}
