//! The one place where a failure becomes an exit code, a stable code for programs, and a sentence for people.

use crate::args::VARIABLES;
use crate::exit;
use crate::printable::printable;
use crate::texts::Texts;
use std::io;
use tegata_client::audit::HeadError;
use tegata_client::error::{Error, StorageError, chain};
use tegata_client::problem::{OAuthError, Problem};
use tegata_client::proxy::obstacle::Obstacle;
use tegata_client::receipt::ReceiptError;
use tegata_client::registration::RegistrationState;
use tegata_domain::audit::chain::{Broken, Fault};

/// Why a command failed.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: u8,
    pub(crate) code: String,
    pub(crate) message: String,
    /// The audit log entry at fault.
    pub(crate) entry: Option<i64>,
}

impl Failure {
    pub(crate) fn new(exit: u8, code: &str, message: String) -> Self {
        Self {
            exit,
            code: code.to_owned(),
            message,
            entry: None,
        }
    }

    /// A mistake in the user's input.
    pub(crate) fn usage(message: String) -> Self {
        Self::new(exit::USAGE, "usage", message)
    }

    /// Required options that were not given. Where an environment variable can stand for one, it is named too.
    pub(crate) fn missing(options: &[&str], texts: &Texts) -> Self {
        let named: Vec<String> = options.iter().map(|option| with_variable(option, texts)).collect();
        let named = named.join(texts.comma());
        Self::usage(texts.with("cli-usage-missing", [("arguments", named.into())]))
    }

    /// A file that the user named cannot be read or written.
    pub(crate) fn file(path: &std::path::Path, error: &io::Error, texts: &Texts) -> Self {
        let args = [
            ("path", path.display().to_string().into()),
            ("detail", error.to_string().into()),
        ];
        Self::new(exit::GENERAL, "file", texts.with("cli-error-file", args))
    }

    /// Standard output cannot be written.
    pub(crate) fn output(error: &io::Error, texts: &Texts) -> Self {
        let detail = [("detail", error.to_string().into())];
        let exit = if error.kind() == io::ErrorKind::BrokenPipe {
            exit::BROKEN_PIPE
        } else {
            exit::GENERAL
        };
        Self::new(exit, "output", texts.with("cli-error-output", detail))
    }

    /// An error of the library.
    pub(crate) fn from_error(error: Error, texts: &Texts) -> Self {
        Self::of(&error, texts)
    }

    /// An error of the library that somebody else keeps.
    pub(crate) fn of(error: &Error, texts: &Texts) -> Self {
        let general = |code: &str, message| Self::new(exit::GENERAL, code, message);
        match error {
            Error::InvalidInput { field } => invalid(field, texts),
            Error::Network(error) => {
                let detail = printable(&chain(error));
                Self::new(
                    exit::NETWORK,
                    "network",
                    texts.with("cli-error-network", [("detail", detail.into())]),
                )
            }
            Error::Obstacle(obstacle) => {
                let exit = match **obstacle {
                    Obstacle::RemoteServiceOff | Obstacle::Settings { .. } => exit::GENERAL,
                    _ => exit::NETWORK,
                };
                Self::new(exit, obstacle.code(), crate::agent::obstacle::told(obstacle, texts))
            }
            Error::Protocol(detail) => general(
                "protocol",
                texts.with("cli-error-protocol", [("detail", (*detail).into())]),
            ),
            Error::OAuth(error) => oauth(error, texts),
            Error::Problem(problem) => self::problem(problem, texts),
            Error::Status(status) => bare_status(*status, texts),
            Error::ClockSkew { seconds } => general(
                "clock",
                texts.with("cli-error-clock", [("seconds", seconds.abs().into())]),
            ),
            Error::NotRegistered => general("not_registered", texts.get("cli-error-not-registered")),
            Error::AlreadyRegistered => general("already_registered", texts.get("cli-error-already-registered")),
            Error::StillPending => Self::new(exit::PENDING, "pending", texts.get("cli-error-still-pending")),
            Error::WrongCode { tries_left } => Self::new(
                exit::REFUSED,
                "wrong_code",
                texts.with("cli-wrong-code", [("tries", (*tries_left).into())]),
            ),
            Error::Ended { state, reason } => ended(*state, reason.as_deref(), texts),
            Error::Revoked => Self::new(exit::REFUSED, "revoked", texts.get("cli-error-revoked")),
            Error::Installation { path, detail } => {
                let args = [
                    ("path", path.display().to_string().into()),
                    ("detail", printable(detail).into()),
                ];
                general("installation", texts.with("cli-error-installation", args))
            }
            Error::AssistanceNotReady { missing } => {
                let missing = crate::agent::settings::named(missing, texts);
                general(
                    "assistance_not_ready",
                    texts.with("cli-error-assistance-not-ready", [("missing", missing.into())]),
                )
            }
            Error::Storage(error) => storage(error, texts),
        }
    }

    /// A receipt that failed verification.
    pub(crate) fn receipt(error: &ReceiptError, texts: &Texts) -> Self {
        let (code, message) = match error {
            ReceiptError::Malformed(_) => ("receipt_malformed", texts.get("cli-receipt-malformed")),
            ReceiptError::Algorithm(name) => (
                "receipt_algorithm",
                texts.with("cli-receipt-algorithm", [("name", printable(name).into())]),
            ),
            ReceiptError::Type(name) => (
                "receipt_type",
                texts.with("cli-receipt-type", [("name", printable(name).into())]),
            ),
            ReceiptError::UnknownKey(kid) => (
                "receipt_unknown_key",
                texts.with("cli-receipt-unknown-key", [("kid", printable(kid).into())]),
            ),
            ReceiptError::EndedKey(kid) => (
                "receipt_ended_key",
                texts.with("cli-receipt-ended-key", [("kid", printable(kid).into())]),
            ),
            ReceiptError::Signature => ("receipt_signature", texts.get("cli-receipt-signature")),
            ReceiptError::TextHash => ("receipt_text", texts.get("cli-receipt-text")),
            ReceiptError::Issuer(issuer) => (
                "receipt_issuer",
                texts.with("cli-receipt-issuer", [("issuer", printable(issuer).into())]),
            ),
        };
        Self::new(exit::VERIFICATION, code, message)
    }

    /// An audit log that failed verification, with the first entry that shows it.
    pub(crate) fn audit(broken: &Broken, texts: &Texts) -> Self {
        let entry = ("entry", broken.seq.into());
        let (code, message) = match &broken.fault {
            // What the parser says is English, and says less to people than the line itself.
            Fault::NotAnEntry(_) => ("audit_not_an_entry", texts.with("cli-audit-not-an-entry", [entry])),
            Fault::Spelling => ("audit_spelling", texts.with("cli-audit-spelling", [entry])),
            Fault::Number { found } => {
                let found = ("found", (*found).into());
                ("audit_number", texts.with("cli-audit-number", [entry, found]))
            }
            Fault::Previous => ("audit_previous", texts.with("cli-audit-previous", [entry])),
            Fault::Hash => ("audit_hash", texts.with("cli-audit-hash", [entry])),
            Fault::Head => ("audit_head", texts.with("cli-audit-head", [entry])),
            Fault::CutOff => ("audit_cut_off", texts.with("cli-audit-cut-off", [entry])),
            Fault::Before => ("audit_before", texts.with("cli-audit-before", [entry])),
            Fault::Noted => ("audit_noted", texts.with("cli-audit-noted", [entry])),
            Fault::Empty => ("audit_empty", texts.get("cli-audit-empty")),
        };
        Self {
            entry: Some(broken.seq),
            ..Self::new(exit::VERIFICATION, code, message)
        }
    }

    /// A signed head that failed verification.
    pub(crate) fn head(error: &HeadError, texts: &Texts) -> Self {
        let at = |place: &usize| ("place", (*place).into());
        let (code, message) = match error {
            HeadError::None => ("head_none", texts.get("cli-head-none")),
            HeadError::Malformed { place } => ("head_malformed", texts.with("cli-head-malformed", [at(place)])),
            HeadError::UnknownKey { place, kid } => (
                "head_unknown_key",
                texts.with("cli-head-unknown-key", [at(place), ("kid", printable(kid).into())]),
            ),
            HeadError::EndedKey { place, kid } => (
                "head_ended_key",
                texts.with("cli-head-ended-key", [at(place), ("kid", printable(kid).into())]),
            ),
            HeadError::Signature { place } => ("head_signature", texts.with("cli-head-signature", [at(place)])),
            HeadError::Issuer { place, issuer } => (
                "head_issuer",
                texts.with("cli-head-issuer", [at(place), ("issuer", printable(issuer).into())]),
            ),
        };
        Self::new(exit::VERIFICATION, code, message)
    }
}

fn with_variable(option: &str, texts: &Texts) -> String {
    match VARIABLES.iter().find(|(name, _)| *name == option) {
        Some((_, variable)) => {
            let args = [("option", option.into()), ("variable", (*variable).into())];
            texts.with("cli-usage-or-variable", args)
        }
        None => option.to_owned(),
    }
}

/// The message for an invalid field, or the field's bare name if this version does not know the field.
fn invalid(field: &str, texts: &Texts) -> Failure {
    let key = format!("cli-field-{}", field.replace('_', "-"));
    let message = if texts.has(&key) {
        texts.get(&key)
    } else {
        texts.with("cli-error-field", [("field", printable(field).into())])
    };
    Failure::new(exit::USAGE, "invalid_input", message)
}

fn bare_status(status: u16, texts: &Texts) -> Failure {
    let exit = if matches!(status, 401 | 403) {
        exit::REFUSED
    } else {
        exit::GENERAL
    };
    Failure::new(
        exit,
        &format!("http_{status}"),
        texts.with("cli-error-status", [("status", status.into())]),
    )
}

fn oauth(error: &OAuthError, texts: &Texts) -> Failure {
    if let Some(seconds) = error.retry_after.filter(|_| error.status == 429) {
        return too_often(seconds, texts);
    }
    let exit = match error.error.as_str() {
        "invalid_request" if error.field.is_some() => exit::USAGE,
        "access_denied" | "invalid_client" | "invalid_grant" | "unauthorized_client" => exit::REFUSED,
        _ => exit::GENERAL,
    };
    if let Some(field) = &error.field {
        return Failure {
            code: error.error.clone(),
            exit,
            ..invalid(field, texts)
        };
    }
    let detail = error.description.as_deref().unwrap_or("");
    let args = [
        ("code", printable(&error.error).into()),
        ("detail", printable(detail).into()),
    ];
    Failure::new(exit, &error.error, texts.with("cli-error-oauth", args))
}

fn problem(problem: &Problem, texts: &Texts) -> Failure {
    if let Some(seconds) = problem.retry_after.filter(|_| problem.status == 429) {
        return too_often(seconds, texts);
    }
    let exit = match problem.status {
        401 | 403 => exit::REFUSED,
        400 | 422 => exit::USAGE,
        _ => exit::GENERAL,
    };
    let code = if problem.code.is_empty() {
        format!("http_{}", problem.status)
    } else {
        problem.code.clone()
    };
    Failure::new(exit, &code, problem_text(problem, texts))
}

/// The edge's problem text, preceded by the field it concerns if it names one.
fn problem_text(problem: &Problem, texts: &Texts) -> String {
    let detail = printable(problem.detail.as_deref().unwrap_or(""));
    let args = [("title", printable(&problem.title).into()), ("detail", detail.into())];
    let text = texts.with("cli-error-problem", args);
    match &problem.field {
        Some(field) => {
            let args = [("field", printable(field).into()), ("problem", text.trim_end().into())];
            texts.with("cli-error-problem-field", args)
        }
        None => text.trim_end().to_owned(),
    }
}

fn too_often(seconds: u64, texts: &Texts) -> Failure {
    Failure::new(
        exit::GENERAL,
        "too_many_requests",
        texts.with("cli-error-too-often", [("seconds", seconds.into())]),
    )
}

/// How a registration ended, with the approver's reason if there is one.
fn ended(state: RegistrationState, reason: Option<&str>, texts: &Texts) -> Failure {
    let exit = if state == RegistrationState::Expired {
        exit::PENDING
    } else {
        exit::REFUSED
    };
    let mut message = texts.get(&format!("cli-state-{}", state.as_str().replace('_', "-")));
    if let Some(reason) = reason.filter(|reason| !reason.is_empty()) {
        let reason = texts.with("cli-refusal-reason", [("reason", printable(reason).into())]);
        message = texts.sentences(&message, &reason);
    }
    Failure::new(exit, state.as_str(), message)
}

fn storage(error: &StorageError, texts: &Texts) -> Failure {
    let at = |path: &std::path::Path| ("path", path.display().to_string().into());
    let (code, message) = match error {
        StorageError::Io { path, source } => (
            "storage",
            texts.with("cli-error-file", [at(path), ("detail", source.to_string().into())]),
        ),
        StorageError::Malformed { path } => ("malformed_file", texts.with("cli-error-malformed", [at(path)])),
        StorageError::KeyMissing { path } => ("key_missing", texts.with("cli-error-key-missing", [at(path)])),
        StorageError::KeyMismatch { path } => ("key_mismatch", texts.with("cli-error-key-mismatch", [at(path)])),
        StorageError::Exposed { path, mode } => (
            "exposed",
            texts.with("cli-error-exposed", [at(path), ("mode", format!("{mode:04o}").into())]),
        ),
        StorageError::Busy { path } => ("busy", texts.with("cli-error-busy", [at(path)])),
        StorageError::NoHome => ("no_home", texts.get("cli-error-no-home")),
    };
    Failure::new(exit::GENERAL, code, message)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;

    /// The quoted words of `source` that begin with one of `prefixes`.
    fn codes(source: &str, quote: char, prefixes: &[&str]) -> BTreeSet<String> {
        let is_code = |word: &str| word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        let begins = |word: &str| {
            prefixes
                .iter()
                .any(|prefix| word.starts_with(prefix) && word != *prefix)
        };
        let words = source.split(quote).filter(|word| is_code(word) && begins(word));
        words.map(str::to_owned).collect()
    }

    #[test]
    fn the_guide_lists_every_code_of_an_audit_log() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
        let guide = fs::read_to_string(format!("{root}/docs/verify.md")).unwrap();
        let prefixes = ["audit_", "head_"];
        let listed: BTreeSet<String> = guide
            .lines()
            .filter(|line| line.starts_with("| `"))
            .filter_map(|line| line.split('|').nth(1))
            .flat_map(|cell| codes(cell, '`', &prefixes))
            .collect();
        let given = codes(include_str!("failure.rs"), '"', &prefixes);
        assert_eq!(listed, given);
    }
}
