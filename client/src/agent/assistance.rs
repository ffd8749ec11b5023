//! Remote support on this machine: whether somebody asks for it here (K6), whether the desk starts it (K9), and which
//! session runs. The control connection, the session and the programs on this machine all act on this one state. What it
//! decides is in `deciding`. What people see of it is a `Support`, which is also stored as `notice.json`.

mod deciding;

use super::config::Config;
use super::journal::{Journal, What};
use super::support::{Phase, Session, ShownDeed, Support};
use crate::data_dir::DataDir;
use crate::error::Error;
use crate::secret::Secret;
use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;
use tegata_domain::control::{FromAgent, LaunchOrder, SessionOrder};
use tegata_domain::id::{CommandId, LaunchId};
use tegata_domain::session::control::Deed;
use tegata_domain::session::{DeedOutcome, SessionEnd};
use tegata_domain::time::UnixSeconds;
use tempfile::NamedTempFile;
use tokio::sync::{Notify, mpsc, watch};
use tokio::time::Instant;

/// What people see, without the password.
pub const NOTICE_FILE: &str = "notice.json";
/// For how long somebody who has looked at the offer counts as waiting in front of it.
const WATCHED: Duration = Duration::from_secs(15);
/// For how long expired offers are renewed: a page may be forgotten on a panel.
const RENEWED: Duration = Duration::from_secs(8 * 3600);
/// Most things that the desk had done and that are still shown.
const MOST_DEEDS: usize = 20;

/// What a session is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// The person at the machine ends it for everybody.
    End,
    /// The agent leaves it.
    Leave,
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
        }
    }

    /// Replaces what a process before this one has stored: it was killed if it showed a session.
    pub(super) fn begin(&self) {
        store(&self.notice, &self.shown.borrow());
    }

    /// Says what the machine's administrator allows. The first time counts.
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

    /// Somebody at the machine ends what there is: the wish, the offer or the session, whoever started it.
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

    /// Who of the desk is in the session of `launch`.
    pub(super) fn present(&self, launch: &LaunchId, who: Vec<String>) {
        let mut held = self.locked();
        if let Some(running) = held.running_in(launch) {
            running.was_joined |= !who.is_empty();
            self.show_session(|session| session.present = who);
        }
    }

    /// The session of `launch` ends at another time.
    pub(super) fn lasts_until(&self, launch: &LaunchId, until: UnixSeconds) {
        if self.locked().running_in(launch).is_some() {
            self.show_session(|session| session.until = seconds(until));
        }
    }

    /// Something is being done in the session of `launch`. Returns whether the session still runs: otherwise nothing may
    /// be done.
    pub(super) fn does(&self, launch: &LaunchId, id: &CommandId, who: &str, deed: &Deed) -> bool {
        let mut held = self.locked();
        let Some(running) = held.running_in(launch) else {
            return false;
        };
        let shown = ShownDeed {
            by: who.to_owned(),
            ability: deed.ability(),
            detail: deed.detail(),
            outcome: None,
        };
        running.deeds.push((id.clone(), shown));
        let surplus = running.deeds.len().saturating_sub(MOST_DEEDS);
        running.deeds.drain(..surplus);
        self.show_deeds(running);
        true
    }

    /// It has ended.
    pub(super) fn did(&self, launch: &LaunchId, id: &CommandId, outcome: DeedOutcome) {
        let mut held = self.locked();
        if let Some(running) = held.running_in(launch) {
            let deed = running.deeds.iter_mut().find(|(known, _)| known == id);
            if let Some((_, deed)) = deed {
                deed.outcome = Some(outcome);
            }
            self.show_deeds(running);
        }
    }

    fn show_deeds(&self, running: &Running) {
        let deeds = running.deeds.iter().map(|(_, deed)| deed.clone()).collect();
        self.show_session(|session| session.deeds = deeds);
    }

    fn show_session(&self, change: impl FnOnce(&mut Session)) {
        self.show(|shown| {
            if let Some(session) = &mut shown.session {
                change(session);
            }
        });
    }

    fn locked(&self) -> MutexGuard<'_, Held> {
        // No holder panics, and the state is whole between any two statements.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes what people see.
    fn show(&self, change: impl FnOnce(&mut Support)) {
        self.shown.send_if_modified(|shown| {
            let before = shown.clone();
            change(shown);
            if *shown == before {
                return false;
            }
            store(&self.notice, shown);
            true
        });
    }
}

/// Not being able to store what people see keeps nobody from ending the session.
fn store(file: &Path, shown: &Support) {
    let mut stored = shown.clone();
    if let Some(session) = &mut stored.session {
        session.password = None;
    }
    if let Ok(json) = serde_json::to_vec(&stored) {
        let _ = replace(file, &json);
    }
}

/// Replaces the file at once. It need not outlast a power cut: no session does without its agent.
fn replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = file.parent().ok_or(ErrorKind::InvalidInput)?;
    let mut written = NamedTempFile::new_in(folder)?;
    written.write_all(bytes)?;
    written.persist(file)?;
    Ok(())
}

/// While there is no session yet.
fn starting() -> Support {
    Support {
        phase: Phase::Starting,
        ..Support::default()
    }
}

/// After the end of one.
fn after(why: SessionEnd) -> Support {
    Support {
        ended: Some(why),
        ..Support::default()
    }
}

fn seconds(time: UnixSeconds) -> u64 {
    u64::try_from(time.0).unwrap_or_default()
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
