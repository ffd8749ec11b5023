//! A program in a terminal of its own, as a user of the machine. Threads read and write it, because a terminal's device
//! knows no other way; the program waits while nobody takes what it shows.

use super::message::Size;
use super::shown::Shown;
use crate::agent::config::Terminal;
use crate::agent::session::account::Account;
use bytes::Bytes;
use nix::fcntl::OFlag;
use nix::libc::mode_t;
use nix::sys::signal::{Signal, killpg};
use nix::sys::termios::{InputFlags, SetArg, tcgetattr, tcsetattr};
use nix::unistd::Pid;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;
use tokio::sync::{Notify, mpsc};

/// Becomes a user for good, with the groups that it belongs to (util-linux).
const SETPRIV: &str = "/usr/bin/setpriv";
/// How long a program may take to end before it is stopped.
const LEAVING: Duration = Duration::from_secs(1);
/// How long what the program has shown may take after its end: something it has started may still hold the terminal.
const LAST_WORDS: Duration = Duration::from_millis(300);

/// A running program. Dropping it ends the program.
pub(super) struct Shell {
    state: Arc<State>,
    master: Mutex<Box<dyn MasterPty + Send>>,
    typed: mpsc::Sender<Bytes>,
    leader: Option<Pid>,
}

#[derive(Debug)]
struct State {
    now: Mutex<Now>,
    /// There is room again, or nobody wants to see more.
    room: Condvar,
    /// Something was shown, or the program has ended.
    news: Notify,
}

#[derive(Debug, Default)]
struct Now {
    shown: Shown,
    /// How the program ended; its code, or `None` by a signal.
    exit: Option<Option<u32>>,
    /// Nothing more will be shown.
    complete: bool,
    /// The terminal is being closed.
    closing: bool,
    /// Who looks: the newest.
    looker: u64,
}

/// What there is for who looks.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Bytes.
    Shown(Vec<u8>),
    /// The program has ended.
    Exit(Option<u32>),
    /// Somebody else looks now.
    Replaced,
}

impl State {
    fn locked(&self) -> MutexGuard<'_, Now> {
        // No holder panics, and the state is whole between any two statements.
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shell {
    /// Starts the user's shell, or the program that the configuration names.
    pub(super) fn start(config: &Terminal, size: Size) -> io::Result<Self> {
        let account = Account::named(&config.user)?;
        let pty = native_pty_system().openpty(pty_size(size)).map_err(io::Error::other)?;
        if let Some(device) = pty.master.tty_name() {
            account.give(&device)?;
            erases_characters(&device)?;
        }
        let command = command(&account, config.shell.as_deref());
        let child = pty.slave.spawn_command(command).map_err(io::Error::other)?;
        drop(pty.slave);
        let reader = pty.master.try_clone_reader().map_err(io::Error::other)?;
        let writer = pty.master.take_writer().map_err(io::Error::other)?;
        let state = Arc::new(State {
            now: Mutex::default(),
            room: Condvar::new(),
            news: Notify::new(),
        });
        let (typed, types) = mpsc::channel(16);
        let leader = child
            .process_id()
            .and_then(|id| i32::try_from(id).ok())
            .map(Pid::from_raw);
        let (reads, waits) = (Arc::clone(&state), Arc::clone(&state));
        thread::spawn(move || read(&reads, reader));
        thread::spawn(move || wait(&waits, child));
        thread::spawn(move || write(types, writer));
        Ok(Self {
            state,
            master: Mutex::new(pty.master),
            typed,
            leader,
        })
    }

    /// A viewer attaches, in place of the one before. Returns a number for the new viewer, and the offset of the first
    /// byte that they see.
    pub(super) fn look(&self, from: u64) -> (u64, u64) {
        let mut now = self.state.locked();
        now.looker = now.looker.saturating_add(1);
        let from = now.shown.look(from);
        let looker = now.looker;
        drop(now);
        self.state.news.notify_waiters();
        (looker, from)
    }

    /// They look no more. Returns whether nobody does.
    pub(super) fn look_away(&self, looker: u64) -> bool {
        let mut now = self.state.locked();
        let was_last = now.looker == looker;
        if was_last {
            now.shown.look_away();
            self.state.room.notify_all();
        }
        was_last
    }

    /// The one who looked last.
    pub(super) fn looker(&self) -> u64 {
        self.state.locked().looker
    }

    /// What there is for them next, at most `most` bytes. Nothing is lost when the caller stops waiting.
    pub(super) async fn next(&self, looker: u64, most: usize) -> Next {
        loop {
            let news = self.state.news.notified();
            let mut news = std::pin::pin!(news);
            news.as_mut().enable();
            if let Some(next) = self.look_at(looker, most) {
                return next;
            }
            news.await;
        }
    }

    fn look_at(&self, looker: u64, most: usize) -> Option<Next> {
        let mut now = self.state.locked();
        if now.looker != looker {
            return Some(Next::Replaced);
        }
        let bytes = now.shown.next(most);
        if !bytes.is_empty() {
            self.state.room.notify_all();
            return Some(Next::Shown(bytes));
        }
        let exit = now.exit.filter(|_| now.complete && now.shown.is_seen())?;
        Some(Next::Exit(exit))
    }

    /// Somebody types.
    pub(super) async fn type_in(&self, bytes: Bytes) {
        // After the end, nobody reads it.
        let _ = self.typed.send(bytes).await;
    }

    pub(super) fn resize(&self, size: Size) {
        let master = self.master.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = master.resize(pty_size(size));
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        self.state.locked().closing = true;
        self.state.room.notify_all();
        let Some(leader) = self.leader else { return };
        let master = self.master.get_mut().unwrap_or_else(PoisonError::into_inner);
        let foreground = master.process_group_leader().map(Pid::from_raw);
        let groups = [Some(leader), foreground.filter(|group| *group != leader)];
        let state = Arc::clone(&self.state);
        thread::spawn(move || {
            for signal in [Signal::SIGHUP, Signal::SIGCONT, Signal::SIGKILL] {
                // After the leader's end its number may be another's.
                if state.locked().exit.is_some() {
                    return;
                }
                for group in groups.into_iter().flatten() {
                    let _ = killpg(group, signal);
                }
                if signal == Signal::SIGCONT {
                    thread::sleep(LEAVING);
                }
            }
        });
    }
}

fn pty_size(size: Size) -> PtySize {
    PtySize {
        rows: size.rows(),
        cols: size.columns(),
        pixel_width: 0,
        pixel_height: 0,
    }
}

/// Has the device erase characters, of which one may be several bytes, where a program leaves that to it.
fn erases_characters(device: &Path) -> io::Result<()> {
    let terminal = File::options()
        .read(true)
        .write(true)
        .custom_flags(OFlag::O_NOCTTY.bits())
        .open(device)?;
    let mut settings = tcgetattr(&terminal)?;
    settings.input_flags |= InputFlags::IUTF8;
    Ok(tcsetattr(&terminal, SetArg::TCSANOW, &settings)?)
}

/// The program, as the user, in a clean environment.
fn command(account: &Account, program: Option<&Path>) -> CommandBuilder {
    let own = account.shell();
    let mut command = match account.another {
        false => CommandBuilder::new(program.unwrap_or(&own)),
        true => {
            let (uid, gid) = (account.uid().to_string(), account.gid().to_string());
            let mut command = CommandBuilder::new(SETPRIV);
            command.args(["--reuid", &uid, "--regid", &gid, "--init-groups", "--"]);
            command.arg(program.unwrap_or(&own));
            command
        }
    };
    if program.is_none() {
        command.arg("-l");
    }
    command.umask(Some(USUAL_MASK));
    command.env_clear();
    let root = account.uid().is_root();
    for (name, value) in [
        ("TERM", "xterm-256color"),
        ("LANG", "C.UTF-8"),
        ("PATH", if root { ROOT_PATH } else { USER_PATH }),
        ("USER", account.name()),
        ("LOGNAME", account.name()),
    ] {
        command.env(name, value);
    }
    if let Some(language) = language() {
        command.env("LANG", language);
    }
    command.env("HOME", account.home());
    command.env("SHELL", &own);
    command.cwd(account.home());
    command
}

/// Everybody may read what the user makes, and the user alone change it.
const USUAL_MASK: mode_t = 0o022;
const ROOT_PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const USER_PATH: &str = "/usr/local/bin:/usr/bin:/bin";

/// The machine's language, if it has one whose characters are UTF-8.
fn language() -> Option<String> {
    let language = std::env::var("LANG").ok()?;
    let upper = language.to_uppercase();
    (upper.ends_with(".UTF-8") || upper.ends_with(".UTF8")).then_some(language)
}

fn read(state: &State, mut reader: impl Read) {
    let mut bytes = vec![0; 16 * 1024];
    loop {
        {
            let mut now = state.locked();
            while !now.shown.has_room() && !now.closing {
                now = state.room.wait(now).unwrap_or_else(PoisonError::into_inner);
            }
            if now.closing {
                break;
            }
        }
        match reader.read(&mut bytes) {
            Ok(0) => break,
            Ok(read) => {
                state.locked().shown.push(bytes.get(..read).unwrap_or_default());
                state.news.notify_waiters();
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            // The last program has left the terminal.
            Err(_) => break,
        }
    }
    state.locked().complete = true;
    state.news.notify_waiters();
}

fn wait(state: &State, mut child: Box<dyn Child + Send + Sync>) {
    let ended = child.wait();
    let code = ended
        .ok()
        .filter(|status| status.signal().is_none())
        .map(|status| status.exit_code());
    state.locked().exit = Some(code);
    state.news.notify_waiters();
    thread::sleep(LAST_WORDS);
    state.locked().complete = true;
    state.news.notify_waiters();
}

fn write(mut typed: mpsc::Receiver<Bytes>, mut writer: impl Write) {
    while let Some(bytes) = typed.blocking_recv() {
        if writer.write_all(&bytes).is_err() {
            return;
        }
    }
}
