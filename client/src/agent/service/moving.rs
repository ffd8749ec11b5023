//! Moves an enrolment from a user's directory to the service's, when somebody enrolled the machine before they installed
//! the service.

use crate::agent::settings::SETTINGS_FILE;
use crate::agent::state::AgentState;
use crate::data_dir::{DataDir, KEY_FILE, RUN_LOCK_FILE, Record as _};
use crate::error::{Error, StorageError};
use std::fs;
use std::io::ErrorKind;

/// Moves it if there is one in `from` and none in `to`. Returns whether it did. The key is written before the record that
/// names it and deleted last, so that one of the two directories is whole at any moment.
///
/// Errors: `Busy` when an agent runs on `from`; `Storage`.
pub async fn move_enrolment(from: &DataDir, to: &DataDir) -> Result<bool, Error> {
    let is_there = |folder: &DataDir| folder.path().join(AgentState::FILE).exists();
    if from.path() == to.path() || !is_there(from) || is_there(to) {
        return Ok(false);
    }
    let lock = from.lock().await?;
    let _taken = to.lock().await?;
    let Some(_claim) = from.claim(RUN_LOCK_FILE)? else {
        let path = from.path().join(RUN_LOCK_FILE);
        return Err(StorageError::Busy { path }.into());
    };
    for name in [KEY_FILE, SETTINGS_FILE, AgentState::FILE] {
        let path = from.path().join(name);
        match fs::read(&path) {
            Ok(bytes) => to.write_private(name, &bytes).map(drop)?,
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(source) => return Err(StorageError::Io { path, source }.into()),
        }
    }
    from.clear(lock)?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::move_enrolment;
    use crate::data_dir::DataDir;
    use std::fs;

    #[tokio::test]
    async fn an_enrolment_moves_whole_and_replaces_none() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (
            DataDir::at(folder.path().join("from")),
            DataDir::at(folder.path().join("to")),
        );
        assert!(!move_enrolment(&from, &to).await.unwrap(), "there is none");
        for name in ["key.json", "agent.json", "settings.json"] {
            from.write_private(name, name.as_bytes()).unwrap();
        }
        assert!(move_enrolment(&from, &to).await.unwrap());
        for name in ["key.json", "agent.json", "settings.json"] {
            assert_eq!(fs::read(to.path().join(name)).unwrap(), name.as_bytes());
        }
        assert!(!from.path().exists());
        from.write_private("agent.json", b"other").unwrap();
        assert!(!move_enrolment(&from, &to).await.unwrap());
        assert_eq!(fs::read(to.path().join("agent.json")).unwrap(), b"agent.json");
        assert!(!move_enrolment(&to, &to).await.unwrap());
    }

    #[tokio::test]
    async fn a_running_agent_keeps_its_enrolment() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (
            DataDir::at(folder.path().join("from")),
            DataDir::at(folder.path().join("to")),
        );
        from.write_private("agent.json", b"{}").unwrap();
        let _running = from.claim("run.lock").unwrap().unwrap();
        assert!(move_enrolment(&from, &to).await.is_err());
        assert!(from.path().join("agent.json").exists() && !to.path().join("agent.json").exists());
    }
}
