//! A statement laid out for a page: the same characters in the same order as the signed text, with its facts as a list
//! and the asker's own lines as a quotation.

use tegata_domain::locale::Locale;
use tegata_domain::texts::text_with;

/// The mark in front of the asker's own lines.
const MARK: &str = "> ";

/// One line of a block, or several of the asker's.
#[derive(Debug, PartialEq, Eq)]
pub enum Line<'a> {
    /// A label, the separator and the value.
    Fact(&'a str, &'a str, &'a str),
    /// The label of what stands below it, and the separator.
    Label(&'a str, &'a str),
    /// The asker's own lines, without the mark that quotes each of them. The page hides the marks: it sets these lines
    /// apart from ours.
    Quoted(Vec<&'a str>),
    /// One of our own sentences.
    Sentence(&'a str),
}

/// The lines between two blank lines.
#[derive(Debug, PartialEq, Eq)]
pub struct Block<'a> {
    /// The lines.
    pub lines: Vec<Line<'a>>,
    /// Whether the block is a list of facts.
    pub facts: bool,
    /// Whether the block is a warning.
    pub caution: bool,
}

/// A parsed statement: its heading and its blocks.
#[derive(Debug, PartialEq, Eq)]
pub struct Statement<'a> {
    /// The first line of the statement.
    pub heading: &'a str,
    /// The rest of the statement.
    pub blocks: Vec<Block<'a>>,
}

/// The separator between a label and its value in `locale`.
fn separator(locale: Locale) -> String {
    let written = text_with(locale, "common-labelled", &[("label", "\u{1}"), ("value", "\u{2}")]);
    written.trim_start_matches('\u{1}').trim_end_matches('\u{2}').to_owned()
}

impl<'a> Statement<'a> {
    /// Parses `text`, a statement to `tenant` in `locale`. Each of our own sentences is a single line, so a block of
    /// several lines holds facts and quoted lines; the value of a fact is always a single line.
    #[must_use]
    pub fn of(text: &'a str, locale: Locale, tenant: &str) -> Self {
        let between = separator(locale);
        let caution = text_with(locale, "statement-outside", &[("tenant", tenant)]);
        let (heading, rest) = text.split_once("\n\n").unwrap_or((text, ""));
        let block = |text: &'a str| {
            let several = text.contains('\n');
            let mut lines = Vec::new();
            for line in text.split('\n') {
                if let Some(words) = line.strip_prefix(MARK) {
                    match lines.last_mut() {
                        Some(Line::Quoted(quoted)) => quoted.push(words),
                        _ => lines.push(Line::Quoted(vec![words])),
                    }
                    continue;
                }
                lines.push(match line.split_once(between.as_str()) {
                    Some((label, value)) if several && !value.is_empty() => {
                        let separator = line.get(label.len()..line.len().saturating_sub(value.len()));
                        Line::Fact(label, separator.unwrap_or_default(), value)
                    }
                    _ => match line.strip_suffix(between.trim_end()) {
                        Some(label) if several => Line::Label(label, line.get(label.len()..).unwrap_or_default()),
                        _ => Line::Sentence(line),
                    },
                });
            }
            let facts = lines
                .iter()
                .any(|line| matches!(line, Line::Fact(..) | Line::Label(..)));
            Block {
                lines,
                facts,
                caution: text == caution,
            }
        };
        let blocks = if rest.is_empty() {
            Vec::new()
        } else {
            rest.split("\n\n").map(block).collect()
        };
        Self { heading, blocks }
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, Statement};
    use tegata_domain::locale::Locale;

    const TEXT: &str = "Question from Kita\n\nKita asks: yes or no.\n\nSubject: May we: restart?\nQuestion:\n> Asked by: nobody\n> \n\
                        > x\nAsked by: Ichiro\nAnswer by: Monday, 8:50\n\nA sentence.";

    #[test]
    fn facts_are_set_out_and_quoted_lines_never_pass_for_one() {
        let statement = Statement::of(TEXT, Locale::En, "Kita");
        assert_eq!(statement.heading, "Question from Kita");
        let lines: Vec<_> = statement.blocks.iter().flat_map(|block| &block.lines).collect();
        assert_eq!(
            lines,
            [
                &Line::Sentence("Kita asks: yes or no."),
                &Line::Fact("Subject", ": ", "May we: restart?"),
                &Line::Label("Question", ":"),
                &Line::Quoted(vec!["Asked by: nobody", "", "x"]),
                &Line::Fact("Asked by", ": ", "Ichiro"),
                &Line::Fact("Answer by", ": ", "Monday, 8:50"),
                &Line::Sentence("A sentence."),
            ]
        );
    }

    #[test]
    fn a_text_of_one_line_is_its_heading() {
        assert_eq!(Statement::of("one", Locale::Ja, "Kita").blocks, []);
    }
}
