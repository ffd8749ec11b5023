//! WebAuthn options in the JSON forms that a browser's `parseCreationOptionsFromJSON` and `parseRequestOptionsFromJSON`
//! accept (WebAuthn level 3, section 5.1.8). Member names are those of the standard.

use serde::{Deserialize, Serialize};

use super::{CHALLENGE_LIFE, Challenge, CredentialId, Passkey};
use crate::id::UserId;

/// COSE identifiers of the accepted signature algorithms, in order of preference: ES256, EdDSA, RS256.
const ALGORITHMS: [i64; 3] = [-7, -8, -257];
/// Type of every credential.
const PUBLIC_KEY: &str = "public-key";
/// Requirement wherever there is a choice: the authenticator verifies its user and stores the credential itself.
const REQUIRED: &str = "required";

/// Options for creating a credential.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PasskeyCreation {
    /// Challenge to sign.
    pub challenge: Challenge,
    /// The relying party.
    pub rp: RelyingParty,
    /// The owner of the new credential.
    pub user: PasskeyUser,
    /// Accepted signature algorithms, in order of preference.
    pub pub_key_cred_params: Vec<PasskeyAlgorithm>,
    /// Time limit, in milliseconds.
    pub timeout: i64,
    /// The account's existing credentials; an authenticator may hold only one per account.
    pub exclude_credentials: Vec<KnownCredential>,
    /// Requirements for the authenticator.
    pub authenticator_selection: AuthenticatorSelection,
    /// `none`: the make of the authenticator is not requested.
    pub attestation: String,
}

/// The relying party: this deployment.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RelyingParty {
    /// Host that passkeys are bound to.
    pub id: String,
    /// Product name.
    pub name: String,
}

/// The owner of a new credential.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PasskeyUser {
    /// User handle: the user's ID, which reveals nothing about them.
    pub id: UserId,
    /// Login name and tenant, which distinguish several accounts of one person.
    pub name: String,
    /// The user's name.
    pub display_name: String,
}

/// An accepted signature algorithm.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasskeyAlgorithm {
    /// `public-key`.
    pub r#type: String,
    /// COSE algorithm identifier.
    pub alg: i64,
}

/// An existing credential.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KnownCredential {
    /// `public-key`.
    pub r#type: String,
    /// Credential ID.
    pub id: CredentialId,
    /// Transports by which a browser can reach the authenticator.
    pub transports: Vec<String>,
}

/// Requirements for an authenticator.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AuthenticatorSelection {
    /// `required`: the authenticator stores the credential, so that nobody has to type a login name.
    pub resident_key: String,
    /// The same requirement for browsers that implement WebAuthn level 1.
    pub require_resident_key: bool,
    /// `required`: the authenticator verifies that its owner is using it.
    pub user_verification: String,
}

/// Options for authenticating with a credential.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PasskeyRequest {
    /// Challenge to sign.
    pub challenge: Challenge,
    /// Host that passkeys are bound to.
    pub rp_id: String,
    /// Time limit, in milliseconds.
    pub timeout: i64,
    /// Credentials that may be used; if empty, any that the authenticator stores.
    pub allow_credentials: Vec<KnownCredential>,
    /// `required`: the authenticator verifies that its owner is using it.
    pub user_verification: String,
}

fn known(passkeys: &[Passkey]) -> Vec<KnownCredential> {
    let known = |passkey: &Passkey| KnownCredential {
        r#type: PUBLIC_KEY.to_owned(),
        id: passkey.credential.clone(),
        transports: passkey.transports.clone(),
    };
    passkeys.iter().map(known).collect()
}

const TIMEOUT: i64 = CHALLENGE_LIFE * 1000;

impl PasskeyCreation {
    /// Options for a new credential of `user`, who already has `others`.
    #[must_use]
    pub fn new(challenge: Challenge, rp: RelyingParty, user: PasskeyUser, others: &[Passkey]) -> Self {
        let algorithm = |alg| PasskeyAlgorithm {
            r#type: PUBLIC_KEY.to_owned(),
            alg,
        };
        Self {
            challenge,
            rp,
            user,
            pub_key_cred_params: ALGORITHMS.into_iter().map(algorithm).collect(),
            timeout: TIMEOUT,
            exclude_credentials: known(others),
            authenticator_selection: AuthenticatorSelection {
                resident_key: REQUIRED.to_owned(),
                require_resident_key: true,
                user_verification: REQUIRED.to_owned(),
            },
            attestation: "none".to_owned(),
        }
    }
}

impl PasskeyRequest {
    /// Options for authenticating with one of `passkeys`, or with any passkey if the list is empty.
    #[must_use]
    pub fn new(challenge: Challenge, rp_id: &str, passkeys: &[Passkey]) -> Self {
        Self {
            challenge,
            rp_id: rp_id.to_owned(),
            timeout: TIMEOUT,
            allow_credentials: known(passkeys),
            user_verification: REQUIRED.to_owned(),
        }
    }
}
