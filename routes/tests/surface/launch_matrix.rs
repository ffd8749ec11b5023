//! The states of a launch against the ways to move it, before and after a restart: no command reaches a machine and no
//! session opens without an approval that is approved and unexpired.

use serde_json::{Value, json};
use tegata_routes::port::Edge as _;

use crate::desk::Desk;
use crate::questions::APPROVE;
use crate::support::edge::assert_same;
use crate::support::launch::{Asked, Machine, REFUSE};
use crate::support::scene::text;
use crate::support::staff::{PASSWORD, cookie_of, log_in};

/// The states that a launch can be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Requested,
    Approved,
    TooEarly,
    PeriodOver,
    Executing,
    Running,
    Ended,
    Refused,
    Withdrawn,
    Unanswered,
    Suspended,
    SwitchedOff,
    MachineForbids,
    AgentEnded,
}

impl Standing {
    const ALL: [Self; 14] = [
        Self::Requested,
        Self::Approved,
        Self::TooEarly,
        Self::PeriodOver,
        Self::Executing,
        Self::Running,
        Self::Ended,
        Self::Refused,
        Self::Withdrawn,
        Self::Unanswered,
        Self::Suspended,
        Self::SwitchedOff,
        Self::MachineForbids,
        Self::AgentEnded,
    ];

    fn reach(self) -> Asked {
        let asked = match self {
            Self::Requested | Self::Refused | Self::Withdrawn | Self::Unanswered => Asked::new(),
            Self::TooEarly => {
                let now = Desk::new().edge.now().0;
                let asked = Asked::with(&json!({ "starts_at": now + 7_200 }));
                assert_eq!(asked.answer(&APPROVE).status, 200);
                asked
            }
            Self::Executing => Asked::executing().0,
            Self::Running | Self::Ended => Asked::running().0,
            _ => Asked::approved(),
        };
        let switch = |body: &Value| {
            let path = format!("/equipment/{}/switches", asked.machine.equipment);
            asked.desk.at_customer(200, "PATCH", &path, Some(body));
        };
        match self {
            Self::Refused => assert_eq!(asked.answer(&REFUSE).status, 200),
            Self::Withdrawn => assert_eq!(asked.do_at_desk("withdraw").status, 200),
            Self::Ended => assert_eq!(asked.do_at_desk("end").status, 200),
            Self::PeriodOver => asked.desk.edge.advance(3_601),
            Self::Unanswered => asked.desk.edge.advance(3 * 24 * 3_600 + 1),
            Self::Suspended => {
                asked.desk.at_desk(200, "POST", "/customers/minato/suspend", None);
            }
            Self::SwitchedOff => switch(&json!({ "version": 2, "remote_assistance": false })),
            Self::MachineForbids => {
                let forbids = json!({ "type": "switch", "remote_assistance": false });
                asked.machine.says(&asked.desk, &forbids);
            }
            Self::AgentEnded => {
                let path = format!("/equipment/{}/agent/end", asked.machine.equipment);
                asked.desk.at_customer(200, "POST", &path, None);
            }
            _ => {}
        }
        let mut asked = asked;
        asked.desk.agent = cookie_of(&log_in(&asked.desk.edge, "kita-desk", "hanako", PASSWORD));
        asked.desk.edge.sent();
        asked.desk.edge.session_commands();
        asked.desk.edge.mails();
        asked
    }

    /// What executing answers: the status and the code.
    const fn executes(self) -> (u16, &'static str) {
        match self {
            Self::Approved => (200, ""),
            Self::TooEarly => (409, "too-early"),
            Self::Suspended => (403, "suspended"),
            Self::SwitchedOff => (409, "remote-assistance-off"),
            Self::MachineForbids => (409, "machine-forbids"),
            Self::AgentEnded => (409, "no-agent"),
            _ => (409, "conflict"),
        }
    }
}

/// No command reaches an agent and no credential comes into being without an approval that is approved and unexpired.
#[test]
fn only_an_approved_launch_reaches_the_machine() {
    for standing in Standing::ALL {
        for with_restart in [false, true] {
            let asked = standing.reach();
            if with_restart {
                asked.desk.edge.forget();
            }
            let before = asked.desk.edge.rows_of("minato", &["outbox"]);
            let answer = asked.execute();
            let (status, code) = standing.executes();
            assert_eq!(answer.status, status, "{standing:?}: {}", answer.body);
            if status == 200 {
                assert_eq!(asked.machine.ordered(&asked.desk).len(), 1);
                continue;
            }
            assert_eq!(answer.code(), code, "{standing:?}");
            assert!(
                asked.machine.ordered(&asked.desk).is_empty(),
                "{standing:?}: nothing reaches the machine"
            );
            assert!(
                asked.desk.edge.session_commands().is_empty(),
                "{standing:?}: no session opens"
            );
            assert_same(
                &before,
                &asked.desk.edge.rows_of("minato", &["outbox"]),
                &format!("{standing:?}"),
            );
            assert!(asked.desk.edge.mails().is_empty(), "{standing:?}: nothing is mailed");
        }
    }
}

/// A machine that says it has started, in every state but the one in which it was told to, starts nothing.
#[test]
fn a_machine_that_was_not_told_to_starts_nothing() {
    let (executing, order) = Asked::executing();
    for standing in Standing::ALL {
        // Where the agent or the tenant's service has ended, its socket is closed.
        let shut = [Standing::AgentEnded, Standing::Suspended];
        if shut.contains(&standing) || standing == Standing::Executing {
            continue;
        }
        let asked = standing.reach();
        for command in [text(&order["command"]), "AAAAAAAAAAAAAAAAAAAAAA".to_owned()] {
            asked
                .machine
                .says(&asked.desk, &json!({ "type": "started", "command": command }));
        }
        assert!(asked.desk.edge.session_commands().is_empty(), "{standing:?}");
    }
    let other = Machine::new(&executing.desk, "TG-2042");
    other.says(
        &executing.desk,
        &json!({ "type": "started", "command": order["command"] }),
    );
    assert!(
        executing.desk.edge.session_commands().is_empty(),
        "another machine's command"
    );
    executing.confirm(&order);
    let again = json!({ "type": "started", "command": order["command"] });
    executing.machine.says(&executing.desk, &again);
    assert!(
        executing.desk.edge.session_commands().is_empty(),
        "it opens one session, not two"
    );
}
