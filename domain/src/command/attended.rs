//! Commands around an attended session's links: the page, the consent, and the way in by ID and password.

use serde::{Deserialize, Serialize};

use crate::id::LaunchId;
use crate::locale::Locale;
use crate::session::SessionNumber;
use crate::slug::Slug;
use crate::text::PersonName;

/// See [`super::TenantCommand::ViewAttended`].
#[derive(Clone, Serialize, Deserialize)]
pub struct ViewAttended {
    /// The link's token.
    pub token: String,
    /// Requested language; defaults to the invited person's own, then to `browser`.
    pub asked: Option<Locale>,
    /// The browser's language.
    pub browser: Locale,
}

/// See [`super::TenantCommand::ConsentAttended`].
#[derive(Clone, Serialize, Deserialize)]
pub struct ConsentAttended {
    /// The link's token.
    pub token: String,
    /// The person's name, as they typed it.
    pub name: PersonName,
    /// Language in which the statement was shown.
    pub locale: Locale,
    /// The client's network address.
    pub client: String,
}

/// See [`super::TenantCommand::VouchForKnock`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct VouchForKnock {
    /// The session.
    pub number: SessionNumber,
    /// The client's network address.
    pub client: String,
}

/// See [`super::TenantCommand::LinkAttended`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LinkAttended {
    /// The attended session.
    pub attended: LaunchId,
    /// The provider on whose page ID and password were typed.
    pub provider: Slug,
}
