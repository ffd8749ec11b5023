//! Two thousand agents of one customer: what they cost in memory, how soon a command reaches one, and how soon all are
//! back after the edge was killed. The peer has the same objects, sockets and rows in JavaScript.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use futures::future::join_all;
use serde_json::{Value, json};
use tegata_domain::{
    control::{PING, longest_pause},
    jwk::sha256_b64,
};
use tokio::{
    sync::Notify,
    task::{JoinHandle, spawn_local},
    time::{sleep, timeout},
};
use xtask::process::now;

use crate::{
    clock::unix_now,
    compare::{Comparison, Pace, Side, Spread},
    fleet::{CUSTOMER, Caller, Fleet, PROVIDER, REPORT, success},
    http1::{Connection, request},
    memory::held_by,
    peer::Peer,
    report::{Counts, Row, Target},
    signing::{private_jwk, random_text},
    socket::Socket,
};

/// Agents, and with `--quick`.
const AGENTS: [usize; 2] = [2_000, 200];
/// Agents that connect and leave before memory is measured, so that both sides have run their code.
const WARMING: usize = 100;
/// Agents that connect at the same time.
const AT_ONCE: usize = 32;
/// Launches, each on a machine of its own.
const LAUNCHES: usize = 32;
/// Commands of a round.
const COMMANDS: usize = 64;
/// How long after the first executions the edge is killed.
const STRUCK_AFTER: Duration = Duration::from_millis(150);
/// The limit for everybody to be back, in seconds.
const BACK: f64 = 30.0;
/// How long an execution may stay without an answer: an agent has 60 s to confirm.
const SETTLED: Duration = Duration::from_secs(120);
/// How long the sockets rest before memory is measured.
const REST: Duration = Duration::from_secs(3);

/// What the agents of one side know together.
#[derive(Default)]
struct Known {
    connected: Cell<usize>,
    /// Whether they confirm a launch; otherwise they decline it.
    confirms: Cell<bool>,
    /// When which launch was ordered.
    ordered: RefCell<BTreeMap<String, Instant>>,
    /// The commands that were carried out, by launch: the agents' journals.
    done: RefCell<BTreeMap<String, BTreeSet<String>>>,
    changed: Notify,
}

/// One side with its agents.
struct Party {
    side: Side,
    port: u16,
    known: Rc<Known>,
    agents: Vec<JoinHandle<()>>,
}

impl Party {
    fn new(side: Side, port: u16) -> Self {
        Self {
            side,
            port,
            known: Rc::default(),
            agents: Vec::new(),
        }
    }

    /// Connects the agents of all machines, a few at a time.
    async fn connect(&mut self, fleet: &Rc<Fleet>, count: usize) -> Result<()> {
        let port = self.port;
        for from in (0..count).step_by(AT_ONCE) {
            let opening = (from..count.min(from + AT_ONCE)).map(|number| async move {
                let machine = fleet.machines.get(number).context("no such machine")?;
                anyhow::Ok((number, fleet.connect(port, machine).await?))
            });
            for opened in join_all(opening).await {
                let (number, socket): (usize, Socket) = opened?;
                self.known.connected.set(self.known.connected.get() + 1);
                let (fleet, known) = (Rc::clone(fleet), Rc::clone(&self.known));
                self.agents.push(spawn_local(
                    async move { stay(&fleet, port, number, &known, socket).await },
                ));
            }
        }
        Ok(())
    }

    fn leave(&mut self) {
        self.agents.drain(..).for_each(|agent| agent.abort());
        self.known.connected.set(0);
    }

    /// Waits until `count` agents are connected.
    async fn full(&self, count: usize) -> Result<()> {
        let all = async {
            while self.known.connected.get() < count {
                self.known.changed.notified().await;
            }
        };
        timeout(Duration::from_secs(120), all)
            .await
            .with_context(|| format!("only {} of {count} agents are connected", self.known.connected.get()))
    }
}

/// One agent: answers commands, pings, and connects again after a break, as `client/src/agent` does.
async fn stay(fleet: &Fleet, port: u16, number: usize, known: &Known, mut socket: Socket) {
    let ping = Duration::from_secs(u64::try_from(PING).unwrap_or(25));
    loop {
        match timeout(ping, socket.hear()).await {
            Err(_) => drop(socket.ping().await),
            Ok(Ok(message)) => {
                if message["type"] == "launch" {
                    drop(socket.say(&answer(known, &message)).await);
                }
            }
            Ok(Err(_)) => {
                known.connected.set(known.connected.get() - 1);
                socket = back(fleet, port, number).await;
                known.connected.set(known.connected.get() + 1);
                known.changed.notify_waiters();
            }
        }
    }
}

async fn back(fleet: &Fleet, port: u16, number: usize) -> Socket {
    for tries in 0.. {
        sleep(longest_pause(tries).mul_f64(fraction())).await;
        if let Some(machine) = fleet.machines.get(number)
            && let Ok(socket) = fleet.connect(port, machine).await
        {
            return socket;
        }
    }
    unreachable!("an agent tries for ever")
}

/// A random number from 0 to 1.
fn fraction() -> f64 {
    let mut bytes = [0; 4];
    let _ = ring::rand::SecureRandom::fill(&ring::rand::SystemRandom::new(), &mut bytes);
    f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX)
}

/// Notes an order, and carries a new command out once.
fn answer(known: &Known, order: &Value) -> Value {
    let text = |name: &str| order[name].as_str().unwrap_or_default().to_owned();
    let (launch, command) = (text("launch"), text("command"));
    known.ordered.borrow_mut().insert(launch.clone(), now());
    known.changed.notify_waiters();
    if known.confirms.get() {
        known
            .done
            .borrow_mut()
            .entry(launch)
            .or_default()
            .insert(command.clone());
        json!({"type": "started", "command": command})
    } else {
        json!({"type": "declined", "command": command, "why": "busy"})
    }
}

/// Both sides, and the desk's requests to them.
struct Field {
    fleet: Rc<Fleet>,
    peer: Peer,
    cookie: String,
}

impl Field {
    async fn prepare(count: usize) -> Result<Self> {
        let fleet = Rc::new(Fleet::prepare(count)?);
        let key = private_jwk(&fleet.signers().token);
        let settings = [("EDGE_URL", "https://edge.example"), ("SIGNING_KEY", key.as_str())];
        let peer = Peer::start("remote", &fleet.scratch("remote"), &[], &settings)?;
        let secret = random_text::<32>()?;
        Ok(Self {
            fleet,
            peer,
            cookie: secret,
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
        let machine = |(number, machine): (usize, &crate::fleet::Machine)| {
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
        let launch = |(id, machine): (&String, &crate::fleet::Machine)| {
            json!({
                "id": id, "equipment": machine.equipment, "approval": id, "reason": "ログを確認します。",
                "until": unix_now().0 + 14_400, "steps": [{"what": "requested"}, {"what": "approved"}],
            })
        };
        let machines: Vec<_> = self.fleet.machines.iter().enumerate().map(machine).collect();
        let launches: Vec<_> = launches.iter().zip(&self.fleet.machines).map(launch).collect();
        self.post(
            &format!("/seed/{CUSTOMER}"),
            &json!({"machines": machines, "launches": launches}),
        )
        .await?;
        let session = json!({"hash": sha256_b64(&self.cookie), "user": "hanako", "authenticated_at": unix_now().0});
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
                let cookie = format!("__Host-tegata-{PROVIDER}={}", self.cookie);
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
            Side::Peer => self.strike(side),
        }
    }

    /// Kills a side and starts it again at once.
    fn strike(&mut self, side: Side) -> Result<()> {
        match side {
            Side::Ours => self.fleet.strike(),
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
    let mut field = Field::prepare(count).await?;
    let launches = field
        .fleet
        .launches(field.fleet.machines.get(..LAUNCHES).unwrap_or_default())
        .await?;
    field.seed(&launches).await?;
    let (mut rows, mut parties) = growth(&mut field, count, pace).await?;
    rows.push(commands(&field, &parties, &launches, pace).await?);
    for party in &mut parties {
        rows.push(returned(&mut field, party, &launches, count).await?);
    }
    parties.iter_mut().for_each(Party::leave);
    Ok(rows)
}

/// How much the processes grow from no agents to all of them.
async fn growth(field: &mut Field, count: usize, pace: Pace) -> Result<(Vec<Row>, Vec<Party>)> {
    let (mut grown, mut totals) = (Comparison::default(), [0.0; 2]);
    let mut parties = Vec::new();
    for round in 0..pace.rounds.min(3) {
        parties.iter_mut().for_each(Party::leave);
        parties.clear();
        // The tasks are dropped at their next turn, and with them the sockets.
        sleep(Duration::from_millis(200)).await;
        let mut growths = [0.0; 2];
        for (at, side) in [Side::Ours, Side::Peer].into_iter().enumerate() {
            field.restart(side)?;
            let mut party = Party::new(side, field.port(side));
            party.connect(&field.fleet, WARMING.min(count)).await?;
            party.leave();
            sleep(REST).await;
            let before = held_by(field.group(side));
            party.connect(&field.fleet, count).await?;
            sleep(REST).await;
            let after = held_by(field.group(side));
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
                parties.iter_mut().for_each(Party::leave);
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
async fn commands(field: &Field, parties: &[Party], launches: &[String], pace: Pace) -> Result<Row> {
    let mut connections = Vec::new();
    for party in parties {
        connections.push(Connection::open(party.port).await?);
    }
    let (mut compared, mut next) = (Comparison::default(), launches.iter().cycle());
    for round in 0..pace.rounds {
        let mut taken = [Vec::new(), Vec::new()];
        for _ in 0..COMMANDS {
            let launch = next.next().context("no launches")?;
            for ((party, connection), taken) in parties.iter().zip(&mut connections).zip(&mut taken) {
                taken.push(reached(field, party, connection, launch).await?);
            }
        }
        let [ours, theirs] = taken.map(|taken| Spread::of(taken).median);
        eprintln!("  round {}: a command in {ours:.2} and {theirs:.2} ms", round + 1);
        compared.note(ours, theirs);
    }
    let row = Row::beside("a command reaches its agent, median", "ms", &compared);
    Ok(row.with_target(Target::RatioAtMost(1.2)))
}

async fn reached(field: &Field, party: &Party, connection: &mut Connection, launch: &str) -> Result<f64> {
    party.known.ordered.borrow_mut().clear();
    let request = field.about(party.side, "POST", launch, "/execute");
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
async fn returned(field: &mut Field, party: &mut Party, launches: &[String], count: usize) -> Result<Row> {
    party.full(count).await?;
    party.known.confirms.set(true);
    let mut executing = Vec::new();
    for launch in launches {
        let (request, port) = (field.about(party.side, "POST", launch, "/execute"), party.port);
        executing.push(spawn_local(async move {
            let mut connection = Connection::open(port).await.ok()?;
            let reply = connection.exchange(&request).await.ok()?;
            Some(reply.status)
        }));
    }
    sleep(STRUCK_AFTER).await;
    let struck = now();
    field.strike(party.side)?;
    let replies = join_all(executing).await;
    let accepted = replies.iter().filter(|reply| matches!(reply, Ok(Some(200)))).count();
    // The breaks are noticed before anybody is counted.
    sleep(Duration::from_millis(100)).await;
    party.full(count).await?;
    let back = now().saturating_duration_since(struck).as_secs_f64();
    let states = settled(field, party.side, launches).await?;
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
async fn settled(field: &Field, side: Side, launches: &[String]) -> Result<Vec<String>> {
    let end = now() + SETTLED;
    loop {
        let mut states = Vec::new();
        for launch in launches {
            let request = field.about(side, "GET", launch, "");
            let reply = Connection::open(field.port(side)).await?.exchange(&request).await?;
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
