//! A store that fails on demand: one statement, or the commit, and nothing else.

use std::cell::Cell;

use tegata_kv_schema::native::NativeSql;
use tegata_kv_schema::sql::{Row, Sql, SqlError, Value};

/// The native store with a fault to come.
pub struct Flaky {
    native: NativeSql,
    statements_before_fault: Cell<Option<u32>>,
    commit_fails: Cell<bool>,
    writes: Cell<u32>,
}

impl Flaky {
    pub fn new() -> Self {
        Self {
            native: NativeSql::in_memory().expect("SQLite opens in memory"),
            statements_before_fault: Cell::new(None),
            commit_fails: Cell::new(false),
            writes: Cell::new(0),
        }
    }

    /// Makes every write after the next `count` fail.
    pub fn fill_up_after(&self, count: u32) {
        self.native.fail_after(Some(count));
    }

    /// Makes the one statement, read or write, after the next `count` fail, and those behind it work again.
    pub fn stumble_after(&self, count: u32) {
        self.statements_before_fault.set(Some(count));
    }

    /// Makes the next commit fail.
    pub fn fail_commit(&self) {
        self.commit_fails.set(true);
    }

    /// Writes tried so far.
    pub fn writes(&self) -> u32 {
        self.writes.get()
    }

    /// Works again; whether the fault is still to come.
    pub fn mend(&self) -> bool {
        self.native.fail_after(None);
        self.commit_fails.set(false);
        self.statements_before_fault.take().is_some()
    }

    /// Everything that is stored, a line for each row.
    pub fn dump(&self) -> String {
        let tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
        let mut lines = Vec::new();
        for table in self.native.run(tables, Vec::new()).expect("tables can be listed") {
            let name = table.text(0).expect("a table has a name");
            let rows = self
                .native
                .run(&format!("SELECT * FROM {name}"), Vec::new())
                .expect("a table can be read");
            lines.push(format!("{name}:"));
            lines.extend(rows.iter().map(|row| format!("{name} {:?}", row.0)));
        }
        lines.sort();
        lines.join("\n")
    }
}

impl Sql for Flaky {
    fn run(&self, statement: &str, parameters: Vec<Value>) -> Result<Vec<Row>, SqlError> {
        if !statement.starts_with("SELECT") {
            self.writes.set(self.writes.get() + 1);
        }
        match self.statements_before_fault.get() {
            Some(0) => {
                self.statements_before_fault.set(None);
                return Err(SqlError::Statement("the disk stumbled".to_owned()));
            }
            left => self.statements_before_fault.set(left.map(|n| n - 1)),
        }
        self.native.run(statement, parameters)
    }

    fn transaction(&self, body: &mut dyn FnMut() -> bool) -> Result<(), SqlError> {
        if !self.commit_fails.take() {
            return self.native.transaction(body);
        }
        self.native.transaction(&mut || {
            body();
            false
        })?;
        Err(SqlError::Statement("the commit failed".to_owned()))
    }
}
