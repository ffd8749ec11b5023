//! Remote support as people at the machine see it: whether it is being started, its ID and password, who is in the session
//! and what they do there. Contains what the running agent tells of it; how it comes about is the agent's affair.

use crate::secret::Secret;
use serde::{Deserialize, Serialize};
use tegata_domain::control::SupportDeclined;
use tegata_domain::id::CommandId;
use tegata_domain::session::{Ability, DeedOutcome, SessionEnd, SessionNumber};

/// Remote support on this machine.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Support {
    /// How far it is.
    pub phase: Phase,
    /// The session, while one is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<Session>,
    /// Why the last start at the machine was declined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declined: Option<SupportDeclined>,
    /// How the last session ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<SessionEnd>,
}

/// How far remote support is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// There is none.
    #[default]
    Idle,
    /// It was started, here or by the desk, and there is no session yet.
    Starting,
    /// A session is open: the desk may join, or has.
    Open,
}

/// An open session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// 「使用中のID」.
    pub number: SessionNumber,
    /// The password as people read it; only of a session that was started at the machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<Secret>,
    /// The name of the desk's company (B16).
    pub provider: String,
    /// Its telephone number and other contact lines.
    #[serde(default)]
    pub contact: Vec<String>,
    /// Who of the desk has started it from afar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supporter: Option<String>,
    /// The reason that was approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When it ends, seconds since 1970.
    pub until: u64,
    /// The members of the desk's staff who are in it.
    #[serde(default)]
    pub present: Vec<String>,
    /// Who of them sees the screen or uses a terminal now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uses: Vec<ShownUse>,
    /// What they had done on the machine, oldest first.
    #[serde(default)]
    pub deeds: Vec<ShownDeed>,
    /// The files that are offered to the machine.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offers: Vec<ShownOffer>,
    /// The latest messages, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chat: Vec<ShownMessage>,
}

/// A file that is offered to the machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownOffer {
    /// The id by which it is accepted.
    pub id: CommandId,
    /// Who offers it.
    pub by: String,
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// What becomes of it.
    #[serde(flatten)]
    pub state: OfferState,
}

/// What becomes of a file that is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum OfferState {
    /// Somebody at the machine has to accept it.
    Waiting,
    /// It was accepted, and arrives.
    Receiving {
        /// How many bytes are there.
        bytes: u64,
    },
    /// It is there.
    Done,
    /// Somebody at the machine did not want it.
    Declined,
    /// What arrived is not what was offered.
    Mismatch,
    /// It could not be received.
    Failed,
}

/// Something that was written in the session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownMessage {
    /// Its number.
    pub number: i64,
    /// Who has written it; `None` for the machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// When, seconds since 1970.
    pub at: u64,
    /// What.
    pub text: String,
}

/// Somebody sees the screen, or uses a terminal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ShownUse {
    /// Who.
    pub by: String,
    /// `ViewScreen`, `ControlScreen` or `Terminal`.
    pub ability: Ability,
}

/// Something that the desk had done on the machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownDeed {
    /// Who wanted it.
    pub by: String,
    /// What.
    pub ability: Ability,
    /// What it was done to, such as the name of a log file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// How it ended; `None` while it is being done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<DeedOutcome>,
}

#[cfg(test)]
mod tests {
    use super::{Phase, Session, ShownDeed, Support};
    use crate::secret::Secret;
    use tegata_domain::session::{Ability, SessionNumber};

    #[test]
    fn a_password_is_told_and_not_printed() {
        let session = Session {
            number: SessionNumber::parse("123456789").unwrap(),
            password: Some(Secret::new("ABCD-EFGH")),
            provider: "青空サポート".to_owned(),
            contact: vec!["03-1234-5678".to_owned()],
            supporter: None,
            reason: None,
            until: 1_795_000_000,
            present: Vec::new(),
            uses: Vec::new(),
            deeds: vec![ShownDeed {
                by: "Morgan Reed".to_owned(),
                ability: Ability::RestartSoftware,
                detail: None,
                outcome: None,
            }],
            offers: Vec::new(),
            chat: Vec::new(),
        };
        let support = Support {
            phase: Phase::Open,
            session: Some(session),
            ..Support::default()
        };
        let json = concat!(
            r#"{"phase":"open","session":{"number":"123456789","password":"ABCD-EFGH","provider":"青空サポート","#,
            r#""contact":["03-1234-5678"],"until":1795000000,"present":[],"#,
            r#""deeds":[{"by":"Morgan Reed","ability":"restart_software"}]}}"#
        );
        assert_eq!(serde_json::to_string(&support).unwrap(), json);
        assert_eq!(serde_json::from_str::<Support>(json).unwrap(), support);
        assert!(!format!("{support:?}").contains("ABCD"), "{support:?}");
        assert_eq!(
            serde_json::to_string(&Support::default()).unwrap(),
            r#"{"phase":"idle"}"#
        );
    }
}
