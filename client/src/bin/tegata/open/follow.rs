//! Asks the edge how a pending request stands, at the pace that the edge wants, and keeps the answer for the pages. So no
//! page has to wait for the edge, and looking at one sends nothing.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tegata_client::activation_code::ActivationCode;
use tegata_client::device_flow::Pace;
use tegata_client::registration::{RegistrationState, RegistrationStatus};
use tegata_client::secret::Secret;
use tegata_client::state::{Pending, Phase};
use tegata_client::viewer::Step;
use tegata_client::{Error, Viewer};
use tokio::sync::Notify;

/// How often to look whether another command has registered this PC.
const LOOK: Duration = Duration::from_secs(5);
/// How long to pause when the code is due: it will be typed here, most likely, and then no pause is left to wait for.
const CODE_IS_DUE: Duration = Duration::from_secs(15);
/// How long a person who has pressed the button waits for their turn.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the edge last said about one registration.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    /// `None` until it has said something.
    pub(super) status: Option<RegistrationStatus>,
    /// Why the last attempt failed.
    pub(super) trouble: Option<Arc<Error>>,
    of: Option<Secret>,
}

/// Polls for the pages.
#[derive(Debug, Default)]
pub(super) struct Follower {
    known: Mutex<Known>,
    /// Held for one poll, so that the polling lets a person with a code go first.
    turn: tokio::sync::Mutex<()>,
    wake: Notify,
}

impl Follower {
    /// What is known about this registration.
    pub(super) fn known(&self, pending: &Pending) -> Known {
        let known = self.lock();
        if known.of.as_ref() == Some(&pending.device_code) {
            known.clone()
        } else {
            Known::default()
        }
    }

    /// Looks at once whether there is something to follow.
    pub(super) fn wake(&self) {
        self.wake.notify_one();
    }

    /// Waits until no poll is under way, and keeps the next from beginning.
    pub(super) async fn pause(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.turn.lock().await
    }

    /// Polls while a registration is pending, for ever.
    pub(super) async fn follow(&self, viewer: &Viewer) {
        let mut outage = Pace::new(LOOK.as_secs());
        loop {
            let pause = match viewer.state().map(|state| state.phase) {
                Ok(Phase::Pending(_)) => {
                    let turn = self.turn.lock().await;
                    let outcome = self.poll(viewer, None).await;
                    drop(turn);
                    self.pause_after(&outcome, &mut outage)
                }
                _ => LOOK,
            };
            let _ = tokio::time::timeout(pause, self.wake.notified()).await;
        }
    }

    fn pause_after(&self, outcome: &Result<Step, Arc<Error>>, outage: &mut Pace) -> Duration {
        match outcome {
            Ok(Step::Waiting { pause, .. } | Step::TooEarly { pause }) => {
                outage.answered();
                let known = self.lock();
                let is_due = |status: &RegistrationStatus| status.state == RegistrationState::AwaitingCode;
                if known.status.as_ref().is_some_and(is_due) {
                    CODE_IS_DUE.max(*pause)
                } else {
                    *pause
                }
            }
            Ok(Step::Active) => LOOK,
            Err(_) => {
                outage.failed();
                Duration::from_secs(outage.pause(0))
            }
        }
    }

    /// Sends the code as soon as the edge accepts the next poll. `TooEarly` when that takes longer than a person waits.
    pub(super) async fn activate(&self, viewer: &Viewer, code: &ActivationCode) -> Result<Step, Arc<Error>> {
        let _turn = self.turn.lock().await;
        let mut waited = Duration::ZERO;
        loop {
            match self.poll(viewer, Some(code)).await? {
                Step::TooEarly { pause } if waited + pause <= PATIENCE => {
                    waited += pause;
                    tokio::time::sleep(pause).await;
                }
                step => return Ok(step),
            }
        }
    }

    async fn poll(&self, viewer: &Viewer, code: Option<&ActivationCode>) -> Result<Step, Arc<Error>> {
        let asked = match viewer.state().map(|state| state.phase) {
            Ok(Phase::Pending(pending)) => Some(pending.device_code),
            _ => None,
        };
        let outcome = viewer.step(code).await.map_err(Arc::new);
        let mut known = self.lock();
        if known.of != asked {
            *known = Known {
                of: asked,
                ..Known::default()
            };
        }
        match &outcome {
            Ok(Step::Waiting { status, .. }) => {
                known.trouble = None;
                if status.is_some() {
                    known.status.clone_from(status);
                }
            }
            Ok(Step::TooEarly { .. } | Step::Active) => {}
            Err(error) => match **error {
                Error::WrongCode { tries_left } => {
                    known.trouble = None;
                    if let Some(status) = &mut known.status {
                        status.tries_left = Some(tries_left);
                    }
                }
                _ => known.trouble = Some(Arc::clone(error)),
            },
        }
        outcome
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        // No code panics while it holds the lock.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
