//! The cost of a path on the platform: the reads and writes that workerd itself reports (`peers/counting.mjs`), at the
//! vendor's prices.

use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::json;
use tokio::time::sleep;
use xtask::counting::{self, Counts};

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

/// Prints which statements write the rows of `path`, the most first.
fn explain(counts: &Counts, path: &str) {
    eprintln!("  {path}: {:.2} rows written", counts.rows_written);
    let mut statements: Vec<_> = counts.written_by.iter().collect();
    statements.sort_by(|one, two| two.1.total_cmp(one.1));
    for (statement, rows) in statements {
        eprintln!(
            "  {rows:>6.2}  {}",
            statement.split_whitespace().collect::<Vec<_>>().join(" ")
        );
    }
}

fn row(counts: &Counts, path: &str) -> Row {
    explain(counts, path);
    let listed = [
        ("requests", counts.requests),
        ("object calls", counts.object_calls()),
        ("alarms", counts.alarms),
        ("rows read", counts.rows_read),
        ("rows written", counts.rows_written),
        ("rows changed", counts.changes),
        ("alarms set", counts.set_alarms),
        ("KV reads", counts.kv_reads),
        ("KV writes", counts.kv_writes),
    ];
    let row = Row::of(format!("cost of a million: {path}"), "$", counts.price() * 1e6);
    row.with_counts(listed.into_iter().collect())
}

/// An edge whose worker is wrapped in counters.
struct Counted {
    edge: Edge,
}

impl Counted {
    fn start() -> Result<Self> {
        let directory = tempfile::tempdir()?;
        counting::wrap(directory.path())?;
        let edge = Edge::with(|mut options| {
            options.build_dir = directory.path().to_owned();
            options
        })?;
        Ok(Self { edge })
    }

    /// The sums, once they no longer change: mails are sent by alarms.
    async fn counts(&self) -> Result<Counts> {
        let mut last = Counts::of(&self.edge.url())?;
        loop {
            sleep(SETTLED).await;
            let now = Counts::of(&self.edge.url())?;
            if now == last {
                return Ok(now);
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
    let mut rows = vec![row(&counted.mean(path).await?, "registration, approval_only")];
    let path = async |number| {
        counted
            .register("hayate-code", 1000 + number, true, None)
            .await
            .map(drop)
    };
    rows.push(row(&counted.mean(path).await?, "registration, mailed_code"));
    let first = counted.register("hayate", 2000, false, None).await?;
    rows.push(row(&counted.refresh(first, None).await?, "refresh, bearer"));
    let key = PcKey::generate(Algorithm::EdDsa)?;
    let first = counted.register("hayate", 2001, false, Some(&key)).await?;
    rows.push(row(&counted.refresh(first, Some(&key)).await?, "refresh, DPoP"));
    let token = access_token(&edge.signers()?.token, &edge.url(), "hayate", None)?;
    let gate = gated(&edge.host(), "hayate", "Bearer", &token, None);
    let pass = async |_| {
        let reply = Connection::open(edge.port()).await?.exchange(&gate).await?;
        anyhow::ensure!(reply.status == 200, "the gate returned {}", reply.status);
        Ok(())
    };
    rows.push(row(&counted.mean(pass).await?, "gate"));
    Ok(rows)
}
