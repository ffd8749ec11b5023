//! What stands in the way of a launch.

use serde::{Deserialize, Serialize};

use crate::agent::Agent;
use crate::equipment::{Equipment, EquipmentState};

/// Why a launch cannot be requested or executed now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Obstacle {
    /// The customer's panel does not allow remote assistance on the equipment (P10).
    RemoteAssistanceOff,
    /// The machine's own administrator does not allow it (P10).
    MachineForbids,
    /// No agent is enrolled on the equipment.
    NoAgent,
    /// The agent is not connected.
    MachineAway,
    /// The agreed start has not come.
    TooEarly,
    /// Another launch is executing or running on the equipment.
    MachineBusy,
}

impl Obstacle {
    /// The code of the problem document.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::RemoteAssistanceOff => "remote-assistance-off",
            Self::MachineForbids => "machine-forbids",
            Self::NoAgent => "no-agent",
            Self::MachineAway => "machine-away",
            Self::TooEarly => "too-early",
            Self::MachineBusy => "machine-busy",
        }
    }
}

/// What stands in the way of remote assistance on `equipment` with `agent`, apart from its connection.
#[must_use]
pub fn obstacle(equipment: &Equipment, agent: Option<&Agent>) -> Option<Obstacle> {
    let agent = agent.filter(|agent| agent.is_accepted());
    match agent {
        _ if equipment.state() != EquipmentState::Active || !equipment.remote_assistance => {
            Some(Obstacle::RemoteAssistanceOff)
        }
        None => Some(Obstacle::NoAgent),
        Some(agent) if !agent.remote_assistance => Some(Obstacle::MachineForbids),
        Some(_) => None,
    }
}
