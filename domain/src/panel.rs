//! What administrators do: each action of the panel and of its API, the right it needs, and its answer.
//!
//! An action arrives at the tenant's object as JSON, with the credential of whoever sends it. The object finds out who that
//! is, whether they may, and only then reads the action: one write, one answer.

mod input;
mod login;
mod view;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::audit::head::AuditHead;
use crate::desk::{Customer, DeskStaff, DeskVoucher, FetchedAttachment};
use crate::device::DeviceView;
use crate::inquiry::{DeskInquiry, Inquiry, InquiryThread};
use crate::organization::Organization;
use crate::outbox::OutboxView;
use crate::passkey::PasskeyView;
use crate::passkey::options::{PasskeyCreation, PasskeyRequest};
use crate::password::HashedPassword;
use crate::personal_token::{NewPersonalToken, PersonalTokenView};
use crate::question::{DeskQuestion, QuestionView};
use crate::right::Right;
use crate::secret::{PlainPersonalToken, PlainSessionToken};
use crate::session::SessionEntry;
use crate::user::UserView;

pub use crate::command::Page;
pub use input::{
    AccountFilter, AddPasskey, AnswerInquiry, AnswerQuestion, AssignInquiry, ChangeAccount, ChangeMe,
    ChangeOrganization, ChangePolicies, ChangeUser, CloseInquiry, CreateAccount, CreateInquiry, CreateOrganization,
    CreateToken, CreateUser, CustomerSort, Decide, DeleteAccount, DeleteOrganization, DeleteUser, DeviceFilter,
    EndSession, EndSessionOf, Export, ExportFormat, Exported, FetchAttachment, FindOwnPasskey, FinishFresh,
    InquiryFilter, ListCustomers, ListDeskInquiries, ListDeskQuestions, ListDeskStaff, ListInquiries, ListMails,
    ListOrganizations, ListPanelAudit, ListPanelDevices, ListPanelHeads, ListPasskeys, ListQuestions,
    ListRegistrations, ListSessions, ListTokens, ListUsers, Order, PasskeyAnswer, RegistrationFilter, ReissueAccount,
    RemovePasskey, RenamePasskey, RetryMail, RevokePanelDevice, RevokeToken, SetPassword, SetSecondFactor,
    ShowAssignment, ShowDevice, ShowInquiry, ShowOverview, ShowPanelRegistration, ShowPolicies, ShowQuestion,
    ShowQuestionReceipt, ShowReceipt, ShowRegistrationReceipt, ShowSession, ShowUser, StartFresh, StartPasskey,
    StartPasskeyCheck, UserSort, VouchForDesk, VouchForDeskChange,
};
pub use login::{
    CompleteReset, FindPasskey, FinishLogin, FinishPasskeyLogin, OpenReset, RequestReset, ResetOpened, SignedIn,
    StartLogin, StartPasskeyLogin, Verified,
};
pub use view::{
    DayCount, ExportPiece, NamedEntry, Overview, PanelRegistration, PoliciesView, SessionTenant, SessionView,
    SetupItem, SetupStep, Waiting,
};

/// What somebody shows with an action.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Credential {
    /// A browser's cookie.
    Session(PlainSessionToken),
    /// A personal access token.
    Token(PlainPersonalToken),
}

/// See [`crate::command::TenantCommand::Panel`].
#[derive(Clone, Serialize, Deserialize)]
pub struct Panel {
    /// Who asks.
    pub credential: Credential,
    /// The client's network address.
    pub client: String,
    /// An action's name.
    pub action: String,
    /// What goes with it, as it was sent.
    pub input: Value,
    /// The request's `Idempotency-Key`, hashed.
    pub idempotency_key: Option<crate::secret::HashedSecret>,
    /// Whether it is only asked if the action may be taken now: before what costs much is done for it.
    #[serde(default)]
    pub only_check: bool,
}

impl core::fmt::Debug for Panel {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Panel({})", self.action)
    }
}

/// An action's input, with what it answers and the right it takes.
pub trait Act: DeserializeOwned {
    /// What is answered.
    type Reply: Serialize;
    /// The name it travels under.
    const NAME: &'static str;
    /// What it takes.
    const RIGHT: Right;
}

/// How one action is described.
#[derive(Debug, Clone, Copy)]
pub struct Description {
    /// The name it travels under.
    pub name: &'static str,
    /// What it does.
    pub summary: &'static str,
    /// What it takes.
    pub right: Right,
    /// Whether it takes a password or a passkey given lately.
    pub fresh: bool,
    /// Whether its answer is kept under the request's `Idempotency-Key`, and given again where that comes twice.
    pub repeatable: bool,
    /// The schemas of its input and of its answer.
    #[cfg(feature = "openapi")]
    pub schemas: fn(&mut Schemas) -> (NamedSchema, NamedSchema),
}

/// A schema and what it is called.
#[cfg(feature = "openapi")]
pub type NamedSchema = (String, utoipa::openapi::RefOr<utoipa::openapi::Schema>);

/// Schemas that others refer to.
#[cfg(feature = "openapi")]
pub type Schemas = Vec<NamedSchema>;

macro_rules! actions {
    ($($summary:literal $name:ident $text:literal $right:ident $($flag:ident)? -> $reply:ty;)*) => {
        $(
            impl Act for $name {
                type Reply = $reply;
                const NAME: &'static str = $text;
                const RIGHT: Right = Right::$right;
            }
        )*

        /// Every action.
        pub const ACTIONS: &[Description] = &[$(Description {
            name: $text,
            summary: $summary,
            right: Right::$right,
            fresh: actions!(@fresh $($flag)?),
            repeatable: actions!(@repeatable $($flag)?),
            #[cfg(feature = "openapi")]
            schemas: schemas_of::<$name>,
        },)*];
    };
    (@fresh fresh) => { true };
    (@repeatable repeatable) => { true };
    (@$flag:ident $($other:ident)?) => { false };
}

#[cfg(feature = "openapi")]
fn schemas_of<A>(into: &mut Schemas) -> (NamedSchema, NamedSchema)
where
    A: Act + utoipa::ToSchema,
    A::Reply: utoipa::ToSchema,
{
    (schema_of::<A>(into), schema_of::<A::Reply>(into))
}

/// The schema of `T`; those that it refers to go `into`.
#[cfg(feature = "openapi")]
pub fn schema_of<T: utoipa::ToSchema>(into: &mut Schemas) -> NamedSchema {
    T::schemas(into);
    (T::name().into_owned(), T::schema())
}

/// The action called `name`.
#[must_use]
pub fn described(name: &str) -> Option<&'static Description> {
    ACTIONS.iter().find(|action| action.name == name)
}

actions! {
    "Who I am and what I may do" ShowSession "show_session" Own -> SessionView;
    "Signs out" EndSession "end_session" Own -> ();
    "Looks up the password to compare with, and counts the try" StartFresh "start_fresh" Own -> HashedPassword;
    "Notes that the password was given again" FinishFresh "finish_fresh" Own -> SessionView;
    "Asks for an answer with one of my passkeys: the second step of a login, or a login given lately" StartPasskeyCheck "start_passkey_check" Own -> PasskeyRequest;
    "Looks up my passkey's public key to check an answer with, and counts the try" FindOwnPasskey "find_own_passkey" Own -> Option<String>;
    "Takes an answer with my passkey" PasskeyAnswer "finish_passkey_check" Own -> SessionView;
    "My passkeys" ListPasskeys "list_passkeys" Own -> Page<PasskeyView>;
    "Asks for a new passkey" StartPasskey "start_passkey" Own fresh -> PasskeyCreation;
    "Adds a passkey" AddPasskey "add_passkey" Own fresh -> PasskeyView;
    "Renames one of my passkeys" RenamePasskey "rename_passkey" Own -> PasskeyView;
    "Removes one of my passkeys" RemovePasskey "remove_passkey" Own fresh -> ();
    "Says whether my login takes a passkey besides the password" SetSecondFactor "set_second_factor" Own fresh -> SessionView;
    "Sets a password of one's own" SetPassword "set_password" Own fresh -> SessionView;
    "My sessions" ListSessions "list_sessions" Own -> Page<SessionEntry>;
    "Ends one of my sessions" EndSessionOf "end_session_of" Own -> ();
    "Changes my language, time zone and alerts" ChangeMe "change_me" Own -> SessionView;
    "My personal access tokens" ListTokens "list_tokens" Own -> Page<PersonalTokenView>;
    "Makes a personal access token, shown this once" CreateToken "create_token" Own fresh -> NewPersonalToken;
    "Ends one of my personal access tokens" RevokeToken "revoke_token" Own -> ();

    "What waits for me, the steps of setting up, and the last 30 days" ShowOverview "show_overview" Overview -> Overview;

    "Requests of Viewers" ListRegistrations "list_registrations" RegistrationsRead -> Page<PanelRegistration>;
    "One request" ShowPanelRegistration "show_registration" RegistrationsRead -> PanelRegistration;
    "The signed receipt of the decision on a request" ShowRegistrationReceipt "show_registration_receipt" RegistrationsRead -> String;
    "Approves or refuses a request" Decide "decide" RegistrationsDecide fresh -> PanelRegistration;

    "The provider's questions" ListQuestions "list_questions" QuestionsRead -> Page<QuestionView>;
    "One question, with the text that is consented to" ShowQuestion "show_question" QuestionsRead -> QuestionView;
    "The signed receipt of the answer to a question" ShowQuestionReceipt "show_question_receipt" QuestionsRead -> String;
    "Approves or refuses a question" AnswerQuestion "answer_question" QuestionsDecide fresh -> QuestionView;

    "Devices" ListPanelDevices "list_devices" DevicesRead -> Page<DeviceView>;
    "One device" ShowDevice "show_device" DevicesRead -> DeviceView;
    "The signed receipt of the decision that let a device in" ShowReceipt "show_receipt" DevicesRead -> String;
    "Takes a device away" RevokePanelDevice "revoke_device" DevicesRevoke -> DeviceView;

    "All organisations" ListOrganizations "list_organizations" UsersRead -> Page<Organization>;
    "Adds an organisation" CreateOrganization "create_organization" UsersWrite repeatable -> Organization;
    "Renames or moves an organisation" ChangeOrganization "change_organization" UsersWrite -> Organization;
    "Removes an organisation without users and organisations below it" DeleteOrganization "delete_organization" UsersWrite -> ();

    "Users, by name or phonetic name" ListUsers "list_users" UsersRead -> Page<UserView>;
    "One user" ShowUser "show_user" UsersRead -> UserView;
    "Adds a user" CreateUser "create_user" UsersWrite repeatable -> UserView;
    "Changes a user" ChangeUser "change_user" UsersWrite -> UserView;
    "Removes a user without an account" DeleteUser "delete_user" UsersWrite -> ();
    "Gives a user an account" CreateAccount "create_account" AccountsWrite fresh -> UserView;
    "Changes an account" ChangeAccount "change_account" AccountsWrite fresh -> UserView;
    "Takes an account away; its passkeys, sessions and tokens end" DeleteAccount "delete_account" AccountsWrite fresh -> UserView;
    "Mails a new first password; the old password, passkeys, sessions and tokens end" ReissueAccount "reissue_account" AccountsWrite fresh -> UserView;

    "The audit log" ListPanelAudit "list_audit" AuditRead -> Page<NamedEntry>;
    "Signed heads of the audit log, newest first" ListPanelHeads "list_audit_heads" AuditRead -> Page<AuditHead>;
    "Writes a list out" Export "export" Own -> ExportPiece;

    "The tenant's name, language, time zone and policies" ShowPolicies "show_policies" PoliciesRead -> PoliciesView;
    "Changes the name, language, time zone or policies of the tenant" ChangePolicies "change_policies" PoliciesWrite fresh -> PoliciesView;

    "My tenant's inquiries" ListInquiries "list_inquiries" Inquiries -> Page<Inquiry>;
    "One inquiry with its messages" ShowInquiry "show_inquiry" Inquiries -> InquiryThread;
    "Asks the provider's support" CreateInquiry "create_inquiry" Inquiries repeatable -> InquiryThread;
    "Writes a further message, and opens the inquiry again" AnswerInquiry "answer_inquiry" Inquiries repeatable -> InquiryThread;
    "Closes an inquiry" CloseInquiry "close_inquiry" Inquiries -> InquiryThread;
    "A file of an inquiry" FetchAttachment "fetch_attachment" Inquiries -> FetchedAttachment;

    "The provider's customers" ListCustomers "list_customers" Desk -> Page<Customer>;
    "Customers' inquiries" ListDeskInquiries "list_desk_inquiries" Desk -> Page<DeskInquiry>;
    "An inquiry as it stands in the inbox: who takes care of it" ShowAssignment "show_assignment" Desk -> DeskInquiry;
    "Says who takes care of an inquiry" AssignInquiry "assign_inquiry" Desk -> DeskInquiry;
    "Questions that the desk has asked its customers" ListDeskQuestions "list_desk_questions" Desk -> Page<DeskQuestion>;
    "Who is at the desk" ListDeskStaff "list_desk_staff" Desk -> Page<DeskStaff>;
    "Vouches for whoever looks at a customer" VouchForDesk "vouch_for_desk" Desk -> DeskVoucher;
    "Vouches for whoever changes a customer" VouchForDeskChange "vouch_for_desk_change" Desk fresh -> DeskVoucher;

    "Mails that could not be delivered" ListMails "list_mails" Mails -> Page<OutboxView>;
    "Sends an undeliverable mail again" RetryMail "retry_mail" Mails -> ();
}

#[cfg(test)]
mod tests {
    use super::{ACTIONS, described};

    #[test]
    fn each_action_has_a_name_of_its_own() {
        for action in ACTIONS {
            assert_eq!(described(action.name).unwrap().summary, action.summary);
        }
    }
}
