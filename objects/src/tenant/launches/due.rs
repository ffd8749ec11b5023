//! Deadlines of launches: an answer that did not come, an agent that stays silent, an offer that nobody took, a period
//! that is over.

use tegata_domain::alert::AlertKind;
use tegata_domain::audit::{Act, Actor};
use tegata_domain::control::ToAgent;
use tegata_domain::error::Refusal;
use tegata_domain::launch::{Launch, LaunchState};
use tegata_domain::outbox::LaunchNews;
use tegata_domain::session::SessionEnd;
use tegata_kv_schema::launches;

use super::{Ending, approval, end, object, order, save, tell};
use crate::context::{Context, OrStorage as _};
use crate::tenant::alerts::alert;

/// How many launches one run takes.
const BATCH: i64 = 16;

/// Attends to every launch whose deadline has passed.
pub(in crate::tenant) fn attend(ctx: &Context<'_>) -> Result<(), Refusal> {
    for launch in launches::due(ctx.sql, ctx.now, BATCH).or_storage()? {
        attend_to(ctx, launch)?;
    }
    Ok(())
}

fn attend_to(ctx: &Context<'_>, mut launch: Launch) -> Result<(), Refusal> {
    let system = Actor::new("system", None, None);
    let approval = approval(ctx, &launch)?;
    match launch.state(approval.as_ref(), ctx.now) {
        LaunchState::Expired if launch.granted.is_none() => {
            save(ctx, &launch, approval.as_ref())?;
            let what = format!("{} ({})", launch.equipment_name, launch.serial_number);
            alert(ctx, AlertKind::LaunchUnanswered, what)?;
            ctx.audit(Act::new(system, "launch.expire", object(&launch.id), "unanswered"))?;
            tell(ctx, &launch.id, Some(LaunchNews::Unanswered))
        }
        LaunchState::Executing if launch.execution.as_ref().is_some_and(|one| one.started_at.is_none()) => {
            let waiting = launch.execution.clone();
            if launch.unconfirmed(ctx.now).is_some() {
                ctx.audit(Act::new(system, "launch.execute", object(&launch.id), "unconfirmed"))?;
                if let Some(execution) = waiting {
                    let ended = ToAgent::Ended {
                        launch: launch.id.clone(),
                        why: SessionEnd::Expired,
                    };
                    order(ctx, &execution, &ended)?;
                }
                tell(ctx, &launch.id, None)?;
            }
            save(ctx, &launch, approval.as_ref())
        }
        LaunchState::Expired | LaunchState::Approved | LaunchState::Executing | LaunchState::Running => {
            let over = launch.due(approval.as_ref(), ctx.now).is_none_or(|due| due <= ctx.now);
            if !over {
                return save(ctx, &launch, approval.as_ref());
            }
            let ending = Ending {
                why: SessionEnd::Expired,
                by: None,
                actor: system,
            };
            end(ctx, &mut launch, approval.as_ref(), ending)
        }
        LaunchState::Requested | LaunchState::Ended | LaunchState::Refused | LaunchState::Withdrawn => {
            save(ctx, &launch, approval.as_ref())
        }
    }
}
