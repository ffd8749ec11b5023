//! What the two sides ask for: new times, answers, cancellations.

use serde::{Deserialize, Serialize};

use super::{FARTHEST, LENGTH, MOST_TIMES, Time, USUAL_LENGTH};
use crate::attended::{Invited, MOST_INVITED};
use crate::calendar::{LocalTime, Occurrence, Resolved, ZoneName, resolve};
use crate::error::{FieldError, Refusal};
use crate::id::InquiryId;
use crate::text::{Reason, SessionTitle};
use crate::time::{TimeZone, UnixSeconds};

/// A time to propose: a wall-clock time in a zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewTime {
    /// The wall-clock time: `2026-12-03T14:00`.
    pub start: LocalTime,
    /// Its zone. The date stays at this time of this zone, whatever becomes of the zone's rules.
    pub time_zone: TimeZone,
    /// Which one is meant, where clocks are put back and the time exists twice.
    #[serde(default)]
    pub occurrence: Option<Occurrence>,
}

/// An instant that a wall-clock time may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TimeAsked {
    /// The time to ask for instead.
    pub start: LocalTime,
    /// Which one it is, if it exists twice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurrence: Option<Occurrence>,
    /// The instant.
    pub at: UnixSeconds,
}

impl NewTime {
    /// The time with its instant.
    ///
    /// # Errors
    /// [`Refusal::NoSuchTime`] and [`Refusal::TimeTwice`] with what may be meant; [`FieldError`] if the zone's rules at that
    /// time are not known.
    pub fn meaning(&self) -> Result<Time, Refusal> {
        let zone = &self.time_zone;
        let unknown = || FieldError::new("time_zone", "has no rules for this time");
        let asked = |at, occurrence| LocalTime::of(zone, at).map(|start| TimeAsked { start, occurrence, at });
        let found = resolve(zone, self.start).ok_or_else(unknown)?;
        let (at, occurrence) = match (found, self.occurrence) {
            (Resolved::Once(at), _) => (at, None),
            (Resolved::Twice(first, _), Some(Occurrence::First)) => (first, Some(Occurrence::First)),
            (Resolved::Twice(_, second), Some(Occurrence::Second)) => (second, Some(Occurrence::Second)),
            (Resolved::Twice(first, second), None) => {
                let choices = [
                    asked(first, Some(Occurrence::First)),
                    asked(second, Some(Occurrence::Second)),
                ];
                return Err(Refusal::TimeTwice {
                    choices: choices.into_iter().flatten().collect(),
                });
            }
            (Resolved::Never(earlier, later), _) => {
                let choices = [asked(earlier, None), asked(later, None)];
                return Err(Refusal::NoSuchTime {
                    choices: choices.into_iter().flatten().collect(),
                });
            }
        };
        Ok(Time {
            start: self.start,
            time_zone: ZoneName::from(zone),
            at,
            occurrence,
        })
    }

    /// The same for a time in the next 60 days.
    ///
    /// # Errors
    /// Those of [`NewTime::meaning`]; [`FieldError`] for any other time.
    pub fn resolved(&self, now: UnixSeconds) -> Result<Time, Refusal> {
        let time = self.meaning()?;
        match (1..=FARTHEST).contains(&time.at.since(now)) {
            true => Ok(time),
            false => Err(FieldError::new("start", "must be in the next 60 days").into()),
        }
    }
}

/// The instants of `asked`, in order.
///
/// # Errors
/// Those of [`NewTime::resolved`]; [`FieldError`] for none, too many, or one twice.
pub fn times(asked: &[NewTime], now: UnixSeconds) -> Result<Vec<Time>, Refusal> {
    if !(1..=MOST_TIMES).contains(&asked.len()) {
        return Err(FieldError::new("times", "must name one to five times").into());
    }
    let mut times = Vec::new();
    for time in asked {
        times.push(time.resolved(now)?);
    }
    times.sort_by_key(|time| time.at);
    let mut rest = times.as_slice();
    while let [first, later @ ..] = rest {
        if later.iter().any(|other| other.at == first.at) {
            return Err(FieldError::new("times", "must name each time once").into());
        }
        rest = later;
    }
    Ok(times)
}

/// The desk's wish for an appointment with people at the customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewAppointment {
    /// What it is about; everybody who is invited reads it.
    pub title: SessionTitle,
    /// The times to choose from, one to five.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 5))]
    pub times: Vec<NewTime>,
    /// How long it is to take, in seconds: 15 minutes to 8 hours. The default is an hour.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(minimum = 900, maximum = 28_800))]
    pub length: Option<i64>,
    /// Who is asked, by mail: one to ten people at the customer. The first who answers settles it for all.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 10))]
    pub participants: Vec<Invited>,
    /// The time zone of the host, which the mails name beside the customer's. The default is the zone of the first time.
    #[serde(default)]
    pub host_time_zone: Option<TimeZone>,
    /// What else there is to say.
    #[serde(default)]
    pub reason: Option<Reason>,
    /// The customer's inquiry that it belongs to.
    #[serde(default)]
    pub inquiry: Option<InquiryId>,
}

impl NewAppointment {
    /// Validates it, and returns its times and its length.
    ///
    /// # Errors
    /// [`FieldError`] naming the first wrong member, and those of [`times`].
    pub fn terms(&self, now: UnixSeconds) -> Result<(Vec<Time>, i64), Refusal> {
        let length = self.length.unwrap_or(USUAL_LENGTH);
        if !LENGTH.contains(&length) {
            return Err(FieldError::new("length", "must be between 15 minutes and 8 hours").into());
        }
        if !(1..=MOST_INVITED).contains(&self.participants.len()) {
            return Err(FieldError::new("participants", "must name one to ten people").into());
        }
        let mut rest = self.participants.as_slice();
        while let [person, later @ ..] = rest {
            if later.iter().any(|other| other.email == person.email) {
                return Err(FieldError::new("participants", "must name each address once").into());
            }
            rest = later;
        }
        Ok((times(&self.times, now)?, length))
    }
}

/// The desk proposes other times, before or after a date was agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = NewTimes))]
#[serde(deny_unknown_fields)]
pub struct Propose {
    /// The times to choose from, one to five.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 5))]
    pub times: Vec<NewTime>,
    /// Why; required once a date was agreed.
    #[serde(default)]
    pub reason: Option<Reason>,
}

/// The desk answers the customer's proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = TimesAnswer))]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The number of the proposal that is answered.
    pub proposal: u32,
    /// Which of its times suits, counted from 0; null to decline all of them.
    pub time: Option<usize>,
    /// Why they are declined.
    #[serde(default)]
    pub reason: Option<Reason>,
}

/// One side cancels it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = AppointmentCancellation))]
#[serde(deny_unknown_fields)]
pub struct Cancel {
    /// Why; everybody who is invited reads it.
    pub reason: Reason,
}

/// The customer proposes other times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counter {
    /// The times.
    pub times: Vec<NewTime>,
    /// Why, or what else there is to say.
    pub reason: Option<Reason>,
}
