//! What becomes of the desk's requests: each is noted before anything is done, carried out once if approval and
//! configuration allow it, and answered with its outcome, as often as the session asks.

use super::Session;
use super::deeds::{Carried, Deeded, Machine};
use super::line::Line;
use crate::agent::journal::{Entry, What};
use std::sync::Arc;
use tegata_domain::id::CommandId;
use tegata_domain::session::control::{Deed, FromParticipant};
use tegata_domain::session::{Ability, DeedOutcome};
use tokio::sync::oneshot;

/// Most requests that are carried out at once; the edge lets no more wait.
const MOST_DEEDS: usize = 8;

/// A request, as the desk sent it.
pub(super) struct Request {
    pub(super) id: CommandId,
    pub(super) by: u16,
    pub(super) name: String,
    pub(super) deed: Deed,
    pub(super) stream: Option<u32>,
    /// Whether it was asked before this connection, and is repeated.
    pub(super) again: bool,
}

impl Session {
    /// Carries out a request, unless it is known, or not allowed.
    pub(super) fn request(&mut self, line: &mut Line, request: Request) {
        // Whatever becomes of the request, its stream closes in the end.
        let brings = self.waiting.take(request.by, request.stream);
        if self.doing.contains(&request.id) {
            // It is answered when it is done.
            return;
        }
        let journal = &self.agent.assistance().journal;
        let outcome = match journal.begin(&request.id, what(&request.deed)) {
            // What cannot be noted is not done.
            Err(_) => DeedOutcome::Failed,
            Ok(Some(known)) => self.known(&known),
            Ok(None) if request.again => {
                // Whoever asked saw the connection break: nothing begins behind their back.
                let _ = journal.end(&request.id, DeedOutcome::Unknown);
                DeedOutcome::Unknown
            }
            Ok(None) if self.may(&request) && self.doing.len() < MOST_DEEDS => {
                self.start(request, brings);
                return;
            }
            Ok(None) => {
                // The refusal stands even if it cannot be noted: then it is unknown later, and still not done.
                let _ = journal.end(&request.id, DeedOutcome::Refused);
                DeedOutcome::Refused
            }
        };
        line.say(&result(request.id, outcome));
    }

    /// Whether the approval allows it, with somewhere for what it brings to go.
    fn may(&self, request: &Request) -> bool {
        let ability = request.deed.ability();
        let brings = ability == Ability::Diagnostics || matches!(request.deed, Deed::ListFiles { .. } | Deed::TakeText);
        self.can(ability) && (!brings || request.stream.is_some())
    }

    /// The outcome of a request that was noted before.
    fn known(&self, entry: &Entry) -> DeedOutcome {
        let journal = &self.agent.assistance().journal;
        if let Some(outcome) = entry.outcome {
            return outcome;
        }
        // The machine has come back from the restart that was asked for.
        let came_back = entry.what == What::RestartMachine && journal.is_of_earlier_start(entry);
        let outcome = if came_back {
            DeedOutcome::Done
        } else {
            DeedOutcome::Unknown
        };
        // If it cannot be noted, the next answer is found in the same way.
        let _ = journal.end(&entry.id, outcome);
        outcome
    }

    fn start(&mut self, request: Request, brings: Option<oneshot::Sender<Vec<u8>>>) {
        let assistance = self.agent.assistance();
        if !assistance.does(&self.order.launch, &request.id, &request.name, &request.deed) {
            let _ = assistance.journal.end(&request.id, DeedOutcome::Refused);
            return;
        }
        self.doing.insert(request.id.clone());
        let machine = Machine {
            agent: self.agent.clone(),
            report: self.report.clone(),
            clock_offset: self.clock_offset,
            screens: Arc::clone(&self.screens),
        };
        let carried = self.carried.clone();
        let launch = self.order.launch.clone();
        tokio::spawn(async move {
            let (outcome, brought) = match machine.carry_out(&request.id, &request.deed).await {
                Deeded::Ended(outcome, brought) => (outcome, brought),
                Deeded::Offers(own) => {
                    let _ = carried.send(Carried::Offer(own));
                    return;
                }
            };
            let assistance = machine.agent.assistance();
            // What cannot be noted is answered now, and is unknown after a restart.
            let _ = assistance.journal.end(&request.id, outcome);
            assistance.did(&launch, &request.id, outcome);
            // A stream ends with the connection that it was opened on.
            if let (Some(brings), Some(bytes)) = (brings, brought) {
                let _ = brings.send(bytes);
            }
            let _ = carried.send(Carried::Done {
                id: request.id,
                outcome,
            });
        });
    }

    pub(super) fn answer(&mut self, line: &mut Line, id: CommandId, outcome: DeedOutcome) {
        self.doing.remove(&id);
        line.say(&result(id, outcome));
    }
}

fn result(id: CommandId, outcome: DeedOutcome) -> FromParticipant {
    FromParticipant::Result { id, outcome }
}

const fn what(deed: &Deed) -> What {
    match deed {
        Deed::Overview | Deed::ConnectionTest | Deed::LogTail { .. } | Deed::ListFiles { .. } => What::Look,
        Deed::OfferFile { .. } => What::OfferFile,
        // What was put there is gone with the session: there is nothing to know of it later.
        Deed::PutText { .. } | Deed::TakeText => What::Look,
        Deed::RestartSoftware => What::RestartSoftware,
        Deed::RestartMachine => What::RestartMachine,
    }
}
