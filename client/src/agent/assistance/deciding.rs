//! What the agent does about the edge's messages: whether it starts a launch, joins a session, and what it answers. It
//! starts nothing that its journal does not know, and nothing twice.

use super::showing::{after, seconds, starting};
use super::{Assistance, Held, RENEWED, Running, WATCHED, Word};
use crate::agent::journal::{Entry, What};
use crate::agent::support::{Phase, Session, Support};
use crate::agent::{Agent, session};
use crate::secret::Secret;
use tegata_domain::agent::AgentReport;
use tegata_domain::control::{Declined, FromAgent, LaunchOrder, SessionOrder, SupportDeclined, ToAgent};
use tegata_domain::id::{CommandId, LaunchId};
use tegata_domain::session::{DeedOutcome, SessionEnd};
use tokio::sync::mpsc;

impl Assistance {
    /// Acts on a message, and returns what to answer. `allowed` says whether the desk may start anything (P10).
    pub(in crate::agent) fn hear(
        &self,
        message: ToAgent,
        allowed: bool,
        agent: &Agent,
        report: &AgentReport,
    ) -> Option<FromAgent> {
        match message {
            ToAgent::Launch(order) => Some(self.launch(order, allowed)),
            ToAgent::Session(order) => self.session(order, allowed, agent, report),
            ToAgent::SupportDeclined { command, why } => {
                self.declined(&command, why);
                None
            }
            ToAgent::Ended { launch, why } => {
                self.over(&launch, why);
                None
            }
            ToAgent::Check => {
                let (agent, report) = (agent.clone(), report.clone());
                // Where the state cannot be read, there is nothing to report.
                tokio::spawn(async move { agent.try_out(&report).await.map(drop) });
                None
            }
            ToAgent::Welcome(_) | ToAgent::Unknown => None,
        }
    }

    fn launch(&self, order: LaunchOrder, allowed: bool) -> FromAgent {
        let command = order.command.clone();
        match self.ready_for(order, allowed) {
            Ok(()) => FromAgent::Started { command },
            Err(why) => FromAgent::Declined { command, why },
        }
    }

    /// Notes the launch, and shows it.
    fn ready_for(&self, order: LaunchOrder, allowed: bool) -> Result<(), Declined> {
        let mut held = self.locked();
        let known = self.journal.begin(&order.command, What::Launch);
        match known.map_err(|_| Declined::Unknown)? {
            None => {}
            // The answer was lost.
            Some(Entry {
                what: What::Launch,
                outcome: Some(DeedOutcome::Done),
                ..
            }) if allowed => {}
            Some(Entry {
                outcome: Some(DeedOutcome::Refused),
                ..
            }) if allowed => return Err(Declined::Busy),
            _ if !allowed => return Err(Declined::NotAllowed),
            Some(_) => return Err(Declined::Unknown),
        }
        let refused = if !allowed {
            Some(Declined::NotAllowed)
        } else if held.asked.is_some() || held.running.is_some() {
            Some(Declined::Busy)
        } else {
            None
        };
        if let Some(why) = refused {
            let noted = self.journal.end(&order.command, DeedOutcome::Refused);
            return Err(noted.map_or(Declined::Unknown, |()| why));
        }
        self.show(|shown| *shown = starting());
        let noted = self.journal.end(&order.command, DeedOutcome::Done);
        held.announced = Some(order);
        noted.map_err(|_| Declined::Unknown)
    }

    fn session(&self, order: SessionOrder, allowed: bool, agent: &Agent, report: &AgentReport) -> Option<FromAgent> {
        let mut held = self.locked();
        if let Some(running) = &held.running {
            if running.order.launch == order.launch {
                self.show_session(|session| session.until = seconds(order.until));
            }
            return None;
        }
        // What the journal does not know was never asked for, here or by a launch.
        let known = self.journal.find(&order.command).ok().flatten()?;
        let manual = match (known.what, known.outcome) {
            (What::Support, None) => true,
            (What::Launch, Some(DeedOutcome::Done)) if allowed => false,
            (What::Launch, Some(DeedOutcome::Done)) => return None,
            (What::Launch | What::Support, Some(_)) => return Some(FromAgent::End { launch: order.launch }),
            _ => return None,
        };
        if held.asked.as_ref() == Some(&order.command) {
            held.asked = None;
        }
        let announced = held.announced.take().filter(|launch| launch.launch == order.launch);
        let opened = Session {
            number: order.number.clone(),
            password: order.password.as_ref().map(Secret::new),
            provider: order.provider.clone(),
            contact: order.contact.clone(),
            supporter: announced.as_ref().map(|launch| launch.supporter.clone()),
            reason: announced.map(|launch| launch.reason),
            until: seconds(order.until),
            present: Vec::new(),
            uses: Vec::new(),
            deeds: Vec::new(),
            offers: Vec::new(),
            chat: Vec::new(),
        };
        self.show(|shown| {
            *shown = Support {
                phase: Phase::Open,
                session: Some(opened),
                ..Support::default()
            };
        });
        let (words, heard) = mpsc::unbounded_channel();
        held.running = Some(Running {
            order: order.clone(),
            words,
            manual,
            was_joined: false,
            deeds: Vec::new(),
            uses: Vec::new(),
        });
        tokio::spawn(session::attend(agent.clone(), report.clone(), order, heard));
        None
    }

    fn declined(&self, command: &CommandId, why: SupportDeclined) {
        let mut held = self.locked();
        if held.asked.as_ref() != Some(command) {
            return;
        }
        held.asked = None;
        // A journal that cannot be written keeps nobody from reading why.
        let _ = self.journal.end(command, DeedOutcome::Refused);
        self.show(|shown| {
            *shown = Support {
                declined: Some(why),
                ..Support::default()
            };
        });
    }

    /// A launch has ended. If the offer of a person who still waits has expired, they get a new one (K6).
    pub(in crate::agent) fn over(&self, launch: &LaunchId, why: SessionEnd) {
        let mut held = self.locked();
        if held.announced.as_ref().is_some_and(|order| order.launch == *launch) {
            held.announced = None;
            self.show(|shown| *shown = after(why));
        }
        let Some(running) = held.running.take_if(|running| running.order.launch == *launch) else {
            return;
        };
        let _ = running.words.send(Word::Leave);
        if running.manual {
            let _ = self.journal.end(&running.order.command, DeedOutcome::Done);
        }
        self.show(|shown| *shown = after(why));
        let unused = running.manual && !running.was_joined && why == SessionEnd::Expired;
        if unused && is_watched(&held) {
            // Without a journal there is no new offer, and the person sees that the old one has expired.
            let _ = self.ask_anew(&mut held);
        }
    }
}

/// Whether somebody still waits in front of the offer.
fn is_watched(held: &Held) -> bool {
    held.watched.is_some_and(|at| at.elapsed() < WATCHED) && held.since.is_some_and(|at| at.elapsed() < RENEWED)
}
