//! Commands to a tenant's object and their replies: the only interface between `routes` and `objects`. A command is
//! parsed input, so its content is well-formed. The object decides whether it is allowed.

pub mod keyring;

mod appointment;
mod attended;
mod enrolment;
mod grant;
mod link;
mod login;
pub(crate) mod operator;
mod registration;
mod session;

use serde::{Deserialize, Serialize};

use crate::account::AdministratorView;
use crate::appointment::Preflight;
use crate::appointment::page::AppointmentPage;
use crate::attended::page::AttendedPage;
use crate::audit::AuditEntry;
use crate::audit::head::AuditHead;
use crate::desk::{
    Desk, DeskAction, NoteAppointment, NoteAttended, NoteCustomer, NoteFace, NoteInquiry, NoteLaunch, NoteQuestion,
};
use crate::device::DeviceView;
use crate::enrolment::answer::NoteMachineAnswer;
use crate::enrolment::machine::NoteMachine;
use crate::face::Logo;
use crate::outbox::OutboxView;
use crate::panel::{self, Panel};
use crate::passkey::options::PasskeyRequest;
use crate::password::HashedPassword;
use crate::secret::PlainIntrospectionSecret;
use crate::slug::Slug;
use crate::tenant::TenantView;
use crate::wire::object::{Command, Object};
use crate::wire::page::Page;

pub use appointment::{
    AnswerAppointment, AppointmentAct, FetchAppointmentReceipt, ReportPreflight, ShowCalendarFeed, ViewAppointment,
};
pub use attended::{ConsentAttended, LinkAttended, ViewAttended, VouchForKnock};
pub use enrolment::{
    IdentifyMachine, MachineAccepted, MachineIdentified, NoteEquipment, PollEnrolment, ReportedSerial,
};
pub use grant::{
    CheckedProof, EnrolAgent, Granted, Introspect, Introspected, RedeemDeviceCode, RefreshTokens, RevokeToken,
    RevokedToken,
};
pub use link::{
    ApprovalView, ConfirmAddress, ConfirmationView, DecideApproval, FetchReceipt, ViewApproval, ViewConfirmation,
};
pub use login::{
    CompleteReset, FindPasskey, FinishLogin, FinishPasskeyLogin, OpenReset, RequestReset, ResetOpened, SignedIn,
    StartLogin, StartPasskeyLogin,
};
pub use operator::{
    AddAdministrator, CreateTenant, ListAudit, ListAuditHeads, ListDevices, ListOutbox, RenewIntrospectionSecret,
    RetryOutbox, RevokeDevice, SetTenantState, ShowLogo, ShowTenant, UpdateTenant,
};
pub use registration::{
    CodesEntered, EnterCodes, Register, Registered, RegistrationView, ResendMail, ShowRegistration,
    WithdrawRegistration,
};
pub use session::{
    AdmitGuest, EndSession, ExtendSession, GuestVoucher, JoinSession, KnockSession, KnockVoucher, Knocked, NoteSession,
    OpenSession, Session, SessionCommand, SessionOn, SessionTicket, SessionVoucher,
};

/// One object per customer contract or provider; it makes every decision about that tenant.
#[derive(Debug)]
pub enum Tenant {}

impl Object for Tenant {
    const BINDING: &'static str = "TENANT";
    type Name = Slug;
    type Command = TenantCommand;
}

/// A command's effects beyond its reply.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Effects {
    /// Whether a successful run leaves nothing to do later, neither a delivery nor an audit entry that awaits its
    /// signed head, so that the alarm need not be checked afterwards. A refused command may still leave work: a reused
    /// refresh token revokes its device.
    pub quiet: bool,
    /// Whether the command is all or nothing. The other commands leave changes behind even when they are refused:
    /// attempts are counted, and a reused token revokes its family.
    pub whole: bool,
    /// Whether it may change data that the edge caches: the directory or the revocations.
    pub touches_copies: bool,
}

const NONE: Effects = Effects {
    quiet: false,
    whole: false,
    touches_copies: false,
};
const QUIET: Effects = Effects { quiet: true, ..NONE };
const WHOLE: Effects = Effects { whole: true, ..NONE };
const COPIES: Effects = Effects {
    touches_copies: true,
    ..NONE
};
const QUIET_COPIES: Effects = Effects {
    touches_copies: true,
    ..QUIET
};
const WHOLE_COPIES: Effects = Effects {
    touches_copies: true,
    ..WHOLE
};

impl Panel {
    fn effects(&self) -> Effects {
        let action = panel::described(&self.action);
        Effects {
            quiet: action.is_some_and(|action| action.quiet),
            touches_copies: action.is_some_and(|action| action.touches_copies),
            ..WHOLE
        }
    }
}

impl Desk {
    const fn effects(&self) -> Effects {
        Effects {
            touches_copies: matches!(self.action, DeskAction::Create(_) | DeskAction::SetState(_)),
            ..WHOLE
        }
    }
}

macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident -> $reply:ty = $effects:expr;)*) => {
        /// Any command to a tenant's object, as sent to it.
        #[derive(Debug, Clone, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum TenantCommand {
            $($(#[$doc])* $name($name),)*
        }

        impl TenantCommand {
            /// The command's effects beyond its reply.
            #[must_use]
            pub fn effects(&self) -> Effects {
                match self {
                    $(Self::$name(command) => {
                        let effects: fn(&$name) -> Effects = $effects;
                        effects(command)
                    })*
                }
            }
        }

        $(
            impl Command for $name {
                type To = Tenant;
                type Reply = $reply;
            }

            impl From<$name> for TenantCommand {
                fn from(command: $name) -> Self {
                    Self::$name(command)
                }
            }
        )*
    };
}

commands! {
    /// Creates the tenant.
    CreateTenant -> TenantView = |_| WHOLE_COPIES;
    /// Shows the tenant.
    ShowTenant -> TenantView = |_| QUIET;
    /// Changes the given members of the tenant.
    UpdateTenant -> TenantView = |_| WHOLE_COPIES;
    /// Suspends or resumes the tenant.
    SetTenantState -> TenantView = |_| WHOLE_COPIES;
    /// Adds an administrator.
    AddAdministrator -> AdministratorView = |_| WHOLE;
    /// Creates a new introspection secret.
    RenewIntrospectionSecret -> PlainIntrospectionSecret = |_| WHOLE;
    /// Lists devices.
    ListDevices -> Page<DeviceView> = |_| QUIET;
    /// Revokes a device.
    RevokeDevice -> () = |_| WHOLE_COPIES;
    /// Lists the audit log.
    ListAudit -> Page<AuditEntry> = |_| QUIET;
    /// Lists the signed heads of the audit log.
    ListAuditHeads -> Page<AuditHead> = |_| QUIET;
    /// Lists undelivered outbox entries.
    ListOutbox -> Page<OutboxView> = |_| QUIET;
    /// Enqueues an undeliverable outbox entry again.
    RetryOutbox -> () = |_| WHOLE;
    /// A Viewer requests access.
    Register -> Registered = |_| NONE;
    /// A Viewer asks for the state of its registration.
    ShowRegistration -> RegistrationView = |_| QUIET;
    /// A Viewer asks for the pending mail to be sent again.
    ResendMail -> () = |_| NONE;
    /// A Viewer withdraws its request.
    WithdrawRegistration -> () = |_| NONE;
    /// A Viewer polls and collects its tokens once they are granted.
    RedeemDeviceCode -> Granted = |_| NONE;
    /// An agent enrols with a code.
    EnrolAgent -> Granted = |_| WHOLE;
    /// A machine identifies itself to its provider.
    IdentifyMachine -> MachineIdentified = |_| NONE;
    /// A machine that has identified itself asks whether it was accepted.
    PollEnrolment -> MachineAccepted = |_| QUIET;
    /// A Viewer or an agent refreshes its tokens.
    RefreshTokens -> Granted = |_| QUIET_COPIES;
    /// A client revokes a token.
    RevokeToken -> () = |_| COPIES;
    /// A resource server introspects a token.
    Introspect -> Introspected = |_| QUIET;
    /// A person opens an approval link.
    ViewApproval -> ApprovalView = |_| QUIET;
    /// A person answers an approval.
    DecideApproval -> ApprovalView = |_| NONE;
    /// A person fetches the receipt.
    FetchReceipt -> String = |_| QUIET;
    /// A person opens an address confirmation link.
    ViewConfirmation -> ConfirmationView = |_| QUIET;
    /// A person confirms their address.
    ConfirmAddress -> ConfirmationView = |_| NONE;
    /// A person enters the user code and the activation code on the page.
    EnterCodes -> CodesEntered = |_| NONE;
    /// A login begins; the reply is the stored hash to compare the password with.
    StartLogin -> HashedPassword = |_| NONE;
    /// The password was compared; the command carries the result.
    FinishLogin -> SignedIn = |_| NONE;
    /// A login with a passkey begins; the reply is the challenge for the authenticator to sign.
    StartPasskeyLogin -> PasskeyRequest = |_| QUIET;
    /// A passkey was presented; the reply is the public key to verify it with, if the passkey is known here.
    FindPasskey -> Option<String> = |_| NONE;
    /// The passkey was verified; the command carries the result.
    FinishPasskeyLogin -> SignedIn = |_| NONE;
    /// Somebody has forgotten their password.
    RequestReset -> () = |_| NONE;
    /// A person opens a password reset link.
    OpenReset -> ResetOpened = |_| QUIET;
    /// A person sets a new password by such a link.
    CompleteReset -> () = |_| NONE;
    /// An action of the panel.
    Panel -> serde_json::Value = Panel::effects;
    /// The provider's desk acts in a customer's tenant.
    Desk -> serde_json::Value = Desk::effects;
    /// A customer reports its state to its provider.
    NoteCustomer -> () = |_| NONE;
    /// A provider reports to a customer how it presents itself.
    NoteFace -> () = |_| COPIES;
    /// The logo is requested.
    ShowLogo -> Option<Logo> = |_| QUIET;
    /// A customer reports the state of an inquiry to its provider.
    NoteInquiry -> () = |_| NONE;
    /// A customer reports the state of a question to its provider.
    NoteQuestion -> () = |_| NONE;
    /// A customer reports the state of a launch to its provider.
    NoteLaunch -> () = |_| NONE;
    /// A customer reports the state of an attended session to its provider.
    NoteAttended -> () = |_| NONE;
    /// A customer reports the state of an appointment to its provider.
    NoteAppointment -> () = |_| NONE;
    /// A person opens the link to an appointment.
    ViewAppointment -> AppointmentPage = |_| QUIET;
    /// A person answers for the customer: chooses a time, proposes others, declines or cancels.
    AnswerAppointment -> AppointmentPage = |_| WHOLE;
    /// A participant's browser reports what it has measured.
    ReportPreflight -> Preflight = |_| WHOLE;
    /// A person fetches the receipt of the agreed date.
    FetchAppointmentReceipt -> String = |_| QUIET;
    /// A calendar program reads a feed.
    ShowCalendarFeed -> String = |_| QUIET;
    /// A person opens the link to an attended session.
    ViewAttended -> AttendedPage = |_| QUIET;
    /// A person consents to take part in an attended session.
    ConsentAttended -> GuestVoucher = |_| WHOLE;
    /// Somebody types ID and password of an attended session on the provider's page; the try is counted.
    VouchForKnock -> KnockVoucher = |_| WHOLE;
    /// ID and password were right; the reply is the token of the attended session's link.
    LinkAttended -> String = |_| QUIET;
    /// A customer reports serial numbers to its provider.
    NoteEquipment -> () = |_| WHOLE;
    /// A provider vouches for a machine to a customer.
    NoteMachine -> () = |_| WHOLE;
    /// A customer reports to its provider what became of a machine.
    NoteMachineAnswer -> () = |_| WHOLE;
    /// A session reports what has happened in it.
    NoteSession -> () = |_| NONE;
}

/// Commands that carry a person's input or secrets from a mail: only their names may be printed.
macro_rules! redacted {
    ($($name:ident)*) => {
        $(
            impl core::fmt::Debug for $name {
                fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                    f.write_str(concat!(stringify!($name), "(…)"))
                }
            }
        )*
    };
}

redacted! { ViewAppointment AnswerAppointment ReportPreflight FetchAppointmentReceipt ViewAttended ConsentAttended IdentifyMachine PollEnrolment StartLogin FinishLogin StartPasskeyLogin FindPasskey FinishPasskeyLogin RequestReset OpenReset CompleteReset RedeemDeviceCode EnterCodes ViewApproval DecideApproval FetchReceipt ViewConfirmation ConfirmAddress }
