//! The reference's requests.

use tegata_domain::error::Refusal;
use tegata_domain::registration::Stage;

use crate::support::reference::APPROVAL_LIFE;

/// Stages that can still lead to a device, and that expire.
pub const WAITING: [Stage; 4] = [
    Stage::AwaitingAddress,
    Stage::AwaitingApproval,
    Stage::AwaitingCode,
    Stage::Activated,
];

#[derive(Debug)]
pub struct Request {
    pub pc: usize,
    /// The stage, ignoring expiry.
    pub written: Stage,
    pub ends: i64,
    pub tries_left: u32,
    pub approved: bool,
    pub answered: bool,
    pub repeat_under: Option<u8>,
    pub device: Option<usize>,
    pub resends: u32,
    pub mailed: i64,
    /// The device codes that belong to it, oldest first.
    pub held_by: Vec<usize>,
}

impl Request {
    pub fn new(pc: usize, written: Stage, now: i64) -> Self {
        Self {
            pc,
            written,
            ends: now + APPROVAL_LIFE,
            tries_left: 5,
            approved: false,
            answered: false,
            repeat_under: None,
            device: None,
            resends: 0,
            mailed: now,
            held_by: Vec::new(),
        }
    }

    pub fn stage(&self, now: i64) -> Stage {
        if WAITING.contains(&self.written) && now >= self.ends {
            Stage::Expired
        } else {
            self.written
        }
    }

    pub fn try_code(&mut self, right: bool) -> Result<(), Refusal> {
        if right {
            self.written = Stage::Activated;
            return Ok(());
        }
        self.tries_left -= 1;
        if self.tries_left > 0 {
            return Err(Refusal::WrongCode {
                tries_left: self.tries_left,
            });
        }
        self.written = Stage::Failed;
        Err(Refusal::AccessDenied)
    }
}
