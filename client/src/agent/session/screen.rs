//! The machine's screen for the desk (K10, B8): for each stream a connection to the machine's VNC server, in front of
//! which a filter drops what the approval does not allow. `server` starts the server where there is none, `login` is the
//! beginning of a connection, `filter` the viewer's messages, `layout` the keyboard's layout, and `clipboard` the texts.

#[cfg(unix)]
mod clipboard;
pub(crate) mod filter;
pub(super) mod layout;
mod login;
#[cfg(unix)]
mod server;

use super::stream::{Incoming, Outgoing};
use crate::agent::Agent;
use crate::agent::assistance::Uses;
#[cfg(unix)]
use crate::agent::config::Config;
use crate::agent::config::Screen;
use bytes::{Bytes, BytesMut};
use filter::Filter;
use login::NoLogin;
#[cfg(unix)]
use server::{Display, Server};
#[cfg(unix)]
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
#[cfg(unix)]
use std::sync::Weak;
use std::time::Duration;
use tegata_domain::id::LaunchId;
use tegata_domain::session::Ability;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, split};
use tokio::net::TcpStream;
#[cfg(unix)]
use tokio::sync::Mutex;
use tokio::time::timeout;

/// How long the server and the viewer may take until the screen is seen.
const OPENING: Duration = Duration::from_secs(20);
/// The most that is read from the server at a time: it leaves in one frame.
const PIECE: usize = 64 * 1024;

/// The screen in one session.
#[derive(Debug)]
pub(super) struct Screens {
    agent: Agent,
    launch: LaunchId,
    /// Whether the desk may control the machine.
    control: bool,
    /// The server that runs for those who look.
    #[cfg(unix)]
    server: Mutex<Weak<Mutex<Server>>>,
    #[cfg(unix)]
    clipboard: clipboard::Clipboard,
}

impl Screens {
    pub(super) fn new(agent: Agent, launch: LaunchId, control: bool) -> Self {
        Self {
            agent,
            launch,
            control,
            #[cfg(unix)]
            server: Mutex::default(),
            #[cfg(unix)]
            clipboard: clipboard::Clipboard::default(),
        }
    }

    /// Puts `text` into the clipboard of the display; an error where there is none, or no program for it.
    #[cfg(unix)]
    pub(super) async fn put_text(&self, text: &str) -> io::Result<()> {
        let config = self.agent.assistance().config();
        self.clipboard.put(&self.display(config)?, text).await
    }

    /// The text in that clipboard.
    #[cfg(unix)]
    pub(super) async fn take_text(&self) -> io::Result<Vec<u8>> {
        let config = self.agent.assistance().config();
        self.clipboard.take(&self.display(config)?).await
    }

    /// The display that `agent.toml` names.
    #[cfg(unix)]
    fn display<'a>(&self, config: &'a Config) -> io::Result<Display<'a>> {
        display(config, self.control)
    }

    /// Shows the screen to somebody, until they have enough, or the server ends.
    pub(super) async fn show(&self, name: String, incoming: Incoming, outgoing: Outgoing) {
        // However it ended, the stream closes, and the viewer may open another.
        let _ = match &self.agent.assistance().config().screen {
            None => Err(NoLogin),
            Some(Screen::Server { address, password_file }) => {
                self.of_server(*address, password_file.as_deref(), name, incoming, outgoing)
                    .await
            }
            #[cfg(unix)]
            Some(Screen::Display { .. }) => match self.display(self.agent.assistance().config()) {
                Ok(display) => self.of_display(&display, name, incoming, outgoing).await,
                Err(_) => Err(NoLogin),
            },
            #[cfg(not(unix))]
            Some(Screen::Display { .. }) => Err(NoLogin),
        };
    }

    #[cfg(unix)]
    async fn of_display(
        &self,
        display: &Display<'_>,
        name: String,
        incoming: Incoming,
        outgoing: Outgoing,
    ) -> Result<(), NoLogin> {
        let server = self.server(display).await.ok_or(NoLogin)?;
        let stream = server.lock().await.connect().await.map_err(|_| NoLogin)?;
        // Who looks last takes the server along.
        self.pass(stream, None, name, incoming, outgoing).await
    }

    /// The server that runs, or a new one.
    #[cfg(unix)]
    async fn server(&self, display: &Display<'_>) -> Option<Arc<Mutex<Server>>> {
        let mut held = self.server.lock().await;
        if let Some(server) = held.upgrade()
            && server.lock().await.runs()
        {
            return Some(server);
        }
        let server = Arc::new(Mutex::new(Server::start(display).await.ok()?));
        *held = Arc::downgrade(&server);
        Some(server)
    }

    async fn of_server(
        &self,
        address: SocketAddr,
        password_file: Option<&Path>,
        name: String,
        incoming: Incoming,
        outgoing: Outgoing,
    ) -> Result<(), NoLogin> {
        let (stream, password) = connect(address, password_file).await?;
        self.pass(stream, password.as_deref(), name, incoming, outgoing).await
    }

    /// Opens both sides, and passes on what either says.
    async fn pass(
        &self,
        mut server: impl AsyncRead + AsyncWrite + Unpin,
        password: Option<&[u8]>,
        name: String,
        mut incoming: Incoming,
        mut outgoing: Outgoing,
    ) -> Result<(), NoLogin> {
        let opening = async {
            login::to_server(&mut server, password).await?;
            let said = login::of_viewer(&mut incoming, &mut outgoing).await?;
            server.write_all(&login::SHARED).await.map_err(|_| NoLogin)?;
            Ok(said)
        };
        let said = timeout(OPENING, opening).await.map_err(|_| NoLogin)??;
        // The person at the machine sees who looks for as long as anything is passed on.
        let ability = match self.control {
            true => Ability::ControlScreen,
            false => Ability::ViewScreen,
        };
        let _uses = Uses::begin(&self.agent, &self.launch, name, ability).ok_or(NoLogin)?;
        let (from_server, to_server) = split(server);
        tokio::select! {
            ended = self.viewer_on(said, incoming, to_server) => ended,
            ended = server_on(from_server, outgoing) => ended,
        }
    }

    async fn viewer_on(
        &self,
        said: Bytes,
        mut incoming: Incoming,
        mut server: impl AsyncWrite + Unpin,
    ) -> Result<(), NoLogin> {
        let mut filter = Filter::new(self.control);
        let (mut next, mut passed) = (Some(said), Vec::new());
        while let Some(bytes) = next {
            filter.take(&bytes, &mut passed).map_err(|_| NoLogin)?;
            server.write_all(&passed).await.map_err(|_| NoLogin)?;
            passed.clear();
            next = incoming.next().await;
        }
        Ok(())
    }
}

/// The display that `agent.toml` names.
#[cfg(unix)]
fn display(config: &Config, control: bool) -> io::Result<Display<'_>> {
    match &config.screen {
        Some(Screen::Display {
            display,
            xauthority,
            user,
        }) => Ok(Display {
            name: display,
            xauthority: xauthority.as_deref(),
            user: user.as_deref(),
            control,
        }),
        _ => Err(io::ErrorKind::Unsupported.into()),
    }
}

/// Connects to a VNC server that runs, and reads its password.
async fn connect(address: SocketAddr, password_file: Option<&Path>) -> Result<(TcpStream, Option<Vec<u8>>), NoLogin> {
    let password = match password_file {
        None => None,
        Some(file) => {
            let text = tokio::fs::read(file).await.map_err(|_| NoLogin)?;
            let line = text.split(|byte| matches!(byte, b'\r' | b'\n')).next();
            Some(line.unwrap_or_default().to_vec())
        }
    };
    let stream = timeout(OPENING, TcpStream::connect(address)).await;
    let stream = stream.map_err(|_| NoLogin)?.map_err(|_| NoLogin)?;
    stream.set_nodelay(true).map_err(|_| NoLogin)?;
    Ok((stream, password))
}

/// Whether the screen that `agent.toml` names can be shown (Z2): the server is started, or entered, and left again. Nobody
/// sees anything of it.
pub(in crate::agent) async fn can_be_shown(agent: &Agent) -> bool {
    let config = agent.assistance().config();
    match &config.screen {
        None => false,
        Some(Screen::Server { address, password_file }) => {
            let entering = async {
                let (mut stream, password) = connect(*address, password_file.as_deref()).await?;
                login::to_server(&mut stream, password.as_deref()).await
            };
            matches!(timeout(OPENING, entering).await, Ok(Ok(_)))
        }
        #[cfg(unix)]
        Some(Screen::Display { .. }) => match display(config, false) {
            Ok(display) => Server::start(&display).await.is_ok(),
            Err(_) => false,
        },
        #[cfg(not(unix))]
        Some(Screen::Display { .. }) => false,
    }
}

async fn server_on(mut server: impl AsyncRead + Unpin, mut outgoing: Outgoing) -> Result<(), NoLogin> {
    let mut bytes = BytesMut::new();
    loop {
        bytes.reserve(PIECE);
        let read = server.read_buf(&mut bytes).await.map_err(|_| NoLogin)?;
        if read == 0 {
            return Ok(());
        }
        outgoing.send(bytes.split().freeze()).await.map_err(|_| NoLogin)?;
    }
}
