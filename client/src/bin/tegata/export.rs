//! `tegata operator audit SLUG --export`: writes an audit log of any length to a file that appears only when it is
//! complete. Only one page is in memory at a time.

use crate::args::operator::ExportFormat;
use crate::failure::Failure;
use crate::output::Output;
use serde_json::json;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;
use tegata_client::Error;
use tegata_client::operator::Operator;
use tegata_client::operator::documents::AuditQuery;
use tegata_domain::audit::AuditEntry;
use tegata_domain::slug::Slug;
use tegata_domain::wire::csv;
use tempfile::NamedTempFile;

const HEADER: [&str; 12] = [
    "seq",
    "at",
    "actor.kind",
    "actor.id",
    "actor.address",
    "action",
    "object",
    "outcome",
    "requester",
    "approver",
    "previous",
    "hash",
];

/// Saves the entries that match `query` to `file`.
pub(crate) async fn run(
    operator: &Operator,
    slug: &Slug,
    query: &AuditQuery,
    file: &Path,
    format: ExportFormat,
    output: &Output,
) -> Result<(), Failure> {
    let failed = |error: io::Error| Failure::file(file, &error, &output.texts);
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    // A temporary file: deleted when dropped before it is persisted.
    let mut writer = BufWriter::new(NamedTempFile::new_in(folder).map_err(failed)?);
    if format == ExportFormat::Csv {
        writer.write_all(csv::row(&HEADER).as_bytes()).map_err(failed)?;
    }
    let (mut entries, mut last, mut cursor) = (0_u64, None, None);
    loop {
        let page = operator.audit_lines(slug, query, cursor.as_deref()).await;
        let page = page.map_err(|error| Failure::from_error(error, &output.texts))?;
        for item in &page.items {
            let entry = entry(item.get()).map_err(|error| Failure::from_error(error, &output.texts))?;
            let line = match format {
                ExportFormat::Jsonl => format!("{}\n", item.get()),
                ExportFormat::Csv => row(&entry),
            };
            writer.write_all(line.as_bytes()).map_err(failed)?;
            entries += 1;
            last = Some(entry);
        }
        cursor = page.cursor;
        if cursor.is_none() {
            break;
        }
    }
    let place = writer.into_inner().map_err(|error| failed(error.into_error()))?;
    place.as_file().sync_all().map_err(failed)?;
    place.persist(file).map_err(|error| failed(error.error))?;
    let name = file.display().to_string();
    let text = output.texts.with(
        "cli-exported",
        [("file", name.clone().into()), ("entries", entries.into())],
    );
    let (seq, hash) = last.map(|entry| (entry.seq, entry.hash)).unzip();
    output.result(
        &text,
        &json!({"file": name, "entries": entries, "seq": seq, "hash": hash}),
    )
}

/// Parses an entry as received. An entry that spans several lines would become several entries in the file.
fn entry(text: &str) -> Result<AuditEntry, Error> {
    let unreadable = Error::Protocol("an entry of the audit log cannot be parsed");
    if text.contains(['\n', '\r']) {
        return Err(unreadable);
    }
    serde_json::from_str(text).map_err(|_| unreadable)
}

fn row(entry: &AuditEntry) -> String {
    let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
    let act = &entry.act;
    csv::row(&[
        &entry.seq.to_string(),
        &entry.at.rfc3339(),
        &act.actor.kind,
        &or_empty(&act.actor.id),
        &or_empty(&act.actor.address),
        &act.action,
        &act.object,
        &act.outcome,
        &or_empty(&act.requester),
        &or_empty(&act.approver),
        &entry.previous,
        &entry.hash,
    ])
}
