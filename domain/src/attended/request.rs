//! The desk's wish to open an attended session.

use serde::{Deserialize, Serialize};

use super::{Invited, MOST_INVITED, PERIOD, USUAL_PERIOD};
use crate::error::FieldError;
use crate::id::InquiryId;
use crate::text::SessionTitle;

/// A new attended session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewAttended {
    /// What it is about; everybody who is invited reads it.
    pub title: SessionTitle,
    /// How long it can be joined, in seconds: 15 minutes to 12 hours. The default is four hours.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(minimum = 900, maximum = 43_200))]
    pub period: Option<i64>,
    /// The customer's inquiry that it belongs to.
    #[serde(default)]
    pub inquiry: Option<InquiryId>,
    /// Who is invited by mail, at most ten.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_items = 10))]
    pub invited: Vec<Invited>,
}

impl NewAttended {
    /// Validates it, and returns the period in seconds.
    ///
    /// # Errors
    /// [`FieldError`] naming the first wrong member.
    pub fn terms(&self) -> Result<i64, FieldError> {
        let period = self.period.unwrap_or(USUAL_PERIOD);
        if !PERIOD.contains(&period) {
            return Err(FieldError::new("period", "must be between 15 minutes and 12 hours"));
        }
        if self.invited.len() > MOST_INVITED {
            return Err(FieldError::new("invited", "must name at most ten people"));
        }
        let mut rest = self.invited.as_slice();
        while let [person, later @ ..] = rest {
            if later.iter().any(|other| other.email == person.email) {
                return Err(FieldError::new("invited", "must name each address once"));
            }
            rest = later;
        }
        Ok(period)
    }
}
