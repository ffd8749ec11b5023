//! What a browser is asked for, in the documents that its `parseCreationOptionsFromJSON` and `parseRequestOptionsFromJSON`
//! read (WebAuthn level 3, section 5.1.8). Member names are the standard's.

use serde::{Deserialize, Serialize};

use super::{CHALLENGE_LIFE, Challenge, CredentialId, Passkey};
use crate::id::UserId;

/// COSE's numbers of the signatures that are taken, the preferred first: ES256, EdDSA, RS256.
const ALGORITHMS: [i64; 3] = [-7, -8, -257];
/// The type of every credential.
const PUBLIC_KEY: &str = "public-key";
/// What is asked for wherever there is a choice: the authenticator knows its owner, and keeps the credential itself.
const REQUIRED: &str = "required";

/// What a new credential is asked for with.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PasskeyCreation {
    /// What is signed.
    pub challenge: Challenge,
    /// Who asks.
    pub rp: RelyingParty,
    /// Whose it will be.
    pub user: PasskeyUser,
    /// The signatures that are taken.
    pub pub_key_cred_params: Vec<PasskeyAlgorithm>,
    /// How long it may take, in milliseconds.
    pub timeout: i64,
    /// Credentials that are there: one authenticator holds one of an account.
    pub exclude_credentials: Vec<KnownCredential>,
    /// What the authenticator must be able to do.
    pub authenticator_selection: AuthenticatorSelection,
    /// `none`: which make of authenticator it is, is not asked.
    pub attestation: String,
}

/// Who asks: this deployment.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RelyingParty {
    /// The host that passkeys are bound to.
    pub id: String,
    /// The product's name.
    pub name: String,
}

/// Whose a new credential will be.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PasskeyUser {
    /// The user handle: the user's id, which tells nothing about them.
    pub id: UserId,
    /// What tells two accounts of one person apart: account name and tenant.
    pub name: String,
    /// Their name.
    pub display_name: String,
}

/// A signature that is taken.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasskeyAlgorithm {
    /// `public-key`.
    pub r#type: String,
    /// COSE's number.
    pub alg: i64,
}

/// A credential that is known.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KnownCredential {
    /// `public-key`.
    pub r#type: String,
    /// The authenticator's name for it.
    pub id: CredentialId,
    /// How a browser reaches its authenticator.
    pub transports: Vec<String>,
}

/// What an authenticator must be able to do.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AuthenticatorSelection {
    /// `required`: it keeps the credential, so that nobody has to type an account name.
    pub resident_key: String,
    /// The same for browsers of level 1.
    pub require_resident_key: bool,
    /// `required`: it makes sure that it is its owner who uses it.
    pub user_verification: String,
}

/// What an answer with a credential is asked for with.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PasskeyRequest {
    /// What is signed.
    pub challenge: Challenge,
    /// The host that passkeys are bound to.
    pub rp_id: String,
    /// How long it may take, in milliseconds.
    pub timeout: i64,
    /// The credentials that can answer; empty: any that the authenticator keeps.
    pub allow_credentials: Vec<KnownCredential>,
    /// `required`.
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
    /// Asks for a credential of `user` besides `others`.
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
    /// Asks for an answer with one of `passkeys`, or with any where there are none.
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
