//! `tegata verify receipt` and `tegata keys save`: checking a receipt needs the keys once, and then no network.

use crate::args::{KeysCommand, VerifyCommand};
use crate::exit;
use crate::failure::Failure;
use crate::output::Output;
use crate::table::facts;
use serde_json::json;
use std::fs;
use std::path::Path;
use tegata_client::data_dir::write_atomically;
use tegata_client::edge::EdgeUrl;
use tegata_client::jwks::KeySet;
use tegata_client::receipt::{self, Receipt, ReceiptError};
use tegata_client::transport::Transport;

/// Verifies a saved receipt and prints what it says.
pub(crate) fn run(command: &VerifyCommand, output: &Output) -> Result<u8, Failure> {
    let VerifyCommand::Receipt {
        receipt: file,
        keys,
        issuer,
    } = command;
    let texts = &output.texts;
    let read = |path: &Path| fs::read(path).map_err(|error| Failure::file(path, &error, texts));
    let keys = KeySet::parse(&read(keys)?).map_err(|error| Failure::from_error(error, texts))?;
    let receipt = check(&read(file)?, &keys, issuer.as_deref()).map_err(|error| Failure::receipt(&error, texts))?;
    // Safe: a document that came as JSON can be written as JSON.
    let object = serde_json::to_value(&receipt).unwrap_or_default();
    let text = format!("{}\n{}", texts.get("cli-receipt-valid"), facts(&object));
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

/// Fetches the published keys and saves them.
pub(crate) async fn keys(command: KeysCommand, output: &Output) -> Result<u8, Failure> {
    let KeysCommand::Save { edge, jwks_file: file } = command;
    let texts = &output.texts;
    let failed = |error| Failure::from_error(error, texts);
    let edge = edge.ok_or_else(|| Failure::usage(texts.with("cli-usage-missing", [("arguments", "--edge".into())])))?;
    let edge = EdgeUrl::parse(&edge).map_err(failed)?;
    let transport = Transport::new().map_err(failed)?;
    let keys = KeySet::fetch(&transport, &edge).await.map_err(failed)?;
    // Safe: a document that came as JSON can be written as JSON.
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
