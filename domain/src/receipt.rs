//! Consent receipts (B3): who approved what and when, with the text and language shown, signed once and for good.

use serde::{Deserialize, Serialize};

use crate::approval::{Answered, Approval, Decision, Outcome};
use crate::calendar::{LocalTime, ZoneName};
use crate::id::EquipmentId;
use crate::jwk::{Thumbprint, sha256_b64};
use crate::launch::Granted;
use crate::locale::Locale;
use crate::session::Ability;
use crate::time::UnixSeconds;

/// The JWS type of a receipt.
pub const TYP: &str = "tegata-receipt+jwt";

/// The requester, as the approver saw them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptPerson {
    /// The person's name.
    pub name: String,
    /// The person's mail address.
    pub email: String,
    /// The requester's company, as typed; absent for approvers.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub organization: Option<String>,
}

/// The PC for which access was requested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptDevice {
    /// The name of the PC.
    pub name: String,
    /// Thumbprint of the PC's key.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub jkt: Option<Thumbprint>,
}

/// The text that the approver saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownText {
    /// Its language.
    pub lang: Locale,
    /// SHA-256 of the text in UTF-8, base64url.
    pub sha256: String,
    /// The text itself.
    pub statement: String,
}

/// The payload of a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptClaims {
    /// Issuer: `{edge}/t/{tenant}`.
    pub iss: String,
    /// The approval's id.
    pub jti: String,
    /// Time of the decision.
    pub iat: UnixSeconds,
    /// The id of the record that the approval concerns.
    pub sub: String,
    /// The kind of approval.
    pub kind: String,
    /// The answer.
    pub outcome: Outcome,
    /// The reason for a refusal.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
    /// Time of the request.
    pub requested_at: UnixSeconds,
    /// Time at which the request would have expired.
    pub expires_at: UnixSeconds,
    /// Time of the answer.
    pub decided_at: UnixSeconds,
    /// The requester.
    pub requester: ReceiptPerson,
    /// The PC, for kinds of approval that concern one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub device: Option<ReceiptDevice>,
    /// The question, for free questions only.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub question: Option<ReceiptQuestion>,
    /// The launch, for remote support only.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub launch: Option<ReceiptLaunch>,
    /// The attended session, for its participants' consents only.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub attended: Option<ReceiptAttended>,
    /// The appointment, for an agreed date only.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub appointment: Option<ReceiptAppointment>,
    /// The place of this receipt among several approvals, if more than one was required.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub approvals: Option<ReceiptApprovals>,
    /// The approver.
    pub approver: ReceiptPerson,
    /// The text that the approver saw.
    pub text: ShownText,
}

/// The subject of a free question (B12); the statement contains the question itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptQuestion {
    /// The title of the question.
    pub title: String,
    /// The asker's own reference for the matter.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reference: Option<String>,
}

/// What a launch permits (K8), or permitted when it was started at the machine (K6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptLaunch {
    /// The equipment's id.
    pub equipment: EquipmentId,
    /// Its name.
    pub name: String,
    /// Its serial number.
    pub serial_number: String,
    /// What the desk can do.
    pub abilities: Vec<Ability>,
    /// The period, in seconds.
    pub period: i64,
    /// The agreed earliest start.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub starts_at: Option<UnixSeconds>,
    /// The granted period; present once this answer has granted it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub granted: Option<Granted>,
}

/// What a participant of an attended session consented to (Z3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptAttended {
    /// What the session is about.
    pub title: String,
    /// What the desk can do.
    pub abilities: Vec<Ability>,
    /// The period.
    pub granted: Granted,
}

/// The date that was agreed (B7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptAppointment {
    /// What it is about.
    pub title: String,
    /// The wall-clock time.
    pub start: LocalTime,
    /// Its zone.
    pub time_zone: ZoneName,
    /// The instant by the zone's rules at the time.
    pub at: UnixSeconds,
    /// The length, in seconds.
    pub length: i64,
    /// The person whose link was used, if it was mailed to somebody else.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub link_of: Option<String>,
}

/// The place of a receipt among several approvals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptApprovals {
    /// Number of required approvals.
    pub required: u32,
    /// The people who approved earlier; each of them has a receipt of their own.
    pub before: Vec<ReceiptPerson>,
    /// Whether this answer settled the question. An approval that did not settle it is not yet consent.
    pub settles: bool,
}

/// The facts that a kind of approval contributes to its receipts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptFacts {
    /// The requester.
    pub requester: ReceiptPerson,
    /// The PC, if the kind concerns one.
    pub device: Option<ReceiptDevice>,
    /// The question, for free questions only.
    pub question: Option<ReceiptQuestion>,
    /// The launch, for remote support only.
    pub launch: Option<ReceiptLaunch>,
}

impl ReceiptClaims {
    /// The claims of the receipt for `decision`, which is about to be recorded in `approval`.
    #[must_use]
    pub fn of(issuer: &str, approval: &Approval, decision: &Decision, facts: ReceiptFacts, statement: String) -> Self {
        let person = |decision: &Decision| ReceiptPerson {
            name: decision.name.to_string(),
            email: decision.email.to_string(),
            organization: None,
        };
        let settles = approval.weigh(decision) == Answered::Settled;
        let mut launch = facts.launch;
        if let Some(launch) = &mut launch
            && settles
            && decision.outcome == Outcome::Approved
        {
            launch.granted = Some(Granted::of(launch.period, launch.starts_at, decision.at));
        }
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
            launch,
            attended: None,
            appointment: None,
            approvals: (approval.required > 1).then(|| ReceiptApprovals {
                required: approval.required,
                before: before().collect(),
                settles,
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

    /// With every text at its maximum length in four-byte characters, a receipt is longer than any token and can still
    /// be read.
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
                launch: None,
                attended: None,
                appointment: None,
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
