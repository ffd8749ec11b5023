//! Actions on one's own account and sessions (C2).

use serde::{Deserialize, Serialize};

use crate::account::{AccountName, Alerts};
use crate::console_session::{SessionEntry, SessionState};
use crate::email::EmailAddress;
use crate::id::{OrganizationId, SessionId, UserId};
use crate::locale::Locale;
use crate::password::{HashedPassword, Verified};
use crate::right::{Right, Role};
use crate::slug::Slug;
use crate::tenant::{Tenant, TenantKind};
use crate::text::{OrganizationName, PersonName};
use crate::time::{TimeZone, UnixSeconds};
use crate::wire::page::Page;

actions! {
    "Shows the current user and their rights"
    Show -> SessionView {}
    = Action::new("show_session", Right::Own).reading().always();

    "Signs out"
    End -> () {}
    = Action::new("end_session", Right::Own).always().entering(&["session.end"]);

    "Returns the stored password for the comparison and counts the attempt"
    StartFresh -> HashedPassword {}
    = Action::new("start_fresh", Right::Own);

    "Records the result of a repeated password check"
    FinishFresh -> SessionView {
        /// Result of the comparison; `None` when the password was wrong.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        verified: Option<Verified>,
    }
    = Action::new("finish_fresh", Right::Own).entering(&["session.authenticate"]);

    "Sets the current user's password"
    SetPassword -> SessionView {
        /// The new password in its stored form.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        hash: HashedPassword,
    }
    = Action::new("set_password", Right::Own).fresh().step_of(SessionState::NewPassword).entering(&["password.set"]);

    "Lists the current user's sessions"
    Sessions -> Page<SessionEntry> {}
    = Action::new("list_sessions", Right::Own).reading();

    "Ends one of the current user's sessions"
    EndSession -> () {
        /// ID of the session.
        id: SessionId,
    }
    = Action::new("end_session_of", Right::Own).entering(&["session.end"]);

    "Changes the current user's language, time zone and alerts"
    /// Absent members stay unchanged.
    Change -> SessionView {
        /// The user's language.
        #[serde(default)]
        locale: Option<Locale>,
        /// The user's time zone.
        #[serde(default)]
        time_zone: Option<TimeZone>,
        /// Alerts to receive by mail.
        #[serde(default)]
        alerts: Option<Alerts>,
    }
    = Action::new("change_me", Right::Own).entering(&["account.update"]);
}

/// A session with its user, their rights and their tenant.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionView {
    /// State of the session, which determines what it may be used for.
    pub state: SessionState,
    /// The user's ID.
    pub user_id: UserId,
    /// The user's login name.
    pub account: AccountName,
    /// The user's name.
    pub name: PersonName,
    /// The user's primary mail address.
    pub email: Option<EmailAddress>,
    /// The user's role.
    pub role: Role,
    /// Organisation that the user is limited to.
    pub organization: Option<OrganizationId>,
    /// The user's rights.
    pub rights: Vec<Right>,
    /// Whether the account has the support option.
    pub support_option: bool,
    /// Alerts that the user receives.
    pub alerts: Alerts,
    /// The user's language.
    pub locale: Locale,
    /// The user's time zone.
    pub time_zone: TimeZone,
    /// Whether the account requires a passkey in addition to the password.
    pub second_factor: bool,
    /// End of the period in which sensitive operations need no new authentication.
    pub fresh_until: UnixSeconds,
    /// Latest end of the session.
    pub expires_at: UnixSeconds,
    /// The tenant that the session belongs to.
    pub tenant: SessionTenant,
}

/// The tenant that a session belongs to.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionTenant {
    /// The tenant's domain.
    pub slug: Slug,
    /// The tenant's name.
    pub name: OrganizationName,
    /// Customer or provider.
    pub kind: TenantKind,
    /// The tenant's language.
    pub locale: Locale,
    /// The tenant's time zone.
    pub time_zone: TimeZone,
}

impl From<&Tenant> for SessionTenant {
    fn from(tenant: &Tenant) -> Self {
        Self {
            slug: tenant.slug.clone(),
            name: tenant.name.clone(),
            kind: tenant.kind,
            locale: tenant.locale,
            time_zone: tenant.time_zone.clone(),
        }
    }
}
