//! Blobs: content too large for an object's store, kept beside it under a key that names its owner. A key is used only
//! once, so a blob never changes and writing it twice is idempotent.

use serde::{Deserialize, Serialize};

use crate::id::{AttachmentId, InquiryId};
use crate::slug::Slug;

/// The key of a blob.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BlobKey(String);

impl BlobKey {
    /// The key of the file `id` attached to an inquiry of `tenant`.
    #[must_use]
    pub fn attachment(tenant: &Slug, inquiry: &InquiryId, id: &AttachmentId) -> Self {
        Self(format!("{tenant}/inquiries/{inquiry}/{id}"))
    }

    /// The key in the form the store expects: a path without a leading slash, made of letters, digits, `-`, `_` and
    /// `/`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
