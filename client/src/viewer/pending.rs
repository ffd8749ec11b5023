//! A Viewer whose registration is pending: its request, and one poll at a time, so that several commands can take
//! turns.

use super::Viewer;
use crate::activation_code::ActivationCode;
use crate::clock;
use crate::device_flow::{DeviceFlow, Pace, Polled};
use crate::edge::EdgeUrl;
use crate::error::Error;
use crate::key::ViewerKey;
use crate::metadata::{Found, Metadata};
use crate::registration::{RegistrationRequest, RegistrationState, RegistrationStatus};
use crate::secret::Secret;
use crate::state::{Active, Ended, Pending, Phase, State, VERSION};
use crate::tokens::TokenEndpoint;
use std::time::Duration;
use tegata_domain::registration::CLIENT_VIEWER;
use tegata_domain::slug::Slug;

/// Result of one step of a pending registration.
#[derive(Debug)]
pub enum Step {
    /// The tokens have arrived.
    Active,
    /// The edge answered that nobody has decided yet; ask again after the pause.
    Waiting {
        /// Its current status, if the edge reported it.
        status: Option<RegistrationStatus>,
        /// How long to wait before the next step.
        pause: Duration,
    },
    /// It is too early to poll, or the edge said so. A given code has not been tried.
    TooEarly {
        /// How long to wait before the next step.
        pause: Duration,
    },
}

impl Viewer {
    /// Looks a tenant up before anybody is asked for details. Errors: as `Metadata::discover`.
    pub async fn find(&self, edge: EdgeUrl, tenant: Slug) -> Result<Found, Error> {
        let metadata = Metadata::discover(&self.transport, &edge, &tenant).await?;
        Ok(Found { edge, tenant, metadata })
    }

    /// Requests registration at a tenant and saves the pending state.
    ///
    /// Errors: `AlreadyRegistered` unless an earlier one has ended.
    pub async fn register(&self, at: Found, request: &RegistrationRequest) -> Result<Pending, Error> {
        let lock = self.data_dir.lock().await?;
        let key = match self.data_dir.load::<State>()?.map(|state| state.phase) {
            None | Some(Phase::Ended(_)) => self.data_dir.load_or_make_key(&lock)?,
            // The device may have ended because somebody else holds a copy of its key.
            Some(Phase::Revoked(_)) => self.data_dir.make_key(&lock)?,
            Some(Phase::Pending(_) | Phase::Active(_)) => return Err(Error::AlreadyRegistered),
        };
        let Found { edge, tenant, metadata } = at;
        let started = self.flow(&metadata, &key).register(request).await?;
        let pending = Pending::new(started, Secret::random()?, request.email(), clock::now());
        let phase = Phase::Pending(pending.clone());
        let state = State {
            version: VERSION,
            edge,
            tenant,
            metadata,
            jkt: key.thumbprint(),
            requester: Some(request.requester()),
            phase,
        };
        self.data_dir.save(&state, &lock)?;
        Ok(pending)
    }

    /// Polls a pending registration once, with the activation code when the person has typed it.
    ///
    /// Errors: `WrongCode`; `Ended`, which is also saved; `Revoked` if it was registered and has ended since; network
    /// errors, after which the step may be retried.
    pub async fn step(&self, code: Option<&ActivationCode>) -> Result<Step, Error> {
        self.state()?;
        let lock = self.data_dir.lock().await?;
        let mut state = self.state()?;
        let pending = match &state.phase {
            Phase::Pending(pending) => pending.clone(),
            Phase::Active(_) => return Ok(Step::Active),
            Phase::Ended(ended) => return Err(ended.clone().into()),
            Phase::Revoked(_) => return Err(Error::Revoked),
        };
        let key = self.data_dir.load_key(&state)?;
        // At most one interval, so that setting the clock back does not stop the polling.
        let early = pending.next_poll_at.saturating_sub(clock::now()).min(pending.interval);
        if early > 0 {
            return Ok(Step::TooEarly {
                pause: Duration::from_secs(early),
            });
        }
        let (phase, outcome) = poll(&self.flow(&state.metadata, &key), pending, code).await;
        state.phase = phase;
        self.data_dir.save(&state, &lock)?;
        outcome
    }

    /// Fetches the status of a pending registration from the edge. An end is saved, so that a new registration may
    /// follow. Errors: `NotRegistered`, also when the registration is not pending.
    pub async fn registration_status(&self) -> Result<RegistrationStatus, Error> {
        let (state, pending, key) = self.pending()?;
        let status = self.flow(&state.metadata, &key).status(&pending.device_code).await?;
        if let Some(ended) = Ended::shown(&status) {
            self.end(&pending, ended).await?;
        }
        Ok(status)
    }

    /// Saves how `pending` ended, unless another command has gone on with it.
    async fn end(&self, pending: &Pending, ended: Ended) -> Result<(), Error> {
        let lock = self.data_dir.lock().await?;
        let mut state = self.state()?;
        if matches!(&state.phase, Phase::Pending(now) if now.device_code == pending.device_code) {
            state.phase = Phase::Ended(ended);
            self.data_dir.save(&state, &lock)?;
        }
        Ok(())
    }

    /// Asks the edge to send the last mail again. Errors: as `registration_status`, and `Problem` 409 or 429.
    pub async fn resend(&self) -> Result<(), Error> {
        let (state, pending, key) = self.pending()?;
        self.flow(&state.metadata, &key).resend(&pending.device_code).await
    }

    fn pending(&self) -> Result<(State, Pending, ViewerKey), Error> {
        let state = self.state()?;
        let Phase::Pending(pending) = state.phase.clone() else {
            return Err(Error::NotRegistered);
        };
        let key = self.data_dir.load_key(&state)?;
        Ok((state, pending, key))
    }

    fn flow<'a>(&'a self, metadata: &'a Metadata, key: &'a ViewerKey) -> DeviceFlow<'a> {
        DeviceFlow {
            endpoint: TokenEndpoint {
                transport: &self.transport,
                metadata,
                key,
                client_id: CLIENT_VIEWER,
            },
        }
    }
}

/// Polls once. Returns the next phase and the result for the caller.
async fn poll(flow: &DeviceFlow<'_>, pending: Pending, code: Option<&ActivationCode>) -> (Phase, Result<Step, Error>) {
    let answer = flow.poll(&pending.device_code, &pending.redeem_key, code).await;
    match answer {
        Ok(Polled::Granted(tokens)) => (
            Phase::Active(Active {
                tokens,
                refresh_sent_at: None,
                since: Some(clock::now()),
            }),
            Ok(Step::Active),
        ),
        Ok(Polled::Pending) => {
            let status = flow.status(&pending.device_code).await.ok();
            // It ended after the poll was answered.
            if let Some(ended) = status.as_ref().and_then(Ended::shown) {
                return (Phase::Ended(ended.clone()), Err(ended.into()));
            }
            let (pending, pause) = scheduled(pending, status.as_ref(), |_| {});
            (Phase::Pending(pending), Ok(Step::Waiting { status, pause }))
        }
        Ok(Polled::SlowDown { retry_after }) => {
            let (pending, pause) = scheduled(pending, None, |pace| pace.slow_down(retry_after));
            (Phase::Pending(pending), Ok(Step::TooEarly { pause }))
        }
        Err(error) => match ending(flow, &pending, &error).await {
            Some(ended) => (Phase::Ended(ended.clone()), Err(ended.into())),
            None => (Phase::Pending(scheduled(pending, None, |_| {}).0), Err(error)),
        },
    }
}

/// Returns the registration with the time of its next poll, and the pause until then. The pause may be longer than the
/// interval when people take their time; another command, perhaps with a code, need not wait that long.
fn scheduled(
    mut pending: Pending,
    status: Option<&RegistrationStatus>,
    adjust: impl FnOnce(&mut Pace),
) -> (Pending, Duration) {
    let now = clock::now();
    let mut pace = Pace::new(pending.interval);
    adjust(&mut pace);
    pending.interval = pace.interval();
    pending.next_poll_at = now.saturating_add(pending.interval);
    if let Some(expires_at) = status.and_then(|status| status.expires_at) {
        pending.expires_at = expires_at;
    }
    let pause = pace.pause(now.saturating_sub(pending.requested_at));
    (pending, Duration::from_secs(pause))
}

/// The final state if `error` ends the registration, with details that only the registration resource has. An
/// `invalid_grant` has several possible causes, so the resource decides.
async fn ending(flow: &DeviceFlow<'_>, pending: &Pending, error: &Error) -> Option<Ended> {
    let state = match error {
        Error::Ended { state, .. } => Some(*state),
        Error::OAuth(error) if error.error == "invalid_grant" => None,
        _ => return None,
    };
    match flow.status(&pending.device_code).await {
        Ok(status) if status.state.is_over() => Some(Ended {
            state: status.state,
            reason: status.refusal_reason,
        }),
        // The edge no longer knows the device code.
        Err(error) if state.is_none() && !error.is_transient() => Some(Ended {
            state: RegistrationState::Unknown,
            reason: None,
        }),
        _ => state.map(|state| Ended { state, reason: None }),
    }
}
