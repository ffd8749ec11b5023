//! Tenants of a given size: users, devices, requests and an audit log, written through the object's own repositories,
//! so that rows, search terms and hashes are the real ones.
//!
//! Two tenants of different sizes have the same proportions: in every hundred items, the same share has the same name,
//! state or actor. In addition, each has the same small number ([`RARE`]) of rare items of each kind.

mod log;
mod people;

use anyhow::{Context as _, Result};
use tegata_domain::random::CountingRandom;
use tegata_domain::time::UnixSeconds;
use tegata_kv_schema::native::NativeSql;
use tegata_kv_schema::sql::Sql as _;

pub use log::{ACTION, RARE_ACTION};
pub use people::{RARE_NAME, RARE_READING};

/// Number of rare items, independent of the size.
pub const RARE: usize = 4;
/// Items written in one transaction.
const PIECE: usize = 20_000;
/// The period over which all items are spread, in seconds.
const SPAN: i64 = 80 * 24 * 3600;

/// The size of a tenant.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Users; 6 in 10 belong to the first organisation, and 6 in 10 have an account.
    pub users: usize,
    /// Devices, and the same number of requests; 6 in 10 requests are pending.
    pub devices: usize,
    /// Entries of the audit log.
    pub entries: usize,
}

/// Facts about a filled tenant that the measurements need.
#[derive(Debug)]
pub struct Filled {
    /// The organisation of most users.
    pub organization: String,
    /// The organisation of [`RARE`] users.
    pub rare_organization: String,
    /// The actor of most log entries.
    pub actor: String,
    /// The actor of [`RARE`] entries.
    pub rare_actor: String,
    /// An object with [`RARE`] entries.
    pub rare_object: String,
    /// Start and end of the middle nine tenths of the log.
    pub between: (i64, i64),
    entries: usize,
    now: UnixSeconds,
}

impl Filled {
    /// The time at which the last `count` entries begin.
    pub fn last(&self, count: usize) -> i64 {
        at(self.now, self.entries.saturating_sub(count), self.entries).0
    }
}

/// The time of item `number` of `count`; items are spread evenly over the past.
fn at(now: UnixSeconds, number: usize, count: usize) -> UnixSeconds {
    let seconds = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let passed = SPAN * seconds(number) / seconds(count.max(1));
    now.plus(passed - SPAN - 3600)
}

/// Fills the tenant whose database is `sql`.
struct Population<'a> {
    sql: &'a NativeSql,
    slug: &'a str,
    size: Size,
    random: CountingRandom,
    now: UnixSeconds,
}

/// Fills the tenant `slug`, given its object's database.
pub fn fill(sql: &NativeSql, slug: &str, size: Size, now: UnixSeconds) -> Result<Filled> {
    // Without this, the indexes over random ids are written page by page again and again.
    for pragma in ["PRAGMA cache_size = -2000000", "PRAGMA synchronous = OFF"] {
        sql.run(pragma, Vec::new())?;
    }
    // The tenant's creation is later than the entries to be written, and no entry may be earlier than the one before
    // it.
    sql.run("DELETE FROM audit", Vec::new())?;
    let population = Population {
        sql,
        slug,
        size,
        random: CountingRandom::new(7),
        now,
    };
    let organizations = population.organizations()?;
    let users = population.users(&organizations)?;
    population.devices()?;
    population.registrations()?;
    let filled = population.log(&users, &organizations)?;
    sql.run("PRAGMA wal_checkpoint(TRUNCATE)", Vec::new())?;
    Ok(filled)
}

impl Population<'_> {
    /// Calls `write` for every number below `count`, many per transaction.
    fn each(&self, count: usize, mut write: impl FnMut(usize) -> Result<()>) -> Result<()> {
        for from in (0..count).step_by(PIECE) {
            let mut done = Ok(());
            self.sql.transaction(&mut || {
                done = (from..count.min(from + PIECE)).try_for_each(&mut write);
                done.is_ok()
            })?;
            done?;
        }
        Ok(())
    }

    fn at(&self, number: usize, count: usize) -> UnixSeconds {
        at(self.now, number, count)
    }

    fn address(&self, number: usize) -> Result<tegata_domain::email::EmailAddress> {
        let address = format!("s{number:06}@{}.example", self.slug);
        tegata_domain::email::EmailAddress::parse(&address).context("invalid address")
    }
}

/// Whether item `number` of `count` is one of [`RARE`].
fn is_rare(number: usize, count: usize) -> bool {
    number % (count / RARE) == 7
}
