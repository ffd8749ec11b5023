//! The mails of an appointment (Z1, B7): proposal, schedule, change, cancellation, reminder, and what the host at the desk
//! is told. Those about an agreed date carry it for calendar programs.

use super::{Part, Writer, Written};
use crate::appointment::time_in_words;
use crate::calendar::{Event, Method};
use crate::mail::{AppointmentMail, AppointmentNews, Invite, unlinked};
use crate::text::Reason;
use crate::texts::{duration, text_with};
use crate::time::UnixSeconds;

/// What the texts of an appointment have in common.
struct Told<'a> {
    w: &'a Writer<'a>,
    mail: &'a AppointmentMail,
    title: String,
    provider: String,
}

impl<'a> Told<'a> {
    fn new(w: &'a Writer<'a>, mail: &'a AppointmentMail) -> Self {
        Self {
            w,
            mail,
            title: unlinked::words(mail.title.as_str()),
            provider: unlinked::name(mail.provider_name.as_str()),
        }
    }

    fn say(&self, key: &str) -> String {
        self.say_with(key, "at", "")
    }

    fn say_with(&self, key: &str, name: &str, value: &str) -> String {
        let known = [
            ("product", self.w.product),
            ("tenant", self.w.tenant),
            ("provider", &self.provider),
            ("title", &self.title),
            (name, value),
        ];
        text_with(self.w.locale(), key, &known)
    }

    fn paragraph(&self, key: &str) -> Part {
        Part::Paragraph(self.say(key))
    }

    /// A time in the recipient's zone, and in the other side's.
    fn time(&self, at: UnixSeconds) -> String {
        let other = self.mail.other_zone.known();
        time_in_words(self.w.locale(), at, &self.w.to.time_zone, other.as_ref())
    }

    fn host(&self) -> String {
        format!("{} ({})", unlinked::name(self.mail.host.as_str()), self.provider)
    }

    fn guests(&self) -> String {
        let names: Vec<String> = self
            .mail
            .guests
            .iter()
            .map(|name| unlinked::name(name.as_str()))
            .collect();
        format!("{} ({})", names.join(&self.w.say("mail-summary-and")), self.w.tenant)
    }

    /// What it is about, when, and who takes part.
    fn facts(&self) -> Part {
        let (w, mail) = (self.w, self.mail);
        let mut facts = vec![w.fact("mail-attended-title", &self.title)];
        if let Some(name) = &mail.equipment {
            facts.push(w.fact("mail-launch-equipment", &unlinked::words(name)));
        }
        facts.extend(mail.agreed.map(|at| w.fact("mail-appointment-when", &self.time(at))));
        facts.extend([
            w.fact("mail-appointment-length", &duration(w.locale(), mail.length)),
            w.fact("mail-attended-host", &self.host()),
            w.fact("mail-attended-guest", &self.guests()),
        ]);
        Part::Facts(facts)
    }

    /// What the other side has written.
    fn words(&self) -> Option<Part> {
        let reason = self.mail.reason.as_ref().map(Reason::as_str)?;
        Some(Part::Quotation {
            label: self.w.say("mail-appointment-reason"),
            words: unlinked::words(reason),
        })
    }

    fn by(&self) -> Option<Part> {
        let by = unlinked::name(self.mail.by.as_ref()?.as_str());
        Some(Part::Facts(vec![self.w.fact("mail-appointment-by", &by)]))
    }

    fn times(&self) -> [Part; 2] {
        let times = self.mail.times.iter().map(|at| self.time(*at)).collect();
        [Part::Heading(self.w.say("mail-appointment-times")), Part::List(times)]
    }

    fn reference(&self, label: &str, url: &str) -> Part {
        Part::Reference {
            label: self.w.say(label),
            url: url.to_owned(),
        }
    }

    /// The page of the appointment. The date of a launch changes with the launch, and not there.
    fn page(&self) -> Part {
        let label = match &self.mail.equipment {
            Some(_) => "mail-appointment-machine-page",
            None => "mail-appointment-page",
        };
        self.reference(label, &self.mail.link)
    }

    /// The calendar's part of the mail.
    fn invite(&self) -> Option<Invite> {
        let method = match self.mail.news {
            AppointmentNews::Scheduled | AppointmentNews::Moved | AppointmentNews::Shifted => Method::Request,
            AppointmentNews::Cancelled => Method::Cancel,
            _ => return None,
        };
        let event = self.mail.event.as_ref()?;
        let description = match self.mail.to_desk {
            true => vec![self.guests()],
            false => vec![
                self.say("mail-appointment-scheduled-lead"),
                self.say(match &self.mail.equipment {
                    Some(_) => "mail-appointment-machine-advice",
                    None => "mail-appointment-join-by-mail",
                }),
                self.say("mail-appointment-no-reply"),
            ],
        };
        let link = match &self.mail.equipment {
            Some(_) if !self.mail.to_desk => {
                format!("{}: {}", self.say("mail-appointment-machine-page"), self.mail.link)
            }
            _ => self.say_with("mail-appointment-page-at", "link", &self.mail.link),
        };
        Some(Invite {
            method,
            event: Event {
                summary: format!("{} ({})", self.mail.title, self.mail.provider_name),
                description: [description, vec![link]].concat().join("\n"),
                url: Some(self.mail.link.clone()),
                ..event.clone()
            },
        })
    }
}

/// The mail, and what it has for calendar programs.
pub(super) fn written(w: &Writer<'_>, mail: &AppointmentMail) -> (Written, Option<Invite>) {
    let told = Told::new(w, mail);
    let written = match mail.to_desk {
        true => to_desk(&told),
        false => to_guest(&told),
    };
    (written, told.invite())
}

fn to_guest(told: &Told<'_>) -> Written {
    let (subject, parts) = match told.mail.news {
        AppointmentNews::Proposed | AppointmentNews::Countered => ("mail-appointment-proposed-subject", proposal(told)),
        AppointmentNews::Scheduled => ("mail-appointment-scheduled-subject", schedule(told, None)),
        AppointmentNews::Moved => (
            "mail-appointment-moved-subject",
            schedule(told, Some("mail-appointment-moved-lead")),
        ),
        AppointmentNews::Shifted => (
            "mail-appointment-shifted-subject",
            schedule(told, Some("mail-appointment-shifted-lead")),
        ),
        AppointmentNews::Cancelled => (
            "mail-appointment-cancelled-subject",
            ended(told, "mail-appointment-cancelled-lead"),
        ),
        AppointmentNews::Declined => (
            "mail-appointment-declined-subject",
            ended(told, "mail-appointment-declined-lead"),
        ),
        // Only those are told whose own times were not answered.
        AppointmentNews::Unanswered => (
            "mail-appointment-unanswered-subject",
            ended(told, "mail-appointment-unanswered-lead"),
        ),
        AppointmentNews::CheckMissing if told.mail.equipment.is_some() => {
            ("mail-appointment-check-machine-subject", check_machine(told))
        }
        AppointmentNews::CheckMissing => ("mail-appointment-check-subject", check(told)),
        AppointmentNews::Reminder => ("mail-appointment-reminder-subject", reminder(told)),
    };
    let why = match told.mail.equipment {
        Some(_) => "mail-appointment-why-equipment",
        None => "mail-appointment-why",
    };
    (told.say(subject), parts, told.say(why))
}

/// The times to choose from. An answer is needed.
fn proposal(told: &Told<'_>) -> Vec<Part> {
    let (w, mail) = (told.w, told.mail);
    let mut parts = vec![told.paragraph(match mail.agreed {
        Some(_) => "mail-appointment-change-lead",
        None => "mail-appointment-proposed-lead",
    })];
    parts.push(told.facts());
    parts.extend(told.words());
    parts.extend(told.times());
    parts.extend([
        w.link("mail-appointment-choose", "mail-appointment-choose-button", &mail.link),
        told.paragraph("mail-appointment-inert"),
    ]);
    if mail.agreed.is_some() {
        parts.push(told.paragraph("mail-appointment-stands"));
    }
    parts
}

/// The date, as agreed or as it is now. Nothing has to be opened.
fn schedule(told: &Told<'_>, changed: Option<&str>) -> Vec<Part> {
    let (w, mail) = (told.w, told.mail);
    let mut parts: Vec<Part> = changed.into_iter().map(|key| told.paragraph(key)).collect();
    parts.extend([told.paragraph("mail-appointment-scheduled-lead"), told.facts()]);
    parts.extend(told.words());
    if mail.equipment.is_some() {
        parts.push(told.paragraph("mail-appointment-machine-advice"));
    } else {
        parts.extend([
            told.paragraph("mail-appointment-join-by-mail"),
            Part::Advice(vec![
                told.say("mail-appointment-advice-pc"),
                told.say("mail-appointment-advice-windows"),
            ]),
        ]);
        parts.extend(
            mail.check_link
                .as_ref()
                .map(|link| told.reference("mail-appointment-check-page", link)),
        );
    }
    parts.extend([told.page(), told.paragraph("mail-appointment-no-reply")]);
    parts.extend(
        w.guide("mail-guide-participant", "participant", &mail.link)
            .filter(|_| mail.equipment.is_none()),
    );
    parts
}

fn ended(told: &Told<'_>, lead: &str) -> Vec<Part> {
    let mut parts = vec![told.paragraph(lead), told.facts()];
    parts.extend(told.by());
    parts.extend(told.words());
    if told.mail.news != AppointmentNews::Cancelled && told.mail.agreed.is_some() {
        parts.push(told.paragraph("mail-appointment-stands"));
    }
    parts.push(told.page());
    parts
}

fn check(told: &Told<'_>) -> Vec<Part> {
    let link = told.mail.check_link.as_ref().unwrap_or(&told.mail.link);
    vec![
        told.paragraph("mail-appointment-check-lead"),
        told.facts(),
        told.w
            .link("mail-appointment-check-link", "mail-appointment-check-button", link),
        told.paragraph("mail-appointment-check-what"),
    ]
}

fn check_machine(told: &Told<'_>) -> Vec<Part> {
    vec![
        told.paragraph("mail-appointment-check-machine-lead"),
        told.facts(),
        told.paragraph("mail-appointment-check-machine-what"),
        told.page(),
    ]
}

/// Shortly before the start, or late, which it says.
fn reminder(told: &Told<'_>) -> Vec<Part> {
    let (w, mail) = (told.w, told.mail);
    let at = mail.agreed.map(|at| told.time(at)).unwrap_or_default();
    let lead = match (mail.late, &mail.equipment) {
        (false, None) => "mail-appointment-reminder-lead",
        (true, None) => "mail-appointment-reminder-late",
        (false, Some(_)) => "mail-appointment-reminder-machine",
        (true, Some(_)) => "mail-appointment-reminder-machine-late",
    };
    let mut parts = vec![Part::Paragraph(told.say_with(lead, "at", &at)), told.facts()];
    let Some(join) = &mail.join else {
        parts.push(told.page());
        return parts;
    };
    parts.extend([
        w.link("mail-attended-link", "mail-attended-button", &join.link),
        w.paragraph("mail-attended-inert"),
        Part::Warning(w.say("mail-attended-whole-screen")),
        w.paragraph("mail-attended-nothing-installed"),
        w.paragraph("mail-attended-typed"),
        w.secret("mail-attended-number", &join.number.shown()),
        told.reference("mail-attended-page", &join.page),
    ]);
    parts
}

fn to_desk(told: &Told<'_>) -> Written {
    let (w, mail) = (told.w, told.mail);
    let (subject, lead) = match mail.news {
        AppointmentNews::Proposed | AppointmentNews::Countered => (
            "mail-appointment-desk-countered-subject",
            "mail-appointment-desk-countered-lead",
        ),
        AppointmentNews::Scheduled => (
            "mail-appointment-desk-scheduled-subject",
            "mail-appointment-desk-scheduled-lead",
        ),
        AppointmentNews::Moved => (
            "mail-appointment-desk-moved-subject",
            "mail-appointment-desk-moved-lead",
        ),
        AppointmentNews::Shifted => (
            "mail-appointment-desk-shifted-subject",
            "mail-appointment-desk-shifted-lead",
        ),
        AppointmentNews::Cancelled => (
            "mail-appointment-desk-cancelled-subject",
            "mail-appointment-desk-cancelled-lead",
        ),
        AppointmentNews::Declined => (
            "mail-appointment-desk-declined-subject",
            "mail-appointment-desk-declined-lead",
        ),
        AppointmentNews::Unanswered => (
            "mail-appointment-desk-unanswered-subject",
            "mail-appointment-desk-unanswered-lead",
        ),
        AppointmentNews::CheckMissing => (
            "mail-appointment-desk-check-subject",
            "mail-appointment-desk-check-lead",
        ),
        AppointmentNews::Reminder if mail.late => {
            ("mail-appointment-desk-late-subject", "mail-appointment-desk-late-lead")
        }
        AppointmentNews::Reminder => (
            "mail-appointment-desk-reminder-subject",
            "mail-appointment-desk-reminder-lead",
        ),
    };
    let mut parts = vec![told.paragraph(lead), told.facts()];
    parts.extend(told.by());
    parts.extend(told.words());
    if mail.news == AppointmentNews::Countered {
        parts.extend(told.times());
    }
    let undone = matches!(
        mail.news,
        AppointmentNews::Declined | AppointmentNews::Unanswered | AppointmentNews::Countered
    );
    if undone && mail.agreed.is_some() {
        parts.push(told.paragraph("mail-appointment-stands"));
    }
    parts.push(w.link("mail-appointment-desk-link", "mail-appointment-desk-button", &mail.link));
    (told.say(subject), parts, told.say("mail-appointment-desk-why"))
}
