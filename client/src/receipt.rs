//! Offline verification of a consent receipt (requirement B3): a compact JWS of type `tegata-receipt+jwt`. Needs the
//! receipt and a saved key set, nothing else.

use crate::jwks::KeySet;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tegata_domain::jws::{Compact, CompactError};
use tegata_domain::receipt::TYP;

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
    /// Signed, by what it says, after its key was taken out of use.
    #[error("key {0} had ended")]
    EndedKey(String),
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

impl From<CompactError> for ReceiptError {
    fn from(error: CompactError) -> Self {
        match error {
            CompactError::Malformed(part @ ("header" | "payload" | "signature")) => Self::Malformed(part),
            CompactError::Algorithm(algorithm) => Self::Algorithm(algorithm),
            CompactError::Type(typ) => Self::Type(typ),
            CompactError::Malformed(_) | CompactError::TooLong(_) | CompactError::Time => Self::Malformed("receipt"),
        }
    }
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
    let compact = Compact::record(compact.trim_ascii(), TYP)?;
    let Some(key) = keys.receipt_key(&compact.kid) else {
        return Err(ReceiptError::UnknownKey(compact.kid));
    };
    if !compact.verify(&key.to_bytes()) {
        return Err(ReceiptError::Signature);
    }
    let receipt: Receipt = compact.payload().ok_or(ReceiptError::Malformed("payload"))?;
    if keys.ended_before(&compact.kid, receipt.iat) {
        return Err(ReceiptError::EndedKey(compact.kid));
    }
    if URL_SAFE_NO_PAD.encode(Sha256::digest(receipt.text.statement.as_bytes())) != receipt.text.sha256 {
        return Err(ReceiptError::TextHash);
    }
    Ok(receipt)
}
