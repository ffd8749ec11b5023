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

/// Rights a token was given. One of before may name rights that no token can hold any more; it keeps the others.
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

    /// Those that the token holds.
    #[must_use]
    pub fn held(&self) -> Self {
        Self(self.0.iter().copied().filter(|right| right.fits_token()).collect())
    }
}

/// Rights a token is to be given: at least one, each once, and each one that a token can hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(min_items = 1))]
#[serde(try_from = "Vec<Right>")]
pub struct NewScopes(Vec<Right>);

impl NewScopes {
    /// All of them.
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
            return Err(FieldError::new("scopes", "must name at least one"));
        }
        // Who holds a token must not make further ones, change the password of the account, or answer in its name.
        if let Some(right) = rights.iter().find(|right| !right.fits_token()) {
            let detail = format!("must not hold \"{}\": that needs a login", right.name());
            return Err(FieldError::new("scopes", &detail));
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
        assert_eq!(serde_json::to_string(&token).unwrap(), stored, "the stored form stays");
    }
}
