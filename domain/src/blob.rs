//! Blobs: content that is too large for an object's store, kept beside it under a name that says whose it is. A name is
//! used once, so what lies under it never changes, and writing it twice is writing it once.

use serde::{Deserialize, Serialize};

use crate::id::{AttachmentId, InquiryId};
use crate::slug::Slug;

/// Where a blob lies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BlobKey(String);

impl BlobKey {
    /// The file `id` of an inquiry of `tenant`.
    #[must_use]
    pub fn attachment(tenant: &Slug, inquiry: &InquiryId, id: &AttachmentId) -> Self {
        Self(format!("{tenant}/inquiries/{inquiry}/{id}"))
    }

    /// As the store takes it: a path without a slash in front, of letters, digits, `-`, `_` and `/`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
