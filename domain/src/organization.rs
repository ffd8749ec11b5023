//! A tenant's organisations, which form a tree (C5). Their shape allows SCIM groups (RFC 7643 section 4.2) to represent
//! them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::audit::change::{Told, changes, members};
use crate::error::FieldError;
use crate::id::OrganizationId;
use crate::text::OrganizationName;
use crate::time::UnixSeconds;

/// Maximum number of organisations per tenant, because the whole tree is read at once.
pub const MOST: usize = 1_000;
/// Maximum number of levels.
const DEEPEST: usize = 16;

/// One organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Organization {
    /// The organisation's id.
    pub id: OrganizationId,
    /// The id of the organisation it belongs to; null at the top.
    pub parent: Option<OrganizationId>,
    /// Its name.
    pub name: OrganizationName,
    /// Incremented with each change.
    pub version: i64,
    /// Time of creation.
    pub created_at: UnixSeconds,
    /// Time of the last change.
    pub updated_at: UnixSeconds,
}

impl Organization {
    /// The differences in `after`, as the audit log records them (`audit::change`).
    #[must_use]
    pub fn changes(&self, after: &Self) -> String {
        const MEMBERS: [&str; 2] = ["name", "parent"];
        changes(&members(self, &MEMBERS), &members(after, &MEMBERS), Told::BeforeAndNow)
    }
}

/// All organisations of a tenant.
#[derive(Debug, Clone, Default)]
pub struct Tree(BTreeMap<OrganizationId, Option<OrganizationId>>);

impl Tree {
    /// The tree of `organizations`.
    #[must_use]
    pub fn of(organizations: &[Organization]) -> Self {
        Self(
            organizations
                .iter()
                .map(|one| (one.id.clone(), one.parent.clone()))
                .collect(),
        )
    }

    /// Whether the tree contains the organisation `id`.
    #[must_use]
    pub fn holds(&self, id: &OrganizationId) -> bool {
        self.0.contains_key(id)
    }

    /// The organisations from `id` up to the top, starting with `id`. Stops at the permitted depth.
    pub(crate) fn upwards<'a>(&'a self, id: &'a OrganizationId) -> impl Iterator<Item = &'a OrganizationId> {
        let parent = |id: &&'a OrganizationId| self.0.get(*id)?.as_ref();
        std::iter::successors(Some(id), parent).take(DEEPEST.saturating_add(1))
    }

    /// `root` and everything below it.
    #[must_use]
    pub fn below(&self, root: &OrganizationId) -> BTreeSet<OrganizationId> {
        let within = |id: &&OrganizationId| self.upwards(id).any(|above| above == root);
        self.0.keys().filter(within).cloned().collect()
    }

    /// Checks that `parent` can be the parent of `child`, or of a new organisation if `child` is `None`.
    ///
    /// # Errors
    /// [`FieldError`] on `parent`: it does not exist, it is below `child`, or it is too deep in the tree.
    pub fn check_parent(&self, child: Option<&OrganizationId>, parent: &OrganizationId) -> Result<(), FieldError> {
        let refuse = |detail| Err(FieldError::new("parent", detail));
        if !self.holds(parent) {
            return refuse("must be an organisation of this tenant");
        }
        if self.upwards(parent).any(|above| Some(above) == child) {
            return refuse("must not be the organisation itself or one below it");
        }
        let depth = self.upwards(parent).count();
        let height = child.map_or(1, |child| self.height(child));
        if depth.saturating_add(height) > DEEPEST {
            return refuse("must be at most 15 levels deep");
        }
        Ok(())
    }

    /// Number of levels from `id` down to the deepest organisation below it.
    fn height(&self, id: &OrganizationId) -> usize {
        let distance = |one: &OrganizationId| self.upwards(one).position(|above| above == id);
        self.0.keys().filter_map(distance).max().unwrap_or(0).saturating_add(1)
    }
}

#[cfg(test)]
mod tests {
    use super::Tree;
    use crate::id::OrganizationId;
    use crate::random::CountingRandom;

    fn chain(length: usize) -> (Vec<OrganizationId>, Tree) {
        let random = CountingRandom::new(1);
        let ids: Vec<OrganizationId> = (0..length).map(|_| OrganizationId::generate(&random)).collect();
        let parents = std::iter::once(None).chain(ids.iter().cloned().map(Some));
        let tree = Tree(ids.iter().cloned().zip(parents).collect());
        (ids, tree)
    }

    #[test]
    fn below_is_the_organisation_and_what_belongs_to_it() {
        let (ids, tree) = chain(4);
        assert_eq!(tree.below(&ids[1]).len(), 3);
        assert!(!tree.below(&ids[1]).contains(&ids[0]));
    }

    #[test]
    fn nothing_moves_into_itself_or_too_deep() {
        let (ids, tree) = chain(16);
        for child in &ids {
            assert!(tree.check_parent(Some(child), child).is_err());
            assert!(tree.check_parent(Some(child), &ids[15]).is_err());
        }
        assert!(tree.check_parent(None, &ids[14]).is_ok());
        assert!(tree.check_parent(None, &ids[15]).is_err());
        assert!(tree.check_parent(Some(&ids[15]), &ids[3]).is_ok());
    }
}
