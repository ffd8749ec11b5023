//! The mails people get: what each says, in the recipient's language and time zone. How a mail is packed (MIME) and sent
//! is the worker's; here it is a subject, a plain text and an HTML text.
//!
//! A secret (code, password, link) stands alone on its line, never in a subject, and never in a `Debug` output.

mod html;
mod letter;
mod plain;
mod unlinked;
mod wording;
mod wrap;

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::alert::Alert;
use crate::approval::Decision;
use crate::email::EmailAddress;
use crate::inquiry::Body;
use crate::locale::Locale;
use crate::passkey::PasskeyName;
use crate::slug::Slug;
use crate::text::{DeviceName, OrganizationName, PersonName, QuestionReference, QuestionTitle, Reason};
use crate::time::{TimeZone, UnixSeconds};

/// Who a mail goes to, and how that person reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// The name in the greeting.
    pub name: PersonName,
    /// Where the mail goes.
    pub address: EmailAddress,
    /// The language of the mail.
    pub locale: Locale,
    /// The time zone of its dates.
    pub time_zone: TimeZone,
}

/// Why an account gets a first password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// The contract begins (C1).
    Contract,
    /// The account is new (C4).
    Account,
    /// The old credential was ended (K1).
    Reissue,
}

/// One of many requests, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The requester.
    pub name: PersonName,
    /// Their company.
    pub organization: OrganizationName,
    /// The PC.
    pub device_name: DeviceName,
}

/// What a mail tells. Instants are shown in the recipient's time zone.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum MailContent {
    /// An account's first or re-issued credential (C1, K1).
    FirstCredential {
        /// Why there is one.
        occasion: Occasion,
        /// The company.
        tenant_name: String,
        /// Its domain (「利用ドメイン」).
        slug: Slug,
        /// Where to log in.
        login_url: String,
        /// The account's name.
        account: String,
        /// The first password.
        password: String,
        /// Until when the password can be used.
        valid_until: UnixSeconds,
    },
    /// The link to set a new password (C2).
    PasswordReset {
        /// The company.
        tenant_name: String,
        /// The account's name.
        account: String,
        /// The page that takes the new password.
        link: String,
        /// Until when the link can be used.
        valid_until: UnixSeconds,
    },
    /// An account has another main address. To the one before: whoever diverts somebody's mail is not alone in knowing.
    AddressChanged {
        /// The company.
        tenant_name: String,
        /// The account's name.
        account: String,
        /// When.
        at: UnixSeconds,
    },
    /// A passkey was added to an account, or removed from it (C2).
    PasskeyChanged {
        /// The company.
        tenant_name: String,
        /// The account's name.
        account: String,
        /// What the passkey is called.
        name: PasskeyName,
        /// Whether it was added; otherwise removed.
        added: bool,
        /// When.
        at: UnixSeconds,
        /// The account in the console.
        link: String,
    },
    /// The question to an approver (K3).
    ApprovalRequest {
        /// The company whose data is asked for.
        tenant_name: String,
        /// The requester, as typed.
        requester_name: PersonName,
        /// The requester's address.
        requester_email: EmailAddress,
        /// The requester's company, as typed.
        organization: OrganizationName,
        /// The PC.
        device_name: DeviceName,
        /// When the request was made.
        requested_at: UnixSeconds,
        /// Until when it can be answered.
        expires_at: UnixSeconds,
        /// Whether the address lies outside the company's own domains.
        outside_mail_domains: bool,
        /// The approval page of this approver.
        link: String,
    },
    /// Many requests wait; to an approver, in place of a mail for each.
    ApprovalDigest {
        /// The company whose data is asked for.
        tenant_name: String,
        /// How many requests it tells of.
        count: i64,
        /// The first of them.
        named: Vec<Named>,
        /// The requests in the console.
        link: String,
    },
    /// The question to the requester whether the address is theirs (K2).
    ConfirmAddress {
        /// The company whose data is asked for.
        tenant_name: String,
        /// The PC.
        device_name: DeviceName,
        /// Until when it can be confirmed.
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
        /// The code in its shown form, `XXXXX-XXXXX`.
        code: String,
        /// The page that takes the code where the Viewer cannot.
        activate_url: String,
        /// Until when the code can be used.
        expires_at: UnixSeconds,
    },
    /// What happened, to somebody with the support option (C6).
    Alerts {
        /// The company.
        tenant_name: String,
        /// What happened, oldest first.
        alerts: Vec<Alert>,
        /// How much more than is spelt out.
        more: usize,
        /// The audit log.
        link: String,
    },
    /// The desk's answer to an inquiry (C6).
    InquiryAnswered {
        /// The company that asked.
        tenant_name: String,
        /// What was asked about.
        subject: String,
        /// Who answered.
        by: PersonName,
        /// What they wrote.
        body: Body,
        /// How many files came with it.
        attachments: usize,
        /// The inquiry in the console.
        link: String,
    },
    /// A customer has written to the desk (C6).
    InquiryArrived {
        /// The customer.
        tenant_name: String,
        /// What it is about.
        subject: String,
        /// Who asks.
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
        /// Who asks.
        asker: PersonName,
        /// What it is about.
        title: QuestionTitle,
        /// The question.
        text: Body,
        /// The asker's own name for the matter.
        reference: Option<QuestionReference>,
        /// How many approvers have to approve.
        required: u32,
        /// Until when it can be answered.
        expires_at: UnixSeconds,
        /// The approval page of this approver.
        link: String,
    },
    /// A customer has answered a question. To its asker (B12).
    QuestionAnswered {
        /// The customer.
        tenant_name: String,
        /// What it was about.
        title: QuestionTitle,
        /// The asker's own name for the matter.
        reference: Option<QuestionReference>,
        /// What was answered.
        decision: Decision,
        /// The question in the console.
        link: String,
    },
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
            Self::Refused { .. } => f.debug_struct("Refused").finish_non_exhaustive(),
        }
    }
}

/// A mail in words.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComposedMail {
    /// One line, without secrets.
    pub subject: String,
    /// The plain part; lines end with `\n`.
    pub text: String,
    /// The HTML part: a whole document, self-contained.
    pub html: String,
}

impl fmt::Debug for ComposedMail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ComposedMail")
            .field("subject", &self.subject)
            .finish_non_exhaustive()
    }
}

/// Writes the mail about `content` for `to`. `product` is the deployment's configured name.
#[must_use]
pub fn compose(content: &MailContent, to: &Recipient, product: &str) -> ComposedMail {
    let letter = wording::letter(content, to, product);
    ComposedMail {
        text: plain::render(&letter),
        html: html::render(&letter),
        subject: letter.subject,
    }
}

#[cfg(test)]
mod stranger_tests;
#[cfg(test)]
mod tests;
