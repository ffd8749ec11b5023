//! Vouchers, with which a provider's object attests under a MAC that a member of its desk may perform one action at one
//! customer. The route carries the voucher to the customer's object. It can neither forge one nor use it for another
//! action or customer, but it chooses the inquiry, question or administrator of that customer.

use serde::{Deserialize, Serialize};

use super::{DeskActor, NoteFace};
use crate::code::mac;
use crate::email::EmailAddress;
use crate::jwk::sha256_b64;
use crate::keyring::LinkKeys;
use crate::random::{self, Random};
use crate::slug::Slug;
use crate::time::UnixSeconds;
use crate::wire::b64;

/// Lifetime of a voucher, in seconds: enough to travel from one object to the other.
pub const VOUCHER_LIFE: i64 = 60;

/// An action of the desk at a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum DeskDeed {
    /// Creates the customer.
    #[serde(rename = "customer.create")]
    Create,
    /// Shows the customer.
    #[serde(rename = "customer.show")]
    Show,
    /// Suspends the customer.
    #[serde(rename = "customer.suspend")]
    Suspend,
    /// Resumes the customer.
    #[serde(rename = "customer.resume")]
    Resume,
    /// Reissues an administrator's credential.
    #[serde(rename = "customer.reissue")]
    Reissue,
    /// Reads an inquiry.
    #[serde(rename = "inquiry.show")]
    ShowInquiry,
    /// Answers an inquiry.
    #[serde(rename = "inquiry.answer")]
    AnswerInquiry,
    /// Closes an inquiry.
    #[serde(rename = "inquiry.close")]
    CloseInquiry,
    /// Fetches an attachment.
    #[serde(rename = "inquiry.attachment")]
    FetchAttachment,
    /// Asks the customer's approvers a question.
    #[serde(rename = "question.ask")]
    Ask,
    /// Reads a question.
    #[serde(rename = "question.show")]
    ShowQuestion,
    /// Withdraws a question.
    #[serde(rename = "question.withdraw")]
    WithdrawQuestion,
    /// Fetches the receipt of a question.
    #[serde(rename = "question.receipt")]
    FetchQuestionReceipt,
    /// Requests remote support.
    #[serde(rename = "launch.request")]
    RequestLaunch,
    /// Reads a launch.
    #[serde(rename = "launch.show")]
    ShowLaunch,
    /// Withdraws a request for remote support.
    #[serde(rename = "launch.withdraw")]
    WithdrawLaunch,
    /// Executes an approved launch.
    #[serde(rename = "launch.execute")]
    ExecuteLaunch,
    /// Ends a launch.
    #[serde(rename = "launch.end")]
    EndLaunch,
    /// Fetches the receipt of a launch.
    #[serde(rename = "launch.receipt")]
    FetchLaunchReceipt,
    /// Reads the record of a launch's session.
    #[serde(rename = "launch.record")]
    ShowRecord,
    /// Notes the outcome of a launch.
    #[serde(rename = "launch.note")]
    NoteOutcome,
    /// Mails somebody how to start remote support at the machine.
    #[serde(rename = "launch.mail_steps")]
    MailSteps,
    /// Opens an attended session.
    #[serde(rename = "attended.open")]
    OpenAttended,
    /// Reads an attended session.
    #[serde(rename = "attended.show")]
    ShowAttended,
    /// Invites somebody to an attended session.
    #[serde(rename = "attended.invite")]
    InviteAttended,
    /// Withdraws an attended session.
    #[serde(rename = "attended.withdraw")]
    WithdrawAttended,
    /// Ends an attended session.
    #[serde(rename = "attended.end")]
    EndAttended,
    /// Reads the record of an attended session.
    #[serde(rename = "attended.record")]
    ShowAttendedRecord,
    /// Notes the outcome of an attended session.
    #[serde(rename = "attended.note")]
    NoteAttended,
    /// Fetches the receipt of a participant's consent.
    #[serde(rename = "attended.receipt")]
    FetchAttendedReceipt,
    /// Proposes an appointment.
    #[serde(rename = "appointment.create")]
    CreateAppointment,
    /// Reads an appointment.
    #[serde(rename = "appointment.show")]
    ShowAppointment,
    /// Proposes other times for an appointment.
    #[serde(rename = "appointment.propose")]
    ProposeTimes,
    /// Answers the customer's proposal of times.
    #[serde(rename = "appointment.answer")]
    AnswerTimes,
    /// Cancels an appointment.
    #[serde(rename = "appointment.cancel")]
    CancelAppointment,
    /// Fetches the receipt of an agreed date.
    #[serde(rename = "appointment.receipt")]
    FetchAppointmentReceipt,
    /// Lists equipment.
    #[serde(rename = "equipment.list")]
    ListEquipment,
    /// Shows a piece of equipment.
    #[serde(rename = "equipment.show")]
    ShowEquipment,
    /// Registers a piece of equipment.
    #[serde(rename = "equipment.create")]
    CreateEquipment,
    /// Changes a piece of equipment.
    #[serde(rename = "equipment.update")]
    ChangeEquipment,
    /// Retires a piece of equipment.
    #[serde(rename = "equipment.retire")]
    RetireEquipment,
}

impl DeskDeed {
    /// All actions.
    pub const ALL: [Self; 41] = [
        Self::Create,
        Self::Show,
        Self::Suspend,
        Self::Resume,
        Self::Reissue,
        Self::ShowInquiry,
        Self::AnswerInquiry,
        Self::CloseInquiry,
        Self::FetchAttachment,
        Self::Ask,
        Self::ShowQuestion,
        Self::WithdrawQuestion,
        Self::FetchQuestionReceipt,
        Self::RequestLaunch,
        Self::ShowLaunch,
        Self::WithdrawLaunch,
        Self::ExecuteLaunch,
        Self::EndLaunch,
        Self::FetchLaunchReceipt,
        Self::ShowRecord,
        Self::NoteOutcome,
        Self::MailSteps,
        Self::OpenAttended,
        Self::ShowAttended,
        Self::InviteAttended,
        Self::WithdrawAttended,
        Self::EndAttended,
        Self::ShowAttendedRecord,
        Self::NoteAttended,
        Self::FetchAttendedReceipt,
        Self::CreateAppointment,
        Self::ShowAppointment,
        Self::ProposeTimes,
        Self::AnswerTimes,
        Self::CancelAppointment,
        Self::FetchAppointmentReceipt,
        Self::ListEquipment,
        Self::ShowEquipment,
        Self::CreateEquipment,
        Self::ChangeEquipment,
        Self::RetireEquipment,
    ];

    /// Names of the actions that change the customer, as recorded in the provider's audit log.
    pub const CHANGES: &'static [&'static str] = &[
        Self::Create.name(),
        Self::Suspend.name(),
        Self::Resume.name(),
        Self::Reissue.name(),
    ];

    /// The action's name in vouchers and in the provider's audit log.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Create => "customer.create",
            Self::Show => "customer.show",
            Self::Suspend => "customer.suspend",
            Self::Resume => "customer.resume",
            Self::Reissue => "customer.reissue",
            Self::ShowInquiry => "inquiry.show",
            Self::AnswerInquiry => "inquiry.answer",
            Self::CloseInquiry => "inquiry.close",
            Self::FetchAttachment => "inquiry.attachment",
            Self::Ask => "question.ask",
            Self::ShowQuestion => "question.show",
            Self::WithdrawQuestion => "question.withdraw",
            Self::FetchQuestionReceipt => "question.receipt",
            Self::RequestLaunch => "launch.request",
            Self::ShowLaunch => "launch.show",
            Self::WithdrawLaunch => "launch.withdraw",
            Self::ExecuteLaunch => "launch.execute",
            Self::EndLaunch => "launch.end",
            Self::FetchLaunchReceipt => "launch.receipt",
            Self::ShowRecord => "launch.record",
            Self::NoteOutcome => "launch.note",
            Self::MailSteps => "launch.mail_steps",
            Self::OpenAttended => "attended.open",
            Self::ShowAttended => "attended.show",
            Self::InviteAttended => "attended.invite",
            Self::WithdrawAttended => "attended.withdraw",
            Self::EndAttended => "attended.end",
            Self::ShowAttendedRecord => "attended.record",
            Self::NoteAttended => "attended.note",
            Self::FetchAttendedReceipt => "attended.receipt",
            Self::CreateAppointment => "appointment.create",
            Self::ShowAppointment => "appointment.show",
            Self::ProposeTimes => "appointment.propose",
            Self::AnswerTimes => "appointment.answer",
            Self::CancelAppointment => "appointment.cancel",
            Self::FetchAppointmentReceipt => "appointment.receipt",
            Self::ListEquipment => "equipment.list",
            Self::ShowEquipment => "equipment.show",
            Self::CreateEquipment => "equipment.create",
            Self::ChangeEquipment => "equipment.update",
            Self::RetireEquipment => "equipment.retire",
        }
    }

    /// Whether the action changes the customer itself. If so, it requires a fresh login, and the provider audits it.
    #[must_use]
    pub const fn changes_customer(self) -> bool {
        matches!(self, Self::Create | Self::Suspend | Self::Resume | Self::Reissue)
    }

    /// Whether a person has to do it, with a fresh login: no token executes a launch (K9).
    #[must_use]
    pub const fn takes_a_person(self) -> bool {
        matches!(self, Self::ExecuteLaunch)
    }

    /// Whether the action writes anything, which makes its voucher single-use.
    #[must_use]
    pub const fn writes(self) -> bool {
        let writes = matches!(
            self,
            Self::AnswerInquiry
                | Self::CloseInquiry
                | Self::Ask
                | Self::WithdrawQuestion
                | Self::RequestLaunch
                | Self::WithdrawLaunch
                | Self::ExecuteLaunch
                | Self::EndLaunch
                | Self::NoteOutcome
                | Self::MailSteps
                | Self::OpenAttended
                | Self::InviteAttended
                | Self::WithdrawAttended
                | Self::EndAttended
                | Self::NoteAttended
                | Self::CreateAppointment
                | Self::ProposeTimes
                | Self::AnswerTimes
                | Self::CancelAppointment
                | Self::CreateEquipment
                | Self::ChangeEquipment
                | Self::RetireEquipment
        );
        writes || self.changes_customer()
    }
}

/// Permission for one person to perform one action at one customer, for a limited time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskVoucher {
    /// The person who acts, and their provider.
    pub by: DeskActor,
    /// The only action permitted.
    pub deed: DeskDeed,
    /// The customer's domain.
    pub customer: Slug,
    /// Expiry.
    pub expires_at: UnixSeconds,
    /// Unique ID of the voucher.
    pub jti: String,
    /// ID of the link key that made the MAC.
    pub kid: String,
    /// To create a customer: the provider's face, so that the customer's first mail has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    pub face: Option<Box<NoteFace>>,
    /// HMAC-SHA256 over all other members, base64url.
    pub mac: String,
}

impl DeskVoucher {
    /// Issues a voucher for `by`; `None` while the keyring is empty.
    #[must_use]
    pub fn seal(
        by: DeskActor,
        deed: DeskDeed,
        customer: Slug,
        face: Option<NoteFace>,
        keys: &LinkKeys,
        random: &dyn Random,
        now: UnixSeconds,
    ) -> Option<Self> {
        let (kid, key) = keys.current()?;
        let mut voucher = Self {
            by,
            deed,
            customer,
            expires_at: now.plus(VOUCHER_LIFE),
            jti: b64::encode(random::bytes::<16>(random)),
            kid: kid.to_owned(),
            face: face.map(Box::new),
            mac: String::new(),
        };
        voucher.mac = voucher.mac_with(key);
        Some(voucher)
    }

    /// The person who may do `deed` at `customer`; `None` unless the voucher is genuine, unexpired at `now`, and issued
    /// for that action and customer.
    #[must_use]
    pub fn open(&self, deed: DeskDeed, customer: &Slug, keys: &LinkKeys, now: UnixSeconds) -> Option<&DeskActor> {
        let genuine = keys.verify(&self.kid, &self.mac, |key| self.mac_with(key));
        let fits = self.deed == deed && self.customer == *customer && now < self.expires_at;
        (genuine && fits).then_some(&self.by)
    }

    fn mac_with(&self, key: &[u8; 32]) -> String {
        let expires = self.expires_at.0.to_string();
        let email = self.by.email.as_ref().map_or("", EmailAddress::as_str);
        let face = self.face.as_ref().map_or_else(String::new, |face| {
            sha256_b64(serde_json::to_string(face).unwrap_or_default())
        });
        b64::encode(mac(
            key,
            &[
                "desk-voucher",
                &self.kid,
                self.by.provider.as_str(),
                self.by.provider_name.as_str(),
                self.by.user.as_str(),
                self.by.name.as_str(),
                email,
                &self.by.client,
                self.deed.name(),
                self.customer.as_str(),
                &expires,
                &self.jti,
                &face,
            ],
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::{DeskDeed, DeskVoucher, VOUCHER_LIFE};
    use crate::desk::{DeskActor, NoteFace};
    use crate::email::EmailAddress;
    use crate::face::Face;
    use crate::id::UserId;
    use crate::keyring::LinkKeys;
    use crate::random::CountingRandom;
    use crate::slug::Slug;
    use crate::text::{OrganizationName, PersonName};
    use crate::time::UnixSeconds;

    const NOW: UnixSeconds = UnixSeconds(1_000);

    fn slug(text: &str) -> Slug {
        Slug::parse(text).unwrap()
    }

    fn keys() -> LinkKeys {
        LinkKeys::new(vec![("k0".to_owned(), [8; 32]), ("k1".to_owned(), [9; 32])])
    }

    fn voucher() -> DeskVoucher {
        let by = DeskActor {
            provider: slug("kita-desk"),
            provider_name: OrganizationName::parse("北海システム").unwrap(),
            user: UserId::generate(&CountingRandom::new(1)),
            name: PersonName::parse("鈴木 一郎").unwrap(),
            email: EmailAddress::parse("suzuki@kita.example.com").ok(),
            client: "192.0.2.1".to_owned(),
        };
        let random = CountingRandom::new(2);
        let face = NoteFace {
            provider: slug("kita-desk"),
            face: Face::plain(OrganizationName::parse("北海システム").unwrap()),
            logo: None,
        };
        DeskVoucher::seal(by, DeskDeed::Show, slug("minato"), Some(face), &keys(), &random, NOW).unwrap()
    }

    fn opens(voucher: &DeskVoucher, now: UnixSeconds) -> bool {
        voucher.open(DeskDeed::Show, &slug("minato"), &keys(), now).is_some()
    }

    #[test]
    fn a_voucher_is_good_for_one_deed_at_one_customer_for_a_minute() {
        let voucher = voucher();
        for deed in DeskDeed::ALL {
            let opened = voucher.open(deed, &slug("minato"), &keys(), NOW);
            assert_eq!(opened.is_some(), deed == DeskDeed::Show, "{deed:?}");
        }
        assert_eq!(voucher.open(DeskDeed::Show, &slug("shiosai"), &keys(), NOW), None);
        assert!(opens(&voucher, NOW.plus(VOUCHER_LIFE - 1)));
        assert!(!opens(&voucher, NOW.plus(VOUCHER_LIFE)));
    }

    #[test]
    fn nobody_without_the_key_makes_or_changes_one() {
        let genuine = voucher();
        let other = LinkKeys::new(vec![("k1".to_owned(), [7; 32])]);
        assert_eq!(genuine.open(DeskDeed::Show, &slug("minato"), &other, NOW), None);
        let change = |change: fn(&mut DeskVoucher)| {
            let mut changed = genuine.clone();
            change(&mut changed);
            changed
        };
        for (what, changed) in [
            ("provider", change(|v| v.by.provider = slug("other-desk"))),
            (
                "person",
                change(|v| v.by.user = UserId::generate(&CountingRandom::new(9))),
            ),
            ("name", change(|v| v.by.name = PersonName::parse("x").unwrap())),
            (
                "provider's name",
                change(|v| v.by.provider_name = OrganizationName::parse("x").unwrap()),
            ),
            ("mail address", change(|v| v.by.email = None)),
            ("address", change(|v| v.by.client.push('1'))),
            ("expiry", change(|v| v.expires_at = v.expires_at.plus(1))),
            ("jti", change(|v| v.jti.push('A'))),
            ("kid", change(|v| v.kid = "k0".to_owned())),
            ("unknown kid", change(|v| v.kid = "k2".to_owned())),
            ("face", change(|v| v.face = None)),
            (
                "name in the face",
                change(|v| v.face.as_mut().unwrap().face.name = OrganizationName::parse("x").unwrap()),
            ),
            ("mac", change(|v| v.mac = String::new())),
        ] {
            assert!(!opens(&changed, NOW), "{what}");
        }
        let mut deed = genuine.clone();
        deed.deed = DeskDeed::Create;
        assert_eq!(deed.open(DeskDeed::Create, &slug("minato"), &keys(), NOW), None);
        let mut customer = genuine;
        customer.customer = slug("shiosai");
        assert_eq!(customer.open(DeskDeed::Show, &slug("shiosai"), &keys(), NOW), None);
    }

    #[test]
    fn names_are_those_that_travel() {
        for deed in DeskDeed::ALL {
            assert_eq!(serde_json::to_value(deed).unwrap(), deed.name());
        }
    }
}
