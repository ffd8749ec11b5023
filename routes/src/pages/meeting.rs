//! The pages of an appointment: the one behind its link with the forms for an answer, and the frame of the pre-flight
//! check, whose script does the rest. The first works without a script; its script only finds out the browser's zone.

use std::collections::HashMap;

use askama::Template;
use serde_json::json;
use tegata_domain::appointment::page::AppointmentPage;
use tegata_domain::appointment::preflight::Verdict;
use tegata_domain::appointment::{AppointmentState, Event, Time, time_in_words};
use tegata_domain::calendar::{LocalTime, Resolved, resolve};
use tegata_domain::inquiry::Side;
use tegata_domain::texts::{duration, zone_name};
use tegata_domain::time::{TimeZone, UnixSeconds};

use super::{Frame, Page};

/// How many times a person can propose at once.
pub const OFFERED: usize = 3;

/// What is wrong with a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeetingError {
    /// No time was chosen.
    NoTime,
    /// No name was typed.
    NoName,
    /// The box was not ticked.
    NotSure,
    /// A cancellation needs a reason.
    NoReason,
    /// The reason is too long.
    ReasonTooLong,
    /// The platform does not know the zone.
    NoZone,
    /// A date or a time of day is missing in this row.
    Incomplete(usize),
    /// The time of this row does not exist.
    NoSuchTime(usize),
    /// The time of this row exists twice, and it is not said which is meant.
    Twice(usize),
    /// A time is not in the next 60 days.
    NotInTime,
}

impl MeetingError {
    fn field(self) -> String {
        match self {
            Self::NoTime => "times".to_owned(),
            Self::NoName => "name".to_owned(),
            Self::NotSure => "sure".to_owned(),
            Self::NoReason | Self::ReasonTooLong => "reason".to_owned(),
            Self::NoZone => "zone".to_owned(),
            Self::Incomplete(row) | Self::NoSuchTime(row) | Self::Twice(row) => format!("date{row}"),
            Self::NotInTime => "date0".to_owned(),
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::NoTime => "page-meeting-error-time",
            Self::NoName => "page-meeting-error-name",
            Self::NotSure => "page-meeting-error-sure",
            Self::NoReason => "page-meeting-error-reason",
            Self::ReasonTooLong => "page-meeting-error-reason-long",
            Self::NoZone => "page-meeting-error-zone",
            Self::Incomplete(_) => "page-meeting-error-incomplete",
            Self::NoSuchTime(_) => "page-meeting-error-no-such-time",
            Self::Twice(_) => "page-meeting-error-twice",
            Self::NotInTime => "page-meeting-error-range",
        }
    }
}

/// The form that a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeetingForm {
    /// The appointment as it is, and the times to choose from.
    Nothing,
    /// The statement for one time, to be agreed to.
    Choose {
        /// The number of the proposal.
        offer: u32,
        /// Which of its times.
        time: usize,
    },
    /// Other times.
    Counter,
    /// None of the times suits.
    Decline,
    /// It is to be cancelled.
    Cancel,
}

/// An appointment, in the reader's words.
#[derive(Debug, Clone, Copy)]
pub struct MeetingView<'a>(pub &'a AppointmentPage);

impl MeetingView<'_> {
    /// Whether times of the reader's own can be proposed.
    #[must_use]
    pub fn can_counter(&self) -> bool {
        self.0.view.state.is_alive() && self.is_attended() && !self.0.suspended
    }

    /// Whether it can be cancelled: while nothing is agreed, a proposal is declined instead.
    #[must_use]
    pub fn can_cancel(&self) -> bool {
        self.can_counter() && self.0.view.agreed.is_some()
    }

    const fn is_attended(&self) -> bool {
        matches!(self.0.view.event, Event::Attended { .. })
    }

    fn time(&self, at: UnixSeconds) -> String {
        let host = self.0.view.host_time_zone.known();
        time_in_words(self.0.locale, at, &self.0.time_zone, host.as_ref())
    }
}

/// One row of the form for other times.
#[derive(Debug)]
pub struct Row {
    number: usize,
    label: String,
    date: String,
    time: String,
    /// The question which of two is meant: value, words, chosen.
    occurrences: Vec<(&'static str, String, bool)>,
    /// Times to choose instead of one that does not exist.
    instead: Vec<String>,
}

/// The page behind a link to an appointment.
#[derive(Debug, Template)]
#[template(path = "meeting.html")]
pub struct MeetingPage<'a> {
    /// The common part of every page.
    pub frame: Frame<'a>,
    /// The path the forms post to.
    pub token_path: &'a str,
    /// The appointment.
    pub shown: MeetingView<'a>,
    /// Now.
    pub now: UnixSeconds,
    /// The form that is shown.
    pub form: MeetingForm,
    /// What is wrong with it.
    pub error: Option<MeetingError>,
    /// What was typed so far, by field.
    pub typed: HashMap<String, String>,
    /// What has just been done, or changed in the meantime.
    pub just_now: Option<&'static str>,
}

impl MeetingPage<'_> {
    fn page(&self) -> &AppointmentPage {
        self.shown.0
    }

    const fn error(&self) -> Option<MeetingError> {
        self.error
    }

    const fn chosen(&self) -> Option<(u32, usize)> {
        match self.form {
            MeetingForm::Choose { offer, time } => Some((offer, time)),
            _ => None,
        }
    }

    const fn is_counter(&self) -> bool {
        matches!(self.form, MeetingForm::Counter)
    }

    const fn is_decline(&self) -> bool {
        matches!(self.form, MeetingForm::Decline)
    }

    const fn is_cancel(&self) -> bool {
        matches!(self.form, MeetingForm::Cancel)
    }

    const fn is_overview(&self) -> bool {
        matches!(self.form, MeetingForm::Nothing)
    }

    fn is_wrong(&self, field: &str) -> bool {
        self.error.is_some_and(|error| error.field() == field)
    }

    fn typed(&self, field: &str) -> &str {
        self.typed.get(field).map_or("", String::as_str)
    }

    fn name(&self) -> &str {
        match self.typed("name") {
            "" => self.page().invited.as_str(),
            typed => typed,
        }
    }

    /// What is to be known first: the state, and whose turn it is.
    fn standing(&self) -> String {
        let view = &self.page().view;
        let key = match (view.state, view.awaits) {
            _ if self.page().suspended => "page-meeting-suspended",
            (AppointmentState::Proposed, _) => "page-meeting-proposed",
            (AppointmentState::Countered, _) => "page-meeting-countered",
            (AppointmentState::Agreed, Some(Side::Customer)) => "page-meeting-change-proposed",
            (AppointmentState::Agreed, Some(Side::Desk)) => "page-meeting-change-countered",
            (AppointmentState::Agreed, None) if matches!(view.event, Event::Launch { .. }) => {
                "page-meeting-agreed-machine"
            }
            (AppointmentState::Agreed, None) => "page-meeting-agreed",
            (AppointmentState::Imminent, _) => "page-meeting-imminent",
            (AppointmentState::Declined, _) => "page-meeting-declined",
            (AppointmentState::Cancelled, _) => "page-meeting-cancelled",
            (AppointmentState::Unanswered, _) => "page-meeting-unanswered",
            (AppointmentState::Past, _) => "page-meeting-past",
        };
        self.with(key, "provider", view.host.provider_name.as_str())
    }

    fn facts(&self) -> Vec<(String, String)> {
        let (page, view, locale) = (self.page(), &self.page().view, self.frame.locale);
        let mut facts = vec![(self.t("statement-attended-about"), view.title.to_string())];
        if let Event::Launch { equipment_name, .. } = &view.event {
            facts.push((self.t("mail-launch-equipment"), equipment_name.to_string()));
        }
        if let Some(agreed) = &view.agreed {
            facts.push((self.t("statement-appointment-time"), self.shown.time(agreed.time.at)));
        }
        facts.push((self.t("statement-appointment-length"), duration(locale, view.length)));
        let host = format!("{} ({})", view.host.name, view.host.provider_name);
        facts.push((self.t("statement-attended-host"), host));
        let guests: Vec<&str> = view.participants.iter().map(|one| one.name.as_str()).collect();
        let guests = format!("{} ({})", guests.join(&self.t("mail-summary-and")), page.tenant_name);
        facts.push((self.t("mail-attended-guest"), guests));
        if let Some(agreed) = &view.agreed {
            facts.push((self.t("page-meeting-agreed-by"), agreed.name.to_string()));
        }
        if let Some(over) = &view.over {
            let by = over
                .name
                .as_ref()
                .map(|name| (self.t("page-meeting-over-by"), name.to_string()));
            facts.extend(by);
            let why = over
                .reason
                .as_ref()
                .map(|why| (self.t("mail-appointment-reason"), why.to_string()));
            facts.extend(why);
        }
        facts
    }

    /// What the other side wrote with its proposal.
    fn message(&self) -> Option<&str> {
        let proposal = self.page().view.proposal.as_ref()?;
        let theirs = proposal.by == Side::Desk && !self.page().statements.is_empty();
        proposal
            .reason
            .as_ref()
            .filter(|_| theirs)
            .map(|reason| reason.as_str())
    }

    fn offer(&self) -> u32 {
        self.page().view.proposal.as_ref().map_or(0, |proposal| proposal.number)
    }

    fn can_choose(&self) -> bool {
        !self.page().statements.is_empty() && !self.page().suspended
    }

    /// The times to choose from: their place, their words, whether they can still be chosen, and a note.
    fn choices(&self) -> Vec<(usize, String, bool, String)> {
        let times = self.page().view.proposal.iter().flat_map(|proposal| &proposal.times);
        let choice = |(place, time): (usize, &Time)| {
            let open = self.now < time.at;
            let note = if open {
                String::new()
            } else {
                self.t("page-meeting-passed")
            };
            (place, self.shown.time(time.at), open, note)
        };
        times.enumerate().map(choice).collect()
    }

    /// What the reader has proposed, and waits for an answer.
    fn own_times(&self) -> Vec<String> {
        let view = &self.page().view;
        let own = view.proposal.iter().filter(|proposal| proposal.by == Side::Customer);
        let times = own
            .filter(|_| view.awaits.is_some())
            .flat_map(|proposal| &proposal.times);
        times.map(|time| self.shown.time(time.at)).collect()
    }

    /// The statement for the chosen time.
    fn statement(&self) -> Option<&str> {
        let (_, time) = self.chosen()?;
        self.page().statements.get(time).map(String::as_str)
    }

    /// The parameters of the page as it is read: its zone, whose name may have a `+`, and its language.
    fn query(&self) -> String {
        form_urlencoded::Serializer::new(String::new())
            .append_pair("zone", self.zone())
            .append_pair("lang", self.frame.locale.tag())
            .finish()
    }

    fn zone(&self) -> &str {
        self.page().time_zone.name()
    }

    fn zone_in_words(&self) -> String {
        let (zone, locale) = (&self.page().time_zone, self.frame.locale);
        let at = self
            .page()
            .view
            .agreed
            .as_ref()
            .map_or(self.now, |agreed| agreed.time.at);
        zone.words(at, locale).unwrap_or_else(|| zone_name(locale, zone, at))
    }

    /// Whether the reader has not said which zone they are in, so that the script may ask the browser.
    fn asks_browser(&self) -> bool {
        let participants = &self.page().view.participants;
        participants
            .get(self.page().place)
            .is_some_and(|one| one.time_zone.is_none())
    }

    fn zones(&self) -> Vec<&str> {
        let view = &self.page().view;
        let mut zones = Vec::new();
        for zone in [self.zone(), view.time_zone.as_str(), view.host_time_zone.as_str()] {
            if !zones.contains(&zone) {
                zones.push(zone);
            }
        }
        zones
    }

    fn rows(&self) -> Vec<Row> {
        (0..OFFERED).map(|number| self.row(number)).collect()
    }

    fn row(&self, number: usize) -> Row {
        let typed = |name: &str| self.typed(&format!("{name}{number}")).to_owned();
        let (date, time) = (typed("date"), typed("time"));
        let zone = TimeZone::parse(self.typed("zone")).unwrap_or_else(|_| self.page().time_zone.clone());
        let resolved = LocalTime::parse(&format!("{date}T{time}"))
            .ok()
            .and_then(|local| resolve(&zone, local));
        let words = |at: UnixSeconds| time_in_words(self.frame.locale, at, &zone, None);
        let chosen = typed("occurrence");
        let mut row = Row {
            number,
            label: self.row_label(number),
            date,
            time,
            occurrences: Vec::new(),
            instead: Vec::new(),
        };
        match resolved {
            Some(Resolved::Twice(first, second)) => {
                for (value, at) in [("first", first), ("second", second)] {
                    row.occurrences.push((value, words(at), chosen == value));
                }
            }
            Some(Resolved::Never(earlier, later)) => {
                row.instead = vec![words(earlier), words(later)];
            }
            _ => {}
        }
        row
    }

    fn row_label(&self, number: usize) -> String {
        let number = number.saturating_add(1).to_string();
        self.with("page-meeting-row", "number", &number)
    }

    /// Whether the reader's PC was tried, in words.
    fn tried(&self) -> Option<String> {
        let page = self.page();
        if !self.shown.is_attended() || !page.view.state.is_alive() {
            return None;
        }
        let found = page
            .view
            .participants
            .get(page.place)
            .and_then(|one| one.preflight.as_ref());
        Some(match found {
            None => self.t("page-meeting-check-missing"),
            Some(found) => {
                let key = match found.verdict() {
                    Verdict::Failed => "page-meeting-check-failed",
                    Verdict::Warned => "page-meeting-check-warned",
                    Verdict::Passed | Verdict::Untested => "page-meeting-check-passed",
                };
                self.with(key, "at", &self.shown.time(found.at))
            }
        })
    }

    fn has_receipt(&self) -> bool {
        self.page().view.agreed.is_some()
    }
}

impl Page for MeetingPage<'_> {
    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn heading(&self) -> String {
        self.t("page-meeting-title")
    }

    fn failed(&self) -> bool {
        self.error.is_some()
    }
}

/// The frame of the pre-flight check. The script reads everything that it shows from the element `check`.
#[derive(Debug, Template)]
#[template(path = "check.html")]
pub struct CheckPage<'a> {
    /// The common part of every page.
    pub frame: Frame<'a>,
    /// What the customer's tenant tells about the appointment.
    pub shown: &'a AppointmentPage,
}

impl CheckPage<'_> {
    fn contact(&self) -> String {
        json!(self.frame.contact()).to_string()
    }

    fn start(&self) -> Option<i64> {
        self.shown.view.agreed.as_ref().map(|agreed| agreed.time.at.0)
    }

    fn found(&self) -> Option<String> {
        let own = self.shown.view.participants.get(self.shown.place)?;
        serde_json::to_string(own.preflight.as_ref()?).ok()
    }
}

impl Page for CheckPage<'_> {
    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn heading(&self) -> String {
        self.t("page-check-title")
    }
}
