//! The agent's part in one session: it joins, carries out what the desk requests and the approval allows, and comes back
//! after a break, until the session has ended. The protocol is docs/session-protocol.md; `line` is one connection, and
//! `deeds` what is done on the machine.

mod deeds;
mod line;
mod overview;
mod program;

use super::Agent;
use super::assistance::Word;
use super::journal::{Entry, What};
use super::run::{jittered, longest_pause};
use super::state::Trouble;
use crate::clock;
use crate::error::Error;
use deeds::Carried;
use line::{Broken, Line};
use std::collections::HashSet;
use std::time::Duration;
use tegata_domain::agent::AgentReport;
use tegata_domain::control::SessionOrder;
use tegata_domain::id::CommandId;
use tegata_domain::session::control::{Deed, FromParticipant, Role, ToParticipant, Welcome};
use tegata_domain::session::{Ability, DeedOutcome, SessionEnd};
use tokio::select;
use tokio::sync::mpsc;

/// How long after its end a session is given up, if the edge has not said that it has ended.
const GRACE: i64 = 120;
/// How often the edge may turn the agent away before the session is given up.
const MOST_REFUSALS: u32 = 3;
/// Most requests that are carried out at once; the edge lets no more wait.
const MOST_DEEDS: usize = 8;

/// How one connection ended.
enum Ended {
    /// The session is over.
    Over(SessionEnd),
    /// The agent leaves.
    Left,
    /// The connection broke.
    Broken,
}

/// A request, as the desk sent it.
struct Request {
    id: CommandId,
    by: u16,
    name: String,
    deed: Deed,
    stream: Option<u32>,
}

struct Session {
    agent: Agent,
    report: AgentReport,
    order: SessionOrder,
    /// What is being carried out now.
    doing: HashSet<CommandId>,
    carried: mpsc::UnboundedSender<Carried>,
    /// The edge's time minus this machine's, in seconds.
    clock_offset: i64,
    connections: u64,
}

/// Takes part in the session until it is over, or `words` says to leave it.
pub(super) async fn attend(
    agent: Agent,
    report: AgentReport,
    order: SessionOrder,
    mut words: mpsc::UnboundedReceiver<Word>,
) {
    let (carried, mut outcomes) = mpsc::unbounded_channel();
    let mut session = Session {
        agent,
        report,
        order,
        doing: HashSet::new(),
        carried,
        clock_offset: 0,
        connections: 0,
    };
    let why = session.keep_up(&mut words, &mut outcomes).await;
    if let Some(why) = why {
        session.agent.assistance().over(&session.order.launch, why);
    }
}

impl Session {
    /// Returns why the session is over; `None` when the agent has left it.
    async fn keep_up(
        &mut self,
        words: &mut mpsc::UnboundedReceiver<Word>,
        outcomes: &mut mpsc::UnboundedReceiver<Carried>,
    ) -> Option<SessionEnd> {
        let (mut tries, mut refusals) = (0u32, 0u32);
        loop {
            let opened = select! {
                opened = Line::open(&self.agent, &self.order.number) => opened,
                _ = words.recv() => return None,
            };
            match opened {
                Ok(mut line) => {
                    (tries, refusals) = (0, 0);
                    self.connections = self.connections.saturating_add(1);
                    match self.take_part(&mut line, words, outcomes).await {
                        Ended::Over(why) => return Some(why),
                        Ended::Left => return None,
                        Ended::Broken => {}
                    }
                }
                // The session's object is gone: it has ended while the agent was away.
                Err(Error::Problem(problem)) if matches!(problem.status, 404 | 410) => return Some(SessionEnd::Desk),
                Err(Error::Revoked) => match self.agent.ask_whether_accepted().await {
                    Err(Error::Revoked) => return Some(SessionEnd::Agent),
                    Ok(Trouble::TurnedAway) => refusals = refusals.saturating_add(1),
                    Ok(_) | Err(_) => {}
                },
                Err(_) => {}
            }
            let until = self.order.until.0.saturating_add(GRACE);
            if i64::try_from(clock::now()).is_ok_and(|now| now.saturating_add(self.clock_offset) > until) {
                return Some(SessionEnd::Expired);
            }
            if refusals >= MOST_REFUSALS {
                return Some(SessionEnd::Agent);
            }
            let pause = jittered(longest_pause(tries));
            tries = tries.saturating_add(1);
            select! {
                () = tokio::time::sleep(pause) => {}
                _ = words.recv() => return None,
            }
        }
    }

    async fn take_part(
        &mut self,
        line: &mut Line,
        words: &mut mpsc::UnboundedReceiver<Word>,
        outcomes: &mut mpsc::UnboundedReceiver<Carried>,
    ) -> Ended {
        if line.say(&FromParticipant::Hello).await.is_err() {
            return Ended::Broken;
        }
        loop {
            if line.flush().await.is_err() {
                return Ended::Broken;
            }
            let went = select! {
                word = words.recv() => {
                    if word == Some(Word::End) {
                        // If it cannot be said here, the control connection says it.
                        let _ = line.say(&FromParticipant::End).await;
                    }
                    line.close(None).await;
                    return Ended::Left;
                }
                Some(carried) = outcomes.recv() => self.answer(line, carried).await,
                heard = line.hear() => match heard {
                    Ok(Some(message)) => match self.hear(line, message).await {
                        Ok(None) => Ok(()),
                        Ok(Some(why)) => {
                            line.close(None).await;
                            return Ended::Over(why);
                        }
                        Err(broken) => Err(broken),
                    },
                    Ok(None) => Ok(()),
                    Err(broken) => Err(broken),
                },
            };
            match went {
                Ok(()) => {}
                Err(Broken::Malformed(code)) => {
                    line.close(Some(code)).await;
                    return Ended::Broken;
                }
                Err(Broken::Ended) => return Ended::Over(SessionEnd::Desk),
                Err(Broken::Lost) => return Ended::Broken,
            }
        }
    }

    /// Acts on a message of the session. Returns why the session has ended, if it has.
    async fn hear(&mut self, line: &mut Line, message: ToParticipant) -> Result<Option<SessionEnd>, Broken> {
        let assistance = self.agent.assistance();
        let launch = &self.order.launch;
        match message {
            ToParticipant::Welcome(welcome) => self.welcomed(line, *welcome),
            ToParticipant::Joined(who) => {
                if who.role == Role::Desk {
                    line.names.insert(who.id, who.name);
                    assistance.present(launch, line.who());
                }
            }
            ToParticipant::Left { id } => {
                line.left(id);
                assistance.present(launch, line.who());
            }
            ToParticipant::Extended { until } => {
                self.order.until = until;
                assistance.lasts_until(&self.order.launch, until);
            }
            ToParticipant::Ended { why } => return Ok(Some(why)),
            ToParticipant::Request {
                id,
                by,
                name,
                deed,
                stream,
            } => {
                let request = Request {
                    id,
                    by,
                    name: name.to_string(),
                    deed,
                    stream,
                };
                self.request(line, request).await?;
            }
            // The requests come one by one; `doing` and `done` are for the desk, the rest for people in a console.
            ToParticipant::Doing { .. }
            | ToParticipant::Done { .. }
            | ToParticipant::Locked
            | ToParticipant::Warning { .. }
            | ToParticipant::Unknown => {}
        }
        Ok(None)
    }

    fn welcomed(&mut self, line: &mut Line, welcome: Welcome) {
        let now = i64::try_from(clock::now()).unwrap_or(i64::MAX);
        self.clock_offset = welcome.time.0.saturating_sub(now);
        let desk = welcome.roster.into_iter().filter(|who| who.role == Role::Desk);
        line.names = desk.map(|who| (who.id, who.name)).collect();
        self.order.until = welcome.until;
        let assistance = self.agent.assistance();
        assistance.lasts_until(&self.order.launch, welcome.until);
        assistance.present(&self.order.launch, line.who());
    }

    /// Carries out a request, unless it is known, or not allowed.
    async fn request(&mut self, line: &mut Line, request: Request) -> Result<(), Broken> {
        if self.doing.contains(&request.id) {
            // It is answered when it is done.
            return Ok(());
        }
        let journal = &self.agent.assistance().journal;
        let outcome = match journal.begin(&request.id, what(&request.deed)) {
            // What cannot be noted is not done.
            Err(_) => DeedOutcome::Failed,
            Ok(Some(known)) => self.known(&known),
            Ok(None) if self.may(&request) && self.doing.len() < MOST_DEEDS => {
                self.start(request);
                return Ok(());
            }
            Ok(None) => {
                // The refusal stands even if it cannot be noted: then it is unknown later, and still not done.
                let _ = journal.end(&request.id, DeedOutcome::Refused);
                DeedOutcome::Refused
            }
        };
        line.end_stream(request.by, request.stream);
        line.say(&result(request.id, outcome)).await
    }

    /// Whether the approval allows it, with somewhere for what it brings to go.
    fn may(&self, request: &Request) -> bool {
        let ability = request.deed.ability();
        self.order.abilities.contains(&ability) && (ability != Ability::Diagnostics || request.stream.is_some())
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

    fn start(&mut self, request: Request) {
        let assistance = self.agent.assistance();
        if !assistance.does(&self.order.launch, &request.id, &request.name, &request.deed) {
            let _ = assistance.journal.end(&request.id, DeedOutcome::Refused);
            return;
        }
        self.doing.insert(request.id.clone());
        let machine = deeds::Machine {
            agent: self.agent.clone(),
            report: self.report.clone(),
            clock_offset: self.clock_offset,
        };
        let (carried, connection) = (self.carried.clone(), self.connections);
        let launch = self.order.launch.clone();
        tokio::spawn(async move {
            let (outcome, brought) = machine.carry_out(&request.deed).await;
            let assistance = machine.agent.assistance();
            // What cannot be noted is answered now, and is unknown after a restart.
            let _ = assistance.journal.end(&request.id, outcome);
            assistance.did(&launch, &request.id, outcome);
            let _ = carried.send(Carried {
                id: request.id,
                outcome,
                brought,
                to: request.by,
                stream: request.stream,
                connection,
            });
        });
    }

    async fn answer(&mut self, line: &mut Line, carried: Carried) -> Result<(), Broken> {
        self.doing.remove(&carried.id);
        // Streams end with the connection that they were opened on.
        if carried.connection == self.connections {
            if let (Some(stream), Some(bytes)) = (carried.stream, carried.brought) {
                line.bring(carried.to, stream, bytes);
            }
            line.end_stream(carried.to, carried.stream);
        }
        line.say(&result(carried.id, carried.outcome)).await
    }
}

fn result(id: CommandId, outcome: DeedOutcome) -> FromParticipant {
    FromParticipant::Result { id, outcome }
}

const fn what(deed: &Deed) -> What {
    match deed {
        Deed::Overview | Deed::ConnectionTest | Deed::LogTail { .. } => What::Look,
        Deed::RestartSoftware => What::RestartSoftware,
        Deed::RestartMachine => What::RestartMachine,
    }
}

/// How long something may take, and what it has become.
async fn within<T>(time: Duration, work: impl Future<Output = T>) -> Option<T> {
    tokio::time::timeout(time, work).await.ok()
}
