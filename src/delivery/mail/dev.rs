//! The dev transport: stores the mail in the dev mailbox object instead of sending it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tegata_domain::mail::LOGO_ID;
use tegata_domain::wire::b64;
use worker::wasm_bindgen::JsValue;
use worker::{Env, Method, Request, RequestInit};

use super::settings::Sender;
use super::{DeliveryError, Outgoing};

/// Binding of the object namespace.
const BINDING: &str = "MAILBOX";
/// Name of the only object in it, which holds every captured mail.
pub const MAILBOX_NAME: &str = "dev";

/// A mail as the dev mailbox keeps it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct CapturedMail {
    /// Message-ID without angle brackets.
    pub message_id: String,
    /// Date of the mail, Unix seconds.
    pub date_unix: i64,
    /// Address of the sender.
    pub from: String,
    /// Display name of the sender.
    pub from_name: String,
    /// Address of the recipient.
    pub to: String,
    /// Display name of the recipient.
    pub to_name: String,
    /// Subject, decoded.
    pub subject: String,
    /// Header fields as the other transports would send them: unfolded, not decoded.
    pub headers: BTreeMap<String, String>,
    /// Plain text part.
    pub text: String,
    /// HTML part.
    pub html: String,
    /// The whole message, as the other transports would send it, if it carries a date.
    #[serde(default)]
    pub message: String,
}

/// Stores the mail in the dev mailbox, with the header fields of `message`, its composed form.
pub(super) async fn capture(env: &Env, sender: &Sender, mail: &Outgoing, message: &str) -> Result<(), DeliveryError> {
    let captured = CapturedMail {
        message_id: mail.message_id.clone(),
        date_unix: mail.date_unix,
        from: sender.address.as_str().to_owned(),
        from_name: sender.name.clone(),
        to: mail.to_address.clone(),
        to_name: mail.to_name.clone(),
        subject: mail.subject.clone(),
        headers: header_fields(message),
        text: mail.text.clone(),
        // Only where there is more in it than the page and the other members show: a list of a thousand mails stays small.
        message: mail.calendar.as_ref().map_or_else(String::new, |_| message.to_owned()),
        // The page that shows captured mails has nothing else to take the enclosed image from.
        html: match &mail.logo {
            Some(logo) => {
                let image = format!("data:image/png;base64,{}", b64::encode_standard(logo));
                mail.html.replace(&format!("cid:{LOGO_ID}"), &image)
            }
            None => mail.html.clone(),
        },
    };
    let status = post(env, &captured)
        .await
        .map_err(|_| DeliveryError::Temporary("the dev mailbox cannot be reached".to_owned()))?;
    match status {
        200..=299 => Ok(()),
        _ => Err(DeliveryError::Temporary(format!("the dev mailbox returned {status}"))),
    }
}

async fn post(env: &Env, captured: &CapturedMail) -> worker::Result<u16> {
    let mut init = RequestInit::new();
    init.with_method(Method::Post)
        .with_body(Some(JsValue::from_str(&serde_json::to_string(captured)?)));
    // The host is never looked up: the request goes to the object.
    let request = Request::new_with_init("http://mailbox.example/capture", &init)?;
    let mailbox = env.durable_object(BINDING)?.get_by_name(MAILBOX_NAME)?;
    Ok(mailbox.fetch_with_request(request).await?.status_code())
}

fn header_fields(message: &str) -> BTreeMap<String, String> {
    let head = message.split_once("\r\n\r\n").map_or(message, |(head, _)| head);
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let fields = unfolded.split("\r\n").filter_map(|line| line.split_once(": "));
    fields
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::header_fields;

    #[test]
    fn header_fields_are_unfolded_and_end_with_the_empty_line() {
        let fields = header_fields("Subject: a\r\n b\r\nTo: <x@y.example>\r\n\r\nBody: no\r\n");
        assert_eq!(fields.get("Subject").map(String::as_str), Some("a b"));
        assert_eq!(fields.len(), 2);
    }
}
