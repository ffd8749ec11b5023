//! Delivery through an HTTP provider with Resend's request format: one JSON document, a bearer token, and an
//! idempotency key, so that a retry does not send a second mail.

use std::borrow::Cow;
use std::collections::BTreeMap;

use futures::StreamExt;
use serde::{Deserialize, Serialize};
use tegata_domain::email::EmailAddress;
use tegata_domain::mail::LOGO_ID;
use tegata_domain::wire::{b64, json};
use worker::wasm_bindgen::JsValue;
use worker::{
    AbortSignal, Fetch, Headers, Method, Request, RequestInit, RequestRedirect, Response, ResponseBody, web_sys,
};

use super::settings::{HttpProvider, Sender};
use super::{ATTEMPT_LIMIT, Calendar, DeliveryError, Outgoing};

/// How many bytes of an error response are read to find the provider's name for the error.
const MAX_REFUSAL: usize = 4096;

#[derive(Serialize)]
struct Post<'a> {
    from: String,
    to: [Cow<'a, str>; 1],
    subject: &'a str,
    text: &'a str,
    html: &'a str,
    headers: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_to: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<Attachment>,
}

/// A file: the logo, which the HTML part refers to by its content id, or a date.
#[derive(Serialize)]
struct Attachment {
    filename: &'static str,
    content: String,
    content_type: Cow<'static, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_id: Option<&'static str>,
}

impl<'a> Post<'a> {
    fn new(sender: &Sender, recipient: &'a EmailAddress, mail: &'a Outgoing) -> Self {
        Self {
            from: named_address(&sender.name, &sender.address),
            to: [recipient.addr_spec()],
            subject: &mail.subject,
            text: &mail.text,
            html: &mail.html,
            headers: BTreeMap::from([
                ("Message-ID", format!("<{}>", mail.message_id)),
                ("Auto-Submitted", "auto-generated".to_owned()),
                ("X-Auto-Response-Suppress", "All".to_owned()),
                ("Content-Language", mail.locale.clone()),
            ]),
            reply_to: mail.reply_to.as_ref().map(EmailAddress::addr_spec),
            attachments: mail
                .logo
                .iter()
                .map(|logo| logo_attachment(logo))
                .chain(mail.calendar.iter().map(calendar_attachment))
                .collect(),
        }
    }
}

fn logo_attachment(logo: &[u8]) -> Attachment {
    Attachment {
        filename: "logo.png",
        content: b64::encode_standard(logo),
        content_type: Cow::Borrowed("image/png"),
        content_id: Some(LOGO_ID),
    }
}

/// A date as a file. The provider writes the message, so there is no other place for it; its media type names the method, by
/// which mail programs know an invitation.
fn calendar_attachment(calendar: &Calendar) -> Attachment {
    Attachment {
        filename: "invite.ics",
        content: b64::encode_standard(calendar.text.as_bytes()),
        content_type: Cow::Owned(format!(
            "text/calendar; charset=utf-8; method={}",
            calendar.method.name()
        )),
        content_id: None,
    }
}

/// Posts the mail to the provider.
pub(super) async fn send(
    provider: &HttpProvider,
    sender: &Sender,
    recipient: &EmailAddress,
    mail: &Outgoing,
) -> Result<(), DeliveryError> {
    let body = serde_json::to_string(&Post::new(sender, recipient, mail))
        .map_err(|_| DeliveryError::Permanent("the mail could not be composed".to_owned()))?;
    let request = request(provider, &mail.message_id, &body)
        .map_err(|_| DeliveryError::Temporary("the request to the mail provider could not be built".to_owned()))?;
    // Cancels the request itself when the attempt is abandoned.
    let limit = u32::try_from(ATTEMPT_LIMIT.as_millis()).unwrap_or(u32::MAX);
    let signal = AbortSignal::from(web_sys::AbortSignal::timeout_with_u32(limit));
    let mut response = Fetch::Request(request)
        .send_with_signal(&signal)
        .await
        .map_err(|_| DeliveryError::Temporary("the mail provider cannot be reached".to_owned()))?;
    let status = response.status_code();
    if (200..300).contains(&status) {
        discard_body(&response);
        return Ok(());
    }
    let reason = refusal_name(&bounded_body(&mut response).await);
    Err(refusal(status, reason.as_deref()))
}

fn request(provider: &HttpProvider, idempotency_key: &str, body: &str) -> worker::Result<Request> {
    let headers = Headers::new();
    headers.set("Authorization", &format!("Bearer {}", provider.token.expose()))?;
    headers.set("Content-Type", "application/json")?;
    headers.set("Accept", "application/json")?;
    headers.set("Idempotency-Key", idempotency_key)?;
    let mut init = RequestInit::new();
    init.with_method(Method::Post)
        .with_headers(headers)
        .with_body(Some(JsValue::from_str(body)))
        // Following a redirect would send the token to its target.
        .with_redirect(RequestRedirect::Manual);
    Request::new_with_init(provider.url.as_str(), &init)
}

/// The response body is not needed; cancelling it frees the connection.
fn discard_body(response: &Response) {
    if let ResponseBody::Stream(stream) = response.body() {
        let cancelled = worker::wasm_bindgen_futures::JsFuture::from(stream.cancel());
        worker::wasm_bindgen_futures::spawn_local(async move {
            drop(cancelled.await);
        });
    }
}

async fn bounded_body(response: &mut Response) -> Vec<u8> {
    let mut body = Vec::new();
    if !matches!(response.body(), ResponseBody::Stream(_)) {
        return body;
    }
    let Ok(mut stream) = response.stream() else { return body };
    while let Some(Ok(chunk)) = stream.next().await {
        body.extend_from_slice(&chunk);
        if body.len() >= MAX_REFUSAL {
            body.truncate(MAX_REFUSAL);
            break;
        }
    }
    body
}

/// Resend's `name` of an error, such as `validation_error`. The rest of the document may quote the mail and is dropped.
fn refusal_name(body: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Refusal {
        name: String,
    }
    let Refusal { name } = json::read_bytes(body)?;
    let plain = name
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    (plain && !name.is_empty() && name.len() <= 48).then_some(name)
}

/// Classifies a status: errors of this mail are permanent; errors that the provider or the operator can fix are
/// temporary.
fn refusal(status: u16, reason: Option<&str>) -> DeliveryError {
    let reason = reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
    let text = format!("the mail provider returned {status}{reason}");
    match status {
        401 | 403 => DeliveryError::Temporary(format!("{text}: check MAIL_HTTP_TOKEN and the sender's domain")),
        // 409: the provider is still processing an earlier attempt with the same key.
        408 | 409 | 425 | 429 => DeliveryError::Temporary(text),
        400..=499 => DeliveryError::Permanent(text),
        300..=399 => DeliveryError::Temporary(format!("{text}: check MAIL_HTTP_URL")),
        _ => DeliveryError::Temporary(text),
    }
}

/// Formats `"Name" <address>` (RFC 5322 quoted-string; JSON carries it as UTF-8).
fn named_address(name: &str, address: &EmailAddress) -> String {
    let name = name.trim().replace('\\', "\\\\").replace('"', "\\\"");
    if name.is_empty() {
        address.addr_spec().into_owned()
    } else {
        format!("\"{name}\" <{}>", address.addr_spec())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tegata_domain::email::EmailAddress;

    use super::{Post, named_address, refusal, refusal_name};
    use crate::delivery::mail::settings::Sender;
    use crate::delivery::mail::tests::{approval_mail, is_temporary};

    #[test]
    fn request_format_unchanged() {
        let mail = approval_mail();
        let sender = Sender {
            name: "Tegata".into(),
            address: EmailAddress::parse("tegata@example.com").unwrap(),
        };
        let recipient = mail.validate().unwrap();
        assert_eq!(
            serde_json::to_value(Post::new(&sender, &recipient, &mail)).unwrap(),
            json!({
                "from": "\"Tegata\" <tegata@example.com>",
                "to": ["hanako.sato@aozora.example"],
                "subject": mail.subject,
                "text": mail.text,
                "html": mail.html,
                "headers": {
                    "Message-ID": "<outbox-7.aozora@tegata.example>",
                    "Auto-Submitted": "auto-generated",
                    "X-Auto-Response-Suppress": "All",
                    "Content-Language": "ja",
                },
            })
        );
    }

    #[test]
    fn an_address_with_dots_in_a_row_is_quoted() {
        let mut mail = approval_mail();
        mail.to_address = "a..b.@docomo.ne.jp".into();
        let recipient = mail.validate().unwrap();
        let sender = Sender {
            name: "Tegata".into(),
            address: EmailAddress::parse(".tegata@ezweb.ne.jp").unwrap(),
        };
        let post = serde_json::to_value(Post::new(&sender, &recipient, &mail)).unwrap();
        assert_eq!(post["to"], json!(["\"a..b.\"@docomo.ne.jp"]));
        assert_eq!(post["from"], "\"Tegata\" <\".tegata\"@ezweb.ne.jp>");
    }

    #[test]
    fn a_name_cannot_become_an_address() {
        let address = EmailAddress::parse("tegata@example.com").unwrap();
        assert_eq!(
            named_address("A \"B\" \\ <c@d.example>", &address),
            r#""A \"B\" \\ <c@d.example>" <tegata@example.com>"#
        );
        assert_eq!(named_address(" ", &address), "tegata@example.com");
    }

    #[test]
    fn statuses_are_sorted_by_what_they_concern() {
        for status in [301, 307, 401, 403, 408, 409, 425, 429, 500, 502, 503, 599] {
            assert!(is_temporary(&refusal(status, None)), "{status}");
        }
        for status in [400, 404, 413, 422, 451] {
            assert!(!is_temporary(&refusal(status, None)), "{status}");
        }
    }

    #[test]
    fn a_refusal_keeps_the_providers_name_for_it_and_nothing_else() {
        let body = br#"{"statusCode":422,"name":"validation_error","message":"Invalid `to`: hanako@aozora.example"}"#;
        let name = refusal_name(body);
        assert_eq!(
            refusal(422, name.as_deref()).to_string(),
            "the mail provider returned 422 (validation_error)"
        );
        for body in [
            &b"{\"name\":\"hanako@aozora.example\"}"[..],
            b"{\"name\":\"\"}",
            b"{\"name\":7}",
            b"<html>",
            b"",
        ] {
            assert_eq!(refusal_name(body), None);
        }
    }
}
