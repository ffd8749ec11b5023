//! The tokens of a device: how to request them, and how to renew them when a response gets lost.

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

/// Name of the header that identifies retries of one request.
pub const IDEMPOTENCY_KEY: &str = "Idempotency-Key";
/// Tokens are renewed this many seconds before they expire, so that a request in flight does not meet an expired token.
const MARGIN: u64 = 60;
/// Pauses between retries of one refresh. With the time limit below, all retries begin inside the 60 seconds during
/// which the edge accepts the same refresh token again after a lost response.
const REPETITIONS: [Duration; 3] = [Duration::from_secs(1), Duration::from_secs(3), Duration::from_secs(9)];
/// Time limit for one token request; short, so that the retries fit.
const ONE_REQUEST: Duration = Duration::from_secs(15);
/// Time limit for a request that is not retried.
const OTHER_REQUEST: Duration = Duration::from_secs(30);
/// Clock difference, in seconds, above which the clock explains a rejected proof.
const NOTABLE_SKEW: i64 = 60;

/// The tokens that a device holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tokens {
    /// Short-lived, bound to the key.
    pub access_token: Secret,
    /// Expiry by this PC's clock, seconds since 1970.
    pub expires_at: u64,
    /// Time of issue by the same clock; files of earlier builds omit it.
    #[serde(default)]
    pub received_at: Option<u64>,
    /// Gets the next access token; replaced at every use.
    pub refresh_token: Secret,
    /// The granted scope.
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
    /// Whether the access token can still be used at `now`.
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
    /// The Viewer's or agent's key.
    pub key: &'a ViewerKey,
    /// The OAuth client.
    pub client_id: &'a str,
}

impl TokenEndpoint<'_> {
    /// Sends one token request, with an `Idempotency-Key` if there is one. `previous` is the refresh token to keep if
    /// the response brings no new one.
    ///
    /// Errors: `OAuth` for an error of the edge; `ClockSkew` when the edge rejected the proof and the clocks differ;
    /// `Protocol` when the token is not bound to the key: a copy of an unbound token could be used elsewhere.
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
            refresh_token: refresh_token.ok_or(Error::Protocol("the response has no refresh token"))?,
            scope: reply.scope,
        })
    }

    /// Renews the tokens. If the response is lost, it presents the same refresh token again: the edge repeats its first
    /// response to a retry within 60 seconds.
    ///
    /// Errors: `Revoked` when the edge no longer accepts the token.
    pub async fn refresh(&self, tokens: &Tokens) -> Result<Tokens, Error> {
        let form = [
            ("grant_type", "refresh_token"),
            ("refresh_token", tokens.refresh_token.expose()),
            ("client_id", self.client_id),
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

    /// Sends `form` to another endpoint of the tenant, `url`, with a proof of possession of the key.
    ///
    /// Errors: `OAuth` for an error of the edge; `ClockSkew` when the edge rejected the proof and the clocks differ.
    pub async fn prove(&self, url: &str, form: &[(&str, &str)]) -> Result<Reply, Error> {
        prove(self.transport, self.key, url, form).await
    }

    async fn send(
        &self,
        form: &[(&str, &str)],
        idempotency_key: Option<&Secret>,
        nonce: Option<&str>,
    ) -> Result<TokenReply, Rejection> {
        let url = &self.metadata.token_endpoint;
        let to = (self.transport, self.key);
        let reply = post(to, url, form, (idempotency_key, nonce), ONE_REQUEST).await?;
        reply
            .json("the token response cannot be parsed")
            .map_err(Rejection::local)
    }
}

/// Sends `form` to `url`, which belongs to no tenant, with a proof of possession of the key.
///
/// Errors: `OAuth` for an error of the edge; `ClockSkew` when the edge rejected the proof and the clocks differ.
pub(crate) async fn prove(
    transport: &Transport,
    key: &ViewerKey,
    url: &str,
    form: &[(&str, &str)],
) -> Result<Reply, Error> {
    let answer = post((transport, key), url, form, (None, None), OTHER_REQUEST).await;
    answer.map_err(Rejection::explained)
}

async fn post(
    (transport, key): (&Transport, &ViewerKey),
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
    let proof = proof.sign(key).map_err(Rejection::local)?;
    let request = transport.request(Method::POST, url).timeout(limit);
    let request = request.header(PROOF_HEADER, proof).form(form);
    let request = match idempotency_key {
        Some(key) => request.header(IDEMPOTENCY_KEY, key.expose()),
        None => request,
    };
    let reply = transport.send(request).await.map_err(Rejection::local)?;
    let headers = reply.headers.clone();
    reply.success().map_err(|error| Rejection {
        error,
        headers,
        sent_at: now,
    })
}

/// A failed request with a proof, and what is needed to retry or explain it.
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

    /// A wrong clock is the usual reason for a rejected proof, and the `Date` header reveals it.
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
