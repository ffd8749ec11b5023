//! CSV (RFC 4180) that is safe to open in a spreadsheet. Some values come from people whom nobody has approved: a name
//! such as `=HYPERLINK(…)` must stay a name when an administrator opens the file. [`read`] reads such a table back.

mod read;

pub use read::{Record, UnreadCsv, read};

/// One row with its line ending. A leading apostrophe disarms cells that a spreadsheet would evaluate as a formula.
#[must_use]
pub fn row(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| quoted(&harmless(cell))).collect();
    cells.join(",") + "\r\n"
}

const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
const ENDS: [char; 4] = [';', '\t', '\r', '\n'];

/// Whether `cell` is what [`row`] writes for `value`.
#[must_use]
pub fn is_written_as(value: &str, cell: &str) -> bool {
    harmless(value) == cell
}

/// The text of a cell without the apostrophes that [`row`] adds. A text that begins with an apostrophe and a sign loses
/// the apostrophe, too; [`is_written_as`] tells the two apart.
#[must_use]
pub fn disarmed(cell: &str) -> String {
    let mut plain = String::with_capacity(cell.len());
    let mut begins = true;
    let mut rest = cell.chars().peekable();
    while let Some(c) = rest.next() {
        let guards = |next: &char| FORMULA.contains(next) || (plain.is_empty() && matches!(next, '\t' | '\r' | '\n'));
        if begins && c == '\'' && rest.peek().is_some_and(guards) {
            continue;
        }
        begins = ENDS.contains(&c) || (begins && (c == ' ' || c == '"'));
        plain.push(c);
    }
    plain
}

/// Full-width signs begin a formula when the spreadsheet's language is Japanese or Chinese. In Danish or German, cells
/// end at semicolons, so our quotation marks end up inside a cell and protect nothing: the text after one of `ENDS` may
/// become a cell of its own.
fn harmless(cell: &str) -> String {
    let mut safe = String::with_capacity(cell.len());
    if cell.starts_with(['\t', '\r', '\n']) {
        safe.push('\'');
    }
    let mut begins = true;
    for c in cell.chars() {
        if begins && FORMULA.contains(&c) {
            safe.push('\'');
        }
        begins = ENDS.contains(&c) || (begins && (c == ' ' || c == '"'));
        safe.push(c);
    }
    safe
}

fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\r', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{disarmed, is_written_as, read, row};

    #[test]
    fn what_was_written_can_be_read_back() {
        for cell in [
            "a",
            "",
            "=1+1",
            "a,b",
            "say \"no\"",
            "a\nb",
            "-1; -2",
            "; =1",
            "\t=1",
            "＝1",
            "a'=b",
            "'a",
            "\"=1",
            " =1",
            "it's",
            "PC\n- one\n- two",
        ] {
            let table = format!("h\r\n{}", row(&[cell, "x"]));
            let records = read(&table.replacen('h', "h,x", 1), 100).unwrap();
            let found = &records[1].cells[0];
            assert!(is_written_as(cell, found), "{cell:?}: {found:?}");
            assert_eq!(disarmed(found), cell, "{found:?}");
        }
        // Nobody can tell these two apart from the file alone.
        assert_eq!(disarmed("'=1"), "=1");
        assert!(is_written_as("'=1", "'=1") && is_written_as("=1", "'=1"));
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        for (cells, line) in [
            (&["a", "b c", ""][..], "a,b c,\r\n"),
            (&["受付PC", "a,b"], "受付PC,\"a,b\"\r\n"),
            (&["say \"no\""], "\"say \"\"no\"\"\"\r\n"),
            (&["a\nb", "c\r\nd"], "\"a\nb\",\"c\r\nd\"\r\n"),
        ] {
            assert_eq!(row(cells), line);
        }
    }

    #[test]
    fn no_cell_is_a_formula() {
        for (cell, line) in [
            ("=1+1", "'=1+1\r\n"),
            ("+81-3-0000", "'+81-3-0000\r\n"),
            ("-2", "'-2\r\n"),
            ("@SUM(A1)", "'@SUM(A1)\r\n"),
            ("\t=1", "'\t'=1\r\n"),
            ("\r=1", "\"'\r'=1\"\r\n"),
            ("＝1", "'＝1\r\n"),
            ("=\"a\",b", "\"'=\"\"a\"\",b\"\r\n"),
            ("a=b", "a=b\r\n"),
            ("PC;=1+1", "PC;'=1+1\r\n"),
            ("PC; \"=1", "\"PC; \"\"'=1\"\r\n"),
            ("PC\n+1", "\"PC\n'+1\"\r\n"),
            ("a; b-c", "a; b-c\r\n"),
        ] {
            assert_eq!(row(&[cell]), line);
        }
    }
}
