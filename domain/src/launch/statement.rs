//! The statement for a launch: what an administrator reads before they answer, and what the receipt quotes.

use super::{Launch, Origin};
use crate::approval::Approval;
use crate::locale::Locale;
use crate::session::Ability;
use crate::texts::{date_time, duration, text, text_with};
use crate::time::{TimeZone, UnixSeconds};

/// The statement: plain text, lines separated by `\n`, times in `zone`. The desk's own words are quoted with `> `, so
/// that none of them can be mistaken for one of Tegata's. The period is given in absolute times as far as they are known
/// before the approval: its earliest start, its length, and its latest end.
#[must_use]
pub fn statement(
    locale: Locale,
    zone: &TimeZone,
    tenant_name: &str,
    launch: &Launch,
    approval: Option<&Approval>,
) -> String {
    let provider = launch.provider_name.as_str();
    let required = approval.map_or(1, |approval| approval.required).to_string();
    let paragraph = |key| {
        let known = [("tenant", tenant_name), ("provider", provider), ("required", &required)];
        text_with(locale, key, &known)
    };
    let line = |key, value: &str| {
        let label = text(locale, key);
        text_with(locale, "common-labelled", &[("label", &label), ("value", value)])
    };
    let at = |instant: UnixSeconds| date_time(locale, instant, zone);
    let (title, asked, meaning, checked) = match launch.origin {
        Origin::Desk { .. } => (
            "statement-launch-title",
            "statement-launch-asked",
            "statement-launch-meaning",
            "statement-launch-checked",
        ),
        Origin::Machine { .. } => (
            "statement-support-title",
            "statement-support-asked",
            "statement-support-meaning",
            "statement-support-checked",
        ),
    };
    let mut lines = vec![
        paragraph(title),
        String::new(),
        paragraph(asked),
        String::new(),
        line("statement-launch-equipment", launch.equipment_name.as_str()),
        line("statement-launch-serial", launch.serial_number.as_str()),
    ];
    if launch.extends.is_some() {
        lines.insert(3, paragraph("statement-launch-extends"));
        lines.insert(4, String::new());
    }
    lines.extend(
        launch
            .place
            .as_ref()
            .map(|place| line("statement-launch-place", place.as_str())),
    );
    if let Origin::Desk { asked_by, reason, .. } = &launch.origin {
        lines.extend([
            line("statement-launch-asker", asked_by.name.as_str()),
            line("statement-email", asked_by.email.as_str()),
            line("statement-organization", provider),
            line("statement-launch-reason", "").trim_end().to_owned(),
        ]);
        lines.extend(reason.as_str().lines().map(|line| format!("> {line}")));
    }
    lines.push(line("statement-launch-abilities", "").trim_end().to_owned());
    lines.extend(launch.abilities.iter().map(|ability| {
        let words = text(locale, ability_key(*ability));
        text_with(locale, "statement-launch-ability", &[("ability", &words)])
    }));
    lines.push(line("statement-launch-period", &duration(locale, launch.period)));
    match approval {
        Some(approval) => {
            let start = match launch.starts_at {
                Some(start) => text_with(locale, "statement-launch-start-later", &[("at", &at(start))]),
                None => text(locale, "statement-launch-start-approval"),
            };
            let latest = launch
                .starts_at
                .map_or(approval.expires_at, |start| start.max(approval.expires_at));
            lines.extend([
                line("statement-launch-start", &start),
                line("statement-launch-latest", &at(latest.plus(launch.period))),
                line("statement-launch-requested", &at(launch.requested_at)),
                line("statement-expires", &at(approval.expires_at)),
            ]);
        }
        None => lines.push(line("statement-launch-started", &at(launch.requested_at))),
    }
    lines.extend([String::new(), paragraph(meaning), String::new()]);
    if approval.is_some_and(|approval| approval.required > 1) {
        lines.extend([paragraph("statement-launch-several"), String::new()]);
    }
    lines.push(paragraph(checked));
    lines.join("\n")
}

const fn ability_key(ability: Ability) -> &'static str {
    match ability {
        Ability::Diagnostics => "statement-ability-diagnostics",
        Ability::RestartSoftware => "statement-ability-restart-software",
        Ability::RestartMachine => "statement-ability-restart-machine",
        Ability::ViewScreen => "statement-ability-view-screen",
        Ability::ControlScreen => "statement-ability-control-screen",
        Ability::Terminal => "statement-ability-terminal",
        Ability::Files => "statement-ability-files",
    }
}
