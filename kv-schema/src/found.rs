//! Full-text search among requests, devices and equipment (SQLite FTS5): the newest matches first. A thing costs one row however many
//! words it has, where `search` writes two rows for each. The row's number is the thing's time and a part of its id, so a
//! match leads to the thing, and the thing to its row, without an index.
//!
//! The tokenizer splits at ASCII characters that are neither letters nor digits; [`tokens`] splits queries in the same way.

use tegata_domain::time::UnixSeconds;

use crate::search::{LOOKED_AT, Place};
use crate::sql::{Row, Sql, SqlError, Value};

/// Bits of a row's number that come from the id.
const ID_BITS: i64 = 20;
/// How many numbers after the first a row may have, where several things share a second and these bits.
const NEIGHBOURS: i64 = 15;
/// The largest number that the platform passes on exactly.
const END: i64 = (1 << 53) - 1;
/// Up to this many rows that match the condition are examined instead of the matches of the search.
const FEW: usize = 300;

/// The things a search runs among.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among {
    /// Devices.
    Devices,
    /// Requests of Viewers.
    Registrations,
    /// Equipment.
    Equipment,
}

impl Among {
    const fn table(self) -> &'static str {
        match self {
            Self::Devices => "found_device",
            Self::Registrations => "found_registration",
            Self::Equipment => "found_equipment",
        }
    }
}

/// The first number that the thing `id` of the instant `at` can have. The migrations calculate the same in SQL.
fn number(id: &str, at: UnixSeconds) -> i64 {
    let bits = id
        .chars()
        .take(4)
        .fold(0, |bits: i64, c| (bits << 5) | i64::from(u32::from(c) & 31));
    (at.0 << ID_BITS) | bits
}

/// The row of the thing `id` if it has one, else the first free one.
fn row(sql: &dyn Sql, among: Among, id: &str, at: UnixSeconds) -> Result<(i64, bool), SqlError> {
    let first = number(id, at);
    let last = first.saturating_add(NEIGHBOURS);
    let statement = format!(
        "SELECT rowid, id FROM {} WHERE rowid BETWEEN ? AND ? ORDER BY rowid",
        among.table()
    );
    let rows = sql.run(&statement, vec![first.into(), last.into()])?;
    let mut free = first;
    for row in &rows {
        let taken = row.integer(0)?;
        if row.text(1)? == id {
            return Ok((taken, true));
        }
        if taken == free {
            free = free.saturating_add(1);
        }
    }
    Ok((free, false))
}

/// Indexes the record `id`, dated `at`, under the folded `words`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, among: Among, (id, at): (&str, UnixSeconds), words: &str) -> Result<(), SqlError> {
    let (number, known) = row(sql, among, id, at)?;
    let table = among.table();
    if known {
        return sql
            .run(
                &format!("UPDATE {table} SET words = ? WHERE rowid = ?"),
                vec![words.into(), number.into()],
            )
            .map(drop);
    }
    sql.run(
        &format!("INSERT INTO {table} (rowid, id, words) VALUES (?, ?, ?)"),
        vec![number.into(), id.into(), words.into()],
    )
    .map(drop)
}

/// Removes the thing `id`, which dates from `at`, from the index.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn delete(sql: &dyn Sql, among: Among, (id, at): (&str, UnixSeconds)) -> Result<(), SqlError> {
    let first = number(id, at);
    let last = first.saturating_add(NEIGHBOURS);
    sql.run(
        &format!("DELETE FROM {} WHERE rowid BETWEEN ? AND ? AND id = ?", among.table()),
        vec![first.into(), last.into(), id.into()],
    )
    .map(drop)
}

/// The words of a text, as the tokenizer splits it.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric())
        .filter(|token| !token.is_empty())
}

/// Whether a thing with these words is found by `query`: by each of its words, and by the beginning that is its last.
fn finds(query: &str, words: &str) -> bool {
    let asked: Vec<_> = tokens(query).collect();
    let Some((last, whole)) = asked.split_last() else {
        return false;
    };
    whole.iter().all(|asked| tokens(words).any(|word| word == *asked))
        && tokens(words).any(|word| word.starts_with(last))
}

/// The query in the language of FTS5; `None` if it has no word.
fn expression(query: &str) -> Option<String> {
    // A token has no quotation mark, which is where the tokenizer splits.
    let quoted: Vec<_> = tokens(query).map(|token| format!("\"{token}\"")).collect();
    (!quoted.is_empty()).then(|| format!("{}*", quoted.join(" ")))
}

/// A search.
#[derive(Debug)]
pub struct Search<'a> {
    /// Among what.
    pub among: Among,
    /// The table of the things, called `t`.
    pub table: &'a str,
    /// A condition that begins with ` AND `, or nothing.
    pub condition: &'a str,
    /// A query for the ids of everything that meets the condition, from an index, if there is one.
    pub fulfil: Option<&'a str>,
    /// The parameter that condition and query mean by `?1`, if they mention it.
    pub parameter: Option<&'a str>,
}

impl Search<'_> {
    /// Lists the things found by `query`, a folded text, newest first, at most `most` after the cursor `after`. Each row is
    /// its number as text, the id and the record. If the page examined as many rows as it may, the second value is the
    /// place to continue from.
    ///
    /// # Errors
    /// [`SqlError`] when the store fails.
    pub fn find(
        &self,
        sql: &dyn Sql,
        query: &str,
        after: (&str, &str),
        most: i64,
    ) -> Result<(Vec<Row>, Option<Place>), SqlError> {
        let Some(expression) = expression(query) else {
            return Ok((Vec::new(), None));
        };
        let before: i64 = after.0.parse().unwrap_or(END);
        if let Some(few) = self.few(sql)? {
            return Ok((self.among_few(sql, &few, query, before, most)?, None));
        }
        let found = self.among.table();
        let looked_at = if self.condition.is_empty() { most } else { LOOKED_AT };
        let inner =
            format!("SELECT rowid, id FROM {found} WHERE {found} MATCH ?2 AND rowid < ?3 ORDER BY rowid DESC LIMIT ?4");
        let parameters = || {
            vec![
                self.parameter(),
                expression.as_str().into(),
                before.into(),
                looked_at.into(),
            ]
        };
        let mut more = None;
        if !self.condition.is_empty() {
            let statement = format!("SELECT count(*), min(rowid) FROM ({inner})");
            let rows = sql.run(&statement, parameters())?;
            if let Some(row) = rows.first()
                && row.integer(0)? >= looked_at
            {
                more = Some((row.integer(1)?.to_string(), String::new()));
            }
        }
        let statement = format!(
            "SELECT CAST(f.rowid AS TEXT), t.id, t.record FROM ({inner}) f CROSS JOIN {} WHERE t.id = f.id{} \
             ORDER BY f.rowid DESC LIMIT ?5",
            self.table, self.condition
        );
        let mut parameters = parameters();
        parameters.push(most.into());
        Ok((sql.run(&statement, parameters)?, more))
    }

    fn parameter(&self) -> Value {
        self.parameter.map_or(Value::Null, Value::from)
    }

    /// The ids that meet the condition, if they are few.
    fn few(&self, sql: &dyn Sql) -> Result<Option<Vec<String>>, SqlError> {
        let Some(fulfil) = self.fulfil else {
            return Ok(None);
        };
        let statement = format!("SELECT id FROM ({fulfil}) LIMIT {FEW}");
        let rows = sql.run(&statement, self.parameter.map(Value::from).into_iter().collect())?;
        if rows.len() >= FEW {
            return Ok(None);
        }
        rows.iter()
            .map(|row| row.text(0).map(str::to_owned))
            .collect::<Result<_, _>>()
            .map(Some)
    }

    /// Those of `few` that the query finds. Going through them is cheaper than going through the matches of a common word.
    fn among_few(
        &self,
        sql: &dyn Sql,
        few: &[String],
        query: &str,
        before: i64,
        most: i64,
    ) -> Result<Vec<Row>, SqlError> {
        let ids = serde_json::to_string(few).map_err(|error| SqlError::Damaged(error.to_string()))?;
        let statement = format!(
            "SELECT CAST(f.rowid AS TEXT), t.id, t.record, f.rowid, f.words FROM json_each(?2) AS wanted CROSS JOIN {} \
             CROSS JOIN {} f WHERE t.id = wanted.value AND f.rowid BETWEEN {} AND {} + {NEIGHBOURS} AND f.id = t.id{} \
             ORDER BY f.rowid DESC",
            self.table,
            self.among.table(),
            self.number(),
            self.number(),
            self.condition
        );
        let rows = sql.run(&statement, vec![self.parameter(), ids.into()])?;
        let mut found = Vec::new();
        for mut row in rows {
            // Checked here: in the statement, SQLite would use this bound instead of the one that locates each row.
            if row.integer(3)? < before && finds(query, row.text(4)?) {
                row.0.truncate(3);
                found.push(row);
            }
        }
        found.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        Ok(found)
    }

    /// [`number`] of `t` in SQL.
    const fn number(&self) -> &'static str {
        match self.among {
            Among::Devices => NUMBER_OF_DEVICE,
            Among::Registrations => NUMBER_OF_REGISTRATION,
            Among::Equipment => NUMBER_OF_EQUIPMENT,
        }
    }
}

macro_rules! number_in_sql {
    ($at:literal) => {
        concat!(
            "((",
            $at,
            " << 20) | ((unicode(substr(t.id, 1, 1)) & 31) << 15) | ((unicode(substr(t.id, 2, 1)) & 31) << 10) | ",
            "((unicode(substr(t.id, 3, 1)) & 31) << 5) | (unicode(substr(t.id, 4, 1)) & 31))"
        )
    };
}

const NUMBER_OF_DEVICE: &str = number_in_sql!("t.since");
const NUMBER_OF_REGISTRATION: &str = number_in_sql!("t.requested_at");
const NUMBER_OF_EQUIPMENT: &str = number_in_sql!("t.since");

#[cfg(test)]
mod tests {
    use tegata_domain::time::UnixSeconds;

    use super::{Among, NEIGHBOURS, Search, delete, finds, number, save};
    use crate::migrations::{TENANT, apply};
    use crate::native::NativeSql;
    use crate::sql::Sql as _;

    const AT: UnixSeconds = UnixSeconds(1_795_000_000);

    fn found(sql: &NativeSql, query: &str) -> Vec<String> {
        let search = Search {
            among: Among::Devices,
            table: "(SELECT id, '{}' AS record FROM found_device) t",
            condition: "",
            fulfil: None,
            parameter: None,
        };
        let (rows, _) = search.find(sql, query, ("", ""), 50).unwrap();
        rows.iter().map(|row| row.text(1).unwrap().to_owned()).collect()
    }

    #[test]
    fn a_thing_is_found_by_its_words_and_the_beginning_of_one() {
        let sql = NativeSql::in_memory().unwrap();
        apply(&sql, TENANT).unwrap();
        save(
            &sql,
            Among::Devices,
            ("AAAAx", AT),
            "佐藤 花子 青空精工 受付pc taro.sato@aozora.example",
        )
        .unwrap();
        save(
            &sql,
            Among::Devices,
            ("BBBBx", AT.plus(1)),
            "鈴木 花子 \"quoted\" pc-01",
        )
        .unwrap();
        for (query, expected) in [
            ("花", vec!["BBBBx", "AAAAx"]),
            ("佐藤 花", vec!["AAAAx"]),
            ("花子 佐藤", vec!["AAAAx"]),
            ("taro.sa", vec!["AAAAx"]),
            ("sato@aozora.exam", vec!["AAAAx"]),
            ("PC-0".to_lowercase().as_str(), vec!["BBBBx"]),
            ("quo", vec!["BBBBx"]),
            ("子", vec![]),
            ("\" OR \"", vec![]),
            ("*", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(found(&sql, query), expected, "{query}");
        }
        assert!(finds("花子 佐", "佐藤 花子") && !finds("花 佐", "佐藤 花子"));
    }

    #[test]
    fn things_of_one_second_and_one_beginning_are_kept_apart() {
        let sql = NativeSql::in_memory().unwrap();
        apply(&sql, TENANT).unwrap();
        let ids: Vec<_> = (0..=NEIGHBOURS).map(|number| format!("AAAA{number}")).collect();
        for id in &ids {
            save(&sql, Among::Devices, (id, AT), "same").unwrap();
        }
        assert_eq!(found(&sql, "same").len(), ids.len());
        delete(&sql, Among::Devices, ("AAAA0", AT)).unwrap();
        save(&sql, Among::Devices, ("AAAA7", AT), "other").unwrap();
        assert_eq!(
            (found(&sql, "same").len(), found(&sql, "other")),
            (ids.len() - 2, vec!["AAAA7".to_owned()])
        );
    }

    #[test]
    fn numbers_unchanged() {
        // A number is how a thing's row is found again.
        assert_eq!(
            number("AgAAAAAAAAAAAAAAAAAAAA", AT),
            (1_795_000_000 << 20) | (1 << 15) | (7 << 10) | (1 << 5) | 1
        );
        let sql = NativeSql::in_memory().unwrap();
        for id in ["AgAA", "_-9z", "sYL5"] {
            let statement = format!(
                "SELECT {} FROM (SELECT '{id}' AS id, {} AS since) t",
                super::NUMBER_OF_DEVICE,
                AT.0
            );
            let rows = sql.run(&statement, Vec::new()).unwrap();
            assert_eq!(rows[0].integer(0).unwrap(), number(id, AT), "{id}");
        }
    }
}
