//! The desk's request for a launch, and its terms.

use serde::{Deserialize, Serialize};

use super::{FARTHEST_START, PERIOD, USUAL_PERIOD};
use crate::error::FieldError;
use crate::id::{EquipmentId, LaunchId};
use crate::session::Ability;
use crate::text::Reason;
use crate::time::UnixSeconds;

/// A request of the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewLaunch {
    /// The equipment.
    pub equipment: EquipmentId,
    /// Why; the administrators read it before they answer.
    pub reason: Reason,
    /// The period to be granted, in seconds: 15 minutes to a day. The default is two hours.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(minimum = 900, maximum = 86_400))]
    pub period: Option<i64>,
    /// The earliest start; absent for a start as soon as it is approved.
    #[serde(default)]
    pub starts_at: Option<UnixSeconds>,
    /// What the desk needs to do. The default is everything. An extension has what its launch has.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 7))]
    pub abilities: Option<Vec<Ability>>,
    /// The launch on the same equipment whose period is to be extended, while it is approved, executes or runs.
    #[serde(default)]
    pub extends: Option<LaunchId>,
    /// The approved launch on the same equipment that this one is to replace, as when its date is moved. It stands until
    /// this one is approved, and ends then.
    #[serde(default)]
    pub replaces: Option<LaunchId>,
}

/// What a request asks for, after validation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// The period, in seconds.
    pub period: i64,
    /// The earliest start.
    pub starts_at: Option<UnixSeconds>,
    /// What the desk can do, sorted, each once.
    pub abilities: Vec<Ability>,
    /// Until when the request can be answered.
    pub answer_by: UnixSeconds,
}

impl NewLaunch {
    /// Validates the request. An approval waits at most `approval_life` seconds, and no longer than the period that it
    /// is about.
    ///
    /// # Errors
    /// [`FieldError`] naming the first wrong member.
    pub fn terms(&self, approval_life: i64, now: UnixSeconds) -> Result<Terms, FieldError> {
        let period = self.period.unwrap_or(USUAL_PERIOD);
        if !PERIOD.contains(&period) {
            return Err(FieldError::new("period", "must be between 15 minutes and 24 hours"));
        }
        if self.starts_at.is_some() && self.extends.is_some() {
            return Err(FieldError::new("starts_at", "must be absent from an extension"));
        }
        if self.replaces.is_some() && (self.extends.is_some() || self.starts_at.is_none()) {
            let detail = "needs a start, and must be absent from an extension";
            return Err(FieldError::new("replaces", detail));
        }
        if let Some(start) = self.starts_at
            && !(0..=FARTHEST_START).contains(&start.since(now))
        {
            return Err(FieldError::new("starts_at", "must be in the next 90 days"));
        }
        let mut abilities = self.abilities.clone().unwrap_or_else(|| Ability::ALL.to_vec());
        abilities.sort_unstable();
        abilities.dedup();
        if abilities.is_empty() {
            return Err(FieldError::new("abilities", "must name at least one ability"));
        }
        let waits = now.plus(approval_life);
        let answer_by = match self.starts_at {
            Some(start) => waits.max(start).min(start.plus(period)),
            None => waits,
        };
        Ok(Terms {
            period,
            starts_at: self.starts_at,
            abilities,
            answer_by,
        })
    }
}
