//! Reads through the gate: one request with the access token and its proof, and a body that is streamed to the caller.

use crate::clock;
use crate::dpop::{PROOF_HEADER, Proof, nonce_after_challenge};
use crate::error::Error;
use crate::key::ViewerKey;
use crate::secret::Secret;
use crate::transport::{Transport, read, without_url};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, WWW_AUTHENTICATE};
use reqwest::{Body, Method, Response, StatusCode};
use tokio::io::{AsyncWrite, AsyncWriteExt as _};
use url::Url;

/// A successful response whose body has not been read yet.
#[derive(Debug)]
pub struct GateAnswer {
    response: Response,
}

impl GateAnswer {
    /// HTTP status, 2xx.
    pub fn status(&self) -> u16 {
        self.response.status().as_u16()
    }

    /// The media type that the data origin gave.
    pub fn content_type(&self) -> Option<&str> {
        self.response.headers().get(CONTENT_TYPE)?.to_str().ok()
    }

    /// Reads the body if it has at most `limit` bytes; `None` if it is longer. Errors: `Network` when it breaks off.
    pub async fn read_within(mut self, limit: usize) -> Result<Option<Vec<u8>>, Error> {
        let mut body = Vec::new();
        while let Some(piece) = self.response.chunk().await.map_err(without_url)? {
            if body.len() + piece.len() > limit {
                return Ok(None);
            }
            body.extend_from_slice(&piece);
        }
        Ok(Some(body))
    }

    /// The body as a stream, for a program that passes it on.
    pub fn into_body(self) -> Body {
        Body::from(self.response)
    }

    /// Streams the body to `output` and returns the number of bytes. Errors: `Network` when the body breaks off;
    /// failures of `output` come back as `Ok(Err)`, because the caller owns it.
    pub async fn copy_to(mut self, output: &mut (impl AsyncWrite + Unpin)) -> Result<std::io::Result<u64>, Error> {
        let mut written = 0;
        while let Some(piece) = self.response.chunk().await.map_err(without_url)? {
            if let Err(error) = output.write_all(&piece).await {
                return Ok(Err(error));
            }
            written += piece.len() as u64;
        }
        Ok(output.flush().await.map(|()| written))
    }
}

/// Sends `GET url` with the token. Errors: `Revoked` when the gate rejects the token (401).
pub async fn get(transport: &Transport, key: &ViewerKey, token: &Secret, url: &Url) -> Result<GateAnswer, Error> {
    let mut response = send(transport, key, token, url, None).await?;
    if response.status() == StatusCode::UNAUTHORIZED
        && let Some(nonce) = nonce_after_challenge(response.headers())
    {
        response = send(transport, key, token, url, Some(&nonce)).await?;
    }
    if response.status().is_success() {
        return Ok(GateAnswer { response });
    }
    // The gate's 401 always carries a challenge; a 401 without one comes from the data origin.
    if response.status() == StatusCode::UNAUTHORIZED && response.headers().contains_key(WWW_AUTHENTICATE) {
        return Err(Error::Revoked);
    }
    Err(read(response).await?.into_error())
}

async fn send(
    transport: &Transport,
    key: &ViewerKey,
    token: &Secret,
    url: &Url,
    nonce: Option<&str>,
) -> Result<Response, Error> {
    let access_token = Some(token.expose());
    let proof = Proof {
        method: "GET",
        url: url.as_str(),
        issued_at: clock::now(),
        access_token,
        nonce,
    };
    transport
        .streaming(Method::GET, url.as_str())
        .header(AUTHORIZATION, format!("DPoP {}", token.expose()))
        .header(PROOF_HEADER, proof.sign(key)?)
        .send()
        .await
        .map_err(without_url)
}
