//! A Viewer's pending request (K2 to K4, RFC 8628) and how it moves.
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
use crate::phonetic::terms;
use crate::policy::Activation;
use crate::secret::HashedSecret;
use crate::text::{DeviceName, OrganizationName, PersonName, Reason};
use crate::time::UnixSeconds;

/// Wrong activation codes that end a registration.
pub const MAX_TRIES: u32 = 5;
/// Device codes of one registration that work side by side: a repeat from the same PC adds one (K2).
pub const MAX_DEVICE_CODES: usize = 3;
/// Times the waiting mail can be sent again.
pub const MAX_RESENDS: u32 = 3;
/// Seconds between two such mails.
pub const RESEND_INTERVAL: i64 = 60;
/// How long after a redemption a repeat under its `Idempotency-Key` is answered, in seconds.
pub const REDEEM_RETRY_WINDOW: i64 = 600;
/// The only scope so far: view the tenant's data.
pub const SCOPE_VIEW: &str = Scope::View.name();
/// The client every tenant has.
pub const CLIENT_VIEWER: &str = "viewer";

/// Where a registration stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The requester has to confirm the address first (tenant policy).
    AwaitingAddress,
    /// The administrators have been asked.
    AwaitingApproval,
    /// Approved; the mailed code is still to be typed.
    AwaitingCode,
    /// Approved and, where the policy asks for it, the code typed: the Viewer may collect.
    Activated,
    /// Collected: a device exists.
    Redeemed,
    /// The administrators said no.
    Refused,
    /// The requester took it back.
    Withdrawn,
    /// Time ran out.
    Expired,
    /// Too many wrong codes.
    Failed,
}

impl Stage {
    /// Whether something can still come of it.
    #[must_use]
    pub const fn is_pending(self) -> bool {
        matches!(
            self,
            Self::AwaitingAddress | Self::AwaitingApproval | Self::AwaitingCode | Self::Activated
        )
    }
}

/// Who asks, for which PC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applicant {
    /// The person's name.
    pub name: PersonName,
    /// Their mail address.
    pub email: EmailAddress,
    /// Their company.
    pub organization: OrganizationName,
    /// What the PC is called.
    pub device_name: DeviceName,
    /// Their language.
    pub locale: Locale,
    /// The PC's key, if it registered one.
    pub jkt: Option<Thumbprint>,
}

impl Applicant {
    /// What a request, and the device it becomes, is found by.
    #[must_use]
    pub fn search_terms(&self) -> Vec<String> {
        let mut found: Vec<String> = terms(self.name.as_str())
            .chain(terms(self.organization.as_str()))
            .chain(terms(self.device_name.as_str()))
            .chain([self.email.mailbox_key()])
            .collect();
        found.sort();
        found.dedup();
        found
    }
}

/// One pending request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// Its name.
    pub id: RegistrationId,
    /// The OAuth client.
    pub client_id: String,
    /// What is asked for.
    pub scope: String,
    /// Who asks.
    pub applicant: Applicant,
    /// Whether the address lay outside the tenant's own domains.
    pub outside_mail_domains: bool,
    /// How it becomes usable: the policy when it was asked.
    pub activation: Activation,
    /// Where it stands, time aside: see [`Registration::stage`].
    pub stage: Stage,
    /// When it was asked.
    pub requested_at: UnixSeconds,
    /// When the current wait ends.
    pub expires_at: UnixSeconds,
    /// The question put to the administrators.
    pub approval: Option<ApprovalId>,
    /// When it was approved: from here the clock of what was granted runs.
    pub approved_at: Option<UnixSeconds>,
    /// The link key that the activation code is derived with.
    pub code_key: Option<String>,
    /// Wrong codes that remain.
    pub tries_left: u32,
    /// Mails sent again so far.
    pub resends: u32,
    /// When the waiting mail last left.
    pub mailed_at: UnixSeconds,
    /// Why it was refused.
    pub reason: Option<Reason>,
    /// The device it became.
    pub device: Option<DeviceId>,
    /// The `Idempotency-Key` it was collected under.
    pub redeem_key: Option<HashedSecret>,
    /// The device codes that hold it, newest last, at most [`MAX_DEVICE_CODES`].
    pub device_codes: Vec<HashedSecret>,
    /// The network that it was asked from ([`crate::limit::network`]).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub network: Option<String>,
}

/// What came of a typed activation code.
#[derive(Debug, PartialEq, Eq)]
pub enum CodeTried {
    /// Right: the registration is activated.
    Right,
    /// Wrong, and counted; so many remain.
    Wrong(u32),
    /// Wrong, and the last one: the registration has failed.
    Failed,
    /// There was no code to try.
    NotAwaited,
}

impl Registration {
    /// Where it stands at `now`: a wait that has run out is expired, whether or not anybody wrote that down.
    #[must_use]
    pub fn stage(&self, now: UnixSeconds) -> Stage {
        if self.stage.is_pending() && now >= self.expires_at {
            Stage::Expired
        } else {
            self.stage
        }
    }

    /// The requester has shown that the address is theirs; whether that was the first time.
    pub fn confirm_address(&mut self, approval: ApprovalId, now: UnixSeconds, approval_life: i64) -> bool {
        if self.stage(now) != Stage::AwaitingAddress {
            return false;
        }
        self.stage = Stage::AwaitingApproval;
        self.approval = Some(approval);
        self.expires_at = now.plus(approval_life);
        true
    }

    /// Applies the administrators' answer. What was granted starts to run here (design rule 4).
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

    /// Counts a typed code. `right` is the comparison's result, made by whoever can derive the code.
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

    /// The Viewer collects; whether it was the first to.
    pub fn redeem(&mut self, device: DeviceId, redeem_key: Option<HashedSecret>, now: UnixSeconds) -> bool {
        if self.stage(now) != Stage::Activated {
            return false;
        }
        self.stage = Stage::Redeemed;
        self.device = Some(device);
        self.redeem_key = redeem_key;
        true
    }

    /// The requester takes it back; whether that changed anything.
    pub fn withdraw(&mut self, now: UnixSeconds) -> bool {
        let pending = self.stage(now).is_pending();
        if pending {
            self.stage = Stage::Withdrawn;
        }
        pending
    }

    /// Whether the mail it waits on may be sent again at `now`: `None` when it waits on none, otherwise the seconds still
    /// to wait (0: now; [`i64::MAX`]: never again).
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
