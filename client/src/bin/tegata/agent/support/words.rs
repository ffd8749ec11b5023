//! Remote support in sentences.

use crate::printable::printable;
use crate::texts::Texts;
use tegata_client::agent::support::{OfferState, Phase, ShownDeed, ShownMessage, ShownOffer, Support};
use tegata_client::registration::Locale;
use tegata_domain::control::SupportDeclined;
use tegata_domain::session::{Ability, DeedOutcome, SessionEnd};

/// Why the last start came to nothing, or how the last session ended.
pub(crate) fn before(support: &Support, texts: &Texts) -> Option<String> {
    let key = match (support.declined, support.ended) {
        (Some(SupportDeclined::NotAllowed), _) => "machine-support-declined-not-allowed",
        (Some(SupportDeclined::Busy), _) => "machine-support-declined-busy",
        (Some(SupportDeclined::NoDesk), _) => "machine-support-declined-no-desk",
        (Some(SupportDeclined::TooMany), _) => "machine-support-declined-too-many",
        (Some(SupportDeclined::Other), _) => "machine-support-declined-other",
        (None, Some(SessionEnd::Desk)) => "machine-support-ended-desk",
        (None, Some(SessionEnd::Machine)) => "machine-support-ended-machine",
        (None, Some(SessionEnd::Administrator)) => "machine-support-ended-administrator",
        (None, Some(SessionEnd::Expired)) => "machine-support-ended-expired",
        (None, Some(SessionEnd::Guest | SessionEnd::Agent | SessionEnd::Forbidden | SessionEnd::Suspended)) => {
            "machine-support-ended-closed"
        }
        (None, None) => return None,
    };
    (support.phase == Phase::Idle).then(|| texts.get(key))
}

/// Something that the desk had done, with its outcome.
pub(crate) fn deed(deed: &ShownDeed, texts: &Texts) -> String {
    let what = match (deed.ability, deed.detail.as_deref()) {
        (Ability::Diagnostics, Some("overview") | None) => texts.get("machine-deed-overview"),
        (Ability::Diagnostics, Some("connection_test")) => texts.get("machine-deed-connection-test"),
        (Ability::Diagnostics, Some(log)) => texts.with("machine-deed-log", [("log", printable(log).into())]),
        (Ability::RestartSoftware, _) => texts.get("machine-deed-restart-software"),
        (Ability::RestartMachine, _) => texts.get("machine-deed-restart-machine"),
        (Ability::Files, detail) => {
            let detail = detail.unwrap_or_default();
            let key = match detail.ends_with('/') {
                true => "machine-deed-list-files",
                false => "machine-deed-offer-file",
            };
            texts.with(key, [("file", printable(detail).into())])
        }
        // These are no deeds: they are shown for as long as they last.
        (Ability::ViewScreen | Ability::ControlScreen, _) => texts.get("machine-use-view-screen"),
        (Ability::Terminal, _) => texts.get("machine-use-terminal"),
    };
    let outcome = texts.get(match deed.outcome {
        None => "machine-deed-doing",
        Some(DeedOutcome::Done) => "machine-deed-done",
        Some(DeedOutcome::Refused) => "machine-deed-refused",
        Some(DeedOutcome::Failed) => "machine-deed-failed",
        Some(DeedOutcome::Unknown) => "machine-deed-unknown",
    });
    let args = [
        ("what", what.into()),
        ("name", printable(&deed.by).into()),
        ("outcome", outcome.into()),
    ];
    texts.with("machine-deed", args)
}

/// A file that is offered, with what becomes of it.
pub(crate) fn offer(offer: &ShownOffer, texts: &Texts) -> String {
    let state = match offer.state {
        OfferState::Waiting => texts.get("machine-file-waiting"),
        OfferState::Receiving { bytes } => {
            let hundredths = bytes.saturating_mul(100).checked_div(offer.size).unwrap_or(100);
            texts.with("machine-file-receiving", [("percent", hundredths.min(100).into())])
        }
        OfferState::Done => texts.get("machine-file-done"),
        OfferState::Declined => texts.get("machine-file-declined"),
        OfferState::Mismatch => texts.get("machine-file-mismatch"),
        OfferState::Failed => texts.get("machine-file-failed"),
    };
    let args = [
        ("file", printable(&offer.name).into()),
        ("size", size(offer.size, texts).into()),
        ("name", printable(&offer.by).into()),
        ("state", state.into()),
    ];
    texts.with("machine-file", args)
}

/// A size as people read it.
fn size(bytes: u64, texts: &Texts) -> String {
    let (unit, name) = match bytes {
        0..1_000 => return format!("{bytes} B"),
        1_000..1_000_000 => (1_000, "kB"),
        1_000_000..1_000_000_000 => (1_000_000, "MB"),
        _ => (1_000_000_000, "GB"),
    };
    let tenths = bytes.saturating_mul(10) / unit;
    let point = if texts.locale == Locale::Da { ',' } else { '.' };
    format!("{}{point}{} {name}", tenths / 10, tenths % 10)
}

/// Who has written a message.
pub(crate) fn writer(message: &ShownMessage, texts: &Texts) -> String {
    match &message.by {
        Some(name) => printable(name),
        None => texts.get("machine-chat-here"),
    }
}

/// What somebody does for as long as it is shown: the name of the fact.
pub(crate) fn using(ability: Ability, texts: &Texts) -> String {
    texts.get(match ability {
        Ability::ControlScreen => "machine-use-control-screen",
        Ability::Terminal => "machine-use-terminal",
        Ability::Files => "machine-use-files",
        _ => "machine-use-view-screen",
    })
}

/// The state in a sentence, for a notice; `None` while there is nothing to say.
pub(crate) fn summary(support: &Support, texts: &Texts) -> Option<String> {
    let Some(session) = &support.session else {
        return before(support, texts);
    };
    let uses = session.uses.iter().map(|one| {
        let args = [
            ("what", using(one.ability, texts).into()),
            ("name", printable(&one.by).into()),
        ];
        texts.with("machine-use", args)
    });
    let happens: Vec<String> = uses
        .chain(session.deeds.last().map(|latest| deed(latest, texts)))
        .collect();
    if !happens.is_empty() {
        return Some(happens.join(" "));
    }
    Some(match session.present.is_empty() {
        true if session.password.is_some() => texts.get("machine-support-open"),
        true => texts.get("machine-support-from-afar"),
        false => {
            let names: Vec<String> = session.present.iter().map(|name| printable(name)).collect();
            texts.with("cli-support-joined", [("names", names.join(texts.comma()).into())])
        }
    })
}
