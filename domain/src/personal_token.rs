//! Personal access tokens (`tg_pat_…`): all or some of an account's rights, for automation.

use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::id::{TokenId, UserId};
use crate::right::Right;
use crate::secret::PlainPersonalToken;
use crate::text::bounded;
use crate::time::UnixSeconds;

/// Maximum number of tokens per account.
pub const MOST: usize = 20;
/// How much time passes before a use is recorded again, in seconds.
const TOUCH: i64 = 3600;

/// The name of a token, 1 to 100 characters.
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

/// The rights granted to a token. An older token may name rights that no token can hold any more; it keeps the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Scopes(Vec<Right>);

impl Scopes {
    /// Whether the token holds `right`.
    #[must_use]
    pub fn hold(&self, right: Right) -> bool {
        right.fits_token() && self.0.contains(&right)
    }

    /// The rights that the token holds.
    #[must_use]
    pub fn held(&self) -> Self {
        Self(self.0.iter().copied().filter(|right| right.fits_token()).collect())
    }
}

/// The rights to grant to a new token: at least one, each once, and only rights that a token can hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(min_items = 1))]
#[serde(try_from = "Vec<Right>")]
pub struct NewScopes(Vec<Right>);

impl NewScopes {
    /// All of the rights.
    #[must_use]
    pub fn all(&self) -> &[Right] {
        &self.0
    }
}

impl From<NewScopes> for Scopes {
    fn from(scopes: NewScopes) -> Self {
        Self(scopes.0)
    }
}

impl TryFrom<Vec<Right>> for NewScopes {
    type Error = FieldError;
    fn try_from(mut rights: Vec<Right>) -> Result<Self, Self::Error> {
        rights.sort_unstable();
        rights.dedup();
        if rights.is_empty() {
            return Err(FieldError::new("scopes", "must name at least one scope"));
        }
        // The holder of a token must not create further tokens, change the account's password, or answer in its name.
        if let Some(right) = rights.iter().find(|right| !right.fits_token()) {
            let detail = format!("must not contain \"{}\", which requires a login", right.name());
            return Err(FieldError::new("scopes", &detail));
        }
        Ok(Self(rights))
    }
}

/// A token as stored, under the hash of its plain form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonalToken {
    /// The token's id.
    pub id: TokenId,
    /// The user it belongs to.
    pub user: UserId,
    /// The name its owner gave it.
    pub name: TokenName,
    /// Its scopes; each is effective only while the account itself has the right.
    pub scopes: Scopes,
    /// Time of creation.
    pub created_at: UnixSeconds,
    /// Expiry time.
    pub expires_at: UnixSeconds,
    /// Time of the last use, accurate to an hour.
    pub last_used_at: Option<UnixSeconds>,
}

impl PersonalToken {
    /// Notes a use. Returns whether it should be stored.
    pub fn touch(&mut self, now: UnixSeconds) -> bool {
        let due = self.last_used_at.is_none_or(|last| now.since(last) >= TOUCH);
        if due {
            self.last_used_at = Some(now);
        }
        due
    }

    /// The token as its owner sees it.
    #[must_use]
    pub fn view(&self) -> PersonalTokenView {
        PersonalTokenView {
            id: self.id.clone(),
            name: self.name.clone(),
            scopes: self.scopes.held(),
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
    /// The token's id.
    pub id: TokenId,
    /// The name its owner gave it.
    pub name: TokenName,
    /// The scopes it holds.
    pub scopes: Scopes,
    /// Time of creation.
    pub created_at: UnixSeconds,
    /// Expiry time.
    pub expires_at: UnixSeconds,
    /// Time of the last use, accurate to an hour.
    pub last_used_at: Option<UnixSeconds>,
}

/// A newly created token, in the only response that shows it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewPersonalToken {
    /// The token itself.
    pub token: PlainPersonalToken,
    /// The token's metadata.
    #[serde(flatten)]
    pub view: PersonalTokenView,
}

#[cfg(test)]
mod tests {
    use super::{NewScopes, PersonalToken, Scopes};
    use crate::right::Right;
    use crate::wire::json;

    #[test]
    fn what_takes_a_login_is_not_given_to_a_token() {
        for right in Right::ALL {
            let given = NewScopes::try_from(vec![Right::UsersRead, *right]);
            assert_eq!(given.is_ok(), right.fits_token(), "{}", right.name());
            if let Err(error) = given {
                assert_eq!(error.field, "scopes");
                assert!(error.detail.contains(right.name()), "{}", error.detail);
            }
        }
    }

    #[test]
    fn a_token_of_before_keeps_its_other_scopes() {
        let stored = r#"{"id":"AAAAAAAAAAAAAAAAAAAAAA","user":"AQAAAAAAAAAAAAAAAAAAAA","name":"夜間の書き出し","scopes":["registrations.read","registrations.decide"],"created_at":1795000000,"expires_at":1797592000,"last_used_at":null}"#;
        let token: PersonalToken = json::read(stored).unwrap();
        assert!(token.scopes.hold(Right::RegistrationsRead));
        assert!(!token.scopes.hold(Right::RegistrationsDecide));
        assert_eq!(token.view().scopes, Scopes(vec![Right::RegistrationsRead]));
        assert_eq!(
            serde_json::to_string(&token).unwrap(),
            stored,
            "the stored form must not change"
        );
    }
}
