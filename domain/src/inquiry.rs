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

/// Maximum size of an attachment, in bytes.
pub const LARGEST_ATTACHMENT: usize = 1024 * 1024;
/// Maximum number of attachments to one message.
pub const MOST_ATTACHMENTS: usize = 3;
/// Maximum number of messages in one inquiry.
pub const MOST_MESSAGES: i64 = 500;

/// Maximum total size of an inquiry's messages before another may be added, in bytes as stored, because a thread is
/// sent as a whole.
pub const MOST_WRITTEN: i64 = 512 * 1024;
/// Maximum number of files that a tenant keeps: 4 GB, where its object can hold 10.
pub const MOST_KEPT: i64 = 3_000;

/// The subject line of an inquiry, 1 to 200 characters.
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

/// The text of a message: 1 to 10,000 characters, with line breaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "String")]
pub struct Body(String);

impl Body {
    /// The text.
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
            return refuse("must not contain control characters");
        }
        let text = crate::unicode::nfc(text.trim()).into_owned();
        match text.chars().count() {
            0 => refuse("must not be empty"),
            length if length > MOST => refuse("must be at most 10,000 characters long"),
            _ => Ok(Self(text)),
        }
    }
}

/// The state of an inquiry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum InquiryState {
    /// Waiting for the desk.
    Open,
    /// The last message is from the desk.
    Answered,
    /// Closed by either side; a further message reopens it.
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

/// The author of a message.
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
    /// The inquiry's id.
    pub id: InquiryId,
    /// Its subject line.
    pub subject: Subject,
    /// Its state.
    pub state: InquiryState,
    /// The user who opened it.
    pub by: UserId,
    /// That user's name at the time.
    pub by_name: PersonName,
    /// Time of creation.
    pub created_at: UnixSeconds,
    /// Time of the last change.
    pub updated_at: UnixSeconds,
    /// Number of messages.
    pub messages: i64,
    /// Incremented with each change, so that copies can be kept in order.
    pub version: i64,
}

impl Inquiry {
    /// The terms by which a search finds the inquiry.
    #[must_use]
    pub fn search_terms(&self) -> Vec<String> {
        terms(&self.subject.0).chain(terms(self.by_name.as_str())).collect()
    }

    /// Counts a message from `side` and updates the state.
    pub const fn written(&mut self, side: Side, now: UnixSeconds) {
        self.state = match side {
            Side::Customer => InquiryState::Open,
            Side::Desk => InquiryState::Answered,
        };
        self.messages = self.messages.saturating_add(1);
        self.changed(now);
    }

    /// Closes the inquiry. Returns whether it was open.
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

/// The metadata of an attachment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Attachment {
    /// The attachment's id.
    pub id: AttachmentId,
    /// The file's name.
    pub name: String,
    /// The media type, against which the content was checked.
    #[serde(rename = "type")]
    pub media_type: String,
    /// Size in bytes.
    pub size: i64,
}

/// One message of an inquiry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InquiryMessage {
    /// Number of the message in the inquiry, starting at 1.
    pub number: i64,
    /// Time of writing.
    pub at: UnixSeconds,
    /// The side that wrote it.
    pub side: Side,
    /// The author's name.
    pub name: PersonName,
    /// The text.
    pub body: Body,
    /// The attached files.
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

/// An inquiry in the desk's inbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskInquiry {
    /// The customer.
    pub tenant: Slug,
    /// The customer's name.
    pub tenant_name: OrganizationName,
    /// The inquiry.
    pub inquiry: Inquiry,
    /// The member of the desk's staff who handles it.
    pub assigned: Option<UserId>,
    /// That person's name.
    pub assigned_name: Option<PersonName>,
}

/// A file as it is uploaded.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewAttachment {
    /// The file's name.
    pub name: String,
    /// The media type: `image/png`, `image/jpeg`, `application/pdf`, `application/zip`, `application/gzip`,
    /// `text/plain` or `text/csv`.
    #[serde(rename = "type")]
    pub media_type: String,
    /// The content in base64 (RFC 4648 section 4).
    pub data: String,
}

impl fmt::Debug for NewAttachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NewAttachment({})", self.media_type)
    }
}

impl NewAttachment {
    /// Checks size, name and content. A file that only claims to be a picture would be opened as something else.
    pub fn checked(&self, id: AttachmentId) -> Result<Attachment, FieldError> {
        let name = bounded("attachments", &self.name, 120)?;
        let refuse = |detail| Err(FieldError::new("attachments", &format!("{name}: {detail}")));
        if name.contains(['/', '\\', '"']) {
            return refuse("a file name must not contain a slash, a backslash or a quotation mark");
        }
        if self.data.len() > LARGEST_ATTACHMENT.div_ceil(3).saturating_mul(4) {
            return refuse("a file must be at most 1 MB");
        }
        let Some(content) = b64::decode_standard(&self.data) else {
            return refuse("the content must be base64");
        };
        if content.is_empty() || content.len() > LARGEST_ATTACHMENT {
            return refuse("a file must be at most 1 MB and must not be empty");
        }
        if !ends(&self.media_type).iter().any(|end| ends_with(&name, end)) {
            return refuse(
                "the file name's extension must match the media type: png, jpg, jpeg, pdf, zip, gz, txt, log or csv",
            );
        }
        if !is_what_it_says(&self.media_type, &content) {
            return refuse("the content must match the media type: PNG, JPEG, PDF, ZIP, GZIP or text in UTF-8");
        }
        Ok(Attachment {
            id,
            name,
            media_type: self.media_type.clone(),
            size: i64::try_from(content.len()).unwrap_or(i64::MAX),
        })
    }
}

/// File name extensions of a media type. Programs choose how to open a file by its extension.
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
