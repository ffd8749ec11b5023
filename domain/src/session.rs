//! A remote support session as both of its owners see it: its number and password, what its participants may do, and
//! what the session's object reports to the tenant. The protocol that participants speak is in [`frame`] and [`control`],
//! what may pass between them in [`relay`]; what the object decides is in `objects`.

pub mod cast;
pub mod control;
pub mod files;
pub mod frame;
pub mod guest;
pub mod party;
pub mod record;
pub mod relay;
pub mod summary;
pub mod voucher;

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::code::{CODE_ALPHABET, derived_code, grouped, mac, normalized};
use crate::id::{InquiryId, LaunchId, UserId};
use crate::keyring::LinkKeys;
use crate::random::Random;
use crate::secret::same;
use crate::slug::Slug;
use crate::text::{ChatText, PersonName};
use crate::time::UnixSeconds;
use crate::wire::b64;
use files::{FileOffer, Received};
use party::Party;

/// Digits of a session's number.
const DIGITS: usize = 9;
/// Characters of a session's password; 39 bits of entropy. Ten wrong tries in all lock it.
const PASSWORD_LENGTH: usize = 8;
/// For how long the number of an ended session stays taken, in seconds.
pub const NUMBER_KEPT: i64 = 30 * 24 * 3600;

/// The number of a session, which people call its ID (「使用中のID」): nine random digits. It names the session's object.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "openapi",
    schema(min_length = 9, max_length = 9, pattern = "^[1-9][0-9]{8}$")
)]
#[serde(try_from = "String")]
pub struct SessionNumber(String);

impl SessionNumber {
    /// A random number. The first digit is never 0, so that nobody drops it.
    #[must_use]
    pub fn generate(random: &dyn Random) -> Self {
        let mut number = String::with_capacity(DIGITS);
        while number.len() < DIGITS {
            let mut block = [0; 16];
            random.fill(&mut block);
            for byte in block {
                // 250 is the largest multiple of ten in a byte: beyond it, some digits would be likelier than others.
                let digit = (byte < 250).then(|| byte.checked_rem(10)).flatten();
                match digit.map(|digit| char::from(b'0'.saturating_add(digit))) {
                    Some('0') if number.is_empty() => {}
                    Some(digit) if number.len() < DIGITS => number.push(digit),
                    _ => {}
                }
            }
        }
        Self(number)
    }

    /// Parses a number as people type it: spaces, hyphens and full-width digits are accepted.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = normalized(text)?;
        let whole = digits.len() == DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
        (whole && !digits.starts_with('0')).then_some(Self(digits))
    }

    /// The nine digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The digits in groups of three, for reading aloud.
    #[must_use]
    pub fn shown(&self) -> String {
        grouped(&self.0, 3).replace('-', " ")
    }
}

impl TryFrom<String> for SessionNumber {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let number = Self::parse(&text).filter(|number| number.0 == text);
        number.ok_or("must be nine digits, the first of them not 0")
    }
}

impl fmt::Display for SessionNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The password of a session. It is derived from a link key when it is shown, mailed or checked, and never stored.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionPassword(String);

impl SessionPassword {
    /// The password of session `number` of `launch`, under the link key `kid`; `None` if that key is gone.
    #[must_use]
    pub fn derive(keys: &LinkKeys, kid: &str, number: &SessionNumber, launch: &LaunchId) -> Option<Self> {
        let parts = ["session-password", kid, number.as_str(), launch.as_str()];
        Some(Self(derived_code(keys.find(kid)?, &parts, PASSWORD_LENGTH)))
    }

    /// The password that a person typed; `None` if it cannot be one.
    #[must_use]
    pub fn typed(text: &str) -> Option<Self> {
        let code = normalized(text)?;
        let fits = code.len() == PASSWORD_LENGTH && code.bytes().all(|byte| CODE_ALPHABET.contains(&byte));
        fits.then_some(Self(code))
    }

    /// A password that no session has, for comparing what cannot be one.
    #[must_use]
    pub const fn nobodys() -> Self {
        Self(String::new())
    }

    /// The keyed hash that the session's object stores: useless without the keyring. `None` if the key is gone.
    #[must_use]
    pub fn hashed(&self, keys: &LinkKeys, kid: &str, number: &SessionNumber) -> Option<String> {
        let parts = ["session-password-check", kid, number.as_str(), &self.0];
        Some(b64::encode(mac(keys.find(kid)?, &parts)))
    }

    /// Whether this is the password with this hash.
    #[must_use]
    pub fn is(&self, hash: &str, keys: &LinkKeys, kid: &str, number: &SessionNumber) -> bool {
        self.hashed(keys, kid, number).is_some_and(|own| same(&own, hash))
    }

    /// The password in two groups, as people read and type it.
    #[must_use]
    pub fn shown(&self) -> String {
        grouped(&self.0, 4)
    }
}

impl fmt::Debug for SessionPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionPassword(…)")
    }
}

/// What the desk can do in a session. The statement that was approved names each. Stored by name; names are never
/// reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Ability {
    /// Look at the machine's state and at the tail of the log files that its agent's configuration allows (K10).
    Diagnostics,
    /// Restart the software that its agent's configuration names (K10).
    RestartSoftware,
    /// Restart the machine.
    RestartMachine,
    /// See the screen (K10, Z4).
    ViewScreen,
    /// Control the machine with keyboard and pointer, which includes seeing its screen (K10).
    ControlScreen,
    /// Use a terminal on the machine, whose record is kept (K10).
    Terminal,
    /// Exchange files, each of which its receiver accepts (Z6).
    Files,
}

impl Ability {
    /// Whether it allows streams of this kind.
    #[must_use]
    pub const fn allows(self, kind: frame::Kind) -> bool {
        use frame::Kind;
        match self {
            Self::Diagnostics => matches!(kind, Kind::Diagnostics),
            Self::ViewScreen => matches!(kind, Kind::Screen | Kind::Signalling),
            // The second is for what its requests bring.
            Self::ControlScreen => matches!(kind, Kind::Screen | Kind::Diagnostics),
            Self::Terminal => matches!(kind, Kind::Terminal),
            Self::Files => matches!(kind, Kind::File),
            Self::RestartSoftware | Self::RestartMachine => false,
        }
    }

    /// Every ability.
    pub const ALL: [Self; 7] = [
        Self::Diagnostics,
        Self::RestartSoftware,
        Self::RestartMachine,
        Self::ViewScreen,
        Self::ControlScreen,
        Self::Terminal,
        Self::Files,
    ];

    /// What an attended session is about: the people who show their screens are there themselves.
    pub const ATTENDED: [Self; 2] = [Self::ViewScreen, Self::Files];

    /// The name in records and messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Diagnostics => "diagnostics",
            Self::RestartSoftware => "restart_software",
            Self::RestartMachine => "restart_machine",
            Self::ViewScreen => "view_screen",
            Self::ControlScreen => "control_screen",
            Self::Terminal => "terminal",
            Self::Files => "files",
        }
    }
}

/// Why a session ended. Stored by name; names are never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SessionEnd {
    /// The desk ended it.
    Desk,
    /// The person at the machine ended it.
    Machine,
    /// Somebody who shares their screen, or takes part at the customer, ended it.
    Guest,
    /// An administrator of the customer ended it.
    Administrator,
    /// The granted period is over.
    Expired,
    /// The machine's agent is no longer accepted: revoked, replaced or cloned.
    Agent,
    /// Remote assistance was forbidden for the equipment, or the equipment was retired.
    Forbidden,
    /// The tenant or its provider was suspended.
    Suspended,
}

impl SessionEnd {
    /// The name in records and messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::Machine => "machine",
            Self::Guest => "guest",
            Self::Administrator => "administrator",
            Self::Expired => "expired",
            Self::Agent => "agent",
            Self::Forbidden => "forbidden",
            Self::Suspended => "suspended",
        }
    }
}

/// A member of the desk's staff in a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Supporter {
    /// The provider.
    pub provider: Slug,
    /// The person.
    pub user: UserId,
    /// Their name at the time.
    pub name: PersonName,
    /// The network address they came from.
    pub client: String,
}

/// How a deed ended on the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeedOutcome {
    /// It was done.
    Done,
    /// The agent refused it: its configuration, or the approval, does not allow it.
    Refused,
    /// It was tried and failed.
    Failed,
    /// The agent was interrupted, and cannot say whether it was done.
    Unknown,
}

impl DeedOutcome {
    /// The name in records and messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }
}

/// What the desk says of a session afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionNote {
    /// The outcome, in the desk's words.
    pub text: ChatText,
    /// The inquiry of the customer that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inquiry: Option<InquiryId>,
    /// Who wrote it.
    pub by: PersonName,
    /// When.
    pub at: UnixSeconds,
}

/// What happened in a session, as its object reports it to the tenant, which writes it to its audit log and keeps it as
/// the session's record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "event")]
pub enum SessionEvent {
    /// The number is claimed, and the session can be joined.
    Opened,
    /// Another session has the number; nothing was opened.
    Taken,
    /// The machine's agent has connected to the session for the first time.
    AgentJoined,
    /// Somebody has joined.
    Joined {
        /// Who.
        by: Party,
    },
    /// Somebody has left.
    Left {
        /// Who.
        by: Party,
    },
    /// A member of the desk's staff has removed somebody.
    Removed {
        /// Who.
        by: Party,
        /// Whom.
        who: Party,
    },
    /// Somebody has begun to share their screen, or has stopped.
    Sharing {
        /// Who.
        by: Party,
        /// What; absent when they have stopped.
        surface: Option<control::Surface>,
    },
    /// Somebody has written something (Z5).
    Said {
        /// The number of the message in its session.
        message: i64,
        /// Who.
        by: Party,
        /// What.
        text: ChatText,
    },
    /// Somebody has offered a file (Z6).
    Offered {
        /// Who.
        by: Party,
        /// The file.
        file: FileOffer,
    },
    /// Somebody has received a file, or has not.
    Received {
        /// Who.
        by: Party,
        /// Who offered it.
        from: Party,
        /// The file.
        file: FileOffer,
        /// How it went.
        outcome: Received,
    },
    /// What was typed and shown in a terminal.
    Typed {
        /// Whose terminal it is.
        by: Party,
        /// Lines of asciicast v2, each an event: `[seconds since the session was opened, "i" | "o" | "r", text]`.
        lines: String,
    },
    /// Ten wrong passwords were given: nobody can join by password any more.
    Locked,
    /// Somebody had something done on the machine, or saw a screen, or tried to.
    Did {
        /// Who.
        by: Party,
        /// What.
        ability: Ability,
        /// What it was done to, such as the name of a log file.
        detail: Option<String>,
        /// How it ended.
        outcome: DeedOutcome,
    },
    /// The session has ended.
    Ended {
        /// Why.
        why: SessionEnd,
        /// Who ended it, if somebody in the session did.
        by: Option<Party>,
    },
}

/// One report of a session, numbered from 1 so that the tenant takes each once and in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionReport {
    /// The number of the report.
    pub number: i64,
    /// Time of the event.
    pub at: UnixSeconds,
    /// What happened.
    #[serde(flatten)]
    pub event: SessionEvent,
}

#[cfg(test)]
mod tests {
    use super::{SessionNumber, SessionPassword};
    use crate::id::LaunchId;
    use crate::keyring::LinkKeys;
    use crate::random::CountingRandom;

    #[test]
    fn a_number_is_read_as_people_type_it() {
        let number = SessionNumber::parse("123456789").unwrap();
        for typed in ["123 456 789", "123-456-789", "１２３４５６７８９", " 123456789 "] {
            assert_eq!(SessionNumber::parse(typed), Some(number.clone()), "{typed}");
        }
        for wrong in ["", "12345678", "1234567890", "023456789", "12345678a"] {
            assert_eq!(SessionNumber::parse(wrong), None, "{wrong}");
        }
        assert_eq!(number.shown(), "123 456 789");
    }

    #[test]
    fn random_numbers_are_well_formed() {
        for seed in 0..200 {
            let number = SessionNumber::generate(&CountingRandom::new(seed));
            assert_eq!(SessionNumber::parse(number.as_str()), Some(number.clone()), "{number}");
        }
    }

    #[test]
    fn a_password_fits_its_own_session_and_key_alone() {
        let keys = LinkKeys::new(vec![("k0".to_owned(), [8; 32]), ("k1".to_owned(), [9; 32])]);
        let (number, other) = (
            SessionNumber::parse("123456789").unwrap(),
            SessionNumber::parse("123456780").unwrap(),
        );
        let launch = LaunchId::generate(&CountingRandom::new(1));
        let password = SessionPassword::derive(&keys, "k1", &number, &launch).unwrap();
        let hash = password.hashed(&keys, "k1", &number).unwrap();
        let typed = SessionPassword::typed(&password.shown().to_lowercase()).unwrap();
        assert!(typed.is(&hash, &keys, "k1", &number));
        assert!(!typed.is(&hash, &keys, "k0", &number));
        assert!(!typed.is(&hash, &keys, "k1", &other));
        let elsewhere = SessionPassword::derive(&keys, "k1", &other, &launch).unwrap();
        assert!(!elsewhere.is(&hash, &keys, "k1", &number));
        assert_eq!(SessionPassword::derive(&keys, "k2", &number, &launch), None);
        assert!(SessionPassword::typed("1234567").is_none());
    }
}
