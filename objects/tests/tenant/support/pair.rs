//! The object and its reference, running the same steps.

use tegata_domain::approval::Outcome as Answer;
use tegata_domain::command::{
    DecideApproval, ListDevices, RedeemDeviceCode, RefreshTokens, RevokeDevice, SetTenantState,
};
use tegata_domain::device::DeviceState;
use tegata_domain::error::Refusal;
use tegata_domain::secret::{HashedSecret, PlainRefreshToken};
use tegata_domain::tenant::TenantState;

use crate::support::reference::{Outcome, Reference};
use crate::support::steps::{PCS, Step, chosen};
use crate::support::viewer::{Asking, Viewer, decision, thumbprint};
use crate::support::world::World;

/// The object and its reference, side by side.
pub struct Pair<'a> {
    world: &'a World,
    reference: Reference,
    viewers: Vec<Viewer<'a>>,
    /// The links and the code mailed for each request.
    confirm_links: Vec<Option<String>>,
    approval_links: Vec<Option<String>>,
    mailed_codes: Vec<Option<String>>,
    tokens: Vec<Vec<PlainRefreshToken>>,
}

impl<'a> Pair<'a> {
    pub fn new(world: &'a World, reference: Reference) -> Self {
        Self {
            world,
            reference,
            viewers: Vec::new(),
            confirm_links: Vec::new(),
            approval_links: Vec::new(),
            mailed_codes: Vec::new(),
            tokens: Vec::new(),
        }
    }

    pub fn take(&mut self, step: &Step) {
        match *step {
            Step::Ask(pc) => self.ask(pc),
            Step::Confirm(n) => {
                let Some((request, link)) = chosen(&self.confirm_links, n) else {
                    return;
                };
                let said = self.world.confirm_address(&link).map(drop);
                let expected = self.reference.confirm(request);
                self.agree(step, request, said, expected);
            }
            Step::Answer { request, yes, ticked } => {
                let Some((request, link)) = chosen(&self.approval_links, request) else {
                    return;
                };
                let outcome = if yes { Answer::Approved } else { Answer::Refused };
                let said = self.world.send(DecideApproval {
                    confirmed: ticked,
                    ..decision(&link, outcome, None)
                });
                let expected = self.reference.answer(request, yes, ticked);
                self.agree(step, request, said.map(drop), expected);
            }
            Step::TypeCode { code, right } => {
                let Some((code, typed)) = self.typed(code, right) else {
                    return;
                };
                let said = self
                    .world
                    .type_codes(&self.viewers[code].user_code, &typed, "192.0.2.9");
                let expected = self.reference.type_code(code, right);
                self.agree(step, self.reference.codes[code], said, expected);
            }
            Step::Redeem {
                code,
                typed,
                own_key,
                under,
            } => self.redeem(step, code, typed, own_key, under),
            Step::Refresh { device, back, own_key } => self.refresh(step, device, back, own_key),
            Step::Revoke(n) => {
                let Some(device) = n.checked_rem(self.tokens.len()) else {
                    return;
                };
                let id = self.tokens[device][0].device().expect("a token names its device");
                self.world
                    .send(RevokeDevice { device: id })
                    .expect("a device can be revoked");
                self.reference.devices[device].revoked = true;
            }
            Step::Withdraw(n) => {
                let Some(code) = n.checked_rem(self.viewers.len()) else {
                    return;
                };
                let said = self.viewers[code].withdraw();
                let expected = self.reference.withdraw(code);
                self.agree(step, self.reference.codes[code], said, expected);
            }
            Step::Resend(n) => self.resend(step, n),
            Step::Suspend(suspended) => {
                let state = if suspended {
                    TenantState::Suspended
                } else {
                    TenantState::Active
                };
                self.world.send(SetTenantState { state }).expect("the state can be set");
                self.reference.suspended = suspended;
            }
            Step::Wait(seconds) => {
                self.world.advance(seconds);
                self.reference.now += seconds;
            }
            Step::Restart => self.world.restart(),
        }
    }

    /// Checks that both gave the same result, and that exactly the expected mails were sent.
    fn agree(&mut self, step: &Step, request: usize, said: Result<(), Refusal>, expected: Outcome) {
        let said = match said {
            Err(Refusal::SlowDown) => Err(Refusal::AuthorizationPending),
            other => other,
        };
        assert_eq!(said, expected.clone().map(drop), "{step:?}");
        let mails = self.world.deliver();
        let kinds: Vec<&str> = mails.iter().map(|mail| mail.kind).collect();
        assert_eq!(kinds, expected.unwrap_or_default(), "mails after {step:?}");
        for mail in mails {
            match mail.kind {
                "confirm_address" => self.confirm_links[request] = Some(mail.link()),
                "approval_request" => self.approval_links[request] = Some(mail.link()),
                "activation_code" => self.mailed_codes[request] = Some(mail.secret()),
                _ => {}
            }
        }
        self.same_standing(request);
    }

    fn same_standing(&self, request: usize) {
        for (code, viewer) in self
            .viewers
            .iter()
            .enumerate()
            .filter(|(code, _)| self.reference.codes[*code] == request)
        {
            let shown = viewer.show();
            assert_eq!(shown.is_ok(), self.reference.is_known(code));
            if let Ok(shown) = shown {
                let expected = (
                    self.reference.stage(request),
                    self.reference.requests[request].tries_left,
                );
                assert_eq!((shown.state, shown.tries_left), expected);
            }
        }
    }

    fn ask(&mut self, pc: usize) {
        let (email, key) = PCS[pc];
        let client = "192.0.2.1";
        match self.world.ask(Asking { email, key, client }) {
            Err(Refusal::TooMany { .. }) if self.reference.may_be_limited(pc) => {
                assert!(self.world.deliver().is_empty(), "no mail is sent beyond the limit");
            }
            said => {
                let expected = self.reference.ask(pc);
                let said = said.map(|viewer| self.viewers.push(viewer));
                let requests = self.reference.requests.len();
                self.confirm_links.resize(requests, None);
                self.approval_links.resize(requests, None);
                self.mailed_codes.resize(requests, None);
                let request = self.reference.codes.last().copied().unwrap_or_default();
                if said.is_ok() {
                    self.agree(&Step::Ask(pc), request, said, expected);
                } else {
                    assert_eq!(said, expected.map(drop));
                }
            }
        }
    }

    /// Device code number `n`, and what its user types; `None` when the right code is wanted but none was mailed yet.
    fn typed(&self, n: usize, right: bool) -> Option<(usize, String)> {
        let code = n.checked_rem(self.viewers.len())?;
        let mailed = self.mailed_codes[self.reference.codes[code]].clone();
        let invented = (!right || mailed.is_none()).then(|| "22222-22222".to_owned());
        Some((code, invented.or(mailed)?))
    }

    fn redeem(&mut self, step: &Step, code: usize, typed: Option<bool>, own_key: bool, under: Option<u8>) {
        let Some((code, text)) = self.typed(code, typed == Some(true)) else {
            return;
        };
        let mut command = RedeemDeviceCode {
            idempotency_key: under.map(|n| HashedSecret::of(&n.to_string())),
            ..self.viewers[code].redemption(typed.map(|_| text.as_str()))
        };
        if !own_key {
            command.proof = command.proof.map(|_| self.world.proof(&thumbprint("thief")));
        }
        let said = self.world.send(command);
        let expected = self.reference.redeem(code, typed, own_key, under);
        if let (Ok(granted), Ok(device)) = (&said, &expected) {
            self.tokens.resize_with(self.reference.devices.len(), Vec::new);
            self.tokens[*device].push(granted.refresh_token.clone());
        }
        self.agree(
            step,
            self.reference.codes[code],
            said.map(drop),
            expected.map(|_| [].as_slice()),
        );
    }

    fn refresh(&mut self, step: &Step, device: usize, back: usize, own_key: bool) {
        let Some(device) = device.checked_rem(self.tokens.len()) else {
            return;
        };
        let Some(token) = self.tokens[device].len().checked_sub(back + 1) else {
            return;
        };
        let key = if own_key {
            self.reference.device_key(device).map(|pc| PCS[pc].1)
        } else {
            Some(Some("thief"))
        };
        let proof = key.flatten().map(|key| self.world.proof(&thumbprint(key)));
        let said = self.world.send(RefreshTokens {
            client_id: "viewer".to_owned(),
            refresh_token: self.tokens[device][token].clone(),
            proof,
        });
        let expected = self.reference.refresh(device, token, own_key);
        assert_eq!(said.as_ref().map(drop), expected.as_ref().map(drop), "{step:?}");
        self.tokens[device].extend(said.ok().map(|granted| granted.refresh_token));
        assert!(self.world.deliver().is_empty());
    }

    fn resend(&mut self, step: &Step, n: usize) {
        let Some(code) = n.checked_rem(self.viewers.len()) else {
            return;
        };
        let request = self.reference.codes[code];
        let limited = self.reference.may_be_limited(self.reference.requests[request].pc);
        match self.viewers[code].resend() {
            Err(Refusal::TooMany { .. }) if limited => assert!(self.world.deliver().is_empty()),
            said => {
                let said = said.map_err(|refusal| match refusal {
                    Refusal::TooMany { .. } => Refusal::TooMany { retry_after: 0 },
                    other => other,
                });
                let expected = self.reference.resend(code);
                self.agree(step, request, said, expected);
            }
        }
    }

    /// Whether the sequence created a device, renewed its tokens, and revoked one.
    pub fn reached(&self) -> [bool; 3] {
        let devices = &self.reference.devices;
        [
            !devices.is_empty(),
            devices.iter().any(|device| device.used),
            devices.iter().any(|device| device.revoked),
        ]
    }

    /// Checks that everything agrees at the end, and that the audit log is consistent with it.
    pub fn conclude(&self) {
        (0..self.reference.requests.len()).for_each(|request| self.same_standing(request));
        let listed = self
            .world
            .send(ListDevices { cursor: None })
            .expect("devices can be listed")
            .items;
        assert_eq!(listed.len(), self.reference.devices.len());
        for (device, tokens) in self.tokens.iter().enumerate() {
            let id = tokens[0].device().expect("a token names its device");
            let shown = listed
                .iter()
                .find(|shown| shown.id == id)
                .expect("the device is listed");
            let expected = &self.reference.devices[device];
            assert_eq!(
                shown.state == DeviceState::Active,
                expected.is_usable(self.reference.now)
            );
            assert_eq!(shown.state == DeviceState::Revoked, expected.revoked);
        }
        let mut approved = 0_usize;
        for entry in self.world.audit() {
            approved += usize::from(entry.act.outcome == "approved");
            if entry.act.action == "device.create" {
                approved = approved.checked_sub(1).expect("every device follows an approval");
            }
        }
    }
}
