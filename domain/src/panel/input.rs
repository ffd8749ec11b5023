//! What goes with each action: parsed once, here, into what cannot be wrong. Field names are those of the API.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use crate::account::{AccountName, Alerts};
use crate::approval::Outcome;
use crate::audit::filter::{ActionFilter, ActorFilter, ObjectFilter};
use crate::desk::DeskDeed;
use crate::id::{
    AttachmentId, DeviceId, InquiryId, OrganizationId, OutboxId, PasskeyId, QuestionId, RegistrationId, SessionId,
    TokenId, UserId,
};
use crate::inquiry::{Body, InquiryState, NewAttachment, Subject};
use crate::locale::Locale;
use crate::passkey::{Challenge, CredentialId, PasskeyName};
use crate::password::HashedPassword;
use crate::personal_token::{NewScopes, TokenName};
use crate::phonetic::PhoneticName;
use crate::right::Role;
use crate::slug::Slug;
use crate::text::{OrganizationName, PersonName, Reason};
use crate::time::{TimeZone, UnixSeconds};
use crate::user::Emails;

use super::Verified;

/// Longest text that is searched for, in characters.
const LONGEST_SEARCH: usize = 100;

/// Present, whatever it is: an absent member stays as it was, and null takes the value away (RFC 7396).
fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(from).map(Some)
}

/// A text to search for; nothing where it is empty.
fn search<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let text = Option::<String>::deserialize(from)?.unwrap_or_default();
    if text.chars().nth(LONGEST_SEARCH).is_some() {
        return Err(serde::de::Error::custom("must be at most 100 characters long"));
    }
    Ok(Some(text).filter(|text| !text.trim().is_empty()))
}

/// An instant as a number, or as a query writes it.
fn instant<'de, D: Deserializer<'de>>(from: D) -> Result<Option<UnixSeconds>, D::Error> {
    let seconds = match Option::<Value>::deserialize(from)? {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) => text.parse().ok(),
        Some(other) => other.as_i64(),
    };
    let seconds = seconds.ok_or_else(|| serde::de::Error::custom("must be whole seconds since 1970"))?;
    Ok(Some(UnixSeconds(seconds)))
}

macro_rules! inputs {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Serialize, Deserialize)]
            #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
            #[serde(deny_unknown_fields)]
            pub struct $name {
                $($(#[$field_doc])* pub $field: $type,)*
            }
        )*
    };
}

inputs! {
    /// Shows the session.
    ShowSession {}
    /// Ends the session.
    EndSession {}
    /// Looks up the password to compare with.
    StartFresh {}
    /// Notes that the password was given again.
    FinishFresh {
        /// What the comparison gave; `None` when the password was wrong.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        verified: Option<Verified>,
    }
    /// Asks for an answer with one of one's passkeys.
    StartPasskeyCheck {}
    /// Looks up the public key of one's passkey to check an answer with.
    FindOwnPasskey {
        /// The credential.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        credential: CredentialId,
    }
    /// Takes an answer with a passkey.
    PasskeyAnswer {
        /// The credential.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        credential: CredentialId,
        /// The challenge that was signed.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        challenge: Challenge,
        /// What the check gave: the JSON of [`crate::passkey::Asserted`]; `None` when it failed.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        asserted: Option<String>,
    }
    /// Lists one's passkeys.
    ListPasskeys {}
    /// Asks for a new passkey.
    StartPasskey {}
    /// Adds a passkey.
    AddPasskey {
        /// What it is called.
        name: PasskeyName,
        /// The challenge that was answered.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        challenge: Challenge,
        /// What the check gave: the JSON of [`crate::passkey::Attested`]; `None` when it failed.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        attested: Option<String>,
    }
    /// Renames a passkey.
    RenamePasskey {
        /// Which.
        id: PasskeyId,
        /// What it is called.
        name: PasskeyName,
    }
    /// Removes a passkey.
    RemovePasskey {
        /// Which.
        id: PasskeyId,
    }
    /// Says whether a login takes a passkey besides the password.
    SetSecondFactor {
        /// Whether it does.
        required: bool,
    }
    /// Sets a password of one's own.
    SetPassword {
        /// The new password's stored form.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        hash: HashedPassword,
    }
    /// Lists one's sessions.
    ListSessions {}
    /// Ends a session of one's own.
    EndSessionOf {
        /// Which.
        id: SessionId,
    }
    /// Changes one's own account. What is absent stays.
    ChangeMe {
        /// The language.
        #[serde(default)]
        locale: Option<Locale>,
        /// The time zone.
        #[serde(default)]
        time_zone: Option<TimeZone>,
        /// The alerts to get.
        #[serde(default)]
        alerts: Option<Alerts>,
    }
    /// Lists one's personal access tokens.
    ListTokens {}
    /// Makes a personal access token.
    CreateToken {
        /// What it is called.
        name: TokenName,
        /// What it may be used for.
        scopes: NewScopes,
        /// In how many days it ends: 1 to 366.
        #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 366))]
        expires_in_days: i64,
    }
    /// Ends a personal access token.
    RevokeToken {
        /// Which.
        id: TokenId,
    }
    /// Shows the overview.
    ShowOverview {}
    /// Lists requests.
    ListRegistrations {
        /// Which of them.
        #[serde(default)]
        state: RegistrationFilter,
        /// What a name, an address, a company or a PC's name begins with.
        #[serde(default, deserialize_with = "search")]
        #[cfg_attr(feature = "openapi", schema(max_length = 100))]
        q: Option<String>,
        /// The newest or the oldest first; where something is searched for, by what was found.
        #[serde(default)]
        order: Order,
        /// Where to begin.
        #[serde(default)]
        cursor: Option<String>,
    }
    /// Shows a request.
    ShowPanelRegistration {
        /// Which.
        id: RegistrationId,
        /// The language of the statement; otherwise one's own.
        #[serde(default)]
        locale: Option<Locale>,
    }
    /// Fetches the receipt of the decision on a request.
    ShowRegistrationReceipt {
        /// Which request.
        id: RegistrationId,
    }
    /// Answers a request.
    Decide {
        /// Which.
        id: RegistrationId,
        /// The answer.
        outcome: Outcome,
        /// Whether the confirmation was ticked (B1).
        #[serde(default)]
        confirmed: bool,
        /// Why, where it is refused.
        #[serde(default)]
        reason: Option<Reason>,
        /// The language of the text that was shown; otherwise one's own.
        #[serde(default)]
        locale: Option<Locale>,
    }
    /// Lists the provider's questions.
    ListQuestions {
        /// Which of them.
        #[serde(default)]
        state: RegistrationFilter,
        /// The newest or the oldest first; of those that wait, by when they end.
        #[serde(default)]
        order: Order,
        /// Cursor from the previous page.
        #[serde(default)]
        cursor: Option<String>,
    }
    /// Shows a question.
    ShowQuestion {
        /// Which.
        id: QuestionId,
        /// The language of the statement; otherwise one's own.
        #[serde(default)]
        locale: Option<Locale>,
    }
    /// Fetches the receipt of the answer to a question.
    ShowQuestionReceipt {
        /// Which question.
        id: QuestionId,
    }
    /// Answers a question.
    AnswerQuestion {
        /// Which.
        id: QuestionId,
        /// The answer.
        outcome: Outcome,
        /// Whether the confirmation was ticked (B1).
        #[serde(default)]
        confirmed: bool,
        /// Why, where it is refused.
        #[serde(default)]
        reason: Option<Reason>,
        /// The language of the text that was shown; otherwise one's own.
        #[serde(default)]
        locale: Option<Locale>,
    }
    /// Lists the questions that the desk has asked.
    ListDeskQuestions {
        /// Only those of this customer.
        #[serde(default)]
        customer: Option<Slug>,
        /// The newest or the oldest first.
        #[serde(default)]
        order: Order,
        /// Cursor from the previous page.
        #[serde(default)]
        cursor: Option<String>,
    }
    /// Lists devices.
    ListPanelDevices {
        /// Which of them.
        #[serde(default)]
        state: DeviceFilter,
        /// What a name, an address, a company or a PC's name begins with.
        #[serde(default, deserialize_with = "search")]
        #[cfg_attr(feature = "openapi", schema(max_length = 100))]
        q: Option<String>,
        /// The newest or the oldest first; where something is searched for, by what was found.
        #[serde(default)]
        order: Order,
        /// Where to begin.
        #[serde(default)]
        cursor: Option<String>,
    }
    /// Shows a device.
    ShowDevice {
        /// Which.
        id: DeviceId,
    }
    /// Fetches the receipt of the decision that let a device in.
    ShowReceipt {
        /// Which device.
        id: DeviceId,
    }
    /// Takes a device away.
    RevokePanelDevice {
        /// Which.
        id: DeviceId,
    }
    /// Lists organisations.
    ListOrganizations {}
    /// Adds an organisation.
    CreateOrganization {
        /// Its name.
        name: OrganizationName,
        /// The one it belongs to.
        #[serde(default)]
        parent: Option<OrganizationId>,
    }
    /// Changes an organisation. What is absent stays.
    ChangeOrganization {
        /// Which.
        id: OrganizationId,
        /// The version the change is based on.
        version: i64,
        /// Its name.
        #[serde(default)]
        name: Option<OrganizationName>,
        /// The one it belongs to; null: none.
        #[serde(default, deserialize_with = "present")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<OrganizationId>))]
        parent: Option<Option<OrganizationId>>,
    }
    /// Removes an organisation.
    DeleteOrganization {
        /// Which.
        id: OrganizationId,
    }
    /// Lists users.
    ListUsers {
        /// What a name, a phonetic name, a mail address or an account name begins with.
        #[serde(default, deserialize_with = "search")]
        #[cfg_attr(feature = "openapi", schema(max_length = 100))]
        q: Option<String>,
        /// Only those of this organisation and of those below it.
        #[serde(default)]
        organization: Option<OrganizationId>,
        /// Only those with, or without, an account.
        #[serde(default)]
        account: AccountFilter,
        /// In which order; where something is searched for, by what was found.
        #[serde(default)]
        sort: UserSort,
        /// Where to begin.
        #[serde(default)]
        cursor: Option<String>,
    }
    /// Shows a user.
    ShowUser {
        /// Who.
        id: UserId,
    }
    /// Adds a user.
    CreateUser {
        /// Their name.
        display_name: PersonName,
        /// How it is read.
        #[serde(default)]
        phonetic_name: Option<PhoneticName>,
        /// Their mail addresses.
        emails: Emails,
        /// The organisation they belong to.
        #[serde(default)]
        organization: Option<OrganizationId>,
        /// Their name in the system they come from, at most 200 characters.
        #[serde(default)]
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200))]
        external_id: Option<String>,
    }
    /// Changes a user. What is absent stays.
    ChangeUser {
        /// Who.
        id: UserId,
        /// The version the change is based on.
        version: i64,
        /// Their name.
        #[serde(default)]
        display_name: Option<PersonName>,
        /// How it is read; null: not known.
        #[serde(default, deserialize_with = "present")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<PhoneticName>))]
        phonetic_name: Option<Option<PhoneticName>>,
        /// Their mail addresses, all of them.
        #[serde(default)]
        emails: Option<Emails>,
        /// The organisation they belong to; null: none.
        #[serde(default, deserialize_with = "present")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<OrganizationId>))]
        organization: Option<Option<OrganizationId>>,
    }
    /// Removes a user.
    DeleteUser {
        /// Who.
        id: UserId,
    }
    /// Gives a user an account. Without a password a first one is mailed.
    CreateAccount {
        /// Who.
        id: UserId,
        /// The name they log in with.
        account: AccountName,
        /// What they may do.
        role: Role,
        /// The organisation an organisation administrator is limited to.
        #[serde(default)]
        organization: Option<OrganizationId>,
        /// Whether they have the support option.
        #[serde(default)]
        support_option: bool,
        /// Their language.
        locale: Locale,
        /// Their time zone.
        time_zone: TimeZone,
        /// A first password of the administrator's choice, in its stored form.
        #[serde(default)]
        #[cfg_attr(feature = "openapi", schema(ignore))]
        hash: Option<HashedPassword>,
    }
    /// Changes an account. What is absent stays.
    ChangeAccount {
        /// Whose.
        id: UserId,
        /// The version of the account the change is based on.
        version: i64,
        /// What they may do.
        #[serde(default)]
        role: Option<Role>,
        /// The organisation an organisation administrator is limited to; null: none.
        #[serde(default, deserialize_with = "present")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<OrganizationId>))]
        organization: Option<Option<OrganizationId>>,
        /// Whether they have the support option.
        #[serde(default)]
        support_option: Option<bool>,
        /// Their language.
        #[serde(default)]
        locale: Option<Locale>,
        /// Their time zone.
        #[serde(default)]
        time_zone: Option<TimeZone>,
    }
    /// Takes an account away.
    DeleteAccount {
        /// Whose.
        id: UserId,
    }
    /// Issues an account's credential anew.
    ReissueAccount {
        /// Whose.
        id: UserId,
    }
    /// Lists the audit log.
    ListPanelAudit {
        /// Who acted: an id, or a kind such as `approver`.
        #[serde(default)]
        actor: Option<ActorFilter>,
        /// To what: `device/{id}`, or `device/` for every device.
        #[serde(default)]
        object: Option<ObjectFilter>,
        /// What was done: `approval.decide`, or `approval.` for all that begins so.
        #[serde(default)]
        action: Option<ActionFilter>,
        /// Not before this instant.
        #[serde(default, deserialize_with = "instant")]
        from: Option<UnixSeconds>,
        /// Before this instant.
        #[serde(default, deserialize_with = "instant")]
        to: Option<UnixSeconds>,
        /// The newest or the oldest first.
        #[serde(default)]
        order: Order,
        /// Where to begin.
        #[serde(default)]
        cursor: Option<String>,
    }
    /// Lists the signed heads of the audit log.
    ListPanelHeads {
        /// Where to begin.
        #[serde(default)]
        cursor: Option<String>,
    }
    /// Writes a list out.
    Export {
        /// Which list.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        list: Exported,
        /// In which format.
        #[serde(default)]
        format: ExportFormat,
        /// What the list is limited to, as when it is listed.
        #[serde(default)]
        #[cfg_attr(feature = "openapi", schema(ignore))]
        filter: Map<String, Value>,
        /// Where to go on.
        #[serde(default)]
        #[cfg_attr(feature = "openapi", schema(ignore))]
        cursor: Option<String>,
    }
    /// Shows the policies.
    ShowPolicies {}
    /// Changes the policies. What is absent stays.
    ChangePolicies {
        /// The version the change is based on.
        version: i64,
        /// The tenant's name.
        #[serde(default)]
        name: Option<OrganizationName>,
        /// The tenant's language.
        #[serde(default)]
        locale: Option<Locale>,
        /// The tenant's time zone.
        #[serde(default)]
        time_zone: Option<TimeZone>,
        /// Policies to change, merged into the current ones (RFC 7396).
        #[serde(default)]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::policy::Policy>))]
        policy: Option<Map<String, Value>>,
    }
    /// Lists inquiries.
    ListInquiries {
        /// Which of them.
        #[serde(default)]
        state: InquiryFilter,
        /// What a subject, or a name, begins with.
        #[serde(default, deserialize_with = "search")]
        #[cfg_attr(feature = "openapi", schema(max_length = 100))]
        q: Option<String>,
        /// The newest or the oldest first; where something is searched for, by what was found.
        #[serde(default)]
        order: Order,
        /// Where to begin.
        #[serde(default)]
        cursor: Option<String>,
    }
    /// Shows an inquiry.
    ShowInquiry {
        /// Which.
        id: InquiryId,
    }
    /// Asks the provider's support.
    CreateInquiry {
        /// What it is about.
        subject: Subject,
        /// The first message.
        body: Body,
        /// Files with it: at most three, each of 1 MB at most.
        #[serde(default)]
        attachments: Vec<NewAttachment>,
    }
    /// Writes a further message.
    AnswerInquiry {
        /// To which inquiry.
        id: InquiryId,
        /// The message.
        body: Body,
        /// Files with it: at most three, each of 1 MB at most.
        #[serde(default)]
        attachments: Vec<NewAttachment>,
    }
    /// Closes an inquiry.
    CloseInquiry {
        /// Which.
        id: InquiryId,
    }
    /// Fetches a file.
    FetchAttachment {
        /// Of which inquiry.
        id: InquiryId,
        /// Which.
        attachment: AttachmentId,
    }
    /// Lists customers.
    ListCustomers {
        /// What the name or the domain begins with.
        #[serde(default, deserialize_with = "search")]
        q: Option<String>,
        /// In which order; where something is searched for, by what was found.
        #[serde(default)]
        sort: CustomerSort,
        /// Where to begin.
        #[serde(default)]
        cursor: Option<String>,
    }
    /// Lists customers' inquiries.
    ListDeskInquiries {
        /// Which of them.
        #[serde(default)]
        state: InquiryFilter,
        /// What a subject, a customer's name, or a person's, begins with.
        #[serde(default, deserialize_with = "search")]
        #[cfg_attr(feature = "openapi", schema(max_length = 100))]
        q: Option<String>,
        /// The newest or the oldest first; where something is searched for, by what was found.
        #[serde(default)]
        order: Order,
        /// Where to begin.
        #[serde(default)]
        cursor: Option<String>,
    }
    /// Shows an inquiry as it stands in the inbox.
    ShowAssignment {
        /// The customer.
        customer: Slug,
        /// Which inquiry.
        id: InquiryId,
    }
    /// Says who takes care of an inquiry.
    AssignInquiry {
        /// The customer.
        customer: Slug,
        /// Which inquiry.
        id: InquiryId,
        /// Who; null: nobody.
        user: Option<UserId>,
    }
    /// Lists who is at the desk.
    ListDeskStaff {}
    /// Vouches for somebody at the desk, who looks at a customer or answers it.
    VouchForDesk {
        /// The customer.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        customer: Slug,
        /// What is done; nothing that changes the customer itself.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        deed: DeskDeed,
    }
    /// Vouches for somebody at the desk, who changes a customer.
    VouchForDeskChange {
        /// The customer; it need not exist yet.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        customer: Slug,
        /// What is done.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        deed: DeskDeed,
    }
    /// Lists mails.
    ListMails {
        /// The newest or the oldest first.
        #[serde(default)]
        order: Order,
        /// Where to begin.
        #[serde(default)]
        cursor: Option<String>,
    }
    /// Sends a mail again.
    RetryMail {
        /// Which.
        id: OutboxId,
    }
}

macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident { $($(#[$choice_doc:meta])* $choice:ident $text:tt,)* })*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
            #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
            pub enum $name {
                $($(#[$choice_doc])* #[serde(rename = $text)] $choice,)*
            }
        )*
    };
}

choices! {
    /// Which requests are listed.
    RegistrationFilter {
        /// Those that wait for an answer.
        Waiting "waiting",
        /// All.
        #[default]
        All "all",
    }
    /// Which devices are listed.
    DeviceFilter {
        /// Those that may be used.
        Active "active",
        /// Those that were taken away.
        Revoked "revoked",
        /// Those whose time has run out.
        Expired "expired",
        /// All.
        #[default]
        All "all",
    }
    /// Which users are listed.
    AccountFilter {
        /// Those with an account.
        With "true",
        /// Those without.
        Without "false",
        /// All.
        #[default]
        Any "any",
    }
    /// Which inquiries are listed.
    InquiryFilter {
        /// Those that wait for the desk.
        Open "open",
        /// Those that the desk has answered last.
        Answered "answered",
        /// Those that are closed.
        Closed "closed",
        /// All.
        #[default]
        All "all",
    }
    /// Which list is written out.
    Exported {
        /// Requests of Viewers.
        Registrations "registrations",
        /// Devices.
        Devices "devices",
        /// Users.
        #[default]
        Users "users",
        /// The audit log.
        Audit "audit",
        /// Organisations.
        Organizations "organizations",
        /// The tenant's inquiries.
        Inquiries "inquiries",
        /// A provider's customers.
        Customers "customers",
        /// Their inquiries.
        DeskInquiries "desk_inquiries",
        /// Mails that could not be delivered.
        Mails "mails",
        /// The provider's questions.
        Questions "questions",
        /// Questions that the desk has asked.
        DeskQuestions "desk_questions",
    }
    /// How a list is written out.
    ExportFormat {
        /// Comma-separated values (RFC 4180).
        #[default]
        Csv "csv",
        /// JSON Lines: one document a line.
        Jsonl "jsonl",
    }
    /// How a list goes through time.
    Order {
        /// The newest first.
        #[default]
        Newest "newest",
        /// The oldest first.
        Oldest "oldest",
    }
    /// How customers are sorted.
    CustomerSort {
        /// By name.
        #[default]
        Name "name",
        /// The newest first.
        Newest "newest",
    }
    /// How users are sorted.
    UserSort {
        /// By name.
        #[default]
        Name "name",
        /// By phonetic name.
        Phonetic "phonetic_name",
    }
}

impl InquiryFilter {
    /// The state it lets through; `None` lets all.
    #[must_use]
    pub const fn state(self) -> Option<InquiryState> {
        match self {
            Self::Open => Some(InquiryState::Open),
            Self::Answered => Some(InquiryState::Answered),
            Self::Closed => Some(InquiryState::Closed),
            Self::All => None,
        }
    }
}
