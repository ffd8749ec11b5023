//! DPoP proofs (RFC 9449), signed before a round begins. Uses `ring` because there are many, and other libraries are
//! slow at P-256.

use anyhow::{Result, anyhow};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _},
};
use serde_json::json;
use tegata_domain::{
    jwk::{ProofKey, Thumbprint, sha256_b64},
    wire::b64,
};

use crate::{clock::unix_now, signing::random_text};

/// The two algorithms of DPoP keys.
#[derive(Clone, Copy, Debug)]
pub enum Algorithm {
    /// Ed25519.
    EdDsa,
    /// ECDSA over P-256.
    Es256,
}

enum Pair {
    Ed25519(Ed25519KeyPair),
    P256(EcdsaKeyPair),
}

/// A PC's key.
pub struct PcKey {
    pair: Pair,
    header: String,
    thumbprint: Thumbprint,
    random: SystemRandom,
}

impl PcKey {
    /// A new key.
    pub fn generate(algorithm: Algorithm) -> Result<Self> {
        let random = SystemRandom::new();
        let refused = |_| anyhow!("could not generate a key");
        let (pair, public, name) = match algorithm {
            Algorithm::EdDsa => {
                let document = Ed25519KeyPair::generate_pkcs8(&random).map_err(refused)?;
                let pair = Ed25519KeyPair::from_pkcs8(document.as_ref()).map_err(|error| anyhow!("key: {error}"))?;
                let x = b64::encode(pair.public_key());
                (Pair::Ed25519(pair), ProofKey::Ed25519 { x }, "EdDSA")
            }
            Algorithm::Es256 => {
                let kind = &ECDSA_P256_SHA256_FIXED_SIGNING;
                let document = EcdsaKeyPair::generate_pkcs8(kind, &random).map_err(refused)?;
                let pair = EcdsaKeyPair::from_pkcs8(kind, document.as_ref(), &random)
                    .map_err(|error| anyhow!("key: {error}"))?;
                // An uncompressed point: the byte 4, then both coordinates.
                let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
                let (x, y) = (b64::encode(x), b64::encode(y));
                (Pair::P256(pair), ProofKey::P256 { x, y }, "ES256")
            }
        };
        let header = format!(
            r#"{{"typ":"dpop+jwt","alg":"{name}","jwk":{}}}"#,
            public.canonical_json()
        );
        Ok(Self {
            pair,
            header: b64::encode(header),
            thumbprint: public.thumbprint(),
            random,
        })
    }

    /// The thumbprint, as in `cnf.jkt` and `dpop_jkt`.
    pub fn thumbprint(&self) -> &Thumbprint {
        &self.thumbprint
    }

    /// A proof for one request, with the access token if it goes to the gate.
    pub fn proof(&self, method: &str, url: &str, access_token: Option<&str>) -> Result<String> {
        let mut claims = json!({"jti": random_text::<12>()?, "htm": method, "htu": url, "iat": unix_now().0});
        if let Some(token) = access_token {
            claims["ath"] = sha256_b64(token).into();
        }
        let input = format!("{}.{}", self.header, b64::encode(claims.to_string()));
        let signature = match &self.pair {
            Pair::Ed25519(pair) => b64::encode(pair.sign(input.as_bytes())),
            Pair::P256(pair) => {
                let signature = pair.sign(&self.random, input.as_bytes());
                b64::encode(signature.map_err(|_| anyhow!("could not sign a proof"))?)
            }
        };
        Ok(format!("{input}.{signature}"))
    }
}

#[cfg(test)]
mod tests {
    use tegata_domain::{dpop::Proof, jwk::sha256_b64};

    use super::{Algorithm, PcKey};
    use crate::clock::unix_now;

    #[test]
    fn a_proof_is_one_by_the_edges_own_rules() {
        for algorithm in [Algorithm::EdDsa, Algorithm::Es256] {
            let key = PcKey::generate(algorithm).unwrap();
            let url = "http://127.0.0.1:1/t/hayate/gate/x";
            let text = key.proof("GET", url, Some("token")).unwrap();
            let proof = Proof::parse(&text).unwrap();
            let hash = sha256_b64("token");
            assert_eq!(proof.check("GET", url, unix_now(), 60, Some(&hash)), Ok(()));
            assert_eq!(&proof.thumbprint(), key.thumbprint());
        }
    }
}
