//! Files that participants of a session offer each other (Z6): what an offer says, and which offers the customer's policy
//! allows. The bytes travel on a stream of their own, from the one who offers to each who accepts; they are never stored
//! at the edge.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::id::CommandId;
use crate::session::frame::LARGEST_OFFSET;
use crate::text::deceives;
use crate::unicode::nfc;

/// Most characters of a file's name.
const MOST_NAME: usize = 150;
/// Most bytes of a file's name in UTF-8, as file systems have it.
const MOST_NAME_BYTES: usize = 240;
/// Most offers in a session.
pub const MOST_OFFERS: i64 = 500;
/// The largest file unless the customer's policy says otherwise, in bytes: 4 GiB.
pub const USUAL_LARGEST: i64 = 4 * 1024 * 1024 * 1024;
/// Most types that a policy names.
const MOST_TYPES: usize = 100;

/// A file's name: one that every common file system takes, that names no place, and that reads as what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 150))]
#[serde(try_from = "String")]
pub struct FileName(String);

impl FileName {
    /// Normalises (NFC) and checks a name.
    ///
    /// # Errors
    /// [`FieldError`] for an empty or overlong name, for one with a separator, a reserved or invisible character, a space
    /// or dot at an end, and for a name that Windows gives to a device.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let refuse = |detail| Err(FieldError::new("name", detail));
        if text.len() > MOST_NAME_BYTES {
            return refuse("must be at most 240 bytes long");
        }
        let name = nfc(text);
        if name.is_empty() || name.chars().count() > MOST_NAME || name.len() > MOST_NAME_BYTES {
            return refuse("must be 1 to 150 characters long");
        }
        let reserved = |c: char| matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
        if name.chars().any(reserved) || deceives(&name) {
            return refuse("must not contain a separator, a reserved character, or an invisible one");
        }
        let ends = |c: char| c == '.' || c.is_whitespace();
        if name.ends_with(ends) || name.starts_with(char::is_whitespace) {
            return refuse("must not begin with a space, nor end with a space or a dot");
        }
        if is_device(&name) {
            return refuse("must not be the name of a device");
        }
        Ok(Self(name.into_owned()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What follows the last dot, in lower case; `None` without a dot, or if nothing follows it.
    #[must_use]
    pub fn extension(&self) -> Option<String> {
        let (stem, extension) = self.0.rsplit_once('.')?;
        (!stem.is_empty() && !extension.is_empty()).then(|| extension.to_lowercase())
    }
}

/// Whether Windows gives the name to a device, whatever its extension.
fn is_device(name: &str) -> bool {
    let stem = name
        .split('.')
        .next()
        .unwrap_or_default()
        .trim_end()
        .to_ascii_uppercase();
    let numbered = |prefix: &str| {
        let rest = stem.strip_prefix(prefix);
        rest.is_some_and(|rest| {
            let mut digits = rest.chars();
            let digit = digits.next();
            let one = digit.is_some_and(|c| c.is_ascii_digit() || matches!(c, '¹' | '²' | '³'));
            one && digits.next().is_none()
        })
    };
    let named = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].contains(&stem.as_str());
    named || numbered("COM") || numbered("LPT")
}

impl TryFrom<String> for FileName {
    type Error = FieldError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The SHA-256 of a file, as 64 hexadecimal digits in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "openapi",
    schema(min_length = 64, max_length = 64, pattern = "^[0-9a-f]{64}$")
)]
#[serde(try_from = "String")]
pub struct FileHash(String);

impl FileHash {
    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for FileHash {
    type Error = FieldError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let digit = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f');
        match text.len() == 64 && text.bytes().all(digit) {
            true => Ok(Self(text)),
            false => Err(FieldError::new("sha256", "must be 64 hexadecimal digits in lower case")),
        }
    }
}

/// A file that somebody offers. Who offers it vouches for the size and the hash; each receiver checks both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FileOffer {
    /// The id of the offer, made up by who offers it.
    pub id: CommandId,
    /// The file's name.
    pub name: FileName,
    /// Its size in bytes.
    pub size: i64,
    /// Its hash.
    pub sha256: FileHash,
}

/// How an offer ended for one receiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Received {
    /// All of it has arrived, and its hash is the one that was offered.
    Done,
    /// The receiver did not want it.
    Declined,
    /// What arrived has another hash or size.
    Mismatch,
    /// It could not be received: no space, or given up.
    Failed,
}

impl Received {
    /// The name in records and messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Declined => "declined",
            Self::Mismatch => "mismatch",
            Self::Failed => "failed",
        }
    }
}

/// Which files the customer lets through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FilePolicy {
    /// The largest file in bytes.
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 9_007_199_254_740_991_i64))]
    pub largest: i64,
    /// The extensions that are allowed, in lower case and without the dot; every one if it is empty.
    #[cfg_attr(feature = "openapi", schema(max_items = 100))]
    pub types: Vec<String>,
}

impl Default for FilePolicy {
    fn default() -> Self {
        Self {
            largest: USUAL_LARGEST,
            types: Vec::new(),
        }
    }
}

/// Why a file is not let through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unwanted {
    /// It is larger than the policy allows, or has no size.
    Size,
    /// Its type is not among those that the policy names.
    Type,
    /// Too many files were offered in this session.
    Many,
}

impl FilePolicy {
    /// Checks the policy itself.
    ///
    /// # Errors
    /// [`FieldError`] naming the first wrong member.
    pub fn check(&self) -> Result<(), FieldError> {
        if self.largest < 0 || u64::try_from(self.largest).is_ok_and(|largest| largest > LARGEST_OFFSET) {
            return Err(FieldError::new("largest", "must be a number of bytes"));
        }
        let known = |kind: &String| {
            let fits = (1..=16).contains(&kind.len());
            fits && kind
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        match self.types.len() <= MOST_TYPES && self.types.iter().all(known) {
            true => Ok(()),
            false => Err(FieldError::new(
                "types",
                "must be at most 100 extensions of 1 to 16 of a-z and 0-9, without the dot",
            )),
        }
    }

    /// Whether a file is let through.
    ///
    /// # Errors
    /// Why it is not.
    pub fn admits(&self, file: &FileOffer) -> Result<(), Unwanted> {
        if !(0..=self.largest).contains(&file.size) {
            return Err(Unwanted::Size);
        }
        let named = || file.name.extension().is_some_and(|own| self.types.contains(&own));
        match self.types.is_empty() || named() {
            true => Ok(()),
            false => Err(Unwanted::Type),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FileHash, FileName, FileOffer, FilePolicy, Unwanted};
    use crate::id::CommandId;

    #[test]
    fn a_name_names_a_file_and_nothing_else() {
        for good in [
            "report.pdf",
            "検査結果 2026-11.csv",
            ".profile",
            "a.tar.gz",
            "Å.txt",
            "com10",
            "console.log",
        ] {
            assert!(FileName::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            ".",
            "..",
            "../passwd",
            "a/b",
            "a\\b",
            "C:x",
            "a:stream",
            "nul",
            "NUL.txt",
            "com1.log",
            "LPT¹",
            "aux .txt",
            "a\u{202e}txt.exe",
            "a\u{200b}b",
            "a\0b",
            "a\nb",
            " a",
            "a ",
            "a.",
            "a\u{3000}",
            "what?.txt",
            "<a>",
            "\"a\"",
            "a|b",
        ] {
            assert!(FileName::parse(bad).is_err(), "{bad:?}");
        }
        assert!(FileName::parse(&"漢".repeat(80)).is_ok());
        assert!(FileName::parse(&"漢".repeat(81)).is_err());
        assert_eq!(FileName::parse("か\u{3099}.txt").unwrap().as_str(), "が.txt");
    }

    fn offer(name: &str, size: i64) -> FileOffer {
        FileOffer {
            id: CommandId::parse("AAECAwQFBgcICQoLDA0ODw").unwrap(),
            name: FileName::parse(name).unwrap(),
            size,
            sha256: FileHash::try_from("0".repeat(64)).unwrap(),
        }
    }

    #[test]
    fn a_policy_limits_sizes_and_types() {
        let policy = FilePolicy {
            largest: 10,
            types: vec!["log".to_owned(), "gz".to_owned()],
        };
        assert_eq!(policy.check(), Ok(()));
        for (name, size, expected) in [
            ("a.log", 0, Ok(())),
            ("a.LOG", 10, Ok(())),
            ("a.tar.gz", 1, Ok(())),
            ("a.log", 11, Err(Unwanted::Size)),
            ("a.log", -1, Err(Unwanted::Size)),
            ("log", 1, Err(Unwanted::Type)),
            (".log", 1, Err(Unwanted::Type)),
            ("a.exe", 1, Err(Unwanted::Type)),
        ] {
            assert_eq!(policy.admits(&offer(name, size)), expected, "{name} {size}");
        }
        assert_eq!(FilePolicy::default().admits(&offer("a.exe", 1 << 32)), Ok(()));
        let wrong = FilePolicy {
            types: vec![".log".to_owned()],
            ..policy
        };
        assert!(wrong.check().is_err());
    }

    #[test]
    fn a_hash_has_64_digits() {
        for bad in ["", &"0".repeat(63), &"0".repeat(65), &"G".repeat(64), &"A".repeat(64)] {
            assert!(FileHash::try_from(bad.to_string()).is_err(), "{bad}");
        }
    }
}
