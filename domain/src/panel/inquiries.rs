//! Inquiries to the provider's support (C7).

use crate::desk::FetchedAttachment;
use crate::id::{AttachmentId, InquiryId};
use crate::inquiry::{Body, Inquiry, InquiryState, InquiryThread, NewAttachment, Subject};
use crate::right::Right;
use crate::wire::page::Page;

use super::lists::{Order, search};

actions! {
    "My tenant's inquiries"
    List -> Page<Inquiry> {
        /// Which of them.
        #[serde(default)]
        state: InquiryFilter,
        /// What a subject, or a name, begins with.
        #[serde(default, deserialize_with = "search")]
        #[cfg_attr(feature = "openapi", schema(max_length = 100))]
        q: Option<String>,
        /// The newest or the oldest first; where something is searched for, by what was found.
        #[serde(default)]
        order: Order,
        /// Where to begin.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("list_inquiries", Right::Inquiries).reading();

    "One inquiry with its messages"
    Show -> InquiryThread {
        /// Which.
        id: InquiryId,
    }
    = Action::new("show_inquiry", Right::Inquiries).reading();

    "Asks the provider's support"
    Create -> InquiryThread {
        /// What it is about.
        subject: Subject,
        /// The first message.
        body: Body,
        /// Files with it: at most three, each of 1 MB at most.
        #[serde(default)]
        attachments: Vec<NewAttachment>,
    }
    = Action::new("create_inquiry", Right::Inquiries).repeatable().with_files().entering(&["inquiry.create"]);

    "Writes a further message, and opens the inquiry again"
    Answer -> InquiryThread {
        /// To which inquiry.
        id: InquiryId,
        /// The message.
        body: Body,
        /// Files with it: at most three, each of 1 MB at most.
        #[serde(default)]
        attachments: Vec<NewAttachment>,
    }
    = Action::new("answer_inquiry", Right::Inquiries).repeatable().with_files().entering(&["inquiry.answer"]);

    "Closes an inquiry"
    Close -> InquiryThread {
        /// Which.
        id: InquiryId,
    }
    = Action::new("close_inquiry", Right::Inquiries).entering(&["inquiry.close"]);

    "A file of an inquiry"
    Attachment -> FetchedAttachment {
        /// Of which inquiry.
        id: InquiryId,
        /// Which.
        attachment: AttachmentId,
    }
    = Action::new("fetch_attachment", Right::Inquiries).reading();
}

choices! {
    /// Which inquiries are listed.
    InquiryFilter {
        /// Those that wait for the desk.
        Open "open",
        /// Those that the desk has answered last.
        Answered "answered",
        /// Those that are closed.
        Closed "closed",
        /// All.
        #[default]
        All "all",
    }
}

impl InquiryFilter {
    /// The state it lets through; `None` lets all.
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
