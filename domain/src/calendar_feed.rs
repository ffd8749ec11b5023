//! Calendar feeds (B7): addresses under which calendar programs read the desk's appointments. The address is a secret of its
//! own, which opens nothing else: the feed has titles, names and times, and no link that lets anybody in.

use serde::{Deserialize, Serialize};

use crate::id::{CalendarFeedId, UserId};
use crate::secret::{HashedSecret, PlainFeedToken};
use crate::text::FeedName;
use crate::time::UnixSeconds;

/// Maximum number of feeds of one person.
pub const MOST_FEEDS: usize = 10;
/// How far back a feed reaches, in seconds: 30 days.
pub const BACK: i64 = 30 * 24 * 3600;
/// Maximum number of appointments in a feed.
pub const MOST_EVENTS: i64 = 1_000;

/// Whose appointments a feed has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum FeedOf {
    /// Those that its owner holds.
    #[default]
    Own,
    /// All of the desk's.
    Desk,
}

/// A calendar feed as stored by the provider's tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredFeed {
    /// Its id.
    pub id: CalendarFeedId,
    /// The hash of the secret in its address.
    pub hash: HashedSecret,
    /// The owner.
    pub user: UserId,
    /// Its name.
    pub name: FeedName,
    /// Whose appointments it has.
    pub of: FeedOf,
    /// When it was created.
    pub created_at: UnixSeconds,
}

/// A calendar feed as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CalendarFeed {
    /// Its id.
    pub id: CalendarFeedId,
    /// Its name.
    pub name: FeedName,
    /// Whose appointments it has.
    pub of: FeedOf,
    /// When it was created.
    pub created_at: UnixSeconds,
}

impl From<StoredFeed> for CalendarFeed {
    fn from(stored: StoredFeed) -> Self {
        Self {
            id: stored.id,
            name: stored.name,
            of: stored.of,
            created_at: stored.created_at,
        }
    }
}

/// A new calendar feed with its address.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewCalendarFeed {
    /// The feed.
    pub feed: CalendarFeed,
    /// The secret in its address, `tg_cal_…`, returned this once.
    pub token: PlainFeedToken,
    /// The address to subscribe to.
    pub url: String,
}

/// The address has the secret: it is not printed.
impl core::fmt::Debug for NewCalendarFeed {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "NewCalendarFeed({})", self.feed.id)
    }
}
