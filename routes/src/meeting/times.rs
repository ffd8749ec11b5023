//! The times that a person proposes in the form: up to three, each a date and a time of day in the zone of the page.

use tegata_domain::appointment::NewTime;
use tegata_domain::calendar::{LocalTime, Occurrence};
use tegata_domain::error::Refusal;
use tegata_domain::time::TimeZone;

use crate::form::Form;
use crate::pages::{MeetingError, OFFERED};

/// Reads the times. A row without a date and a time is left out. Whether they are in time is for the tenant to say.
///
/// # Errors
/// What is wrong with the first row that is wrong.
pub(super) fn read(form: &Form) -> Result<Vec<NewTime>, MeetingError> {
    let zone = form.get("zone").and_then(|name| TimeZone::parse(name).ok());
    let zone = zone.ok_or(MeetingError::NoZone)?;
    let mut times = Vec::new();
    for row in 0..OFFERED {
        let (date, time) = (form.get(&format!("date{row}")), form.get(&format!("time{row}")));
        let (date, time) = match (date, time) {
            (None, None) => continue,
            (Some(date), Some(time)) => (date, time),
            _ => return Err(MeetingError::Incomplete(row)),
        };
        let start = LocalTime::parse(&format!("{date}T{time}")).map_err(|_| MeetingError::Incomplete(row))?;
        let new = NewTime {
            start,
            time_zone: zone.clone(),
            occurrence: match form.get(&format!("occurrence{row}")) {
                Some("first") => Some(Occurrence::First),
                Some("second") => Some(Occurrence::Second),
                _ => None,
            },
        };
        match new.meaning() {
            Ok(_) => times.push(new),
            Err(Refusal::NoSuchTime { .. }) => return Err(MeetingError::NoSuchTime(row)),
            Err(Refusal::TimeTwice { .. }) => return Err(MeetingError::Twice(row)),
            Err(_) => return Err(MeetingError::NotInTime),
        }
    }
    match times.is_empty() {
        true => Err(MeetingError::Incomplete(0)),
        false => Ok(times),
    }
}
