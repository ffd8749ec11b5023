//! `tegata viewer get`: a body from behind the gate, streamed to standard output or to a file that appears only when
//! it is complete.

use crate::exit;
use crate::failure::Failure;
use crate::output::Output;
use serde_json::json;
use std::io;
use std::path::Path;
use tegata_client::Viewer;
use tegata_client::gate::GateAnswer;
use tempfile::NamedTempFile;
use tokio::fs::File;

/// Writes the body of `path` to `file`, or to standard output.
pub(crate) async fn run(viewer: &Viewer, path: &str, file: Option<&Path>, output: &Output) -> Result<u8, Failure> {
    if output.json && file.is_none() {
        return Err(Failure::usage(output.texts.get("cli-get-json-needs-file")));
    }
    let answer = viewer
        .get(path)
        .await
        .map_err(|error| Failure::from_error(error, &output.texts))?;
    let Some(file) = file else {
        let mut stdout = tokio::io::stdout();
        let copied = answer.copy_to(&mut stdout).await;
        copied
            .map_err(|error| Failure::from_error(error, &output.texts))?
            .map_err(|error| Failure::output(&error, &output.texts))?;
        return Ok(exit::OK);
    };
    let status = answer.status();
    let content_type = answer.content_type().map(str::to_owned);
    let bytes = save(answer, file, output).await?;
    let name = file.display().to_string();
    let object = json!({"path": path, "status": status, "content_type": content_type, "bytes": bytes, "file": name});
    let text = output
        .texts
        .with("cli-saved", [("file", name.into()), ("bytes", bytes.into())]);
    output.result(&text, &object)?;
    Ok(exit::OK)
}

async fn save(answer: GateAnswer, file: &Path, output: &Output) -> Result<u64, Failure> {
    let failed = |error: &io::Error| Failure::file(file, error, &output.texts);
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let (handle, place) = NamedTempFile::new_in(folder)
        .map_err(|error| failed(&error))?
        .into_parts();
    let mut writer = File::from_std(handle);
    let copied = answer.copy_to(&mut writer).await;
    let bytes = copied
        .map_err(|error| Failure::from_error(error, &output.texts))?
        .map_err(|error| failed(&error))?;
    writer.sync_all().await.map_err(|error| failed(&error))?;
    place.persist(file).map_err(|error| failed(&error.error))?;
    Ok(bytes)
}
