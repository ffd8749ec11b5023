//! One Viewer on this PC. It combines the data directory, the device flow and the gate so that any step may be
//! interrupted and resumed, by this command or another. `pending` covers the time before it is registered.

mod pending;

pub use pending::Step;

use crate::clock;
use crate::data_dir::{DataDir, Locked};
use crate::error::Error;
use crate::gate::{self, GateAnswer};
use crate::key::ViewerKey;
use crate::secret::Secret;
use crate::state::{Active, Ended, Phase, Revoked, State};
use crate::tokens::{TokenEndpoint, Tokens};
use crate::transport::Transport;
use reqwest::Method;
use tegata_domain::registration::CLIENT_VIEWER;

/// The Viewer whose data is in one directory.
#[derive(Debug, Clone)]
pub struct Viewer {
    data_dir: DataDir,
    transport: Transport,
}

impl Viewer {
    /// A Viewer on its data directory; reads nothing yet.
    pub fn new(data_dir: DataDir) -> Result<Self, Error> {
        Ok(Self {
            data_dir,
            transport: Transport::new()?,
        })
    }

    /// The registration on this PC. Errors: `NotRegistered`.
    pub fn state(&self) -> Result<State, Error> {
        self.data_dir.load::<State>()?.ok_or(Error::NotRegistered)
    }

    /// Reads a path behind the gate. Renews the tokens first if they are about to expire, and once more if the gate
    /// rejects them. Errors: `StillPending`, `Ended`, `Revoked`.
    pub async fn get(&self, path: &str) -> Result<GateAnswer, Error> {
        let state = self.state()?;
        let key = self.data_dir.load_key(&state)?;
        let url = state.metadata.gate_url(path)?;
        let token = self.access_token(None).await?;
        match gate::get(&self.transport, &key, &token, &url).await {
            Err(Error::Revoked) => {
                let token = self.access_token(Some(&token)).await?;
                gate::get(&self.transport, &key, &token, &url).await
            }
            answer => answer,
        }
    }

    /// An access token that is valid now and is not `rejected`.
    pub async fn access_token(&self, rejected: Option<&Secret>) -> Result<Secret, Error> {
        let usable = |tokens: &Tokens| tokens.is_fresh(clock::now()) && Some(&tokens.access_token) != rejected;
        let tokens = active(self.state()?)?.1.tokens;
        if usable(&tokens) {
            return Ok(tokens.access_token);
        }
        let lock = self.data_dir.lock().await?;
        // Another command may have renewed them while this one waited for the lock.
        let (state, active) = active(self.state()?)?;
        if usable(&active.tokens) {
            return Ok(active.tokens.access_token);
        }
        self.refresh(state, active, &lock).await
    }

    async fn refresh(&self, mut state: State, active: Active, lock: &Locked) -> Result<Secret, Error> {
        let key = self.data_dir.load_key(&state)?;
        // Saved before the request: an unwritable directory must cause a failure while the old token is still good.
        let sent_at = Some(clock::now());
        state.phase = Phase::Active(Active {
            tokens: active.tokens.clone(),
            refresh_sent_at: sent_at,
            since: active.since,
        });
        self.data_dir.save(&state, lock)?;
        let endpoint = TokenEndpoint {
            transport: &self.transport,
            metadata: &state.metadata,
            key: &key,
            client_id: CLIENT_VIEWER,
        };
        let answer = endpoint.refresh(&active.tokens).await;
        if matches!(answer, Err(Error::Revoked)) {
            // Remembered, so that no later command takes this PC for an accepted one.
            let told_at = clock::now();
            state.phase = Phase::Revoked(Revoked { told_at });
            self.data_dir.save(&state, lock)?;
        }
        let tokens = answer?;
        let token = tokens.access_token.clone();
        state.phase = Phase::Active(Active {
            tokens,
            refresh_sent_at: None,
            since: active.since,
        });
        self.data_dir.save(&state, lock)?;
        Ok(token)
    }

    /// Gives up the registration at the edge, unless `offline`, and then deletes the local data. If the edge cannot be
    /// reached, the local data stays. Returns whether there was a registration.
    ///
    /// Errors: those of loading the key, unless `offline`: a copied directory must not revoke the PC it came from.
    pub async fn forget(&self, offline: bool) -> Result<bool, Error> {
        if !self.data_dir.path().exists() {
            return Ok(false);
        }
        let lock = self.data_dir.lock().await?;
        let state = if offline { None } else { self.data_dir.load::<State>()? };
        let found = state.is_some() || offline;
        if let Some(state) = state.filter(|state| !state.phase.is_over()) {
            let key = self.data_dir.load_key(&state)?;
            self.give_up(&state, &key).await?;
        }
        self.data_dir.clear(lock)?;
        Ok(found)
    }

    /// Withdraws a pending registration, or revokes the device (RFC 7009).
    async fn give_up(&self, state: &State, key: &ViewerKey) -> Result<(), Error> {
        match &state.phase {
            Phase::Pending(pending) => {
                let url = state.metadata.registration_endpoint();
                let request = self
                    .transport
                    .request(Method::DELETE, &url)
                    .bearer_auth(pending.device_code.expose());
                match self.transport.send(request).await?.success() {
                    // The registration is already over: nothing to withdraw.
                    Err(Error::Problem(problem)) if matches!(problem.status, 401 | 404 | 409) => Ok(()),
                    answer => answer.map(drop),
                }
            }
            Phase::Active(active) => {
                let token = active.tokens.refresh_token.expose();
                let form = [
                    ("token", token),
                    ("token_type_hint", "refresh_token"),
                    ("client_id", CLIENT_VIEWER),
                ];
                let endpoint = TokenEndpoint {
                    transport: &self.transport,
                    metadata: &state.metadata,
                    key,
                    client_id: CLIENT_VIEWER,
                };
                endpoint
                    .prove(&state.metadata.revocation_endpoint, &form)
                    .await
                    .map(drop)
            }
            Phase::Ended(_) | Phase::Revoked(_) => Ok(()),
        }
    }
}

fn active(state: State) -> Result<(State, Active), Error> {
    match state.phase.clone() {
        Phase::Active(active) => Ok((state, active)),
        Phase::Pending(_) => Err(Error::StillPending),
        Phase::Ended(ended) => Err(ended.into()),
        Phase::Revoked(_) => Err(Error::Revoked),
    }
}

impl From<Ended> for Error {
    fn from(ended: Ended) -> Self {
        Self::Ended {
            state: ended.state,
            reason: ended.reason,
        }
    }
}
