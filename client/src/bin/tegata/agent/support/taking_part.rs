//! `tegata agent chat` and `tegata agent file`: taking part in a session from a terminal.

use super::{failure, order, state, words};
use crate::args::agent::FileArgs;
use crate::exit;
use crate::failure::Failure;
use crate::output::Output;
use serde_json::json;
use tegata_client::agent::Agent;
use tegata_client::agent::ipc::Request;
use tegata_domain::id::CommandId;
use tegata_domain::text::ChatText;

/// Writes something that everybody in the session reads.
pub(crate) async fn chat(agent: &Agent, text: &str, output: &Output) -> Result<u8, Failure> {
    let text = ChatText::parse(text).map_err(|_| Failure::usage(output.texts.get("machine-chat-invalid")))?;
    order(agent, &Request::SupportChat { text })
        .await
        .map_err(|error| failure(&error, output))?;
    output.result(&output.texts.get("cli-chat-sent"), &json!({"sent": true}))?;
    Ok(exit::OK)
}

/// Shows the files that are offered, or decides about one of them.
pub(crate) async fn file(agent: &Agent, args: &FileArgs, output: &Output) -> Result<u8, Failure> {
    let named = |id: &str| CommandId::parse(id).ok_or_else(|| Failure::usage(output.texts.get("cli-file-no-id")));
    let request = match (&args.accept, &args.decline) {
        (Some(id), _) => Some(Request::FileAccept { id: named(id)? }),
        (None, Some(id)) => Some(Request::FileDecline { id: named(id)? }),
        (None, None) => None,
    };
    if let Some(request) = request {
        order(agent, &request).await.map_err(|error| failure(&error, output))?;
        output.result(&output.texts.get("cli-file-decided"), &json!({"decided": true}))?;
        return Ok(exit::OK);
    }
    let support = state(agent).await.map_err(|error| failure(&error, output))?;
    let offers = support.session.map(|session| session.offers).unwrap_or_default();
    let lines: Vec<String> = offers
        .iter()
        .map(|offer| format!("{}  {}", offer.id, words::offer(offer, &output.texts)))
        .collect();
    let text = match lines.is_empty() {
        true => output.texts.get("cli-file-none"),
        false => lines.join("\n"),
    };
    output.result(&text, &json!({"offers": offers}))?;
    Ok(exit::OK)
}
