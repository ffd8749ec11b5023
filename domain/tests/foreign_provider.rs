//! A process in which other code has already installed a cryptography provider for `jsonwebtoken`. This file has a
//! single test, so that it is the first in its process.

use jsonwebtoken::crypto::{CryptoProvider, JwtVerifier, KeyUtils};
use jsonwebtoken::signature::{Error, Verifier};
use jsonwebtoken::{Algorithm, DecodingKey};
use tegata_domain::jws::signing::KeyPair;
use tegata_domain::jws::{Compact, provider, public_key};
use tegata_domain::receipt::TYP;

struct Yes;

impl Verifier<Vec<u8>> for Yes {
    fn verify(&self, _: &[u8], _: &Vec<u8>) -> Result<(), Error> {
        Ok(())
    }
}

impl JwtVerifier for Yes {
    fn algorithm(&self) -> Algorithm {
        Algorithm::EdDSA
    }
}

/// It accepts every signature, and panics when asked to sign.
static FOREIGN: CryptoProvider = CryptoProvider {
    signer_factory: |_, _| panic!("Tegata must not sign with this provider"),
    verifier_factory: |_, _: &DecodingKey| Ok(Box::new(Yes)),
    key_utils: KeyUtils::new_unimplemented(),
};

#[test]
fn nothing_is_signed_or_believed_with_cryptography_that_is_not_ours() {
    FOREIGN.install_default().unwrap();
    assert!(!provider::install());
    let receipt = include_str!("../../client/tests/vectors/receipt.jwt").trim_end();
    let compact = Compact::record(receipt, TYP).unwrap();
    assert!(!compact.verify(&public_key(&[42; 32])));
    assert_eq!(
        KeyPair::from_seed(&[42; 32]).sign("r1", TYP, &serde_json::json!({})),
        ""
    );
}
