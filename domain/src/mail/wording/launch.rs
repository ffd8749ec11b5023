//! The mails of a launch (K6 to K9).

use super::{Part, Writer, Written};
use crate::approval::{Decision, Outcome};
use crate::mail::unlinked;
use crate::mail::{LaunchAsked, LaunchReport, LaunchStarted, SessionSummary, SummarySubject};
use crate::outbox::LaunchNews;
use crate::session::Ability;
use crate::text::OrganizationName;
use crate::texts::{duration, text_with};

/// The request to an administrator (K7). Its subject is the same for every recipient, as the requirement has it.
pub(super) fn asked(w: &Writer<'_>, asked: &LaunchAsked) -> Written {
    let provider = unlinked::name(asked.provider_name.as_str());
    let say = |key| {
        let known = [("product", w.product), ("tenant", w.tenant), ("provider", &provider)];
        text_with(w.locale(), key, &known)
    };
    let mut facts = equipment(w, (&asked.equipment, &asked.serial_number));
    facts.extend(
        asked
            .place
            .as_ref()
            .map(|place| w.fact("mail-launch-place", &unlinked::words(place))),
    );
    facts.extend([
        w.fact("mail-launch-asker", &unlinked::name(asked.asker.as_str())),
        w.fact("mail-launch-period", &duration(w.locale(), asked.period)),
    ]);
    facts.extend(asked.starts_at.map(|start| w.fact("mail-launch-start", &w.at(start))));
    facts.push(w.fact("mail-launch-expires", &w.at(asked.expires_at)));
    let abilities = asked.abilities.iter().map(|ability| w.say(ability_key(*ability)));
    let mut parts = vec![
        Part::Paragraph(say("mail-launch-lead")),
        Part::Facts(facts),
        Part::Quotation {
            label: say("mail-launch-reason"),
            words: unlinked::words(asked.reason.as_str()),
        },
        Part::Heading(w.say("mail-launch-abilities")),
        Part::List(abilities.collect()),
    ];
    if asked.required > 1 {
        parts.push(Part::Paragraph(w.say_with(
            "mail-launch-several",
            "required",
            &asked.required.to_string(),
        )));
    }
    parts.extend([
        w.link("mail-launch-link", "mail-launch-button", &asked.link),
        w.paragraph("mail-launch-inert"),
        w.until("mail-launch-until", asked.expires_at),
    ]);
    parts.extend(w.guide("mail-guide-approver", "approver", &asked.link));
    (w.say("mail-launch-subject"), parts, say("mail-launch-why"))
}

/// ID and password (K9), to the desk and to the administrators. Its subject is the same for every recipient.
pub(super) fn started(w: &Writer<'_>, started: &LaunchStarted) -> Written {
    let mut facts = equipment(w, (&started.equipment, &started.serial_number));
    facts.extend(
        started
            .executed_by
            .as_ref()
            .map(|name| w.fact("mail-started-by", &unlinked::name(name.as_str()))),
    );
    facts.push(w.fact("mail-started-until", &w.at(started.until)));
    let (lead, link, button, why) = if started.to_desk {
        (
            "mail-started-lead-desk",
            "mail-started-link-desk",
            "mail-started-button-desk",
            "mail-started-why-desk",
        )
    } else {
        (
            "mail-started-lead",
            "mail-started-link",
            "mail-started-button",
            "mail-started-why",
        )
    };
    let mut parts = vec![
        w.paragraph(lead),
        Part::Facts(facts),
        w.secret("mail-started-number", &started.number.shown()),
        w.secret("mail-started-password", &started.password),
    ];
    if !started.to_desk {
        parts.push(w.paragraph("mail-started-nothing-to-do"));
    }
    parts.push(w.link(link, button, &started.link));
    if !started.to_desk {
        parts.extend(w.guide("mail-guide-approver", "approver", &started.link));
    }
    (w.say("mail-started-subject"), parts, w.say(why))
}

/// How a launch has moved, to the desk (K8).
pub(super) fn report(w: &Writer<'_>, report: &LaunchReport) -> Written {
    let (subject, lead) = match report.news {
        LaunchNews::Approved => ("mail-launch-approved-subject", "mail-launch-approved-lead"),
        LaunchNews::Refused => ("mail-launch-refused-subject", "mail-launch-refused-lead"),
        LaunchNews::Unanswered => ("mail-launch-unanswered-subject", "mail-launch-unanswered-lead"),
        // A start is not reported: its mail is `started`, with ID and password.
        LaunchNews::Started | LaunchNews::MachineBack => ("mail-launch-back-subject", "mail-launch-back-lead"),
    };
    let mut facts = equipment(w, (&report.equipment, &report.serial_number));
    facts.extend(report.decision.as_ref().into_iter().flat_map(|decision| {
        [
            w.fact("mail-answered-by", &unlinked::name(decision.name.as_str())),
            w.fact("mail-answered-at", &w.at(decision.at)),
        ]
    }));
    facts.extend(report.granted.into_iter().flat_map(|granted| {
        [
            w.fact("mail-launch-from", &w.at(granted.from)),
            w.fact("mail-started-until", &w.at(granted.until)),
        ]
    }));
    let mut parts = vec![w.paragraph(lead), Part::Facts(facts)];
    parts.extend(refusal(report.decision.as_ref()).map(|reason| Part::Quotation {
        label: w.say("mail-answered-reason"),
        words: unlinked::words(reason),
    }));
    parts.push(w.link("mail-launch-desk-link", "mail-launch-desk-button", &report.link));
    (w.say(subject), parts, w.say("mail-launch-desk-why"))
}

/// What happened in a session, to the customer's administrators.
pub(super) fn summary(w: &Writer<'_>, of: &SessionSummary) -> Written {
    let provider = unlinked::name(of.provider_name.as_str());
    let summary = &of.summary;
    let (subject, lead, button, why) = match &of.subject {
        SummarySubject::Equipment(..) => (
            "mail-summary-subject",
            "mail-summary-lead",
            "mail-started-button",
            "mail-summary-why",
        ),
        SummarySubject::Attended(_) => (
            "mail-summary-attended-subject",
            "mail-summary-attended-lead",
            "mail-summary-attended-button",
            "mail-summary-attended-why",
        ),
    };
    let names = |people: &[String]| {
        let names: Vec<String> = people.iter().map(|name| unlinked::name(name)).collect();
        names.join(&w.say("mail-summary-and"))
    };
    let mut facts = match &of.subject {
        SummarySubject::Equipment(name, serial_number) => equipment(w, (name, serial_number)),
        SummarySubject::Attended(title) => vec![w.fact("mail-summary-title", &unlinked::words(title))],
    };
    facts.extend(summary.began.map(|at| w.fact("mail-summary-began", &w.at(at))));
    facts.extend(summary.ended.map(|at| w.fact("mail-summary-ended", &w.at(at))));
    for (key, people) in [
        ("mail-summary-desk", &summary.desk),
        ("mail-summary-guests", &summary.guests),
    ] {
        facts.extend(
            Some(people)
                .filter(|people| !people.is_empty())
                .map(|people| w.fact(key, &names(people))),
        );
    }
    facts.push(w.fact("mail-summary-messages", &summary.messages.to_string()));
    let mut parts = vec![
        Part::Paragraph(w.say_with(lead, "provider", &provider)),
        Part::Facts(facts),
    ];
    let mut done: Vec<String> = summary
        .done
        .iter()
        .map(|done| {
            let what = w.say(ability_key(done.ability));
            let times = done.times.to_string();
            text_with(w.locale(), "mail-summary-times", &[("what", &what), ("times", &times)])
        })
        .collect();
    if summary.shared {
        done.insert(0, w.say("mail-summary-shared"));
    }
    if !done.is_empty() {
        parts.extend([Part::Heading(w.say("mail-summary-done")), Part::List(done)]);
    }
    if !summary.files.is_empty() {
        let files = summary.files.iter().map(|file| {
            let known = [
                ("name", unlinked::words(&file.name)),
                ("size", file.size.to_string()),
                ("from", unlinked::name(&file.from)),
                ("to", unlinked::name(&file.to)),
            ];
            let known: Vec<(&str, &str)> = known.iter().map(|(key, value)| (*key, value.as_str())).collect();
            text_with(w.locale(), "mail-summary-file", &known)
        });
        parts.extend([Part::Heading(w.say("mail-summary-files")), Part::List(files.collect())]);
    }
    parts.push(w.link("mail-summary-link", button, &of.link));
    (w.say(subject), parts, w.say(why))
}

/// How to start remote support at the machine (K6), to somebody there.
pub(super) fn steps(w: &Writer<'_>, provider: &OrganizationName, machine: (&str, &str), edge: &str) -> Written {
    let provider = unlinked::name(provider.as_str());
    let say = |key| w.say_with(key, "provider", &provider);
    let mut parts = vec![
        Part::Paragraph(say("mail-steps-lead")),
        Part::Facts(equipment(w, machine)),
        Part::List(vec![
            say("mail-steps-first"),
            say("mail-steps-second"),
            say("mail-steps-third"),
        ]),
        Part::Warning(say("mail-steps-warning")),
    ];
    parts.extend(w.guide("mail-guide-machine", "machine", edge));
    (w.say("mail-steps-subject"), parts, say("mail-steps-why"))
}

fn refusal(decision: Option<&Decision>) -> Option<&str> {
    let decision = decision.filter(|decision| decision.outcome == Outcome::Refused)?;
    decision.reason.as_ref().map(crate::text::Reason::as_str)
}

fn equipment(w: &Writer<'_>, (name, serial_number): (&str, &str)) -> Vec<(String, String)> {
    vec![
        w.fact("mail-launch-equipment", &unlinked::words(name)),
        w.fact("mail-launch-serial", &unlinked::words(serial_number)),
    ]
}

const fn ability_key(ability: Ability) -> &'static str {
    match ability {
        Ability::Diagnostics => "mail-ability-diagnostics",
        Ability::RestartSoftware => "mail-ability-restart-software",
        Ability::RestartMachine => "mail-ability-restart-machine",
        Ability::ViewScreen => "mail-ability-view-screen",
        Ability::ControlScreen => "mail-ability-control-screen",
        Ability::Terminal => "mail-ability-terminal",
        Ability::Files => "mail-ability-files",
    }
}
