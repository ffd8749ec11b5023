//! Offline verification of a consent receipt (requirement B3): a compact JWS of type `tegata-receipt+jwt`. Needs the
//! receipt and a saved key set, nothing else.

use crate::jwks::KeySet;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::Signature;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

const ALGORITHM: &str = "EdDSA";
const TYPE: &str = "tegata-receipt+jwt";

/// Why a receipt is not to be believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// Not three base64url parts, or a part that is not the JSON it should be.
    #[error("malformed {0}")]
    Malformed(&'static str),
    /// Signed with another algorithm, or with none.
    #[error("algorithm {0} is not EdDSA")]
    Algorithm(String),
    /// A signed document of another kind.
    #[error("type {0} is not a receipt")]
    Type(String),
    /// No receipt key of that id in the key set.
    #[error("no receipt key {0}")]
    UnknownKey(String),
    /// The bytes are not what was signed.
    #[error("bad signature")]
    Signature,
    /// The statement is not the text whose hash was signed with it.
    #[error("the text does not match its hash")]
    TextHash,
    /// From another issuer than the one asked for.
    #[error("issued by {0}")]
    Issuer(String),
}

/// No other member is allowed: each known one that is missing here (`jwk`, `jku`, `x5u`, `crit`, `b64`) would change
/// what has to be verified, or with what.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    alg: String,
    typ: Option<String>,
    kid: Option<String>,
}

/// What was decided, by whom, and under which text. Times are seconds since 1970.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Receipt {
    /// The tenant's issuer identifier.
    pub iss: String,
    /// The approval.
    pub jti: String,
    /// When it was signed.
    pub iat: u64,
    /// What was asked for, for example the registration.
    pub sub: String,
    /// Kind of approval.
    pub kind: String,
    /// `approved` or `refused`.
    pub outcome: String,
    /// The approver's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When it was asked for.
    pub requested_at: u64,
    /// Until when it could be decided.
    pub expires_at: u64,
    /// When it was decided.
    pub decided_at: u64,
    /// Who asked.
    pub requester: Requester,
    /// For which PC; kinds that concern no PC have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<Device>,
    /// Who decided.
    pub approver: Approver,
    /// What the approver read.
    pub text: Text,
    /// Members of other kinds of approval.
    #[serde(flatten)]
    pub other: serde_json::Map<String, serde_json::Value>,
}

/// The person who asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requester {
    /// Name.
    pub name: String,
    /// Mail address.
    pub email: String,
    /// Organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
}

/// The PC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// The name its user gave it.
    pub name: String,
    /// Thumbprint of its key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jkt: Option<String>,
}

/// The person who decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approver {
    /// Name.
    pub name: String,
    /// Mail address.
    pub email: String,
}

/// The statement on the approval page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// Language tag.
    pub lang: String,
    /// SHA-256 of its UTF-8 form, base64url.
    pub sha256: String,
    /// The words.
    pub statement: String,
}

/// Verifies a receipt. White space around it (the newline of a saved file) is ignored; nothing else is.
pub fn verify(compact: &str, keys: &KeySet) -> Result<Receipt, ReceiptError> {
    let compact = compact.trim_ascii();
    let (signed, signature) = compact.rsplit_once('.').ok_or(ReceiptError::Malformed("receipt"))?;
    let (header, payload) = signed.split_once('.').ok_or(ReceiptError::Malformed("receipt"))?;
    let header: Header = decode(header, "header")?;
    if header.alg != ALGORITHM {
        return Err(ReceiptError::Algorithm(header.alg));
    }
    if header.typ.as_deref() != Some(TYPE) {
        return Err(ReceiptError::Type(header.typ.unwrap_or_default()));
    }
    let kid = header.kid.unwrap_or_default();
    let Some(key) = keys.receipt_key(&kid) else {
        return Err(ReceiptError::UnknownKey(kid));
    };
    let bytes = URL_SAFE_NO_PAD
        .decode(signature)
        .map_err(|_| ReceiptError::Malformed("signature"))?;
    let signature = Signature::from_slice(&bytes).map_err(|_| ReceiptError::Signature)?;
    key.verify_strict(signed.as_bytes(), &signature)
        .map_err(|_| ReceiptError::Signature)?;
    let receipt: Receipt = decode(payload, "payload")?;
    if URL_SAFE_NO_PAD.encode(Sha256::digest(receipt.text.statement.as_bytes())) != receipt.text.sha256 {
        return Err(ReceiptError::TextHash);
    }
    Ok(receipt)
}

fn decode<T: DeserializeOwned>(part: &str, what: &'static str) -> Result<T, ReceiptError> {
    let json = URL_SAFE_NO_PAD
        .decode(part)
        .map_err(|_| ReceiptError::Malformed(what))?;
    serde_json::from_slice(&json).map_err(|_| ReceiptError::Malformed(what))
}
