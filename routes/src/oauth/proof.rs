//! The DPoP proof of a request to the authorization server (RFC 9449 section 5).

use http::HeaderMap;
use tegata_domain::command::CheckedProof;
use tegata_domain::dpop::{DpopError, Proof, TOKEN_WINDOW};

use super::error::OauthError;
use crate::port::{Edge, header};

/// The proof sent with a POST to `url`, if any, with signature and claims verified. Only the object can tell whether it
/// is being replayed.
pub(super) async fn checked(
    edge: &dyn Edge,
    headers: &HeaderMap,
    url: &str,
) -> Result<Option<CheckedProof>, OauthError> {
    if !headers.contains_key("dpop") {
        return Ok(None);
    }
    let proof = Proof::parse(header(headers, "dpop").ok_or(DpopError::Malformed)?)?;
    proof.check("POST", url, edge.now(), TOKEN_WINDOW, None)?;
    if !edge.verify(&proof.key, proof.signing_input, &proof.signature).await {
        return Err(DpopError::Signature.into());
    }
    let jkt = proof.thumbprint();
    Ok(Some(CheckedProof {
        jti_hash: proof.jti_hash(&jkt),
        jkt,
        issued_at: proof.issued_at,
    }))
}
