//! Tries of the desk to join remote support sessions. Each is counted, for the account and for the network address,
//! before the session's object compares the password; who was let in starts anew.

use tegata_domain::command::SessionVoucher;
use tegata_domain::error::Refusal;
use tegata_domain::limit::own_network;
use tegata_domain::panel::desk::{SettleSessionTry, VouchForSession};
use tegata_domain::session::{SessionNumber, Supporter};
use tegata_kv_schema::login_tries;

use super::visitor::Visitor;
use crate::context::{Context, OrStorage as _};

/// What a visitor's tries are counted under: their account, and their address.
fn keys(visitor: &Visitor) -> [String; 2] {
    [
        format!("session/account/{}", visitor.person.user.id),
        format!("session/address/{}", own_network(&visitor.client)),
    ]
}

fn object(number: &SessionNumber) -> String {
    format!("remote_session/{number}")
}

/// Counts a try, and vouches for the visitor. Numbers that no session has are counted the same.
pub(super) fn vouch(ctx: &Context<'_>, visitor: &Visitor, input: VouchForSession) -> Result<SessionVoucher, Refusal> {
    for key in keys(visitor) {
        let tries = login_tries::load(ctx.sql, &key).or_storage()?.unwrap_or_default();
        let (tries, _) = tries
            .count(ctx.now)
            .map_err(|retry_after| Refusal::TooMany { retry_after })?;
        login_tries::save(ctx.sql, &key, &tries).or_storage()?;
    }
    visitor.audit::<VouchForSession>(ctx, object(&input.number), "asked")?;
    let by = Supporter {
        provider: visitor.tenant.slug.clone(),
        user: visitor.person.user.id.clone(),
        name: visitor.person.user.display_name.clone(),
        client: visitor.client.clone(),
    };
    let email = visitor.person.user.emails.primary().cloned();
    SessionVoucher::seal(by, email, input.number, &ctx.signers.links, ctx.random, ctx.now).ok_or(Refusal::Storage)
}

/// Forgets the tries of a visitor whom the session has let in.
pub(super) fn settle(ctx: &Context<'_>, visitor: &Visitor, input: &SettleSessionTry) -> Result<(), Refusal> {
    for key in keys(visitor) {
        login_tries::delete(ctx.sql, &key).or_storage()?;
    }
    visitor.audit::<SettleSessionTry>(ctx, object(&input.number), "done")
}
