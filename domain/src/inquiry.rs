//! Inquiries to the provider's support (お問い合わせ, C6): a thread of messages, kept by the customer's tenant.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::id::{AttachmentId, InquiryId, UserId};
use crate::phonetic::terms;
use crate::slug::Slug;
use crate::text::{OrganizationName, PersonName, bounded};
use crate::time::UnixSeconds;
use crate::wire::b64;

/// Largest attachment, in bytes.
pub const LARGEST_ATTACHMENT: usize = 1024 * 1024;
/// Most attachments of one message.
pub const MOST_ATTACHMENTS: usize = 3;
/// Most messages of one inquiry.
pub const MOST_MESSAGES: i64 = 500;

/// Most that the messages of one inquiry may hold before the last, in bytes as stored: a thread travels whole.
pub const MOST_WRITTEN: i64 = 512 * 1024;
/// Most files that a tenant keeps: 4 GB, where its object can hold 10.
pub const MOST_KEPT: i64 = 3_000;

/// What an inquiry is about, 1 to 200 characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "String")]
pub struct Subject(String);

impl TryFrom<String> for Subject {
    type Error = FieldError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        bounded("subject", &text, 200).map(Self)
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A message's text: 1 to 10,000 characters, in lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "String")]
pub struct Body(String);

impl Body {
    /// The lines.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Body {
    type Error = FieldError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        const MOST: usize = 10_000;
        let refuse = |detail| Err(FieldError::new("body", detail));
        if text.len() > MOST.saturating_mul(4) {
            return refuse("must be at most 10,000 characters long");
        }
        let text = text.replace("\r\n", "\n");
        if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
            return refuse("holds control characters");
        }
        let text = crate::unicode::nfc(text.trim()).into_owned();
        match text.chars().count() {
            0 => refuse("must not be empty"),
            length if length > MOST => refuse("must be at most 10,000 characters long"),
            _ => Ok(Self(text)),
        }
    }
}

/// Where an inquiry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum InquiryState {
    /// Waits for the desk.
    Open,
    /// The desk has answered last.
    Answered,
    /// Closed by either side; a further message opens it again.
    Closed,
}

impl InquiryState {
    /// The name it is stored under.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answered => "answered",
            Self::Closed => "closed",
        }
    }
}

/// Who wrote a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The customer.
    Customer,
    /// The provider's desk.
    Desk,
}

/// An inquiry, without its messages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Inquiry {
    /// Its name.
    pub id: InquiryId,
    /// What it is about.
    pub subject: Subject,
    /// Where it stands.
    pub state: InquiryState,
    /// Who asked.
    pub by: UserId,
    /// Their name then.
    pub by_name: PersonName,
    /// When it was asked.
    pub created_at: UnixSeconds,
    /// When it last changed.
    pub updated_at: UnixSeconds,
    /// How many messages it has.
    pub messages: i64,
    /// Counts its changes, for whoever keeps a copy.
    pub version: i64,
}

impl Inquiry {
    /// What it is found by.
    #[must_use]
    pub fn search_terms(&self) -> Vec<String> {
        terms(&self.subject.0).chain(terms(self.by_name.as_str())).collect()
    }

    /// Notes a message of `side`.
    pub const fn written(&mut self, side: Side, now: UnixSeconds) {
        self.state = match side {
            Side::Customer => InquiryState::Open,
            Side::Desk => InquiryState::Answered,
        };
        self.messages = self.messages.saturating_add(1);
        self.changed(now);
    }

    /// Closes it; whether it was not closed before.
    pub const fn close(&mut self, now: UnixSeconds) -> bool {
        if matches!(self.state, InquiryState::Closed) {
            return false;
        }
        self.state = InquiryState::Closed;
        self.changed(now);
        true
    }

    const fn changed(&mut self, now: UnixSeconds) {
        self.updated_at = now;
        self.version = self.version.saturating_add(1);
    }
}

/// What is known of an attachment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Attachment {
    /// Its name for machines.
    pub id: AttachmentId,
    /// The file's name.
    pub name: String,
    /// Its media type, which its content was checked against.
    #[serde(rename = "type")]
    pub media_type: String,
    /// Its size in bytes.
    pub size: i64,
}

/// One message of an inquiry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InquiryMessage {
    /// Its number in the inquiry, from 1.
    pub number: i64,
    /// When it was written.
    pub at: UnixSeconds,
    /// By whom.
    pub side: Side,
    /// Their name.
    pub name: PersonName,
    /// What it says.
    pub body: Body,
    /// The files with it.
    pub attachments: Vec<Attachment>,
}

/// An inquiry with its messages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InquiryThread {
    /// The inquiry.
    pub inquiry: Inquiry,
    /// Its messages, oldest first.
    pub messages: Vec<InquiryMessage>,
}

/// An inquiry as it stands in the desk's inbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskInquiry {
    /// The customer.
    pub tenant: Slug,
    /// The customer's name.
    pub tenant_name: OrganizationName,
    /// The inquiry.
    pub inquiry: Inquiry,
    /// Who takes care of it.
    pub assigned: Option<UserId>,
    /// Their name.
    pub assigned_name: Option<PersonName>,
}

/// A file as it is sent.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewAttachment {
    /// The file's name.
    pub name: String,
    /// Its media type: `image/png`, `image/jpeg`, `application/pdf`, `application/zip`, `application/gzip`, `text/plain`
    /// or `text/csv`.
    #[serde(rename = "type")]
    pub media_type: String,
    /// Its content in base64 (RFC 4648 section 4).
    pub data: String,
}

impl fmt::Debug for NewAttachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NewAttachment({})", self.media_type)
    }
}

impl NewAttachment {
    /// Checks size, name and content. What is called a picture but is none would be opened as something else.
    ///
    /// # Errors
    /// [`FieldError`] on `attachments`.
    pub fn checked(&self, id: AttachmentId) -> Result<Attachment, FieldError> {
        let name = bounded("attachments", &self.name, 120)?;
        let refuse = |detail| Err(FieldError::new("attachments", &format!("{name}: {detail}")));
        if name.contains(['/', '\\', '"']) {
            return refuse("a file's name must hold no slash, backslash or quotation mark");
        }
        if self.data.len() > LARGEST_ATTACHMENT.div_ceil(3).saturating_mul(4) {
            return refuse("each may be 1 MB at most");
        }
        let Some(content) = b64::decode_standard(&self.data) else {
            return refuse("the content must be base64");
        };
        if content.is_empty() || content.len() > LARGEST_ATTACHMENT {
            return refuse("each may be 1 MB at most, and must not be empty");
        }
        if !ends(&self.media_type).iter().any(|end| ends_with(&name, end)) {
            return refuse(
                "the end of a file's name must be its type's: png, jpg, jpeg, pdf, zip, gz, txt, log or csv",
            );
        }
        if !is_what_it_says(&self.media_type, &content) {
            return refuse("the content must be what its type says: PNG, JPEG, PDF, ZIP, GZIP or text in UTF-8");
        }
        Ok(Attachment {
            id,
            name,
            media_type: self.media_type.clone(),
            size: i64::try_from(content.len()).unwrap_or(i64::MAX),
        })
    }
}

/// How names of files of a type end. Whoever opens a file does so by the end of its name.
fn ends(media_type: &str) -> &'static [&'static str] {
    match media_type {
        "image/png" => &["png"],
        "image/jpeg" => &["jpg", "jpeg"],
        "application/pdf" => &["pdf"],
        "application/zip" => &["zip"],
        "application/gzip" => &["gz"],
        "text/plain" => &["txt", "log"],
        "text/csv" => &["csv"],
        _ => &[],
    }
}

fn ends_with(name: &str, end: &str) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(_, last)| last.eq_ignore_ascii_case(end))
}

fn is_what_it_says(media_type: &str, content: &[u8]) -> bool {
    let begins = |signature: &[u8]| content.starts_with(signature);
    match media_type {
        "image/png" => begins(b"\x89PNG\r\n\x1a\n"),
        "image/jpeg" => begins(b"\xff\xd8\xff"),
        "application/pdf" => begins(b"%PDF-"),
        "application/zip" => begins(b"PK\x03\x04"),
        "application/gzip" => begins(b"\x1f\x8b"),
        "text/plain" | "text/csv" => core::str::from_utf8(content).is_ok() && !content.contains(&0),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Body, LARGEST_ATTACHMENT, NewAttachment};
    use crate::id::AttachmentId;
    use crate::random::CountingRandom;
    use crate::wire::b64;

    fn attached(name: &str, media_type: &str, content: &[u8]) -> bool {
        let id = AttachmentId::generate(&CountingRandom::new(1));
        let new = NewAttachment {
            name: name.to_owned(),
            media_type: media_type.to_owned(),
            data: b64::encode_standard(content),
        };
        new.checked(id).is_ok()
    }

    #[test]
    fn a_file_is_what_it_says() {
        assert!(attached("画面.png", "image/png", b"\x89PNG\r\n\x1a\nrest"));
        assert!(attached("log.txt", "text/plain", "記録".as_bytes()));
        assert!(attached("記録.LOG", "text/plain", "記録".as_bytes()));
        for (name, media_type, content) in [
            ("a.png", "image/png", &b"<html>"[..]),
            ("a.html", "text/html", b"<html>"),
            ("a.svg", "image/svg+xml", b"<svg>"),
            ("a.txt", "text/plain", b"\xff\xfe"),
            ("a.txt", "text/plain", b"a\0b"),
            ("a.hta", "text/plain", b"a"),
            ("a.txt.", "text/plain", b"a"),
            ("txt", "text/plain", b"a"),
            ("a.jar", "application/zip", b"PK\x03\x04"),
            ("a.png", "text/plain", b"a"),
            ("a.txt", "text/plain", b""),
            ("../a.txt", "text/plain", b"a"),
            ("a\r\nb.txt", "text/plain", b"a"),
            ("a\".txt", "text/plain", b"a"),
        ] {
            assert!(!attached(name, media_type, content), "{name} {media_type}");
        }
        assert!(attached("a.txt", "text/plain", &vec![b'a'; LARGEST_ATTACHMENT]));
        assert!(!attached("a.txt", "text/plain", &vec![b'a'; LARGEST_ATTACHMENT + 1]));
    }

    #[test]
    fn a_message_has_lines() {
        let body = |text: &str| Body::try_from(text.to_owned());
        assert_eq!(body(" 一行目\r\n二行目\n").unwrap().as_str(), "一行目\n二行目");
        assert!(body(" \n ").is_err() && body("a\0").is_err() && body(&"あ".repeat(10_001)).is_err());
    }
}
