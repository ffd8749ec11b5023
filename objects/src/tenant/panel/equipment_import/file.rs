//! The file: its encoding, its size, and its headings.

use tegata_domain::error::FieldError;
use tegata_domain::locale::Locale;
use tegata_domain::unicode::{Encoding, decoded};
use tegata_domain::wire::b64;
use tegata_domain::wire::csv::{self, Record, UnreadCsv};

use super::row::Cells;
use crate::tenant::panel::columns::EQUIPMENT;

/// Largest file, in bytes.
const LARGEST: usize = 1024 * 1024;
/// Maximum number of rows below the headings.
const MOST: usize = 2_000;
/// What a row has to hold.
const REQUIRED: [&str; 2] = ["name", "serial_number"];

/// A file whose headings are known.
pub(super) struct Table {
    columns: Vec<&'static str>,
    records: Vec<Record>,
}

fn refused(detail: &str) -> FieldError {
    FieldError::new("data", detail)
}

/// The name of the member in the column with this heading.
fn column(heading: &str) -> Option<&'static str> {
    let heading = heading.trim();
    let is_it = |column: &&super::super::columns::Column| {
        column.member() == heading || Locale::ALL.iter().any(|locale| column.is_called(*locale, heading))
    };
    EQUIPMENT.iter().find(is_it).map(|column| column.member())
}

impl Table {
    /// Reads a file in base64. What is not UTF-8 is in the encoding that spreadsheets use where people read `locale`.
    pub(super) fn read(data: &str, locale: Locale) -> Result<Self, FieldError> {
        if data.len() > LARGEST.div_ceil(3).saturating_mul(4) {
            return Err(refused("must be a file of at most 1 MB"));
        }
        let content = b64::decode_standard(data).ok_or_else(|| refused("must be base64"))?;
        if content.len() > LARGEST {
            return Err(refused("must be a file of at most 1 MB"));
        }
        let encoding = match locale {
            Locale::Da => Encoding::Windows1252,
            Locale::Ja | Locale::En => Encoding::ShiftJis,
        };
        let text = decoded(encoding, &content)
            .filter(|text| !text.contains('\0'))
            .ok_or_else(|| refused("must be text in UTF-8 or Shift_JIS"))?;
        let unread = |error| match error {
            UnreadCsv::Malformed(number) => refused(&format!("row {number}: must be CSV (RFC 4180)")),
            UnreadCsv::TooMany => refused("must have at most 2,000 rows"),
        };
        let records = csv::read(&text, MOST.saturating_add(1)).map_err(unread)?;
        let mut records = records.into_iter();
        let headings = records.next().ok_or_else(|| refused("must not be empty"))?;
        let mut columns = Vec::new();
        for heading in &headings.cells {
            let found = column(heading).filter(|found| !columns.contains(found));
            let shown: String = heading.chars().take(40).collect();
            columns.push(found.ok_or_else(|| refused(&format!("unknown or repeated heading: {shown:?}")))?);
        }
        if let Some(missing) = REQUIRED.iter().find(|required| !columns.contains(required)) {
            return Err(refused(&format!("the column {missing} is missing")));
        }
        let records: Vec<Record> = records.collect();
        let odd = records.iter().find(|record| record.cells.len() != columns.len());
        if let Some(odd) = odd {
            let (number, cells) = (odd.number, columns.len());
            return Err(refused(&format!(
                "row {number}: must have {cells} cells, as the headings"
            )));
        }
        Ok(Self { columns, records })
    }

    /// Its rows.
    pub(super) fn rows(&self) -> impl Iterator<Item = Cells<'_>> {
        self.records.iter().map(|record| Cells::new(&self.columns, record))
    }
}
