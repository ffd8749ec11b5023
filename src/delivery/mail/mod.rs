//! Mail delivery: takes one mail, uses one transport, and reports to the outbox whether to retry.
//!
//! The texts of mails come from `locales/`, and the outbox schedules retries: this module makes exactly one attempt.

mod cloudflare;
#[cfg(feature = "dev-mailbox")]
pub mod dev;
mod http;
#[cfg(feature = "dev-mailbox")]
pub mod mailbox_page;
mod mime;
pub mod settings;
mod smtp;
mod smtp_socket;

use std::fmt;
use std::future::Future;
use std::time::Duration;

use tegata_domain::calendar::Method;
use tegata_domain::email::EmailAddress;
pub use tegata_domain::outbox::DeliveryError;
use worker::Env;

pub use self::settings::MailSettings;
use self::settings::{Sender, Transport};
use crate::timer;

/// Time limit of one attempt. Far below the outbox's backoff, and far above what a healthy provider needs.
const ATTEMPT_LIMIT: Duration = Duration::from_secs(20);

/// One mail to one person, ready to be sent. The outbox builds it from its row, so that every attempt has the same
/// bytes.
#[derive(Clone)]
pub struct Outgoing {
    /// `left@right` without angle brackets, both sides dot-atoms (so no port in a host). All attempts of one outbox row
    /// share it, so that receivers and providers can discard duplicates.
    pub message_id: String,
    /// Creation time of the row, Unix seconds.
    pub date_unix: i64,
    /// Display name of the recipient; may be empty.
    pub to_name: String,
    /// Addr-spec of the recipient.
    pub to_address: String,
    /// Subject, one line.
    pub subject: String,
    /// Plain text part.
    pub text: String,
    /// HTML part.
    pub html: String,
    /// Language of both parts (BCP 47).
    pub locale: String,
    /// Display name of the sender; without it the deployment's.
    pub sender_name: Option<String>,
    /// Address that replies go to; without it they go to the sender.
    pub reply_to: Option<EmailAddress>,
    /// A PNG image that the HTML part shows as `cid:logo`.
    pub logo: Option<Vec<u8>>,
    /// A date, for calendar programs.
    pub calendar: Option<Calendar>,
}

/// A date in a mail (RFC 6047).
#[derive(Clone)]
pub struct Calendar {
    /// What it asks of its reader; the same in the text and in the part's header.
    pub method: Method,
    /// An iCalendar object.
    pub text: String,
}

/// Omits all personal data: mails carry names, links and codes, which do not belong in a log.
impl fmt::Debug for Outgoing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Outgoing")
            .field("message_id", &self.message_id)
            .field("date_unix", &self.date_unix)
            .field("locale", &self.locale)
            .finish_non_exhaustive()
    }
}

impl Outgoing {
    /// Validates everything that ends up in a header, whichever transport writes it, and returns the parsed recipient.
    fn validate(&self) -> Result<EmailAddress, DeliveryError> {
        let refuse = |what: &str| DeliveryError::Permanent(format!("the mail was not sent: {what}"));
        if self.subject.chars().any(char::is_control) {
            return Err(refuse("its subject contains a control character"));
        }
        if self.to_name.chars().any(char::is_control) {
            return Err(refuse("the recipient's name contains a control character"));
        }
        if self
            .sender_name
            .iter()
            .flat_map(|name| name.chars())
            .any(char::is_control)
        {
            return Err(refuse("the sender's name contains a control character"));
        }
        if !is_message_id(&self.message_id) {
            return Err(refuse("its message id is malformed"));
        }
        let tag = self
            .locale
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !tag || self.locale.is_empty() || self.locale.len() > 35 {
            return Err(refuse("its locale is not a language tag"));
        }
        EmailAddress::parse(&self.to_address).map_err(|_| refuse("the recipient's address is malformed"))
    }
}

impl Outgoing {
    /// The sender: always the deployment's address, under the provider's name if there is one.
    fn sent_by(&self, sender: &Sender) -> Sender {
        Sender {
            name: self.sender_name.clone().unwrap_or_else(|| sender.name.clone()),
            address: sender.address.clone(),
        }
    }
}

/// RFC 5322, 3.6.4: dot-atoms on both sides. Short enough for a header line and for an idempotency key.
fn is_message_id(text: &str) -> bool {
    let atext = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
    let dot_atom = |side: &str| side.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(atext));
    text.len() <= 200
        && text
            .split_once('@')
            .is_some_and(|(left, right)| dot_atom(left) && dot_atom(right))
}

/// Makes one attempt to pass `mail` to the configured transport, waiting at most 20 seconds until it is accepted.
///
/// `Ok` means that the transport has accepted the mail, so it must not be sent again.
pub async fn deliver(settings: &MailSettings, env: &Env, mail: &Outgoing) -> Result<(), DeliveryError> {
    let recipient = mail.validate()?;
    let sender = &mail.sent_by(&settings.sender);
    match &settings.transport {
        Transport::Cloudflare => {
            let message = mime::compose(sender, mail)?;
            within_limit(cloudflare::send(env, &sender.address, &recipient, &message)).await
        }
        Transport::Http(provider) => within_limit(http::send(provider, sender, &recipient, mail)).await,
        Transport::Smtp(server) => {
            let message = mime::compose(sender, mail)?;
            let session = smtp::Session::new(server, &sender.address, recipient, &message);
            let connection = within_limit(smtp_socket::submit(server, session)).await?;
            // Outside the time limit: the mail is accepted, and a slow QUIT must not make the outbox send it again.
            smtp_socket::quit(connection).await;
            Ok(())
        }
        #[cfg(feature = "dev-mailbox")]
        Transport::Dev => {
            let message = mime::compose(sender, mail)?;
            within_limit(dev::capture(env, sender, mail, &message)).await
        }
    }
}

async fn within_limit<T>(attempt: impl Future<Output = Result<T, DeliveryError>>) -> Result<T, DeliveryError> {
    timer::within(ATTEMPT_LIMIT, attempt).await.unwrap_or_else(|| {
        let seconds = ATTEMPT_LIMIT.as_secs();
        Err(DeliveryError::Temporary(format!(
            "the mail transport did not respond within {seconds} s"
        )))
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::{DeliveryError, Outgoing};

    pub(crate) fn is_temporary(error: &DeliveryError) -> bool {
        matches!(error, DeliveryError::Temporary(_))
    }

    /// A mail as the outbox would build it: Japanese recipient, both parts.
    pub(crate) fn approval_mail() -> Outgoing {
        Outgoing {
            message_id: "outbox-7.aozora@tegata.example".into(),
            date_unix: 1_795_000_000,
            to_name: "佐藤 花子".into(),
            to_address: "hanako.sato@aozora.example".into(),
            subject: "【承認のお願い】新しいPCからの接続申請が届いています".into(),
            text: "佐藤 花子 様\n\n接続の申請が届いています。\n.\n..二つの点\n".into(),
            html: "<p>佐藤 花子 様</p>\n<p>接続の申請が届いています。</p>\n".into(),
            locale: "ja".into(),
            sender_name: None,
            reply_to: None,
            logo: None,
            calendar: None,
        }
    }

    type Change = fn(&mut Outgoing);

    #[test]
    fn a_mail_that_could_forge_a_header_is_refused_for_good() {
        let changes: [(&str, Change); 10] = [
            ("subject", |mail| {
                mail.subject = "Hej\r\nBcc: everyone@example.com".into()
            }),
            ("subject, C1", |mail| {
                mail.subject = "Hej\u{85}Bcc: everyone@example.com".into()
            }),
            ("name", |mail| mail.to_name = "Søren\nBcc: x@example.com".into()),
            ("address", |mail| {
                mail.to_address = "a@b.example>\r\nRCPT TO:<c@d.example".into()
            }),
            ("address without domain", |mail| mail.to_address = "hanako".into()),
            ("message id", |mail| {
                mail.message_id = "a@b>\r\nBcc: x@example.com".into()
            }),
            ("message id, port", |mail| mail.message_id = "a@127.0.0.1:8787".into()),
            ("message id, length", |mail| {
                mail.message_id = format!("{}@tegata.example", "a".repeat(200))
            }),
            ("locale", |mail| mail.locale = "ja\r\nBcc: x@example.com".into()),
            ("empty locale", |mail| mail.locale = String::new()),
        ];
        for (what, change) in changes {
            let mut mail = approval_mail();
            change(&mut mail);
            let refused = mail.validate();
            assert!(
                matches!(refused, Err(DeliveryError::Permanent(_))),
                "{what}: {refused:?}"
            );
        }
        assert!(approval_mail().validate().is_ok());
    }

    #[test]
    fn debug_output_shows_nothing_personal() {
        let shown = format!("{:?}", approval_mail());
        assert!(shown.contains("outbox-7"));
        for hidden in ["佐藤", "hanako", "申請"] {
            assert!(!shown.contains(hidden), "{shown}");
        }
    }
}
