//! The tree of organisations.

use tegata_domain::error::{FieldError, Refusal};
use tegata_domain::id::OrganizationId;
use tegata_domain::organization::{MOST, Organization, Tree};
use tegata_domain::panel::organizations::{Change, Create, Delete};
use tegata_domain::wire::page::Page;
use tegata_kv_schema::organizations;

use super::lists::changed;
use super::visitor::{Scope, Visitor};
use crate::context::{Context, OrStorage as _};

fn object(id: &OrganizationId) -> String {
    format!("organization/{id}")
}

/// Loads the organisation `id` if it is within `scope`.
fn found(ctx: &Context<'_>, scope: &Scope, id: &OrganizationId) -> Result<Organization, Refusal> {
    organizations::load(ctx.sql, id)
        .or_storage()?
        .filter(|organization| scope.holds(Some(&organization.id)))
        .ok_or(Refusal::NotFound)
}

/// Fails unless the visitor may put something at `place` in the tree.
pub(super) fn check_place(scope: &Scope, place: Option<&OrganizationId>, field: &str) -> Result<(), Refusal> {
    if scope.holds(place) {
        return Ok(());
    }
    Err(FieldError::new(field, "must be an organisation that you administer").into())
}

pub(super) fn list(ctx: &Context<'_>, visitor: &Visitor) -> Result<Page<Organization>, Refusal> {
    let scope = visitor.scope(ctx)?;
    let mut items = organizations::list(ctx.sql).or_storage()?;
    items.retain(|organization| scope.holds(Some(&organization.id)));
    Ok(Page { items, cursor: None })
}

pub(super) fn create(ctx: &Context<'_>, visitor: &Visitor, input: Create) -> Result<Organization, Refusal> {
    let all = organizations::list(ctx.sql).or_storage()?;
    if all.len() >= MOST {
        return Err(FieldError::new("name", "a tenant can have at most 1,000 organisations").into());
    }
    if let Some(parent) = &input.parent {
        Tree::of(&all).check_parent(None, parent)?;
    }
    check_place(&visitor.scope(ctx)?, input.parent.as_ref(), "parent")?;
    let organization = Organization {
        id: OrganizationId::generate(ctx.random),
        parent: input.parent,
        name: input.name,
        version: 1,
        created_at: ctx.now,
        updated_at: ctx.now,
    };
    organizations::save(ctx.sql, &organization).or_storage()?;
    visitor.audit::<Create>(ctx, object(&organization.id), "done")?;
    Ok(organization)
}

pub(super) fn change(ctx: &Context<'_>, visitor: &Visitor, input: Change) -> Result<Organization, Refusal> {
    let scope = visitor.scope(ctx)?;
    let mut organization = found(ctx, &scope, &input.id)?;
    if organization.version != input.version {
        return Err(changed(&organization));
    }
    let was = organization.clone();
    if let Some(parent) = input.parent {
        if let Some(parent) = &parent {
            let tree = Tree::of(&organizations::list(ctx.sql).or_storage()?);
            tree.check_parent(Some(&organization.id), parent)?;
        }
        if parent != organization.parent {
            // The administrator of a branch must not detach it or move it elsewhere.
            check_place(&scope, organization.parent.as_ref(), "parent")?;
            check_place(&scope, parent.as_ref(), "parent")?;
        }
        organization.parent = parent;
    }
    organization.name = input.name.unwrap_or(organization.name);
    organization.version = organization.version.saturating_add(1);
    organization.updated_at = ctx.now;
    organizations::save(ctx.sql, &organization).or_storage()?;
    visitor.audit::<Change>(ctx, object(&organization.id), &was.changes(&organization))?;
    Ok(organization)
}

pub(super) fn delete(ctx: &Context<'_>, visitor: &Visitor, id: &OrganizationId) -> Result<(), Refusal> {
    let scope = visitor.scope(ctx)?;
    let organization = found(ctx, &scope, id)?;
    check_place(&scope, organization.parent.as_ref(), "id")?;
    if organizations::is_used(ctx.sql, id).or_storage()? {
        return Err(Refusal::NotEmpty);
    }
    organizations::delete(ctx.sql, id).or_storage()?;
    visitor.audit::<Delete>(ctx, object(id), "done")
}
