//! The registry of kinds.

use tegata_domain::approval::Subject;
use tegata_domain::error::Refusal;

use super::kind::Kind;
use super::launch::Launching;
use super::question::Questioned;
use super::viewer::Viewing;
use crate::context::Context;

/// Loads the kind of `subject` with its record; `None` if the record no longer exists.
pub(in crate::tenant) fn load(ctx: &Context<'_>, subject: &Subject) -> Result<Option<Box<dyn Kind>>, Refusal> {
    Ok(match subject {
        Subject::Viewer(id) => Viewing::load(ctx, id)?.map(|kind| Box::new(kind) as Box<dyn Kind>),
        Subject::Launch(id) => Launching::load(ctx, id)?.map(|kind| Box::new(kind) as Box<dyn Kind>),
        Subject::Question(id) => Questioned::load(ctx, id)?.map(|kind| Box::new(kind) as Box<dyn Kind>),
    })
}
