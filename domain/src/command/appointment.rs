//! Commands around an appointment's links: the page, the answers, and the pre-flight check.

use serde::{Deserialize, Serialize};

use crate::appointment::{Counter, preflight::Measured};
use crate::locale::Locale;
use crate::secret::PlainFeedToken;
use crate::text::{PersonName, Reason};

/// See [`super::TenantCommand::ViewAppointment`].
#[derive(Clone, Serialize, Deserialize)]
pub struct ViewAppointment {
    /// The link's token.
    pub token: String,
    /// Requested language; defaults to the person's own, then to `browser`.
    pub asked: Option<Locale>,
    /// The browser's language.
    pub browser: Locale,
    /// The name of the zone to show times in; defaults to the one chosen before, then to the customer's. An unknown one is
    /// ignored.
    pub zone: Option<String>,
}

/// What a person answers on the page behind a link.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppointmentAct {
    /// They choose one of the proposed times.
    Choose {
        /// The number of the proposal.
        proposal: u32,
        /// Which of its times, counted from 0.
        time: usize,
    },
    /// They decline the proposal.
    Decline {
        /// The number of the proposal.
        proposal: u32,
        /// Why.
        reason: Option<Reason>,
    },
    /// They propose other times.
    Counter(Counter),
    /// They cancel the appointment.
    Cancel {
        /// Why.
        reason: Reason,
    },
}

/// See [`super::TenantCommand::AnswerAppointment`].
#[derive(Clone, Serialize, Deserialize)]
pub struct AnswerAppointment {
    /// The link's token.
    pub token: String,
    /// The answer.
    pub act: AppointmentAct,
    /// The person's name, as they typed it.
    pub name: PersonName,
    /// Language in which they read what it means.
    pub locale: Locale,
    /// The name of the zone that they saw times in, which is kept as their choice.
    pub zone: Option<String>,
    /// The client's network address.
    pub client: String,
}

/// See [`super::TenantCommand::ReportPreflight`].
#[derive(Clone, Serialize, Deserialize)]
pub struct ReportPreflight {
    /// The link's token.
    pub token: String,
    /// What was measured.
    pub measured: Measured,
    /// The client's network address.
    pub client: String,
}

/// See [`super::TenantCommand::FetchAppointmentReceipt`].
#[derive(Clone, Serialize, Deserialize)]
pub struct FetchAppointmentReceipt {
    /// The link's token.
    pub token: String,
}

/// See [`super::TenantCommand::ShowCalendarFeed`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ShowCalendarFeed {
    /// The secret in the feed's address.
    pub token: PlainFeedToken,
}
