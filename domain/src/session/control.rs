//! What is said on the control stream of a session: JSON, one message in each data frame. Participants talk to the
//! session, and the session to them; what one writes for all to read (Z5) is stored by the session, which numbers it. A kind that a side does not
//! know is skipped. docs/session-protocol.md specifies it; the envelope is in [`frame`](super::frame).

use serde::{Deserialize, Serialize};

use crate::id::CommandId;
use crate::secret::PlainSessionTicket;
use crate::session::files::{FileName, FileOffer, FilePolicy, Received, Unwanted};
use crate::session::{Ability, DeedOutcome, SessionEnd};
use crate::text::{ChatText, ClipboardText, FolderName, LogName, PersonName};
use crate::time::UnixSeconds;

/// How long before the end of the granted period the participants are warned, in seconds.
pub const WARNING: i64 = 300;

/// What a participant says to the session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum FromParticipant {
    /// The first message after connecting; the answer is `welcome`.
    Hello,
    /// The desk wants something done on the machine. Sent again with the same id, it is not done again: the answer is
    /// what is known of it.
    Request {
        /// An id that the desk has made up.
        id: CommandId,
        /// What is to be done.
        deed: Deed,
        /// The stream that the desk has opened to the agent for what the deed brings, if it brings anything.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stream: Option<u32>,
    },
    /// The agent's answer to `request`.
    Result {
        /// The id of the request.
        id: CommandId,
        /// How it ended.
        outcome: DeedOutcome,
    },
    /// Writes something that everybody reads (Z5). Sent again with the same id, it is not said again.
    Chat {
        /// An id that the writer has made up.
        id: CommandId,
        /// What.
        text: ChatText,
    },
    /// Wants what was written after the message with this number. The answer is `chats`.
    Chats {
        /// The number of the last message that the participant knows; 0 for none.
        after: i64,
    },
    /// Offers a file to everybody else (Z6). Sent again with the same id, it is not offered again.
    Offer(FileOffer),
    /// Takes an offer of one's own back.
    Withdraw {
        /// The id of the offer.
        id: CommandId,
    },
    /// How an offer of another participant ended for this one.
    Received {
        /// The id of the offer.
        id: CommandId,
        /// How.
        outcome: Received,
    },
    /// Shares one's screen from now on, or stops.
    Share {
        /// What is shared; absent to stop.
        surface: Option<Surface>,
    },
    /// The desk removes a participant.
    Remove {
        /// Their address.
        who: u16,
    },
    /// Ends the session for everybody.
    End,
    /// A kind from a newer side.
    #[serde(other, skip_serializing)]
    Unknown,
}

/// What somebody shares of their screen (W3C Screen Capture, `displaySurface`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Surface {
    /// The whole screen.
    Monitor,
    /// One window.
    Window,
    /// One tab of the browser.
    Browser,
    /// The browser does not say which.
    Unknown,
}

impl Surface {
    /// The name in records and messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Monitor => "monitor",
            Self::Window => "window",
            Self::Browser => "browser",
            Self::Unknown => "unknown",
        }
    }
}

/// Something that the desk wants done on the machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum Deed {
    /// The state of the machine: versions, uptime, disks, memory, clock, and the names of its log files.
    Overview,
    /// The agent tests its connection to the edge.
    ConnectionTest,
    /// The tail of a log file that the agent's configuration allows.
    LogTail {
        /// Its name in the agent's configuration.
        log: LogName,
    },
    /// The software that the agent's configuration names is restarted.
    RestartSoftware,
    /// The machine is restarted.
    RestartMachine,
    /// A text is put into the clipboard of the machine's display. Its server need not know of clipboards.
    PutText {
        /// The text. What is kept and told of the request has none.
        text: ClipboardText,
    },
    /// The text in that clipboard is brought.
    TakeText,
    /// The files in a folder that the agent's configuration names, as JSON on a stream of kind file.
    ListFiles {
        /// The folder, as the overview names it.
        folder: FolderName,
    },
    /// The agent offers a file of such a folder.
    OfferFile {
        /// The folder.
        folder: FolderName,
        /// The file.
        name: FileName,
    },
}

impl Deed {
    /// What the approval must name for it.
    #[must_use]
    pub const fn ability(&self) -> Ability {
        match self {
            Self::Overview | Self::ConnectionTest | Self::LogTail { .. } => Ability::Diagnostics,
            Self::RestartSoftware => Ability::RestartSoftware,
            Self::RestartMachine => Ability::RestartMachine,
            Self::PutText { .. } | Self::TakeText => Ability::ControlScreen,
            Self::ListFiles { .. } | Self::OfferFile { .. } => Ability::Files,
        }
    }

    /// The same without what nobody but the agent may know.
    #[must_use]
    pub fn told(&self) -> Self {
        match self {
            Self::PutText { .. } => Self::PutText {
                text: ClipboardText::default(),
            },
            other => other.clone(),
        }
    }

    /// What it is done to, for the audit log.
    #[must_use]
    pub fn detail(&self) -> Option<String> {
        match self {
            Self::Overview => Some("overview".to_owned()),
            Self::ConnectionTest => Some("connection_test".to_owned()),
            Self::PutText { .. } => Some("put_text".to_owned()),
            Self::TakeText => Some("take_text".to_owned()),
            Self::LogTail { log } => Some(log.as_str().to_owned()),
            Self::RestartSoftware | Self::RestartMachine => None,
            // The slash tells the folder from a file.
            Self::ListFiles { folder } => Some(format!("{}/", folder.as_str().trim_end_matches('/'))),
            Self::OfferFile { folder, name } => Some(format!("{}/{name}", folder.as_str().trim_end_matches('/'))),
        }
    }
}

/// What the session says to a participant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum ToParticipant {
    /// The answer to `hello`.
    Welcome(Box<Welcome>),
    /// Somebody has joined.
    Joined(Participant),
    /// Somebody has left. Every stream with them has ended.
    Left {
        /// Their address.
        id: u16,
    },
    /// Something was written. The numbers of a session's messages are 1, 2, 3 and so on.
    Chat(ChatMessage),
    /// What was written, oldest first: as much as fits. A participant that lacks more asks again.
    Chats {
        /// The messages.
        messages: Vec<ChatMessage>,
        /// The number of the last message in the session.
        last: i64,
    },
    /// A file is offered.
    Offered(Offered),
    /// An offer of the participant's own is not passed on.
    NotOffered {
        /// The id of the offer.
        id: CommandId,
        /// Why.
        why: Unwanted,
    },
    /// An offer was taken back, or whoever made it has left for good.
    Withdrawn {
        /// The id of the offer.
        id: CommandId,
    },
    /// An offer ended for one receiver.
    Received {
        /// The id of the offer.
        id: CommandId,
        /// The address of the receiver.
        by: u16,
        /// How.
        outcome: Received,
    },
    /// Somebody shares their screen from now on, or has stopped.
    Sharing {
        /// Their address.
        id: u16,
        /// What; absent when they have stopped.
        surface: Option<Surface>,
    },
    /// Too many wrong passwords were given: nobody can join by password any more.
    Locked,
    /// The granted period ends soon.
    Warning {
        /// When.
        until: UnixSeconds,
    },
    /// The granted period was extended.
    Extended {
        /// Its new end.
        until: UnixSeconds,
    },
    /// The session has ended; the socket closes.
    Ended {
        /// Why.
        why: SessionEnd,
    },
    /// To the agent alone: the desk wants something done, and the approval allows it. Repeated when the agent connects
    /// again; it answers `result` with what it knows, and begins nothing then.
    Request {
        /// The id, which the agent notes in its journal before it acts.
        id: CommandId,
        /// The address of who wants it.
        by: u16,
        /// Their name, which the machine shows.
        name: PersonName,
        /// What is to be done.
        deed: Deed,
        /// The stream for what the deed brings.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stream: Option<u32>,
        /// Whether it is repeated to an agent that has connected again. An agent that does not know the id answers
        /// `unknown`: what was asked before a break is not begun after it.
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        again: bool,
    },
    /// Something is being done on the machine.
    Doing {
        /// The id of the request.
        id: CommandId,
        /// The address of who wants it.
        by: u16,
        /// Their name.
        name: PersonName,
        /// What.
        deed: Deed,
    },
    /// It has ended.
    Done {
        /// The id of the request.
        id: CommandId,
        /// How.
        outcome: DeedOutcome,
    },
    /// A kind from a newer edge.
    #[serde(other, skip_serializing)]
    Unknown,
}

/// What a participant learns when it connects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    /// Its own address.
    pub you: u16,
    /// The edge's time.
    pub time: UnixSeconds,
    /// Who is in the session, oneself included.
    pub roster: Vec<Participant>,
    /// What the desk can do.
    pub abilities: Vec<Ability>,
    /// End of the granted period.
    pub until: UnixSeconds,
    /// The customer's name.
    pub tenant_name: String,
    /// The name of the equipment; empty in an attended session.
    pub equipment: String,
    /// Its serial number; empty in an attended session.
    pub serial_number: String,
    /// What an attended session is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Which files may be exchanged.
    #[serde(default)]
    pub files: FilePolicy,
    /// To the desk: a ticket that opens one more socket for the same person, if this one breaks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resume: Option<PlainSessionTicket>,
    /// The latest requests in the session, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deeds: Vec<KnownDeed>,
    /// The number of the last message that was written; 0 for none.
    #[serde(default)]
    pub chats: i64,
    /// The files that are offered, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offers: Vec<Offered>,
}

/// Something that was written (Z5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatMessage {
    /// Its number in the session.
    pub number: i64,
    /// The id that its writer made up.
    pub id: CommandId,
    /// The address that the writer had then.
    pub by: u16,
    /// What the writer is.
    pub role: Role,
    /// Their name.
    pub name: String,
    /// When.
    pub at: UnixSeconds,
    /// What.
    pub text: ChatText,
}

/// A file that is offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    /// The address of who offers it now.
    pub by: u16,
    /// Their name.
    pub person: String,
    /// The file.
    #[serde(flatten)]
    pub file: FileOffer,
}

/// A request that the session knows of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownDeed {
    /// Its id.
    pub id: CommandId,
    /// The address that who wanted it had then.
    pub by: u16,
    /// Their name.
    pub name: PersonName,
    /// What.
    pub deed: Deed,
    /// How it ended; absent while it has not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<DeedOutcome>,
}

/// Somebody in a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// Their address in frames.
    pub id: u16,
    /// Agent, desk, or guest.
    pub role: Role,
    /// The person's name, or the host name of the machine.
    pub name: String,
    /// What they share of their screen, if they do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sharing: Option<Surface>,
}

/// What somebody is in a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The machine's agent.
    Agent,
    /// A member of the desk's staff.
    Desk,
    /// Somebody at the customer, in an attended session.
    Guest,
}
