//! A customer's equipment, as its provider's desk keeps it. The desk registers, changes and retires it. Whether remote
//! support may start on it is the customer's own decision.

use tegata_domain::desk::{DeskAction, DeskActor, DeskReply, RegisterEquipment};
use tegata_domain::equipment::EquipmentView;
use tegata_domain::error::Refusal;
use tegata_domain::id::EquipmentId;
use tegata_domain::panel::equipment::Change;
use tegata_domain::tenant::Tenant as TenantRecord;

use super::customers::{Repeat, audit};
use super::equipment::{describe, list, load, object, register, retire, tree, view};
use super::panel::lists::changed;
use crate::context::Context;

/// Carries out one of the desk's actions on equipment. A suspended customer's equipment can only be read.
pub(super) fn act(
    ctx: &Context<'_>,
    tenant: TenantRecord,
    by: &DeskActor,
    action: DeskAction,
) -> Result<DeskReply, Refusal> {
    let shown = |view: EquipmentView| DeskReply::Equipment(Box::new(view));
    match action {
        DeskAction::ListEquipment(input) => {
            let within = match &input.organization {
                None => None,
                Some(id) => serde_json::to_string(&tree(ctx)?.below(id)).ok(),
            };
            list(ctx, &input, within.as_deref()).map(DeskReply::EquipmentPage)
        }
        DeskAction::ShowEquipment(id) => view(ctx, &load(ctx, &id)?).map(shown),
        DeskAction::CreateEquipment(new) => {
            tenant.working()?;
            create(ctx, by, *new).map(shown)
        }
        DeskAction::ChangeEquipment(input) => {
            tenant.working()?;
            change(ctx, by, *input).map(shown)
        }
        DeskAction::RetireEquipment(id) => {
            tenant.working()?;
            let (equipment, changes) = retire(ctx, load(ctx, &id)?, by.actor())?;
            if let Some(changes) = changes {
                audit(ctx, by, "equipment.retire", object(&id), &changes)?;
            }
            view(ctx, &equipment).map(shown)
        }
        _ => Err(Refusal::Conflict),
    }
}

/// Registers a piece of equipment. Repeating the request with the same person and key returns what it has registered.
fn create(ctx: &Context<'_>, by: &DeskActor, new: RegisterEquipment) -> Result<EquipmentView, Refusal> {
    let repeat = Repeat::of("equipment", by, new.idempotency_key, &new.equipment)?;
    if let Some(id) = repeat.made::<EquipmentId>(ctx)? {
        return view(ctx, &load(ctx, &id)?);
    }
    let equipment = register(ctx, &tree(ctx)?, new.equipment.into())?;
    repeat.keep(ctx, &equipment.id)?;
    audit(ctx, by, "equipment.create", object(&equipment.id), "done")?;
    view(ctx, &equipment)
}

fn change(ctx: &Context<'_>, by: &DeskActor, input: Change) -> Result<EquipmentView, Refusal> {
    let equipment = load(ctx, &input.id)?;
    if equipment.version != input.version {
        return Err(changed(&view(ctx, &equipment)?));
    }
    let new = input.applied_to(equipment.description.clone());
    let (equipment, changes) = describe(ctx, &tree(ctx)?, equipment, new)?;
    audit(ctx, by, "equipment.update", object(&equipment.id), &changes)?;
    view(ctx, &equipment)
}
