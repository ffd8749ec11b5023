//! Child processes that never outlive the command that started them, and the signals that stop it.

use std::{
    cell::RefCell,
    env,
    ffi::OsStr,
    fs::{self, File},
    io::{self, Read, Seek},
    os::{
        fd::OwnedFd,
        unix::{net::UnixStream, process::CommandExt},
    },
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process_group};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

use crate::paths;

const POLL: Duration = Duration::from_millis(10);
/// Time for a process to end after SIGTERM before it gets SIGKILL.
const GRACE: Duration = Duration::from_secs(5);

/// A command for `program` that [`Leashed::start`] accepts; the caller adds arguments and environment. npm programs and
/// the tool directory come first in the search path. Output goes to standard error, because standard output is for
/// results.
pub fn leashed(program: impl AsRef<OsStr>) -> Result<Command> {
    let mut command = Command::new("/bin/sh");
    command.arg(paths::root().join("xtask/src/leash.sh")).arg(program);
    command
        .env("PATH", paths::search_path()?)
        .current_dir(paths::root())
        .stdout(io::stderr());
    if let Some(file) = OUTPUT.with_borrow(|file| file.as_ref().map(File::try_clone)) {
        let file = file.context("opening the output of a check")?;
        command
            .stdout(file.try_clone().context("opening the output of a check")?)
            .stderr(file);
    }
    Ok(command)
}

/// An unlinked temporary file.
fn nameless_file() -> io::Result<File> {
    let name = format!("tegata-{}-{:?}", std::process::id(), thread::current().id());
    let path = env::temp_dir().join(name);
    let file = File::options().read(true).write(true).create_new(true).open(&path)?;
    fs::remove_file(path)?;
    Ok(file)
}

thread_local! {
    /// Where the programs that this thread starts write to; nothing: to our own output.
    static OUTPUT: RefCell<Option<File>> = const { RefCell::new(None) };
}

/// Runs `act`, and returns with its result what the programs wrote that it started on this thread.
pub fn kept_apart(act: impl FnOnce() -> Result<()>) -> (Result<()>, String) {
    let Ok(mut file) = nameless_file() else {
        return (act(), String::new());
    };
    OUTPUT.set(file.try_clone().ok());
    let result = act();
    OUTPUT.set(None);
    let mut text = Vec::new();
    let read = file.rewind().and_then(|()| file.read_to_end(&mut text));
    (
        result,
        read.map(|_| String::from_utf8_lossy(&text).into_owned())
            .unwrap_or_default(),
    )
}

/// A running program and everything it started, as one process group. It ends when this value is dropped, and also when
/// the process that holds it ends in any other way (see `leash.sh`).
#[derive(Debug)]
pub struct Leashed {
    child: Child,
    group: Pid,
    /// Every process in the group holds the other end: each side notices when the other is gone.
    leash: UnixStream,
    name: String,
    status: Option<ExitStatus>,
}

impl Leashed {
    /// Starts a command made by [`leashed`]. Its standard input is empty.
    pub fn start(command: &mut Command) -> Result<Self> {
        let program = command.get_args().nth(1).context("not a command made by `leashed`")?;
        let name = Path::new(program)
            .file_name()
            .unwrap_or(program)
            .to_string_lossy()
            .into_owned();
        let (leash, end) = UnixStream::pair().context("creating a pair of sockets")?;
        let child = command.stdin(Stdio::from(OwnedFd::from(end))).process_group(0).spawn();
        // The command keeps its end open, which would look like a living process.
        command.stdin(Stdio::null());
        let child = child.with_context(|| format!("{name} could not be started"))?;
        Ok(Self {
            group: Pid::from_child(&child),
            child,
            leash,
            name,
            status: None,
        })
    }

    /// The process group: `ps -g` with this id lists everything that runs here.
    pub fn group(&self) -> u32 {
        self.group.as_raw_nonzero().get().unsigned_abs()
    }

    /// How the program ended, or `None` while it is running.
    pub fn try_wait(&mut self) -> Result<Option<ExitStatus>> {
        if self.status.is_none() {
            self.status = self
                .child
                .try_wait()
                .with_context(|| format!("waiting for {}", self.name))?;
        }
        Ok(self.status)
    }

    /// Waits until the program ends by itself. Fails if this process gets a stop signal in the meantime.
    pub fn wait(&mut self) -> Result<ExitStatus> {
        loop {
            if let Some(status) = self.try_wait()? {
                return Ok(status);
            }
            if stop_requested() {
                bail!("{} was interrupted", self.name);
            }
            thread::sleep(POLL);
        }
    }

    /// Asks the program to end (SIGTERM), and kills it if it does not end within seconds.
    pub fn stop(mut self) -> Result<()> {
        self.signal(Signal::TERM);
        let deadline = now() + GRACE;
        while self.try_wait()?.is_none() && now() < deadline {
            thread::sleep(POLL);
        }
        self.end()
    }

    /// Kills the program (SIGKILL), as a power cut would, and waits until it is gone.
    pub fn kill(mut self) -> Result<()> {
        self.end()
    }

    fn end(&mut self) -> Result<()> {
        self.signal(Signal::KILL);
        if self.status.is_none() {
            self.status = Some(
                self.child
                    .wait()
                    .with_context(|| format!("waiting for {}", self.name))?,
            );
        }
        // That was the leash; the program may need a moment longer to release its port and its files.
        self.leash.set_read_timeout(Some(GRACE))?;
        match self.leash.read(&mut [0]) {
            Ok(0) => Ok(()),
            _ => bail!("{} did not end", self.name),
        }
    }

    fn signal(&self, signal: Signal) {
        // The only possible failure is that no process is left to signal, which is what the callers want.
        let _ = kill_process_group(self.group, signal);
    }
}

impl Drop for Leashed {
    fn drop(&mut self) {
        // Also after the program has ended: a process it started may have stayed behind.
        let _ = self.end();
    }
}

/// Runs a command made by [`leashed`] to its end. Fails if the command fails.
pub fn run(command: &mut Command) -> Result<()> {
    let mut running = Leashed::start(command)?;
    let status = running.wait()?;
    if !status.success() {
        bail!("{} failed ({status})", running.name);
    }
    Ok(())
}

/// From here on SIGINT, SIGTERM and SIGHUP do not end this process; [`stop_requested`] reports them.
pub fn stop_on_signals() -> Result<()> {
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        signal_hook::flag::register(signal, Arc::clone(stop_flag()))?;
    }
    Ok(())
}

/// Whether a signal asked this process to stop.
pub fn stop_requested() -> bool {
    stop_flag().load(Ordering::Relaxed)
}

fn stop_flag() -> &'static Arc<AtomicBool> {
    static STOP: OnceLock<Arc<AtomicBool>> = OnceLock::new();
    STOP.get_or_init(Arc::default)
}

/// The monotonic clock, for deadlines and durations of child processes.
#[expect(
    clippy::disallowed_methods,
    reason = "the single clock of the tools, which store no times"
)]
pub fn now() -> Instant {
    Instant::now()
}
