//! Terminals on the machine for the desk (K10). `shell` is a program in its terminal, `shown` what it has shown, and
//! `message` what goes over a stream. A terminal outlasts its stream for two minutes, and never its session.

mod message;
mod shell;
mod shown;

use super::stream::{Ending, Incoming, Outgoing};
use crate::agent::Agent;
use crate::agent::assistance::Uses;
use crate::secret::Secret;
use message::{FromDesk, Size, ToDesk, Wish, said};
use shell::{Next, Shell};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tegata_domain::id::LaunchId;
use tegata_domain::session::Ability;
use tokio::select;
use tokio::time::sleep;

/// Most terminals of a session.
const MOST: usize = 4;
/// How long one is kept for somebody to come back.
const KEPT: Duration = Duration::from_secs(120);
/// Most bytes of one message.
const PIECE: usize = 16 * 1024;

/// The terminals of one session.
pub(super) struct Terminals {
    agent: Agent,
    launch: LaunchId,
    shells: Mutex<HashMap<String, Arc<Shell>>>,
}

impl Terminals {
    pub(super) fn new(agent: Agent, launch: LaunchId) -> Self {
        Self {
            agent,
            launch,
            shells: Mutex::default(),
        }
    }

    /// The session is over: every terminal ends.
    pub(super) fn end(&self) {
        self.locked().clear();
    }

    /// Attends to a stream: a new terminal, or one that is still there.
    pub(super) async fn serve(self: Arc<Self>, name: String, mut incoming: Incoming, outgoing: Outgoing) {
        let Some(FromDesk::Wish(Wish::Open { size, terminal, from })) = incoming.next().await.and_then(FromDesk::read)
        else {
            return;
        };
        let Some((id, shell)) = self.find(terminal, size) else {
            return;
        };
        let Some(_uses) = Uses::begin(&self.agent, &self.launch, name, Ability::Terminal) else {
            return;
        };
        let (looker, from) = shell.look(from);
        shell.resize(size);
        let why = attend(&shell, looker, &id, from, incoming, outgoing).await;
        if !shell.look_away(looker) {
            // Somebody else has it now.
            return;
        }
        if why == Ending::Lost {
            drop(shell);
            tokio::spawn(async move { self.keep(&id, looker).await });
        } else {
            self.locked().remove(&id);
        }
    }

    /// The terminal that was asked for, or a new one.
    fn find(&self, terminal: Option<String>, size: Size) -> Option<(String, Arc<Shell>)> {
        let mut shells = self.locked();
        if let Some(id) = terminal {
            let shell = shells.get(&id).map(Arc::clone)?;
            return Some((id, shell));
        }
        if shells.len() >= MOST {
            return None;
        }
        let config = self.agent.assistance().config().terminal.as_ref()?;
        let shell = Arc::new(Shell::start(config, size).ok()?);
        let id = Secret::random().ok()?.expose().to_owned();
        shells.insert(id.clone(), Arc::clone(&shell));
        Some((id, shell))
    }

    /// Ends a terminal to which nobody has come back.
    async fn keep(&self, id: &str, looker: u64) {
        sleep(KEPT).await;
        let mut shells = self.locked();
        if shells.get(id).is_some_and(|shell| shell.looker() == looker) {
            shells.remove(id);
        }
    }

    fn locked(&self) -> MutexGuard<'_, HashMap<String, Arc<Shell>>> {
        // No holder panics, and the map is whole between any two statements.
        self.shells.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Passes on what is typed and shown. Returns why it ended: `Closed` also when the program has.
async fn attend(
    shell: &Shell,
    looker: u64,
    id: &str,
    from: u64,
    mut incoming: Incoming,
    mut outgoing: Outgoing,
) -> Ending {
    let terminal = id.to_owned();
    if outgoing.send(said(&ToDesk::Opened { terminal, from })).await.is_err() {
        return incoming.ending();
    }
    let typing = async {
        while let Some(message) = incoming.next().await {
            match FromDesk::read(message) {
                Some(FromDesk::Typed(bytes)) => shell.type_in(bytes).await,
                Some(FromDesk::Wish(Wish::Resize(size))) => shell.resize(size),
                // `open` comes once; the rest is of a newer desk.
                Some(FromDesk::Wish(Wish::Open { .. })) | None => {}
            }
        }
    };
    let showing = async {
        loop {
            let sent = match shell.next(looker, PIECE).await {
                Next::Shown(bytes) => outgoing.send(message::shown(&bytes)).await,
                Next::Exit(code) => {
                    let _ = outgoing.send(said(&ToDesk::Exit { code })).await;
                    return;
                }
                Next::Replaced => return,
            };
            if sent.is_err() {
                return;
            }
        }
    };
    select! {
        () = typing => {}
        () = showing => {}
    }
    incoming.ending()
}
