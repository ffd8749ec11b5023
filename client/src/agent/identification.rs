//! Enrolment without a code (P2): a person types organisation id, verification code and serial number, and the agent
//! waits until somebody has accepted the machine. `enrolment.json` holds what it waits with, so that waiting can stop
//! and go on, and afterwards how a request ended that led to no enrolment; the verification code is not stored. How often
//! to ask is decided in `acceptance`.

use crate::agent::Agent;
use crate::agent::state::{AgentState, Phase};
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

/// How a request ended that led to no enrolment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// The desk or an administrator refused the machine.
    Refused,
    /// Nobody accepted it in time.
    Expired,
    /// The request is no longer known, or its acceptance no longer holds: the equipment may have been retired.
    Ended,
}

impl Ending {
    /// What the OAuth error `error` says, if it ends a request.
    fn of(error: &str) -> Option<Self> {
        match error {
            "access_denied" => Some(Self::Refused),
            "expired_token" => Some(Self::Expired),
            "invalid_grant" => Some(Self::Ended),
            _ => None,
        }
    }
}

/// A request that waits for an answer, or has ended.
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
    /// How it ended; `None` while it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ending: Option<Ending>,
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
pub enum Outcome {
    /// The machine was accepted and is enrolled.
    Enrolled(Box<AgentState>),
    /// It was not.
    Ended(Ending),
}

/// The answer to one question.
#[derive(Debug)]
pub enum Answer {
    /// Nobody has answered yet.
    Pending,
    /// Nobody has answered yet, and the agent asks too often; with the pause that the edge names, if it does.
    SlowDown(Option<u64>),
    /// There is nothing more to ask.
    Final(Outcome),
}

impl Agent {
    /// The request that waits, if there is one.
    pub fn waiting(&self) -> Result<Option<Waiting>, Error> {
        Ok(self.request()?.filter(|request| request.ending.is_none()))
    }

    /// This machine's latest request, waiting or ended.
    pub(super) fn request(&self) -> Result<Option<Waiting>, Error> {
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
            ending: None,
        };
        self.data_dir.save(&waiting, &lock)?;
        Ok(waiting)
    }

    /// Asks once what became of the request, and enrols if the machine was accepted. How the request ended is stored.
    /// Another process may wait for the same answer, and have got it.
    ///
    /// Errors: `NotRegistered` if no request waits.
    pub async fn ask_for_answer(&self, report: &AgentReport) -> Result<Answer, Error> {
        let Some(waiting) = self.waiting()? else {
            return self.answered_before();
        };
        let key = self.data_dir.load_key(&waiting)?;
        let url = format!("{}/agent/enrolment/poll", waiting.edge.as_str());
        let form = [
            ("organization", waiting.organization.as_str()),
            ("request", waiting.request.expose()),
        ];
        let enrolled = match prove(&self.transport, &key, &url, &form).await {
            Ok(reply) => {
                let accepted: Accepted = reply.json("the answer about the request cannot be parsed")?;
                let lock = self.data_dir.lock().await?;
                // A person may have sent another request while this one was asked about: that one counts.
                if self.waiting()?.is_some_and(|now| now.request != waiting.request) {
                    return Ok(Answer::Pending);
                }
                let (edge, code) = (waiting.edge.clone(), &accepted.enrolment_code);
                self.enrol_locked(edge, accepted.tenant, code, report, &lock).await
            }
            Err(error) => Err(error),
        };
        let error = match enrolled {
            Ok(state) => return Ok(Answer::Final(Outcome::Enrolled(Box::new(state)))),
            Err(Error::AlreadyRegistered) => return self.answered_before(),
            Err(Error::OAuth(error)) => error,
            Err(error) => return Err(error),
        };
        match (error.error.as_str(), Ending::of(&error.error)) {
            ("authorization_pending", _) => Ok(Answer::Pending),
            ("slow_down", _) => Ok(Answer::SlowDown(error.retry_after)),
            (_, Some(ending)) => Ok(match self.note_ending(&waiting, ending).await? {
                true => Answer::Final(Outcome::Ended(ending)),
                false => Answer::Pending,
            }),
            _ => Err(Error::OAuth(error)),
        }
    }

    /// What another process was answered.
    fn answered_before(&self) -> Result<Answer, Error> {
        match self.state() {
            Ok(state) if matches!(state.phase, Phase::Enrolled(_)) => {
                return Ok(Answer::Final(Outcome::Enrolled(Box::new(state))));
            }
            Ok(_) | Err(Error::NotRegistered) => {}
            Err(error) => return Err(error),
        }
        let ending = self.request()?.and_then(|request| request.ending);
        ending
            .map(|ending| Answer::Final(Outcome::Ended(ending)))
            .ok_or(Error::NotRegistered)
    }

    /// Stores how `asked` ended. Returns `false` if a person has sent another request since, which waits.
    async fn note_ending(&self, asked: &Waiting, ending: Ending) -> Result<bool, Error> {
        let lock = self.data_dir.lock().await?;
        match self.waiting()? {
            Some(waiting) if waiting.request != asked.request => return Ok(false),
            Some(_) => {
                let ended = Waiting {
                    ending: Some(ending),
                    ..asked.clone()
                };
                self.data_dir.save(&ended, &lock)?;
            }
            // Another process has noted it, or the machine was enrolled or forgotten.
            None => {}
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::{Ending, Identification, VERSION, Waiting, parse_organization, parse_serial_number};
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
            ending: None,
        };
        let json = concat!(
            r#"{"version":1,"edge":"https://edge.example","organization":"12345678","serial_number":"TG-2041","#,
            r#""request":"tg_er_1","expires_at":1796209600,"interval":5,"jkt":"j"}"#
        );
        assert_eq!(serde_json::to_string(&waiting).unwrap(), json);
        assert_eq!(serde_json::from_str::<Waiting>(json).unwrap(), waiting);
        let ended = Waiting {
            ending: Some(Ending::Refused),
            ..waiting
        };
        let json = json.replace(r#""j"}"#, r#""j","ending":"refused"}"#);
        assert_eq!(serde_json::to_string(&ended).unwrap(), json);
        assert_eq!(serde_json::from_str::<Waiting>(&json).unwrap(), ended);
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
