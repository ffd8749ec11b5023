//! The agent's settings as other programs on the machine see and change them. A password goes in and never comes out.

use crate::agent::Agent;
use crate::agent::settings::{ManualProxy, Missing, ProxyChoice, Settings};
use crate::error::Error;
use crate::proxy::address::ProxyAddress;
use crate::proxy::found::{FoundProxy, Source};
use crate::secret::Secret;
use serde::{Deserialize, Serialize};

/// The settings, and what they meet on this machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Whether the agent may make connections at all (P1).
    pub remote_service: bool,
    /// How it reaches the edge (P8).
    pub proxy: ShownProxy,
    /// The proxy that the environment or the system names.
    pub found_proxy: Option<ShownFound>,
    /// Whether the machine's administrator allows remote assistance (P10).
    pub remote_assistance: bool,
    /// What is still missing for it.
    pub missing_for_remote_assistance: Vec<Missing>,
}

/// How the agent reaches the edge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "mode")]
pub enum ShownProxy {
    /// Through the proxy that the environment or the system names.
    Automatic,
    /// Directly.
    None,
    /// Through this one.
    Manual {
        /// Host and port as one types them.
        address: String,
        /// The domain of the user's account.
        domain: Option<String>,
        /// The user name.
        user: Option<String>,
        /// Whether there is a password.
        password_set: bool,
    },
}

/// A proxy that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownFound {
    /// Host and port as one types them.
    pub address: String,
    /// The user name in its URL.
    pub user: Option<String>,
    /// Who named it.
    pub source: Source,
}

impl Shown {
    /// Reads the settings. Errors: `Storage`.
    pub fn read(agent: &Agent) -> Result<Self, Error> {
        Ok(Self::of(agent, &agent.settings()?))
    }

    fn of(agent: &Agent, settings: &Settings) -> Self {
        Self {
            remote_service: settings.remote_service,
            proxy: match &settings.proxy {
                ProxyChoice::Automatic => ShownProxy::Automatic,
                ProxyChoice::None => ShownProxy::None,
                ProxyChoice::Manual(manual) => ShownProxy::Manual {
                    address: manual.address.to_string(),
                    domain: manual.domain.clone(),
                    user: manual.user.clone(),
                    password_set: manual.password.is_some(),
                },
            },
            found_proxy: agent.found_proxy().map(|found| ShownFound {
                address: found.address.to_string(),
                user: found.user,
                source: found.source,
            }),
            remote_assistance: settings.remote_assistance,
            missing_for_remote_assistance: agent.missing_for_remote_assistance(settings),
        }
    }
}

/// One change of the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Allows or forbids every connection.
    RemoteService(bool),
    /// Chooses how the edge is reached.
    Proxy(TypedProxy),
    /// Copies the proxy that was found into the manual fields.
    AdoptProxy,
    /// Allows or forbids remote assistance.
    RemoteAssistance(bool),
}

/// The proxy as a person fills it in. Empty texts remove what is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "mode")]
pub enum TypedProxy {
    /// The one that the environment or the system names.
    Automatic,
    /// None.
    None,
    /// This one.
    Manual {
        /// `host:port`.
        address: String,
        /// The domain of the user's account.
        #[serde(default)]
        domain: String,
        /// The user name.
        #[serde(default)]
        user: String,
        /// The password; without it, the stored one stays if host, port and user do.
        #[serde(default)]
        password: Option<Secret>,
    },
}

impl Change {
    /// Makes the change and stores it; the running agent follows.
    ///
    /// Errors: `InvalidInput` with the field; `AssistanceNotReady`; `Storage`.
    pub async fn make(self, agent: &Agent) -> Result<(), Error> {
        let found = agent.found_proxy();
        let change = |settings: &mut Settings| self.apply(settings, agent, found.as_ref());
        agent.change_settings(change).await.map(drop)
    }

    fn apply(self, settings: &mut Settings, agent: &Agent, found: Option<&FoundProxy>) -> Result<(), Error> {
        match self {
            Self::RemoteService(on) => settings.remote_service = on,
            Self::Proxy(typed) => typed.apply(settings)?,
            Self::AdoptProxy => settings.adopt(found.ok_or(Error::InvalidInput { field: "adopt_proxy" })?),
            Self::RemoteAssistance(on) => {
                let missing = agent.missing_for_remote_assistance(settings);
                settings.set_remote_assistance(on, &missing)?;
            }
        }
        Ok(())
    }
}

impl TypedProxy {
    fn apply(self, settings: &mut Settings) -> Result<(), Error> {
        let (address, domain, user, password) = match self {
            Self::Automatic => {
                settings.proxy = ProxyChoice::Automatic;
                return Ok(());
            }
            Self::None => {
                settings.proxy = ProxyChoice::None;
                return Ok(());
            }
            Self::Manual {
                address,
                domain,
                user,
                password,
            } => (address, domain, user, password),
        };
        let address = ProxyAddress::parse(&address)?;
        let mut manual = ManualProxy::at(address.clone());
        manual.set_domain(&domain)?;
        manual.set_user(&user)?;
        match password {
            Some(password) if manual.user.is_some() => manual.set_password(password.expose())?,
            None => {
                // A password belongs to one user of one proxy: no other gets it unasked.
                if let ProxyChoice::Manual(before) = &settings.proxy
                    && (&before.address, &before.user) == (&address, &manual.user)
                {
                    manual.password.clone_from(&before.password);
                }
            }
            Some(_) => {}
        }
        settings.proxy = ProxyChoice::Manual(manual);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, TypedProxy};
    use crate::agent::settings::{ManualProxy, ProxyChoice, Settings};
    use crate::error::Error;
    use crate::secret::Secret;

    fn typed(address: &str, user: &str, password: Option<&str>) -> TypedProxy {
        TypedProxy::Manual {
            address: address.to_owned(),
            domain: "AOZORA".to_owned(),
            user: user.to_owned(),
            password: password.map(Secret::new),
        }
    }

    fn manual(settings: &Settings) -> &ManualProxy {
        match &settings.proxy {
            ProxyChoice::Manual(manual) => manual,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn changes_unchanged() {
        for (change, text) in [
            (Change::RemoteService(false), r#"{"remote_service":false}"#),
            (Change::AdoptProxy, r#""adopt_proxy""#),
            (Change::Proxy(TypedProxy::None), r#"{"proxy":{"mode":"none"}}"#),
            (
                Change::Proxy(typed("proxy.example:3128", "line7", Some("x"))),
                r#"{"proxy":{"mode":"manual","address":"proxy.example:3128","domain":"AOZORA","user":"line7","password":"x"}}"#,
            ),
        ] {
            assert_eq!(serde_json::to_string(&change).unwrap(), text);
            assert_eq!(serde_json::from_str::<Change>(text).unwrap(), change);
        }
    }

    #[test]
    fn a_password_stays_with_its_user_and_its_proxy() {
        let mut settings = Settings::default();
        typed("proxy.example:3128", "line7", Some("secret"))
            .apply(&mut settings)
            .unwrap();
        assert_eq!(manual(&settings).password, Some(Secret::new("secret")));
        typed("proxy.example:3128", "line7", None).apply(&mut settings).unwrap();
        assert_eq!(manual(&settings).password, Some(Secret::new("secret")));
        for (address, user) in [
            ("other.example:3128", "line7"),
            ("proxy.example:3129", "line7"),
            ("proxy.example:3128", "line8"),
            ("proxy.example:3128", ""),
        ] {
            let mut other = settings.clone();
            typed(address, user, None).apply(&mut other).unwrap();
            assert_eq!(manual(&other).password, None, "{address} {user}");
        }
        typed("proxy.example:3128", "line7", Some(""))
            .apply(&mut settings)
            .unwrap();
        assert_eq!(manual(&settings).password, None, "an empty one removes it");
    }

    #[test]
    fn a_wrong_field_changes_nothing() {
        let mut settings = Settings::default();
        for (address, user, field) in [
            ("proxy.example", "", "proxy"),
            ("", "", "proxy"),
            ("proxy.example:3128", "a:b", "proxy_user"),
        ] {
            let refused = typed(address, user, None).apply(&mut settings);
            assert!(
                matches!(refused, Err(Error::InvalidInput { field: named }) if named == field),
                "{address} {user}"
            );
            assert_eq!(settings, Settings::default());
        }
    }
}
