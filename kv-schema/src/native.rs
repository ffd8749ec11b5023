//! The SQL port on rusqlite. It runs the same statements as the platform, natively, for tests, models and the
//! benchmark.

use std::cell::{Cell, RefCell};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::types::{Value as SqliteValue, ValueRef};
use rusqlite::{Connection, MAIN_DB as MAIN, OpenFlags, StatementStatus, params_from_iter};

use crate::migrations;
use crate::sql::{Row, Sql, SqlError, Value};

/// Statements that are kept prepared: more than an object has.
const STATEMENTS: usize = 512;

/// Steps, and a database that has applied them.
type Image = (&'static [&'static str], Arc<[u8]>);

/// A database whose writes can be made to fail.
pub struct NativeSql {
    connection: RefCell<Connection>,
    writes_before_failure: Cell<Option<u32>>,
    steps: Cell<i64>,
}

fn failed(error: rusqlite::Error) -> SqlError {
    SqlError::Statement(error.to_string())
}

impl NativeSql {
    /// Opens an empty database in memory.
    ///
    /// # Errors
    /// [`SqlError::Statement`] when SQLite cannot open one.
    pub fn in_memory() -> Result<Self, SqlError> {
        Connection::open_in_memory().map(Self::of).map_err(failed)
    }

    /// Opens a database in memory that has applied `steps`: a copy of one that is made once in a process.
    ///
    /// # Errors
    /// [`SqlError`] when SQLite cannot open one, or a step fails.
    pub fn migrated(steps: &'static [&'static str]) -> Result<Self, SqlError> {
        /// What was made so far, each with its steps.
        static MADE: Mutex<Vec<Image>> = Mutex::new(Vec::new());
        // No holder panics, and the list is whole between any two statements.
        let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        let known = made.iter().find(|(of, _)| std::ptr::eq(*of, steps));
        let image = match known.map(|(_, image)| Arc::clone(image)) {
            Some(image) => image,
            None => {
                let first = Self::in_memory()?;
                migrations::apply(&first, steps)?;
                let image: Arc<[u8]> = first
                    .connection
                    .borrow_mut()
                    .serialize(MAIN)
                    .map_err(failed)?
                    .as_ref()
                    .into();
                made.push((steps, Arc::clone(&image)));
                image
            }
        };
        drop(made);
        let copy = Self::in_memory()?;
        let read = copy
            .connection
            .borrow_mut()
            .deserialize_read_exact(MAIN, &*image, image.len(), false);
        read.map_err(failed)?;
        Ok(copy)
    }

    /// Opens the database in `file`, for example that of an object whose process has stopped.
    ///
    /// # Errors
    /// [`SqlError::Statement`] when SQLite cannot open it.
    pub fn open(file: &Path) -> Result<Self, SqlError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Connection::open_with_flags(file, flags).map(Self::of).map_err(failed)
    }

    fn of(connection: Connection) -> Self {
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        Self {
            connection: RefCell::new(connection),
            writes_before_failure: Cell::new(None),
            steps: Cell::new(0),
        }
    }

    /// Virtual machine steps that SQLite has executed so far: the cost of the statements, identical on every machine.
    pub const fn steps(&self) -> i64 {
        self.steps.get()
    }

    /// Makes every write after the next `count` fail. `None` ends the failures.
    pub fn fail_after(&self, count: Option<u32>) {
        self.writes_before_failure.set(count);
    }

    fn may_write(&self, statement: &str) -> Result<(), SqlError> {
        if statement.trim_start().starts_with("SELECT") {
            return Ok(());
        }
        match self.writes_before_failure.get() {
            Some(0) => Err(SqlError::Statement("the disk is full".to_owned())),
            left => {
                self.writes_before_failure.set(left.map(|n| n.saturating_sub(1)));
                Ok(())
            }
        }
    }
}

impl Sql for NativeSql {
    fn run(&self, statement: &str, parameters: Vec<Value>) -> Result<Vec<Row>, SqlError> {
        self.may_write(statement)?;
        let connection = self.connection.borrow();
        let mut prepared = connection.prepare_cached(statement).map_err(failed)?;
        prepared.reset_status(StatementStatus::VmStep);
        let columns = prepared.column_count();
        let parameters = parameters.into_iter().map(|value| match value {
            Value::Null => SqliteValue::Null,
            Value::Integer(value) => SqliteValue::Integer(value),
            Value::Text(value) => SqliteValue::Text(value),
        });
        let mut rows = prepared.query(params_from_iter(parameters)).map_err(failed)?;
        let mut result = Vec::new();
        while let Some(row) = rows.next().map_err(failed)? {
            let read = |column| match row.get_ref(column).map_err(failed)? {
                ValueRef::Integer(value) => Ok(Value::Integer(value)),
                ValueRef::Text(value) => Ok(Value::Text(String::from_utf8_lossy(value).into_owned())),
                ValueRef::Null => Ok(Value::Null),
                ValueRef::Real(_) | ValueRef::Blob(_) => Err(SqlError::Damaged("unexpected column type".to_owned())),
            };
            result.push(Row((0..columns).map(read).collect::<Result<_, _>>()?));
        }
        drop(rows);
        let steps = i64::from(prepared.get_status(StatementStatus::VmStep));
        self.steps.set(self.steps.get().saturating_add(steps));
        Ok(result)
    }

    fn transaction(&self, body: &mut dyn FnMut() -> bool) -> Result<(), SqlError> {
        let execute = |statement| self.connection.borrow().execute_batch(statement).map_err(failed);
        execute("SAVEPOINT piece")?;
        execute(if body() {
            "RELEASE piece"
        } else {
            "ROLLBACK TO piece; RELEASE piece"
        })
    }
}
