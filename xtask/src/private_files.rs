//! Secrets of an edge on this machine: creates them and keeps them from the machine's other users.

use std::{
    fmt::Write as _,
    fs::{self, OpenOptions},
    io::Write as _,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::Path,
};

use anyhow::{Context, Result};

/// A random secret of 256 bits, in hexadecimal.
pub fn random_token() -> Result<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).context("the operating system has no random source")?;
    Ok(bytes.iter().fold(String::new(), |mut token, byte| {
        let _ = write!(token, "{byte:02x}");
        token
    }))
}

/// Creates a directory that only this user can read.
pub fn create_private_directory(path: &Path) -> Result<()> {
    let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(path);
    made.with_context(|| format!("making {}", path.display()))
}

/// Writes a file that only this user can read. Readers see either the old content or the new, never a part.
pub fn write_private_file(path: &Path, content: &str) -> Result<()> {
    let draft = path.with_extension("draft");
    let write = || -> Result<()> {
        // A draft left behind by a crash could have other permissions.
        if draft.exists() {
            fs::remove_file(&draft)?;
        }
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&draft)?;
        file.write_all(content.as_bytes())?;
        file.sync_all()?;
        Ok(fs::rename(&draft, path)?)
    };
    write().with_context(|| format!("writing {}", path.display()))
}
