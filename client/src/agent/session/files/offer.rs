//! The files that the machine offers: out of folders that `agent.toml` names, at the desk's wish. They are kept on disk
//! with the session's launch, so that a transfer goes on after the agent was killed. Nothing of a file is sent that has
//! changed since it was offered.

use crate::agent::OFFERS_FILE;
use crate::agent::config::Config;
use crate::agent::logs::open;
use crate::agent::session::stream::Outgoing;
use crate::data_dir::write_atomically;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use tegata_domain::id::{CommandId, LaunchId};
use tegata_domain::session::files::{FileHash, FileName, FileOffer};
use tegata_domain::text::FolderName;
use tokio::runtime::Handle;

/// Most files that a list has.
const MOST_LISTED: usize = 1_000;
/// Most offers that are kept.
const MOST_OFFERS: usize = 100;
/// How much is read at a time.
const PIECE: usize = 64 * 1024;

/// A file that was offered, with what tells whether it has changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::agent::session) struct Own {
    folder: PathBuf,
    pub(super) file: FileOffer,
    /// When it was changed last, in nanoseconds since 1970.
    modified: u64,
}

/// The offers of one session.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Stored {
    launch: Option<LaunchId>,
    offers: Vec<Own>,
}

/// What a list says.
#[derive(Debug, Serialize)]
struct Listed {
    name: String,
    size: u64,
    modified: u64,
}

/// The offers of the session of `launch` that a process before this one made.
pub(super) fn stored(folder: &Path, launch: &LaunchId) -> Vec<Own> {
    let text = fs::read(folder.join(OFFERS_FILE)).unwrap_or_default();
    let stored: Stored = serde_json::from_slice(&text).unwrap_or_default();
    match stored.launch.as_ref() == Some(launch) {
        true => stored.offers,
        false => Vec::new(),
    }
}

/// Keeps them. If that fails, a transfer does not go on after a restart.
pub(super) fn store(folder: &Path, launch: &LaunchId, offers: &[Own]) {
    let latest = offers.len().saturating_sub(MOST_OFFERS);
    let stored = Stored {
        launch: Some(launch.clone()),
        offers: offers.get(latest..).unwrap_or_default().to_vec(),
    };
    if let Ok(json) = serde_json::to_vec(&stored) {
        let _ = write_atomically(&folder.join(OFFERS_FILE), &json);
    }
}

/// The folder with this name, if the configuration has it.
fn folder<'a>(config: &'a Config, name: &FolderName) -> io::Result<&'a Path> {
    let files = config.files.iter().flat_map(|files| &files.offer);
    let found = files.into_iter().find(|(known, _)| known == name);
    Ok(found
        .map(|(_, path)| path.as_path())
        .ok_or(ErrorKind::PermissionDenied)?)
}

/// The files in a folder, as JSON. Blocking.
pub(in crate::agent::session) fn list(config: &Config, name: &FolderName) -> io::Result<Vec<u8>> {
    let mut listed = Vec::new();
    let mut more = false;
    for entry in fs::read_dir(folder(config, name)?)?.flatten() {
        let Ok(file) = entry.file_name().into_string() else {
            continue;
        };
        // A name that cannot be asked for as it stands is not listed.
        let plain = FileName::parse(&file).is_ok_and(|name| name.as_str() == file);
        let Ok(metadata) = entry.metadata() else { continue };
        if !plain || !metadata.is_file() {
            continue;
        }
        if listed.len() >= MOST_LISTED {
            more = true;
            break;
        }
        listed.push(Listed {
            name: file,
            size: metadata.len(),
            modified: modified(&metadata) / 1_000_000_000,
        });
    }
    listed.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(serde_json::to_vec(
        &serde_json::json!({"folder": name, "files": listed, "more": more}),
    )?)
}

/// Reads a file through, to offer it under `id`. Blocking.
pub(in crate::agent::session) fn read_through(
    config: &Config,
    id: &CommandId,
    name: &FolderName,
    file: &FileName,
) -> io::Result<Own> {
    let folder = folder(config, name)?;
    let mut opened = open(folder, file.as_str())?;
    let before = opened.metadata()?;
    let (mut hash, mut size, mut bytes) = (Sha256::new(), 0u64, vec![0; 256 * 1024]);
    loop {
        let read = opened.read(&mut bytes)?;
        if read == 0 {
            break;
        }
        hash.update(bytes.get(..read).unwrap_or_default());
        size = size.saturating_add(read as u64);
    }
    let changed = modified(&opened.metadata()?) != modified(&before) || size != before.len();
    if changed {
        // A log that is written to: its end is where it is now, or the desk asks again.
        return Err(ErrorKind::ResourceBusy.into());
    }
    let digits: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Own {
        folder: folder.to_owned(),
        modified: modified(&before),
        file: FileOffer {
            id: id.clone(),
            name: file.clone(),
            size: i64::try_from(size).map_err(io::Error::other)?,
            sha256: FileHash::try_from(digits).map_err(io::Error::other)?,
        },
    })
}

fn modified(metadata: &Metadata) -> u64 {
    let since = metadata
        .modified()
        .ok()
        .and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    since
        .and_then(|since| u64::try_from(since.as_nanos()).ok())
        .unwrap_or_default()
}

/// What a receiver says first on its stream.
#[derive(Debug, Deserialize)]
pub(super) struct Wish {
    pub(super) offer: CommandId,
    from: u64,
}

impl Own {
    fn is_unchanged(&self, opened: &File) -> io::Result<bool> {
        let metadata = opened.metadata()?;
        let size = u64::try_from(self.file.size).unwrap_or_default();
        Ok(metadata.len() == size && modified(&metadata) == self.modified)
    }

    /// Sends the file from where the receiver wants it. Ends early if the file changes. Blocking.
    pub(super) fn send(&self, wish: &Wish, mut outgoing: Outgoing) -> io::Result<()> {
        let tokio = Handle::current();
        let mut opened = open(&self.folder, self.file.name.as_str())?;
        opened.seek(SeekFrom::Start(wish.from))?;
        let size = u64::try_from(self.file.size).unwrap_or_default();
        let mut left = size.saturating_sub(wish.from);
        while left > 0 && self.is_unchanged(&opened)? {
            let piece = PIECE.min(usize::try_from(left).unwrap_or(PIECE));
            let mut bytes = vec![0; piece];
            opened.read_exact(&mut bytes)?;
            left = left.saturating_sub(piece as u64);
            if tokio.block_on(outgoing.send(Bytes::from(bytes))).is_err() {
                break;
            }
        }
        Ok(())
    }
}
