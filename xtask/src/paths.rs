//! Where things lie: in the repository, and in the cache directory of the tools.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

/// The repository, which is the directory above this crate.
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// A program that npm installed, by its name.
pub fn npm_program(name: &str) -> PathBuf {
    root().join("node_modules/.bin").join(name)
}

/// Where tools lie that are built with cargo: outside the repository, so that they survive `cargo clean` and are shared
/// by every clone.
pub fn tools() -> Result<PathBuf> {
    let cache = match env::var_os("XDG_CACHE_HOME").filter(|value| !value.is_empty()) {
        Some(cache) => PathBuf::from(cache),
        None => env::home_dir()
            .context("HOME is not set; set it, or XDG_CACHE_HOME")?
            .join(".cache"),
    };
    Ok(cache.join("tegata/tools"))
}

/// `PATH` with the tools and the npm programs first: a machine's own Node may be too old for wrangler.
pub fn search_path() -> Result<OsString> {
    let mut directories = vec![root().join("node_modules/.bin"), tools()?.join("bin")];
    directories.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    Ok(env::join_paths(directories)?)
}
