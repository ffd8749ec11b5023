//! What things are found by: folded texts, each leading to the thing that holds it. A search is a prefix of a text.

use crate::sql::{Row, Sql, SqlError, Value};

/// What is searched among. Stored by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among {
    /// Users.
    Users,
    /// Devices.
    Devices,
    /// Viewers' requests.
    Registrations,
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
            Self::Devices => "device",
            Self::Registrations => "registration",
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
pub const LOOKED_AT: i64 = 1_000;

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
    /// Further conditions, each after ` AND `; their parameters begin with `?8`.
    pub conditions: &'a str,
    /// These parameters.
    pub parameters: Vec<Value>,
}

impl Search<'_> {
    /// The things with a term that begins with `prefix`, each once, in the order of its first such term, from behind
    /// `after` (that term and the id). Each row is that term, the id, and the columns.
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
        // The index is entered here: from the very beginning it would be read up to the prefix.
        let after = after.max((prefix, ""));
        let mut parameters: Vec<Value> = vec![
            self.among.name().into(),
            prefix.into(),
            after.0.into(),
            after.1.into(),
            format!("{prefix}\u{10ffff}").into(),
        ];
        let more = if conditions.is_empty() {
            None
        } else {
            let order = "SELECT term, id FROM search_term WHERE kind = ?1 AND (term, id) > (?3, ?4) \
                         AND term < ?5 ORDER BY term, id";
            last_looked_at(sql, order, parameters.clone())?
        };
        if let Some((term, _)) = &more {
            parameters.pop();
            parameters.push(term.as_str().into());
        }
        let last = more.as_ref().map_or("", |(_, id)| id);
        parameters.extend([last.into(), most.into()]);
        parameters.extend(self.parameters);
        let statement = format!(
            "SELECT s.term, s.id, {columns} FROM search_term s CROSS JOIN {table} \
             WHERE t.id = s.id AND s.kind = ?1 AND (s.term, s.id) > (?3, ?4) AND (s.term, s.id) <= (?5, ?6) \
             AND NOT EXISTS (SELECT 1 FROM search_term f \
             WHERE f.kind = ?1 AND f.id = s.id AND f.term >= ?2 AND f.term < s.term){conditions} \
             ORDER BY s.term, s.id LIMIT ?7"
        );
        Ok((sql.run(&statement, parameters)?, more))
    }
}
