//! The light (P9): connected, not connected, switched off, or not running, each with its reason. Shape and text say the
//! same as the colour.

use super::panel::{Known, Running};
use crate::agent::identifying::ending_words;
use crate::agent::trouble_words;
use crate::moment::moment;
use crate::page::frame::Frame;
use crate::printable::printable;
use crate::texts::Texts;
use tegata_client::agent::status::{Enrolment, Light as Said, Status};

/// What the light shows. `as_str` is also its class in the stylesheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Colour {
    Green,
    Orange,
    /// The remote service is switched off (P1).
    Off,
    /// The agent does not run.
    Stopped,
}

impl Colour {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Orange => "orange",
            Self::Off => "off",
            Self::Stopped => "stopped",
        }
    }
}

/// The light with its words.
pub(super) struct Light {
    pub(super) colour: Colour,
    pub(super) title: String,
    pub(super) reason: String,
}

/// The light for what the agent said.
pub(super) fn light(known: &Known, frame: &Frame<'_>) -> Light {
    let stopped = |reason: String| Light {
        colour: Colour::Stopped,
        title: frame.texts.get("machine-light-stopped"),
        reason,
    };
    match known {
        Known::Running(running) => of_running(running, frame),
        Known::NotRunning => stopped(frame.texts.get("machine-light-stopped-reason")),
        Known::NotAdmitted => Light {
            title: frame.texts.get("machine-light-not-admitted"),
            ..stopped(frame.texts.get("machine-light-not-admitted-reason"))
        },
        Known::Broken(detail) => Light {
            title: frame.texts.get("machine-light-broken"),
            ..stopped(
                frame
                    .texts
                    .with("machine-error-failed", [("detail", printable(detail).into())]),
            )
        },
    }
}

fn of_running(running: &Running, frame: &Frame<'_>) -> Light {
    let texts = frame.texts;
    let status = &running.told.status;
    let (colour, title, reason) = match (status.state, status.light) {
        (_, Said::Off) => (Colour::Off, "machine-light-off", texts.get("machine-light-off-reason")),
        // The agent takes a moment to follow.
        _ if !running.settings.remote_service => {
            (Colour::Off, "machine-light-off", texts.get("machine-light-off-reason"))
        }
        (Enrolment::NotEnrolled, _) => (Colour::Orange, "machine-light-orange", not_enrolled(status, texts)),
        (Enrolment::Ended, _) => (Colour::Orange, "machine-light-orange", texts.get("machine-light-ended")),
        (Enrolment::Enrolled, Said::Green) => {
            let since = status.connected_since.unwrap_or_default();
            let at = [("at", moment(since, frame.zone, texts).into())];
            (
                Colour::Green,
                "machine-light-green",
                texts.with("machine-light-since", at),
            )
        }
        (Enrolment::Enrolled, Said::Orange | Said::Stopped) => {
            let reason = match &status.trouble {
                Some(trouble) => trouble_words(trouble, texts),
                None => texts.get("cli-agent-trouble-none"),
            };
            (Colour::Orange, "machine-light-orange", reason)
        }
    };
    Light {
        colour,
        title: texts.get(title),
        reason,
    }
}

/// Why a machine without an enrolment is not connected: it waits to be accepted, it was not accepted, or nobody has
/// enrolled it yet.
fn not_enrolled(status: &Status, texts: &Texts) -> String {
    match (&status.trouble, status.waiting_until, status.request_ending) {
        (Some(trouble), Some(_), _) => trouble_words(trouble, texts),
        (None, Some(_), _) => texts.get("machine-light-waiting"),
        (_, None, Some(ending)) => ending_words(ending, texts),
        (_, None, None) => texts.get("machine-light-not-enrolled"),
    }
}
