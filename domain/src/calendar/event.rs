//! Events and the messages about them: invitations, changes and cancellations (RFC 5546), and a published calendar
//! (RFC 5545). An event has no recurrence.

use serde::{Deserialize, Serialize};

use super::line;
use super::local::LocalTime;
use super::zone::{self, ZoneName};
use crate::time::{TimeZone, UnixSeconds};

/// What a message asks of its reader (RFC 5546, section 1.4). The mail that carries it says the same in its header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// An invitation, or a change of an earlier one.
    Request,
    /// The event does not take place.
    Cancel,
}

impl Method {
    /// The value of the property and of the header's parameter.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }
}

/// Somebody who is to be there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendee {
    /// Their name.
    pub name: String,
    /// Their address, as an addr-spec.
    pub address: String,
    /// Whether it is their event: they have agreed, and answer nobody.
    pub chairs: bool,
}

/// Who a message comes from: the sender of the mail that carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Organizer<'a> {
    /// The name that the mail is sent under.
    pub name: &'a str,
    /// The address that the mail is sent from.
    pub address: &'a str,
}

/// An event.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The same through all changes.
    pub uid: String,
    /// Incremented with each change.
    pub sequence: i64,
    /// When this text was made.
    pub stamp: UnixSeconds,
    /// The start.
    pub start: UnixSeconds,
    /// The end.
    pub end: UnixSeconds,
    /// The zone that the date was agreed in.
    pub zone: ZoneName,
    /// One line.
    pub summary: String,
    /// What the reader has to know, as plain text.
    pub description: String,
    /// The page of the event.
    pub url: Option<String>,
    /// Who is to be there.
    pub attendees: Vec<Attendee>,
    /// Whether it does not take place.
    pub cancelled: bool,
}

/// Its address and its text have a person's link: they are not printed.
impl core::fmt::Debug for Event {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Event({}, {})", self.uid, self.sequence)
    }
}

/// A time of an event in `zone`, or in UTC.
fn time(name: &str, zone: Option<&TimeZone>, at: UnixSeconds) -> String {
    let local = zone.and_then(|zone| Some((zone, LocalTime::of(zone, at)?)));
    match local {
        Some((zone, local)) => format!("{name};TZID={}:{}", zone.name(), local.basic()),
        None => format!("{name}:{}", utc(at)),
    }
}

fn utc(at: UnixSeconds) -> String {
    at.rfc3339().replace(['-', ':'], "")
}

/// The zones that need no rules.
fn is_utc(zone: &TimeZone) -> bool {
    matches!(
        zone.name(),
        "UTC" | "Etc/UTC" | "Etc/GMT" | "GMT" | "Etc/UCT" | "Zulu" | "UCT"
    )
}

impl Event {
    /// The text of a message about this event alone, to be sent by `organizer`. Lines end with CRLF.
    #[must_use]
    pub fn message(&self, method: Method, product: &str, organizer: Organizer<'_>) -> String {
        let mut out = head(product);
        line::push(&mut out, &format!("METHOD:{}", method.name()));
        let zone = self.zone.known().filter(|zone| !is_utc(zone));
        let zone = zone.filter(|zone| zone::push(&mut out, zone, (self.start, self.end)));
        self.push(&mut out, zone.as_ref(), Some(organizer));
        line::push(&mut out, "END:VCALENDAR");
        out
    }

    fn push(&self, out: &mut String, zone: Option<&TimeZone>, organizer: Option<Organizer<'_>>) {
        let status = if self.cancelled { "CANCELLED" } else { "CONFIRMED" };
        let mut lines = vec![
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}", line::escaped(&self.uid)),
            format!("DTSTAMP:{}", utc(self.stamp)),
            format!("SEQUENCE:{}", self.sequence),
            time("DTSTART", zone, self.start),
            time("DTEND", zone, self.end),
            format!("SUMMARY:{}", line::escaped(&self.summary)),
            format!("STATUS:{status}"),
            "TRANSP:OPAQUE".to_owned(),
        ];
        if !self.description.is_empty() {
            lines.push(format!("DESCRIPTION:{}", line::escaped(&self.description)));
        }
        lines.extend(self.url.iter().map(|url| format!("URL:{url}")));
        if let Some(organizer) = organizer {
            let (name, address) = (line::quoted(organizer.name), line::mailto(organizer.address));
            lines.push(format!("ORGANIZER;CN={name}:{address}"));
            lines.extend(self.attendees.iter().map(|attendee| {
                let (name, address) = (line::quoted(&attendee.name), line::mailto(&attendee.address));
                let part = match attendee.chairs {
                    true => "ROLE=CHAIR;PARTSTAT=ACCEPTED",
                    false => "ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE",
                };
                format!("ATTENDEE;CUTYPE=INDIVIDUAL;{part};CN={name}:{address}")
            }));
        }
        lines.push("END:VEVENT".to_owned());
        for text in lines {
            line::push(out, &text);
        }
    }
}

fn head(product: &str) -> String {
    let mut out = String::new();
    line::push(&mut out, "BEGIN:VCALENDAR");
    line::push(&mut out, "VERSION:2.0");
    line::push(&mut out, &format!("PRODID:-//{}//Tegata//EN", line::escaped(product)));
    line::push(&mut out, "CALSCALE:GREGORIAN");
    out
}

/// The text of a calendar that programs subscribe to, under `name` (RFC 7986 has its name and how often to look again).
#[must_use]
pub fn feed(product: &str, name: &str, events: &[Event]) -> String {
    let mut out = head(product);
    let name = line::escaped(name);
    for text in [
        "METHOD:PUBLISH".to_owned(),
        format!("NAME:{name}"),
        format!("X-WR-CALNAME:{name}"),
        "REFRESH-INTERVAL;VALUE=DURATION:PT15M".to_owned(),
        "X-PUBLISHED-TTL:PT15M".to_owned(),
    ] {
        line::push(&mut out, &text);
    }
    // One VTIMEZONE for each zone, for the whole span of its events.
    let mut zones: Vec<(TimeZone, UnixSeconds, UnixSeconds)> = Vec::new();
    for event in events {
        let Some(zone) = event.zone.known().filter(|zone| !is_utc(zone)) else {
            continue;
        };
        match zones.iter_mut().find(|(known, ..)| *known == zone) {
            Some((_, start, end)) => (*start, *end) = ((*start).min(event.start), (*end).max(event.end)),
            None => zones.push((zone, event.start, event.end)),
        }
    }
    zones.retain(|(zone, start, end)| zone::push(&mut out, zone, (*start, *end)));
    for event in events {
        let zone = event.zone.known();
        let zone = zone.filter(|zone| zones.iter().any(|(known, ..)| known == zone));
        event.push(&mut out, zone.as_ref(), None);
    }
    line::push(&mut out, "END:VCALENDAR");
    out
}
