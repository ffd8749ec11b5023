//! Applications (申込) that the provider's desk records before there is a contract (C1). An application is to be answered
//! within three working days: a contract is made, or the application is declined.

use serde::{Deserialize, Serialize};

use crate::contract::ContactPerson;
use crate::date::Date;
use crate::error::FieldError;
use crate::id::{ApplicationId, UserId};
use crate::inquiry::Body;
use crate::slug::Slug;
use crate::text::{OrganizationName, PersonName, Reason};
use crate::time::UnixSeconds;

/// The last day on which an application of `applied_on` is answered in time: the third working day after it. Working
/// days are Monday to Friday; public holidays are not taken into account.
#[must_use]
pub fn answer_by(applied_on: Date) -> Date {
    // Five days in a row contain three working days.
    let next = (1..=5).map(|days| applied_on.later(days));
    next.filter(|day| day.is_working_day()).nth(2).unwrap_or(applied_on)
}

/// Whether an unanswered application of `applied_on` is overdue on `today`, a date in the provider's time zone.
#[must_use]
pub fn is_overdue(applied_on: Date, today: Date) -> bool {
    today > answer_by(applied_on)
}

/// The latest date of application that is overdue on `today`; so are all earlier ones.
#[must_use]
pub fn latest_overdue(today: Date) -> Date {
    // The longest time to answer includes one weekend.
    let mut before = (1..=6).map(|days| today.earlier(days));
    before.find(|day| is_overdue(*day, today)).unwrap_or(today)
}

/// Whether an application has been answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum ApplicationState {
    /// It awaits an answer.
    Open,
    /// It has been answered.
    Closed,
}

impl ApplicationState {
    /// The name it is stored under.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }
}

/// The outcome of an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum ApplicationOutcome {
    /// A contract was made.
    Contract,
    /// The application was declined.
    Declined,
}

impl ApplicationOutcome {
    /// Its name in the audit log.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Contract => "contract",
            Self::Declined => "declined",
        }
    }
}

/// How an application was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Closing {
    /// The outcome.
    pub outcome: ApplicationOutcome,
    /// The customer, if a contract was made.
    pub customer: Option<Slug>,
    /// The reason; always given if the application was declined.
    pub reason: Option<Reason>,
    /// Time of closing.
    pub at: UnixSeconds,
    /// The member of the desk's staff who closed it; null if creating the customer did.
    pub by: Option<UserId>,
    /// That person's name at the time.
    pub by_name: Option<PersonName>,
}

impl Closing {
    /// Checks that a contract names its customer, and a declined application its reason.
    ///
    /// # Errors
    /// [`FieldError`] on `customer` or `reason`.
    pub fn checked(self) -> Result<Self, FieldError> {
        match (self.outcome, &self.customer, &self.reason) {
            (ApplicationOutcome::Contract, None, _) => Err(FieldError::new("customer", "must name the new customer")),
            (ApplicationOutcome::Declined, Some(_), _) => Err(FieldError::new(
                "customer",
                "must be absent if the application is declined",
            )),
            (ApplicationOutcome::Declined, _, None) => Err(FieldError::new(
                "reason",
                "must be given if the application is declined",
            )),
            _ => Ok(self),
        }
    }
}

/// An application, as the provider's tenant stores it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Application {
    /// The application's id.
    pub id: ApplicationId,
    /// The company that applies.
    pub company: OrganizationName,
    /// Its contact person.
    pub contact: ContactPerson,
    /// The domain it wishes for.
    pub domain: Option<Slug>,
    /// The date of application.
    pub applied_on: Date,
    /// The desk's note.
    pub note: Option<Body>,
    /// Time of recording.
    pub recorded_at: UnixSeconds,
    /// The member of the desk's staff who recorded it.
    pub recorded_by: UserId,
    /// That person's name at the time.
    pub recorded_by_name: PersonName,
    /// How it was closed, if it was.
    pub closed: Option<Closing>,
}

impl Application {
    /// Its state.
    #[must_use]
    pub const fn state(&self) -> ApplicationState {
        match self.closed {
            None => ApplicationState::Open,
            Some(_) => ApplicationState::Closed,
        }
    }

    /// Whether it may be closed because `customer` is created: it is open, or was closed for that very reason.
    #[must_use]
    pub fn is_answered_by(&self, customer: &Slug) -> bool {
        let same = |closing: &Closing| closing.customer.as_ref() == Some(customer);
        self.closed.as_ref().is_none_or(same)
    }

    /// The application as the desk sees it on `today`.
    #[must_use]
    pub fn view(self, today: Date) -> ApplicationView {
        let state = self.state();
        ApplicationView {
            state,
            answer_by: answer_by(self.applied_on),
            overdue: state == ApplicationState::Open && is_overdue(self.applied_on, today),
            application: self,
        }
    }
}

/// An application as the desk sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApplicationView {
    /// The application.
    #[serde(flatten)]
    pub application: Application,
    /// Its state.
    pub state: ApplicationState,
    /// The last day to answer it: the third working day, Monday to Friday, after the date of application. Public
    /// holidays are not taken into account.
    pub answer_by: Date,
    /// Whether that day has passed in the provider's time zone without an answer.
    pub overdue: bool,
}

#[cfg(test)]
mod tests {
    use super::{answer_by, is_overdue, latest_overdue};
    use crate::date::Date;
    use crate::time::{TimeZone, UnixSeconds};

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn an_application_is_answered_within_three_working_days() {
        for (applied_on, last) in [
            // From a Monday to the Sunday after it.
            ("2026-11-16", "2026-11-19"),
            ("2026-11-17", "2026-11-20"),
            ("2026-11-18", "2026-11-23"),
            ("2026-11-19", "2026-11-24"),
            ("2026-11-20", "2026-11-25"),
            ("2026-11-21", "2026-11-25"),
            ("2026-11-22", "2026-11-25"),
            // Over the ends of a month, of a leap year's February, and of a year.
            ("2026-11-27", "2026-12-02"),
            ("2028-02-25", "2028-03-01"),
            ("2026-12-30", "2027-01-04"),
        ] {
            let (applied_on, last) = (date(applied_on), date(last));
            assert_eq!(answer_by(applied_on), last, "{applied_on}");
            assert!(!is_overdue(applied_on, applied_on), "{applied_on}");
            assert!(!is_overdue(applied_on, last), "{applied_on}");
            assert!(is_overdue(applied_on, last.later(1)), "{applied_on}");
        }
    }

    #[test]
    fn the_day_ends_in_the_providers_time_zone() {
        // Applied on Monday 16 November, to be answered by Thursday 19 November.
        let applied_on = date("2026-11-16");
        for (at, zone, overdue) in [
            // 2026-11-19 14:59:59 and 15:00:00 UTC: midnight in Tokyo.
            (1_795_100_399, "Asia/Tokyo", false),
            (1_795_100_400, "Asia/Tokyo", true),
            (1_795_100_400, "Europe/Copenhagen", false),
            // 22:59:59 and 23:00:00 UTC: midnight in Copenhagen in winter.
            (1_795_129_199, "Europe/Copenhagen", false),
            (1_795_129_200, "Europe/Copenhagen", true),
            (1_795_129_200, "UTC", false),
            (1_795_129_200, "America/Los_Angeles", false),
        ] {
            let today = Date::of(&TimeZone::parse(zone).unwrap(), UnixSeconds(at)).unwrap();
            assert_eq!(is_overdue(applied_on, today), overdue, "{zone} at {at}");
        }
    }

    #[test]
    fn every_date_up_to_the_latest_overdue_one_is_overdue() {
        for number in 0..14 {
            let today = date("2026-11-16").later(number);
            let latest = latest_overdue(today);
            for days in 0..10 {
                let applied_on = today.earlier(days);
                assert_eq!(
                    is_overdue(applied_on, today),
                    applied_on <= latest,
                    "{applied_on} on {today}"
                );
            }
        }
    }
}
