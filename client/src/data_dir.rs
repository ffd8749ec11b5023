//! The data directory: `key.json`, `state.json` of a Viewer with the local page's `page.json`, or `agent.json` of an
//! agent with its `settings.json` and, while it waits to be accepted, `enrolment.json`, and locks. Only the user can
//! access the directory, every write is atomic, and a key that others could have read is rejected.

use crate::agent::OFFERS_FILE;
use crate::agent::assistance::NOTICE_FILE;
use crate::agent::identification::Waiting;
use crate::agent::journal::JOURNAL_FILE;
use crate::agent::service;
use crate::agent::settings::SETTINGS_FILE;
use crate::agent::state::AgentState;
use crate::error::{Error, StorageError};
use crate::key::ViewerKey;
use crate::preferences::Preferences;
use crate::state::State;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::env;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::NamedTempFile;

pub(crate) const KEY_FILE: &str = "key.json";
/// What a running agent notes.
pub const STATUS_FILE: &str = "status.json";
/// Locked by a running agent.
pub const RUN_LOCK_FILE: &str = "run.lock";
/// Where a running agent listens for other programs on this machine.
pub const CONTROL_SOCKET: &str = "control.sock";
const LOCK_FILE: &str = "lock";
const PREFERENCES_FILE: &str = "page.json";
const SETTINGS_LOCK_FILE: &str = "settings.lock";
const LOCK_STEP: Duration = Duration::from_millis(100);
/// A minute and a half: longer than a refresh takes with all its retries on an unresponsive network.
const LOCK_TRIES: u32 = 900;
const SETTINGS_LOCK_TRIES: u32 = 100;

/// A record that is bound to the key in the directory.
pub trait Record: Serialize + DeserializeOwned {
    /// The name of its file.
    const FILE: &'static str;
    /// The version of its format; files of other versions are rejected rather than misread.
    const VERSION: u32;

    /// The version that it was read with.
    fn version(&self) -> u32;

    /// Thumbprint of the key that it was created with.
    fn jkt(&self) -> &str;
}

/// The directory in which one Viewer keeps its registration, or one agent its enrolment.
#[derive(Debug, Clone)]
pub struct DataDir {
    path: PathBuf,
}

/// Held while the state is being changed; released when dropped, or by the operating system when the process dies.
#[derive(Debug)]
pub struct Locked {
    _file: File,
}

impl DataDir {
    /// A directory chosen by the caller. Creates nothing yet.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// The platform's default directory for a user's application data.
    pub fn default_for_user() -> Result<Self, Error> {
        let variable = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let home = |below: &str| variable("HOME").map(|home| home.join(below));
        let base = if cfg!(windows) {
            variable("LOCALAPPDATA")
        } else if cfg!(target_os = "macos") {
            home("Library/Application Support")
        } else {
            // The XDG specification says to ignore a relative path.
            variable("XDG_DATA_HOME")
                .filter(|path| path.is_absolute())
                .or_else(|| home(".local/share"))
        };
        Ok(Self::at(base.ok_or(StorageError::NoHome)?.join("tegata")))
    }

    /// The default directory of an agent: the machine's if the agent is installed as a service, otherwise one below that
    /// of the user that it runs as.
    pub fn default_for_agent() -> Result<Self, Error> {
        if let Some(folder) = service::machine_folder().filter(|folder| folder.exists()) {
            return Ok(Self::at(folder));
        }
        Self::default_for_users_agent()
    }

    /// The default directory of an agent that is no service.
    pub fn default_for_users_agent() -> Result<Self, Error> {
        Ok(Self::at(Self::default_for_user()?.path.join("agent")))
    }

    /// Where the agent's local page keeps what a person chose on it: theirs, not the agent's.
    pub fn default_for_page() -> Result<Self, Error> {
        Ok(Self::at(Self::default_for_user()?.path.join("agent-page")))
    }

    /// The path of the directory.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Takes the lock and creates the directory if necessary. Errors: `Busy` after a minute and a half.
    pub async fn lock(&self) -> Result<Locked, Error> {
        self.create()?;
        let path = self.path.join(LOCK_FILE);
        for _ in 0..LOCK_TRIES {
            let opened = private_options().create(true).truncate(false).open(&path);
            let file = opened.map_err(|source| io_error(&path, source))?;
            match file.try_lock() {
                // `clear` deletes the lock file: a lock on the deleted file would exclude nobody.
                Ok(()) if is_at(&file, &path) => return Ok(Locked { _file: file }),
                Ok(()) => self.create()?,
                Err(TryLockError::WouldBlock) => tokio::time::sleep(LOCK_STEP).await,
                Err(TryLockError::Error(source)) => return Err(io_error(&path, source).into()),
            }
        }
        Err(StorageError::Busy { path }.into())
    }

    /// Takes the lock on the agent's settings, which is held only while they are being changed. Errors: `Busy`.
    pub async fn lock_settings(&self) -> Result<File, Error> {
        for _ in 0..SETTINGS_LOCK_TRIES {
            if let Some(lock) = self.claim(SETTINGS_LOCK_FILE)? {
                return Ok(lock);
            }
            tokio::time::sleep(LOCK_STEP).await;
        }
        let path = self.path.join(SETTINGS_LOCK_FILE);
        Err(StorageError::Busy { path }.into())
    }

    fn create(&self) -> Result<(), StorageError> {
        create_private(&self.path).map_err(|source| io_error(&self.path, source))?;
        check_private(&self.path, OTHERS_WRITE)
    }

    /// The stored record, if there is one.
    pub fn load<R: Record>(&self) -> Result<Option<R>, Error> {
        let path = self.path.join(R::FILE);
        let Some(json) = read_if_there(&path)? else {
            return Ok(None);
        };
        match serde_json::from_slice::<R>(&json) {
            Ok(record) if record.version() == R::VERSION => Ok(Some(record)),
            _ => Err(StorageError::Malformed { path }.into()),
        }
    }

    /// Replaces the record atomically and durably.
    pub fn save<R: Record>(&self, record: &R, _lock: &Locked) -> Result<(), Error> {
        let path = self.path.join(R::FILE);
        let json = serde_json::to_vec(record).map_err(|error| io_error(&path, error.into()))?;
        Ok(write_atomically(&path, &json)?)
    }

    /// Deletes the stored record, if there is one.
    pub fn remove<R: Record>(&self, _lock: &Locked) -> Result<(), Error> {
        let path = self.path.join(R::FILE);
        match fs::remove_file(&path) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => Err(io_error(&path, source).into()),
            _ => Ok(()),
        }
    }

    /// Takes the lock in the file `name` for as long as the file is kept open; `None` when another process holds it.
    pub fn claim(&self, name: &str) -> Result<Option<File>, Error> {
        self.create()?;
        let path = self.path.join(name);
        let opened = private_options().create(true).truncate(false).open(&path);
        let file = opened.map_err(|source| io_error(&path, source))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(source)) => Err(io_error(&path, source).into()),
        }
    }

    /// Loads the key that `record` was created with.
    pub fn load_key(&self, record: &impl Record) -> Result<ViewerKey, Error> {
        let path = self.path.join(KEY_FILE);
        match self.find_key()? {
            None => Err(StorageError::KeyMissing { path }.into()),
            Some(key) if key.thumbprint() != record.jkt() => Err(StorageError::KeyMismatch { path }.into()),
            Some(key) => Ok(key),
        }
    }

    /// Loads the key of an earlier attempt, or generates a new one.
    pub fn load_or_make_key(&self, lock: &Locked) -> Result<ViewerKey, Error> {
        match self.find_key()? {
            Some(key) => Ok(key),
            None => self.make_key(lock),
        }
    }

    /// Generates a new key and replaces the earlier one, if there is one.
    pub fn make_key(&self, _lock: &Locked) -> Result<ViewerKey, Error> {
        let key = ViewerKey::generate()?;
        write_atomically(&self.path.join(KEY_FILE), key.to_json().as_bytes())?;
        Ok(key)
    }

    fn find_key(&self) -> Result<Option<ViewerKey>, StorageError> {
        let path = self.path.join(KEY_FILE);
        let Some(json) = read_if_there(&path)? else {
            return Ok(None);
        };
        check_private(&path, OTHERS_ANYTHING)?;
        ViewerKey::from_json(&json)
            .map(Some)
            .ok_or(StorageError::Malformed { path })
    }

    /// What the person chose on the local page. A file that is missing or damaged is as good as none.
    pub fn load_preferences(&self) -> Preferences {
        let json = read_if_there(&self.path.join(PREFERENCES_FILE)).ok().flatten();
        json.and_then(|json| serde_json::from_slice(&json).ok())
            .unwrap_or_default()
    }

    /// Replaces what the person chose on the local page. Needs no lock: of two choices, either may be the last.
    pub fn save_preferences(&self, preferences: &Preferences) -> Result<(), Error> {
        let path = self.path.join(PREFERENCES_FILE);
        let json = serde_json::to_vec(preferences).map_err(|error| io_error(&path, error.into()))?;
        self.create()?;
        Ok(write_atomically(&path, &json)?)
    }

    /// Reads a JSON file that nobody else can read; `None` if there is none.
    ///
    /// Errors: `Storage` with `Malformed` or `Exposed`.
    pub fn read_private<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, Error> {
        let path = self.path.join(name);
        let Some(json) = read_if_there(&path)? else {
            return Ok(None);
        };
        check_private(&path, OTHERS_ANYTHING)?;
        match serde_json::from_slice(&json) {
            Ok(read) => Ok(Some(read)),
            Err(_) => Err(StorageError::Malformed { path }.into()),
        }
    }

    /// Writes a file that only the user can read, and returns its path. `clear` knows only the agent's settings among
    /// such files; others are deleted by their writers.
    pub fn write_private(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, Error> {
        self.create()?;
        let path = self.path.join(name);
        write_atomically(&path, bytes)?;
        Ok(path)
    }

    /// Deletes the registration and its key, and the directory as well if nothing else is in it.
    pub fn clear(&self, lock: Locked) -> Result<(), Error> {
        for name in [
            State::FILE,
            AgentState::FILE,
            Waiting::FILE,
            STATUS_FILE,
            PREFERENCES_FILE,
            CONTROL_SOCKET,
            SETTINGS_FILE,
            SETTINGS_LOCK_FILE,
            JOURNAL_FILE,
            OFFERS_FILE,
            NOTICE_FILE,
            KEY_FILE,
            RUN_LOCK_FILE,
            LOCK_FILE,
        ] {
            let path = self.path.join(name);
            match fs::remove_file(&path) {
                Err(source) if source.kind() != io::ErrorKind::NotFound => return Err(io_error(&path, source).into()),
                _ => {}
            }
        }
        // Windows may keep the name of a file that is open, and with it the directory.
        drop(lock);
        // Fails when the user keeps other files in the directory; it is then left alone.
        let _ = fs::remove_dir(&self.path);
        Ok(())
    }
}

fn io_error(path: &Path, source: io::Error) -> StorageError {
    StorageError::Io {
        path: path.to_owned(),
        source,
    }
}

fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, StorageError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(source) if source.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(io_error(path, source)),
    }
}

/// Writes a temporary file in the same folder (mode 0600, the default of `tempfile`), syncs it to disk and renames it
/// over `path`.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), StorageError> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let write = || -> io::Result<()> {
        let mut file = NamedTempFile::new_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        sync_folder(folder)
    };
    write().map_err(|source| io_error(path, source))
}

/// On Unix the rename is durable only after the directory has been synced.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Whether `path` still names the open file.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(open), Ok(named)) => open.dev() == named.dev() && open.ino() == named.ino(),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_at(_file: &File, path: &Path) -> bool {
    path.exists()
}

const OTHERS_ANYTHING: u32 = 0o077;
const OTHERS_WRITE: u32 = 0o022;

/// Fails if the mode of `path` has any of the `forbidden` bits, which would give group or others access.
#[cfg(unix)]
fn check_private(path: &Path, forbidden: u32) -> Result<(), StorageError> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = fs::metadata(path)
        .map_err(|source| io_error(path, source))?
        .permissions()
        .mode()
        & 0o7777;
    if mode & forbidden == 0 {
        return Ok(());
    }
    Err(StorageError::Exposed {
        path: path.to_owned(),
        mode,
    })
}

/// On other platforms the access control list of the user's profile directory protects it.
#[cfg(not(unix))]
fn check_private(_path: &Path, _forbidden: u32) -> Result<(), StorageError> {
    Ok(())
}

#[cfg(unix)]
fn create_private(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

#[cfg(not(unix))]
fn create_private(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

#[cfg(unix)]
fn private_options() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = OpenOptions::new();
    options.read(true).write(true).mode(0o600);
    options
}

#[cfg(not(unix))]
fn private_options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    options
}
