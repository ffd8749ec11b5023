//! The credentials that a caller holds and presents.

use crate::support::key::Key;
use crate::support::scene::{DAY, Scene};

pub const DEVICE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// Every credential there is. One that a caller lacks is well-formed but worthless.
#[derive(Clone)]
pub struct Credentials {
    pub key: Key,
    pub device_code: String,
    pub user_code: String,
    pub code: String,
    pub confirm_link: String,
    pub approve_link: String,
    pub access_token: String,
    pub refresh_token: String,
    pub introspection_secret: String,
    pub operator_token: String,
    pub first_password: String,
}

impl Credentials {
    pub fn none(key: Key) -> Self {
        let link = format!(
            "aozora.{0}.{0}.1795000000.lAAAAAAAAAAA.{1}",
            "A".repeat(22),
            "A".repeat(43)
        );
        Self {
            key,
            device_code: format!("tg_dc_{}", "A".repeat(43)),
            user_code: "BCDF-GHJK".to_owned(),
            code: "22222-22222".to_owned(),
            confirm_link: link.clone(),
            approve_link: link,
            access_token: "e30.e30.AA".to_owned(),
            refresh_token: format!("tg_rt_{}", "A".repeat(65)),
            introspection_secret: format!("tg_is_{}", "A".repeat(43)),
            operator_token: "x".repeat(32),
            first_password: "22222-22222-22222".to_owned(),
        }
    }
}

/// The caller who makes a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A caller with no credentials.
    Nobody,
    /// A caller with all credentials of another tenant.
    Neighbour,
    /// A caller with all credentials, each presented in the wrong place.
    Confused,
    /// A caller whose credentials have expired.
    Late,
    /// A caller with all credentials except the PC's key.
    Thief,
    /// A caller with all credentials.
    Holder,
}

impl Role {
    pub const ALL: [Self; 6] = [
        Self::Nobody,
        Self::Neighbour,
        Self::Confused,
        Self::Late,
        Self::Thief,
        Self::Holder,
    ];

    /// The credentials they present in `scene`. For `Late`, this advances the clock.
    pub fn shows(self, scene: &Scene) -> Credentials {
        let ours = scene.ours.clone();
        match self {
            Self::Nobody => Credentials::none(Key::new(3)),
            Self::Neighbour => Credentials {
                operator_token: scene.theirs.introspection_secret.clone(),
                ..scene.theirs.clone()
            },
            Self::Confused => Credentials {
                key: ours.key,
                device_code: ours.user_code.clone(),
                user_code: ours.code.clone(),
                code: ours.user_code,
                confirm_link: ours.approve_link,
                approve_link: ours.confirm_link,
                access_token: ours.introspection_secret.clone(),
                refresh_token: ours.device_code,
                introspection_secret: ours.refresh_token,
                operator_token: ours.introspection_secret.clone(),
                first_password: ours.access_token,
            },
            Self::Late => {
                scene.edge.advance(35 * DAY);
                ours
            }
            Self::Thief => Credentials {
                key: Key::new(3),
                ..ours
            },
            Self::Holder => ours,
        }
    }
}
