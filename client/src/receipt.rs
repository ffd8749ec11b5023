//! Offline verification of a consent receipt (requirement B3): a compact JWS of type `tegata-receipt+jwt`. Needs only
//! the receipt and a saved key set.

use crate::jwks::KeySet;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tegata_domain::jws::{Compact, CompactError};
use tegata_domain::receipt::TYP;

/// Why a receipt failed verification.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// Not three base64url parts, or a part that is not the expected JSON.
    #[error("malformed {0}")]
    Malformed(&'static str),
    /// Signed with another algorithm, or with none.
    #[error("algorithm {0} is not EdDSA")]
    Algorithm(String),
    /// A signed document of another kind.
    #[error("type {0} is not a receipt")]
    Type(String),
    /// The key set has no receipt key with this id.
    #[error("no receipt key {0}")]
    UnknownKey(String),
    /// The receipt claims to have been signed after its key was retired.
    #[error("signed after key {0} was retired")]
    EndedKey(String),
    /// The signature does not match the signed bytes.
    #[error("bad signature")]
    Signature,
    /// The statement does not match the signed hash.
    #[error("the text does not match its hash")]
    TextHash,
    /// The issuer differs from the requested one.
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

/// What was decided, who decided it, and the text that the approver read. Times are seconds since 1970.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Receipt {
    /// The tenant's issuer identifier.
    pub iss: String,
    /// Id of the approval.
    pub jti: String,
    /// Time of signing.
    pub iat: u64,
    /// Subject of the request, for example the registration.
    pub sub: String,
    /// Kind of approval.
    pub kind: String,
    /// `approved` or `refused`.
    pub outcome: String,
    /// The approver's reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Time of the request.
    pub requested_at: u64,
    /// End of the period for deciding.
    pub expires_at: u64,
    /// Time of the decision.
    pub decided_at: u64,
    /// The person who asked.
    pub requester: Requester,
    /// The PC it concerns; `None` for kinds of approval without a PC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<Device>,
    /// The person who decided.
    pub approver: Approver,
    /// The text that the approver read.
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
    /// Name; that of a participant of an attended session is as they typed it.
    pub name: String,
    /// Mail address; empty where none is known.
    pub email: String,
    /// Organisation, for a consent that was given without an account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
}

/// The statement on the approval page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// Language tag.
    pub lang: String,
    /// SHA-256 of its UTF-8 form, base64url.
    pub sha256: String,
    /// The statement itself.
    pub statement: String,
}

/// Verifies a receipt. Surrounding white space (such as the newline of a saved file) is ignored, but nothing else is.
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
