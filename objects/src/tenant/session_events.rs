//! What a session reports, as the tenant writes it down: the audit entry, the step of the timeline, and the record, which
//! has every report as it came. Launches and attended sessions share it.

use tegata_domain::audit::Actor;
use tegata_domain::error::Refusal;
use tegata_domain::id::{AgentId, LaunchId};
use tegata_domain::launch::StepKind;
use tegata_domain::session::control::Surface;
use tegata_domain::session::files::{FileOffer, Received};
use tegata_domain::session::party::Party;
use tegata_domain::session::{Ability, DeedOutcome, SessionEvent, SessionNumber, SessionReport};
use tegata_kv_schema::session_records;

use crate::context::{Context, OrStorage as _};

/// How a report is written down.
pub(super) struct Noted {
    pub(super) actor: Actor,
    /// The audit action's last part, such as `join`.
    pub(super) verb: &'static str,
    /// The audit entry's outcome.
    pub(super) said: String,
    pub(super) step: Option<Shown>,
}

/// A step of the timeline.
pub(super) struct Shown {
    pub(super) what: StepKind,
    pub(super) by: Option<String>,
    pub(super) detail: Option<String>,
}

/// Keeps a report with the session's record.
pub(super) fn keep(ctx: &Context<'_>, launch: &LaunchId, report: &SessionReport) -> Result<(), Refusal> {
    session_records::keep(ctx.sql, launch, report).or_storage()
}

/// Who did something, for the audit log. The machine's agent is `agent`.
pub(super) fn actor(party: &Party, agent: Option<&AgentId>) -> Actor {
    match party {
        Party::Desk(by) => Actor::new("desk", Some(&format!("{}/{}", by.provider, by.user)), Some(&by.client)),
        Party::Guest(by) => Actor::new("guest", Some(by.guest.as_str()), Some(&by.client)),
        Party::Machine(_) => Actor::new("agent", agent.map(AgentId::as_str), None),
    }
}

/// The actor of what nobody in particular does.
pub(super) fn session_actor(number: &SessionNumber) -> Actor {
    Actor::new("session", Some(number.as_str()), None)
}

/// How `event` is written down; `None` for what changes the launch itself (`opened`, `taken`, `ended`), and for what is
/// written in the chat and the terminal, which the record alone has.
pub(super) fn noted(event: &SessionEvent, number: &SessionNumber, agent: Option<&AgentId>) -> Option<Noted> {
    let by = |party: &Party| Some(party.name().to_owned());
    let step = |what, party: &Party, detail: Option<String>| {
        Some(Shown {
            what,
            by: by(party),
            detail,
        })
    };
    let done = || "done".to_owned();
    let (party, verb, said, step) = match event {
        SessionEvent::Opened
        | SessionEvent::Taken
        | SessionEvent::Ended { .. }
        | SessionEvent::Said { .. }
        | SessionEvent::Typed { .. } => return None,
        SessionEvent::AgentJoined => {
            return Some(Noted {
                actor: Actor::new("agent", agent.map(AgentId::as_str), None),
                verb: "connect",
                said: done(),
                step: None,
            });
        }
        SessionEvent::Locked => {
            return Some(Noted {
                actor: session_actor(number),
                verb: "lock",
                said: "wrong_passwords".to_owned(),
                step: Some(Shown {
                    what: StepKind::Locked,
                    by: None,
                    detail: None,
                }),
            });
        }
        SessionEvent::Joined { by } => (by, "join", done(), step(StepKind::Joined, by, None)),
        SessionEvent::Left { by } => (by, "leave", done(), step(StepKind::Left, by, None)),
        SessionEvent::Removed { by, who } => {
            let whom = who.name().to_owned();
            (by, "remove", whom.clone(), step(StepKind::Removed, by, Some(whom)))
        }
        SessionEvent::Sharing { by, surface } => match surface {
            Some(surface) => {
                let what = match surface {
                    // `unknown` is how something ended.
                    Surface::Unknown => "screen",
                    known => known.name(),
                };
                let what = what.to_owned();
                (by, "share", what.clone(), step(StepKind::Shared, by, Some(what)))
            }
            None => (by, "unshare", done(), step(StepKind::Unshared, by, None)),
        },
        SessionEvent::Offered { by, file } => (by, "offer_file", described(file), None),
        SessionEvent::Received { by, file, outcome, .. } => {
            let said = format!("{}: {}", described(file), outcome.name());
            let received = *outcome == Received::Done;
            let shown = received.then(|| step(StepKind::Files, by, Some(file.name.to_string())));
            (by, "receive_file", said, shown.flatten())
        }
        SessionEvent::Did {
            by,
            ability,
            detail,
            outcome,
        } => {
            let said = match (detail, outcome) {
                (Some(detail), DeedOutcome::Done) => detail.clone(),
                (Some(detail), outcome) => format!("{detail}: {}", outcome.name()),
                // `failed` is a registration whose code was entered wrongly too often.
                (None, DeedOutcome::Failed) => "not_possible".to_owned(),
                (None, outcome) => outcome.name().to_owned(),
            };
            // Files are on the timeline once they have arrived.
            let shown = deed(*ability).and_then(|what| step(what, by, Some(said.clone())));
            (by, ability.name(), said, shown)
        }
    };
    Some(Noted {
        actor: actor(party, agent),
        verb,
        said,
        step,
    })
}

/// A file in the audit log.
fn described(file: &FileOffer) -> String {
    format!("{} ({} bytes, sha256 {})", file.name, file.size, file.sha256.as_str())
}

const fn deed(ability: Ability) -> Option<StepKind> {
    Some(match ability {
        Ability::Diagnostics => StepKind::Diagnostics,
        Ability::RestartSoftware => StepKind::RestartSoftware,
        Ability::RestartMachine => StepKind::RestartMachine,
        Ability::ViewScreen => StepKind::ViewScreen,
        Ability::ControlScreen => StepKind::ControlScreen,
        Ability::Terminal => StepKind::Terminal,
        Ability::Files => return None,
    })
}
