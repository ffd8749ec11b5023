//! A file that arrives: into a partial file of its own in the folder that `agent.toml` names, checked as a whole, and only
//! then under its name. What is there is never overwritten, no link is followed, and a part that has arrived is gone on
//! with after a break, a restart of the agent, and its death. Blocking; `receive` runs on a thread of its own.

use crate::agent::logs::{place, real};
use crate::agent::session::stream::{Ending, Incoming, Outgoing};
use crate::clock;
use bytes::Bytes;
use nix::fcntl::OFlag;
use nix::sys::statvfs::statvfs;
use nix::unistd::{fchown, getuid};
use sha2::{Digest as _, Sha256};
use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use tegata_domain::session::files::{FileOffer, Received};
use tokio::runtime::Handle;

/// What a partial file's name begins with.
const PARTIAL: &str = ".tegata-part-";
/// After how long a part that nobody has gone on with is deleted, in seconds.
const OLD: u64 = 7 * 24 * 3600;
/// Most names that are tried for a file.
const MOST_NAMES: u32 = 1_000;
/// Space that stays free for others, in bytes.
const SPARE: u64 = 16 * 1024 * 1024;

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::agent::session) enum Arrival {
    /// For good.
    Ended(Received),
    /// The connection is gone: the part waits for the next one.
    Interrupted,
}

impl From<io::Error> for Arrival {
    fn from(_: io::Error) -> Self {
        Self::Ended(Received::Failed)
    }
}

/// Receives the file, and calls `progress` with the number of bytes so far. Once `withdrawn` is set, it stops, deletes
/// what it has, and leaves no file under the offered name.
pub(super) fn receive(
    folder: &Path,
    offer: &FileOffer,
    (incoming, outgoing): (Incoming, Outgoing),
    withdrawn: &AtomicBool,
    progress: impl Fn(u64),
) -> Arrival {
    let size = u64::try_from(offer.size).unwrap_or_default();
    let went = Part::open(folder, offer, size)
        .map_err(Arrival::from)
        .and_then(|mut part| {
            progress(part.length);
            let filled = part.fill(offer, incoming, outgoing, |bytes| {
                progress(bytes);
                withdrawn.load(Ordering::Relaxed)
            });
            let filled = match withdrawn.load(Ordering::Relaxed) {
                true => Err(Arrival::Ended(Received::Failed)),
                false => filled,
            };
            match filled {
                // A part that is wrong, or for which there is no space, is of no use.
                Err(Arrival::Ended(_)) => drop(fs::remove_file(&part.path)),
                Err(Arrival::Interrupted) => part.wait(),
                Ok(()) => part.finish(folder, offer)?,
            }
            filled
        });
    match went {
        Ok(()) => Arrival::Ended(Received::Done),
        Err(arrival) => arrival,
    }
}

/// A partial file.
struct Part {
    path: PathBuf,
    file: File,
    length: u64,
    size: u64,
    hash: Sha256,
}

impl Part {
    /// Opens the part of this offer, or begins one, and reads what it has.
    fn open(folder: &Path, offer: &FileOffer, size: u64) -> io::Result<Self> {
        // A link in the folder's path was put there by somebody else, or is to be resolved in the configuration.
        if real(folder)? != *folder {
            return Err(ErrorKind::PermissionDenied.into());
        }
        forget_old(folder);
        let path = folder.join(format!("{PARTIAL}{}-{size}", offer.sha256.as_str()));
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .mode(0o600)
            .custom_flags((OFlag::O_NOFOLLOW | OFlag::O_NONBLOCK).bits())
            .open(&path)?;
        let metadata = file.metadata()?;
        let own = metadata.is_file() && metadata.nlink() == 1 && metadata.uid() == getuid().as_raw();
        if !own || place(&file, &path)? != path {
            return Err(ErrorKind::PermissionDenied.into());
        }
        // The same file may be offered twice.
        file.try_lock().map_err(io::Error::other)?;
        if metadata.len() > size {
            file.set_len(0)?;
        }
        let mut part = Self {
            path,
            length: 0,
            size,
            hash: Sha256::new(),
            file: file.try_clone()?,
        };
        let mut bytes = vec![0; 256 * 1024];
        loop {
            let read = file.read(&mut bytes)?;
            if read == 0 {
                break;
            }
            part.hash.update(bytes.get(..read).unwrap_or_default());
            part.length = part.length.saturating_add(read as u64);
        }
        part.file.seek(SeekFrom::Start(part.length))?;
        let disk = statvfs(folder)?;
        #[allow(clippy::useless_conversion, reason = "32 bits on other systems")]
        let free = u64::from(disk.blocks_available()).saturating_mul(u64::from(disk.fragment_size()));
        // Some of what is missing may be taken already: by a part whose agent was killed.
        let taken = metadata.blocks().saturating_mul(512).saturating_sub(part.length);
        let missing = size.saturating_sub(part.length);
        let enough = free >= missing.saturating_sub(taken).saturating_add(SPARE);
        if !enough || !part.reserve(missing) {
            let _ = fs::remove_file(&part.path);
            return Err(ErrorKind::StorageFull.into());
        }
        Ok(part)
    }

    /// Takes the space for what is missing now: two files that arrive side by side may not count on the same. A file
    /// system that cannot do that is tried as it is. Returns whether there is space.
    #[cfg(target_os = "linux")]
    fn reserve(&self, missing: u64) -> bool {
        use nix::errno::Errno;
        use nix::fcntl::{FallocateFlags, fallocate};
        let (Ok(from), Ok(missing)) = (self.length.try_into(), missing.try_into()) else {
            return false;
        };
        let taken = match missing {
            0 => Ok(()),
            _ => fallocate(&self.file, FallocateFlags::FALLOC_FL_KEEP_SIZE, from, missing),
        };
        taken != Err(Errno::ENOSPC) && taken != Err(Errno::EDQUOT)
    }

    #[cfg(not(target_os = "linux"))]
    fn reserve(&self, _: u64) -> bool {
        true
    }

    /// Waits for another connection, with no more space than what has arrived takes.
    fn wait(&self) {
        if self.length == 0 {
            let _ = fs::remove_file(&self.path);
        } else {
            let _ = self.file.set_len(self.length);
        }
    }

    /// Receives the missing bytes and checks the hash of the whole file. Calls `went` with the number of bytes so far,
    /// and stops when it returns true.
    fn fill(
        &mut self,
        offer: &FileOffer,
        mut incoming: Incoming,
        mut outgoing: Outgoing,
        went: impl Fn(u64) -> bool,
    ) -> Result<(), Arrival> {
        let tokio = Handle::current();
        let wish = serde_json::json!({"offer": offer.id, "from": self.length}).to_string();
        let asked = tokio.block_on(outgoing.send(Bytes::from(wish)));
        asked.map_err(|_| Arrival::Interrupted)?;
        while let Some(bytes) = tokio.block_on(incoming.next()) {
            self.length = self.length.saturating_add(bytes.len() as u64);
            if self.length > self.size {
                return Err(Arrival::Ended(Received::Mismatch));
            }
            self.file.write_all(&bytes)?;
            self.hash.update(&bytes);
            if went(self.length) {
                return Err(Arrival::Ended(Received::Failed));
            }
        }
        if self.length < self.size {
            return Err(match incoming.ending() {
                Ending::Lost => Arrival::Interrupted,
                // The other side cannot go on: the file has changed, or is gone.
                Ending::Closed => Arrival::Ended(Received::Failed),
            });
        }
        let hash: String = self
            .hash
            .clone()
            .finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        if hash != offer.sha256.as_str() {
            return Err(Arrival::Ended(Received::Mismatch));
        }
        Ok(())
    }

    /// Gives the file its name, and the owner of the folder.
    fn finish(&self, folder: &Path, offer: &FileOffer) -> Result<(), Arrival> {
        let owner = fs::metadata(folder)?;
        if getuid().is_root() {
            // What the machine's people put into the folder they can also take out.
            fchown(&self.file, Some(owner.uid().into()), Some(owner.gid().into())).map_err(io::Error::from)?;
            self.file.set_permissions(Permissions::from_mode(0o640))?;
        }
        self.file.sync_all()?;
        for number in 1..=MOST_NAMES {
            match named(&self.path, &folder.join(numbered(offer.name.as_str(), number))) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error.into()),
                Ok(()) => {
                    File::open(folder)?.sync_all()?;
                    return Ok(());
                }
            }
        }
        Err(Arrival::Ended(Received::Failed))
    }
}

/// Moves the file, unless something is there.
fn named(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use nix::errno::Errno;
        use nix::fcntl::{AT_FDCWD, RenameFlags, renameat2};
        match renameat2(AT_FDCWD, from, AT_FDCWD, to, RenameFlags::RENAME_NOREPLACE) {
            // A file system that cannot do both at once.
            Err(Errno::EINVAL | Errno::ENOSYS) => {}
            moved => return Ok(moved?),
        }
    }
    fs::hard_link(from, to)?;
    fs::remove_file(from)
}

/// The name with a number before its extension, from the second on.
fn numbered(name: &str, number: u32) -> String {
    if number == 1 {
        return name.to_owned();
    }
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => format!("{stem} ({number}).{extension}"),
        _ => format!("{name} ({number})"),
    }
}

/// Deletes parts that nobody has gone on with.
fn forget_old(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_part = entry.file_name().to_str().is_some_and(|name| name.starts_with(PARTIAL));
        let changed = entry
            .metadata()
            .map(|metadata| u64::try_from(metadata.mtime()).unwrap_or_default());
        let is_old = changed.is_ok_and(|at| clock::now().saturating_sub(at) > OLD);
        if is_part && is_old {
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::numbered;

    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_has_its_space_while_it_arrives_and_no_longer() {
        use super::Part;
        use std::io::Write as _;
        use std::os::unix::fs::MetadataExt as _;
        use tegata_domain::session::files::FileOffer;
        const SIZE: u64 = 8 * 1024 * 1024;
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().canonicalize().unwrap();
        let offer = format!(
            r#"{{"id": "AAECAwQFBgcICQoLDA0ODw", "name": "patch.zip", "size": {SIZE}, "sha256": "{}"}}"#,
            "0f".repeat(32)
        );
        let offer: FileOffer = serde_json::from_str(&offer).unwrap();
        let mut part = Part::open(&folder, &offer, SIZE).unwrap();
        let taken = |part: &Part| part.file.metadata().unwrap().blocks() * 512;
        assert_eq!(part.file.metadata().unwrap().len(), 0);
        assert!(taken(&part) >= SIZE, "{}", taken(&part));
        part.file.write_all(&[7; 4096]).unwrap();
        part.length = 4096;
        part.wait();
        assert!(taken(&part) < SIZE / 2, "{}", taken(&part));
        drop(part);
        let part = Part::open(&folder, &offer, SIZE).unwrap();
        assert_eq!(part.length, 4096);
        assert!(taken(&part) >= SIZE, "{}", taken(&part));
    }

    #[test]
    fn a_number_stands_before_the_extension() {
        for (name, second) in [
            ("a.txt", "a (2).txt"),
            ("a.tar.gz", "a.tar (2).gz"),
            ("README", "README (2)"),
            (".profile", ".profile (2)"),
        ] {
            assert_eq!(numbered(name, 1), name);
            assert_eq!(numbered(name, 2), second);
        }
    }
}
