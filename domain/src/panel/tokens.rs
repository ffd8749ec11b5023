//! Actions on one's own personal access tokens.

use crate::id::TokenId;
use crate::personal_token::{NewPersonalToken, NewScopes, PersonalTokenView, TokenName};
use crate::right::Right;
use crate::wire::page::Page;

actions! {
    "Lists the current user's personal access tokens"
    List -> Page<PersonalTokenView> {}
    = Action::new("list_tokens", Right::Own).reading();

    "Creates a personal access token, which is returned only once"
    Create -> NewPersonalToken {
        /// Name of the token.
        name: TokenName,
        /// Scopes of the token.
        scopes: NewScopes,
        /// Lifetime in days, 1 to 366.
        #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 366))]
        expires_in_days: i64,
    }
    = Action::new("create_token", Right::Own).fresh().entering(&["token.create"]);

    "Revokes one of the current user's personal access tokens"
    Revoke -> () {
        /// ID of the token.
        id: TokenId,
    }
    = Action::new("revoke_token", Right::Own).entering(&["token.revoke"]);
}
