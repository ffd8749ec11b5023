//! What somebody does with their own account and sessions (C2).

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
    "Who I am and what I may do"
    Show -> SessionView {}
    = Action::new("show_session", Right::Own).reading().always();

    "Signs out"
    End -> () {}
    = Action::new("end_session", Right::Own).always().entering(&["session.end"]);

    "Looks up the password to compare with, and counts the try"
    StartFresh -> HashedPassword {}
    = Action::new("start_fresh", Right::Own);

    "Notes that the password was given again"
    FinishFresh -> SessionView {
        /// What the comparison gave; `None` when the password was wrong.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        verified: Option<Verified>,
    }
    = Action::new("finish_fresh", Right::Own).entering(&["session.authenticate"]);

    "Sets a password of one's own"
    SetPassword -> SessionView {
        /// The new password's stored form.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        hash: HashedPassword,
    }
    = Action::new("set_password", Right::Own).fresh().step_of(SessionState::NewPassword).entering(&["password.set"]);

    "My sessions"
    Sessions -> Page<SessionEntry> {}
    = Action::new("list_sessions", Right::Own).reading();

    "Ends one of my sessions"
    EndSession -> () {
        /// Which.
        id: SessionId,
    }
    = Action::new("end_session_of", Right::Own).entering(&["session.end"]);

    "Changes my language, time zone and alerts"
    /// What is absent stays.
    Change -> SessionView {
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
    = Action::new("change_me", Right::Own).entering(&["account.update"]);
}

/// Whose session it is, and what they may do.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionView {
    /// What the session may be used for.
    pub state: SessionState,
    /// The person.
    pub user_id: UserId,
    /// The name they log in with.
    pub account: AccountName,
    /// Their name.
    pub name: PersonName,
    /// Their main mail address.
    pub email: Option<EmailAddress>,
    /// What they are.
    pub role: Role,
    /// The organisation they are limited to.
    pub organization: Option<OrganizationId>,
    /// What they may do.
    pub rights: Vec<Right>,
    /// Whether they have the support option.
    pub support_option: bool,
    /// The alerts they want.
    pub alerts: Alerts,
    /// Their language.
    pub locale: Locale,
    /// Their time zone.
    pub time_zone: TimeZone,
    /// Whether the account takes a passkey besides the password.
    pub second_factor: bool,
    /// Until when dangerous operations need no new authentication.
    pub fresh_until: UnixSeconds,
    /// When the session ends at the latest.
    pub expires_at: UnixSeconds,
    /// Where they are.
    pub tenant: SessionTenant,
}

/// The tenant a session is in.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionTenant {
    /// Its domain.
    pub slug: Slug,
    /// Its name.
    pub name: OrganizationName,
    /// Customer or provider.
    pub kind: TenantKind,
    /// Its language.
    pub locale: Locale,
    /// Its time zone.
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
