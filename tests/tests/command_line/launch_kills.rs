//! A hundred kills of the edge and of the agent, at random moments, while the desk executes launches, joins sessions and
//! has software restarted: everything that was accepted ends, nothing is done twice, and everybody comes back.
//!
//! It takes about eight minutes, and is a command of its own:
//! `cargo test -p tegata-acceptance --test command_line -- --ignored a_hundred_kills`.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use futures::{SinkExt as _, StreamExt as _};
use reqwest::Method;
use serde_json::json;
use tegata_acceptance::edge::{Pauses, development, killed, start};
use tegata_acceptance::wait::{PATIENCE, eventually};
use tegata_acceptance::world::World;
use tegata_domain::id::CommandId;
use tegata_domain::random::CountingRandom;
use tegata_domain::session::DeedOutcome;
use tegata_domain::session::control::{Deed, FromParticipant, ToParticipant};
use tegata_domain::session::frame::{self, Act, Header, Kind, PROTOCOL, SESSION};
use tokio::net::TcpStream;
use tokio::process::Child;
use tokio::time::{sleep, timeout};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{WebSocketStream, client_async};
use xtask::process::now;

use crate::agent::light;
use crate::launch::Support;

/// Number of kills: every other one is of the agent.
const KILLS: usize = 100;
/// Most requests in one session. A desk may request sixty launches in an hour.
const REQUESTS: usize = 20;
/// Shortest pause between two kills.
const SHORTEST: Duration = Duration::from_millis(500);
/// How long one step of the desk may take while everything is killed around it.
const STEP: Duration = Duration::from_secs(120);
/// How long the desk waits for an outcome before it connects again.
const ANSWERED: Duration = Duration::from_secs(20);

type Outcomes = BTreeMap<CommandId, DeedOutcome>;

/// The desk's socket in a session.
struct Line(WebSocketStream<TcpStream>);

impl Line {
    async fn open(world: &World, provider: &str, number: &str, ticket: &str) -> Option<Self> {
        let host = world.url.strip_prefix("http://")?;
        let mut request = format!("ws://{host}/t/{provider}/sessions/{number}")
            .into_client_request()
            .ok()?;
        let headers = request.headers_mut();
        headers.insert("origin", world.url.parse().ok()?);
        // As browsers do.
        headers.insert("sec-websocket-extensions", "permessage-deflate".parse().ok()?);
        headers.insert("sec-websocket-protocol", format!("{PROTOCOL}, {ticket}").parse().ok()?);
        let stream = TcpStream::connect(host).await.ok()?;
        let (socket, response) = client_async(request, stream).await.ok()?;
        let agreed = response.headers().get("sec-websocket-extensions");
        assert!(agreed.is_none(), "nothing is compressed: {agreed:?}");
        Some(Self(socket))
    }

    async fn say(&mut self, what: &FromParticipant) -> Option<()> {
        let text = serde_json::to_string(what).ok()?;
        let header = Header::new(Act::Data, Kind::Control, SESSION, 0);
        let message = frame::write(header, text.as_bytes())?;
        self.0.send(Message::binary(message)).await.ok()
    }

    async fn hear(&mut self) -> Option<ToParticipant> {
        loop {
            let Message::Binary(bytes) = self.0.next().await?.ok()? else {
                continue;
            };
            let (_, payload) = frame::read(&bytes).ok()?;
            return serde_json::from_slice(payload).ok();
        }
    }
}

/// One attempt of the desk to have `id` done: joins, asks, and waits for the outcome. `None` if something broke.
async fn attempt(
    support: &Support,
    number: &str,
    password: &str,
    id: &CommandId,
    known: &RefCell<Outcomes>,
) -> Option<()> {
    let world = &support.machine.tenant.world;
    let typed = json!({ "number": number, "password": password });
    let joined = support
        .desk
        .send(Method::POST, "/desk/sessions/join", Some(&typed))
        .await;
    let joined = joined.expect(200);
    let mut line = Line::open(world, support.desk.slug(), number, &joined.member("ticket")).await?;
    line.say(&FromParticipant::Hello).await?;
    line.say(&FromParticipant::Request {
        id: id.clone(),
        deed: Deed::RestartSoftware,
        stream: None,
    })
    .await?;
    let note = |id: CommandId, outcome: DeedOutcome| {
        let before = known.borrow_mut().insert(id.clone(), outcome);
        assert!(
            before.is_none_or(|before| before == outcome),
            "{id} ended twice: {before:?}, {outcome:?}"
        );
    };
    loop {
        match line.hear().await? {
            ToParticipant::Welcome(welcome) => {
                let ended = welcome
                    .deeds
                    .into_iter()
                    .filter_map(|deed| Some((deed.id, deed.outcome?)));
                ended.for_each(|(id, outcome)| note(id, outcome));
            }
            ToParticipant::Done { id: done, outcome } => note(done, outcome),
            _ => {}
        }
        if known.borrow().contains_key(id) {
            return Some(());
        }
    }
}

/// The script that restarts the software, and what it writes with each run.
fn script(support: &Support) -> PathBuf {
    let (script, log) = (support.pc.file("restart.sh"), support.pc.file("restarts.log"));
    fs::write(&script, format!("echo restarted >> '{log}'\nsleep 0.2\n")).expect("a script");
    let configuration = format!("[software]\nname = \"制御\"\nrestart = [\"/bin/sh\", \"{script}\"]\n");
    let file = support.pc.data().join("agent.toml");
    fs::write(&file, configuration).expect("a configuration");
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("ours alone");
    log.into()
}

/// One launch from the request to the end, with `requests` for restarts unless it is over before. Returns how many there
/// were.
async fn launch(
    support: &Support,
    number: usize,
    requests: usize,
    known: &RefCell<Outcomes>,
    over: &Cell<bool>,
) -> usize {
    let launch = support.approved(&format!("launch-{number}")).await;
    let running = eventually("the session", STEP, async || {
        let shown = support.shown(&launch).await;
        match shown["state"].as_str() {
            Some("running") => return Some(shown),
            // Refused while the machine is away, and as before when it did not confirm.
            Some("approved") => drop(support.execute(&launch).await),
            _ => {}
        }
        sleep(Duration::from_millis(200)).await;
        None
    })
    .await;
    let session = running["session"].as_str().expect("a session has a number").to_owned();
    let spoken: Vec<_> = session.as_bytes().chunks(3).map(String::from_utf8_lossy).collect();
    let spoken = spoken.join(" ");
    let world = &support.machine.tenant.world;
    let mail = world.mail_to(support.desk.address(), |mail| {
        mail.text.contains(&spoken) && mail.session_password().is_some()
    });
    let password = mail.await.session_password().expect("just found");
    let random = CountingRandom::new(u64::try_from(1_000 + number).expect("small"));
    let mut asked = 0;
    while asked < requests && !over.get() {
        let id = CommandId::generate(&random);
        asked += 1;
        let end = now() + STEP;
        while !known.borrow().contains_key(&id) {
            assert!(now() < end, "{id} has no outcome");
            if timeout(ANSWERED, attempt(support, &session, &password, &id, known))
                .await
                .is_err()
            {
                sleep(Duration::from_millis(200)).await;
            }
        }
    }
    let ended = support.desk.send(Method::POST, &format!("{launch}/end"), None).await;
    assert_eq!(ended.expect(200).member("state"), "ended");
    asked
}

#[tokio::test]
async fn the_desk_has_software_restarted_over_a_socket_without_compression() {
    let support = Support::at(&crate::world()).await;
    let log = script(&support);
    let _running = support.agent().await;
    let (known, over) = (RefCell::new(Outcomes::new()), Cell::new(false));
    launch(&support, 0, 1, &known, &over).await;
    let outcomes: Vec<_> = known.into_inner().into_values().collect();
    assert_eq!(outcomes, [DeedOutcome::Done]);
    assert_eq!(fs::read_to_string(log).expect("it was restarted").lines().count(), 1);
}

#[tokio::test]
#[ignore = "takes about eight minutes: a command of its own"]
async fn a_hundred_kills_of_edge_and_agent_do_nothing_twice_and_lose_nobody() {
    let mut edge = start(development(env!("CARGO_TARGET_TMPDIR"), "launch-kills"));
    let support = Support::at(&World::of(&edge).insisting()).await;
    let log = script(&support);
    let agent: Cell<Option<Child>> = Cell::new(Some(support.agent().await));
    let (over, known, launches) = (Cell::new(false), RefCell::new(Outcomes::new()), Cell::new((0, 0)));
    let kill = async {
        let mut pauses = Pauses::of(11);
        for kill in 0..KILLS {
            sleep(SHORTEST + pauses.below(8_192)).await;
            if kill % 2 == 0 {
                edge = killed(edge).await;
            } else if let Some(mut running) = agent.take() {
                running.kill().await.expect("killed");
                agent.set(Some(support.pc.start(&["agent", "run"])));
            }
        }
        over.set(true);
        edge
    };
    let drive = async {
        while !over.get() {
            let (count, asked) = launches.get();
            let more = launch(&support, count, REQUESTS, &known, &over).await;
            launches.set((count + 1, asked + more));
            support.desk.log_in_again().await;
            support.machine.administrator.log_in_again().await;
        }
    };
    let (mut edge, ()) = tokio::join!(kill, drive);
    light(&support.pc, "green").await;
    let (count, asked) = launches.get();
    let known = known.into_inner();
    let ended = |which: DeedOutcome| known.values().filter(|outcome| **outcome == which).count();
    let (done, unknown) = (ended(DeedOutcome::Done), ended(DeedOutcome::Unknown));
    let runs = fs::read_to_string(log).unwrap_or_default().lines().count();
    let not_begun = ended(DeedOutcome::Refused) + ended(DeedOutcome::Failed);
    eprintln!(
        "{KILLS} kills, {count} launches, {asked} requests: {done} done, {not_begun} not begun, {unknown} unknown; {runs} restarts"
    );
    assert_eq!(known.len(), asked, "each request has one outcome");
    assert!(done >= asked / 2, "most are done");
    assert!((done..=done + unknown).contains(&runs), "{runs} restarts");
    let tenant = &support.machine.tenant;
    tenant.settled_within(PATIENCE).await;
    let entries = tenant.intact_audit().await;
    let logged = |action: &str| entries.iter().filter(|entry| entry.act.action == action).count();
    assert_eq!(logged("launch.open"), count, "one session for each launch");
    assert_eq!(
        logged("launch.restart_software"),
        asked,
        "each request is in the log once"
    );
    edge.stop().expect("stopped");
}
