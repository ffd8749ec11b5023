//! Inquiries to the provider's support (C7).

use crate::desk::FetchedAttachment;
use crate::id::{AttachmentId, InquiryId};
use crate::inquiry::{Body, Inquiry, InquiryState, InquiryThread, NewAttachment, Subject};
use crate::right::Right;
use crate::wire::page::Page;

use super::lists::{Order, search};

actions! {
    "Lists the tenant's inquiries"
    List -> Page<Inquiry> {
        /// Filter by state.
        #[serde(default)]
        state: InquiryFilter,
        /// Search text: prefix of a subject or of a person's name.
        #[serde(default, deserialize_with = "search")]
        #[cfg_attr(feature = "openapi", schema(max_length = 100))]
        q: Option<String>,
        /// Sort order by time; search results are sorted by the matching term instead.
        #[serde(default)]
        order: Order,
        /// Cursor from the previous page.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("list_inquiries", Right::Inquiries).reading();

    "Shows an inquiry with its messages"
    Show -> InquiryThread {
        /// ID of the inquiry.
        id: InquiryId,
    }
    = Action::new("show_inquiry", Right::Inquiries).reading();

    "Opens an inquiry with the provider's support"
    Create -> InquiryThread {
        /// Subject of the inquiry.
        subject: Subject,
        /// First message.
        body: Body,
        /// Attached files: at most three, up to 1 MB each.
        #[serde(default)]
        attachments: Vec<NewAttachment>,
    }
    = Action::new("create_inquiry", Right::Inquiries).repeatable().with_files().entering(&["inquiry.create"]);

    "Adds a message to an inquiry and reopens it"
    Answer -> InquiryThread {
        /// ID of the inquiry.
        id: InquiryId,
        /// Text of the message.
        body: Body,
        /// Attached files: at most three, up to 1 MB each.
        #[serde(default)]
        attachments: Vec<NewAttachment>,
    }
    = Action::new("answer_inquiry", Right::Inquiries).repeatable().with_files().entering(&["inquiry.answer"]);

    "Closes an inquiry"
    Close -> InquiryThread {
        /// ID of the inquiry.
        id: InquiryId,
    }
    = Action::new("close_inquiry", Right::Inquiries).entering(&["inquiry.close"]);

    "Returns an attachment of an inquiry"
    Attachment -> FetchedAttachment {
        /// ID of the inquiry.
        id: InquiryId,
        /// ID of the attachment.
        attachment: AttachmentId,
    }
    = Action::new("fetch_attachment", Right::Inquiries).reading();
}

choices! {
    /// State filter for lists of inquiries.
    InquiryFilter {
        /// Inquiries that await an answer from the desk.
        Open "open",
        /// Inquiries whose latest message is from the desk.
        Answered "answered",
        /// Closed inquiries.
        Closed "closed",
        /// All inquiries.
        #[default]
        All "all",
    }
}

impl InquiryFilter {
    /// The state that passes the filter; `None` for every state.
    #[must_use]
    pub const fn state(self) -> Option<InquiryState> {
        match self {
            Self::Open => Some(InquiryState::Open),
            Self::Answered => Some(InquiryState::Answered),
            Self::Closed => Some(InquiryState::Closed),
            Self::All => None,
        }
    }
}
