//! `tegata verify` and `tegata keys save`: after the keys are saved, receipts and audit logs can be verified offline.

use crate::args::{KeysCommand, VerifyCommand};
use crate::exit;
use crate::failure::Failure;
use crate::output::Output;
use crate::table::facts;
use serde_json::json;
use std::fs;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use tegata_client::audit::{self, AuditError, HeadError};
use tegata_client::data_dir::write_atomically;
use tegata_client::edge::EdgeUrl;
use tegata_client::jwks::KeySet;
use tegata_client::receipt::{self, Receipt, ReceiptError};
use tegata_client::transport::Transport;
use tegata_domain::audit::chain::ChainVerifier;
use tegata_domain::audit::head::HeadClaims;

/// The name under which the guide saves the signed heads, in the folder of the log.
const HEADS_FILE: &str = "heads.json";

/// Verifies a saved file and prints its content.
pub(crate) fn run(command: &VerifyCommand, output: &Output) -> Result<u8, Failure> {
    match command {
        VerifyCommand::Receipt { receipt, keys, issuer } => one_receipt(receipt, keys, issuer.as_deref(), output),
        VerifyCommand::Audit {
            log,
            heads,
            keys,
            head_issuer,
            head,
        } => {
            let mut verifier = ChainVerifier::whole();
            if let Some(hash) = head {
                verifier = verifier.with_hash(hash.trim_ascii());
            }
            if let Some(keys) = keys {
                let keys = key_set(keys, output)?;
                for head in heads_for(log, heads.as_deref(), &keys, head_issuer.as_deref(), output)? {
                    verifier = verifier.through(&head);
                }
            }
            let given = Given {
                keys: keys.is_some(),
                noted: head.is_some(),
            };
            audit_log(log, verifier, given, output)
        }
    }
}

/// What the caller gave besides the log, to say afterwards what it was not checked against.
#[derive(Debug, Clone, Copy)]
struct Given {
    /// Keys, with which heads can be checked.
    keys: bool,
    /// A noted hash that the log must contain.
    noted: bool,
}

/// The signed heads of `log`: those in `file`, or else those that lie beside the log, if there are any.
fn heads_for(
    log: &Path,
    file: Option<&Path>,
    keys: &KeySet,
    issuer: Option<&str>,
    output: &Output,
) -> Result<Vec<HeadClaims>, Failure> {
    let heads = match (file, heads_beside(log)) {
        (Some(file), _) => signed_heads(file, keys, issuer, output)?,
        (None, None) => return Ok(Vec::new()),
        (None, Some(file)) => {
            let found = [("file", file.display().to_string().into())];
            output.note(&output.texts.with("cli-audit-heads-found", found));
            match signed_heads(&file, keys, issuer, output)? {
                // Nothing is signed yet, and nobody said that there should be a head.
                Err(HeadError::None) => Ok(Vec::new()),
                heads => heads,
            }
        }
    };
    heads.map_err(|error| Failure::head(&error, &output.texts))
}

/// The file of signed heads beside the log, under the name that the guide gives it.
fn heads_beside(log: &Path) -> Option<PathBuf> {
    Some(log.with_file_name(HEADS_FILE)).filter(|file| file.is_file())
}

fn read(path: &Path, output: &Output) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| Failure::file(path, &error, &output.texts))
}

fn key_set(path: &Path, output: &Output) -> Result<KeySet, Failure> {
    KeySet::parse(&read(path, output)?).map_err(|error| Failure::from_error(error, &output.texts))
}

fn one_receipt(file: &Path, keys: &Path, issuer: Option<&str>, output: &Output) -> Result<u8, Failure> {
    let texts = &output.texts;
    let keys = key_set(keys, output)?;
    let receipt = check(&read(file, output)?, &keys, issuer).map_err(|error| Failure::receipt(&error, texts))?;
    // Safe: a document parsed from JSON can be written as JSON.
    let object = serde_json::to_value(&receipt).unwrap_or_default();
    let mut lines = vec![texts.get("cli-receipt-valid")];
    if object["approvals"]["settles"] == false {
        lines.push(texts.get("cli-receipt-partial"));
    }
    match receipt.kind.as_str() {
        "attended" => lines.push(texts.get("cli-receipt-attended")),
        "appointment" => lines.push(texts.get("cli-receipt-appointment")),
        _ => {}
    }
    lines.push(facts(&object));
    let text = lines.join("\n");
    output.result(&text, &json!({"valid": true, "receipt": object}))?;
    Ok(exit::OK)
}

fn check(bytes: &[u8], keys: &KeySet, issuer: Option<&str>) -> Result<Receipt, ReceiptError> {
    let text = str::from_utf8(bytes).map_err(|_| ReceiptError::Malformed("receipt"))?;
    let receipt = receipt::verify(text, keys)?;
    match issuer {
        Some(issuer) if receipt.iss != issuer => Err(ReceiptError::Issuer(receipt.iss)),
        _ => Ok(receipt),
    }
}

fn signed_heads(
    file: &Path,
    keys: &KeySet,
    issuer: Option<&str>,
    output: &Output,
) -> Result<Result<Vec<HeadClaims>, HeadError>, Failure> {
    let bytes = read(file, output)?;
    let heads = str::from_utf8(&bytes).map_err(|_| HeadError::Malformed { place: 1 });
    Ok(heads.and_then(|text| audit::heads(text, keys, issuer)))
}

/// Reads the log once, whatever its length, and says what was checked and what was not.
fn audit_log(file: &Path, verifier: ChainVerifier, given: Given, output: &Output) -> Result<u8, Failure> {
    let texts = &output.texts;
    let log = fs::File::open(file).map_err(|error| Failure::file(file, &error, texts))?;
    let intact = audit::verify(BufReader::new(log), verifier).map_err(|error| match error {
        AuditError::Io(error) => Failure::file(file, &error, texts),
        AuditError::Broken(broken) => Failure::audit(&broken, texts),
    })?;
    let mut lines = vec![
        texts.with("cli-audit-intact", [("entries", intact.entries.into())]),
        texts.with(
            "cli-audit-last",
            [("entry", intact.seq.into()), ("hash", intact.hash.clone().into())],
        ),
    ];
    if intact.covered > 0 {
        lines.push(texts.with("cli-audit-covered", [("entry", intact.covered.into())]));
        if intact.covered < intact.seq {
            lines.push(texts.get("cli-audit-beyond"));
        }
    } else if given.keys {
        lines.push(texts.get("cli-audit-unsigned"));
    } else if !given.noted {
        lines.push(texts.get("cli-audit-uncovered"));
    }
    if intact.covered < intact.seq && given.keys && !given.noted {
        lines.push(texts.get("cli-audit-open-end"));
    }
    let object = json!({
        "intact": true, "entries": intact.entries, "seq": intact.seq, "hash": intact.hash, "covered": intact.covered,
    });
    output.result(&lines.join("\n"), &object)?;
    Ok(exit::OK)
}

/// Fetches the published keys and saves them.
pub(crate) async fn keys(command: KeysCommand, output: &Output) -> Result<u8, Failure> {
    let KeysCommand::Save { edge, jwks_file: file } = command;
    let texts = &output.texts;
    let failed = |error| Failure::from_error(error, texts);
    let edge = edge.ok_or_else(|| Failure::missing(&["--edge"], texts))?;
    let edge = EdgeUrl::parse(&edge).map_err(failed)?;
    let transport = Transport::new().map_err(failed)?;
    let keys = KeySet::fetch(&transport, &edge).await.map_err(failed)?;
    // Safe: a document parsed from JSON can be written as JSON.
    let json = serde_json::to_vec(&keys).unwrap_or_default();
    write_atomically(&file, &json).map_err(|error| failed(error.into()))?;
    let (name, count) = (file.display().to_string(), keys.keys.len());
    let text = texts.with(
        "cli-keys-saved",
        [("file", name.clone().into()), ("count", count.into())],
    );
    output.result(&text, &json!({"file": name, "keys": count}))?;
    Ok(exit::OK)
}
