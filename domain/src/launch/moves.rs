//! How a launch moves from one state to the next. Each move says whether it was possible; one that was not changes
//! nothing.

use super::{CONFIRM_WITHIN, Execution, Executor, Granted, Launch, LaunchEnded, StepKind};
use crate::approval::{Approval, Decision, Outcome};
use crate::control::Declined;
use crate::id::{AgentId, CommandId};
use crate::session::{SessionEnd, SessionNumber};
use crate::text::Reason;
use crate::time::UnixSeconds;

/// Whether a move changed the launch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    /// It changed.
    Yes,
    /// It is in another state; nothing changed.
    No,
}

impl Launch {
    /// Takes the decision that settled the approval.
    pub fn decided(&mut self, decision: &Decision) {
        let what = match decision.outcome {
            Outcome::Approved => StepKind::Approved,
            Outcome::Refused => StepKind::Refused,
        };
        if decision.outcome == Outcome::Approved {
            self.granted = Some(Granted::of(self.period, self.starts_at, decision.at));
        }
        let reason = decision.reason.as_ref().map(Reason::as_str);
        self.step(decision.at, what, Some(decision.name.as_str()), reason);
    }

    /// Begins an execution, which the agent has to confirm.
    pub fn execute(&mut self, command: CommandId, agent: AgentId, by: Executor, now: UnixSeconds) {
        self.step(now, StepKind::Executed, Some(by.name.as_str()), None);
        self.awaited_by = None;
        self.execution = Some(Execution {
            command,
            agent,
            by: Some(by),
            at: now,
            started_at: None,
            number: None,
            kid: None,
            running_at: None,
        });
    }

    /// The execution that waits for the answer to `command`.
    fn waiting(&mut self, command: &CommandId) -> Option<&mut Execution> {
        let open = self.ended.is_none();
        self.execution
            .as_mut()
            .filter(|execution| open && execution.command == *command && execution.started_at.is_none())
    }

    /// The agent has confirmed `command`. The session gets the number `number`, and its password the link key `kid`.
    pub fn started(&mut self, command: &CommandId, number: SessionNumber, kid: &str, now: UnixSeconds) -> Moved {
        let Some(execution) = self.waiting(command) else {
            return Moved::No;
        };
        execution.started_at = Some(now);
        execution.number = Some(number);
        execution.kid = Some(kid.to_owned());
        self.step(now, StepKind::Started, None, None);
        Moved::Yes
    }

    /// The agent does not carry out `command`: the launch is approved as before.
    pub fn declined(&mut self, command: &CommandId, why: Declined, now: UnixSeconds) -> Moved {
        if self.waiting(command).is_none() {
            return Moved::No;
        }
        self.execution = None;
        self.step(now, StepKind::Declined, None, Some(why.name()));
        Moved::Yes
    }

    /// The agent has stayed silent until `now`: the launch is approved as before. Returns the command, if it is too late
    /// for it.
    pub fn unconfirmed(&mut self, now: UnixSeconds) -> Option<CommandId> {
        let execution = self.execution.as_ref()?;
        let silent = execution.started_at.is_none() && now.since(execution.at) >= CONFIRM_WITHIN;
        if self.ended.is_some() || !silent {
            return None;
        }
        let command = execution.command.clone();
        self.execution = None;
        self.step(now, StepKind::Unconfirmed, None, None);
        Some(command)
    }

    /// Another session has the number: the next try gets `number`.
    pub fn renumber(&mut self, taken: &SessionNumber, number: SessionNumber) -> Moved {
        match self.execution.as_mut() {
            Some(execution) if execution.number.as_ref() == Some(taken) && execution.running_at.is_none() => {
                execution.number = Some(number);
                self.version = self.version.saturating_add(1);
                Moved::Yes
            }
            _ => Moved::No,
        }
    }

    /// The session's object has claimed `number`: the launch runs, unless its period is over.
    pub fn runs(&mut self, number: &SessionNumber, now: UnixSeconds) -> Moved {
        let alive = self.ended.is_none() && self.granted.is_some_and(|granted| now < granted.until);
        match self.execution.as_mut() {
            Some(execution) if alive && execution.number.as_ref() == Some(number) && execution.running_at.is_none() => {
                execution.running_at = Some(now);
                self.step(now, StepKind::Issued, None, None);
                Moved::Yes
            }
            _ => Moved::No,
        }
    }

    /// Moves the end of the granted period to `until`, as the approval of an extension has granted it. Nothing that is
    /// over is extended.
    pub fn extend(&mut self, until: UnixSeconds, by: &str, approval: Option<&Approval>, now: UnixSeconds) -> Moved {
        let alive = self.state(approval, now).is_alive();
        let extensible = |granted: &&mut Granted| alive && now < granted.until && granted.until < until;
        let Some(granted) = self.granted.as_mut().filter(extensible) else {
            return Moved::No;
        };
        granted.until = until;
        self.step(now, StepKind::Extended, Some(by), None);
        Moved::Yes
    }

    /// Ends it. Returns whether it had not ended before.
    pub fn end(&mut self, why: SessionEnd, by: Option<&str>, now: UnixSeconds) -> Moved {
        if self.ended.is_some() {
            return Moved::No;
        }
        self.ended = Some(LaunchEnded {
            at: now,
            why,
            by: by.map(str::to_owned),
        });
        self.step(now, StepKind::Ended, by, Some(why.name()));
        Moved::Yes
    }
}
