//! Access tokens like those of the edge's objects, for both sides of a comparison.

use anyhow::Result;
use ring::rand::{SecureRandom as _, SystemRandom};
use serde_json::json;
use tegata_domain::{
    access_token::{AccessClaims, Confirmation, LIFE, Scope, TYP, issuer},
    agent::CLIENT_AGENT,
    id::AgentId,
    jwk::Thumbprint,
    jws::public_key,
    keyring::SigningKey,
    wire::b64,
};

use crate::clock::unix_now;

/// Random bytes in base64url.
pub fn random_text<const LENGTH: usize>() -> Result<String> {
    let mut bytes = [0; LENGTH];
    if SystemRandom::new().fill(&mut bytes).is_err() {
        anyhow::bail!("the operating system has no random source");
    }
    Ok(b64::encode(bytes))
}

/// A fresh access token for a new device.
pub fn access_token(signer: &SigningKey, edge_url: &str, slug: &str, jkt: Option<&Thumbprint>) -> Result<String> {
    let issuer = issuer(edge_url, slug);
    let now = unix_now();
    let claims = AccessClaims {
        sub: random_text::<16>()?,
        aud: Scope::View.audience(&issuer),
        iss: issuer,
        client_id: "viewer".to_owned(),
        scope: "view".to_owned(),
        iat: now,
        exp: now.plus(LIFE),
        jti: random_text::<12>()?,
        cnf: jkt.cloned().map(|jkt| Confirmation { jkt }),
        name: "山田 太郎".to_owned(),
        email: "taro@hayate.example".to_owned(),
    };
    Ok(signer.sign(TYP, &claims))
}

/// A fresh access token of an agent.
pub fn agent_token(signer: &SigningKey, issuer: &str, agent: &AgentId, jkt: &Thumbprint) -> Result<String> {
    let now = unix_now();
    let claims = AccessClaims {
        sub: agent.to_string(),
        aud: Scope::Agent.audience(issuer),
        iss: issuer.to_owned(),
        client_id: CLIENT_AGENT.to_owned(),
        scope: Scope::Agent.name().to_owned(),
        iat: now,
        exp: now.plus(LIFE),
        jti: random_text::<12>()?,
        cnf: Some(Confirmation { jkt: jkt.clone() }),
        name: "5軸加工機".to_owned(),
        email: String::new(),
    };
    Ok(signer.sign(TYP, &claims))
}

/// The edge's token key as a private JWK, for the peers.
pub fn private_jwk(signer: &SigningKey) -> String {
    json!({
        "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "kid": signer.kid,
        "d": b64::encode(signer.seed), "x": b64::encode(public_key(&signer.seed)),
    })
    .to_string()
}
