//! The timeline of a launch.

use serde::{Deserialize, Serialize};

use crate::time::UnixSeconds;

/// What happened, for the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// The desk requested it.
    Requested,
    /// Somebody at the machine started it.
    Offered,
    /// The desk opened an attended session.
    Opened,
    /// The desk mailed an invitation to it.
    Invited,
    /// Somebody at the customer consented and joined it.
    Consented,
    /// An administrator approved.
    Approved,
    /// An administrator refused.
    Refused,
    /// The desk withdrew the request.
    Withdrawn,
    /// The desk executed it.
    Executed,
    /// The desk wanted to execute it, but the machine was not connected.
    MachineAway,
    /// The machine is connected again.
    MachineBack,
    /// The agent confirmed that it has started.
    Started,
    /// The agent did not start.
    Declined,
    /// The agent did not answer in time.
    Unconfirmed,
    /// ID and password were issued.
    Issued,
    /// A member of the desk's staff joined the session.
    Joined,
    /// A member of the desk's staff left the session.
    Left,
    /// Too many wrong passwords: joining is locked.
    Locked,
    /// The desk looked at the machine's state or its log files.
    Diagnostics,
    /// The desk restarted the software.
    RestartSoftware,
    /// The desk restarted the machine.
    RestartMachine,
    /// The desk saw the machine's screen.
    ViewScreen,
    /// The desk controlled the machine's screen.
    ControlScreen,
    /// The desk used a terminal.
    Terminal,
    /// A file was exchanged.
    Files,
    /// Somebody began to share their screen.
    Shared,
    /// Somebody stopped sharing their screen.
    Unshared,
    /// The desk removed somebody from the session.
    Removed,
    /// An administrator approved more time.
    Extended,
    /// It ended.
    Ended,
}

/// One step of the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Step {
    /// When.
    pub at: UnixSeconds,
    /// What.
    pub what: StepKind,
    /// The person's name, if a person did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// How it went, or what it was done to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}
