//! The device flow (RFC 8628) of one registration: start it, poll it, follow it, take it back. Keeps nothing: what
//! has to survive a restart is the caller's (`viewer`).

use crate::activation_code::ActivationCode;
use crate::error::Error;
use crate::problem::OAuthError;
use crate::registration::{RegistrationRequest, RegistrationState, RegistrationStatus};
use crate::secret::Secret;
use crate::tokens::{TokenEndpoint, Tokens};
use reqwest::Method;
use serde::Deserialize;
use std::time::Duration;
use tegata_domain::registration::{CLIENT_VIEWER, SCOPE_VIEW};

/// The grant type of RFC 8628.
const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:device_code";
/// RFC 8628 section 3.2: the interval when the answer names none.
const DEFAULT_INTERVAL: u64 = 5;
/// RFC 8628 section 3.5: what `slow_down` adds.
const SLOW_DOWN: u64 = 5;
/// The longest pause between two polls.
const SLOWEST: u64 = 60;

/// The answer to a device authorization request.
#[derive(Debug, Clone, Deserialize)]
pub struct Started {
    /// What the device polls with; a secret.
    pub device_code: Secret,
    /// What a person types at `verification_uri`.
    pub user_code: String,
    /// Where the activation code may be entered in a browser instead.
    pub verification_uri: String,
    /// The same with the user code filled in.
    #[serde(default)]
    pub verification_uri_complete: Option<String>,
    /// Seconds from now until the registration ends by itself.
    pub expires_in: u64,
    /// Seconds between polls.
    #[serde(default = "default_interval")]
    pub interval: u64,
}

fn default_interval() -> u64 {
    DEFAULT_INTERVAL
}

/// The answer to one poll that did not fail.
#[derive(Debug)]
pub enum Polled {
    /// The device is let in.
    Granted(Tokens),
    /// Not yet.
    Pending,
    /// Not yet, and the polls come too fast; the least pause the edge named, if it did.
    SlowDown {
        /// Seconds from `Retry-After`.
        retry_after: Option<u64>,
    },
}

/// One registration at one tenant.
#[derive(Debug, Clone, Copy)]
pub struct DeviceFlow<'a> {
    /// Where the registration takes place, and the key it is for.
    pub endpoint: TokenEndpoint<'a>,
}

impl DeviceFlow<'_> {
    /// Asks to be let in; the edge writes to the administrators. The proof of the key makes that a request of before, which
    /// still waits for its answer, is taken up again instead of asked a second time.
    pub async fn register(&self, request: &RegistrationRequest) -> Result<Started, Error> {
        let thumbprint = self.endpoint.key.thumbprint();
        let mut form = vec![
            ("client_id", CLIENT_VIEWER),
            ("scope", SCOPE_VIEW),
            ("dpop_jkt", &thumbprint),
        ];
        form.extend(request.form());
        let url = &self.endpoint.metadata.device_authorization_endpoint;
        let reply = self.endpoint.prove(url, &form).await?;
        reply.json("the registration answer cannot be read")
    }

    /// One token request, with the activation code when the person has typed it. When the tokens have been granted and
    /// the reply was lost, a repetition under the same `redeem_key` is granted them too.
    ///
    /// Errors: `WrongCode`; `Ended` after a refusal, an expiry or a code that was wrong too often.
    pub async fn poll(
        &self,
        device_code: &Secret,
        redeem_key: &Secret,
        code: Option<&ActivationCode>,
    ) -> Result<Polled, Error> {
        let mut form = vec![
            ("grant_type", GRANT_TYPE),
            ("device_code", device_code.expose()),
            ("client_id", CLIENT_VIEWER),
        ];
        if let Some(code) = code {
            form.push(("activation_code", code.as_str()));
        }
        match self.endpoint.request(&form, Some(redeem_key), None).await {
            Ok(tokens) => Ok(Polled::Granted(tokens)),
            Err(Error::OAuth(error)) => polled(*error),
            Err(error) => Err(error),
        }
    }

    /// Polls until tokens come, at the pace the edge asks for; for policies that need no code, and for codes that are
    /// entered in the browser. Errors: as `poll`; `Ended` with `expired` once the registration's time is over.
    pub async fn wait(&self, started: &Started) -> Result<Tokens, Error> {
        let redeem_key = Secret::random()?;
        let mut pace = Pace::new(started.interval);
        let mut waited = 0;
        while waited < started.expires_in {
            let pause = pace.pause(waited);
            tokio::time::sleep(Duration::from_secs(pause)).await;
            waited += pause;
            match self.poll(&started.device_code, &redeem_key, None).await {
                Ok(Polled::Granted(tokens)) => return Ok(tokens),
                Ok(Polled::Pending) => pace.answered(),
                Ok(Polled::SlowDown { retry_after }) => pace.slow_down(retry_after),
                Err(error) if error.is_transient() => pace.failed(),
                Err(error) => return Err(error),
            }
        }
        Err(Error::Ended {
            state: RegistrationState::Expired,
            reason: None,
        })
    }

    /// Where the registration stands.
    pub async fn status(&self, device_code: &Secret) -> Result<RegistrationStatus, Error> {
        let request = self.resource(Method::GET, "", device_code);
        self.endpoint
            .transport
            .send(request)
            .await?
            .json("the registration status cannot be read")
    }

    /// Has the last mail to the requester sent again. Errors: `Problem` 429 when asked too often, 409 when there is
    /// nothing to send.
    pub async fn resend(&self, device_code: &Secret) -> Result<(), Error> {
        let request = self.resource(Method::POST, "/resend", device_code);
        self.endpoint.transport.send(request).await?.success().map(drop)
    }

    /// Takes the registration back.
    pub async fn withdraw(&self, device_code: &Secret) -> Result<(), Error> {
        let request = self.resource(Method::DELETE, "", device_code);
        self.endpoint.transport.send(request).await?.success().map(drop)
    }

    fn resource(&self, method: Method, below: &str, device_code: &Secret) -> reqwest::RequestBuilder {
        let url = format!("{}{below}", self.endpoint.metadata.registration_endpoint());
        self.endpoint
            .transport
            .request(method, &url)
            .bearer_auth(device_code.expose())
    }
}

/// RFC 8628 section 3.5, and what Tegata adds for the activation code.
fn polled(error: OAuthError) -> Result<Polled, Error> {
    let ended = |state| Err(Error::Ended { state, reason: None });
    match (error.error.as_str(), error.tries_left) {
        ("authorization_pending", _) => Ok(Polled::Pending),
        ("slow_down", _) => Ok(Polled::SlowDown {
            retry_after: error.retry_after,
        }),
        ("invalid_grant", Some(tries_left)) => Err(Error::WrongCode { tries_left }),
        ("access_denied", _) => ended(RegistrationState::Refused),
        ("expired_token", _) => ended(RegistrationState::Expired),
        _ => Err(Error::OAuth(Box::new(error))),
    }
}

/// How long to pause between polls.
#[derive(Debug, Clone)]
pub struct Pace {
    interval: u64,
    failures: u32,
}

impl Pace {
    /// Starts at the interval the edge gave, at least one second.
    pub fn new(interval: u64) -> Self {
        Self {
            interval: interval.max(1),
            failures: 0,
        }
    }

    /// The interval to keep, without what failures add.
    pub fn interval(&self) -> u64 {
        self.interval
    }

    /// The edge was reached.
    pub fn answered(&mut self) {
        self.failures = 0;
    }

    /// RFC 8628 section 3.5: five seconds more from now on, or what the edge named if that is longer.
    pub fn slow_down(&mut self, retry_after: Option<u64>) {
        self.failures = 0;
        self.interval = (self.interval + SLOW_DOWN).max(retry_after.unwrap_or(0));
    }

    /// The edge could not be reached: the pauses double (RFC 8628 section 3.5).
    pub fn failed(&mut self) {
        self.failures = self.failures.saturating_add(1);
    }

    /// Seconds to pause after having waited for `waited` seconds. An administrator may take days to answer, so the
    /// pause grows to a twentieth of the time already spent, up to a minute.
    pub fn pause(&self, waited: u64) -> u64 {
        let patient = (waited / 20).min(SLOWEST);
        let backoff = self.interval.saturating_mul(1 << self.failures.min(6)).min(SLOWEST);
        self.interval.max(patient).max(backoff)
    }
}

#[cfg(test)]
mod tests {
    use super::{Pace, Polled, polled};
    use crate::error::Error;
    use crate::problem::OAuthError;
    use crate::registration::RegistrationState;

    #[test]
    fn the_pace_obeys_the_edge_and_grows_with_patience_and_failure() {
        let mut pace = Pace::new(5);
        assert_eq!(pace.pause(0), 5);
        assert_eq!(pace.pause(600), 30);
        assert_eq!(pace.pause(100_000), 60);
        pace.slow_down(None);
        assert_eq!(pace.pause(0), 10);
        pace.slow_down(Some(90));
        assert_eq!(pace.pause(0), 90);
        let mut pace = Pace::new(0);
        assert_eq!(pace.pause(0), 1);
        pace.failed();
        pace.failed();
        assert_eq!(pace.pause(0), 4);
        for _ in 0..80 {
            pace.failed();
        }
        assert_eq!(pace.pause(0), 60);
        pace.answered();
        assert_eq!(pace.pause(0), 1);
    }

    #[test]
    fn each_oauth_error_has_its_meaning() {
        let answer = |code: &str, tries_left| {
            polled(OAuthError {
                error: code.to_owned(),
                tries_left,
                ..OAuthError::default()
            })
        };
        assert!(matches!(answer("authorization_pending", None), Ok(Polled::Pending)));
        assert!(matches!(answer("slow_down", None), Ok(Polled::SlowDown { .. })));
        assert!(matches!(
            answer("invalid_grant", Some(3)),
            Err(Error::WrongCode { tries_left: 3 })
        ));
        assert!(matches!(
            answer("access_denied", None),
            Err(Error::Ended {
                state: RegistrationState::Refused,
                ..
            })
        ));
        assert!(matches!(
            answer("expired_token", None),
            Err(Error::Ended {
                state: RegistrationState::Expired,
                ..
            })
        ));
        assert!(matches!(answer("invalid_grant", None), Err(Error::OAuth(_))));
    }
}
