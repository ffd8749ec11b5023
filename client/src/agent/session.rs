//! The agent's part in one session: it joins, carries out what the desk requests and the approval allows, and comes back
//! after a break, until the session has ended. The protocol is docs/session-protocol.md; `line` is one connection, and
//! `deeds` what is done on the machine.

#![cfg_attr(
    not(unix),
    allow(
        dead_code,
        unused_imports,
        reason = "terminals, displays and received files take Unix"
    )
)]

#[cfg(unix)]
mod account;
mod chat;
mod deeds;
mod files;
mod flow;
mod line;
mod overview;
mod pace;
mod program;
mod requests;
mod screen;
mod stream;
mod streams;
#[cfg(unix)]
mod terminal;

pub(super) use screen::can_be_shown as can_show_the_screen;

use super::Agent;
use super::assistance::Word;
use super::run::jittered;
use super::state::Trouble;
use crate::clock;
use crate::error::Error;
use chat::Talk;
use deeds::Carried;
use files::Exchange;
use line::{Broken, Heard, Line};
use requests::Request;
use screen::Screens;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use streams::Waiting;
use tegata_domain::agent::AgentReport;
use tegata_domain::control::{SessionOrder, longest_pause};
use tegata_domain::id::CommandId;
use tegata_domain::session::control::{FromParticipant, Role, ToParticipant, Welcome};
use tegata_domain::session::{Ability, DeedOutcome, SessionEnd};
#[cfg(unix)]
use terminal::Terminals;
use tokio::select;
use tokio::sync::mpsc;

/// How long after its end a session is given up, if the edge has not said that it has ended.
const GRACE: i64 = 120;
/// How often the edge may turn the agent away before the session is given up.
const MOST_REFUSALS: u32 = 3;

/// How one connection ended.
enum Ended {
    /// The session is over.
    Over(SessionEnd),
    /// The agent leaves.
    Left,
    /// The connection broke.
    Broken,
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
    waiting: Waiting,
    exchange: Exchange,
    talk: Talk,
    /// What somebody at the machine wanted while there was no connection.
    later: Vec<Word>,
    screens: Arc<Screens>,
    #[cfg(unix)]
    terminals: Arc<Terminals>,
}

/// Takes part in the session until it is over, or `words` says to leave it.
pub(super) async fn attend(
    agent: Agent,
    report: AgentReport,
    order: SessionOrder,
    mut words: mpsc::UnboundedReceiver<Word>,
) {
    let (carried, mut outcomes) = mpsc::unbounded_channel();
    let control = order.abilities.contains(&Ability::ControlScreen);
    let mut session = Session {
        #[cfg(unix)]
        terminals: Arc::new(Terminals::new(agent.clone(), order.launch.clone())),
        screens: Arc::new(Screens::new(agent.clone(), order.launch.clone(), control)),
        agent,
        report,
        order,
        doing: HashSet::new(),
        carried,
        clock_offset: 0,
        waiting: Waiting::default(),
        exchange: Exchange::default(),
        talk: Talk::default(),
        later: Vec::new(),
    };
    session.take_up_offers();
    let why = session.keep_up(&mut words, &mut outcomes).await;
    #[cfg(unix)]
    session.terminals.end();
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
                () = leaves(words, &mut self.later) => return None,
            };
            match opened {
                Ok(mut line) => {
                    (tries, refusals) = (0, 0);
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
                () = leaves(words, &mut self.later) => return None,
            }
        }
    }

    async fn take_part(
        &mut self,
        line: &mut Line,
        words: &mut mpsc::UnboundedReceiver<Word>,
        outcomes: &mut mpsc::UnboundedReceiver<Carried>,
    ) -> Ended {
        line.say(&FromParticipant::Hello);
        loop {
            let heard = select! {
                word = words.recv() => match word {
                    Some(word @ (Word::Decide { .. } | Word::Write { .. })) => {
                        self.obey(line, word);
                        continue;
                    }
                    Some(Word::End | Word::Leave) | None => {
                        if word == Some(Word::End) {
                            // If it cannot be said here, the control connection says it.
                            line.say(&FromParticipant::End);
                        }
                        line.close(None).await;
                        return Ended::Left;
                    }
                },
                Some(carried) = outcomes.recv() => {
                    self.told(line, carried);
                    continue;
                }
                heard = line.hear() => heard,
            };
            match heard {
                Ok(Heard::Said(message)) => {
                    if let Some(why) = self.hear(line, message) {
                        line.close(None).await;
                        return Ended::Over(why);
                    }
                }
                Ok(Heard::Opened(opened)) => self.opened(line, opened),
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
    fn hear(&mut self, line: &mut Line, message: ToParticipant) -> Option<SessionEnd> {
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
            ToParticipant::Ended { why } => return Some(why),
            ToParticipant::Request {
                id,
                by,
                name,
                deed,
                stream,
                again,
            } => {
                let request = Request {
                    id,
                    by,
                    name: name.to_string(),
                    deed,
                    stream,
                    again,
                };
                self.request(line, request);
            }
            // The requests come one by one; `doing` and `done` are for the desk, the rest for people in a console.
            ToParticipant::Doing { .. }
            | ToParticipant::Done { .. }
            | ToParticipant::Locked
            | ToParticipant::Warning { .. }
            | ToParticipant::Sharing { .. }
            | ToParticipant::Received { .. }
            | ToParticipant::Unknown => {}
            ToParticipant::Chat(message) => self.wrote(line, message),
            ToParticipant::Chats { messages, last } => self.caught_up(line, messages, last),
            ToParticipant::Offered(offered) => self.offered(line, offered),
            ToParticipant::NotOffered { id, .. } => self.settled(line, &id, DeedOutcome::Refused),
            ToParticipant::Withdrawn { id } => self.withdrawn(line, &id),
        }
        None
    }

    fn welcomed(&mut self, line: &mut Line, welcome: Welcome) {
        let now = i64::try_from(clock::now()).unwrap_or(i64::MAX);
        self.clock_offset = welcome.time.0.saturating_sub(now);
        let desk = welcome.roster.into_iter().filter(|who| who.role == Role::Desk);
        line.welcomed = true;
        line.names = desk.map(|who| (who.id, who.name)).collect();
        self.order.until = welcome.until;
        let assistance = self.agent.assistance();
        assistance.lasts_until(&self.order.launch, welcome.until);
        assistance.present(&self.order.launch, line.who());
        self.catch_up(line, welcome.chats);
        self.welcome_offers(line, welcome.offers);
        for word in std::mem::take(&mut self.later) {
            self.obey(line, word);
        }
    }

    /// Somebody at the machine wants something that is done within the session.
    fn obey(&mut self, line: &mut Line, word: Word) {
        match word {
            Word::Decide { offer, accept } => self.decided(line, &offer, accept),
            Word::Write { id, text } => self.write(line, id, text),
            Word::End | Word::Leave => {}
        }
    }

    /// A task tells something.
    fn told(&mut self, line: &mut Line, carried: Carried) {
        match carried {
            Carried::Done { id, outcome } => self.answer(line, id, outcome),
            Carried::Offer(own) => self.offer(line, own),
            Carried::Progress { id, bytes } => self.progress(&id, bytes),
            #[cfg(unix)]
            Carried::Arrived { id, arrival } => self.ended(line, &id, &arrival),
        }
    }
}

/// Ready when the session is to be left. Keeps what else somebody at the machine wants for the next connection.
async fn leaves(words: &mut mpsc::UnboundedReceiver<Word>, later: &mut Vec<Word>) {
    while let Some(word) = words.recv().await {
        match word {
            Word::End | Word::Leave => return,
            Word::Decide { .. } | Word::Write { .. } => later.push(word),
        }
    }
}

/// The outcome of `work`; `None` if it takes longer than `time`.
async fn within<T>(time: Duration, work: impl Future<Output = T>) -> Option<T> {
    tokio::time::timeout(time, work).await.ok()
}
