//! A Viewer's pending request (K2 to K4, RFC 8628) and the transitions between its stages.
//!
//! ```text
//! awaiting_address ─→ awaiting_approval ─→ awaiting_code ─→ activated ─→ redeemed
//!                            │    └──────(approval_only)───────┘  a device exists
//!                            └→ refused          any waiting state → withdrawn, expired; awaiting_code → failed
//! ```

use serde::{Deserialize, Serialize};

use crate::access_token::Scope;
use crate::approval::Outcome;
use crate::email::EmailAddress;
use crate::id::{ApprovalId, DeviceId, RegistrationId};
use crate::jwk::Thumbprint;
use crate::locale::Locale;
use crate::phonetic::folded;
use crate::policy::Activation;
use crate::secret::HashedSecret;
use crate::text::{DeviceName, OrganizationName, PersonName, Reason};
use crate::time::UnixSeconds;

/// Number of wrong activation codes that end a registration.
pub const MAX_TRIES: u32 = 5;
/// Maximum number of device codes of one registration that are valid at the same time; a repeated request from the same
/// PC adds one (K2).
pub const MAX_DEVICE_CODES: usize = 3;
/// How many times the pending mail can be sent again.
pub const MAX_RESENDS: u32 = 3;
/// Minimum interval between two such mails, in seconds.
pub const RESEND_INTERVAL: i64 = 60;
/// How long after a redemption a repeated request with its `Idempotency-Key` is answered, in seconds.
pub const REDEEM_RETRY_WINDOW: i64 = 600;
/// The only scope issued so far: view the tenant's data.
pub const SCOPE_VIEW: &str = Scope::View.name();
/// The client that every tenant has.
pub const CLIENT_VIEWER: &str = "viewer";

/// The stage of a registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The requester has to confirm the address first (tenant policy).
    AwaitingAddress,
    /// The approvers have been asked.
    AwaitingApproval,
    /// Approved; the mailed code has yet to be entered.
    AwaitingCode,
    /// Approved and, if the policy requires it, the code entered: the Viewer may collect its tokens.
    Activated,
    /// The tokens were collected, and a device exists.
    Redeemed,
    /// An approver refused.
    Refused,
    /// The requester withdrew it.
    Withdrawn,
    /// It expired.
    Expired,
    /// Too many wrong codes were entered.
    Failed,
}

impl Stage {
    /// Whether its outcome is still open.
    #[must_use]
    pub const fn is_pending(self) -> bool {
        matches!(
            self,
            Self::AwaitingAddress | Self::AwaitingApproval | Self::AwaitingCode | Self::Activated
        )
    }
}

/// The applicant and their PC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applicant {
    /// The person's name.
    pub name: PersonName,
    /// Their mail address.
    pub email: EmailAddress,
    /// Their company.
    pub organization: OrganizationName,
    /// The name of the PC.
    pub device_name: DeviceName,
    /// The person's language.
    pub locale: Locale,
    /// The PC's key, if it registered one.
    pub jkt: Option<Thumbprint>,
}

impl Applicant {
    /// The words by which a search finds a request, and the device it becomes: folded, with spaces between them.
    #[must_use]
    pub fn search_words(&self) -> String {
        let typed = [
            self.name.as_str(),
            self.organization.as_str(),
            self.device_name.as_str(),
        ];
        let folded = typed.map(folded);
        format!("{} {}", folded.join(" "), self.email.mailbox_key())
    }
}

/// One pending request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// The registration's id.
    pub id: RegistrationId,
    /// The OAuth client.
    pub client_id: String,
    /// The requested scope.
    pub scope: String,
    /// The applicant.
    pub applicant: Applicant,
    /// Whether the address lay outside the tenant's own domains.
    pub outside_mail_domains: bool,
    /// How it becomes usable, according to the policy at the time of the request.
    pub activation: Activation,
    /// The stored stage, which ignores expiry: see [`Registration::stage`].
    pub stage: Stage,
    /// Time of the request.
    pub requested_at: UnixSeconds,
    /// Time at which the current stage expires.
    pub expires_at: UnixSeconds,
    /// The approval by which the approvers answer.
    pub approval: Option<ApprovalId>,
    /// Time of the approval, from which the granted lifetimes count.
    pub approved_at: Option<UnixSeconds>,
    /// Id of the link key from which the activation code is derived.
    pub code_key: Option<String>,
    /// Number of attempts left to enter the code.
    pub tries_left: u32,
    /// How many times the pending mail has been sent again.
    pub resends: u32,
    /// Time at which the pending mail was last sent.
    pub mailed_at: UnixSeconds,
    /// The reason for a refusal.
    pub reason: Option<Reason>,
    /// The device it became.
    pub device: Option<DeviceId>,
    /// The hash of the `Idempotency-Key` with which it was redeemed.
    pub redeem_key: Option<HashedSecret>,
    /// The hashes of its device codes, newest last, at most [`MAX_DEVICE_CODES`].
    pub device_codes: Vec<HashedSecret>,
    /// The network from which it was requested ([`crate::limit::network`]).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub network: Option<String>,
}

/// The result of entering an activation code.
#[derive(Debug, PartialEq, Eq)]
pub enum CodeTried {
    /// The code was right, and the registration is activated.
    Right,
    /// The code was wrong, and the attempt was counted. Contains the number of attempts left.
    Wrong(u32),
    /// The code was wrong, and it was the last attempt: the registration has failed.
    Failed,
    /// The registration is not waiting for a code.
    NotAwaited,
}

impl Registration {
    /// The stage at `now`. A stage whose time is over counts as expired, whether or not that has been recorded.
    #[must_use]
    pub fn stage(&self, now: UnixSeconds) -> Stage {
        if self.stage.is_pending() && now >= self.expires_at {
            Stage::Expired
        } else {
            self.stage
        }
    }

    /// Records that the requester has confirmed the address. Returns whether that changed anything.
    pub fn confirm_address(&mut self, approval: ApprovalId, now: UnixSeconds, approval_life: i64) -> bool {
        if self.stage(now) != Stage::AwaitingAddress {
            return false;
        }
        self.stage = Stage::AwaitingApproval;
        self.approval = Some(approval);
        self.expires_at = now.plus(approval_life);
        true
    }

    /// Applies the approvers' answer. The granted lifetimes start here (design rule 4).
    pub fn decided(
        &mut self,
        outcome: Outcome,
        reason: Option<Reason>,
        now: UnixSeconds,
        code_life: i64,
        code_key: Option<String>,
    ) {
        if self.stage(now) != Stage::AwaitingApproval {
            return;
        }
        self.resends = 0;
        match outcome {
            Outcome::Refused => {
                self.stage = Stage::Refused;
                self.reason = reason;
            }
            Outcome::Approved => {
                self.stage = match self.activation {
                    Activation::MailedCode => Stage::AwaitingCode,
                    Activation::ApprovalOnly => Stage::Activated,
                };
                self.approved_at = Some(now);
                self.expires_at = now.plus(code_life);
                self.code_key = code_key;
                self.mailed_at = now;
            }
        }
    }

    /// Counts an entered code. The caller, who can derive the code, passes the result of the comparison as `right`.
    pub fn try_code(&mut self, right: bool, now: UnixSeconds) -> CodeTried {
        if self.stage(now) != Stage::AwaitingCode {
            return CodeTried::NotAwaited;
        }
        if right {
            self.stage = Stage::Activated;
            return CodeTried::Right;
        }
        self.tries_left = self.tries_left.saturating_sub(1);
        if self.tries_left == 0 {
            self.stage = Stage::Failed;
            return CodeTried::Failed;
        }
        CodeTried::Wrong(self.tries_left)
    }

    /// Redeems the registration for `device`. Returns whether that changed anything.
    pub fn redeem(&mut self, device: DeviceId, redeem_key: Option<HashedSecret>, now: UnixSeconds) -> bool {
        if self.stage(now) != Stage::Activated {
            return false;
        }
        self.stage = Stage::Redeemed;
        self.device = Some(device);
        self.redeem_key = redeem_key;
        true
    }

    /// Withdraws the registration. Returns whether that changed anything.
    pub fn withdraw(&mut self, now: UnixSeconds) -> bool {
        let pending = self.stage(now).is_pending();
        if pending {
            self.stage = Stage::Withdrawn;
        }
        pending
    }

    /// How long until the pending mail may be sent again at `now`, in seconds: `None` if no mail is pending, 0 if it
    /// may be sent now, and [`i64::MAX`] if it cannot be sent again.
    #[must_use]
    pub fn resend_wait(&self, now: UnixSeconds) -> Option<i64> {
        match self.stage(now) {
            Stage::AwaitingAddress | Stage::AwaitingCode if self.resends >= MAX_RESENDS => Some(i64::MAX),
            Stage::AwaitingAddress | Stage::AwaitingCode => {
                Some(RESEND_INTERVAL.saturating_sub(now.since(self.mailed_at)).max(0))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Applicant, CodeTried, MAX_TRIES, Registration, Stage};
    use crate::approval::Outcome;
    use crate::email::EmailAddress;
    use crate::id::{DeviceId, RegistrationId};
    use crate::locale::Locale;
    use crate::policy::Activation;
    use crate::random::CountingRandom;
    use crate::text::{DeviceName, OrganizationName, PersonName};
    use crate::time::UnixSeconds;

    fn registration(activation: Activation) -> Registration {
        Registration {
            id: RegistrationId::generate(&CountingRandom::new(1)),
            client_id: "viewer".to_owned(),
            scope: "view".to_owned(),
            applicant: Applicant {
                name: PersonName::parse("山田 太郎").unwrap(),
                email: EmailAddress::parse("taro@aozora.example").unwrap(),
                organization: OrganizationName::parse("青空印刷").unwrap(),
                device_name: DeviceName::parse("受付PC").unwrap(),
                locale: Locale::Ja,
                jkt: None,
            },
            outside_mail_domains: false,
            activation,
            stage: Stage::AwaitingApproval,
            requested_at: UnixSeconds(0),
            expires_at: UnixSeconds(100),
            approval: None,
            approved_at: None,
            code_key: None,
            tries_left: MAX_TRIES,
            resends: 0,
            mailed_at: UnixSeconds(0),
            reason: None,
            device: None,
            redeem_key: None,
            device_codes: Vec::new(),
            network: None,
        }
    }

    fn device() -> DeviceId {
        DeviceId::generate(&CountingRandom::new(9))
    }

    #[test]
    fn nothing_is_collected_without_an_approval() {
        for stage in [
            Stage::AwaitingAddress,
            Stage::AwaitingApproval,
            Stage::AwaitingCode,
            Stage::Redeemed,
            Stage::Refused,
            Stage::Withdrawn,
            Stage::Expired,
            Stage::Failed,
        ] {
            let mut registration = Registration {
                stage,
                ..registration(Activation::MailedCode)
            };
            assert!(!registration.redeem(device(), None, UnixSeconds(1)), "{stage:?}");
            assert!(registration.device.is_none());
        }
    }

    #[test]
    fn the_clock_of_the_grant_starts_at_the_approval() {
        let mut registration = registration(Activation::ApprovalOnly);
        registration.decided(Outcome::Approved, None, UnixSeconds(99), 50, None);
        assert_eq!(registration.stage(UnixSeconds(148)), Stage::Activated);
        assert_eq!(registration.stage(UnixSeconds(149)), Stage::Expired);
    }

    #[test]
    fn the_fifth_wrong_code_ends_it() {
        let mut registration = registration(Activation::MailedCode);
        registration.decided(Outcome::Approved, None, UnixSeconds(1), 50, Some("k".to_owned()));
        for left in (1..MAX_TRIES).rev() {
            assert_eq!(registration.try_code(false, UnixSeconds(2)), CodeTried::Wrong(left));
        }
        assert_eq!(registration.try_code(false, UnixSeconds(2)), CodeTried::Failed);
        assert_eq!(registration.try_code(true, UnixSeconds(2)), CodeTried::NotAwaited);
        assert!(!registration.redeem(device(), None, UnixSeconds(3)));
    }

    #[test]
    fn a_code_is_worth_nothing_before_the_approval() {
        let mut registration = registration(Activation::MailedCode);
        assert_eq!(registration.try_code(true, UnixSeconds(1)), CodeTried::NotAwaited);
        assert_eq!(registration.tries_left, MAX_TRIES);
    }

    #[test]
    fn collected_once() {
        let mut registration = registration(Activation::ApprovalOnly);
        registration.decided(Outcome::Approved, None, UnixSeconds(1), 50, None);
        assert!(registration.redeem(device(), None, UnixSeconds(2)));
        assert!(!registration.redeem(device(), None, UnixSeconds(2)));
    }

    #[test]
    fn an_answer_after_withdrawal_changes_nothing() {
        let mut registration = registration(Activation::ApprovalOnly);
        assert!(registration.withdraw(UnixSeconds(1)));
        registration.decided(Outcome::Approved, None, UnixSeconds(2), 50, None);
        assert_eq!(registration.stage(UnixSeconds(3)), Stage::Withdrawn);
    }
}
