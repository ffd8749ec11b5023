//! The journal of commands: an agent notes a command's id before it acts, and its outcome afterwards, so that it acts on
//! none a second time, even after it was killed in between. Contains the file `journal.jsonl` and nothing of what the
//! commands do.

use crate::clock;
use crate::data_dir::{DataDir, write_atomically};
use crate::error::{Error, StorageError};
use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tegata_domain::id::CommandId;
use tegata_domain::session::DeedOutcome;

/// The name of the file.
pub const JOURNAL_FILE: &str = "journal.jsonl";
/// Commands that are kept when the file is shortened.
const KEPT: usize = 500;
/// Lines after which it is shortened.
const MOST_LINES: usize = 4 * KEPT;

/// What a command is. Stored by name; names are never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The edge executes a launch.
    Launch,
    /// Somebody at the machine asks for support.
    Support,
    /// The desk looks at something.
    Look,
    /// The desk restarts the software.
    RestartSoftware,
    /// The desk restarts the machine.
    RestartMachine,
    /// The desk has a file offered to it.
    OfferFile,
    /// A file from the desk was accepted.
    ReceiveFile,
    /// Something of a newer version.
    #[serde(other)]
    Other,
}

/// A command that was noted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its id.
    pub id: CommandId,
    /// What it is.
    pub what: What,
    /// When it was noted, seconds since 1970.
    pub at: u64,
    /// Since which start of the machine.
    pub boot: String,
    /// How it ended; `None` if the agent was interrupted, or is still at it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<DeedOutcome>,
}

/// A line of the file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Line {
    Began(Entry),
    Ended { id: CommandId, outcome: DeedOutcome },
}

/// The journal of one data directory.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    boot: String,
    held: Mutex<Option<Held>>,
}

/// What the file says, once it has been read.
#[derive(Debug)]
struct Held {
    file: File,
    lines: usize,
    /// Oldest first.
    entries: Vec<Entry>,
}

impl Journal {
    /// The journal in `dir`. `boot` names this start of the machine. Reads nothing yet.
    #[must_use]
    pub fn new(dir: &DataDir, boot: String) -> Self {
        Self {
            path: dir.path().join(JOURNAL_FILE),
            boot,
            held: Mutex::new(None),
        }
    }

    /// Notes a command that is new, durably, and returns `None`. Returns what is known of one that is not, which must
    /// not be acted on.
    ///
    /// Errors: `Storage`; then the command must not be acted on either.
    pub fn begin(&self, id: &CommandId, what: What) -> Result<Option<Entry>, Error> {
        let mut guard = self.locked();
        let held = self.held(&mut guard)?;
        if let Some(known) = held.entries.iter().find(|entry| entry.id == *id) {
            return Ok(Some(known.clone()));
        }
        let entry = Entry {
            id: id.clone(),
            what,
            at: clock::now(),
            boot: self.boot.clone(),
            outcome: None,
        };
        if let Err(error) = self.append(held, &Line::Began(entry.clone())) {
            // A part of the line may be in the file. The next use reads it anew, and begins a line of its own.
            *guard = None;
            return Err(error);
        }
        held.entries.push(entry);
        Ok(None)
    }

    /// Notes how a command ended, durably.
    pub fn end(&self, id: &CommandId, outcome: DeedOutcome) -> Result<(), Error> {
        let mut guard = self.locked();
        let held = self.held(&mut guard)?;
        let line = Line::Ended {
            id: id.clone(),
            outcome,
        };
        if let Err(error) = self.append(held, &line) {
            *guard = None;
            return Err(error);
        }
        if let Some(entry) = held.entries.iter_mut().find(|entry| entry.id == *id) {
            entry.outcome = Some(outcome);
        }
        if held.lines > MOST_LINES {
            self.shorten(held)?;
        }
        Ok(())
    }

    /// What is known of a command.
    pub fn find(&self, id: &CommandId) -> Result<Option<Entry>, Error> {
        let mut guard = self.locked();
        let held = self.held(&mut guard)?;
        Ok(held.entries.iter().find(|entry| entry.id == *id).cloned())
    }

    /// Whether the machine has been started anew since `entry` was noted.
    #[must_use]
    pub fn is_of_earlier_start(&self, entry: &Entry) -> bool {
        entry.boot != self.boot
    }

    fn locked(&self) -> MutexGuard<'_, Option<Held>> {
        // Nobody panics while holding it; and if somebody did, the file says what is true.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn failed(&self, source: io::Error) -> Error {
        let path = self.path.clone();
        StorageError::Io { path, source }.into()
    }

    fn held<'a>(&self, guard: &'a mut MutexGuard<'_, Option<Held>>) -> Result<&'a mut Held, Error> {
        let held = match guard.take() {
            Some(held) => held,
            None => self.read().map_err(|source| self.failed(source))?,
        };
        Ok(guard.insert(held))
    }

    fn read(&self) -> io::Result<Held> {
        let text = match fs::read(&self.path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            read => read?,
        };
        let mut entries: Vec<Entry> = Vec::new();
        let mut lines = 0usize;
        for line in text.split(|byte| *byte == b'\n') {
            lines = lines.saturating_add(1);
            // A line that was torn by a power cut had not been acted on: it was not durable yet.
            match serde_json::from_slice(line) {
                Ok(Line::Began(entry)) => entries.push(entry),
                Ok(Line::Ended { id, outcome }) => {
                    if let Some(entry) = entries.iter_mut().find(|entry| entry.id == id) {
                        entry.outcome = Some(outcome);
                    }
                }
                Err(_) => {}
            }
        }
        let mut file = self.open()?;
        if text.last().is_some_and(|byte| *byte != b'\n') {
            file.write_all(b"\n")?;
        }
        Ok(Held { file, lines, entries })
    }

    fn open(&self) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        options.open(&self.path)
    }

    fn append(&self, held: &mut Held, line: &Line) -> Result<(), Error> {
        let mut text = serde_json::to_vec(line).map_err(|error| self.failed(error.into()))?;
        text.push(b'\n');
        let written = held.file.write_all(&text).and_then(|()| held.file.sync_all());
        held.lines = held.lines.saturating_add(1);
        written.map_err(|source| self.failed(source))
    }

    /// Keeps the newest commands.
    fn shorten(&self, held: &mut Held) -> Result<(), Error> {
        let surplus = held.entries.len().saturating_sub(KEPT);
        held.entries.drain(..surplus);
        let mut text = Vec::new();
        for entry in &held.entries {
            serde_json::to_writer(&mut text, entry).map_err(|error| self.failed(error.into()))?;
            text.push(b'\n');
        }
        write_atomically(&self.path, &text)?;
        held.file = self.open().map_err(|source| self.failed(source))?;
        held.lines = held.entries.len();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{JOURNAL_FILE, Journal, KEPT, What};
    use crate::data_dir::DataDir;
    use std::fs;
    use tegata_domain::id::CommandId;
    use tegata_domain::random::CountingRandom;
    use tegata_domain::session::DeedOutcome;
    use tempfile::TempDir;

    fn journal(folder: &TempDir, boot: &str) -> Journal {
        Journal::new(&DataDir::at(folder.path()), boot.to_owned())
    }

    fn id(seed: u64) -> CommandId {
        CommandId::generate(&CountingRandom::new(seed << 32))
    }

    #[test]
    fn journal_format_unchanged() {
        let folder = TempDir::new().unwrap();
        let id = "AAAAAAAAAAAAAAAAAAAAAA";
        let line = format!(r#"{{"id":"{id}","what":"restart_software","at":7,"boot":"b"}}"#);
        let end = format!(r#"{{"id":"{id}","outcome":"done"}}"#);
        fs::write(folder.path().join(JOURNAL_FILE), format!("{line}\n{end}\n")).unwrap();
        let found = journal(&folder, "b")
            .find(&CommandId::parse(id).unwrap())
            .unwrap()
            .unwrap();
        assert_eq!(
            (found.what, found.at, found.outcome),
            (What::RestartSoftware, 7, Some(DeedOutcome::Done))
        );
    }

    #[test]
    fn a_command_is_new_once_whatever_happens_in_between() {
        let folder = TempDir::new().unwrap();
        assert_eq!(journal(&folder, "b").begin(&id(1), What::Look).unwrap(), None);
        // The process was killed here.
        let after = journal(&folder, "b");
        let known = after.begin(&id(1), What::Look).unwrap().unwrap();
        assert_eq!(known.outcome, None);
        after.end(&id(1), DeedOutcome::Failed).unwrap();
        let known = journal(&folder, "c").begin(&id(1), What::Look).unwrap().unwrap();
        assert_eq!(known.outcome, Some(DeedOutcome::Failed));
        assert!(journal(&folder, "c").is_of_earlier_start(&known));
        assert!(!journal(&folder, "b").is_of_earlier_start(&known));
    }

    #[test]
    fn a_torn_line_does_not_spoil_the_next_one() {
        let folder = TempDir::new().unwrap();
        journal(&folder, "b").begin(&id(1), What::Look).unwrap();
        let path = folder.path().join(JOURNAL_FILE);
        let whole = fs::read(&path).unwrap();
        fs::write(&path, [&whole[..], br#"{"id":"AAAA"#].concat()).unwrap();
        assert_eq!(journal(&folder, "b").begin(&id(2), What::Look).unwrap(), None);
        let after = journal(&folder, "b");
        assert!(after.find(&id(1)).unwrap().is_some() && after.find(&id(2)).unwrap().is_some());
    }

    #[test]
    fn the_file_is_bounded_and_the_newest_commands_stay() {
        let folder = TempDir::new().unwrap();
        let journal = journal(&folder, "b");
        let count = 2 * KEPT as u64 + 10;
        for seed in 0..count {
            journal.begin(&id(seed), What::Look).unwrap();
            journal.end(&id(seed), DeedOutcome::Done).unwrap();
        }
        let lines = fs::read_to_string(folder.path().join(JOURNAL_FILE))
            .unwrap()
            .lines()
            .count();
        assert!(lines < 2 * KEPT, "{lines}");
        assert!(journal.find(&id(count - 1)).unwrap().is_some());
        assert!(journal.find(&id(0)).unwrap().is_none());
    }

    #[test]
    fn a_journal_that_cannot_be_written_allows_nothing() {
        let folder = TempDir::new().unwrap();
        let missing = DataDir::at(folder.path().join("missing"));
        assert!(
            Journal::new(&missing, "b".to_owned())
                .begin(&id(1), What::Look)
                .is_err()
        );
    }
}
