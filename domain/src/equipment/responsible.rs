//! Who is asked about a piece of equipment, and mailed: those who are responsible for it, else the administrators of its
//! organisation, else all system administrators. Only people who can act count, so nobody waits for an account that was
//! never used.

use crate::account::{Account, AccountState};
use crate::equipment::Equipment;
use crate::id::{OrganizationId, UserId};
use crate::organization::Tree;
use crate::right::Role;
use crate::time::UnixSeconds;

/// Whether the holder of `account` can be responsible for equipment of `organization`: a system administrator for any,
/// an organisation administrator for that of the own organisation and those below it.
#[must_use]
pub fn may_be_responsible(account: &Account, organization: Option<&OrganizationId>, tree: &Tree) -> bool {
    match account.role {
        Role::SystemAdministrator => true,
        Role::OrganizationAdministrator => match (organization, &account.organization) {
            (Some(organization), Some(own)) => tree.upwards(organization).any(|above| above == own),
            _ => false,
        },
        Role::Auditor | Role::DeskStaff => false,
    }
}

/// The people who are asked about `equipment`, among `accounts`, which contain those of the responsible users and of all
/// administrators. If the organisation has no administrator of its own, the nearest organisation above it counts.
#[must_use]
pub fn asked_about<'a>(
    equipment: &Equipment,
    accounts: &'a [Account],
    tree: &Tree,
    now: UnixSeconds,
) -> Vec<&'a UserId> {
    let organization = equipment.description.organization.as_ref();
    let can_act = |account: &&Account| {
        account.state(now) == AccountState::Active && may_be_responsible(account, organization, tree)
    };
    let able: Vec<&Account> = accounts.iter().filter(can_act).collect();
    let of = |wanted: &dyn Fn(&Account) -> bool| -> Vec<&'a UserId> {
        let chosen = able.iter().filter(|account| wanted(account));
        chosen.map(|account| &account.user).collect()
    };
    let responsible = of(&|account| equipment.description.responsible.all().contains(&account.user));
    if !responsible.is_empty() {
        return responsible;
    }
    for place in organization.into_iter().flat_map(|id| tree.upwards(id)) {
        let own = of(&|account| {
            account.role == Role::OrganizationAdministrator && account.organization.as_ref() == Some(place)
        });
        if !own.is_empty() {
            return own;
        }
    }
    of(&|account| account.role == Role::SystemAdministrator)
}
