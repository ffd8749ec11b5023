//! Agents of a fleet: they keep their sockets, answer commands once, and connect again after a break, as those of
//! `client/src/agent` do.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use futures::future::join_all;
use serde_json::{Value, json};
use tegata_domain::control::{PING, longest_pause};
use tokio::{
    sync::Notify,
    task::{JoinHandle, spawn_local},
    time::{sleep, timeout},
};
use xtask::process::now;

use crate::{compare::Side, fleet::Fleet, socket::Socket};

/// Agents that connect at the same time.
const AT_ONCE: usize = 32;

/// What the agents of one side know together.
#[derive(Default)]
pub struct Known {
    /// How many are connected.
    pub connected: Cell<usize>,
    /// Whether they confirm a launch; otherwise they decline it.
    pub confirms: Cell<bool>,
    /// When which launch was ordered.
    pub ordered: RefCell<BTreeMap<String, Instant>>,
    /// The commands that were carried out, by launch: the agents' journals.
    pub done: RefCell<BTreeMap<String, BTreeSet<String>>>,
    /// Rings with every change.
    pub changed: Notify,
}

/// The agents of one side.
pub struct Agents {
    /// Which side they are connected to.
    pub side: Side,
    /// Its port.
    pub port: u16,
    /// What they know.
    pub known: Rc<Known>,
    tasks: Vec<JoinHandle<()>>,
}

impl Agents {
    /// Nobody is connected yet.
    pub fn new(side: Side, port: u16) -> Self {
        Self {
            side,
            port,
            known: Rc::default(),
            tasks: Vec::new(),
        }
    }

    /// Connects the agents of all machines, a few at a time.
    pub async fn connect(&mut self, fleet: &Rc<Fleet>, count: usize) -> Result<()> {
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
                self.tasks.push(spawn_local(async move {
                    keep_connected(&fleet, port, number, &known, socket).await
                }));
            }
        }
        Ok(())
    }

    /// Everybody disconnects, without a word.
    pub fn leave(&mut self) {
        self.tasks.drain(..).for_each(|agent| agent.abort());
        self.known.connected.set(0);
    }

    /// Waits until `count` agents are connected.
    pub async fn full(&self, count: usize) -> Result<()> {
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
async fn keep_connected(fleet: &Fleet, port: u16, number: usize, known: &Known, mut socket: Socket) {
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
                socket = connect_again(fleet, port, number).await;
                known.connected.set(known.connected.get() + 1);
                known.changed.notify_waiters();
            }
        }
    }
}

async fn connect_again(fleet: &Fleet, port: u16, number: usize) -> Socket {
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
