//! What the installer configured for every user of this PC: where the service is, the tenant's domain, and the language.
//! A person then enters neither. Options and environment variables of the command come before it.

use crate::edge::EdgeUrl;
use crate::error::Error;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::{env, fs, io};
use tegata_domain::locale::Locale;
use tegata_domain::slug::Slug;

/// The content of `viewer.json`. A name that it does not know is an error, so that a typing mistake is noticed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Installation {
    /// Base URL of the deployment.
    #[serde(default)]
    pub edge: Option<EdgeUrl>,
    /// The tenant's domain.
    #[serde(default)]
    pub tenant: Option<Slug>,
    /// Language of the local page: `ja`, `en` or `da`.
    #[serde(default)]
    pub language: Option<Locale>,
}

impl Installation {
    /// Reads `path`, or the platform's usual file if it is `None`; only the latter may be missing.
    ///
    /// Errors: `Installation`, with what is wrong.
    pub fn load(path: Option<&Path>) -> Result<Self, Error> {
        let (path, may_be_missing) = match path {
            Some(path) => (path.to_owned(), false),
            None => match usual_path() {
                Some(path) => (path, true),
                None => return Ok(Self::default()),
            },
        };
        match fs::read(&path) {
            Ok(json) => Self::parse(&json).map_err(|error| Error::Installation {
                path,
                detail: error.to_string(),
            }),
            Err(error) if may_be_missing && error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(Error::Installation {
                path,
                detail: error.to_string(),
            }),
        }
    }

    fn parse(json: &[u8]) -> Result<Self, serde_json::Error> {
        // Editors on Windows begin a file with a byte order mark.
        serde_json::from_slice(json.strip_prefix(b"\xef\xbb\xbf").unwrap_or(json))
    }
}

/// Where an installer puts the file. Only an administrator can write there.
pub fn usual_path() -> Option<PathBuf> {
    if cfg!(windows) {
        let base = env::var_os("ProgramData").filter(|base| !base.is_empty())?;
        Some(PathBuf::from(base).join("Tegata").join("viewer.json"))
    } else if cfg!(target_os = "macos") {
        Some(PathBuf::from("/Library/Application Support/Tegata/viewer.json"))
    } else {
        Some(PathBuf::from("/etc/tegata/viewer.json"))
    }
}

#[cfg(test)]
mod tests {
    use super::Installation;
    use crate::error::Error;
    use std::fs;
    use tegata_domain::locale::Locale;

    #[test]
    fn every_member_may_be_left_out() {
        let all = br#"{"edge": "https://edge.example/", "tenant": "aozora", "language": "ja"}"#;
        let all = Installation::parse(all).unwrap();
        assert_eq!(all.edge.unwrap().as_str(), "https://edge.example");
        assert_eq!(all.tenant.unwrap().as_str(), "aozora");
        assert_eq!(all.language, Some(Locale::Ja));
        assert_eq!(Installation::parse(b"\xef\xbb\xbf{}").unwrap(), Installation::default());
    }

    #[test]
    fn what_cannot_be_right_is_refused() {
        for bad in [
            "",
            r#"{"edge": "http://edge.example"}"#,
            r#"{"tenant": "../aozora"}"#,
            r#"{"language": "fr"}"#,
            r#"{"edgeurl": "https://edge.example"}"#,
        ] {
            assert!(Installation::parse(bad.as_bytes()).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_file_that_was_named_must_be_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("viewer.json");
        assert!(matches!(
            Installation::load(Some(&path)),
            Err(Error::Installation { .. })
        ));
        fs::write(&path, r#"{"tenant": "aozora"}"#).unwrap();
        assert!(Installation::load(Some(&path)).unwrap().tenant.is_some());
    }
}
