//! Delivery through the platform's own mail binding, `EMAIL`.

use std::borrow::Cow;

use tegata_domain::email::EmailAddress;
use worker::js_sys::Promise;
use worker::wasm_bindgen::prelude::wasm_bindgen;
use worker::wasm_bindgen::{self, JsCast};
use worker::wasm_bindgen_futures::JsFuture;
use worker::{EmailMessage, Env, Error};

use super::DeliveryError;

const BINDING: &str = "EMAIL";

// The worker crate's `EmailMessage::new` imports `cloudflare:email` when the worker starts. A workerd without that
// module would then fail to start, whichever transport is configured, so it is imported on first use.
#[wasm_bindgen(inline_js = "
export async function emailMessage(from, to, raw) {
    const { EmailMessage } = await import('cloudflare:email');
    return new EmailMessage(from, to, raw);
}
")]
extern "C" {
    #[wasm_bindgen(js_name = emailMessage)]
    fn email_message(from: &str, to: &str, raw: &str) -> Promise;
}

/// Passes the composed message to the binding.
pub(super) async fn send(
    env: &Env,
    from: &EmailAddress,
    to: &EmailAddress,
    message: &str,
) -> Result<(), DeliveryError> {
    let binding = env
        .send_email(BINDING)
        .map_err(|_| DeliveryError::Temporary("the EMAIL binding is missing from the deployment".to_owned()))?;
    let (from, to) = envelope(from, to);
    let mail = JsFuture::from(email_message(&from, &to, message));
    let mail: EmailMessage = mail.await.map_err(|error| refusal(&error.into()))?.unchecked_into();
    binding
        .send(&mail)
        .await
        .map(drop)
        .map_err(|error| refusal(&error.into()))
}

/// Sender and recipient for the binding, which requires them to equal those of the message's headers.
fn envelope<'a>(from: &'a EmailAddress, to: &'a EmailAddress) -> (Cow<'a, str>, Cow<'a, str>) {
    (from.addr_spec(), to.addr_spec())
}

/// Classifies a failure by its code and keeps only the code: the message may name the recipient.
fn refusal(error: &Error) -> DeliveryError {
    let code = match error {
        Error::EmailRecipientSuppressed(_) => "E_RECIPIENT_SUPPRESSED",
        Error::EmailRecipientNotAllowed(_) => "E_RECIPIENT_NOT_ALLOWED",
        Error::RateLimitExceeded(_) => "E_RATE_LIMIT_EXCEEDED",
        Error::DailyLimitExceeded(_) => "E_DAILY_LIMIT_EXCEEDED",
        Error::InternalError(_) => "E_INTERNAL_SERVER_ERROR",
        Error::UnknownJsError { code: Some(code), .. } => code.as_str(),
        _ => "",
    };
    sorted(code)
}

fn sorted(code: &str) -> DeliveryError {
    let known = code.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_') && (1..=48).contains(&code.len());
    let text = format!(
        "the EMAIL binding refused the mail ({})",
        if known { code } else { "no code" }
    );
    // Only these codes concern the mail itself; the operator can fix those about the sender, the account or a limit.
    let concerns_this_mail = matches!(
        code,
        "E_RECIPIENT_SUPPRESSED" | "E_CONTENT_TOO_LARGE" | "E_VALIDATION_ERROR" | "E_FIELD_MISSING"
    ) || code.starts_with("E_HEADER");
    if concerns_this_mail {
        DeliveryError::Permanent(text)
    } else {
        DeliveryError::Temporary(text)
    }
}

#[cfg(test)]
mod tests {
    use tegata_domain::email::EmailAddress;
    use worker::Error;

    use super::{envelope, refusal, sorted};
    use crate::delivery::mail::tests::is_temporary;

    #[test]
    fn what_an_operator_can_mend_is_temporary() {
        let codes = [
            "E_SENDER_NOT_VERIFIED",
            "E_RECIPIENT_NOT_ALLOWED",
            "E_DAILY_LIMIT_EXCEEDED",
            "E_DELIVERY_FAILED",
        ];
        for code in codes.into_iter().chain(["", "weird code"]) {
            assert!(is_temporary(&sorted(code)), "{code}");
        }
        for code in ["E_RECIPIENT_SUPPRESSED", "E_CONTENT_TOO_LARGE", "E_HEADERS_TOO_LARGE"] {
            assert!(!is_temporary(&sorted(code)), "{code}");
        }
    }

    #[test]
    fn an_address_with_dots_in_a_row_is_quoted() {
        let address = |text| EmailAddress::parse(text).unwrap();
        let (from, to) = (address("tegata@example.com"), address("a..b.@docomo.ne.jp"));
        let (from, to) = envelope(&from, &to);
        assert_eq!((&*from, &*to), ("tegata@example.com", "\"a..b.\"@docomo.ne.jp"));
    }

    #[test]
    fn the_message_of_a_failure_is_not_kept() {
        let error = Error::EmailRecipientSuppressed("hanako@aozora.example is suppressed".into());
        assert_eq!(
            refusal(&error).to_string(),
            "the EMAIL binding refused the mail (E_RECIPIENT_SUPPRESSED)"
        );
        assert!(!sorted("hanako@aozora.example").to_string().contains("hanako"));
    }
}
