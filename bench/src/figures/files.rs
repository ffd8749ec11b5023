//! Files in a session, beside frames of the same size that nobody looks into: from a person at the customer to the desk,
//! and between the desk and a machine with the real agent, both ways. The receiver checks the hash.

use std::{fs, time::Duration};

use anyhow::{Context, Result, bail};
use futures::future::try_join;
use serde_json::{Value, json};
use tegata_domain::session::frame::{AGENT, MOST_CREDIT};
use tokio::time::timeout;
use xtask::process::now;

use super::session;
use crate::{
    attended::{Attended, desk_seat},
    compare::{Comparison, Pace},
    fleet::Fleet,
    machine::Agent,
    party::Party,
    report::{Row, Target},
    signing::random_text,
    transfer::{File, offered, receive},
};

/// Bytes of a file, and with `--quick`.
const SIZE: [usize; 2] = [256 << 20, 48 << 20];
/// At least this part of what passes through the session, and at least this many Mbit/s.
const LEAST_BESIDE: f64 = 0.8;
const LEAST: f64 = 200.0;
/// The longest that a transfer may take.
const LIMIT: Duration = Duration::from_secs(300);

/// Mbit/s.
fn rate(bytes: usize, took: Duration) -> f64 {
    bytes as f64 * 8.0 / 1e6 / took.as_secs_f64()
}

/// From one participant to another, both of them sockets.
async fn passed(file: &File, from: &mut Party, to: &mut Party) -> Result<f64> {
    let id = file.offer(from).await?;
    let offer = offered(to, &file.name).await?;
    let began = now();
    let both = try_join(file.give(from, &id), receive(to, &offer, MOST_CREDIT));
    timeout(LIMIT, both).await.context("the file does not arrive")??;
    Ok(rate(file.bytes.len(), now().saturating_duration_since(began)))
}

/// From the machine to the desk: the desk asks the agent to offer the file.
async fn taken(folder: &str, file: &File, desk: &mut Party) -> Result<f64> {
    let id = random_text::<16>()?;
    let deed = json!({"what": "offer_file", "folder": folder, "name": file.name});
    desk.say(&json!({"type": "request", "id": id, "deed": deed})).await?;
    let done = |said: &Value| said["type"] == "done" && said["id"] == id.as_str();
    let asked = timeout(LIMIT, desk.hears(done))
        .await
        .context("the agent does not answer")??;
    if asked["outcome"] != "done" {
        bail!("the agent does not offer the file: {asked}");
    }
    let offer = timeout(LIMIT, offered(desk, &file.name))
        .await
        .context("nothing is offered")??;
    let began = now();
    timeout(LIMIT, receive(desk, &offer, MOST_CREDIT))
        .await
        .context("the file does not arrive")??;
    Ok(rate(file.bytes.len(), now().saturating_duration_since(began)))
}

/// From the desk to the machine, until the agent says that it has it.
async fn given(file: &File, desk: &mut Party) -> Result<f64> {
    let id = file.offer(desk).await?;
    let began = now();
    timeout(LIMIT, file.give(desk, &id))
        .await
        .context("the agent does not take the file")??;
    Ok(rate(file.bytes.len(), now().saturating_duration_since(began)))
}

/// Both ways, beside frames that nobody looks into.
pub async fn measure(pace: Pace) -> Result<Vec<Row>> {
    let fleet = Fleet::in_reach(1)?;
    let file = File::made("measured.bin", SIZE[usize::from(pace.quick)]);
    let directory = fleet.scratch("files");
    let (inbox, outbox) = (directory.join("in"), directory.join("out"));
    fs::create_dir_all(&inbox)?;
    fs::create_dir_all(&outbox)?;
    fs::write(outbox.join(&file.name), &file.bytes)?;
    let folder = outbox.to_str().context("a folder whose name is no text")?;
    let configuration = format!("[files]\nfolder = {inbox:?}\noffer = [{outbox:?}]\naccept = \"approval\"\n");
    let agent = Agent::start(&fleet, &directory.join("agent"), &configuration, &[]).await?;
    let started = agent.support().await?;
    let mut desk = Party::join(&desk_seat(&fleet, &started.number, &started.password).await?).await?;
    desk.meets(AGENT).await?;
    let attended = Attended::open(&fleet).await?;
    let mut guest = Party::join(&attended.guest(&fleet, 1).await?).await?;
    let mut looker = Party::join(&attended.desk(&fleet).await?).await?;
    let mut raw = session::Raw::open(&fleet).await?;
    let names = [
        "a file, guest to desk",
        "a file, machine to desk",
        "a file, desk to machine",
    ];
    let mut compared = names.map(|_| Comparison::default());
    for round in 0..=pace.rounds {
        let relay = raw.rate(pace.round).await?;
        let rates = [
            passed(&file, &mut guest, &mut looker).await?,
            taken(folder, &file, &mut desk).await?,
            given(&file, &mut desk).await?,
        ];
        // The first warms everything up.
        if round > 0 {
            eprintln!(
                "  round {round}: raw {relay:.0} Mbit/s; {:.0}, {:.0} and {:.0}",
                rates[0], rates[1], rates[2]
            );
            for (compared, rate) in compared.iter_mut().zip(rates) {
                compared.note(rate, relay);
            }
        }
        for received in fs::read_dir(&inbox)? {
            fs::remove_file(received?.path())?;
        }
    }
    desk.leave().await;
    let mut rows = Vec::new();
    for (name, compared) in names.iter().zip(&compared) {
        let row = Row::beside(format!("{name}, beside raw frames"), "Mbit/s", compared);
        rows.push(row.with_target(Target::RatioAtLeast(LEAST_BESIDE)));
        let row = Row::of(format!("{name}, by itself"), "Mbit/s", compared.ours());
        rows.push(row.with_target(Target::AtLeast(LEAST)));
    }
    Ok(rows)
}
