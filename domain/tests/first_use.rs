//! A process that has installed no cryptography provider: reading and signing a JWS install one themselves. This file
//! has a single test, so that it is the first in its process.

use tegata_domain::jws::signing::KeyPair;
use tegata_domain::jws::{Compact, provider, public_key};
use tegata_domain::receipt::TYP;

/// Signed by another implementation (Python's `cryptography`).
const RECEIPT: &str = include_str!("../../client/tests/vectors/receipt.jwt");

#[test]
fn nobody_has_to_install_the_provider() {
    let receipt = Compact::record(RECEIPT.trim_end(), TYP).unwrap();
    assert!(
        receipt.verify(&public_key(&[42; 32])),
        "the first use of the library must verify"
    );
    assert!(!receipt.verify(&public_key(&[43; 32])));
    let signed = KeyPair::from_seed(&[42; 32]).sign("r1", TYP, &serde_json::json!({}));
    assert!(Compact::record(&signed, TYP).unwrap().verify(&public_key(&[42; 32])));
    assert!(
        provider::install() && provider::install(),
        "installing again must succeed"
    );
}
