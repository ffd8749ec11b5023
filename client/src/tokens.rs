//! The tokens of a device: how they are asked for, and how they are renewed although a reply may get lost.

use crate::clock;
use crate::dpop::{PROOF_HEADER, Proof, nonce_after_oauth_error};
use crate::error::Error;
use crate::key::ViewerKey;
use crate::metadata::Metadata;
use crate::problem::OAuthError;
use crate::reply::Reply;
use crate::secret::Secret;
use crate::transport::Transport;
use reqwest::Method;
use reqwest::header::DATE;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use tegata_domain::registration::CLIENT_VIEWER;

/// Name of the header that marks a repetition as such.
pub const IDEMPOTENCY_KEY: &str = "Idempotency-Key";
/// Renewed this many seconds before the end, so that a request on its way does not meet an expired token.
const MARGIN: u64 = 60;
/// Pauses between repetitions of one refresh. With the limit below they begin inside the 60 seconds in which the edge
/// takes a refresh token whose reply was lost once more.
const REPETITIONS: [Duration; 3] = [Duration::from_secs(1), Duration::from_secs(3), Duration::from_secs(9)];
/// Limit for one token request; short, because the repetitions have to be.
const ONE_REQUEST: Duration = Duration::from_secs(15);
/// Limit for a request that is not repeated.
const OTHER_REQUEST: Duration = Duration::from_secs(30);
/// Clock difference, in seconds, from which a rejected proof is explained by the clock.
const NOTABLE_SKEW: i64 = 60;

/// What a device holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tokens {
    /// Short-lived, bound to the key.
    pub access_token: Secret,
    /// When it ends by this PC's clock, seconds since 1970.
    pub expires_at: u64,
    /// When the edge gave it, by the same clock; files of earlier builds do not say.
    #[serde(default)]
    pub received_at: Option<u64>,
    /// For the next access token; replaced at every use.
    pub refresh_token: Secret,
    /// What was granted.
    #[serde(default)]
    pub scope: Option<String>,
}

#[derive(Deserialize)]
struct TokenReply {
    access_token: Secret,
    token_type: String,
    expires_in: u64,
    refresh_token: Option<Secret>,
    scope: Option<String>,
}

impl Tokens {
    /// Whether the access token can still be sent at `now`.
    pub fn is_fresh(&self, now: u64) -> bool {
        now + MARGIN < self.expires_at
    }
}

/// Sends requests to one tenant's token endpoint on behalf of one key.
#[derive(Debug, Clone, Copy)]
pub struct TokenEndpoint<'a> {
    /// The HTTP client.
    pub transport: &'a Transport,
    /// The tenant.
    pub metadata: &'a Metadata,
    /// The Viewer's key.
    pub key: &'a ViewerKey,
}

impl TokenEndpoint<'_> {
    /// One token request, with an `Idempotency-Key` if there is one. `previous` is the refresh token to keep when the
    /// answer brings no new one.
    ///
    /// Errors: `OAuth` as the edge says; `ClockSkew` when it rejected the proof and the clocks differ; `Protocol` when
    /// the token is not bound to the key: an unbound one could be used from a copy.
    pub async fn request(
        &self,
        form: &[(&str, &str)],
        idempotency_key: Option<&Secret>,
        previous: Option<&Secret>,
    ) -> Result<Tokens, Error> {
        let mut answer = self.send(form, idempotency_key, None).await;
        if let Err(Rejection {
            error: Error::OAuth(error),
            headers,
            ..
        }) = &answer
            && let Some(nonce) = nonce_after_oauth_error(&error.error, headers)
        {
            answer = self.send(form, idempotency_key, Some(&nonce)).await;
        }
        let reply = answer.map_err(|rejection| rejection.explained())?;
        if !reply.token_type.eq_ignore_ascii_case("DPoP") {
            return Err(Error::Protocol("the token is not bound to this device's key"));
        }
        let refresh_token = reply.refresh_token.or_else(|| previous.cloned());
        let now = clock::now();
        Ok(Tokens {
            access_token: reply.access_token,
            expires_at: now.saturating_add(reply.expires_in),
            received_at: Some(now),
            refresh_token: refresh_token.ok_or(Error::Protocol("the answer has no refresh token"))?,
            scope: reply.scope,
        })
    }

    /// Renews the tokens. The same refresh token is presented again when the reply was lost: the edge answers a
    /// repetition within 60 seconds as it did the first time.
    ///
    /// Errors: `Revoked` when the edge no longer takes the token.
    pub async fn refresh(&self, tokens: &Tokens) -> Result<Tokens, Error> {
        let form = [
            ("grant_type", "refresh_token"),
            ("refresh_token", tokens.refresh_token.expose()),
            ("client_id", CLIENT_VIEWER),
        ];
        let mut pauses = REPETITIONS.iter();
        loop {
            let error = match self.request(&form, None, Some(&tokens.refresh_token)).await {
                Ok(tokens) => return Ok(tokens),
                Err(Error::OAuth(error)) if error.error == "invalid_grant" => return Err(Error::Revoked),
                Err(error) => error,
            };
            match pauses.next() {
                Some(pause) if error.is_transient() => tokio::time::sleep(*pause).await,
                _ => return Err(error),
            }
        }
    }

    /// Sends `form` to another endpoint of the tenant, `url`, with a proof of the key.
    ///
    /// Errors: `OAuth` as the edge says; `ClockSkew` when it rejected the proof and the clocks differ.
    pub async fn prove(&self, url: &str, form: &[(&str, &str)]) -> Result<Reply, Error> {
        let answer = self.post(url, form, (None, None), OTHER_REQUEST).await;
        answer.map_err(Rejection::explained)
    }

    async fn send(
        &self,
        form: &[(&str, &str)],
        idempotency_key: Option<&Secret>,
        nonce: Option<&str>,
    ) -> Result<TokenReply, Rejection> {
        let url = &self.metadata.token_endpoint;
        let reply = self.post(url, form, (idempotency_key, nonce), ONE_REQUEST).await?;
        reply.json("the token answer cannot be read").map_err(Rejection::local)
    }

    async fn post(
        &self,
        url: &str,
        form: &[(&str, &str)],
        (idempotency_key, nonce): (Option<&Secret>, Option<&str>),
        limit: Duration,
    ) -> Result<Reply, Rejection> {
        let now = clock::now();
        let proof = Proof {
            method: "POST",
            url,
            issued_at: now,
            access_token: None,
            nonce,
        };
        let proof = proof.sign(self.key).map_err(Rejection::local)?;
        let request = self.transport.request(Method::POST, url).timeout(limit);
        let request = request.header(PROOF_HEADER, proof).form(form);
        let request = match idempotency_key {
            Some(key) => request.header(IDEMPOTENCY_KEY, key.expose()),
            None => request,
        };
        let reply = self.transport.send(request).await.map_err(Rejection::local)?;
        let headers = reply.headers.clone();
        reply.success().map_err(|error| Rejection {
            error,
            headers,
            sent_at: now,
        })
    }
}

/// A failed proven request with what is needed to repeat or explain it.
struct Rejection {
    error: Error,
    headers: reqwest::header::HeaderMap,
    sent_at: u64,
}

impl Rejection {
    fn local(error: Error) -> Self {
        Self {
            error,
            headers: reqwest::header::HeaderMap::new(),
            sent_at: 0,
        }
    }

    /// A wrong clock is the usual reason for a rejected proof, and the `Date` header shows it.
    fn explained(self) -> Error {
        if let Error::OAuth(error) = &self.error
            && is_proof_error(error)
            && let Some(date) = self.headers.get(DATE).and_then(|value| value.to_str().ok())
            && let Ok(date) = chrono::DateTime::parse_from_rfc2822(date)
        {
            let seconds = i64::try_from(self.sent_at)
                .unwrap_or(i64::MAX)
                .saturating_sub(date.timestamp());
            if seconds.abs() > NOTABLE_SKEW {
                return Error::ClockSkew { seconds };
            }
        }
        self.error
    }
}

fn is_proof_error(error: &OAuthError) -> bool {
    error.error == "invalid_dpop_proof"
}
