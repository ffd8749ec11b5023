//! One agent on this machine: enrolled with a code, it keeps one connection to its tenant. Any step may be interrupted
//! and repeated. `connection` is one control socket, `run` keeps one up, `state` is what is stored, `settings` is what the
//! machine's administrator has chosen, `identification` is the way in without a code and `acceptance` the wait for an answer
//! there, `status` is what people see of it, and `ipc` is how other programs on this machine reach the running agent.
//! `service` is what the machine knows the agent by. `diagnose` tests the way to the edge, and
//! `preflight` what a session needs.
//!
//! Remote support: `assistance` decides what is started, `support` is what people see of it, and `session` takes part in
//! one. `config` is what the machine's administrator allows there, `logs` are the files that can be read, and `journal`
//! keeps every command from being carried out twice.

pub mod acceptance;
pub mod assistance;
pub mod config;
pub mod connection;
pub mod diagnose;
pub mod identification;
pub mod ipc;
pub(crate) mod journal;
mod logs;
pub mod preflight;
pub mod run;
pub mod service;
mod session;
pub mod settings;
mod socket;
pub mod state;
pub mod status;
pub mod support;

use crate::clock;
use crate::data_dir::{DataDir, Locked, RUN_LOCK_FILE, STATUS_FILE, write_atomically};
use crate::edge::EdgeUrl;
use crate::error::Error;
use crate::key::ViewerKey;
use crate::metadata::Metadata;
use crate::proxy::dialler::Dialler;
use crate::proxy::found::FoundProxy;
use crate::secret::Secret;
use crate::tokens::{TokenEndpoint, Tokens};
use crate::transport::Transport;
use assistance::{Assistance, NOTICE_FILE};
use identification::Waiting;
use settings::{Missing, Settings};
use state::{AgentState, Phase, VERSION};
use std::fs::{self, File};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use support::Support;
use tegata_domain::agent::{AgentReport, CLIENT_AGENT};
use tegata_domain::secret::PlainEnrolmentCode;
use tegata_domain::slug::Slug;

/// What the machine offers to the desk in the session that runs.
pub(crate) const OFFERS_FILE: &str = "offers.json";
const CLAIM_TRIES: u32 = 10;
const CLAIM_STEP: Duration = Duration::from_millis(100);
/// Stands for an edge that nobody has named yet when a proxy is looked for; nothing is sent to it.
const ANYWHERE: &str = "https://edge.invalid";
const ENROLMENT_CODE: &str = "urn:tegata:grant-type:enrolment_code";

/// The agent whose data is in one directory.
#[derive(Debug, Clone)]
pub struct Agent {
    data_dir: DataDir,
    dialler: Dialler,
    transport: Transport,
    assistance: Arc<Assistance>,
}

/// Parses an enrolment code as typed. Errors: `InvalidInput` with field `enrolment_code`.
pub fn parse_code(text: &str) -> Result<PlainEnrolmentCode, Error> {
    PlainEnrolmentCode::parse(text.trim()).ok_or(Error::InvalidInput {
        field: "enrolment_code",
    })
}

impl Agent {
    /// An agent on its data directory; reads nothing yet.
    pub fn new(data_dir: DataDir) -> Result<Self, Error> {
        let dialler = Dialler::new(data_dir.clone());
        let transport = Transport::dialling(dialler.clone())?;
        let assistance = Arc::new(Assistance::new(&data_dir));
        Ok(Self {
            data_dir,
            dialler,
            transport,
            assistance,
        })
    }

    /// The directory.
    pub fn data_dir(&self) -> &DataDir {
        &self.data_dir
    }

    /// Remote support, as far as this process takes part in it.
    pub fn assistance(&self) -> &Assistance {
        &self.assistance
    }

    /// The enrolment of this machine. Errors: `NotRegistered`.
    pub fn state(&self) -> Result<AgentState, Error> {
        self.data_dir.load::<AgentState>()?.ok_or(Error::NotRegistered)
    }

    /// Enrols with a code. The key is made here and never leaves the machine. If the answer is lost, the same code works
    /// again on this machine for ten minutes.
    ///
    /// Errors: `AlreadyRegistered`; `OAuth` with `invalid_grant` for a code that is wrong or was used on another machine,
    /// and with `expired_token` for one that has expired.
    pub async fn enrol(
        &self,
        edge: EdgeUrl,
        tenant: Slug,
        code: &PlainEnrolmentCode,
        report: &AgentReport,
    ) -> Result<AgentState, Error> {
        let lock = self.data_dir.lock().await?;
        self.enrol_locked(edge, tenant, code, report, &lock).await
    }

    async fn enrol_locked(
        &self,
        edge: EdgeUrl,
        tenant: Slug,
        code: &PlainEnrolmentCode,
        report: &AgentReport,
        lock: &Locked,
    ) -> Result<AgentState, Error> {
        let key = self.enrolling_key(lock)?;
        let metadata = Metadata::discover(&self.transport, &edge, &tenant).await?;
        let form = [
            ("grant_type", ENROLMENT_CODE),
            ("client_id", CLIENT_AGENT),
            ("enrolment_code", code.expose()),
            ("software", report.software.as_str()),
            ("system", report.system.as_str()),
            ("host_name", report.host_name.as_str()),
        ];
        let tokens = self.endpoint(&metadata, &key).request(&form, None, None).await?;
        let state = AgentState {
            version: VERSION,
            edge,
            tenant,
            metadata,
            jkt: key.thumbprint(),
            phase: Phase::Enrolled(tokens),
        };
        self.data_dir.save(&state, lock)?;
        // A request that waited for the same is answered by this.
        self.data_dir.remove::<Waiting>(lock)?;
        Ok(state)
    }

    /// The key to enrol with. Errors: `AlreadyRegistered`.
    fn enrolling_key(&self, lock: &Locked) -> Result<ViewerKey, Error> {
        match self.state() {
            Ok(state) if matches!(state.phase, Phase::Enrolled(_)) => Err(Error::AlreadyRegistered),
            // Its key may have been copied, so it serves no second enrolment.
            Ok(_) => {
                let key = self.data_dir.make_key(lock)?;
                self.data_dir.remove::<AgentState>(lock)?;
                self.data_dir.remove::<Waiting>(lock)?;
                Ok(key)
            }
            // The key of an attempt whose answer was lost: the code works again for it alone.
            Err(Error::NotRegistered) => self.data_dir.load_or_make_key(lock),
            Err(error) => Err(error),
        }
    }

    /// The settings. Errors: `Storage` when they cannot be read.
    pub fn settings(&self) -> Result<Settings, Error> {
        Settings::load(&self.data_dir)
    }

    /// Changes the settings; a running agent follows within two seconds.
    pub async fn change_settings(
        &self,
        change: impl FnOnce(&mut Settings) -> Result<(), Error>,
    ) -> Result<Settings, Error> {
        Settings::change(&self.data_dir, change).await
    }

    /// The proxy that the environment or the system names for this agent's edge, or for any address before it is
    /// enrolled. What the automatic configuration of Windows says is known once the agent has connected, or after
    /// `look_for_proxy`.
    pub fn found_proxy(&self) -> Option<FoundProxy> {
        self.dialler.found(&self.destination())
    }

    /// Asks the system's automatic configuration as well, if the settings let the agent do so.
    pub async fn look_for_proxy(&self) -> Option<FoundProxy> {
        // While the remote service is off, nothing is asked; what is known anyway is the answer.
        let _ = self.dialler.way(&self.destination()).await;
        self.found_proxy()
    }

    fn destination(&self) -> String {
        let edge = self.state().map(|state| state.edge);
        edge.as_ref().map_or(ANYWHERE, EdgeUrl::as_str).to_owned()
    }

    /// What is missing for remote assistance under `settings` (P10).
    pub fn missing_for_remote_assistance(&self, settings: &Settings) -> Vec<Missing> {
        let enrolled = matches!(self.state(), Ok(state) if matches!(state.phase, Phase::Enrolled(_)));
        settings.missing_for_remote_assistance(enrolled, self.found_proxy().as_ref())
    }

    fn endpoint<'a>(&'a self, metadata: &'a Metadata, key: &'a ViewerKey) -> TokenEndpoint<'a> {
        TokenEndpoint {
            transport: &self.transport,
            metadata,
            key,
            client_id: CLIENT_AGENT,
        }
    }

    /// An access token that is valid now and is not `rejected`, with what is needed to use it.
    ///
    /// Errors: `Revoked` when the edge no longer accepts the agent.
    async fn access_token(&self, rejected: Option<&Secret>) -> Result<(AgentState, ViewerKey, Secret), Error> {
        let lock = self.data_dir.lock().await?;
        let mut state = self.state()?;
        let Phase::Enrolled(tokens) = state.phase.clone() else {
            return Err(Error::Revoked);
        };
        let key = self.data_dir.load_key(&state)?;
        let usable = tokens.is_fresh(clock::now()) && Some(&tokens.access_token) != rejected;
        let tokens = if usable {
            tokens
        } else {
            self.refresh(&mut state, &tokens, &key, &lock).await?
        };
        Ok((state, key, tokens.access_token))
    }

    async fn refresh(
        &self,
        state: &mut AgentState,
        tokens: &Tokens,
        key: &ViewerKey,
        lock: &Locked,
    ) -> Result<Tokens, Error> {
        let answer = self.endpoint(&state.metadata, key).refresh(tokens).await;
        match &answer {
            Ok(tokens) => state.phase = Phase::Enrolled(tokens.clone()),
            // Remembered, so that nobody takes this machine for an enrolled one.
            Err(Error::Revoked) => state.phase = Phase::Ended { told_at: clock::now() },
            Err(_) => return answer,
        }
        self.data_dir.save(state, lock)?;
        answer
    }

    /// Gives the credential back (RFC 7009), unless `offline`, and then deletes key and data. If the edge cannot be
    /// reached, they stay. Returns whether the machine was enrolled, or had asked to be.
    pub async fn forget(&self, offline: bool) -> Result<bool, Error> {
        if !self.data_dir.path().exists() {
            return Ok(false);
        }
        let lock = self.data_dir.lock().await?;
        let state = if offline {
            None
        } else {
            self.data_dir.load::<AgentState>()?
        };
        // A request that waits is something to forget too, even one that cannot be read.
        let found = state.is_some() || offline || !matches!(self.waiting(), Ok(None));
        if let Some(state) = &state
            && let Phase::Enrolled(tokens) = &state.phase
        {
            let key = self.data_dir.load_key(state)?;
            let form = [
                ("token", tokens.refresh_token.expose()),
                ("token_type_hint", "refresh_token"),
                ("client_id", CLIENT_AGENT),
            ];
            let endpoint = self.endpoint(&state.metadata, &key);
            endpoint.prove(&state.metadata.revocation_endpoint, &form).await?;
        }
        self.data_dir.clear(lock)?;
        Ok(found)
    }

    fn status_file(&self) -> PathBuf {
        self.data_dir.path().join(STATUS_FILE)
    }

    /// Claims the right to run the agent, which one process has for each directory, until the file is dropped. `None` when
    /// another process has it.
    ///
    /// Errors: `Storage` when the directory cannot be used.
    pub async fn claim(&self) -> Result<Option<File>, Error> {
        for _ in 0..CLAIM_TRIES {
            if let Some(claim) = self.data_dir.claim(RUN_LOCK_FILE)? {
                return Ok(Some(claim));
            }
            // It may only be another command that looks whether the agent runs.
            tokio::time::sleep(CLAIM_STEP).await;
        }
        Ok(None)
    }

    /// Whether a process runs the agent now.
    ///
    /// Errors: `Storage` when the directory cannot be used.
    pub fn is_running(&self) -> Result<bool, Error> {
        Ok(self.data_dir.claim(RUN_LOCK_FILE)?.is_none())
    }

    /// Whether the claim of the running process is still worth anything: `forget` deletes the whole directory.
    pub fn claim_stands(&self) -> bool {
        self.data_dir.path().join(RUN_LOCK_FILE).exists()
    }

    /// What the running agent noted last; `None` if none has run yet.
    pub fn noted(&self) -> Option<state::RunStatus> {
        serde_json::from_slice(&fs::read(self.status_file()).ok()?).ok()
    }

    /// What the running agent shows of remote support, as it stored it.
    fn notice(&self) -> Option<Support> {
        serde_json::from_slice(&fs::read(self.data_dir.path().join(NOTICE_FILE)).ok()?).ok()
    }

    fn note(&self, status: &state::RunStatus) -> Result<(), Error> {
        let json = serde_json::to_vec(status).unwrap_or_default();
        Ok(write_atomically(&self.status_file(), &json)?)
    }
}
