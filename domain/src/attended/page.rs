//! What the page behind a link to an attended session shows, as the customer's tenant tells the route.

use serde::{Deserialize, Serialize};

use super::AttendedState;
use crate::locale::Locale;
use crate::text::{OrganizationName, PersonName, SessionTitle};

/// An attended session, as its link shows it to anybody who has the link.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AttendedPage {
    /// The customer's name.
    pub tenant_name: OrganizationName,
    /// The provider's name at the time it was opened.
    pub provider_name: OrganizationName,
    /// What it is about.
    pub title: SessionTitle,
    /// The member of the desk's staff who opened it.
    pub host: PersonName,
    /// The name of the person that the link was mailed to.
    pub invited: Option<PersonName>,
    /// Language of the page.
    pub locale: Locale,
    /// Its state.
    pub state: AttendedState,
    /// Whether the customer's tenant is suspended.
    pub suspended: bool,
    /// What a person consents to, to be shown verbatim.
    pub statement: String,
}
