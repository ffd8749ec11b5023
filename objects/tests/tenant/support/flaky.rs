//! A store that fails on demand, at one statement or at the commit.

use std::cell::Cell;

use tegata_kv_schema::migrations;
use tegata_kv_schema::native::NativeSql;
use tegata_kv_schema::sql::{Row, Sql, SqlError, Value};

/// The stored data, one line per row.
pub struct Dump(Vec<String>);

impl Dump {
    pub fn contains(&self, text: &str) -> bool {
        self.0.iter().any(|row| row.contains(text))
    }

    /// Asserts that nothing was written in between.
    pub fn assert_same(&self, later: &Self, why: &str) {
        let only_in = |these: &[String], those: &[String]| -> Vec<String> {
            these.iter().filter(|row| !those.contains(row)).cloned().collect()
        };
        let (gone, new) = (only_in(&self.0, &later.0), only_in(&later.0, &self.0));
        assert!(
            gone.is_empty() && new.is_empty(),
            "{why}\ngone: {gone:#?}\nnew: {new:#?}"
        );
    }
}

/// The native store, with faults that can be scheduled.
pub struct Flaky {
    native: NativeSql,
    statements_before_fault: Cell<Option<u32>>,
    commit_fails: Cell<bool>,
    writes: Cell<u32>,
}

impl Flaky {
    pub fn new() -> Self {
        Self::on(NativeSql::in_memory().expect("SQLite opens in memory"))
    }

    /// That of an object which is about to become a tenant, and whose tables are there.
    pub fn migrated() -> Self {
        Self::on(NativeSql::migrated(migrations::TENANT).expect("SQLite opens in memory"))
    }

    const fn on(native: NativeSql) -> Self {
        Self {
            native,
            statements_before_fault: Cell::new(None),
            commit_fails: Cell::new(false),
            writes: Cell::new(0),
        }
    }

    /// Makes every write after the next `count` fail.
    pub fn fill_up_after(&self, count: u32) {
        self.native.fail_after(Some(count));
    }

    /// Makes only the statement after the next `count` fail, whether it reads or writes; later ones succeed.
    pub fn stumble_after(&self, count: u32) {
        self.statements_before_fault.set(Some(count));
    }

    /// Makes the next commit fail.
    pub fn fail_commit(&self) {
        self.commit_fails.set(true);
    }

    /// The number of attempted writes so far.
    pub fn writes(&self) -> u32 {
        self.writes.get()
    }

    /// Removes all faults. Returns whether the scheduled fault had not happened yet.
    pub fn mend(&self) -> bool {
        self.native.fail_after(None);
        self.commit_fails.set(false);
        self.statements_before_fault.take().is_some()
    }

    /// Counts the rows of `table`; 0 when there is no such table.
    pub fn count(&self, table: &str) -> i64 {
        let counted = self.native.run(&format!("SELECT count(*) FROM {table}"), Vec::new());
        counted
            .ok()
            .and_then(|rows| rows.first()?.integer(0).ok())
            .unwrap_or_default()
    }

    /// Everything the store holds.
    pub fn dump(&self) -> Dump {
        // FTS5 keeps its own tables beside each of ours that it serves.
        let tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
                      AND name NOT GLOB 'found_*_*' ORDER BY name";
        let mut lines = Vec::new();
        for table in self.native.run(tables, Vec::new()).expect("tables can be listed") {
            let name = table.text(0).expect("a table has a name");
            let rows = self
                .native
                .run(&format!("SELECT * FROM {name}"), Vec::new())
                .expect("a table can be read");
            lines.extend(rows.iter().map(|row| format!("{name} {:?}", row.0)));
        }
        lines.sort();
        Dump(lines)
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
