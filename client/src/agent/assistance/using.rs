//! Who sees the machine's screen or uses a terminal on it now. People at the machine see it for as long as it lasts.

use super::Running;
use crate::agent::Agent;
use crate::agent::support::ShownUse;
use tegata_domain::id::LaunchId;
use tegata_domain::session::Ability;

/// Somebody uses an ability, until this is dropped.
#[derive(Debug)]
pub(in crate::agent) struct Uses {
    agent: Agent,
    launch: LaunchId,
    shown: ShownUse,
}

impl Uses {
    /// Notes that `by` uses `ability` in the session of `launch`; `None` if it no longer runs.
    pub(in crate::agent) fn begin(agent: &Agent, launch: &LaunchId, by: String, ability: Ability) -> Option<Self> {
        let uses = Self {
            agent: agent.clone(),
            launch: launch.clone(),
            shown: ShownUse { by, ability },
        };
        let began = uses.change(|running| running.push(uses.shown.clone()));
        began.then_some(uses)
    }

    fn change(&self, change: impl FnOnce(&mut Vec<ShownUse>)) -> bool {
        let assistance = self.agent.assistance();
        let mut held = assistance.locked();
        let Some(Running { uses, .. }) = held.running_in(&self.launch) else {
            return false;
        };
        change(uses);
        let mut shown = uses.clone();
        // Somebody may look at the screen in two windows.
        shown.sort();
        shown.dedup();
        assistance.show_session(|session| session.uses = shown);
        true
    }
}

impl Drop for Uses {
    fn drop(&mut self) {
        self.change(|running| {
            if let Some(place) = running.iter().position(|one| *one == self.shown) {
                running.remove(place);
            }
        });
    }
}
