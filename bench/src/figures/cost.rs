//! The cost of a path on the platform: the reads and writes that workerd itself reports (`peers/counting.mjs`), at the
//! vendor's prices.

use std::{collections::BTreeMap, fs, time::Duration};

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::json;
use tokio::time::sleep;
use xtask::{build::Flavour, bundle::bundle, http::JsonClient};

use crate::{
    edge::{Edge, Viewer, gated, refreshing, requester},
    http1::Connection,
    mailbox::{self, Mail},
    origin::Origin,
    proofs::{Algorithm, PcKey},
    report::Row,
    signing::access_token,
};

/// Number of paths that a figure averages. Together with the warm-up and the refresh paths, a tenant's approver gets
/// fewer than 20 requests: after 20 in an hour, requests no longer get a mail of their own.
const PATHS: usize = 16;
const SETTLED: Duration = Duration::from_millis(1500);
const LOOK: Duration = Duration::from_millis(50);

// Dollars per million, from the vendor's price list.
const ROW_WRITTEN: f64 = 1.0;
const OBJECT_REQUEST: f64 = 0.15;
const KV_WRITE: f64 = 5.0;
const KV_READ: f64 = 0.5;

/// The sums of `peers/counting.mjs`.
#[derive(Clone, Debug, Deserialize)]
struct Counts {
    requests: f64,
    tenant_calls: f64,
    keyring_calls: f64,
    budget_calls: f64,
    alarms: f64,
    rows_read: f64,
    rows_written: f64,
    set_alarms: f64,
    kv_reads: f64,
    kv_writes: f64,
    /// Rows that SQLite itself changed, those of FTS5's shadow tables included: what `total_changes()` says.
    changes: f64,
    /// Rows written by each statement.
    written_by: BTreeMap<String, f64>,
}

impl Counts {
    /// The price in dollars. Each alarm set counts as a row written, each alarm that fires as a request to an object.
    fn price(&self) -> f64 {
        let objects = self.object_calls() + self.alarms;
        let rows = self.rows_written + self.set_alarms;
        (rows * ROW_WRITTEN + objects * OBJECT_REQUEST + self.kv_writes * KV_WRITE + self.kv_reads * KV_READ) / 1e6
    }

    fn object_calls(&self) -> f64 {
        self.tenant_calls + self.keyring_calls + self.budget_calls
    }

    fn per_path(after: &Self, before: &Self, paths: usize) -> Self {
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

    /// Prints which statements write the rows of `path`, the most first.
    fn explain(&self, path: &str) {
        eprintln!("  {path}: {:.2} rows written", self.rows_written);
        let mut statements: Vec<_> = self.written_by.iter().collect();
        statements.sort_by(|one, two| two.1.total_cmp(one.1));
        for (statement, rows) in statements {
            eprintln!(
                "  {rows:>6.2}  {}",
                statement.split_whitespace().collect::<Vec<_>>().join(" ")
            );
        }
    }

    fn row(&self, path: &str) -> Row {
        self.explain(path);
        let counts = [
            ("requests", self.requests),
            ("object calls", self.object_calls()),
            ("alarms", self.alarms),
            ("rows read", self.rows_read),
            ("rows written", self.rows_written),
            ("rows changed", self.changes),
            ("alarms set", self.set_alarms),
            ("KV reads", self.kv_reads),
            ("KV writes", self.kv_writes),
        ];
        let row = Row::of(format!("cost of a million: {path}"), "$", self.price() * 1e6);
        row.with_counts(counts.into_iter().collect())
    }
}

/// An edge whose worker is wrapped in counters.
struct Counted {
    edge: Edge,
}

impl Counted {
    fn start() -> Result<Self> {
        let built = Flavour::Development.directory();
        let directory = tempfile::tempdir()?;
        let worker = built.join("index.js");
        bundle(
            "counting",
            &directory.path().join("index.js"),
            &[("tegata-worker", &worker)],
        )?;
        fs::copy(built.join("index_bg.wasm"), directory.path().join("index_bg.wasm"))?;
        let edge = Edge::with(|mut options| {
            options.build_dir = directory.path().to_owned();
            options
        })?;
        Ok(Self { edge })
    }

    /// The sums, once they no longer change: mails are sent by alarms.
    async fn counts(&self) -> Result<Counts> {
        let client = JsonClient::new(&self.edge.url(), None);
        let mut last = client.get("/bench/counts")?.success()?;
        loop {
            sleep(SETTLED).await;
            let now = client.get("/bench/counts")?.success()?;
            if now == last {
                return Ok(serde_json::from_value(now)?);
            }
            last = now;
        }
    }

    /// The mean of [`PATHS`] runs of `path`, one after another, on a warm worker.
    async fn mean(&self, mut path: impl AsyncFnMut(usize) -> Result<()>) -> Result<Counts> {
        path(0).await?;
        let before = self.counts().await?;
        for number in 1..=PATHS {
            path(number).await?;
        }
        Ok(Counts::per_path(&self.counts().await?, &before, PATHS))
    }

    /// One registration from the request to the tokens. Returns the refresh token.
    async fn register(&self, slug: &str, number: usize, with_code: bool, key: Option<&PcKey>) -> Result<String> {
        let mut viewer = Viewer::connect(&self.edge, slug).await?;
        mailbox::empty(&self.edge).await?;
        let code = viewer
            .register(number, key.map(|key| key.thumbprint().as_str()))
            .await?;
        let asked = mailbox::wait(&self.edge, 1, LOOK, |mail| mail.approval_path().is_some()).await?;
        let link = asked
            .first()
            .and_then(Mail::approval_path)
            .context("no link in the mail")?;
        viewer.approve(link).await?;
        let typed = if with_code {
            let is_mine = |mail: &Mail| mail.to == requester(number) && mail.activation_code().is_some();
            let mails = mailbox::wait(&self.edge, 1, LOOK, is_mine).await?;
            mails.first().and_then(Mail::activation_code).map(str::to_owned)
        } else {
            None
        };
        let url = format!("{}/t/{slug}/oauth/token", self.edge.url());
        let proof = key.map(|key| key.proof("POST", &url, None)).transpose()?;
        viewer.collect(&code, typed.as_deref(), proof.as_deref()).await
    }

    /// Refreshes in one chain.
    async fn refresh(&self, first: String, key: Option<&PcKey>) -> Result<Counts> {
        let url = format!("{}/t/hayate/oauth/token", self.edge.url());
        let mut token = first;
        self.mean(async |_| {
            let proof = key.map(|key| key.proof("POST", &url, None)).transpose()?;
            let request = refreshing(&self.edge.host(), "hayate", &token, proof.as_deref());
            let reply = Connection::open(self.edge.port()).await?.exchange(&request).await?;
            token = crate::edge::text(&reply, "refresh_token")?;
            Ok(())
        })
        .await
    }
}

/// The sums and the price of every path.
pub async fn measure() -> Result<Vec<Row>> {
    let origin = Origin::start().await?;
    let counted = Counted::start()?;
    let edge = &counted.edge;
    edge.create_tenant(
        "hayate",
        &json!({"activation": "approval_only", "data_origin": origin.url()}),
    )?;
    edge.create_tenant("hayate-code", &json!({"activation": "mailed_code"}))?;
    let path = async |number| counted.register("hayate", number, false, None).await.map(drop);
    let mut rows = vec![counted.mean(path).await?.row("registration, approval_only")];
    let path = async |number| {
        counted
            .register("hayate-code", 1000 + number, true, None)
            .await
            .map(drop)
    };
    rows.push(counted.mean(path).await?.row("registration, mailed_code"));
    let first = counted.register("hayate", 2000, false, None).await?;
    rows.push(counted.refresh(first, None).await?.row("refresh, bearer"));
    let key = PcKey::generate(Algorithm::EdDsa)?;
    let first = counted.register("hayate", 2001, false, Some(&key)).await?;
    rows.push(counted.refresh(first, Some(&key)).await?.row("refresh, DPoP"));
    let token = access_token(&edge.signers()?.token, &edge.url(), "hayate", None)?;
    let gate = gated(&edge.host(), "hayate", "Bearer", &token, None);
    let pass = async |_| {
        let reply = Connection::open(edge.port()).await?.exchange(&gate).await?;
        anyhow::ensure!(reply.status == 200, "the gate returned {}", reply.status);
        Ok(())
    };
    rows.push(counted.mean(pass).await?.row("gate"));
    Ok(rows)
}
