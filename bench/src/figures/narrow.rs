//! A machine behind a line of 256 kbit/s with a round trip of 100 ms: how soon a key that is typed in its terminal is
//! answered while a file moves over the same line, to the desk and to the machine.

use std::{fs, rc::Rc, time::Duration};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use tegata_domain::session::frame::{AGENT, Act, Kind};
use tokio::{
    sync::Notify,
    task::spawn_local,
    time::{sleep, timeout},
};
use xtask::process::now;

use crate::{
    attended::desk_seat,
    compare::{Pace, Spread, p95},
    fleet::Fleet,
    machine::Agent,
    narrow::Narrow,
    party::{Paid, Party, Paying},
    report::{Row, Target},
    signing::random_text,
    transfer::{File, offered, receive},
};

/// Bytes of a file: the line carries them in four minutes, and the keys are typed before that.
const SIZE: usize = 8 << 20;
/// Keys, and with `--quick`; and the pause between them.
const KEYS: [usize; 2] = [100, 20];
const PAUSE: Duration = Duration::from_millis(200);
/// The latest that a key may be answered at the 95th percentile, in ms.
const LATEST: f64 = 400.0;
const LIMIT: Duration = Duration::from_secs(60);
/// How far ahead the console pays for what a terminal shows.
const AHEAD: u64 = 262_144;
/// The first byte of a message on the stream of a terminal.
const SHOWN: u8 = 0;
const SAID: u8 = 1;

/// A terminal that is typed in.
struct Terminal {
    party: Party,
    stream: u32,
    paid: Paid,
    paying: Paying,
}

impl Terminal {
    async fn open(mut party: Party) -> Result<Self> {
        let stream = party.open(Kind::Terminal, AGENT).await?;
        let mut paid = Paid::new(Kind::Terminal, AGENT, stream);
        let wanted = json!({"open": {"columns": 80, "rows": 24, "terminal": null, "from": 0}});
        let message = [&[SAID][..], wanted.to_string().as_bytes()].concat();
        paid.post(&mut party, &message).await?;
        party.flush().await?;
        let mut terminal = Self {
            paying: Paying::new(Kind::Terminal, AGENT, stream, AHEAD),
            party,
            stream,
            paid,
        };
        // Its prompt comes once the shell is there.
        terminal.shows(|shown| !shown.is_empty()).await?;
        Ok(terminal)
    }

    /// Waits until it shows what is wanted.
    async fn shows(&mut self, wanted: impl Fn(&[u8]) -> bool) -> Result<()> {
        loop {
            let (header, payload) = self.party.frame(self.stream).await?;
            match header.act {
                Act::Data => self.paying.read(&mut self.party, &header).await?,
                Act::Close => bail!("the terminal has ended"),
                Act::Open | Act::Credit => continue,
            }
            if let Some((&SHOWN, shown)) = payload.split_first()
                && wanted(shown)
            {
                return Ok(());
            }
        }
    }

    /// Types keys one by one. Returns how long each took to be shown, in ms.
    async fn type_keys(&mut self, count: usize) -> Result<Vec<f64>> {
        let mut taken = Vec::new();
        for key in (b'a'..=b'z').cycle().take(count) {
            sleep(PAUSE).await;
            let began = now();
            self.paid.post(&mut self.party, &[SHOWN, key]).await?;
            self.party.flush().await?;
            let answered = timeout(LIMIT, self.shows(|shown| shown.contains(&key))).await;
            answered.context("a key was not answered")??;
            taken.push(now().saturating_duration_since(began).as_secs_f64() * 1e3);
        }
        Ok(taken)
    }
}

/// Which way a file moves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    None,
    ToDesk,
    ToMachine,
}

impl Way {
    const fn name(self) -> &'static str {
        match self {
            Self::None => "alone",
            Self::ToDesk => "while a file comes from the machine",
            Self::ToMachine => "while a file goes to the machine",
        }
    }
}

/// Moves a file until it is aborted; rings once it is on its way.
async fn move_file(way: Way, mut desk: Party, folder: String, file: Rc<File>, moving: Rc<Notify>) -> Result<()> {
    match way {
        Way::None => moving.notify_one(),
        Way::ToDesk => {
            let deed = json!({"what": "offer_file", "folder": folder, "name": file.name});
            desk.say(&json!({"type": "request", "id": random_text::<16>()?, "deed": deed}))
                .await?;
            let offer: Value = offered(&mut desk, &file.name).await?;
            moving.notify_one();
            receive(&mut desk, &offer, AHEAD).await?;
        }
        Way::ToMachine => {
            let id = file.offer(&mut desk).await?;
            moving.notify_one();
            file.give(&mut desk, &id).await?;
        }
    }
    Ok(())
}

/// Keys in a terminal of a machine on a narrow line.
pub async fn measure(pace: Pace) -> Result<Vec<Row>> {
    let fleet = Fleet::in_reach(0)?;
    let directory = fleet.scratch("narrow");
    let (inbox, outbox) = (directory.join("in"), directory.join("out"));
    fs::create_dir_all(&inbox)?;
    fs::create_dir_all(&outbox)?;
    let file = Rc::new(File::made("measured.bin", SIZE));
    fs::write(outbox.join(&file.name), &file.bytes)?;
    let folder = outbox.to_str().context("a folder whose name is no text")?.to_owned();
    let line = Narrow::lay(&directory, fleet.port).await?;
    let user = std::env::var("USER").unwrap_or_else(|_| "root".to_owned());
    let configuration = format!(
        "[terminal]\nuser = {user:?}\nshell = \"/bin/sh\"\n\n[files]\nfolder = {inbox:?}\noffer = [{outbox:?}]\naccept = \"approval\"\n"
    );
    let agent = Agent::start(&fleet, &directory.join("agent"), &configuration, &line.around()).await?;
    let started = agent.support().await?;
    let join = async || {
        let mut desk = Party::join(&desk_seat(&fleet, &started.number, &started.password).await?).await?;
        desk.meets(AGENT).await?;
        anyhow::Ok(desk)
    };
    let opened = timeout(LIMIT, Terminal::open(join().await?)).await;
    let mut terminal = opened.context("no terminal")??;
    let mut rows = Vec::new();
    for way in [Way::None, Way::ToDesk, Way::ToMachine] {
        let moving = Rc::new(Notify::new());
        let mover = spawn_local(move_file(
            way,
            join().await?,
            folder.clone(),
            Rc::clone(&file),
            Rc::clone(&moving),
        ));
        timeout(LIMIT, moving.notified()).await.context("no file moves")?;
        // The sender finds out what the line carries.
        sleep(Duration::from_secs(5)).await;
        let taken = terminal.type_keys(KEYS[usize::from(pace.quick)]).await?;
        if way != Way::None && mover.is_finished() {
            bail!("the file was there before the keys were typed: {:?}", mover.await?);
        }
        mover.abort();
        // The session closes what the mover had open, and what is on the line arrives.
        sleep(Duration::from_secs(3)).await;
        let late = p95(taken.clone());
        let middle = Spread::of(taken);
        let name = way.name();
        eprintln!(
            "  {name}: median {:.0} ms, p95 {late:.0}, most {:.0}",
            middle.median, middle.max
        );
        rows.push(Row::of(
            format!("256 kbit/s, 100 ms, a key in the terminal {name}, median"),
            "ms",
            middle.median,
        ));
        let row = Row::of(
            format!("256 kbit/s, 100 ms, a key in the terminal {name}, p95"),
            "ms",
            late,
        );
        rows.push(row.with_target(Target::AtMost(LATEST)));
    }
    Ok(rows)
}
