//! The rules, implemented a second time as plainly as possible and independently of the object: one tenant and a few
//! PCs. Time is in seconds from the start. Requests, device codes and devices are identified by number.

use tegata_domain::error::Refusal;
use tegata_domain::policy::Activation;
use tegata_domain::registration::Stage;

use crate::support::family::Device;
use crate::support::request::{Request, WAITING};

pub const APPROVAL_LIFE: i64 = 600;
pub const CODE_LIFE: i64 = 300;
pub const DEVICE_LIFE: i64 = 3600;

#[derive(Debug)]
pub struct Reference {
    pub now: i64,
    activation: Activation,
    confirm_first: bool,
    device_life: bool,
    pub suspended: bool,
    pub requests: Vec<Request>,
    /// The request that each device code belongs to.
    pub codes: Vec<usize>,
    pub devices: Vec<Device>,
    /// When each mail on behalf of a PC's address was sent.
    mailed: Vec<(usize, i64)>,
}

/// The result of a step: the mails that are sent, or the refusal.
pub type Outcome = Result<&'static [&'static str], Refusal>;

const KEYLESS: usize = 2;

impl Reference {
    pub fn new(activation: Activation, confirm_first: bool, device_life: bool) -> Self {
        Self {
            now: 0,
            activation,
            confirm_first,
            device_life,
            suspended: false,
            requests: Vec::new(),
            codes: Vec::new(),
            devices: Vec::new(),
            mailed: Vec::new(),
        }
    }

    pub fn stage(&self, request: usize) -> Stage {
        self.requests[request].stage(self.now)
    }

    pub fn is_known(&self, code: usize) -> bool {
        self.requests[self.codes[code]].held_by.contains(&code)
    }

    /// Whether the limit on mails to one address may be exhausted.
    pub fn may_be_limited(&self, pc: usize) -> bool {
        self.mailed
            .iter()
            .filter(|(to, at)| *to == pc && self.now - at < 3600)
            .count()
            >= 5
    }

    fn working(&self) -> Result<(), Refusal> {
        if self.suspended {
            Err(Refusal::Suspended)
        } else {
            Ok(())
        }
    }

    fn is_pending(&self, request: usize) -> bool {
        WAITING.contains(&self.stage(request))
    }

    pub fn ask(&mut self, pc: usize) -> Outcome {
        self.working()?;
        let last = self.requests.iter().rposition(|request| request.pc == pc);
        let waiting = last.filter(|request| pc != KEYLESS && self.is_pending(*request));
        let request = waiting.unwrap_or(self.requests.len());
        if waiting.is_none() {
            let first = if self.confirm_first {
                Stage::AwaitingAddress
            } else {
                Stage::AwaitingApproval
            };
            self.mailed.push((pc, self.now));
            self.requests.push(Request::new(pc, first, self.now));
        }
        let code = self.codes.len();
        self.codes.push(request);
        let held_by = &mut self.requests[request].held_by;
        held_by.push(code);
        if held_by.len() > 3 {
            held_by.remove(0);
        }
        Ok(match (waiting, self.confirm_first) {
            (Some(_), _) => &[],
            (None, true) => &["confirm_address"],
            (None, false) => &["approval_request"],
        })
    }

    pub fn confirm(&mut self, request: usize) -> Outcome {
        self.working()?;
        if self.stage(request) != Stage::AwaitingAddress {
            return Ok(&[]);
        }
        let ends = self.now + APPROVAL_LIFE;
        let request = &mut self.requests[request];
        (request.written, request.ends) = (Stage::AwaitingApproval, ends);
        Ok(&["approval_request"])
    }

    pub fn answer(&mut self, request: usize, yes: bool, ticked: bool) -> Outcome {
        self.working()?;
        if self.requests[request].answered {
            return Ok(&[]);
        }
        if !ticked {
            return Err(Refusal::NotConfirmed);
        }
        if self.stage(request) != Stage::AwaitingApproval {
            return Ok(&[]);
        }
        let now = self.now;
        let mailed_code = self.activation == Activation::MailedCode;
        let request = &mut self.requests[request];
        request.answered = true;
        if !yes {
            request.written = Stage::Refused;
            return Ok(&["refused"]);
        }
        request.approved = true;
        request.ends = now + CODE_LIFE;
        request.mailed = now;
        request.written = if mailed_code {
            Stage::AwaitingCode
        } else {
            Stage::Activated
        };
        Ok(if mailed_code { &["activation_code"] } else { &[] })
    }

    fn try_code(&mut self, request: usize, right: bool) -> Result<(), Refusal> {
        self.requests[request].try_code(right)
    }

    pub fn type_code(&mut self, code: usize, right: bool) -> Outcome {
        self.working()?;
        if !self.is_known(code) {
            return Err(Refusal::NotFound);
        }
        let request = self.codes[code];
        match self.stage(request) {
            Stage::AwaitingAddress | Stage::AwaitingApproval => Err(Refusal::AuthorizationPending),
            Stage::AwaitingCode => self.try_code(request, right).map(|()| [].as_slice()),
            Stage::Activated if right && self.activation == Activation::MailedCode => Ok(&[]),
            Stage::Failed => Err(Refusal::AccessDenied),
            _ => Err(Refusal::NotFound),
        }
    }

    /// Collects the tokens and returns the device.
    pub fn redeem(
        &mut self,
        code: usize,
        typed: Option<bool>,
        own_key: bool,
        under: Option<u8>,
    ) -> Result<usize, Refusal> {
        self.working()?;
        if !self.is_known(code) {
            return Err(Refusal::InvalidGrant);
        }
        let request = self.codes[code];
        if self.requests[request].pc != KEYLESS && !own_key {
            return Err(Refusal::WrongKey);
        }
        match (self.stage(request), typed) {
            (Stage::AwaitingAddress | Stage::AwaitingApproval, _) | (Stage::AwaitingCode, None) => {
                Err(Refusal::AuthorizationPending)
            }
            (Stage::AwaitingCode, Some(right)) => {
                self.try_code(request, right)?;
                Ok(self.collect(request, under))
            }
            (Stage::Activated, _) => Ok(self.collect(request, under)),
            (Stage::Redeemed, _) => self.collect_again(request, under),
            (Stage::Expired, _) => Err(Refusal::ExpiredToken),
            (Stage::Refused | Stage::Withdrawn | Stage::Failed, _) => Err(Refusal::AccessDenied),
        }
    }

    fn collect(&mut self, request: usize, under: Option<u8>) -> usize {
        let number = self.devices.len();
        let request = &mut self.requests[request];
        assert!(
            request.approved && request.device.is_none(),
            "the reference itself breaks the first design rule"
        );
        (request.written, request.device, request.repeat_under) = (Stage::Redeemed, Some(number), under);
        let approved_at = request.ends - CODE_LIFE;
        let ends = self.device_life.then_some(approved_at + DEVICE_LIFE);
        self.devices.push(Device::new(request.pc, self.now, ends));
        number
    }

    fn collect_again(&mut self, request: usize, under: Option<u8>) -> Result<usize, Refusal> {
        let Request {
            repeat_under, device, ..
        } = &self.requests[request];
        let number = device
            .filter(|_| under.is_some() && under == *repeat_under)
            .ok_or(Refusal::InvalidGrant)?;
        if !self.devices[number].begin_anew(self.now) {
            return Err(Refusal::InvalidGrant);
        }
        Ok(number)
    }

    /// The PC to whose key the device is bound.
    pub fn device_key(&self, device: usize) -> Option<usize> {
        Some(self.devices[device].pc).filter(|pc| *pc != KEYLESS)
    }

    pub fn refresh(&mut self, device: usize, token: usize, own_key: bool) -> Outcome {
        self.working()?;
        let now = self.now;
        let device = &mut self.devices[device];
        if !device.is_usable(now) {
            return Err(Refusal::InvalidGrant);
        }
        if device.pc != KEYLESS && !own_key {
            return Err(Refusal::WrongKey);
        }
        if device.present(token, now) {
            Ok(&[])
        } else {
            Err(Refusal::InvalidGrant)
        }
    }

    pub fn withdraw(&mut self, code: usize) -> Outcome {
        if !self.is_known(code) {
            return Err(Refusal::InvalidGrant);
        }
        let request = self.codes[code];
        if !self.is_pending(request) {
            return Err(Refusal::Conflict);
        }
        self.requests[request].written = Stage::Withdrawn;
        Ok(&[])
    }

    pub fn resend(&mut self, code: usize) -> Outcome {
        self.working()?;
        if !self.is_known(code) {
            return Err(Refusal::InvalidGrant);
        }
        let number = self.codes[code];
        let mail: &[&str] = match self.stage(number) {
            Stage::AwaitingAddress => &["confirm_address"],
            Stage::AwaitingCode => &["activation_code"],
            _ => return Err(Refusal::Conflict),
        };
        let request = &mut self.requests[number];
        if request.resends == 3 || self.now - request.mailed < 60 {
            return Err(Refusal::TooMany { retry_after: 0 });
        }
        request.resends += 1;
        request.mailed = self.now;
        self.mailed.push((request.pc, self.now));
        Ok(mail)
    }
}
