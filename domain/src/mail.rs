//! The mails people receive: the content of each, in the recipient's language and time zone. Here a mail is a subject,
//! a plain text and an HTML text; the worker encodes (MIME) and sends it. A secret (code, password, link) stands alone
//! on its line, never in a subject, and never in `Debug` output.

mod html;
mod letter;
mod plain;
mod unlinked;
mod wording;
mod wrap;

use self::letter::Letterhead;

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::alert::Alert;
use crate::approval::Decision;
use crate::calendar::{Event, Method, ZoneName};
use crate::email::EmailAddress;
use crate::face::Face;
use crate::inquiry::Body;
use crate::launch::Granted;
use crate::locale::Locale;
use crate::outbox::LaunchNews;
use crate::passkey::PasskeyName;
use crate::session::summary::Summary;
use crate::session::{Ability, SessionNumber};
use crate::slug::Slug;
use crate::text::{DeviceName, OrganizationName, PersonName, QuestionReference, QuestionTitle, Reason, SessionTitle};
use crate::time::{TimeZone, UnixSeconds};

/// The recipient of a mail, with their language and time zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// The name in the greeting.
    pub name: PersonName,
    /// The address to send it to.
    pub address: EmailAddress,
    /// The language of the mail.
    pub locale: Locale,
    /// The time zone of its dates.
    pub time_zone: TimeZone,
}

/// Why an account is issued a first password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// The contract starts (C1).
    Contract,
    /// The account is new (C4).
    Account,
    /// The old credential was revoked (K1).
    Reissue,
    /// The holder, who has no password of their own yet, asked for another first one.
    Invitation,
}

/// One of many requests, as the requester typed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The requester.
    pub name: PersonName,
    /// Their company.
    pub organization: OrganizationName,
    /// The PC.
    pub device_name: DeviceName,
}

/// The content of a mail. Instants are shown in the recipient's time zone.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum MailContent {
    /// An account's first or reissued credential (C1, K1).
    FirstCredential {
        /// Why it was issued.
        occasion: Occasion,
        /// The company.
        tenant_name: String,
        /// Its domain (「利用ドメイン」).
        slug: Slug,
        /// The login page.
        login_url: String,
        /// The account's name.
        account: String,
        /// The first password.
        password: String,
        /// Expiry time of the password.
        valid_until: UnixSeconds,
    },
    /// The link for setting a new password (C2).
    PasswordReset {
        /// The company.
        tenant_name: String,
        /// The account's name.
        account: String,
        /// The page for entering the new password.
        link: String,
        /// Expiry time of the link.
        valid_until: UnixSeconds,
    },
    /// The main address of an account was changed. Sent to the previous address, so that its owner learns of it if
    /// somebody else redirects their mail.
    AddressChanged {
        /// The company.
        tenant_name: String,
        /// The account's name.
        account: String,
        /// Time of the change.
        at: UnixSeconds,
    },
    /// A passkey was added to an account, or removed from it (C2).
    PasskeyChanged {
        /// The company.
        tenant_name: String,
        /// The account's name.
        account: String,
        /// The name of the passkey.
        name: PasskeyName,
        /// Whether it was added (true) or removed (false).
        added: bool,
        /// Time of the change.
        at: UnixSeconds,
        /// The account's page in the console.
        link: String,
    },
    /// The question to an approver (K3).
    ApprovalRequest {
        /// The company whose data is requested.
        tenant_name: String,
        /// The requester, as typed.
        requester_name: PersonName,
        /// The requester's address.
        requester_email: EmailAddress,
        /// The requester's company, as typed.
        organization: OrganizationName,
        /// The PC.
        device_name: DeviceName,
        /// Time of the request.
        requested_at: UnixSeconds,
        /// Expiry time of the request.
        expires_at: UnixSeconds,
        /// Whether the address lies outside the company's own domains.
        outside_mail_domains: bool,
        /// This approver's approval page.
        link: String,
    },
    /// Many requests are waiting. Sent to an approver in place of one mail per request.
    ApprovalDigest {
        /// The company whose data is requested.
        tenant_name: String,
        /// Number of requests it covers.
        count: i64,
        /// The first of them.
        named: Vec<Named>,
        /// The list of requests in the console.
        link: String,
    },
    /// The request to confirm that the address belongs to the requester (K2).
    ConfirmAddress {
        /// The company whose data is requested.
        tenant_name: String,
        /// The PC.
        device_name: DeviceName,
        /// Expiry time of the confirmation.
        expires_at: UnixSeconds,
        /// The confirmation page.
        link: String,
    },
    /// The activation code for the requester (K4, 「認証トークン」).
    ActivationCode {
        /// The company whose data may be viewed.
        tenant_name: String,
        /// The PC.
        device_name: DeviceName,
        /// The code as shown to people, `XXXXX-XXXXX`.
        code: String,
        /// The page for entering the code where the Viewer cannot accept it.
        activate_url: String,
        /// Expiry time of the code.
        expires_at: UnixSeconds,
    },
    /// Alerts to a user with the support option (C6).
    Alerts {
        /// The company.
        tenant_name: String,
        /// The alerts, oldest first.
        alerts: Vec<Alert>,
        /// Number of further alerts that are not listed.
        more: usize,
        /// The audit log in the console.
        link: String,
    },
    /// The desk's answer to an inquiry (C6).
    InquiryAnswered {
        /// The company that asked.
        tenant_name: String,
        /// The subject of the inquiry.
        subject: String,
        /// The person who answered.
        by: PersonName,
        /// The answer.
        body: Body,
        /// Number of files attached to it.
        attachments: usize,
        /// The inquiry in the console.
        link: String,
    },
    /// A customer has written to the desk (C6).
    InquiryArrived {
        /// The customer.
        tenant_name: String,
        /// The subject of the inquiry.
        subject: String,
        /// The person who wrote it.
        by: PersonName,
        /// The inquiry in the console.
        link: String,
    },
    /// A free question to an approver (B12).
    QuestionAsked {
        /// The company that is asked.
        tenant_name: String,
        /// The provider.
        provider_name: OrganizationName,
        /// The person who asks.
        asker: PersonName,
        /// The title of the question.
        title: QuestionTitle,
        /// The text of the question.
        text: Body,
        /// The asker's own reference for the matter.
        reference: Option<QuestionReference>,
        /// How many approvers have to approve.
        required: u32,
        /// Expiry time of the question.
        expires_at: UnixSeconds,
        /// This approver's approval page.
        link: String,
    },
    /// A customer has answered a question. Sent to its asker (B12).
    QuestionAnswered {
        /// The customer.
        tenant_name: String,
        /// The title of the question.
        title: QuestionTitle,
        /// The asker's own reference for the matter.
        reference: Option<QuestionReference>,
        /// The answer.
        decision: Decision,
        /// The question in the console.
        link: String,
    },
    /// The request for remote support to an administrator (K7).
    LaunchAsked(Box<LaunchAsked>),
    /// ID and password of a session that has started (K9).
    LaunchStarted(Box<LaunchStarted>),
    /// What happened in a session that has ended.
    SessionSummary(Box<SessionSummary>),
    /// How to start remote support at the machine (K6).
    SupportSteps {
        /// The company whose equipment it is.
        tenant_name: String,
        /// The provider.
        provider_name: OrganizationName,
        /// The name of the equipment.
        equipment: String,
        /// Its serial number.
        serial_number: String,
        /// The address of the edge, where the guide for people at the machine is.
        edge: String,
    },
    /// How a launch has moved, to the desk (K8).
    LaunchReport(Box<LaunchReport>),
    /// The invitation to an attended session (Z1, Z3).
    AttendedInvitation(Box<AttendedInvitation>),
    /// What is to be known about an appointment (Z1, B7).
    Appointment(Box<AppointmentMail>),
    /// An approver refused.
    Refused {
        /// The company.
        tenant_name: String,
        /// The PC.
        device_name: DeviceName,
        /// What the approver wrote for the requester.
        reason: Option<Reason>,
    },
}

impl fmt::Debug for MailContent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const REDACTED: &str = "[redacted]";
        match self {
            Self::FirstCredential {
                slug,
                account,
                valid_until,
                ..
            } => f
                .debug_struct("FirstCredential")
                .field("slug", slug)
                .field("account", account)
                .field("password", &REDACTED)
                .field("valid_until", valid_until)
                .finish_non_exhaustive(),
            Self::PasswordReset {
                account, valid_until, ..
            } => f
                .debug_struct("PasswordReset")
                .field("account", account)
                .field("link", &REDACTED)
                .field("valid_until", valid_until)
                .finish_non_exhaustive(),
            Self::AddressChanged { account, .. } => f
                .debug_struct("AddressChanged")
                .field("account", account)
                .finish_non_exhaustive(),
            Self::PasskeyChanged { account, added, .. } => f
                .debug_struct("PasskeyChanged")
                .field("account", account)
                .field("added", added)
                .finish_non_exhaustive(),
            Self::ApprovalRequest {
                requested_at,
                expires_at,
                outside_mail_domains,
                ..
            } => f
                .debug_struct("ApprovalRequest")
                .field("requested_at", requested_at)
                .field("expires_at", expires_at)
                .field("outside_mail_domains", outside_mail_domains)
                .field("link", &REDACTED)
                .finish_non_exhaustive(),
            Self::ApprovalDigest { count, .. } => f
                .debug_struct("ApprovalDigest")
                .field("count", count)
                .finish_non_exhaustive(),
            Self::ConfirmAddress { expires_at, .. } => f
                .debug_struct("ConfirmAddress")
                .field("expires_at", expires_at)
                .field("link", &REDACTED)
                .finish_non_exhaustive(),
            Self::ActivationCode { expires_at, .. } => f
                .debug_struct("ActivationCode")
                .field("expires_at", expires_at)
                .field("code", &REDACTED)
                .field("activate_url", &REDACTED)
                .finish_non_exhaustive(),
            Self::Alerts { alerts, more, .. } => f
                .debug_struct("Alerts")
                .field("alerts", &alerts.len())
                .field("more", more)
                .finish_non_exhaustive(),
            Self::InquiryAnswered { .. } => f.debug_struct("InquiryAnswered").finish_non_exhaustive(),
            Self::InquiryArrived { .. } => f.debug_struct("InquiryArrived").finish_non_exhaustive(),
            Self::QuestionAsked { expires_at, .. } => f
                .debug_struct("QuestionAsked")
                .field("expires_at", expires_at)
                .field("link", &REDACTED)
                .finish_non_exhaustive(),
            Self::QuestionAnswered { .. } => f.debug_struct("QuestionAnswered").finish_non_exhaustive(),
            Self::LaunchAsked(_) => f.debug_struct("LaunchAsked").finish_non_exhaustive(),
            Self::LaunchStarted(_) => f.debug_struct("LaunchStarted").finish_non_exhaustive(),
            Self::SessionSummary(_) => f.debug_struct("SessionSummary").finish_non_exhaustive(),
            Self::SupportSteps { .. } => f.debug_struct("SupportSteps").finish_non_exhaustive(),
            Self::LaunchReport(_) => f.debug_struct("LaunchReport").finish_non_exhaustive(),
            Self::AttendedInvitation(_) => f.debug_struct("AttendedInvitation").finish_non_exhaustive(),
            Self::Appointment(mail) => f
                .debug_struct("Appointment")
                .field("news", &mail.news)
                .finish_non_exhaustive(),
            Self::Refused { .. } => f.debug_struct("Refused").finish_non_exhaustive(),
        }
    }
}

/// See [`MailContent::LaunchAsked`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaunchAsked {
    /// The company whose equipment it is.
    pub tenant_name: String,
    /// The provider.
    pub provider_name: OrganizationName,
    /// The member of the desk's staff who asks.
    pub asker: PersonName,
    /// The name of the equipment.
    pub equipment: String,
    /// Its serial number.
    pub serial_number: String,
    /// Where it stands.
    pub place: Option<String>,
    /// Why.
    pub reason: Reason,
    /// What the desk will be able to do.
    pub abilities: Vec<Ability>,
    /// The period, in seconds.
    pub period: i64,
    /// The earliest start.
    pub starts_at: Option<UnixSeconds>,
    /// How many administrators have to approve.
    pub required: u32,
    /// Expiry time of the request.
    pub expires_at: UnixSeconds,
    /// This administrator's approval page.
    pub link: String,
}

/// See [`MailContent::LaunchStarted`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaunchStarted {
    /// The company whose equipment it is.
    pub tenant_name: String,
    /// The name of the equipment.
    pub equipment: String,
    /// Its serial number.
    pub serial_number: String,
    /// The member of the desk's staff who executed it.
    pub executed_by: Option<PersonName>,
    /// The session's number.
    pub number: SessionNumber,
    /// The session's password, as people read it.
    pub password: String,
    /// End of the granted period.
    pub until: UnixSeconds,
    /// Whether it goes to the desk, which joins, rather than to the customer, who need not do anything.
    pub to_desk: bool,
    /// The launch in the recipient's console.
    pub link: String,
}

/// See [`MailContent::SessionSummary`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionSummary {
    /// The customer.
    pub tenant_name: String,
    /// The provider whose desk helped.
    pub provider_name: OrganizationName,
    /// The equipment's name and serial number, or the title of an attended session.
    pub subject: SummarySubject,
    /// What happened.
    pub summary: Summary,
    /// The session in the recipient's console.
    pub link: String,
}

/// What a session was on.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SummarySubject {
    /// A piece of equipment: its name and its serial number.
    Equipment(String, String),
    /// The screens of people: the title.
    Attended(String),
}

/// See [`MailContent::LaunchReport`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaunchReport {
    /// The customer.
    pub tenant_name: String,
    /// The name of the equipment.
    pub equipment: String,
    /// Its serial number.
    pub serial_number: String,
    /// What has happened.
    pub news: LaunchNews,
    /// The customer's answer.
    pub decision: Option<Decision>,
    /// The granted period.
    pub granted: Option<Granted>,
    /// The launch in the console.
    pub link: String,
}

/// See [`MailContent::AttendedInvitation`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttendedInvitation {
    /// The company of the person who is invited.
    pub tenant_name: String,
    /// The provider.
    pub provider_name: OrganizationName,
    /// The member of the desk's staff who opened the session.
    pub host: PersonName,
    /// What it is about.
    pub title: SessionTitle,
    /// The session's number.
    pub number: SessionNumber,
    /// End of its period.
    pub until: UnixSeconds,
    /// This person's page of the session.
    pub link: String,
    /// The page for ID and password.
    pub page: String,
}

/// What a mail about an appointment tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppointmentNews {
    /// The desk proposes times.
    Proposed,
    /// The customer proposes times.
    Countered,
    /// A date is agreed.
    Scheduled,
    /// The agreed date has changed.
    Moved,
    /// A zone's rules have changed, and with them what the agreed time means elsewhere.
    Shifted,
    /// It does not take place.
    Cancelled,
    /// A proposal was declined.
    Declined,
    /// Nobody has answered a proposal.
    Unanswered,
    /// The pre-flight check is missing.
    CheckMissing,
    /// It begins shortly.
    Reminder,
}

/// See [`MailContent::Appointment`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentMail {
    /// The customer.
    pub tenant_name: String,
    /// The provider.
    pub provider_name: OrganizationName,
    /// The member of the desk's staff who holds it.
    pub host: PersonName,
    /// Who is to be there from the customer.
    pub guests: Vec<PersonName>,
    /// What it is about.
    pub title: SessionTitle,
    /// The name of the equipment, if it is remote support on equipment.
    pub equipment: Option<String>,
    /// What is told.
    pub news: AppointmentNews,
    /// Whether it goes to the host rather than to the customer.
    pub to_desk: bool,
    /// The agreed start.
    pub agreed: Option<UnixSeconds>,
    /// How long it takes, in seconds.
    pub length: i64,
    /// The times of a proposal.
    pub times: Vec<UnixSeconds>,
    /// The zone of the other side, whose time is given beside the recipient's.
    pub other_zone: ZoneName,
    /// Who on the other side did what is told.
    pub by: Option<PersonName>,
    /// What they wrote.
    pub reason: Option<Reason>,
    /// Whether it has begun already.
    pub late: bool,
    /// The recipient's page of the appointment.
    pub link: String,
    /// The recipient's page for the pre-flight check.
    pub check_link: Option<String>,
    /// How to join, in the reminder of an attended session.
    pub join: Option<JoinByMail>,
    /// The date, for calendar programs; its texts are added in the recipient's language.
    pub event: Option<Event>,
}

/// How to join a session, in a mail. The password is never in it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinByMail {
    /// The recipient's page of the session.
    pub link: String,
    /// The session's number.
    pub number: SessionNumber,
    /// The page for ID and password.
    pub page: String,
}

/// A date that a mail carries for calendar programs (RFC 6047).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invite {
    /// What it asks of its reader.
    pub method: Method,
    /// The date.
    pub event: Event,
}

/// The content id (RFC 2392) of the logo in a mail.
pub const LOGO_ID: &str = "logo";

/// A mail in words.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComposedMail {
    /// One line, without secrets.
    pub subject: String,
    /// The plain part; lines end with `\n`.
    pub text: String,
    /// The HTML part: a whole document, self-contained.
    pub html: String,
    /// A date, for calendar programs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invite: Option<Invite>,
}

impl fmt::Debug for ComposedMail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ComposedMail")
            .field("subject", &self.subject)
            .finish_non_exhaustive()
    }
}

/// How a mail looks: the deployment's configured product name, and the provider's face if it has set one.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// The product's name.
    pub product: &'a str,
    /// The provider's face.
    pub face: Option<&'a Face>,
}

impl<'a> From<&'a str> for Look<'a> {
    fn from(product: &'a str) -> Self {
        Self { product, face: None }
    }
}

/// Writes the mail about `content` for `to`. A logo is referred to as [`LOGO_ID`]; the sender attaches it.
#[must_use]
pub fn compose<'a>(content: &MailContent, to: &Recipient, look: impl Into<Look<'a>>) -> ComposedMail {
    let look = look.into();
    let mut letter = wording::letter(
        content,
        to,
        look.product,
        look.face.and_then(|face| face.reply_to.as_ref()),
    );
    letter.face = look.face.map(|face| Letterhead::of(face, to.locale));
    ComposedMail {
        text: plain::render(&letter),
        html: html::render(&letter),
        invite: letter.invite.take(),
        subject: letter.subject,
    }
}

#[cfg(test)]
mod stranger_tests;
#[cfg(test)]
mod tests;
