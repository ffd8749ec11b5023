//! The content of `state.json`: where the Viewer is registered and which stage it has reached. The key is stored apart.

use crate::data_dir::Record;
use crate::device_flow::Started;
use crate::edge::EdgeUrl;
use crate::metadata::Metadata;
use crate::registration::{RegistrationState, RegistrationStatus};
use crate::secret::Secret;
use crate::tokens::Tokens;
use serde::{Deserialize, Serialize};
use tegata_domain::slug::Slug;

/// Version of the format; files of other versions are rejected rather than misread.
pub const VERSION: u32 = 1;

/// The registration of this PC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Format version, `VERSION`.
    pub version: u32,
    /// The deployment.
    pub edge: EdgeUrl,
    /// The tenant.
    pub tenant: Slug,
    /// The tenant's endpoints.
    pub metadata: Metadata,
    /// Thumbprint of the key the registration is bound to.
    pub jkt: String,
    /// Who asked; files of earlier builds omit it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requester: Option<Requester>,
    /// The stage it has reached.
    pub phase: Phase,
}

impl Record for State {
    const FILE: &'static str = "state.json";
    const VERSION: u32 = VERSION;

    fn version(&self) -> u32 {
        self.version
    }

    fn jkt(&self) -> &str {
        &self.jkt
    }
}

/// What the person entered at the last registration, to be shown and, for a new one, suggested again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requester {
    /// Their name.
    pub name: String,
    /// Their mail address, in the form in which it was sent.
    pub email: String,
    /// Their company or organisation.
    pub organization: String,
    /// Their name for this PC.
    pub device_name: String,
}

/// The stages of a registration on this PC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Waiting for people.
    Pending(Pending),
    /// Registered.
    Active(Active),
    /// Ended without tokens; kept so that `status` can report it. A new registration may replace it.
    Ended(Ended),
    /// Was registered, and the edge answered that it no longer accepts the device; kept and replaced likewise.
    Revoked(Revoked),
}

impl Phase {
    /// Whether nothing is left to wait for or to use, so that a new registration may begin.
    pub fn is_over(&self) -> bool {
        matches!(self, Self::Ended(_) | Self::Revoked(_))
    }
}

/// A pending registration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// The secret to poll with.
    pub device_code: Secret,
    /// Idempotency key for collecting the tokens, so that a lost response can be requested again. Like the device code
    /// it is saved before the first poll, so that a process killed during a poll loses nothing.
    pub redeem_key: Secret,
    /// User code for the page that accepts the activation code.
    pub user_code: String,
    /// That page.
    pub verification_uri: String,
    /// That page with the user code filled in.
    pub verification_uri_complete: Option<String>,
    /// The address that the mail goes to.
    pub email: String,
    /// Time of the request, seconds since 1970.
    pub requested_at: u64,
    /// Expiry, seconds since 1970.
    pub expires_at: u64,
    /// Seconds between polls.
    pub interval: u64,
    /// Earliest time of the next poll, seconds since 1970; applies to every command.
    pub next_poll_at: u64,
}

/// A registered device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Active {
    /// Its tokens.
    pub tokens: Tokens,
    /// Set before a refresh is sent and cleared with the response. If it is still set at the next start, the response
    /// was lost, and the same refresh token has to be presented again within 60 seconds.
    pub refresh_sent_at: Option<u64>,
    /// When the first tokens arrived, seconds since 1970; files of earlier builds omit it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<u64>,
}

/// A registration that ended without tokens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// How it ended.
    pub state: RegistrationState,
    /// The approver's reason.
    pub reason: Option<String>,
}

/// A device that the edge no longer accepts: revoked, expired, or given back. Its tokens are not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revoked {
    /// When this PC learned it, seconds since 1970.
    pub told_at: u64,
}

impl Ended {
    /// How a registration ended that the edge shows as `status`; `None` while it can still lead to tokens. A redeemed
    /// one can: its tokens may be on their way, or be asked for again.
    pub fn shown(status: &RegistrationStatus) -> Option<Self> {
        let ended = status.state.is_over() && status.state != RegistrationState::Redeemed;
        ended.then(|| Self {
            state: status.state,
            reason: status.refusal_reason.clone(),
        })
    }
}

impl Pending {
    /// A registration started at `now`.
    pub fn new(started: Started, redeem_key: Secret, email: &str, now: u64) -> Self {
        let interval = started.interval.max(1);
        Self {
            device_code: started.device_code,
            redeem_key,
            user_code: started.user_code,
            verification_uri: started.verification_uri,
            verification_uri_complete: started.verification_uri_complete,
            email: email.to_owned(),
            requested_at: now,
            expires_at: now.saturating_add(started.expires_in),
            interval,
            next_poll_at: now.saturating_add(interval),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Active, Phase, Requester, Revoked, State, VERSION};
    use crate::edge::{EdgeUrl, parse_tenant};
    use crate::metadata::Metadata;
    use crate::secret::Secret;
    use crate::tokens::Tokens;

    #[test]
    fn state_file_format_unchanged() {
        let state = State {
            version: VERSION,
            edge: EdgeUrl::parse("https://edge.example").unwrap(),
            tenant: parse_tenant("aozora").unwrap(),
            metadata: Metadata {
                issuer: "i".to_owned(),
                device_authorization_endpoint: "d".to_owned(),
                token_endpoint: "t".to_owned(),
                revocation_endpoint: "r".to_owned(),
            },
            jkt: "j".to_owned(),
            requester: None,
            phase: Phase::Active(Active {
                tokens: Tokens {
                    access_token: Secret::new("a"),
                    expires_at: 600,
                    received_at: Some(0),
                    refresh_token: Secret::new("tg_rt_1"),
                    scope: Some("view".to_owned()),
                },
                refresh_sent_at: None,
                since: None,
            }),
        };
        let json = concat!(
            r#"{"version":1,"edge":"https://edge.example","tenant":"aozora","metadata":{"issuer":"i","#,
            r#""device_authorization_endpoint":"d","token_endpoint":"t","revocation_endpoint":"r"},"jkt":"j","#,
            r#""phase":{"active":{"tokens":{"access_token":"a","expires_at":600,"received_at":0,"#,
            r#""refresh_token":"tg_rt_1","scope":"view"},"refresh_sent_at":null}}}"#
        );
        assert_eq!(serde_json::to_string(&state).unwrap(), json);
        assert_eq!(serde_json::from_str::<State>(json).unwrap(), state);
        let earlier = json.replace(r#""received_at":0,"#, "");
        assert!(serde_json::from_str::<State>(&earlier).is_ok());
        let since = json.replace(r#""refresh_sent_at":null"#, r#""refresh_sent_at":null,"since":5"#);
        let read = serde_json::from_str::<State>(&since).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), since);
        let complete = State {
            requester: Some(Requester {
                name: "n".to_owned(),
                email: "m".to_owned(),
                organization: "o".to_owned(),
                device_name: "p".to_owned(),
            }),
            ..state
        };
        let complete_json = json.replace(
            r#""phase""#,
            r#""requester":{"name":"n","email":"m","organization":"o","device_name":"p"},"phase""#,
        );
        assert_eq!(serde_json::to_string(&complete).unwrap(), complete_json);
        let revoked = Phase::Revoked(Revoked { told_at: 7 });
        let json = r#"{"revoked":{"told_at":7}}"#;
        assert_eq!(serde_json::to_string(&revoked).unwrap(), json);
        assert_eq!(serde_json::from_str::<Phase>(json).unwrap(), revoked);
    }
}
