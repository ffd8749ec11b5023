//! The overview, an administrator's first page (C8).

use serde::{Deserialize, Serialize};

use crate::desk::Customer;
use crate::question::DeskQuestion;
use crate::right::Right;

use super::audit::NamedEntry;

actions! {
    "Shows pending work, the setup steps and the last 30 days"
    Show -> Overview {}
    = Action::new("show_overview", Right::Overview).reading();
}

/// An administrator's pending work.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Waiting {
    /// Requests that await an answer, counted up to 100.
    pub registrations: i64,
    /// Questions from the provider that await an answer, counted up to 100.
    pub questions: i64,
    /// Inquiries whose latest message is from the desk, or at the desk, those that await its answer; counted up to 100.
    pub inquiries: i64,
    /// Applications that await an answer from the desk, counted up to 100.
    pub applications: i64,
    /// Those of them that are overdue, counted up to 100.
    pub applications_overdue: i64,
    /// Undeliverable mails, counted up to 100.
    pub mails: i64,
}

/// A setup step (C8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SetupStep {
    /// Replacing the temporary password.
    Password,
    /// Adding a second system administrator (C5).
    SecondAdministrator,
    /// Reviewing and saving the policies.
    Policies,
    /// Adding a user besides the administrators.
    FirstUser,
    /// Putting a first Viewer into use.
    FirstDevice,
}

/// The status of a setup step.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SetupItem {
    /// The step.
    pub step: SetupStep,
    /// Whether it is done.
    pub done: bool,
}

/// Number of requests and answers on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DayCount {
    /// The day in the tenant's time zone, such as `2026-11-21`.
    #[cfg_attr(feature = "openapi", schema(format = Date))]
    pub day: String,
    /// Requests made.
    pub requests: i64,
    /// Requests approved.
    pub approved: i64,
    /// Requests refused.
    pub refused: i64,
}

/// A provider's customers and what its desk has asked them.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskOverview {
    /// Number of customers.
    pub customers: i64,
    /// Number of suspended customers.
    pub suspended: i64,
    /// Number of customers in use whose setup is unfinished.
    pub unfinished: i64,
    /// The newest of those, at most five.
    pub unfinished_customers: Vec<Customer>,
    /// Questions that await a customer's answer, counted up to 100.
    pub open_questions: i64,
    /// Those of them that expire first, at most five.
    pub questions: Vec<DeskQuestion>,
}

/// The overview.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Overview {
    /// Pending work.
    pub waiting: Waiting,
    /// Setup steps, in order.
    pub setup: Vec<SetupItem>,
    /// Whether there is only one system administrator (C5).
    pub recommend_second_administrator: bool,
    /// The last 30 days, oldest first.
    pub days: Vec<DayCount>,
    /// Latest entries of the audit log, newest first; empty without the right to read the log.
    pub latest: Vec<NamedEntry>,
    /// The customers; only for staff of a provider's desk.
    pub desk: Option<DeskOverview>,
}
