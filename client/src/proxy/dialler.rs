//! The one place from which an agent connects to anything: reads the settings, finds the way, and opens a line. While
//! the remote service is off, it refuses before it looks up a name (P1).

use crate::agent::settings::{ManualProxy, ProxyChoice, Settings};
use crate::data_dir::DataDir;
use crate::error::chain;
use crate::proxy::address::ProxyAddress;
use crate::proxy::authentication::Account;
use crate::proxy::found::{self, FoundProxy};
use crate::proxy::line::Line;
use crate::proxy::obstacle::Obstacle;
use crate::proxy::reach::{Unreached, reach};
use crate::proxy::secure::secure;
use crate::proxy::tunnel;
use http::Uri;
use hyper_util::rt::TokioIo;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use tower_service::Service;

/// Dials by the settings in a data directory. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Dialler {
    data_dir: DataDir,
    /// The proxy that the system's automatic configuration named last. Asking for it may take network traffic, so
    /// nobody asks but to connect.
    scripted: Arc<Mutex<Option<FoundProxy>>>,
}

/// The way to an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// No proxy.
    Direct,
    /// A proxy that the environment or the system names.
    Found(FoundProxy),
    /// A proxy that was set by hand.
    Manual(ManualProxy),
}

impl Way {
    /// The proxy on the way.
    #[must_use]
    pub const fn proxy(&self) -> Option<&ProxyAddress> {
        match self {
            Self::Direct => None,
            Self::Found(found) => Some(&found.address),
            Self::Manual(manual) => Some(&manual.address),
        }
    }

    fn account(&self) -> Option<Account> {
        let (domain, user, password) = match self {
            Self::Direct => return None,
            Self::Found(found) => (None, found.user.clone(), found.password.clone()),
            Self::Manual(manual) => (manual.domain.clone(), manual.user.clone(), manual.password.clone()),
        };
        Some(Account {
            domain,
            user: user?,
            password,
        })
    }
}

impl Dialler {
    /// A dialler by the settings in `data_dir`, which it reads for every connection.
    pub fn new(data_dir: DataDir) -> Self {
        let scripted = Arc::default();
        Self { data_dir, scripted }
    }

    /// The proxy that is named for `url`, as far as is known without any network traffic.
    pub fn found(&self, url: &str) -> Option<FoundProxy> {
        let scripted = || self.scripted.lock().ok()?.clone();
        found::for_url(url).ok().flatten().or_else(scripted)
    }

    /// The way to `url` by the settings as they are now.
    ///
    /// Errors: `RemoteServiceOff`, `Settings`, `ProxyKind`.
    pub async fn way(&self, url: &str) -> Result<Way, Obstacle> {
        let settings = Settings::load(&self.data_dir).map_err(|error| Obstacle::Settings { detail: chain(&error) })?;
        if !settings.remote_service {
            return Err(Obstacle::RemoteServiceOff);
        }
        match settings.proxy {
            ProxyChoice::None => Ok(Way::Direct),
            ProxyChoice::Manual(manual) => Ok(Way::Manual(manual)),
            ProxyChoice::Automatic => match found::for_url(url) {
                Ok(Some(found)) => Ok(Way::Found(found)),
                Ok(None) => Ok(self.scripted(url).await.map_or(Way::Direct, Way::Found)),
                Err(scheme) => Err(Obstacle::ProxyKind { scheme }),
            },
        }
    }

    async fn scripted(&self, url: &str) -> Option<FoundProxy> {
        let found = found::by_script(url).await;
        if let Ok(mut scripted) = self.scripted.lock() {
            scripted.clone_from(&found);
        }
        found
    }

    /// Opens a line to the host of `uri`, with TLS for `https`.
    pub async fn dial(&self, uri: &Uri) -> Result<Line, Obstacle> {
        let way = self.way(&uri.to_string()).await?;
        let encrypted = uri.scheme_str() != Some("http");
        let port = uri.port_u16().unwrap_or(if encrypted { 443 } else { 80 });
        let name = uri.host().unwrap_or_default();
        let host = name.trim_matches(['[', ']']);
        let line = match way.proxy() {
            Some(proxy) => tunnel::open(proxy, way.account().as_ref(), &format!("{name}:{port}")).await?,
            None => Line::over(reach(host, port).await.map_err(|error| match error {
                Unreached::Name(error) => Obstacle::Dns {
                    host: host.to_owned(),
                    detail: error.to_string(),
                },
                Unreached::Address(error) => Obstacle::Unreachable {
                    detail: error.to_string(),
                },
            })?),
        };
        if encrypted { secure(line, host).await } else { Ok(line) }
    }
}

/// As hyper's client calls it.
impl Service<Uri> for Dialler {
    type Response = TokioIo<Line>;
    type Error = Obstacle;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Obstacle>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Obstacle>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let dialler = self.clone();
        Box::pin(async move { dialler.dial(&uri).await.map(TokioIo::new) })
    }
}
