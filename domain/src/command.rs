//! Commands to a tenant's object and its replies: the one language between `routes` and `objects`.
//!
//! A command is parsed input; what is in it has the right shape. Whether it is allowed is for the object to decide.

pub mod keyring;

mod grant;
mod link;
mod login;
pub(crate) mod operator;
mod registration;

use serde::{Deserialize, Serialize};

use crate::account::AdministratorView;
use crate::audit::AuditEntry;
use crate::audit::head::AuditHead;
use crate::desk::{Desk, DeskAction, NoteCustomer, NoteInquiry, NoteQuestion};
use crate::device::DeviceView;
use crate::outbox::OutboxView;
use crate::panel::{self, Panel};
use crate::passkey::options::PasskeyRequest;
use crate::password::HashedPassword;
use crate::secret::PlainIntrospectionSecret;
use crate::slug::Slug;
use crate::tenant::TenantView;
use crate::wire::object::{Command, Object};
use crate::wire::page::Page;

pub use grant::{
    CheckedProof, Granted, Introspect, Introspected, RedeemDeviceCode, RefreshTokens, RevokeToken, RevokedToken,
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
    RetryOutbox, RevokeDevice, SetTenantState, ShowTenant, UpdateTenant,
};
pub use registration::{
    CodesEntered, EnterCodes, Register, Registered, RegistrationView, ResendMail, ShowRegistration,
    WithdrawRegistration,
};

/// One per customer contract or provider: everything that is decided about it.
#[derive(Debug)]
pub enum Tenant {}

impl Object for Tenant {
    const BINDING: &'static str = "TENANT";
    type Name = Slug;
    type Command = TenantCommand;
}

/// What a command does besides what it answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Effects {
    /// Whether carrying it out leaves nothing to do later, neither a delivery nor an entry that waits for its signed head,
    /// so that nobody has to look at the alarm afterwards. A refusal may still leave something: a re-used refresh token
    /// ends its device.
    pub quiet: bool,
    /// Whether it happens whole or not at all. Of the others something stays when they are refused: tries are counted,
    /// re-used tokens end their family.
    pub whole: bool,
    /// Whether it may change what the edge keeps copies of: the directory or the revocations.
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
        /// Any command to a tenant's object, as it travels.
        #[derive(Debug, Clone, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum TenantCommand {
            $($(#[$doc])* $name($name),)*
        }

        impl TenantCommand {
            /// What it does besides what it answers.
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
    /// Makes the tenant.
    CreateTenant -> TenantView = |_| WHOLE_COPIES;
    /// Shows the tenant.
    ShowTenant -> TenantView = |_| QUIET;
    /// Changes some of the tenant.
    UpdateTenant -> TenantView = |_| WHOLE_COPIES;
    /// Suspends or resumes the tenant.
    SetTenantState -> TenantView = |_| WHOLE_COPIES;
    /// Adds an administrator.
    AddAdministrator -> AdministratorView = |_| WHOLE;
    /// Makes a new introspection secret.
    RenewIntrospectionSecret -> PlainIntrospectionSecret = |_| WHOLE;
    /// Lists devices.
    ListDevices -> Page<DeviceView> = |_| QUIET;
    /// Takes a device away.
    RevokeDevice -> () = |_| WHOLE_COPIES;
    /// Lists the audit log.
    ListAudit -> Page<AuditEntry> = |_| QUIET;
    /// Lists the signed heads of the audit log.
    ListAuditHeads -> Page<AuditHead> = |_| QUIET;
    /// Lists what waits to leave.
    ListOutbox -> Page<OutboxView> = |_| QUIET;
    /// Puts an undeliverable row back in line.
    RetryOutbox -> () = |_| WHOLE;
    /// A Viewer asks to be let in.
    Register -> Registered = |_| NONE;
    /// A Viewer asks where its registration stands.
    ShowRegistration -> RegistrationView = |_| QUIET;
    /// A Viewer asks for the waiting mail once more.
    ResendMail -> () = |_| NONE;
    /// A Viewer takes its request back.
    WithdrawRegistration -> () = |_| NONE;
    /// A Viewer polls and, when it may, collects its tokens.
    RedeemDeviceCode -> Granted = |_| NONE;
    /// A Viewer renews its tokens.
    RefreshTokens -> Granted = |_| QUIET_COPIES;
    /// A token is given back.
    RevokeToken -> () = |_| COPIES;
    /// A resource server asks about a token.
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
    /// A person types user code and activation code on the page.
    EnterCodes -> CodesEntered = |_| NONE;
    /// Somebody wants to log in: the password to compare with.
    StartLogin -> HashedPassword = |_| NONE;
    /// The password was compared.
    FinishLogin -> SignedIn = |_| NONE;
    /// Somebody wants to log in with a passkey: what their authenticator is to sign.
    StartPasskeyLogin -> PasskeyRequest = |_| QUIET;
    /// Somebody shows a passkey: the public key to check it with, if it is known here.
    FindPasskey -> Option<String> = |_| NONE;
    /// The passkey was checked.
    FinishPasskeyLogin -> SignedIn = |_| NONE;
    /// Somebody has forgotten their password.
    RequestReset -> () = |_| NONE;
    /// A person opens the link of a password reset.
    OpenReset -> ResetOpened = |_| QUIET;
    /// A person sets a new password by such a link.
    CompleteReset -> () = |_| NONE;
    /// An action of the panel.
    Panel -> serde_json::Value = Panel::effects;
    /// The provider's desk acts in a customer's tenant.
    Desk -> serde_json::Value = Desk::effects;
    /// A customer tells its provider how it is.
    NoteCustomer -> () = |_| NONE;
    /// A customer tells its provider how an inquiry is.
    NoteInquiry -> () = |_| NONE;
    /// A customer tells its provider how a question is.
    NoteQuestion -> () = |_| NONE;
}

/// Commands that carry what a person or a mail brought: their names are all that may be printed.
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

redacted! { StartLogin FinishLogin StartPasskeyLogin FindPasskey FinishPasskeyLogin RequestReset OpenReset CompleteReset RedeemDeviceCode EnterCodes ViewApproval DecideApproval FetchReceipt ViewConfirmation ConfirmAddress }
