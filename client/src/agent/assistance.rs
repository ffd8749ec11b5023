//! Remote support on this machine: whether somebody asks for it here (K6), whether the desk starts it (K9), and which
//! session runs. The control connection, the session and the programs on this machine all act on this one state. What it
//! decides is in `deciding`. What people see of it is a `Support`, which is also stored as `notice.json`; `showing` keeps
//! it current.

mod deciding;
mod showing;
mod using;

use super::config::Config;
use super::journal::{Journal, What};
use super::support::{Phase, ShownDeed, ShownUse, Support};
use crate::data_dir::DataDir;
use crate::error::Error;
use crate::secret::Secret;
use showing::{after, starting, store};
use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;
use tegata_domain::control::{FromAgent, LaunchOrder, SessionOrder};
use tegata_domain::id::{CommandId, LaunchId};
use tegata_domain::session::{DeedOutcome, SessionEnd};
use tegata_domain::text::ChatText;
use tokio::sync::{Notify, mpsc, watch};
use tokio::time::Instant;
pub(in crate::agent) use using::Uses;

/// What people see, without the password.
pub const NOTICE_FILE: &str = "notice.json";
/// For how long somebody who has looked at the offer counts as waiting in front of it.
const WATCHED: Duration = Duration::from_secs(15);
/// For how long expired offers are renewed: a page may be forgotten on a panel.
const RENEWED: Duration = Duration::from_secs(8 * 3600);

/// An order to a running session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Word {
    /// The person at the machine ends it for everybody.
    End,
    /// The agent leaves it.
    Leave,
    /// Somebody at the machine accepts a file, or declines it.
    Decide { offer: CommandId, accept: bool },
    /// Somebody at the machine writes something.
    Write { id: CommandId, text: ChatText },
}

/// The state, shared by everything in this process that acts for the agent.
#[derive(Debug)]
pub struct Assistance {
    pub(super) journal: Journal,
    config: OnceLock<Config>,
    notice: PathBuf,
    held: Mutex<Held>,
    shown: watch::Sender<Support>,
    wake: Notify,
    /// Held while the line is measured.
    pub(super) measuring: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct Held {
    /// The command under which somebody here has asked for support, until it is answered.
    asked: Option<CommandId>,
    /// A launch that was answered and whose session is awaited.
    announced: Option<LaunchOrder>,
    running: Option<Running>,
    /// What the edge is still to be told.
    unsaid: Vec<FromAgent>,
    /// When a program last looked at the state.
    watched: Option<Instant>,
    /// When a person asked for support, since when expired offers have been renewed.
    since: Option<Instant>,
}

impl Held {
    /// The session of `launch`, if the agent is in it.
    fn running_in(&mut self, launch: &LaunchId) -> Option<&mut Running> {
        self.running.as_mut().filter(|running| running.order.launch == *launch)
    }
}

/// The session that the agent is in.
#[derive(Debug)]
struct Running {
    order: SessionOrder,
    words: mpsc::UnboundedSender<Word>,
    /// It was started at the machine.
    manual: bool,
    /// Somebody of the desk has been in it.
    was_joined: bool,
    /// What the desk had done, oldest first.
    deeds: Vec<(CommandId, ShownDeed)>,
    /// Who sees the screen or uses a terminal, once for each stream.
    uses: Vec<ShownUse>,
}

impl Assistance {
    /// Nothing runs yet. Reads nothing.
    pub(super) fn new(dir: &DataDir) -> Self {
        Self {
            journal: Journal::new(dir, start_of_machine()),
            config: OnceLock::new(),
            notice: dir.path().join(NOTICE_FILE),
            held: Mutex::default(),
            shown: watch::Sender::new(Support::default()),
            wake: Notify::new(),
            measuring: tokio::sync::Mutex::default(),
        }
    }

    /// Replaces what a process before this one has stored: it was killed if it showed a session.
    pub(super) fn begin(&self) {
        store(&self.notice, &self.shown.borrow());
    }

    /// Says what the machine's administrator allows. Only the first call has an effect.
    pub fn configure(&self, config: Config) {
        let _ = self.config.set(config);
    }

    /// What the machine's administrator allows.
    pub(super) fn config(&self) -> &Config {
        self.config.get_or_init(Config::default)
    }

    /// What people see now.
    pub fn shown(&self) -> Support {
        self.shown.borrow().clone()
    }

    /// What people see, from now on.
    pub fn watch(&self) -> watch::Receiver<Support> {
        self.shown.subscribe()
    }

    /// What people see now, asked for by a program that shows it. An offer that expires is renewed only while somebody
    /// looks at it.
    pub fn look(&self) -> Support {
        self.locked().watched = Some(Instant::now());
        self.shown()
    }

    /// Somebody at the machine asks for support. While it is offered or runs already, nothing changes.
    ///
    /// Errors: `Storage` when the journal cannot be written.
    pub fn ask(&self) -> Result<(), Error> {
        let mut held = self.locked();
        if held.asked.is_some() || held.running.is_some() || held.announced.is_some() {
            return Ok(());
        }
        held.since = Some(Instant::now());
        self.ask_anew(&mut held)
    }

    fn ask_anew(&self, held: &mut Held) -> Result<(), Error> {
        let command = CommandId::parse(Secret::random()?.expose()).ok_or(Error::Protocol("no random source"))?;
        self.journal.begin(&command, What::Support)?;
        held.asked = Some(command);
        held.watched = Some(Instant::now());
        self.show(|shown| *shown = starting());
        self.wake.notify_one();
        Ok(())
    }

    /// Somebody at the machine ends remote support, at whatever stage it is and no matter who started it.
    ///
    /// Errors: `Storage` when the journal cannot be written; it ends all the same.
    pub fn close(&self) -> Result<(), Error> {
        let mut held = self.locked();
        let mut noted = Ok(());
        if let Some(command) = held.asked.take() {
            // An offer that comes nevertheless is then turned down.
            noted = self.journal.end(&command, DeedOutcome::Refused);
        }
        let mut launches = Vec::new();
        if let Some(order) = held.announced.take() {
            noted = noted.and(self.journal.end(&order.command, DeedOutcome::Refused));
            launches.push(order.launch);
        }
        if let Some(running) = held.running.take() {
            let _ = running.words.send(Word::End);
            noted = noted.and(self.journal.end(&running.order.command, DeedOutcome::Refused));
            launches.push(running.order.launch);
        }
        held.unsaid
            .extend(launches.into_iter().map(|launch| FromAgent::End { launch }));
        if self.shown.borrow().phase != Phase::Idle {
            self.show(|shown| *shown = after(SessionEnd::Machine));
        }
        self.wake.notify_one();
        noted
    }

    /// Somebody at the machine wants something of the session that runs. Returns whether one does.
    fn pass_on(&self, word: Word) -> bool {
        let held = self.locked();
        held.running
            .as_ref()
            .is_some_and(|running| running.words.send(word).is_ok())
    }

    /// Somebody at the machine accepts a file, or declines it. Returns whether a session runs.
    pub fn decide(&self, offer: CommandId, accept: bool) -> bool {
        self.pass_on(Word::Decide { offer, accept })
    }

    /// Somebody at the machine writes something that everybody in the session reads. Returns whether one runs.
    ///
    /// Errors: `Protocol` without a source of random numbers.
    pub fn write(&self, text: ChatText) -> Result<bool, Error> {
        let id = CommandId::parse(Secret::random()?.expose()).ok_or(Error::Protocol("no random source"))?;
        Ok(self.pass_on(Word::Write { id, text }))
    }

    /// Remote assistance is no longer allowed: what the desk has started ends. The edge learns it by the switch.
    pub(super) fn forbid(&self) {
        let mut held = self.locked();
        let of_desk = held.announced.take().is_some() || held.running.as_ref().is_some_and(|running| !running.manual);
        if of_desk {
            self.drop_running(&mut held, SessionEnd::Forbidden);
        }
    }

    /// The agent stops, or may make no connections: it leaves what runs.
    pub(super) fn leave(&self) {
        let mut held = self.locked();
        let asked = held.asked.take();
        if let Some(command) = &asked {
            let _ = self.journal.end(command, DeedOutcome::Unknown);
        }
        let announced = held.announced.take();
        if asked.is_some() || announced.is_some() || held.running.is_some() {
            self.drop_running(&mut held, SessionEnd::Agent);
        }
    }

    fn drop_running(&self, held: &mut Held, why: SessionEnd) {
        if let Some(running) = held.running.take() {
            let _ = running.words.send(Word::Leave);
        }
        self.show(|shown| *shown = after(why));
    }

    /// Has the edge told something.
    pub(super) fn tell(&self, message: FromAgent) {
        self.locked().unsaid.push(message);
        self.wake.notify_one();
    }

    /// Ready when there is something to tell the edge.
    pub(super) async fn wakes(&self) {
        self.wake.notified().await;
    }

    /// What the edge is to be told now: the wish for support until it is answered, and everything else once.
    pub(super) fn take_unsaid(&self) -> Vec<FromAgent> {
        let mut held = self.locked();
        let mut unsaid = std::mem::take(&mut held.unsaid);
        unsaid.extend(held.asked.clone().map(|command| FromAgent::Support { command }));
        unsaid
    }

    /// Whether the edge has not answered the wish for support yet.
    pub(super) fn awaits_answer(&self) -> bool {
        self.locked().asked.is_some()
    }

    fn locked(&self) -> MutexGuard<'_, Held> {
        // No holder panics, and the state is whole between any two statements.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Names this start of the machine.
fn start_of_machine() -> String {
    let id = fs::read_to_string("/proc/sys/kernel/random/boot_id");
    let id = id.map(|id| id.trim().to_owned()).unwrap_or_default();
    if id.is_empty() {
        // To the hour, because the clock may be set while the machine runs.
        return (sysinfo::System::boot_time().unwrap_or_default() / 3600).to_string();
    }
    id
}
