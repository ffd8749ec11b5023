//! Equipment, as its own administrators and the desk keep it: what both may write, and how it is stored. Who may do what
//! is decided where the request comes in.

use tegata_domain::agent::{Agent, AgentEnd};
use tegata_domain::audit::Actor;
use tegata_domain::equipment::responsible::may_be_responsible;
use tegata_domain::equipment::{Equipment, EquipmentDescription, EquipmentView, SerialNumber};
use tegata_domain::error::{FieldError, Refusal};
use tegata_domain::id::EquipmentId;
use tegata_domain::organization::Tree;
use tegata_domain::panel::equipment::List;
use tegata_domain::phonetic::folded;
use tegata_domain::wire::page::Page;
use tegata_kv_schema::equipment::Query;
use tegata_kv_schema::{accounts, agents, equipment, organizations};

use super::agents::end_of_equipment;
use super::enrolments::serials;
use super::operator::PAGE;
use super::panel::lists::{cursor, page};
use crate::context::{Context, OrStorage as _};

/// What those who are responsible have to be.
pub(super) const NOT_RESPONSIBLE: &str =
    "must be system administrators, or administrators of the equipment's organisation";

/// Its name in the audit log.
pub(super) fn object(id: &EquipmentId) -> String {
    format!("equipment/{id}")
}

/// Loads the piece of equipment `id`.
pub(super) fn load(ctx: &Context<'_>, id: &EquipmentId) -> Result<Equipment, Refusal> {
    equipment::load(ctx.sql, id).or_storage()?.ok_or(Refusal::NotFound)
}

/// The equipment as people see it: with its agent, and whether that is connected.
pub(super) fn view(ctx: &Context<'_>, equipment: &Equipment) -> Result<EquipmentView, Refusal> {
    let agent = agents::of_equipment(ctx.sql, &equipment.id).or_storage()?;
    let shown = |agent: Agent| {
        let connected = ctx.sockets.connected_since(&[&agent.id]);
        agent.view(connected.into_iter().next().flatten())
    };
    Ok(equipment.view(agent.map(shown)))
}

/// Lists the equipment that `input` asks for, within the organisations `within` (a JSON array) if they are given.
pub(super) fn list(ctx: &Context<'_>, input: &List, within: Option<&str>) -> Result<Page<EquipmentView>, Refusal> {
    let text = input.q.as_deref().map(folded);
    let after = cursor(input.cursor.as_deref())?;
    let query = Query {
        text: text.as_deref(),
        within,
        state: input.state,
        after: (&after.0, &after.1),
        most: PAGE.saturating_add(1),
    };
    page(
        equipment::list(ctx.sql, &query).or_storage()?,
        |equipment| equipment.id.to_string(),
        |equipment| view(ctx, equipment),
    )
}

/// Fails unless no equipment in use has the number `serial`, other than `id` itself.
pub(super) fn check_serial(ctx: &Context<'_>, serial: &SerialNumber, id: Option<&EquipmentId>) -> Result<(), Refusal> {
    match equipment::load_by_serial(ctx.sql, serial).or_storage()? {
        Some(other) if Some(&other.id) != id => Err(Refusal::SerialNumberTaken),
        _ => Ok(()),
    }
}

/// Fails unless the organisation exists, and the responsible users are administrators who may see the equipment. What
/// stays as it was in `before` is not checked again: a person may have been deleted since.
pub(super) fn check_people(
    ctx: &Context<'_>,
    tree: &Tree,
    before: Option<&EquipmentDescription>,
    now: &EquipmentDescription,
) -> Result<(), Refusal> {
    let organization = now.organization.as_ref();
    if organization.is_some_and(|id| !tree.holds(id)) {
        return Err(FieldError::new("organization", "must be an organisation of this tenant").into());
    }
    let is_same =
        |was: &EquipmentDescription| was.organization == now.organization && was.responsible == now.responsible;
    if before.is_some_and(is_same) {
        return Ok(());
    }
    for user in now.responsible.all() {
        let account = accounts::load(ctx.sql, user).or_storage()?;
        if !account.is_some_and(|account| may_be_responsible(&account, organization, tree)) {
            return Err(FieldError::new("responsible", NOT_RESPONSIBLE).into());
        }
    }
    Ok(())
}

/// The tenant's organisations.
pub(super) fn tree(ctx: &Context<'_>) -> Result<Tree, Refusal> {
    Ok(Tree::of(&organizations::list(ctx.sql).or_storage()?))
}

/// Registers a piece of equipment.
pub(super) fn register(ctx: &Context<'_>, tree: &Tree, new: EquipmentDescription) -> Result<Equipment, Refusal> {
    check_people(ctx, tree, None, &new)?;
    check_serial(ctx, &new.serial_number, None)?;
    let new = Equipment::register(EquipmentId::generate(ctx.random), new, ctx.now);
    equipment::save(ctx.sql, &new).or_storage()?;
    serials::changed(ctx, &new)?;
    Ok(new)
}

/// Replaces what is written about a piece of equipment. Returns it, and the changes for the audit log.
pub(super) fn describe(
    ctx: &Context<'_>,
    tree: &Tree,
    mut equipment: Equipment,
    new: EquipmentDescription,
) -> Result<(Equipment, String), Refusal> {
    check_people(ctx, tree, Some(&equipment.description), &new)?;
    let was = equipment.clone();
    equipment.describe(new, ctx.now)?;
    check_serial(ctx, &equipment.description.serial_number, Some(&equipment.id))?;
    equipment::save(ctx.sql, &equipment).or_storage()?;
    if was.description.serial_number.key() != equipment.description.serial_number.key() {
        serials::changed(ctx, &equipment)?;
    }
    let changes = was.changes(&equipment);
    Ok((equipment, changes))
}

/// Retires a piece of equipment, and ends its agent. Returns it, and the changes for the audit log unless it was retired
/// before.
pub(super) fn retire(
    ctx: &Context<'_>,
    mut equipment: Equipment,
    by: Actor,
) -> Result<(Equipment, Option<String>), Refusal> {
    let was = equipment.clone();
    if !equipment.retire(ctx.now) {
        return Ok((equipment, None));
    }
    equipment::save(ctx.sql, &equipment).or_storage()?;
    serials::changed(ctx, &equipment)?;
    end_of_equipment(ctx, &equipment.id, by, AgentEnd::Retired)?;
    let changes = was.changes(&equipment);
    Ok((equipment, Some(changes)))
}
