//! A strict reader of CSV (RFC 4180). Spreadsheets in Danish or German separate cells by semicolons, and some programs by
//! tabs; the first line shows which.

use std::iter::Peekable;
use std::str::Chars;

/// One record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The number of the record, counted from 1. Blank lines count, as in a spreadsheet.
    pub number: i64,
    /// Its cells.
    pub cells: Vec<String>,
}

/// Maximum number of cells in a record; a longer one counts as malformed.
const MOST_CELLS: usize = 1_000;

/// Why a text was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnreadCsv {
    /// The record with this number is not CSV: a quotation mark stands in the wrong place, or its counterpart is missing.
    Malformed(i64),
    /// There are more records than the caller wants.
    TooMany,
}

/// Reads all records of `text` but the blank lines. A byte order mark is skipped. Reading ends at the first record beyond
/// `most`, because many short records take far more memory than their text.
///
/// # Errors
/// [`UnreadCsv`].
pub fn read(text: &str, most: usize) -> Result<Vec<Record>, UnreadCsv> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let separator = separator(text);
    let mut rest = text.chars().peekable();
    let mut records = Vec::new();
    let mut number: i64 = 0;
    while rest.peek().is_some() {
        number = number.saturating_add(1);
        let cells = record(&mut rest, separator).ok_or(UnreadCsv::Malformed(number))?;
        if cells.iter().any(|cell| !cell.trim().is_empty()) {
            if records.len() >= most {
                return Err(UnreadCsv::TooMany);
            }
            records.push(Record { number, cells });
        }
    }
    Ok(records)
}

/// The one of the usual separators that stands most often in the first line, outside of quotation marks.
fn separator(text: &str) -> char {
    let mut quoted = false;
    let mut counts = [(',', 0_usize), (';', 0), ('\t', 0)];
    for c in text.chars() {
        quoted ^= c == '"';
        if !quoted && matches!(c, '\r' | '\n') {
            break;
        }
        for (separator, count) in &mut counts {
            if !quoted && c == *separator {
                *count = count.saturating_add(1);
            }
        }
    }
    let [(mut found, mut most), others @ ..] = counts;
    for (separator, count) in others {
        if count > most {
            (found, most) = (separator, count);
        }
    }
    found
}

fn record(rest: &mut Peekable<Chars<'_>>, separator: char) -> Option<Vec<String>> {
    let mut cells = Vec::new();
    loop {
        let cell = if rest.next_if_eq(&'"').is_some() {
            quoted(rest)?
        } else {
            let mut cell = String::new();
            while let Some(c) = rest.next_if(|c| *c != separator && !matches!(c, '\r' | '\n')) {
                if c == '"' {
                    return None;
                }
                cell.push(c);
            }
            cell
        };
        cells.push(cell);
        if cells.len() > MOST_CELLS {
            return None;
        }
        match rest.next() {
            Some(c) if c == separator => {}
            Some('\r') => {
                rest.next_if_eq(&'\n');
                return Some(cells);
            }
            None | Some('\n') => return Some(cells),
            Some(_) => return None,
        }
    }
}

/// The rest of a cell after its opening quotation mark, up to the closing one.
fn quoted(rest: &mut Peekable<Chars<'_>>) -> Option<String> {
    let mut cell = String::new();
    loop {
        match rest.next()? {
            '"' if rest.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' => return Some(cell),
            c => cell.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{UnreadCsv, read};

    fn cells(text: &str) -> Vec<(i64, Vec<String>)> {
        let records = read(text, 100).unwrap();
        records
            .into_iter()
            .map(|record| (record.number, record.cells))
            .collect()
    }

    fn row(number: i64, cells: &[&str]) -> (i64, Vec<String>) {
        (number, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn every_line_ending_and_separator() {
        for text in [
            "a,b\r\n1,2\r\n",
            "a,b\n1,2\n",
            "a,b\r1,2\r",
            "a,b\n1,2",
            "\u{feff}a;b\r\n1;2\r\n",
            "a\tb\n1\t2\n",
            "\"a\",\"b\"\n\"1\",\"2\"",
        ] {
            assert_eq!(cells(text), [row(1, &["a", "b"]), row(2, &["1", "2"])], "{text:?}");
        }
    }

    #[test]
    fn a_quoted_cell_holds_anything() {
        assert_eq!(
            cells("a,b\n\"1,\"\"2\"\"\r\n3\",\n"),
            [row(1, &["a", "b"]), row(2, &["1,\"2\"\r\n3", ""])]
        );
        assert_eq!(
            cells("\"a;b\",c\n1;2,3"),
            [row(1, &["a;b", "c"]), row(2, &["1;2", "3"])]
        );
    }

    #[test]
    fn blank_lines_count_and_are_skipped() {
        assert_eq!(cells("a,b\n\n,\n1,2\n\n"), [row(1, &["a", "b"]), row(4, &["1", "2"])]);
        assert_eq!(cells(""), []);
        assert_eq!(cells("\u{feff}\n"), []);
    }

    #[test]
    fn a_stray_quotation_mark_is_refused() {
        for (text, number) in [
            ("a\"b", 1),
            ("a\n\"b\"c\n", 2),
            ("a\n\"b", 2),
            ("\"", 1),
            ("a\n\"b\" ,c", 2),
        ] {
            assert_eq!(read(text, 100), Err(UnreadCsv::Malformed(number)), "{text:?}");
        }
    }

    #[test]
    fn reading_ends_where_the_caller_has_enough() {
        assert_eq!(read(&"a\n".repeat(100), 100).map(|records| records.len()), Ok(100));
        assert_eq!(read(&"a\n".repeat(500_000), 100), Err(UnreadCsv::TooMany));
        assert_eq!(read(&",".repeat(500_000), 100), Err(UnreadCsv::Malformed(1)));
    }
}
