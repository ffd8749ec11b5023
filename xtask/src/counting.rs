//! A worker wrapped in counters (`bench/peers/counting.mjs`): what it reads and writes, as workerd itself reports it, at the
//! vendor's prices.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Result;
use serde::Deserialize;

use crate::build::Flavour;
use crate::bundle::bundle;
use crate::http::JsonClient;

// Dollars per million, from the vendor's price list.
const ROW_WRITTEN: f64 = 1.0;
const OBJECT_REQUEST: f64 = 0.15;
const KV_WRITE: f64 = 5.0;
const KV_READ: f64 = 0.5;

/// Writes the development build, wrapped in counters, into `directory`.
pub fn wrap(directory: &Path) -> Result<()> {
    let built = Flavour::Development.directory();
    let worker = built.join("index.js");
    bundle("counting", &directory.join("index.js"), &[("tegata-worker", &worker)])?;
    fs::copy(built.join("index_bg.wasm"), directory.join("index_bg.wasm"))?;
    Ok(())
}

/// The sums of `bench/peers/counting.mjs`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Counts {
    pub requests: f64,
    pub tenant_calls: f64,
    pub keyring_calls: f64,
    pub budget_calls: f64,
    pub alarms: f64,
    pub rows_read: f64,
    pub rows_written: f64,
    pub set_alarms: f64,
    pub kv_reads: f64,
    pub kv_writes: f64,
    /// Rows that SQLite itself changed, those of FTS5's shadow tables included: what `total_changes()` says.
    pub changes: f64,
    /// Rows written by each statement.
    pub written_by: BTreeMap<String, f64>,
}

impl Counts {
    /// The price in dollars. Each alarm set counts as a row written, each alarm that fires as a request to an object.
    pub fn price(&self) -> f64 {
        let objects = self.object_calls() + self.alarms;
        let rows = self.rows_written + self.set_alarms;
        (rows * ROW_WRITTEN + objects * OBJECT_REQUEST + self.kv_writes * KV_WRITE + self.kv_reads * KV_READ) / 1e6
    }

    /// Calls of objects of every class.
    pub fn object_calls(&self) -> f64 {
        self.tenant_calls + self.keyring_calls + self.budget_calls
    }

    /// The mean of `paths` runs between two sums.
    pub fn per_path(after: &Self, before: &Self, paths: usize) -> Self {
        let mean = |field: fn(&Self) -> f64| (field(after) - field(before)) / paths as f64;
        Self {
            requests: mean(|counts| counts.requests),
            tenant_calls: mean(|counts| counts.tenant_calls),
            keyring_calls: mean(|counts| counts.keyring_calls),
            budget_calls: mean(|counts| counts.budget_calls),
            alarms: mean(|counts| counts.alarms),
            rows_read: mean(|counts| counts.rows_read),
            rows_written: mean(|counts| counts.rows_written),
            set_alarms: mean(|counts| counts.set_alarms),
            kv_reads: mean(|counts| counts.kv_reads),
            kv_writes: mean(|counts| counts.kv_writes),
            changes: mean(|counts| counts.changes),
            written_by: after
                .written_by
                .iter()
                .map(|(statement, rows)| {
                    let earlier = before.written_by.get(statement).copied().unwrap_or_default();
                    (statement.clone(), (rows - earlier) / paths as f64)
                })
                .filter(|(_, rows)| *rows > 0.0)
                .collect(),
        }
    }
}

impl Counts {
    /// The sums of the edge at `url` so far.
    pub fn of(url: &str) -> Result<Self> {
        let sums = JsonClient::new(url, None).get("/bench/counts")?.success()?;
        Ok(serde_json::from_value(sums)?)
    }
}
