//! The SQL port: the small synchronous part of SQLite that all objects are written against.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Why a statement failed. The text is for logs and contains no parameter values.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SqlError {
    /// The store refused the statement.
    #[error("statement failed: {0}")]
    Statement(String),
    /// A row does not have its expected shape.
    #[error("stored record is damaged: {0}")]
    Damaged(String),
}

/// A statement parameter or a column value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// NULL.
    Null,
    /// An integer that a double can hold exactly (the platform passes integers as doubles).
    Integer(i64),
    /// Text.
    Text(String),
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

/// A row of a result.
#[derive(Debug, Clone)]
pub struct Row(pub Vec<Value>);

impl Row {
    /// Reads the integer in `column`.
    ///
    /// # Errors
    /// [`SqlError::Damaged`] when the column is missing or has another type.
    pub fn integer(&self, column: usize) -> Result<i64, SqlError> {
        match self.0.get(column) {
            Some(Value::Integer(value)) => Ok(*value),
            other => Err(SqlError::Damaged(format!(
                "column {column} is {other:?}, not an integer"
            ))),
        }
    }

    /// Reads the integer in `column`, or `None` for NULL.
    ///
    /// # Errors
    /// [`SqlError::Damaged`] when the column is missing or has another type.
    pub fn optional(&self, column: usize) -> Result<Option<i64>, SqlError> {
        match self.0.get(column) {
            Some(Value::Null) => Ok(None),
            _ => self.integer(column).map(Some),
        }
    }

    /// Reads the text in `column`.
    ///
    /// # Errors
    /// [`SqlError::Damaged`] when the column is missing or has another type.
    pub fn text(&self, column: usize) -> Result<&str, SqlError> {
        match self.0.get(column) {
            Some(Value::Text(value)) => Ok(value),
            _ => Err(SqlError::Damaged(format!("column {column} is not text"))),
        }
    }

    /// Reads the record in `column`.
    ///
    /// # Errors
    /// [`SqlError::Damaged`] when it is not the JSON of a `T`.
    pub fn record<T: DeserializeOwned>(&self, column: usize) -> Result<T, SqlError> {
        tegata_domain::wire::json::read(self.text(column)?).map_err(|error| SqlError::Damaged(error.to_string()))
    }
}

/// Serialises a record as JSON for storage.
///
/// # Errors
/// [`SqlError::Damaged`] when it cannot be represented as JSON.
pub fn json(record: &impl Serialize) -> Result<Value, SqlError> {
    serde_json::to_string(record)
        .map(Value::Text)
        .map_err(|error| SqlError::Damaged(error.to_string()))
}

/// A SQLite database, used from one thread.
pub trait Sql {
    /// Runs one statement with positional parameters and returns its rows.
    ///
    /// # Errors
    /// [`SqlError::Statement`].
    fn run(&self, statement: &str, parameters: Vec<Value>) -> Result<Vec<Row>, SqlError>;

    /// Runs `body` in a transaction and rolls it back when `body` returns `false`. Transactions may be nested.
    ///
    /// # Errors
    /// [`SqlError::Statement`] when the transaction itself fails.
    fn transaction(&self, body: &mut dyn FnMut() -> bool) -> Result<(), SqlError>;
}

/// Reads the first row of a result as a record in its only column.
pub(crate) fn one<T: DeserializeOwned>(rows: &[Row]) -> Result<Option<T>, SqlError> {
    rows.first().map(|row| row.record(0)).transpose()
}

/// Reads every row of a result as a record in its only column.
pub(crate) fn all<T: DeserializeOwned>(rows: &[Row]) -> Result<Vec<T>, SqlError> {
    rows.iter().map(|row| row.record(0)).collect()
}
