//! Enrolment without a code (P2): a person types organisation id, verification code and serial number, and the agent
//! waits until somebody has accepted the machine. `enrolment.json` holds what it waits with, so that waiting can stop and
//! go on; the verification code is not stored. Nothing here decides how often to ask: that is the caller's loop.

use crate::agent::Agent;
use crate::agent::state::AgentState;
use crate::clock;
use crate::data_dir::Record;
use crate::edge::EdgeUrl;
use crate::error::Error;
use crate::secret::Secret;
use crate::tokens::prove;
use serde::{Deserialize, Serialize};
use tegata_domain::agent::AgentReport;
use tegata_domain::code::verification_code;
use tegata_domain::enrolment::organization::OrganizationNumber;
use tegata_domain::equipment::SerialNumber;
use tegata_domain::secret::PlainEnrolmentCode;
use tegata_domain::slug::Slug;

/// Version of the format of `enrolment.json`.
const VERSION: u32 = 1;

/// What a person types on the machine.
#[derive(Clone)]
pub struct Identification {
    organization: OrganizationNumber,
    verification_code: String,
    serial_number: SerialNumber,
}

/// Parses an organisation id as typed. Errors: `InvalidInput` with field `organization_id`.
pub fn parse_organization(typed: &str) -> Result<OrganizationNumber, Error> {
    OrganizationNumber::parse(typed).map_err(|_| Error::InvalidInput {
        field: "organization_id",
    })
}

/// Parses a verification code as typed. Errors: `InvalidInput` with field `verification_code`.
pub fn parse_verification_code(typed: &str) -> Result<String, Error> {
    verification_code(typed).ok_or(Error::InvalidInput {
        field: "verification_code",
    })
}

/// Parses a serial number as typed. Errors: `InvalidInput` with field `serial_number`.
pub fn parse_serial_number(typed: &str) -> Result<SerialNumber, Error> {
    SerialNumber::parse(typed).map_err(|_| Error::InvalidInput { field: "serial_number" })
}

impl Identification {
    /// Parses what was typed. Errors: `InvalidInput` with the field at fault.
    pub fn parse(organization: &str, verification_code: &str, serial_number: &str) -> Result<Self, Error> {
        Ok(Self {
            organization: parse_organization(organization)?,
            verification_code: parse_verification_code(verification_code)?,
            serial_number: parse_serial_number(serial_number)?,
        })
    }
}

/// A request that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Format version.
    pub version: u32,
    /// The deployment.
    pub edge: EdgeUrl,
    /// The organisation id.
    pub organization: OrganizationNumber,
    /// The serial number.
    pub serial_number: SerialNumber,
    /// The secret that the agent polls with.
    pub request: Secret,
    /// When the request expires by this machine's clock, seconds since 1970.
    pub expires_at: u64,
    /// Seconds between polls.
    pub interval: u64,
    /// Thumbprint of the key that the request is bound to.
    pub jkt: String,
}

impl Record for Waiting {
    const FILE: &'static str = "enrolment.json";
    const VERSION: u32 = VERSION;

    fn version(&self) -> u32 {
        self.version
    }

    fn jkt(&self) -> &str {
        &self.jkt
    }
}

#[derive(Deserialize)]
struct Taken {
    request: Secret,
    expires_in: u64,
    interval: u64,
}

#[derive(Deserialize)]
struct Accepted {
    tenant: Slug,
    enrolment_code: PlainEnrolmentCode,
}

/// What became of a request.
#[derive(Debug)]
pub enum Answer {
    /// Nobody has answered yet.
    Pending,
    /// Nobody has answered yet, and the agent asks too often; with the pause that the edge names, if it does.
    SlowDown(Option<u64>),
    /// The machine was accepted and is enrolled.
    Enrolled(Box<AgentState>),
}

impl Agent {
    /// The request that waits, if there is one.
    pub fn waiting(&self) -> Result<Option<Waiting>, Error> {
        self.data_dir.load()
    }

    /// Identifies this machine. The same machine asking again gets its request back, so this may be repeated.
    ///
    /// Errors: `AlreadyRegistered`; `OAuth` with `invalid_grant` for a wrong organisation id or verification code, and with
    /// `slow_down` after too many wrong ones.
    pub async fn identify(
        &self,
        edge: EdgeUrl,
        identification: &Identification,
        report: &AgentReport,
    ) -> Result<Waiting, Error> {
        let lock = self.data_dir.lock().await?;
        let key = self.enrolling_key(&lock)?;
        let url = format!("{}/agent/enrolment", edge.as_str());
        let form = [
            ("organization", identification.organization.as_str()),
            ("verification_code", &identification.verification_code),
            ("serial_number", identification.serial_number.as_str()),
            ("software", report.software.as_str()),
            ("system", report.system.as_str()),
            ("host_name", report.host_name.as_str()),
        ];
        let reply = prove(&self.transport, &key, &url, &form).await?;
        let taken: Taken = reply.json("the answer to the request cannot be parsed")?;
        let waiting = Waiting {
            version: VERSION,
            edge,
            organization: identification.organization.clone(),
            serial_number: identification.serial_number.clone(),
            request: taken.request,
            expires_at: clock::now().saturating_add(taken.expires_in),
            interval: taken.interval,
            jkt: key.thumbprint(),
        };
        self.data_dir.save(&waiting, &lock)?;
        Ok(waiting)
    }

    /// Asks once what became of the request, and enrols if the machine was accepted. A request that has ended is
    /// forgotten.
    ///
    /// Errors: `NotRegistered` if none waits; `OAuth` with `access_denied`, `expired_token` or `invalid_grant` when it has
    /// ended, or when the code that came with the acceptance has.
    pub async fn ask_for_answer(&self, report: &AgentReport) -> Result<Answer, Error> {
        let waiting = self.waiting()?.ok_or(Error::NotRegistered)?;
        let key = self.data_dir.load_key(&waiting)?;
        let url = format!("{}/agent/enrolment/poll", waiting.edge.as_str());
        let form = [
            ("organization", waiting.organization.as_str()),
            ("request", waiting.request.expose()),
        ];
        let answer = match prove(&self.transport, &key, &url, &form).await {
            Ok(reply) => {
                let accepted: Accepted = reply.json("the answer about the request cannot be parsed")?;
                let code = &accepted.enrolment_code;
                let enrolled = self.enrol(waiting.edge.clone(), accepted.tenant, code, report).await;
                enrolled.map(|state| Answer::Enrolled(Box::new(state)))
            }
            Err(error) => Err(error),
        };
        match answer {
            Err(Error::OAuth(error)) if error.error == "authorization_pending" => Ok(Answer::Pending),
            Err(Error::OAuth(error)) if error.error == "slow_down" => Ok(Answer::SlowDown(error.retry_after)),
            Err(Error::OAuth(error)) if has_ended(&error.error) => {
                self.stop_waiting().await?;
                Err(Error::OAuth(error))
            }
            // Enrolling has forgotten it already.
            answer => answer,
        }
    }

    /// Forgets the request that waits. The provider keeps it until it expires.
    pub async fn stop_waiting(&self) -> Result<(), Error> {
        let lock = self.data_dir.lock().await?;
        self.data_dir.remove::<Waiting>(&lock)
    }
}

fn has_ended(error: &str) -> bool {
    matches!(error, "access_denied" | "expired_token" | "invalid_grant")
}

#[cfg(test)]
mod tests {
    use super::{Identification, VERSION, Waiting, parse_organization, parse_serial_number};
    use crate::edge::EdgeUrl;
    use crate::error::Error;
    use crate::secret::Secret;

    #[test]
    fn enrolment_file_format_unchanged() {
        let waiting = Waiting {
            version: VERSION,
            edge: EdgeUrl::parse("https://edge.example").unwrap(),
            organization: parse_organization("１２３４ ５６７８").unwrap(),
            serial_number: parse_serial_number("ＴＧ－２０４１").unwrap(),
            request: Secret::new("tg_er_1"),
            expires_at: 1_796_209_600,
            interval: 5,
            jkt: "j".to_owned(),
        };
        let json = concat!(
            r#"{"version":1,"edge":"https://edge.example","organization":"12345678","serial_number":"TG-2041","#,
            r#""request":"tg_er_1","expires_at":1796209600,"interval":5,"jkt":"j"}"#
        );
        assert_eq!(serde_json::to_string(&waiting).unwrap(), json);
        assert_eq!(serde_json::from_str::<Waiting>(json).unwrap(), waiting);
    }

    #[test]
    fn what_is_typed_wrongly_is_named_before_anything_is_sent() {
        for (typed, field) in [
            (["1234567", "ABCDE-23456", "TG-1"], "organization_id"),
            (["12345678", "ABCDE-2345", "TG-1"], "verification_code"),
            (["12345678", "abcde 23456", "製造-1"], "serial_number"),
        ] {
            let [organization, code, serial] = typed;
            let error = Identification::parse(organization, code, serial).err();
            assert!(
                matches!(error, Some(Error::InvalidInput { field: at }) if at == field),
                "{typed:?}"
            );
        }
        assert!(Identification::parse("12345678", "ａｂｃｄｅ－２３４５６", "TG-1").is_ok());
    }
}
