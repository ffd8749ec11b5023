//! What the machine's administrator has chosen for the agent: `settings.json`. Contains the choices, what a person may
//! type for them, and what is still missing for remote assistance. How a proxy is found and used is in `crate::proxy`.

use crate::data_dir::DataDir;
use crate::error::Error;
use crate::proxy::address::ProxyAddress;
use crate::proxy::found::FoundProxy;
use crate::secret::Secret;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The name of the file.
pub const SETTINGS_FILE: &str = "settings.json";
/// Longest domain, user name or password, in characters.
const LONGEST: usize = 256;

/// The agent's settings. Members that a newer version has added survive a change by this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Whether the agent may make connections at all (P1).
    #[serde(default = "on")]
    pub remote_service: bool,
    /// How it reaches the edge (P8).
    #[serde(default)]
    pub proxy: ProxyChoice,
    /// Whether the machine's administrator allows remote assistance (P10). It takes effect only while nothing is
    /// missing for it.
    #[serde(default)]
    pub remote_assistance: bool,
    #[serde(flatten)]
    newer: Map<String, Value>,
}

const fn on() -> bool {
    true
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            remote_service: true,
            proxy: ProxyChoice::default(),
            remote_assistance: false,
            newer: Map::new(),
        }
    }
}

/// How the agent reaches the edge.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "mode")]
pub enum ProxyChoice {
    /// Through the proxy that the environment or the system names, if either does.
    #[default]
    Automatic,
    /// Directly, whatever they name.
    None,
    /// Through this proxy.
    Manual(ManualProxy),
}

/// A proxy that was set by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManualProxy {
    /// Host and port.
    #[serde(flatten)]
    pub address: ProxyAddress,
    /// The domain of the user's account, for NTLM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// The user name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// The password.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<Secret>,
}

/// What must be there before remote assistance can be allowed (P10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// The machine is enrolled.
    Enrolment,
    /// The proxy is settled: a proxy that was only found must be adopted, or none be chosen.
    Proxy,
}

impl Settings {
    /// The stored settings; the defaults if none have been stored.
    ///
    /// Errors: `Storage` when the file cannot be read. Nothing may be assumed then: the remote service may be off.
    pub fn load(dir: &DataDir) -> Result<Self, Error> {
        Ok(dir.read_private(SETTINGS_FILE)?.unwrap_or_default())
    }

    /// Replaces the stored settings. To change some of them, use `change`.
    pub fn save(&self, dir: &DataDir) -> Result<(), Error> {
        let json = serde_json::to_vec(self).map_err(|_| Error::Protocol("the settings cannot be written"))?;
        dir.write_private(SETTINGS_FILE, &json).map(drop)
    }

    /// Changes the stored settings, so that of two changes at the same time neither undoes the other.
    pub async fn change(dir: &DataDir, change: impl FnOnce(&mut Self) -> Result<(), Error>) -> Result<Self, Error> {
        let _lock = dir.lock_settings().await?;
        let mut settings = Self::load(dir)?;
        change(&mut settings)?;
        settings.save(dir)?;
        Ok(settings)
    }

    /// Whether `other` makes its connections in the same way, and whether it makes any.
    #[must_use]
    pub fn dials_as(&self, other: &Self) -> bool {
        self.remote_service == other.remote_service && self.proxy == other.proxy
    }

    /// What is missing for remote assistance, in the order in which a person would provide it. `found` is the proxy
    /// that the environment or the system names. Automatic detection serves licences and updates only (P8).
    #[must_use]
    pub fn missing_for_remote_assistance(&self, enrolled: bool, found: Option<&FoundProxy>) -> Vec<Missing> {
        let settled = self.proxy != ProxyChoice::Automatic || found.is_none();
        [(Missing::Enrolment, enrolled), (Missing::Proxy, settled)]
            .into_iter()
            .filter_map(|(missing, there)| (!there).then_some(missing))
            .collect()
    }

    /// Allows or forbids remote assistance. Forbidding it is always possible.
    ///
    /// Errors: `AssistanceNotReady` with each thing that is missing.
    pub fn set_remote_assistance(&mut self, allowed: bool, missing: &[Missing]) -> Result<(), Error> {
        if allowed && !missing.is_empty() {
            return Err(Error::AssistanceNotReady {
                missing: missing.to_vec(),
            });
        }
        self.remote_assistance = allowed;
        Ok(())
    }

    /// Chooses a proxy by hand. Domain, user and password of another proxy are dropped: a new host must not get them
    /// unasked.
    pub fn set_proxy_address(&mut self, address: ProxyAddress) {
        match &mut self.proxy {
            ProxyChoice::Manual(manual) if manual.address == address => {}
            proxy => *proxy = ProxyChoice::Manual(ManualProxy::at(address)),
        }
    }

    /// Copies the proxy that was found into the manual fields, with its user and password if it came with any.
    pub fn adopt(&mut self, found: &FoundProxy) {
        self.proxy = ProxyChoice::Manual(ManualProxy {
            address: found.address.clone(),
            domain: None,
            user: found.user.clone(),
            password: found.password.clone(),
        });
    }
}

impl ManualProxy {
    /// A proxy without authentication.
    #[must_use]
    pub const fn at(address: ProxyAddress) -> Self {
        Self {
            address,
            domain: None,
            user: None,
            password: None,
        }
    }

    /// Sets the domain; an empty text removes it. Errors: `InvalidInput` with field `proxy_domain`.
    pub fn set_domain(&mut self, domain: &str) -> Result<(), Error> {
        self.domain = credential(domain.trim(), "proxy_domain")?;
        Ok(())
    }

    /// Sets the user name; an empty text removes it, and the password with it. `DOMAIN\user` sets the domain as well.
    /// Errors: `InvalidInput` with field `proxy_user`.
    pub fn set_user(&mut self, user: &str) -> Result<(), Error> {
        let (domain, user) = match user.trim().split_once('\\') {
            Some((domain, user)) => (Some(domain), user),
            None => (None, user.trim()),
        };
        // Basic authentication ends the user name at the first colon (RFC 7617, section 2).
        if user.contains(':') {
            return Err(Error::InvalidInput { field: "proxy_user" });
        }
        self.user = credential(user, "proxy_user")?;
        if let Some(domain) = domain {
            self.set_domain(domain)?;
        }
        if self.user.is_none() {
            self.password = None;
        }
        Ok(())
    }

    /// Sets the password; an empty text removes it. Errors: `InvalidInput` with field `proxy_password`.
    pub fn set_password(&mut self, password: &str) -> Result<(), Error> {
        self.password = credential(password, "proxy_password")?.map(Secret::new);
        Ok(())
    }
}

fn credential(text: &str, field: &'static str) -> Result<Option<String>, Error> {
    if text.chars().count() > LONGEST || text.chars().any(char::is_control) {
        return Err(Error::InvalidInput { field });
    }
    Ok(Some(text.to_owned()).filter(|text| !text.is_empty()))
}

#[cfg(test)]
mod tests;
