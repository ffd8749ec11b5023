//! What things are found by: folded texts, each leading to the thing that holds it. A search is a prefix of a text.

use crate::sql::{Row, Sql, SqlError, Value};

/// What is searched among. Stored by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among {
    /// Users.
    Users,
    /// A provider's customers.
    Customers,
    /// Inquiries of the tenant.
    Inquiries,
    /// Inquiries of a provider's customers.
    DeskInquiries,
}

impl Among {
    /// The name it is stored under.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Users => "user",
            Self::Customers => "customer",
            Self::Inquiries => "inquiry",
            Self::DeskInquiries => "desk_inquiry",
        }
    }
}

/// Makes `terms` all that `id` is found by.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, among: Among, id: &str, terms: &[String]) -> Result<(), SqlError> {
    delete(sql, among, id)?;
    for term in terms {
        sql.run(
            "INSERT OR IGNORE INTO search_term (kind, term, id) VALUES (?, ?, ?)",
            vec![among.name().into(), term.as_str().into(), id.into()],
        )?;
    }
    Ok(())
}

/// Makes that `id` is found no more.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn delete(sql: &dyn Sql, among: Among, id: &str) -> Result<(), SqlError> {
    sql.run(
        "DELETE FROM search_term WHERE kind = ? AND id = ?",
        vec![among.name().into(), id.into()],
    )
    .map(drop)
}

/// Most rows of an index looked at for one page, where each has to be checked. A page may be short for it, and then says
/// where to go on.
pub const LOOKED_AT: i64 = 500;
/// Up to so many things that fulfil a condition are gone through themselves, instead of what is found.
const FEW: i64 = 300;

/// A place in an order: what is ordered by, and the id.
pub type Place = (String, String);

/// A part of a list.
#[derive(Debug)]
pub struct Listed<T> {
    /// The rows, each with what it is ordered by.
    pub rows: Vec<(String, T)>,
    /// The last place that was looked at, where there may be more behind it.
    pub more: Option<Place>,
}

impl<T> Listed<T> {
    /// Reads `rows`, which begin with their places.
    pub(crate) fn of(
        (rows, more): (Vec<Row>, Option<Place>),
        read: impl Fn(&Row) -> Result<T, SqlError>,
    ) -> Result<Self, SqlError> {
        let rows = rows.iter().map(|row| Ok((row.text(0)?.to_owned(), read(row)?)));
        Ok(Self {
            rows: rows.collect::<Result<_, _>>()?,
            more,
        })
    }
}

/// The place of the last row of `order` that is looked at; `None` where it ends before.
pub(crate) fn last_looked_at(
    sql: &dyn Sql,
    order: &str,
    mut parameters: Vec<Value>,
) -> Result<Option<Place>, SqlError> {
    parameters.push(LOOKED_AT.saturating_sub(1).into());
    let rows = sql.run(&format!("{order} LIMIT 1 OFFSET ?"), parameters)?;
    let place = |row: &Row| Ok((row.text(0)?.to_owned(), row.text(1)?.to_owned()));
    rows.first().map(place).transpose()
}

/// A search.
#[derive(Debug)]
pub struct Search<'a> {
    /// Among what.
    pub among: Among,
    /// The table of the things, called `t`, and what is joined to it.
    pub table: &'a str,
    /// The columns that are wanted.
    pub columns: &'a str,
    /// Further conditions, each after ` AND `.
    pub conditions: &'a str,
    /// The ids of all that fulfil one of the conditions, from an index, where there is one.
    pub fulfil: Option<&'a str>,
    /// What conditions and `fulfil` mean by `?1`.
    pub parameter: Option<Value>,
}

impl Search<'_> {
    /// The things with a term that begins with `prefix`, each once, in the order of its first such term, from behind
    /// `after` (that term and the id). Each row is that term, the id, and the columns.
    ///
    /// If a page ends at a record the caller may not see, the cursor does not reveal its term: it consists of no term and
    /// `id+n`, the `n`th term of that id.
    ///
    /// # Errors
    /// [`SqlError`] when the store fails.
    pub fn find(
        self,
        sql: &dyn Sql,
        prefix: &str,
        after: (&str, &str),
        most: i64,
    ) -> Result<(Vec<Row>, Option<Place>), SqlError> {
        let (columns, table, conditions) = (self.columns, self.table, self.conditions);
        let few = self.few(sql)?;
        let after = match after.1.split_once('+') {
            Some((id, number)) => self.named(sql, prefix, id, number.parse().unwrap_or(0))?,
            None => (after.0.to_owned(), after.1.to_owned()),
        };
        // The index is entered here: from the very beginning it would be read up to the prefix.
        let begin = after.max((prefix.to_owned(), String::new()));
        let mut last = (format!("{prefix}\u{10ffff}"), String::new());
        let mut more = None;
        if !conditions.is_empty()
            && few.is_none()
            && let Some(place) = self.last_looked_at(sql, &begin, &last.0)?
        {
            more = Some((String::new(), self.nameless(sql, prefix, &place)?));
            last = place;
        }
        let (few, is_one) = few.map_or_else(Default::default, |ids| {
            (format!("({ids}) few CROSS JOIN "), " AND s.id = few.id")
        });
        let statement = format!(
            "SELECT s.term, s.id, {columns} FROM {few}search_term s CROSS JOIN {table} \
             WHERE t.id = s.id{is_one} AND s.kind = ?2 AND (s.term, s.id) > (?4, ?5) AND (s.term, s.id) <= (?6, ?7) \
             AND NOT EXISTS (SELECT 1 FROM search_term f \
             WHERE f.kind = ?2 AND f.id = s.id AND f.term >= ?3 AND f.term < s.term){conditions} \
             ORDER BY s.term, s.id LIMIT ?8"
        );
        let parameters = vec![
            self.parameter.unwrap_or(Value::Null),
            self.among.name().into(),
            prefix.into(),
            begin.0.into(),
            begin.1.into(),
            last.0.into(),
            last.1.into(),
            most.into(),
        ];
        Ok((sql.run(&statement, parameters)?, more))
    }

    /// `place` without its term.
    fn nameless(&self, sql: &dyn Sql, prefix: &str, (term, id): &Place) -> Result<String, SqlError> {
        let statement = "SELECT count(*) FROM search_term WHERE kind = ? AND id = ? AND term >= ? AND term < ?";
        let parameters = vec![
            self.among.name().into(),
            id.as_str().into(),
            prefix.into(),
            term.as_str().into(),
        ];
        let rows = sql.run(statement, parameters)?;
        let number = rows.first().map_or(Ok(0), |row| row.integer(0))?;
        Ok(format!("{id}+{number}"))
    }

    /// The place that [`Self::nameless`] has written; the very first where it is gone.
    fn named(&self, sql: &dyn Sql, prefix: &str, id: &str, number: u32) -> Result<Place, SqlError> {
        let statement = "SELECT term FROM search_term WHERE kind = ? AND id = ? AND term >= ? \
                         ORDER BY term LIMIT 1 OFFSET ?";
        let parameters = vec![
            self.among.name().into(),
            id.into(),
            prefix.into(),
            i64::from(number).into(),
        ];
        let rows = sql.run(statement, parameters)?;
        let term = rows.first().map(|row| row.text(0).map(str::to_owned)).transpose()?;
        Ok(term.map(|term| (term, id.to_owned())).unwrap_or_default())
    }

    /// Those that fulfil a condition, where they are few.
    fn few(&self, sql: &dyn Sql) -> Result<Option<&str>, SqlError> {
        let Some(ids) = self.fulfil else {
            return Ok(None);
        };
        let statement = format!("SELECT count(*) FROM ({ids} LIMIT {FEW})");
        let rows = sql.run(&statement, self.parameter.iter().cloned().collect())?;
        let count = rows.first().map_or(Ok(0), |row| row.integer(0))?;
        Ok((count < FEW).then_some(ids))
    }

    fn last_looked_at(&self, sql: &dyn Sql, begin: &Place, end: &str) -> Result<Option<Place>, SqlError> {
        let order = "SELECT term, id FROM search_term WHERE kind = ? AND (term, id) > (?, ?) AND term < ? \
                     ORDER BY term, id";
        let parameters = vec![
            self.among.name().into(),
            begin.0.as_str().into(),
            begin.1.as_str().into(),
            end.into(),
        ];
        last_looked_at(sql, order, parameters)
    }
}
