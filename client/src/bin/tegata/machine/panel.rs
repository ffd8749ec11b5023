//! What all pages share: what the agent says, the language switch and the end.

use crate::page::door;
use crate::page::frame::{Frame, LIVE_SCRIPT, START_SCRIPT, to};
use crate::page::session::{Program, Session};
use axum::extract::{Form, State};
use axum::http::HeaderMap;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use tegata_client::agent::ipc::settings::Shown;
use tegata_client::agent::ipc::{Answer, AskError, Caller, Refusal, Request, Told, ask};
use tegata_client::agent::support::Support;
use tegata_client::data_dir::DataDir;
use tegata_client::local::checks::Refusal as RequestRefusal;
use tegata_client::local::server::Shell;
use tegata_client::registration::Locale;
use tegata_domain::time::TimeZone;

/// The words around the pages.
const PROGRAM: Program = Program {
    product: "machine-product",
    footer: "machine-footer",
    quit: "machine-quit",
    start_title: "machine-start-title",
    start_body: "machine-start-body",
    closed_title: "machine-closed-title",
    closed_body: "machine-closed-body",
    refusals: "machine-refusal-",
};

/// The style of every page.
const STYLESHEET: &str = concat!(
    include_str!("../../../../../styles/tokens.css"),
    include_str!("../../../../../styles/controls.css"),
    include_str!("../../../../../styles/pages.css"),
    include_str!("../page/page.css"),
    include_str!("machine.css"),
);

/// The pages that the language switch leads back to.
const PAGES: [&str; 4] = ["service", "support", "chat", "about"];

/// The page that one person has open.
pub(crate) struct Panel {
    /// The agent's.
    pub(super) data_dir: DataDir,
    /// The person's own, for what the page remembers.
    folder: DataDir,
    pub(super) session: Session,
}

/// What the agent said.
pub(super) enum Known {
    /// It runs.
    Running(Box<Running>),
    /// It does not run.
    NotRunning,
    /// It may run, but this user may not ask it.
    NotAdmitted,
    /// It did not answer as it should; the cause.
    Broken(String),
}

/// What a running agent said.
pub(super) struct Running {
    pub(super) told: Told,
    pub(super) settings: Shown,
    /// `None` where the agent cannot do that.
    pub(super) support: Option<Support>,
}

impl Running {
    /// Whether the person may change settings.
    pub(super) fn is_administrator(&self) -> bool {
        self.told.caller == Caller::Administrator
    }
}

impl Known {
    pub(super) fn running(&self) -> Option<&Running> {
        match self {
            Self::Running(running) => Some(running),
            Self::NotRunning | Self::NotAdmitted | Self::Broken(_) => None,
        }
    }

    /// Changes whenever a page that shows it would look different.
    fn fingerprint(&self) -> String {
        let text = match self {
            Self::Running(running) => {
                let told = serde_json::to_string(&running.told).unwrap_or_default();
                let settings = serde_json::to_string(&running.settings).unwrap_or_default();
                told + &settings + &serde_json::to_string(&running.support).unwrap_or_default()
            }
            Self::NotRunning => "not-running".to_owned(),
            Self::NotAdmitted => "not-admitted".to_owned(),
            Self::Broken(_) => "broken".to_owned(),
        };
        let hash = URL_SAFE_NO_PAD.encode(Sha256::digest(text.as_bytes()));
        hash.chars().take(16).collect()
    }
}

impl From<AskError> for Known {
    fn from(error: AskError) -> Self {
        match error {
            AskError::NotRunning => Self::NotRunning,
            AskError::NotAdmitted => Self::NotAdmitted,
            AskError::Refused(_) | AskError::Broken(_) => Self::Broken(error.to_string()),
        }
    }
}

impl Panel {
    pub(super) fn new(data_dir: DataDir, folder: DataDir, language: Option<Locale>, zone: TimeZone) -> Self {
        Self {
            data_dir,
            folder,
            session: Session::new(&PROGRAM, language, zone),
        }
    }

    /// Asks the agent.
    pub(super) async fn ask(&self, request: &Request) -> Result<Answer, AskError> {
        ask(&self.data_dir, request).await
    }

    /// Has the agent do something that has no answer.
    pub(super) async fn order(&self, request: &Request) -> Result<(), AskError> {
        self.ask(request).await.map(drop)
    }

    /// What the agent says now.
    pub(super) async fn known(&self) -> Known {
        match self.running().await {
            Ok(running) => Known::Running(Box::new(running)),
            Err(error) => error.into(),
        }
    }

    async fn running(&self) -> Result<Running, AskError> {
        let support = match self.ask(&Request::SupportState).await {
            Ok(Answer::Support(support)) => Some(*support),
            Ok(_) | Err(AskError::Refused(_)) => None,
            Err(error) => return Err(error),
        };
        match (self.ask(&Request::Status).await?, self.ask(&Request::Settings).await?) {
            (Answer::Status(told), Answer::Settings(settings)) => Ok(Running {
                told: *told,
                settings: *settings,
                support,
            }),
            _ => Err(Refusal::Unknown.into()),
        }
    }

    /// The frame of the page at `path`, which has no leading slash and shows `known`.
    pub(super) fn frame(&self, headers: &HeaderMap, path: &'static str, known: &Known) -> Frame<'_> {
        self.session.frame(headers, path, known.fingerprint())
    }
}

/// What the script of a page compares, to know when to load the page again.
pub(super) async fn state(State(panel): State<Arc<Panel>>) -> String {
    panel.known().await.fingerprint()
}

#[derive(Deserialize)]
pub(super) struct Switch {
    lang: Locale,
    #[serde(default)]
    back: String,
}

/// Changes the language, now and for the next start.
pub(super) async fn choose_language(
    State(panel): State<Arc<Panel>>,
    Form(Switch { lang, back }): Form<Switch>,
) -> Response {
    panel.session.choose_language(lang, &panel.folder);
    to(PAGES.into_iter().find(|path| *path == back).unwrap_or("./"))
}

/// Ends the program. The agent goes on.
pub(super) async fn quit(State(panel): State<Arc<Panel>>, headers: HeaderMap) -> Response {
    panel.session.close(&headers)
}

impl Shell for Panel {
    fn entrance(&self, headers: &HeaderMap, key: &str) -> String {
        door::entrance(&self.session, headers, key)
    }

    fn refusal(&self, headers: &HeaderMap, why: RequestRefusal) -> String {
        door::refusal(&self.session, headers, why)
    }

    fn stylesheet(&self) -> &'static str {
        STYLESHEET
    }

    fn scripts(&self) -> &'static [&'static str] {
        &[LIVE_SCRIPT, START_SCRIPT]
    }
}
