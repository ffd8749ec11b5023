//! The visitor's own personal access tokens.

use tegata_domain::error::{FieldError, Refusal};
use tegata_domain::id::TokenId;
use tegata_domain::panel::tokens::{Create, Revoke};
use tegata_domain::personal_token::{self, NewPersonalToken, PersonalToken, PersonalTokenView};
use tegata_domain::right::{Right, allows};
use tegata_domain::secret::PlainPersonalToken;
use tegata_domain::wire::page::Page;
use tegata_kv_schema::personal_tokens;

use super::visitor::Visitor;
use crate::context::{Context, OrStorage as _};

/// Maximum life of a personal access token, in days.
const LONGEST_TOKEN: i64 = 366;

pub(super) fn list(ctx: &Context<'_>, visitor: &Visitor) -> Result<Page<PersonalTokenView>, Refusal> {
    let tokens = personal_tokens::of_user(ctx.sql, &visitor.person.user.id).or_storage()?;
    Ok(Page {
        items: tokens.iter().map(PersonalToken::view).collect(),
        cursor: None,
    })
}

pub(super) fn create(ctx: &Context<'_>, visitor: &Visitor, input: Create) -> Result<NewPersonalToken, Refusal> {
    let account = &visitor.person.account;
    if !(1..=LONGEST_TOKEN).contains(&input.expires_in_days) {
        return Err(FieldError::new("expires_in_days", "must be between 1 and 366").into());
    }
    let beyond = |right: &&Right| !allows(account.role, visitor.tenant.kind, account.support_option, **right);
    if let Some(right) = input.scopes.all().iter().find(beyond) {
        let detail = format!(
            "must not include a right that this account does not hold: {}",
            right.name()
        );
        return Err(FieldError::new("scopes", &detail).into());
    }
    let others = personal_tokens::of_user(ctx.sql, &account.user).or_storage()?;
    if others.len() >= personal_token::MOST {
        return Err(FieldError::new("name", "an account can have at most 20 tokens; revoke one first").into());
    }
    let plain = PlainPersonalToken::generate(ctx.random);
    let token = PersonalToken {
        id: TokenId::generate(ctx.random),
        user: account.user.clone(),
        name: input.name,
        scopes: input.scopes.into(),
        created_at: ctx.now,
        expires_at: ctx.now.plus(input.expires_in_days.saturating_mul(24 * 3600)),
        last_used_at: None,
    };
    personal_tokens::save(ctx.sql, &plain.hashed(), &token).or_storage()?;
    visitor.audit::<Create>(ctx, format!("token/{}", token.id), "done")?;
    Ok(NewPersonalToken {
        token: plain,
        view: token.view(),
    })
}

pub(super) fn revoke(ctx: &Context<'_>, visitor: &Visitor, input: &Revoke) -> Result<(), Refusal> {
    if !personal_tokens::delete(ctx.sql, &visitor.person.user.id, &input.id).or_storage()? {
        return Err(Refusal::NotFound);
    }
    visitor.audit::<Revoke>(ctx, format!("token/{}", input.id), "done")
}
