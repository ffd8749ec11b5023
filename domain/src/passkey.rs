//! Passkeys (WebAuthn level 3): what is kept of one, the challenges that are answered with it, and whether an answer counts.
//!
//! Signatures and encodings are checked by a library at the platform's border, as [`Ceremony`] asks for; the documents that
//! browsers read stand in [`options`].

pub mod options;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::error::FieldError;
use crate::id::{PasskeyId, SessionId, UserId};
use crate::random::{self, Random};
use crate::secret::HashedSecret;
use crate::text::bounded;
use crate::time::UnixSeconds;
use crate::wire::b64;

/// Most passkeys of one account.
pub const MOST: usize = 10;
/// How long a challenge can be answered, in seconds.
pub const CHALLENGE_LIFE: i64 = 5 * 60;

/// What a passkey is called, 1 to 100 characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
#[serde(try_from = "String")]
pub struct PasskeyName(String);

impl PasskeyName {
    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for PasskeyName {
    type Error = FieldError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        bounded("name", &text, 100).map(Self)
    }
}

/// The authenticator's name of a credential: 1 to 1,023 bytes, base64url (section 4, "Credential ID").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(min_length = 2, max_length = 1364))]
#[serde(try_from = "String")]
pub struct CredentialId(String);

impl CredentialId {
    /// Parses the base64url form; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        (1..=1023)
            .contains(&b64::decode(text)?.len())
            .then(|| Self(text.to_owned()))
    }

    /// The base64url form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for CredentialId {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("a credential's name of 1 to 1,023 bytes in base64url")
    }
}

/// What an authenticator signs, once: 256 random bits in base64url. It has no prefix, as the browser reads it as bytes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(min_length = 43, max_length = 43))]
#[serde(try_from = "String")]
pub struct Challenge(String);

impl Challenge {
    /// A new one.
    #[must_use]
    pub fn generate(random: &dyn Random) -> Self {
        Self(b64::encode(random::bytes::<32>(random)))
    }

    /// Parses the base64url form; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        (b64::decode(text)?.len() == 32).then(|| Self(text.to_owned()))
    }

    /// The form to store.
    #[must_use]
    pub fn hashed(&self) -> HashedSecret {
        HashedSecret::of(&self.0)
    }
}

impl TryFrom<String> for Challenge {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("a challenge of 43 base64url characters")
    }
}

impl core::fmt::Debug for Challenge {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Challenge(…)")
    }
}

/// What a challenge was issued for: an answer to it is good for nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Logging in, by whoever has a passkey.
    LogIn,
    /// Adding a passkey to the account of a session.
    Add,
    /// The second step of a session's login, or a fresh authentication in it.
    Confirm,
}

/// A challenge as stored, under its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedChallenge {
    /// What for.
    pub purpose: Purpose,
    /// In which session; of none where somebody logs in.
    pub session: Option<SessionId>,
    /// Until when it can be answered.
    pub expires_at: UnixSeconds,
}

/// A passkey as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkey {
    /// Its name for machines.
    pub id: PasskeyId,
    /// Whose it is. Also the credential's user handle: a passkey of another tenant names nobody here.
    pub user: UserId,
    /// The authenticator's name for it.
    pub credential: CredentialId,
    /// The public key: COSE, base64url.
    pub public_key: String,
    /// How often its authenticator says it was used; 0 where it does not count.
    pub counter: i64,
    /// How a browser reaches its authenticator, as the browser said.
    pub transports: Vec<String>,
    /// What its owner calls it.
    pub name: PasskeyName,
    /// Whether it may be copied to its owner's other devices (backup eligibility).
    pub can_sync: bool,
    /// Whether it was, when it was last used (backup state).
    pub synced: bool,
    /// When it was added.
    pub created_at: UnixSeconds,
    /// When it was last used.
    pub last_used_at: Option<UnixSeconds>,
}

/// A passkey as its owner sees it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasskeyView {
    /// Its name for machines.
    pub id: PasskeyId,
    /// What its owner calls it.
    pub name: PasskeyName,
    /// Whether it is copied to its owner's other devices, as when it was last used.
    pub synced: bool,
    /// When it was added.
    pub created_at: UnixSeconds,
    /// When it was last used.
    pub last_used_at: Option<UnixSeconds>,
}

/// What an authenticator's answer is checked for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ceremony {
    /// The answer, as the browser's `toJSON` wrote it.
    pub credential: Map<String, Value>,
    /// The challenge that it says it answers. Whether that was ever issued is the object's to tell.
    pub challenge: Challenge,
    /// Where it has to come from.
    pub origin: String,
    /// Whom the credential has to be for.
    pub rp_id: String,
    /// The key it has to be signed with; `None` where the credential is a new one.
    pub public_key: Option<String>,
}

/// A new credential, checked. The route passes it on as the library wrote it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Attested {
    /// The authenticator's name for it.
    pub credential: CredentialId,
    /// Its public key: COSE, base64url.
    pub public_key: String,
    /// How often it was used.
    pub counter: i64,
    /// How a browser reaches its authenticator.
    pub transports: Vec<String>,
    /// Whether it may be copied to other devices.
    pub can_sync: bool,
    /// Whether it was.
    pub synced: bool,
}

/// What a credential has signed, checked. The route passes it on as the library wrote it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Asserted {
    /// The key it was checked with: it must still be the passkey's.
    pub against: String,
    /// How often it was used.
    pub counter: i64,
    /// Whether it may be copied to other devices.
    pub can_sync: bool,
    /// Whether it was.
    pub synced: bool,
    /// The user it says it is of; authenticators without a store say nothing.
    pub user_handle: Option<String>,
}

/// Why an answer does not count, though it was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mismatch {
    /// It is of another key, another user, or another kind of credential.
    Other,
    /// The counter did not go forward: two authenticators hold this key (section 6.1.1).
    WentBack,
}

/// How a browser may reach an authenticator (section 5.8.4). What else it says is left out.
const TRANSPORTS: [&str; 6] = ["ble", "hybrid", "internal", "nfc", "smart-card", "usb"];

impl Passkey {
    /// The passkey that `attested` has told of, made at `now`.
    #[must_use]
    pub fn made(id: PasskeyId, user: UserId, name: PasskeyName, attested: Attested, now: UnixSeconds) -> Self {
        let mut transports = attested.transports;
        transports.retain(|transport| TRANSPORTS.contains(&transport.as_str()));
        transports.truncate(TRANSPORTS.len());
        Self {
            id,
            user,
            credential: attested.credential,
            public_key: attested.public_key,
            counter: attested.counter,
            transports,
            name,
            can_sync: attested.can_sync,
            synced: attested.synced,
            created_at: now,
            last_used_at: None,
        }
    }

    /// Takes a checked answer at `now`: counter and backup state are brought up to date. Where nobody has named the account
    /// before, the authenticator has to (`must_name`; section 7.2, step 6).
    ///
    /// # Errors
    /// [`Mismatch`]. Nothing is changed then.
    pub fn take(&mut self, asserted: &Asserted, must_name: bool, now: UnixSeconds) -> Result<(), Mismatch> {
        let anothers = asserted
            .user_handle
            .as_ref()
            .map_or(must_name, |user| user != self.user.as_str());
        if anothers || asserted.against != self.public_key || asserted.can_sync != self.can_sync {
            return Err(Mismatch::Other);
        }
        let counts = asserted.counter > 0 || self.counter > 0;
        if counts && asserted.counter <= self.counter {
            return Err(Mismatch::WentBack);
        }
        self.counter = asserted.counter;
        self.synced = asserted.synced;
        self.last_used_at = Some(now);
        Ok(())
    }

    /// What its owner sees.
    #[must_use]
    pub fn view(&self) -> PasskeyView {
        PasskeyView {
            id: self.id.clone(),
            name: self.name.clone(),
            synced: self.synced,
            created_at: self.created_at,
            last_used_at: self.last_used_at,
        }
    }
}

/// The relying party's id of a deployment: the host of its public base URL.
#[must_use]
pub fn rp_id(edge_url: &str) -> &str {
    let authority = edge_url.split_once("://").map_or(edge_url, |(_, rest)| rest);
    authority.split([':', '/']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Asserted, Challenge, CredentialId, Mismatch, Passkey, PasskeyName, rp_id};
    use crate::id::{PasskeyId, UserId};
    use crate::random::CountingRandom;
    use crate::time::UnixSeconds;

    const NOW: UnixSeconds = UnixSeconds(1_795_000_000);

    fn passkey(counter: i64) -> Passkey {
        let random = CountingRandom::new(1);
        Passkey {
            id: PasskeyId::generate(&random),
            user: UserId::generate(&random),
            credential: CredentialId::parse("AQID").unwrap(),
            public_key: "pQEC".to_owned(),
            counter,
            transports: vec!["internal".to_owned()],
            name: PasskeyName::try_from("受付の鍵".to_owned()).unwrap(),
            can_sync: false,
            synced: false,
            created_at: NOW,
            last_used_at: None,
        }
    }

    fn signed(passkey: &Passkey, counter: i64) -> Asserted {
        Asserted {
            against: passkey.public_key.clone(),
            counter,
            can_sync: false,
            synced: false,
            user_handle: Some(passkey.user.to_string()),
        }
    }

    #[test]
    fn a_counter_goes_forward_or_stays_at_nothing() {
        for (stored, told, taken) in [
            (0, 0, true),
            (0, 1, true),
            (7, 8, true),
            (7, 7, false),
            (7, 6, false),
            (7, 0, false),
        ] {
            let mut passkey = passkey(stored);
            let answer = passkey.take(&signed(&passkey, told), false, NOW);
            let expected = if taken { Ok(()) } else { Err(Mismatch::WentBack) };
            assert_eq!(answer, expected, "{stored}, then {told}");
            assert_eq!(passkey.counter, if taken { told } else { stored });
            assert_eq!(passkey.last_used_at.is_some(), taken);
        }
    }

    #[test]
    fn an_answer_of_another_key_or_user_or_kind_does_not_count() {
        let passkey = passkey(0);
        let right = signed(&passkey, 1);
        let other_user = UserId::generate(&CountingRandom::new(9)).to_string();
        for wrong in [
            Asserted {
                against: "pQED".to_owned(),
                ..right.clone()
            },
            Asserted {
                user_handle: Some(other_user),
                ..right.clone()
            },
            Asserted {
                can_sync: true,
                ..right.clone()
            },
        ] {
            assert_eq!(passkey.clone().take(&wrong, false, NOW), Err(Mismatch::Other));
        }
        let silent = Asserted {
            user_handle: None,
            ..right
        };
        assert_eq!(passkey.clone().take(&silent, false, NOW), Ok(()));
        assert_eq!(passkey.clone().take(&silent, true, NOW), Err(Mismatch::Other));
    }

    #[test]
    fn names_are_bounded_and_challenges_are_not_printed() {
        assert!(CredentialId::parse("").is_none() && CredentialId::parse("AQ=").is_none());
        assert!(CredentialId::parse(&"A".repeat(1364)).is_some() && CredentialId::parse(&"A".repeat(1368)).is_none());
        let challenge = Challenge::generate(&CountingRandom::new(1));
        assert_eq!(format!("{challenge:?}"), "Challenge(…)");
        assert!(Challenge::parse("AQID").is_none());
    }

    #[test]
    fn the_relying_party_is_the_host() {
        for url in [
            "https://edge.example",
            "https://edge.example:8443",
            "http://edge.example/x",
        ] {
            assert_eq!(rp_id(url), "edge.example", "{url}");
        }
    }
}
