//! Composes a mail as an Internet message (RFC 5322, MIME), with identical bytes for every attempt to send it.

use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address as Mailbox;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::date::Date;
use mail_builder::headers::message_id::MessageId;
use mail_builder::headers::raw::Raw;
use mail_builder::mime::{BodyPart, MimePart};

use tegata_domain::mail::LOGO_ID;

use super::settings::Sender;
use super::{Calendar, DeliveryError, Outgoing};

/// Composes a `multipart/alternative` message with CRLF line ends in 7-bit ASCII, since addresses are ASCII.
///
/// Date, Message-ID and boundary are all set explicitly, because mail-builder would otherwise derive them from the
/// clock.
pub(super) fn compose(sender: &Sender, mail: &Outgoing) -> Result<String, DeliveryError> {
    let recipient = mail.validate()?;
    let text = canonical_lines(&mail.text);
    let html = canonical_lines(&mail.html);
    let boundary = boundary(&mail.message_id, &text, &html);
    let mut parts = vec![
        MimePart::new("text/plain", BodyPart::Text(text.into())),
        MimePart::new("text/html", BodyPart::Text(html.into())),
    ];
    // Last, so that programs which know it prefer it (RFC 2046, section 5.1.4), and without a disposition, so that they show
    // it rather than offer it as a file.
    parts.extend(mail.calendar.as_ref().map(|calendar| calendar_part(calendar)));
    // None begins with another: a delimiter is known by its beginning (RFC 2046, section 5.1.1).
    let (outer, mixed) = (format!("related_{boundary}"), format!("mixed_{boundary}"));
    let content_type = ContentType::new("multipart/alternative").attribute("boundary", boundary);
    let mut body = MimePart::new(content_type, parts);
    if let Some(logo) = &mail.logo {
        let image = MimePart::new("image/png", BodyPart::Binary(logo.as_slice().into()))
            .inline()
            .cid(LOGO_ID);
        // RFC 2387: the part that is shown comes first, and what it refers to after it.
        let related = ContentType::new("multipart/related")
            .attribute("type", "multipart/alternative")
            .attribute("boundary", outer);
        body = MimePart::new(related, vec![body, image]);
    }
    if let Some(calendar) = &mail.calendar {
        // Programs that know no invitations, and some that do, keep the file.
        let file = calendar_part(calendar).attachment("invite.ics");
        let content_type = ContentType::new("multipart/mixed").attribute("boundary", mixed);
        body = MimePart::new(content_type, vec![body, file]);
    }
    let mut message = MessageBuilder::new()
        .from(mailbox(&sender.name, &sender.address.addr_spec()))
        .to(mailbox(&mail.to_name, &recipient.addr_spec()));
    if let Some(reply_to) = &mail.reply_to {
        message = message.reply_to(mailbox("", &reply_to.addr_spec()));
    }
    message
        .subject(mail.subject.as_str())
        .date(Date::new(mail.date_unix))
        .header("Message-ID", MessageId::new(mail.message_id.as_str()))
        // RFC 3834: suppresses vacation responders; the second header does the same for Exchange.
        .header("Auto-Submitted", Raw::new("auto-generated"))
        .header("X-Auto-Response-Suppress", Raw::new("All"))
        .header("Content-Language", Raw::new(mail.locale.as_str()))
        .body(body)
        .write_to_string()
        .map_err(|_| DeliveryError::Permanent("the mail could not be composed".to_owned()))
}

/// The date as a part. Its lines end with CRLF and are folded, so the encoding only has to bring them through.
fn calendar_part(calendar: &Calendar) -> MimePart<'_> {
    let content_type = ContentType::new("text/calendar")
        .attribute("charset", "utf-8")
        .attribute("method", calendar.method.name());
    MimePart::new(content_type, BodyPart::Binary(calendar.text.as_bytes().into()))
}

fn mailbox<'a>(name: &'a str, address: &str) -> Mailbox<'a> {
    let name = name.trim();
    Mailbox::new_address((!name.is_empty()).then_some(name), address.to_owned())
}

/// Normalises to CRLF line ends, which MIME text needs before encoding, and removes control characters other than tab.
fn canonical_lines(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut canonical = String::with_capacity(lines.len());
    for character in lines.chars() {
        match character {
            '\n' => canonical.push_str("\r\n"),
            '\t' => canonical.push('\t'),
            _ if character.is_control() => canonical.push(' '),
            _ => canonical.push(character),
        }
    }
    canonical
}

/// A boundary derived from the mail alone that occurs in neither part: people choose the names and reasons in the
/// parts.
fn boundary(message_id: &str, text: &str, html: &str) -> String {
    let stem: String = message_id
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(40)
        .collect();
    let mut boundary = format!("=_tegata_{stem}");
    let mut suffix = 0_u32;
    while text.contains(&boundary) || html.contains(&boundary) {
        suffix = suffix.wrapping_add(1);
        boundary = format!("=_tegata_{stem}_{suffix}");
    }
    boundary
}

#[cfg(test)]
mod tests {
    use tegata_domain::calendar::Method;
    use tegata_domain::email::EmailAddress;

    use super::{boundary, compose};
    use crate::delivery::mail::Calendar;
    use crate::delivery::mail::settings::Sender;
    use crate::delivery::mail::tests::approval_mail;

    fn sender() -> Sender {
        Sender {
            name: "Tegata".into(),
            address: EmailAddress::parse("tegata@example.com").unwrap(),
        }
    }

    #[test]
    fn message_format_unchanged() {
        let mut mail = approval_mail();
        mail.text = "Kære Søren\r\nkort\rslut\u{7}\n".into();
        mail.html = "<p>Hej</p>\n".into();
        let expected = "From: \"Tegata\" <tegata@example.com>\r\n\
            To: =?utf-8?B?5L2Q6JekIOiKseWtkA==?= <hanako.sato@aozora.example>\r\n\
            Subject: =?utf-8?B?44CQ5om/6KqN44Gu44GK6aGY44GE44CR5paw44GX44GEUEPjgYs=?=\r\n \
            =?utf-8?B?44KJ44Gu5o6l57aa55Sz6KuL44GM5bGK44GE44Gm44GE44G+44GZ?=\r\n\
            Date: Wed, 18 Nov 2026 11:06:40 +0000\r\n\
            Message-ID: <outbox-7.aozora@tegata.example>\r\n\
            Auto-Submitted: auto-generated\r\n\
            X-Auto-Response-Suppress: All\r\n\
            Content-Language: ja\r\n\
            MIME-Version: 1.0\r\n\
            Content-Type: multipart/alternative;\r\n \
            boundary=\"=_tegata_outbox7aozorategataexample\"\r\n\
            \r\n\
            --=_tegata_outbox7aozorategataexample\r\n\
            Content-Type: text/plain; charset=\"utf-8\"\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\
            \r\n\
            K=C3=A6re S=C3=B8ren\r\nkort\r\nslut=20\r\n\r\n\
            --=_tegata_outbox7aozorategataexample\r\n\
            Content-Type: text/html; charset=\"utf-8\"\r\n\
            Content-Transfer-Encoding: 7bit\r\n\
            \r\n\
            <p>Hej</p>\r\n\r\n\
            --=_tegata_outbox7aozorategataexample--\r\n";
        assert_eq!(compose(&sender(), &mail).unwrap(), expected);
    }

    #[test]
    fn long_japanese_and_long_lines_stay_within_the_limits_of_smtp() {
        let mut mail = approval_mail();
        mail.subject = "申請".repeat(200);
        mail.to_name = "長い名前の方".repeat(16);
        mail.text = format!("{}\n{}\n", "あ".repeat(3000), "x".repeat(3000));
        mail.html = format!("<p>{}</p>", "y".repeat(5000));
        let message = compose(&sender(), &mail).unwrap();
        assert!(message.is_ascii());
        assert_eq!(message.matches('\n').count(), message.matches("\r\n").count());
        assert_eq!(message.matches('\r').count(), message.matches("\r\n").count());
        let longest = message.split("\r\n").map(str::len).max();
        assert!(longest <= Some(78), "{longest:?}");
    }

    #[test]
    fn a_logo_is_enclosed_and_replies_go_to_the_desk() {
        let mut mail = approval_mail();
        mail.reply_to = tegata_domain::email::EmailAddress::parse("desk@kita.example").ok();
        mail.logo = Some(b"\x89PNG\r\n\x1a\n".to_vec());
        let message = compose(&sender(), &mail).unwrap();
        assert!(message.contains("Reply-To: <desk@kita.example>\r\n"), "{message}");
        assert!(message.contains("Content-Type: multipart/related;"), "{message}");
        assert!(message.contains("Content-ID: <logo>\r\n"), "{message}");
        assert_eq!(compose(&sender(), &mail).unwrap(), message);
    }

    /// RFC 6047: the date is the last of the alternatives, without a disposition, and a file besides; both have the method of
    /// the text.
    #[test]
    fn a_date_is_an_alternative_and_a_file() {
        let mut mail = approval_mail();
        mail.calendar = Some(Calendar {
            method: Method::Request,
            text: "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n".into(),
        });
        let message = compose(&sender(), &mail).unwrap();
        let (_, body) = message.split_once("MIME-Version: 1.0\r\n").unwrap();
        let order = [
            "Content-Type: multipart/mixed;",
            "Content-Type: multipart/alternative;",
            "Content-Type: text/plain;",
            "Content-Type: text/html;",
            "Content-Type: text/calendar; charset=\"utf-8\"; method=\"REQUEST\"\r\n",
            "Content-Type: text/calendar; charset=\"utf-8\"; method=\"REQUEST\"\r\n",
            "Content-Disposition: attachment; filename=\"invite.ics\"",
        ];
        let mut rest = body;
        for part in order {
            let (before, after) = rest.split_once(part).unwrap_or_else(|| panic!("{part}: {message}"));
            assert!(!before.contains("Content-Disposition"), "{message}");
            rest = after;
        }
        assert!(
            message.is_ascii() && message.split("\r\n").all(|line| line.len() <= 78),
            "{message}"
        );
        assert_eq!(compose(&sender(), &mail).unwrap(), message);
    }

    #[test]
    fn every_attempt_is_the_same_bytes() {
        let mail = approval_mail();
        assert_eq!(compose(&sender(), &mail).unwrap(), compose(&sender(), &mail).unwrap());
    }

    #[test]
    fn a_reason_that_contains_the_boundary_cannot_end_the_part() {
        let first = boundary("a@b.example", "", "");
        let text = format!("--{first}\r\n");
        let second = boundary("a@b.example", &text, &format!("{first}_1"));
        assert!(!text.contains(&second) && second != format!("{first}_1"), "{second}");
    }

    #[test]
    fn an_address_with_dots_in_a_row_is_quoted() {
        let mut mail = approval_mail();
        mail.to_address = "a..b.@docomo.ne.jp".into();
        let message = compose(&sender(), &mail).unwrap();
        let expected = "To: =?utf-8?B?5L2Q6JekIOiKseWtkA==?= <\"a..b.\"@docomo.ne.jp>\r\n";
        assert!(message.contains(expected), "{message}");
        mail.to_name = String::new();
        let message = compose(&sender(), &mail).unwrap();
        assert!(message.contains("To: <\"a..b.\"@docomo.ne.jp>\r\n"), "{message}");
    }

    #[test]
    fn a_quoting_name_stays_a_name() {
        let mut mail = approval_mail();
        mail.to_name = "\"Sato\" <evil@example.com>, Hanako".into();
        let message = compose(&sender(), &mail).unwrap();
        let expected = "To: \"\\\"Sato\\\" <evil@example.com>, Hanako\" <hanako.sato@aozora.example>";
        assert!(message.replace("\r\n ", " ").contains(expected), "{message}");
    }
}
