//! Writes results to standard output and everything else to standard error. With `--json`, standard output gets exactly
//! one JSON object.

use crate::exit;
use crate::failure::Failure;
use crate::moment::moment;
use crate::texts::Texts;
use chrono::DateTime;
use serde_json::{Value, json};
use std::io::{self, Write as _};
use tegata_domain::time::TimeZone;

/// Prints results, progress and failures.
pub(crate) struct Output {
    pub(crate) json: bool,
    pub(crate) texts: Texts,
    /// Where the person is.
    pub(crate) zone: TimeZone,
}

impl Output {
    /// Prints the result of a command, for people or for programs.
    pub(crate) fn result(&self, text: &str, object: &Value) -> Result<(), Failure> {
        if self.json {
            self.print(&object.to_string())
        } else {
            self.print(text)
        }
    }

    /// A time for a sentence.
    pub(crate) fn moment(&self, seconds: u64) -> String {
        moment(seconds, &self.zone, &self.texts)
    }

    /// Prints a line on standard output. A reader that has closed it (`| head`) causes a failure, not a panic.
    fn print(&self, text: &str) -> Result<(), Failure> {
        writeln!(io::stdout().lock(), "{text}").map_err(|error| Failure::output(&error, &self.texts))
    }

    /// Prints progress on standard error.
    pub(crate) fn note(&self, text: &str) {
        let _ = writeln!(io::stderr().lock(), "{text}");
    }

    /// Prints the failure that ends the command. If the reader has closed standard output, nothing is printed.
    pub(crate) fn failure(&self, failure: &Failure) {
        if failure.exit == exit::BROKEN_PIPE {
            return;
        }
        if self.json {
            let mut error = json!({"error": {"code": failure.code, "message": failure.message}});
            if let Some(entry) = failure.entry {
                error["error"]["entry"] = entry.into();
            }
            let _ = writeln!(io::stdout().lock(), "{error}");
        } else {
            self.note(&format!("tegata: {}", failure.message));
        }
    }
}

/// Formats a time as `2026-04-01T09:00:00Z`, for tables and programs.
pub(crate) fn time(seconds: u64) -> String {
    let at = i64::try_from(seconds)
        .ok()
        .and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    at.map_or_else(|| seconds.to_string(), |at| at.format("%Y-%m-%dT%H:%M:%SZ").to_string())
}

#[cfg(test)]
mod tests {
    use super::time;

    #[test]
    fn times_are_shown_in_utc() {
        assert_eq!(time(1_775_034_000), "2026-04-01T09:00:00Z");
        assert_eq!(time(u64::MAX), u64::MAX.to_string());
    }
}
