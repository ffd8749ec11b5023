//! Personal access tokens of one's own.

use crate::id::TokenId;
use crate::personal_token::{NewPersonalToken, NewScopes, PersonalTokenView, TokenName};
use crate::right::Right;
use crate::wire::page::Page;

actions! {
    "My personal access tokens"
    List -> Page<PersonalTokenView> {}
    = Action::new("list_tokens", Right::Own).reading();

    "Makes a personal access token, shown this once"
    Create -> NewPersonalToken {
        /// What it is called.
        name: TokenName,
        /// What it may be used for.
        scopes: NewScopes,
        /// In how many days it ends: 1 to 366.
        #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 366))]
        expires_in_days: i64,
    }
    = Action::new("create_token", Right::Own).fresh().entering(&["token.create"]);

    "Ends one of my personal access tokens"
    Revoke -> () {
        /// Which.
        id: TokenId,
    }
    = Action::new("revoke_token", Right::Own).entering(&["token.revoke"]);
}
