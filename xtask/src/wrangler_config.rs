//! The parts of `wrangler.toml` that plain workerd and the deploy check need.

use std::{collections::BTreeMap, fs};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::paths;

/// The parts of `wrangler.toml` used here.
#[derive(Debug, Deserialize)]
pub struct WranglerConfig {
    /// Pins the behaviour of the runtime.
    pub compatibility_date: String,
    /// Flags that switch single behaviours on or off, for environments without their own list.
    #[serde(default)]
    pub compatibility_flags: Vec<String>,
    /// `development` and `production`.
    pub env: BTreeMap<String, Environment>,
}

/// One environment with its bindings.
#[derive(Debug, Deserialize)]
pub struct Environment {
    /// Its own flags, replacing those of all environments.
    pub compatibility_flags: Option<Vec<String>>,
    /// Plain settings.
    pub vars: BTreeMap<String, String>,
    /// Bindings to object classes.
    pub durable_objects: DurableObjects,
    /// Bindings to KV namespaces.
    pub kv_namespaces: Vec<KvNamespace>,
    /// Bindings to R2 buckets.
    #[serde(default)]
    pub r2_buckets: Vec<Bucket>,
}

/// A binding to an R2 bucket.
#[derive(Debug, Deserialize)]
pub struct Bucket {
    /// Its name in the worker.
    pub binding: String,
}

/// The table around the object bindings.
#[derive(Debug, Deserialize)]
pub struct DurableObjects {
    /// The bindings themselves.
    pub bindings: Vec<ObjectBinding>,
}

/// A binding to a class of objects.
#[derive(Debug, Deserialize)]
pub struct ObjectBinding {
    /// The name in the worker's environment.
    pub name: String,
    /// The class that the worker exports.
    pub class_name: String,
}

/// A binding to a KV namespace.
#[derive(Debug, Deserialize)]
pub struct KvNamespace {
    /// The name in the worker's environment.
    pub binding: String,
    /// The namespace's id in the account, or any name for a local one.
    pub id: String,
}

impl WranglerConfig {
    /// Reads the repository's `wrangler.toml`.
    pub fn read() -> Result<Self> {
        let text = fs::read_to_string(paths::root().join("wrangler.toml")).context("reading wrangler.toml")?;
        Self::parse(&text)
    }

    /// Reads the text of a `wrangler.toml`.
    pub fn parse(text: &str) -> Result<Self> {
        toml::from_str(text).context("wrangler.toml")
    }

    /// The flags of `environment`: its own list or, as wrangler inherits it, the top-level one.
    pub fn flags<'a>(&'a self, environment: &'a Environment) -> &'a [String] {
        let own = environment.compatibility_flags.as_ref();
        own.unwrap_or(&self.compatibility_flags)
    }

    /// The environment with that name.
    pub fn environment(&self, name: &str) -> Result<&Environment> {
        self.env
            .get(name)
            .with_context(|| format!("wrangler.toml has no [env.{name}]"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Environment, WranglerConfig};

    fn bindings(environment: &Environment) -> Vec<&str> {
        let objects = environment
            .durable_objects
            .bindings
            .iter()
            .map(|binding| binding.name.as_str());
        let namespaces = environment.kv_namespaces.iter().map(|binding| binding.binding.as_str());
        let buckets = environment.r2_buckets.iter().map(|binding| binding.binding.as_str());
        objects.chain(namespaces).chain(buckets).collect()
    }

    #[test]
    fn production_has_the_bindings_of_development_without_the_mailbox() {
        let config = WranglerConfig::read().expect("wrangler.toml is readable");
        let development = config
            .environment("development")
            .expect("it has a development environment");
        let production = config
            .environment("production")
            .expect("it has a production environment");
        let mut expected = bindings(development);
        expected.retain(|name| *name != "MAILBOX");
        assert_eq!(bindings(production), expected);
        assert_eq!(
            production.vars.get("ENVIRONMENT").map(String::as_str),
            Some("production")
        );
    }
}
