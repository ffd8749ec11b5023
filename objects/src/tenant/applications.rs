//! Applications for a contract (C1) in a provider's object, and the customers that answer them.

use tegata_domain::application::{Application, ApplicationOutcome, Closing};
use tegata_domain::audit::{Act, Actor};
use tegata_domain::error::{FieldError, Refusal};
use tegata_domain::id::ApplicationId;
use tegata_domain::panel::Act as _;
use tegata_domain::panel::applications::Close;
use tegata_domain::slug::Slug;
use tegata_kv_schema::applications;

use crate::context::{Context, OrStorage as _};

/// The application's name in the audit log.
pub(super) fn object(id: &ApplicationId) -> String {
    format!("application/{id}")
}

/// Fails unless the application `id` can be answered by creating `customer`. It still can after it was, so that a
/// request whose reply was lost can be repeated.
pub(super) fn check_answered_by(ctx: &Context<'_>, id: &ApplicationId, customer: &Slug) -> Result<(), Refusal> {
    let found = applications::load(ctx.sql, id).or_storage()?;
    if found.is_some_and(|application| application.is_answered_by(customer)) {
        return Ok(());
    }
    Err(FieldError::new("application", "must be an open application").into())
}

/// Closes the application that the new `customer` answers, unless it is closed already.
pub(super) fn answer(ctx: &Context<'_>, id: &ApplicationId, customer: &Slug) -> Result<(), Refusal> {
    let found = applications::load(ctx.sql, id).or_storage()?;
    let Some(mut application) = found.filter(|application| application.closed.is_none()) else {
        return Ok(());
    };
    let closing = Closing {
        outcome: ApplicationOutcome::Contract,
        customer: Some(customer.clone()),
        reason: None,
        at: ctx.now,
        by: None,
        by_name: None,
    };
    save_closed(ctx, &mut application, closing, Actor::new("system", None, None))
}

/// Closes an open application, and logs it.
///
/// # Errors
/// [`FieldError`] if `closing` contradicts itself.
pub(super) fn save_closed(
    ctx: &Context<'_>,
    application: &mut Application,
    closing: Closing,
    actor: Actor,
) -> Result<(), Refusal> {
    let closing = application.closed.insert(closing.checked()?);
    let outcome = closing.outcome.name();
    applications::save(ctx.sql, application).or_storage()?;
    ctx.audit(Act::new(actor, Close::ACTION.entry(), object(&application.id), outcome))
}
