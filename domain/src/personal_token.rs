//! Personal access tokens (`tg_pat_…`): an account's rights, or some of them, for automation.

use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::id::{TokenId, UserId};
use crate::right::Right;
use crate::secret::PlainPersonalToken;
use crate::text::bounded;
use crate::time::UnixSeconds;

/// Most tokens of one account.
pub const MOST: usize = 20;
/// How much time passes before a use is written down again, in seconds.
const TOUCH: i64 = 3600;

/// What a token is called, 1 to 100 characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
#[serde(try_from = "String")]
pub struct TokenName(String);

impl TryFrom<String> for TokenName {
    type Error = FieldError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        bounded("name", &text, 100).map(Self)
    }
}

/// Rights a token is given: at least one, each once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(min_items = 1))]
#[serde(try_from = "Vec<Right>")]
pub struct Scopes(Vec<Right>);

impl Scopes {
    /// Whether `right` is among them.
    #[must_use]
    pub fn hold(&self, right: Right) -> bool {
        self.0.contains(&right)
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Right] {
        &self.0
    }
}

impl TryFrom<Vec<Right>> for Scopes {
    type Error = FieldError;
    fn try_from(mut rights: Vec<Right>) -> Result<Self, Self::Error> {
        rights.sort_unstable();
        rights.dedup();
        if rights.is_empty() {
            return Err(FieldError::new("scopes", "must name at least one"));
        }
        // Who holds a token must not make further ones, or change the password of the account.
        if rights.contains(&Right::Own) {
            return Err(FieldError::new("scopes", "must not hold \"own\": that needs a login"));
        }
        Ok(Self(rights))
    }
}

/// A token as stored, under the hash of its plain form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonalToken {
    /// Its name for machines.
    pub id: TokenId,
    /// Whose it is.
    pub user: UserId,
    /// What its owner calls it.
    pub name: TokenName,
    /// What it may be used for, as far as the account may still do it.
    pub scopes: Scopes,
    /// When it was made.
    pub created_at: UnixSeconds,
    /// When it ends.
    pub expires_at: UnixSeconds,
    /// When it was last used, to within an hour.
    pub last_used_at: Option<UnixSeconds>,
}

impl PersonalToken {
    /// Notes that it is used; whether that is worth writing down.
    pub fn touch(&mut self, now: UnixSeconds) -> bool {
        let due = self.last_used_at.is_none_or(|last| now.since(last) >= TOUCH);
        if due {
            self.last_used_at = Some(now);
        }
        due
    }

    /// What its owner sees.
    #[must_use]
    pub fn view(&self) -> PersonalTokenView {
        PersonalTokenView {
            id: self.id.clone(),
            name: self.name.clone(),
            scopes: self.scopes.clone(),
            created_at: self.created_at,
            expires_at: self.expires_at,
            last_used_at: self.last_used_at,
        }
    }
}

/// A token as its owner sees it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonalTokenView {
    /// Its name for machines.
    pub id: TokenId,
    /// What its owner calls it.
    pub name: TokenName,
    /// What it may be used for.
    pub scopes: Scopes,
    /// When it was made.
    pub created_at: UnixSeconds,
    /// When it ends.
    pub expires_at: UnixSeconds,
    /// When it was last used, to within an hour.
    pub last_used_at: Option<UnixSeconds>,
}

/// A token that was made just now: the only time it is shown.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewPersonalToken {
    /// The token itself.
    pub token: PlainPersonalToken,
    /// What is known of it.
    #[serde(flatten)]
    pub view: PersonalTokenView,
}
