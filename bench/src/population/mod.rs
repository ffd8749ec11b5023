//! Tenants of a size: users, devices, requests and an audit log, written by the repositories that the object writes with,
//! so that rows, search terms and hashes are the code's own.
//!
//! Two tenants of different size are alike: of every hundred things the same share has the same name, state or actor.
//! Besides, each holds a few things that are equally many in both: [`RARE`] of a kind.

mod log;
mod people;

use anyhow::{Context as _, Result};
use tegata_domain::random::CountingRandom;
use tegata_domain::time::UnixSeconds;
use tegata_kv_schema::native::NativeSql;
use tegata_kv_schema::sql::Sql as _;

pub use log::{ACTION, RARE_ACTION};
pub use people::{RARE_NAME, RARE_READING};

/// How many there are of what is rare, whatever the size.
pub const RARE: usize = 4;
/// Things written in one transaction.
const PIECE: usize = 20_000;
/// Over which time everything is spread, in seconds.
const SPAN: i64 = 80 * 24 * 3600;

/// How many of what a tenant has.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Users; 6 in 10 belong to the first organisation, as many have an account.
    pub users: usize,
    /// Devices, and as many requests; 6 in 10 of these wait.
    pub devices: usize,
    /// Entries of the audit log.
    pub entries: usize,
}

/// What a measurement has to know of a tenant that was filled.
#[derive(Debug)]
pub struct Filled {
    /// The organisation of most users.
    pub organization: String,
    /// The organisation of [`RARE`] users.
    pub rare_organization: String,
    /// Who did most of what the log tells.
    pub actor: String,
    /// Who did [`RARE`] things.
    pub rare_actor: String,
    /// An object with [`RARE`] entries.
    pub rare_object: String,
    /// When the middle nine tenths of the log begin and end.
    pub between: (i64, i64),
    entries: usize,
    now: UnixSeconds,
}

impl Filled {
    /// When the last `count` entries begin.
    pub fn last(&self, count: usize) -> i64 {
        at(self.now, self.entries.saturating_sub(count), self.entries).0
    }
}

/// When thing `number` of `count` happened: a while ago, at even distances.
fn at(now: UnixSeconds, number: usize, count: usize) -> UnixSeconds {
    let seconds = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let passed = SPAN * seconds(number) / seconds(count.max(1));
    now.plus(passed - SPAN - 3600)
}

/// Fills the tenant that `sql` is of.
struct Population<'a> {
    sql: &'a NativeSql,
    slug: &'a str,
    size: Size,
    random: CountingRandom,
    now: UnixSeconds,
}

/// Fills the tenant `slug`, whose object's database this is.
pub fn fill(sql: &NativeSql, slug: &str, size: Size, now: UnixSeconds) -> Result<Filled> {
    // Without this the indexes over random ids are written page by page, again and again.
    for pragma in ["PRAGMA cache_size = -2000000", "PRAGMA synchronous = OFF"] {
        sql.run(pragma, Vec::new())?;
    }
    // The tenant's own beginning lies after what is to be written, and no entry is earlier than the one before it.
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
    /// Does `write` for every number below `count`, many in one transaction.
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
        tegata_domain::email::EmailAddress::parse(&address).context("a wrong address")
    }
}

/// Whether thing `number` of `count` is one of [`RARE`].
fn is_rare(number: usize, count: usize) -> bool {
    number % (count / RARE) == 7
}
