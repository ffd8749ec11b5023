//! An authenticator, and a verifier for its responses. Client data, authenticator data and signatures follow the
//! standard (WebAuthn level 3, section 6.1); CBOR and COSE are left to the library and to the tests in a real browser.

use std::cell::{Cell, RefCell};

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tegata_domain::passkey::{Asserted, Attested, Ceremony, CredentialId};
use tegata_domain::wire::b64;

use crate::support::edge::EDGE;

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const CAN_SYNC: u8 = 0x08;
const SYNCED: u8 = 0x10;

#[derive(Clone)]
struct Kept {
    id: String,
    user: String,
    key: SigningKey,
    counter: u32,
}

/// An authenticator together with its owner and browser.
#[derive(Clone)]
pub struct Authenticator {
    /// Distinguishes it from other authenticators.
    seed: u8,
    kept: RefCell<Vec<Kept>>,
    /// Whether it verifies its owner.
    pub verifies: Cell<bool>,
    /// Whether it keeps a signature counter.
    pub counts: Cell<bool>,
    /// The origin of the page it is used on.
    pub origin: RefCell<String>,
}

fn text<'a>(document: &'a Value, path: &str) -> &'a str {
    document
        .pointer(path)
        .and_then(Value::as_str)
        .unwrap_or_else(|| panic!("{path} in {document}"))
}

impl Authenticator {
    pub fn new(seed: u8) -> Self {
        Self {
            seed,
            kept: RefCell::default(),
            verifies: Cell::new(true),
            counts: Cell::new(true),
            origin: RefCell::new(EDGE.to_owned()),
        }
    }

    fn client_data(&self, kind: &str, options: &Value) -> Vec<u8> {
        let data = json!({ "type": kind, "challenge": text(options, "/challenge"), "origin": *self.origin.borrow() });
        data.to_string().into_bytes()
    }

    fn data(&self, rp_id: &str, counter: u32) -> Vec<u8> {
        let verified = if self.verifies.get() { VERIFIED } else { 0 };
        let mut data = Sha256::digest(rp_id).to_vec();
        data.push(PRESENT | verified | CAN_SYNC | SYNCED);
        data.extend(counter.to_be_bytes());
        data
    }

    /// Creates a credential, as the browser's `toJSON` returns it.
    pub fn make(&self, options: &Value) -> Value {
        let number = u8::try_from(self.kept.borrow().len()).expect("few credentials");
        let key = SigningKey::from_bytes(&[self.seed.wrapping_mul(16).wrapping_add(number); 32]);
        let id = b64::encode(Sha256::digest(key.verifying_key().as_bytes()));
        let mut object = self.data(text(options, "/rp/id"), 0);
        object.extend(key.verifying_key().as_bytes());
        self.kept.borrow_mut().push(Kept {
            id: id.clone(),
            user: text(options, "/user/id").to_owned(),
            key,
            counter: 0,
        });
        json!({ "id": id, "rawId": id, "type": "public-key", "clientExtensionResults": {}, "response": {
            "clientDataJSON": b64::encode(self.client_data("webauthn.create", options)),
            "attestationObject": b64::encode(object),
            "transports": ["internal", "by pigeon"],
        } })
    }

    /// Signs with credential number `number`, in order of creation.
    pub fn sign_with(&self, number: usize, options: &Value) -> Value {
        let mut kept = self.kept.borrow_mut();
        let kept = &mut kept[number];
        if self.counts.get() {
            kept.counter += 1;
        }
        let data = self.data(text(options, "/rpId"), kept.counter);
        let client_data = self.client_data("webauthn.get", options);
        let signed = [data.as_slice(), &Sha256::digest(&client_data)].concat();
        json!({ "id": kept.id, "rawId": kept.id, "type": "public-key", "clientExtensionResults": {}, "response": {
            "clientDataJSON": b64::encode(client_data),
            "authenticatorData": b64::encode(data),
            "signature": b64::encode(kept.key.sign(&signed).to_bytes()),
            "userHandle": kept.user,
        } })
    }

    /// The public key of its first credential, in its stored form.
    pub fn public_key(&self) -> String {
        b64::encode(self.kept.borrow()[0].key.verifying_key().as_bytes())
    }

    /// Signs with its first credential.
    pub fn sign(&self, options: &Value) -> Value {
        self.sign_with(0, options)
    }
}

/// Parses authenticator data for `rp_id` from a verified user: flags, counter and the remaining bytes.
fn opened<'a>(data: &'a [u8], rp_id: &str) -> Option<(u8, u32, &'a [u8])> {
    let (hash, rest) = data.split_at_checked(32)?;
    let (flags, rest) = rest.split_first()?;
    let (counter, rest) = rest.split_at_checked(4)?;
    let good = hash == Sha256::digest(rp_id).as_slice() && flags & (PRESENT | VERIFIED) == PRESENT | VERIFIED;
    let counter = u32::from_be_bytes(counter.try_into().ok()?);
    good.then_some((*flags, counter, rest))
}

/// Verifies the responses of [`Authenticator`], as the library verifies those of real ones.
pub fn check(ceremony: &Ceremony) -> Option<String> {
    let credential = Value::Object(ceremony.credential.clone());
    let part = |name: &str| b64::decode(credential["response"][name].as_str()?);
    let client_data = part("clientDataJSON")?;
    let told: Value = serde_json::from_slice(&client_data).ok()?;
    let challenge = serde_json::to_value(&ceremony.challenge).ok()?;
    let kind = if ceremony.public_key.is_some() {
        "webauthn.get"
    } else {
        "webauthn.create"
    };
    if told["type"] != kind || told["challenge"] != challenge || told["origin"] != ceremony.origin {
        return None;
    }
    let Some(against) = ceremony.public_key.clone() else {
        let object = part("attestationObject")?;
        let (flags, counter, key) = opened(&object, &ceremony.rp_id)?;
        let attested = Attested {
            credential: CredentialId::parse(credential["id"].as_str()?)?,
            public_key: b64::encode(key),
            counter: counter.into(),
            transports: serde_json::from_value(credential["response"]["transports"].clone()).ok()?,
            can_sync: flags & CAN_SYNC != 0,
            synced: flags & SYNCED != 0,
        };
        return serde_json::to_string(&attested).ok();
    };
    let data = part("authenticatorData")?;
    let (flags, counter, _) = opened(&data, &ceremony.rp_id)?;
    let key = VerifyingKey::from_bytes(&b64::decode(&against)?.try_into().ok()?).ok()?;
    let signed = [data.as_slice(), &Sha256::digest(&client_data)].concat();
    let signature = Signature::from_slice(&part("signature")?).ok()?;
    key.verify_strict(&signed, &signature).ok()?;
    let asserted = Asserted {
        against,
        counter: counter.into(),
        can_sync: flags & CAN_SYNC != 0,
        synced: flags & SYNCED != 0,
        user_handle: credential["response"]["userHandle"].as_str().map(str::to_owned),
    };
    serde_json::to_string(&asserted).ok()
}
