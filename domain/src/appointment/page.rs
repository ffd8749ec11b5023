//! What the page behind a link to an appointment shows, as the customer's tenant tells the route.

use serde::{Deserialize, Serialize};

use super::AppointmentView;
use crate::locale::Locale;
use crate::text::{OrganizationName, PersonName};
use crate::time::TimeZone;

/// An appointment, as its link shows it to anybody who has the link.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AppointmentPage {
    /// The customer's name.
    pub tenant_name: OrganizationName,
    /// The appointment. The other people's results are not in it, nor are they shown in the page, as are no mail addresses.
    pub view: AppointmentView,
    /// The place among the participants of the person that the link was mailed to.
    pub place: usize,
    /// The name of that person.
    pub invited: PersonName,
    /// Language of the page.
    pub locale: Locale,
    /// The zone of its times.
    pub time_zone: TimeZone,
    /// Whether the customer's tenant is suspended.
    pub suspended: bool,
    /// The statement for each of the times that can be chosen, in order; empty if there is nothing to choose.
    pub statements: Vec<String>,
    /// The address of the session's page for this person, once the session is open.
    pub join: Option<String>,
}
