//! What an administrator sees first (C8).

use serde::{Deserialize, Serialize};

use crate::right::Right;

use super::audit::NamedEntry;

actions! {
    "What waits for me, the steps of setting up, and the last 30 days"
    Show -> Overview {}
    = Action::new("show_overview", Right::Overview).reading();
}

/// What waits for an administrator.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Waiting {
    /// Requests to answer, counted up to 100.
    pub registrations: i64,
    /// The provider's questions to answer, counted up to 100.
    pub questions: i64,
    /// Inquiries with an answer that was not read, counted up to 100.
    pub inquiries: i64,
    /// Undeliverable mails, counted up to 100.
    pub mails: i64,
}

/// A step of setting up (C8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SetupStep {
    /// A password of one's own.
    Password,
    /// A second system administrator (C5).
    SecondAdministrator,
    /// The policies were looked through and saved.
    Policies,
    /// A user besides the administrators.
    FirstUser,
    /// A Viewer in use.
    FirstDevice,
}

/// A step of setting up, and whether it is done.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SetupItem {
    /// Which.
    pub step: SetupStep,
    /// Whether it is done.
    pub done: bool,
}

/// How many requests and answers there were on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DayCount {
    /// The day in the tenant's time zone, `2026-11-21`.
    #[cfg_attr(feature = "openapi", schema(format = Date))]
    pub day: String,
    /// Requests made.
    pub requests: i64,
    /// Requests approved.
    pub approved: i64,
    /// Requests refused.
    pub refused: i64,
}

/// What an administrator sees first.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Overview {
    /// What waits.
    pub waiting: Waiting,
    /// The steps of setting up, in their order.
    pub setup: Vec<SetupItem>,
    /// Whether there is only one system administrator (C5).
    pub recommend_second_administrator: bool,
    /// The last 30 days, oldest first.
    pub days: Vec<DayCount>,
    /// The latest entries of the audit log, newest first; none for those who may not read it.
    pub latest: Vec<NamedEntry>,
}
