//! Paths in the repository and in the tools' cache directory.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

/// The repository: the directory above this crate.
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// A program installed by npm, by its name.
pub fn npm_program(name: &str) -> PathBuf {
    root().join("node_modules/.bin").join(name)
}

/// The directory of tools built with cargo: outside the repository, so that they survive `cargo clean` and all clones
/// share them.
pub fn tools() -> Result<PathBuf> {
    let cache = match env::var_os("XDG_CACHE_HOME").filter(|value| !value.is_empty()) {
        Some(cache) => PathBuf::from(cache),
        None => env::home_dir()
            .context("HOME is not set; set HOME or XDG_CACHE_HOME")?
            .join(".cache"),
    };
    Ok(cache.join("tegata/tools"))
}

/// `PATH` with the tools and the npm programs first: the machine's own Node may be too old for wrangler.
pub fn search_path() -> Result<OsString> {
    let mut directories = vec![root().join("node_modules/.bin"), tools()?.join("bin")];
    directories.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    Ok(env::join_paths(directories)?)
}
