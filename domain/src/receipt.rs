//! Consent receipts (B3): who approved what, when, under which text and language, signed once and for good.

use serde::{Deserialize, Serialize};

use crate::approval::{Answered, Approval, Decision, Outcome};
use crate::jwk::{Thumbprint, sha256_b64};
use crate::locale::Locale;
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
    /// Their company, as typed; of requesters only.
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
    /// For which PC; of kinds that concern one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub device: Option<ReceiptDevice>,
    /// What was asked; of free questions only.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub question: Option<ReceiptQuestion>,
    /// Which of several approvals it is, where more than one was required.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub approvals: Option<ReceiptApprovals>,
    /// Who answered.
    pub approver: ReceiptPerson,
    /// Under which text.
    pub text: ShownText,
}

/// What a free question was about (B12); the question itself stands in the statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptQuestion {
    /// What it was about.
    pub title: String,
    /// The asker's own name for the matter.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reference: Option<String>,
}

/// Which of several approvals a receipt is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptApprovals {
    /// How many were required.
    pub required: u32,
    /// Who approved before; each of them has a receipt of their own.
    pub before: Vec<ReceiptPerson>,
    /// Whether this answer settled the question. An approval that did not is no consent yet.
    pub settles: bool,
}

/// What a kind of approval puts into its receipts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptFacts {
    /// Who asked.
    pub requester: ReceiptPerson,
    /// For which PC.
    pub device: Option<ReceiptDevice>,
    /// What was asked in words.
    pub question: Option<ReceiptQuestion>,
}

impl ReceiptClaims {
    /// The claims of the receipt for `decision`, which is about to be recorded with `approval`.
    #[must_use]
    pub fn of(issuer: &str, approval: &Approval, decision: &Decision, facts: ReceiptFacts, statement: String) -> Self {
        let person = |decision: &Decision| ReceiptPerson {
            name: decision.name.to_string(),
            email: decision.email.to_string(),
            organization: None,
        };
        let before = || approval.agreed.iter().map(|agreement| person(&agreement.decision));
        Self {
            iss: issuer.to_owned(),
            jti: approval.id.to_string(),
            iat: decision.at,
            sub: approval.subject.id().to_owned(),
            kind: approval.subject.kind().name().to_owned(),
            outcome: decision.outcome,
            reason: decision.reason.as_ref().map(ToString::to_string),
            requested_at: approval.requested_at,
            expires_at: approval.expires_at,
            decided_at: decision.at,
            requester: facts.requester,
            device: facts.device,
            question: facts.question,
            approvals: (approval.required > 1).then(|| ReceiptApprovals {
                required: approval.required,
                before: before().collect(),
                settles: approval.weigh(decision) == Answered::Settled,
            }),
            approver: person(decision),
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
    use crate::text::{DeviceName, OrganizationName, PersonName, Reason};
    use crate::time::{TimeZone, UnixSeconds};
    use crate::viewer::{ViewerStatement, viewer_statement};

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
                device: Some(ReceiptDevice {
                    name: device_name.clone(),
                    jkt: None,
                }),
                question: None,
                approvals: None,
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
