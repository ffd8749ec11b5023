//! Two thousand agents of one customer: what they cost in memory, how soon a command reaches one, and how soon all are
//! back after the edge was killed. The peer has the same objects, sockets and rows in JavaScript.

use std::{rc::Rc, time::Duration};

use anyhow::{Context, Result, bail};
use futures::future::join_all;
use serde_json::{Value, json};
use tegata_domain::jwk::sha256_b64;
use tokio::{
    task::spawn_local,
    time::{sleep, timeout},
};
use xtask::process::now;

use crate::{
    agents::Agents,
    clock::unix_now,
    compare::{Comparison, Pace, Side, Spread},
    fleet::{CUSTOMER, Caller, Fleet, Machine, PROVIDER, REPORT, success},
    http1::{Connection, request},
    memory::held_by,
    peer::Peer,
    report::{Counts, Row, Target},
    signing::{private_jwk, random_text},
};

/// Agents, and with `--quick`.
const AGENTS: [usize; 2] = [2_000, 200];
/// Agents that connect and leave before memory is measured, so that both sides have run their code.
const WARMING: usize = 100;
/// Launches, each on a machine of its own.
const LAUNCHES: usize = 32;
/// Commands of a round, and before the first: until then, most of either side runs unoptimised.
const COMMANDS: usize = 64;
const WARMING_COMMANDS: usize = 640;
/// How long after the first executions the edge is killed.
const STRUCK_AFTER: Duration = Duration::from_millis(150);
/// The limit for everybody to be back, in seconds.
const BACK: f64 = 30.0;
/// How long an execution may stay without an answer: an agent has 60 s to confirm.
const SETTLED: Duration = Duration::from_secs(120);
/// How long the sockets rest before memory is measured.
const REST: Duration = Duration::from_secs(3);

/// Both sides, and the desk's requests to them.
struct Sides {
    fleet: Rc<Fleet>,
    peer: Peer,
    session_secret: String,
}

impl Sides {
    async fn prepare(count: usize) -> Result<Self> {
        let fleet = Rc::new(Fleet::prepare(count)?);
        let key = private_jwk(&fleet.signers().token);
        let settings = [("EDGE_URL", "https://edge.example"), ("SIGNING_KEY", key.as_str())];
        let peer = Peer::start("remote", &fleet.scratch("remote"), &[], &settings)?;
        let secret = random_text::<32>()?;
        Ok(Self {
            fleet,
            peer,
            session_secret: secret,
        })
    }

    fn group(&self, side: Side) -> u32 {
        match side {
            Side::Ours => self.fleet.group(),
            Side::Peer => self.peer.group(),
        }
    }

    fn port(&self, side: Side) -> u16 {
        match side {
            Side::Ours => self.fleet.port,
            Side::Peer => self.peer.port(),
        }
    }

    /// Gives the peer the same machines, launches and session.
    async fn seed(&self, launches: &[String]) -> Result<()> {
        let machine = |(number, machine): (usize, &Machine)| {
            let [software, system, host_name] = REPORT.map(|(_, value)| value);
            let report = json!({"software": software, "system": system, "host_name": host_name});
            json!({
                "equipment": {
                    "id": machine.equipment, "name": "5軸加工機", "serial_number": format!("TG-{number:05}"),
                    "remote_assistance": true, "manual_launch": true, "version": 1,
                },
                "agent": {
                    "id": machine.agent, "equipment": machine.equipment, "jkt": machine.key.thumbprint(), "report": report,
                    "remote_assistance": true, "refresh": {"current": sha256_b64(machine.agent.as_str()), "generation": 0},
                },
            })
        };
        let launch = |(id, machine): (&String, &Machine)| {
            json!({
                "id": id, "equipment": machine.equipment, "approval": id, "reason": "ログを確認します。",
                "until": unix_now().0 + 14_400, "steps": [{"what": "requested"}, {"what": "approved"}],
            })
        };
        let machines: Vec<_> = self.fleet.machines.iter().enumerate().map(machine).collect();
        let launches: Vec<_> = launches.iter().zip(&self.fleet.machines).map(launch).collect();
        self.post(
            &format!("/seed/{CUSTOMER}"),
            &json!({"provider": PROVIDER, "customer": CUSTOMER, "machines": machines, "launches": launches}),
        )
        .await?;
        let session =
            json!({"hash": sha256_b64(&self.session_secret), "user": "hanako", "authenticated_at": unix_now().0});
        let account =
            json!({"id": "hanako", "name": "佐藤 花子", "email": "hanako@kita.example", "rights": ["desk.connect"]});
        self.post(
            &format!("/seed-provider/{PROVIDER}"),
            &json!({"session": session, "account": account}),
        )
        .await
    }

    async fn post(&self, path: &str, body: &Value) -> Result<()> {
        let request = request("POST", "peer.example", path, &[], &body.to_string());
        let reply = Connection::open(self.peer.port()).await?.exchange(&request).await?;
        if reply.status != 204 {
            bail!("the peer returned {} to its seed data", reply.status);
        }
        Ok(())
    }

    /// The desk's request about a launch, to either side.
    fn about(&self, side: Side, method: &str, launch: &str, what: &str) -> Vec<u8> {
        let path = format!("desk/launches/{CUSTOMER}/{launch}{what}");
        match side {
            Side::Ours => self.fleet.request(Caller::Desk, method, &path, &Value::Null),
            Side::Peer => {
                let cookie = format!("__Host-tegata-{PROVIDER}={}", self.session_secret);
                request(
                    method,
                    "peer.example",
                    &format!("/t/{PROVIDER}/api/v1/{path}"),
                    &[("Cookie", &cookie)],
                    "",
                )
            }
        }
    }

    /// Starts a side anew, with empty memory.
    fn restart(&mut self, side: Side) -> Result<()> {
        match side {
            Side::Ours => self.fleet.restart(),
            Side::Peer => self.kill_and_restart(side),
        }
    }

    /// Kills a side and starts it again at once.
    fn kill_and_restart(&mut self, side: Side) -> Result<()> {
        match side {
            Side::Ours => self.fleet.kill_and_restart(),
            Side::Peer => {
                self.peer.kill()?;
                self.peer.begin()
            }
        }
    }
}

/// Memory, commands, and the return.
pub async fn measure(pace: Pace) -> Result<Vec<Row>> {
    let count = AGENTS[usize::from(pace.quick)];
    let mut sides = Sides::prepare(count).await?;
    let launches = sides
        .fleet
        .launches(sides.fleet.machines.get(..LAUNCHES).unwrap_or_default())
        .await?;
    sides.seed(&launches).await?;
    let (mut rows, mut parties) = growth(&mut sides, count, pace).await?;
    rows.push(commands(&sides, &parties, &launches, pace).await?);
    for party in &mut parties {
        rows.push(all_back(&mut sides, party, &launches, count).await?);
    }
    parties.iter_mut().for_each(Agents::leave);
    Ok(rows)
}

/// How much the processes grow from no agents to all of them.
async fn growth(sides: &mut Sides, count: usize, pace: Pace) -> Result<(Vec<Row>, Vec<Agents>)> {
    let (mut grown, mut totals) = (Comparison::default(), [0.0; 2]);
    let mut parties = Vec::new();
    for round in 0..pace.rounds.min(3) {
        parties.iter_mut().for_each(Agents::leave);
        parties.clear();
        // The tasks are dropped at their next turn, and with them the sockets.
        sleep(Duration::from_millis(200)).await;
        let mut growths = [0.0; 2];
        for (at, side) in [Side::Ours, Side::Peer].into_iter().enumerate() {
            sides.restart(side)?;
            let mut party = Agents::new(side, sides.port(side));
            party.connect(&sides.fleet, WARMING.min(count)).await?;
            party.leave();
            sleep(REST).await;
            let before = held_by(sides.group(side));
            party.connect(&sides.fleet, count).await?;
            sleep(REST).await;
            let after = held_by(sides.group(side));
            growths[at] = after.saturating_sub(before) as f64 / 1000.0;
            totals[at] = after as f64 / 1000.0;
            eprintln!(
                "  round {}: {side:?} {:.1} MB to {:.1} MB",
                round + 1,
                before as f64 / 1000.0,
                totals[at]
            );
            parties.push(party);
            if round + 1 < pace.rounds.min(3) {
                // Everybody leaves before the other side is measured: the agents share this process.
                parties.iter_mut().for_each(Agents::leave);
                sleep(Duration::from_millis(200)).await;
            }
        }
        grown.note(growths[0], growths[1]);
    }
    let [ours, theirs] = totals;
    let rows = vec![
        Row::beside(format!("{count} agents: growth of memory"), "MB", &grown).with_target(Target::RatioAtMost(1.2)),
        Row::with_peer(format!("{count} agents: memory in all"), "MB", ours, theirs),
    ];
    Ok((rows, parties))
}

/// The time from the desk's request to the agent.
async fn commands(sides: &Sides, parties: &[Agents], launches: &[String], pace: Pace) -> Result<Row> {
    let mut connections = Vec::new();
    for party in parties {
        connections.push(Connection::open(party.port).await?);
    }
    let (mut compared, mut next) = (Comparison::default(), launches.iter().cycle());
    let mut take = async |count: usize| {
        let mut taken = [Vec::new(), Vec::new()];
        for _ in 0..count {
            let launch = next.next().context("no launches")?;
            for ((party, connection), taken) in parties.iter().zip(&mut connections).zip(&mut taken) {
                taken.push(reached(sides, party, connection, launch).await?);
            }
        }
        anyhow::Ok(taken)
    };
    take(WARMING_COMMANDS).await?;
    for round in 0..pace.rounds {
        let taken = take(COMMANDS).await?;
        let [ours, theirs] = taken.map(|taken| Spread::of(taken).median);
        eprintln!("  round {}: a command in {ours:.2} and {theirs:.2} ms", round + 1);
        compared.note(ours, theirs);
    }
    let row = Row::beside("a command reaches its agent, median", "ms", &compared);
    Ok(row.with_target(Target::RatioAtMost(1.2)))
}

async fn reached(sides: &Sides, party: &Agents, connection: &mut Connection, launch: &str) -> Result<f64> {
    party.known.ordered.borrow_mut().clear();
    let request = sides.about(party.side, "POST", launch, "/execute");
    let began = now();
    success(&connection.exchange(&request).await?, "execute")?;
    let heard = async {
        loop {
            if let Some(at) = party.known.ordered.borrow().get(launch) {
                return *at;
            }
            party.known.changed.notified().await;
        }
    };
    let heard = timeout(Duration::from_secs(10), heard).await;
    let heard = heard.context("the command did not reach the agent")?;
    Ok(heard.saturating_duration_since(began).as_secs_f64() * 1e3)
}

/// Kills the edge while commands are on their way. Everybody comes back; each accepted command ends, and none is done twice.
async fn all_back(sides: &mut Sides, party: &mut Agents, launches: &[String], count: usize) -> Result<Row> {
    party.full(count).await?;
    party.known.confirms.set(true);
    let mut executing = Vec::new();
    for launch in launches {
        let (request, port) = (sides.about(party.side, "POST", launch, "/execute"), party.port);
        executing.push(spawn_local(async move {
            let mut connection = Connection::open(port).await.ok()?;
            let reply = connection.exchange(&request).await.ok()?;
            Some(reply.status)
        }));
    }
    sleep(STRUCK_AFTER).await;
    let struck = now();
    sides.kill_and_restart(party.side)?;
    let replies = join_all(executing).await;
    let accepted = replies.iter().filter(|reply| matches!(reply, Ok(Some(200)))).count();
    // The breaks are noticed before anybody is counted.
    sleep(Duration::from_millis(100)).await;
    party.full(count).await?;
    let back = now().saturating_duration_since(struck).as_secs_f64();
    let states = settled(sides, party.side, launches).await?;
    let twice = party
        .known
        .done
        .borrow()
        .values()
        .filter(|commands| commands.len() > 1)
        .count();
    let [done, unknown] = ["running", "approved"].map(|state| states.iter().filter(|known| *known == state).count());
    let lost = launches.len() - done - unknown;
    eprintln!(
        "  {:?}: {accepted} accepted before the kill; all back in {back:.1} s",
        party.side
    );
    if twice > 0 || lost > 0 {
        bail!("{twice} commands were done twice, and {lost} never ended");
    }
    let name = match party.side {
        Side::Ours => "killed with all connected: all agents back",
        Side::Peer => "killed with all connected: all agents of the peer back",
    };
    let counts = Counts::from([
        ("accepted", accepted as f64),
        ("done", done as f64),
        ("as before", unknown as f64),
        ("done twice", twice as f64),
    ]);
    let row = Row::of(name, "s", back).with_counts(counts);
    Ok(match party.side {
        Side::Ours => row.with_target(Target::AtMost(BACK)),
        Side::Peer => row,
    })
}

/// The states of the launches once none is executing any more.
async fn settled(sides: &Sides, side: Side, launches: &[String]) -> Result<Vec<String>> {
    let end = now() + SETTLED;
    loop {
        let mut states = Vec::new();
        for launch in launches {
            let request = sides.about(side, "GET", launch, "");
            let reply = Connection::open(sides.port(side)).await?.exchange(&request).await?;
            let state = success(&reply, launch)?["state"]
                .as_str()
                .unwrap_or_default()
                .to_owned();
            states.push(state);
        }
        if states.iter().all(|state| state != "executing") || now() > end {
            return Ok(states);
        }
        sleep(Duration::from_secs(1)).await;
    }
}
