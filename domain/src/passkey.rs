//! Passkeys (WebAuthn level 3): the stored form of a passkey, the challenges it answers, and the decision whether an
//! answer counts. A library at the platform's border checks signatures and encodings, as [`Ceremony`] requests; the
//! documents that browsers read are defined in [`options`].

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

/// Maximum number of passkeys per account.
pub const MOST: usize = 10;
/// How long a challenge can be answered, in seconds.
pub const CHALLENGE_LIFE: i64 = 5 * 60;

/// The name of a passkey, 1 to 100 characters.
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

/// The authenticator's id of a credential: 1 to 1,023 bytes, base64url (section 4, "Credential ID").
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
        Self::parse(&text).ok_or("must be a credential id of 1 to 1,023 bytes in base64url")
    }
}

/// The challenge that an authenticator signs, once: 256 random bits in base64url. It has no prefix, because the browser
/// reads it as bytes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(min_length = 43, max_length = 43))]
#[serde(try_from = "String")]
pub struct Challenge(String);

impl Challenge {
    /// A new challenge.
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
        Self::parse(&text).ok_or("must be a challenge of 43 base64url characters")
    }
}

impl core::fmt::Debug for Challenge {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Challenge(…)")
    }
}

/// The purpose of a challenge. An answer to it is valid for that purpose only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Logging in with any registered passkey.
    LogIn,
    /// Adding a passkey to the account of a session.
    Add,
    /// The second step of a session's login, or a fresh authentication in it.
    Confirm,
}

/// A challenge as stored, under its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedChallenge {
    /// The purpose it was issued for.
    pub purpose: Purpose,
    /// The session it was issued in; `None` for a login.
    pub session: Option<SessionId>,
    /// Expiry time.
    pub expires_at: UnixSeconds,
}

/// A passkey as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkey {
    /// The passkey's id.
    pub id: PasskeyId,
    /// The user it belongs to. This is also the credential's user handle, so a passkey of another tenant identifies no
    /// user here.
    pub user: UserId,
    /// The authenticator's id for it.
    pub credential: CredentialId,
    /// The public key: COSE, base64url.
    pub public_key: String,
    /// The authenticator's signature counter; 0 if the authenticator does not count.
    pub counter: i64,
    /// The transports by which a browser reaches its authenticator, as reported by the browser.
    pub transports: Vec<String>,
    /// The name its owner gave it.
    pub name: PasskeyName,
    /// Whether it can be synced to its owner's other devices (backup eligibility).
    pub can_sync: bool,
    /// Whether it was synced when it was last used (backup state).
    pub synced: bool,
    /// Time of creation.
    pub created_at: UnixSeconds,
    /// Time of the last use.
    pub last_used_at: Option<UnixSeconds>,
}

/// A passkey as its owner sees it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasskeyView {
    /// The passkey's id.
    pub id: PasskeyId,
    /// The name its owner gave it.
    pub name: PasskeyName,
    /// Whether it was synced to its owner's other devices when it was last used.
    pub synced: bool,
    /// Time of creation.
    pub created_at: UnixSeconds,
    /// Time of the last use.
    pub last_used_at: Option<UnixSeconds>,
}

/// An authenticator's answer, with the values it is checked against.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ceremony {
    /// The answer, as the browser's `toJSON` wrote it.
    pub credential: Map<String, Value>,
    /// The challenge that the answer claims to be for. The object decides whether it was ever issued.
    pub challenge: Challenge,
    /// The origin it must come from.
    pub origin: String,
    /// The relying party the credential must belong to.
    pub rp_id: String,
    /// The key it must be signed with; `None` for a new credential.
    pub public_key: Option<String>,
}

/// A new credential, after the check. The route passes it on as the library wrote it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Attested {
    /// The authenticator's id for it.
    pub credential: CredentialId,
    /// Its public key: COSE, base64url.
    pub public_key: String,
    /// The signature counter.
    pub counter: i64,
    /// The transports by which a browser reaches its authenticator.
    pub transports: Vec<String>,
    /// Whether it can be synced to other devices.
    pub can_sync: bool,
    /// Whether it is synced.
    pub synced: bool,
}

/// A signed answer, after the check. The route passes it on as the library wrote it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Asserted {
    /// The key it was checked with; it must still be the passkey's.
    pub against: String,
    /// The signature counter.
    pub counter: i64,
    /// Whether the credential can be synced to other devices.
    pub can_sync: bool,
    /// Whether it is synced.
    pub synced: bool,
    /// The user handle in the answer; authenticators without a store omit it.
    pub user_handle: Option<String>,
}

/// Why a correctly signed answer does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mismatch {
    /// The answer is from another key, another user, or another kind of credential.
    Other,
    /// The counter did not increase: two authenticators hold this key (section 6.1.1).
    WentBack,
}

/// The transports by which a browser may reach an authenticator (section 5.8.4). Other values from the browser are
/// dropped.
const TRANSPORTS: [&str; 6] = ["ble", "hybrid", "internal", "nfc", "smart-card", "usb"];

impl Passkey {
    /// The passkey for the new credential `attested`, created at `now`.
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

    /// Accepts a checked answer at `now` and updates counter and backup state. If nobody has named the account before,
    /// the authenticator must do so (`must_name`; section 7.2, step 6).
    ///
    /// # Errors
    /// [`Mismatch`]; nothing is changed then.
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

    /// The passkey as its owner sees it.
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

/// The relying party id of a deployment: the host of its public base URL.
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
