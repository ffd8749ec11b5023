//! `[files]`: where files from the desk go, from where files can be taken, and who accepts (Z6).

use super::absolute;
use serde::Deserialize;
use std::path::PathBuf;
use tegata_domain::text::FolderName;

/// Most folders from which files can be taken.
const MOST_FOLDERS: usize = 32;

/// The exchange of files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    /// Where received files go; without it, none is received.
    pub folder: Option<PathBuf>,
    /// The folders from which files can be taken, by the names under which the desk asks for them.
    pub offer: Vec<(FolderName, PathBuf)>,
    /// Who accepts.
    pub accept: Accept,
}

/// Who accepts a file for the machine.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Accept {
    /// Somebody at the machine, each file.
    #[default]
    Person,
    /// The approval of the launch: every file that is offered in it is received.
    Approval,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenFiles {
    folder: Option<PathBuf>,
    #[serde(default)]
    offer: Vec<PathBuf>,
    #[serde(default)]
    accept: Accept,
}

impl WrittenFiles {
    pub(super) fn checked(self) -> Result<Files, String> {
        if self.offer.len() > MOST_FOLDERS {
            return Err(format!("files.offer: at most {MOST_FOLDERS} are possible"));
        }
        let named = |path: PathBuf| {
            let path = absolute(path, "files.offer")?;
            let name = path.to_str().and_then(|name| FolderName::parse(name).ok());
            let name =
                name.ok_or_else(|| format!("files.offer: {} must be 1 to 200 visible characters", path.display()))?;
            Ok((name, path))
        };
        Ok(Files {
            folder: self.folder.map(|path| absolute(path, "files.folder")).transpose()?,
            offer: self.offer.into_iter().map(named).collect::<Result<_, String>>()?,
            accept: self.accept,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Config;
    use super::Accept;

    #[test]
    fn a_person_accepts_unless_the_file_says_otherwise() {
        let files = |text: &str| Config::parse(&format!("[files]\n{text}")).map(|config| config.files.unwrap());
        let read = files("folder = \"/srv/incoming\"\noffer = [\"/var/log/logger\"]").unwrap();
        assert_eq!(read.folder, Some("/srv/incoming".into()));
        assert_eq!(read.offer[0].0.as_str(), "/var/log/logger");
        assert_eq!(read.accept, Accept::Person);
        assert_eq!(files("accept = \"approval\"").unwrap().accept, Accept::Approval);
        for (text, named) in [
            ("folder = \"incoming\"", "files.folder"),
            ("folder = \"/srv/../incoming\"", "files.folder"),
            ("offer = [\"logs\"]", "files.offer"),
            ("offer = [\"/var/log\\u202e\"]", "files.offer"),
            ("accept = \"everybody\"", "accept"),
        ] {
            let error = files(text).unwrap_err();
            assert!(error.contains(named), "{text}: {error}");
        }
    }
}
