//! Consent receipts (B3): who approved what, when, under which text and language, signed once and for good.

use serde::{Deserialize, Serialize};

use crate::approval::{Approval, Decision, Outcome};
use crate::jwk::{Thumbprint, sha256_b64};
use crate::locale::Locale;
use crate::registration::Registration;
use crate::time::UnixSeconds;

/// The JWS type of receipts.
pub const TYP: &str = "tegata-receipt+jwt";

/// The requester, as the approver saw them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptPerson {
    /// Their name.
    pub name: String,
    /// Their mail address.
    pub email: String,
    /// Their company; of requesters only.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub organization: Option<String>,
}

/// The PC that asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptDevice {
    /// What it is called.
    pub name: String,
    /// Its key.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub jkt: Option<Thumbprint>,
}

/// The text the approver had before their eyes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownText {
    /// Its language.
    pub lang: Locale,
    /// SHA-256 of its UTF-8, base64url.
    pub sha256: String,
    /// The text itself.
    pub statement: String,
}

/// The payload of a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptClaims {
    /// Issuer: `{edge}/t/{tenant}`.
    pub iss: String,
    /// The approval.
    pub jti: String,
    /// When it was decided.
    pub iat: UnixSeconds,
    /// What it was about.
    pub sub: String,
    /// What kind of question it was.
    pub kind: String,
    /// The answer.
    pub outcome: Outcome,
    /// Why it was refused.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
    /// When it was asked.
    pub requested_at: UnixSeconds,
    /// Until when it could be answered.
    pub expires_at: UnixSeconds,
    /// When it was answered.
    pub decided_at: UnixSeconds,
    /// Who asked.
    pub requester: ReceiptPerson,
    /// For which PC.
    pub device: ReceiptDevice,
    /// Who answered.
    pub approver: ReceiptPerson,
    /// Under which text.
    pub text: ShownText,
}

impl ReceiptClaims {
    /// The claims of a Viewer's receipt.
    #[must_use]
    pub fn viewer(
        issuer: &str,
        approval: &Approval,
        decision: &Decision,
        registration: &Registration,
        statement: String,
    ) -> Self {
        let applicant = &registration.applicant;
        Self {
            iss: issuer.to_owned(),
            jti: approval.id.to_string(),
            iat: decision.at,
            sub: registration.id.to_string(),
            kind: approval.kind.name().to_owned(),
            outcome: decision.outcome,
            reason: decision.reason.as_ref().map(ToString::to_string),
            requested_at: approval.requested_at,
            expires_at: approval.expires_at,
            decided_at: decision.at,
            requester: ReceiptPerson {
                name: applicant.name.to_string(),
                email: applicant.email.to_string(),
                organization: Some(applicant.organization.to_string()),
            },
            device: ReceiptDevice {
                name: applicant.device_name.to_string(),
                jkt: applicant.jkt.clone(),
            },
            approver: ReceiptPerson {
                name: decision.name.to_string(),
                email: decision.email.to_string(),
                organization: None,
            },
            text: ShownText {
                lang: decision.locale,
                sha256: sha256_b64(&statement),
                statement,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ReceiptClaims, ReceiptDevice, ReceiptPerson, ShownText, TYP};
    use crate::approval::Outcome;
    use crate::jwk::sha256_b64;
    use crate::jws::signing::KeyPair;
    use crate::jws::{Compact, MAX_RECORD, MAX_TOKEN};
    use crate::locale::Locale;
    use crate::statement::{ViewerStatement, viewer_statement};
    use crate::text::{DeviceName, OrganizationName, PersonName, Reason};
    use crate::time::{TimeZone, UnixSeconds};

    /// Every text as long as it may be, in characters of four bytes: longer than any token, and read all the same.
    #[test]
    fn the_longest_receipt_is_read() {
        let longest = |characters: usize| "\u{20bb7}".repeat(characters);
        let name = PersonName::parse(&longest(100)).unwrap().to_string();
        let organization = OrganizationName::parse(&longest(100)).unwrap().to_string();
        let device_name = DeviceName::parse(&longest(100)).unwrap().to_string();
        let email = format!("{}@{}.example", "a".repeat(64), "b".repeat(181));
        let iss = format!("https://{}.example/t/{}", "c".repeat(240), "d".repeat(64));
        for lang in Locale::ALL {
            let facts = ViewerStatement {
                tenant_name: &organization,
                requester_name: &name,
                requester_email: &email,
                organization: &organization,
                device_name: &device_name,
                requested_at: UnixSeconds(0),
                expires_at: UnixSeconds(1),
                outside_mail_domains: true,
            };
            let statement = viewer_statement(lang, &TimeZone::UTC, &facts);
            let person = |organization| ReceiptPerson {
                name: name.clone(),
                email: email.clone(),
                organization,
            };
            let claims = ReceiptClaims {
                iss: iss.clone(),
                jti: "a".repeat(22),
                iat: UnixSeconds(0),
                sub: "r".repeat(22),
                kind: "viewer".to_owned(),
                outcome: Outcome::Refused,
                reason: Some(Reason::parse(&longest(500)).unwrap().to_string()),
                requested_at: UnixSeconds(0),
                expires_at: UnixSeconds(1),
                decided_at: UnixSeconds(0),
                requester: person(Some(organization.clone())),
                device: ReceiptDevice {
                    name: device_name.clone(),
                    jkt: None,
                },
                approver: person(None),
                text: ShownText {
                    lang,
                    sha256: sha256_b64(&statement),
                    statement,
                },
            };
            let receipt = KeyPair::from_seed(&[1; 32]).sign("r1", TYP, &claims);
            assert!(receipt.len() > MAX_TOKEN, "{} bytes", receipt.len());
            assert!(receipt.len() < MAX_RECORD / 2, "{} bytes", receipt.len());
            assert_eq!(Compact::record(&receipt, TYP).unwrap().payload(), Some(claims));
        }
    }
}
