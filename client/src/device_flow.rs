//! The device flow (RFC 8628) of one registration: start it, poll it, follow it, withdraw it. Stores nothing: the
//! caller (`viewer`) keeps whatever must survive a restart.

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
/// RFC 8628 section 3.2: the interval when the response gives none.
const DEFAULT_INTERVAL: u64 = 5;
/// RFC 8628 section 3.5: what `slow_down` adds to the interval.
const SLOW_DOWN: u64 = 5;
/// The longest pause between two polls.
const SLOWEST: u64 = 60;

/// The response to a device authorization request.
#[derive(Debug, Clone, Deserialize)]
pub struct Started {
    /// The secret that the device polls with.
    pub device_code: Secret,
    /// What the person types at `verification_uri`.
    pub user_code: String,
    /// The page for entering the activation code in a browser instead.
    pub verification_uri: String,
    /// The same page with the user code filled in.
    #[serde(default)]
    pub verification_uri_complete: Option<String>,
    /// Seconds from now until the registration expires.
    pub expires_in: u64,
    /// Seconds between polls.
    #[serde(default = "default_interval")]
    pub interval: u64,
}

fn default_interval() -> u64 {
    DEFAULT_INTERVAL
}

/// The response to a poll that did not fail.
#[derive(Debug)]
pub enum Polled {
    /// The device is registered.
    Granted(Tokens),
    /// Undecided.
    Pending,
    /// Undecided, and the client polls too fast; carries the minimum pause if the edge gave one.
    SlowDown {
        /// Seconds from `Retry-After`.
        retry_after: Option<u64>,
    },
}

/// One registration at one tenant.
#[derive(Debug, Clone, Copy)]
pub struct DeviceFlow<'a> {
    /// The tenant's endpoint, and the key to register.
    pub endpoint: TokenEndpoint<'a>,
}

impl DeviceFlow<'_> {
    /// Requests registration; the edge then writes to the administrators. The request proves possession of the key, so
    /// the edge resumes an earlier request that is still pending instead of creating a second one.
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
        reply.json("the registration response cannot be parsed")
    }

    /// Sends one token request, with the activation code once the person has typed it. If the tokens were granted but
    /// the response was lost, a retry under the same `redeem_key` gets them again.
    ///
    /// Errors: `WrongCode`; `Ended` after a refusal, an expiry or too many wrong codes.
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

    /// Polls until tokens arrive, at the pace the edge asks for; for policies without an activation code, and for codes
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

    /// Fetches the current status of the registration.
    pub async fn status(&self, device_code: &Secret) -> Result<RegistrationStatus, Error> {
        let request = self.resource(Method::GET, "", device_code);
        self.endpoint
            .transport
            .send(request)
            .await?
            .json("the registration status cannot be parsed")
    }

    /// Asks the edge to send the requester's last mail again. Errors: `Problem` 429 when called too often, 409 when
    /// there is nothing to send.
    pub async fn resend(&self, device_code: &Secret) -> Result<(), Error> {
        let request = self.resource(Method::POST, "/resend", device_code);
        self.endpoint.transport.send(request).await?.success().map(drop)
    }

    /// Withdraws the registration.
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

/// Maps RFC 8628 section 3.5 errors, and Tegata's additions for the activation code.
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

    /// The base interval, without the backoff that failures add.
    pub fn interval(&self) -> u64 {
        self.interval
    }

    /// Resets the backoff: the edge was reached.
    pub fn answered(&mut self) {
        self.failures = 0;
    }

    /// RFC 8628 section 3.5: adds five seconds from now on, or uses the edge's value if that is longer.
    pub fn slow_down(&mut self, retry_after: Option<u64>) {
        self.failures = 0;
        self.interval = (self.interval + SLOW_DOWN).max(retry_after.unwrap_or(0));
    }

    /// The edge could not be reached: the pause doubles (RFC 8628 section 3.5).
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
