//! A Viewer on a PC, its user, and the administrator who is asked.

use tegata_domain::approval::Outcome;
use tegata_domain::command::{
    ApprovalView, CheckedProof, ConfirmAddress, DecideApproval, EnterCodes, Granted, RedeemDeviceCode, RefreshTokens,
    Register, ResendMail, ShowRegistration, ViewApproval, WithdrawRegistration,
};
use tegata_domain::email::EmailAddress;
use tegata_domain::error::Refusal;
use tegata_domain::jwk::{Thumbprint, sha256_b64};
use tegata_domain::locale::Locale;
use tegata_domain::registration::{Applicant, Stage};
use tegata_domain::secret::{HashedSecret, PlainDeviceCode, PlainRefreshToken};
use tegata_domain::text::{DeviceName, OrganizationName, PersonName, Reason};

use crate::support::world::World;

pub const TARO: &str = "taro@aozora.example";

/// A request for access, before it is sent.
#[derive(Clone, Copy)]
pub struct Asking<'a> {
    pub email: &'a str,
    pub key: Option<&'a str>,
    pub client: &'a str,
}

/// Taro's request from the PC with the key `pc-1`.
pub const TARO_ASKS: Asking<'_> = Asking {
    email: TARO,
    key: Some("pc-1"),
    client: "192.0.2.1",
};

impl Asking<'_> {
    pub fn applicant(self) -> Applicant {
        Applicant {
            name: PersonName::parse("山田 太郎").expect("a name"),
            email: EmailAddress::parse(self.email).expect("an address"),
            organization: OrganizationName::parse("あおぞら製作所").expect("a name"),
            device_name: DeviceName::parse("受付PC").expect("a name"),
            locale: Locale::Da,
            jkt: self.key.map(thumbprint),
        }
    }
}

/// A Viewer that holds a device code.
pub struct Viewer<'a> {
    world: &'a World,
    pub code: PlainDeviceCode,
    pub user_code: String,
    pub expires_in: i64,
    key: Option<Thumbprint>,
}

pub fn thumbprint(key: &str) -> Thumbprint {
    Thumbprint::parse(&sha256_b64(key)).expect("a hash is a thumbprint")
}

impl World {
    /// Sends a request, with a proof if the PC has a key.
    pub fn ask<'a>(&'a self, asking: Asking<'_>) -> Result<Viewer<'a>, Refusal> {
        let proof = asking.key.map(|key| self.proof(&thumbprint(key)));
        self.ask_with(asking, proof)
    }

    /// Sends a request with `proof`, or without one.
    pub fn ask_with<'a>(&'a self, asking: Asking<'_>, proof: Option<CheckedProof>) -> Result<Viewer<'a>, Refusal> {
        let key = asking.key.map(thumbprint);
        let registered = self.send(Register {
            client_id: "viewer".to_owned(),
            scope: "view".to_owned(),
            applicant: asking.applicant(),
            proof,
            client: asking.client.to_owned(),
        })?;
        Ok(Viewer {
            world: self,
            code: registered.device_code,
            user_code: registered.user_code,
            expires_in: registered.expires_in,
            key,
        })
    }

    /// A fresh proof of `key`, made now.
    pub fn proof(&self, key: &Thumbprint) -> CheckedProof {
        self.proofs_made.set(self.proofs_made.get() + 1);
        CheckedProof {
            jkt: key.clone(),
            jti_hash: sha256_b64(self.proofs_made.get().to_string()),
            issued_at: self.now(),
        }
    }

    /// The link in the first approval mail that is due.
    pub fn approval_link(&self) -> String {
        let mails = self.deliver();
        mails
            .iter()
            .find(|mail| mail.kind == "approval_request")
            .expect("an administrator gets a mail")
            .link()
    }

    pub fn answer(&self, link: &str, outcome: Outcome, reason: Option<&str>) -> Result<ApprovalView, Refusal> {
        self.send(decision(link, outcome, reason))
    }

    pub fn approve(&self, link: &str) {
        self.answer(link, Outcome::Approved, None)
            .expect("the approval is accepted");
    }

    /// The activation code in the mail that is due.
    pub fn mailed_code(&self) -> String {
        let mails = self.deliver();
        mails
            .iter()
            .find(|mail| mail.kind == "activation_code")
            .expect("a code is mailed")
            .secret()
    }

    pub fn view_approval(&self, link: &str) -> Result<ApprovalView, Refusal> {
        self.send(ViewApproval {
            token: link.to_owned(),
            locale: None,
            session: None,
        })
    }

    pub fn confirm_address(&self, link: &str) -> Result<Stage, Refusal> {
        self.send(confirmation(link, true)).map(|view| view.state)
    }

    pub fn type_codes(&self, user_code: &str, code: &str, client: &str) -> Result<(), Refusal> {
        self.send(EnterCodes {
            user_code: user_code.to_owned(),
            activation_code: code.to_owned(),
            client: client.to_owned(),
        })
        .map(drop)
    }

    /// Refreshes the tokens with a proof of `key`.
    pub fn refresh(&self, key: &str, token: &PlainRefreshToken) -> Result<Granted, Refusal> {
        self.send(RefreshTokens {
            client_id: "viewer".to_owned(),
            refresh_token: token.clone(),
            proof: Some(self.proof(&thumbprint(key))),
        })
    }

    /// Has Taro's Viewer approved by the administrator, and collects its tokens.
    pub fn let_in(&self) -> Granted {
        let viewer = self.ask(TARO_ASKS).expect("the request is accepted");
        self.approve(&self.approval_link());
        let code = self.mailed_code();
        viewer.redeem(Some(&code)).expect("the tokens are collected")
    }
}

pub fn decision(link: &str, outcome: Outcome, reason: Option<&str>) -> DecideApproval {
    DecideApproval {
        token: link.to_owned(),
        outcome,
        confirmed: true,
        reason: reason.map(|text| Reason::parse(text).expect("a reason")),
        locale: Locale::En,
        client: "198.51.100.7".to_owned(),
        session: None,
    }
}

pub fn confirmation(link: &str, confirmed: bool) -> ConfirmAddress {
    ConfirmAddress {
        token: link.to_owned(),
        confirmed,
        client: "192.0.2.1".to_owned(),
    }
}

/// A code of the right form that is not `code`.
pub fn wrong(code: &str) -> String {
    let last = if code.ends_with('2') { "3" } else { "2" };
    format!("{}{last}", &code[..code.len() - 1])
}

impl Viewer<'_> {
    /// The command by which this Viewer collects its tokens.
    pub fn redemption(&self, code: Option<&str>) -> RedeemDeviceCode {
        RedeemDeviceCode {
            client_id: "viewer".to_owned(),
            device_code: self.code.clone(),
            activation_code: code.map(str::to_owned),
            proof: self.key.as_ref().map(|key| self.world.proof(key)),
            idempotency_key: None,
        }
    }

    pub fn redeem(&self, code: Option<&str>) -> Result<Granted, Refusal> {
        self.world.send(self.redemption(code))
    }

    pub fn redeem_under(&self, key: &str, code: Option<&str>) -> Result<Granted, Refusal> {
        let idempotency_key = Some(HashedSecret::of(key));
        self.world.send(RedeemDeviceCode {
            idempotency_key,
            ..self.redemption(code)
        })
    }

    pub fn stage(&self) -> Stage {
        self.show().expect("the device code is known").state
    }

    pub fn show(&self) -> Result<tegata_domain::command::RegistrationView, Refusal> {
        self.world.send(ShowRegistration {
            device_code: self.code.clone(),
        })
    }

    pub fn resend(&self) -> Result<(), Refusal> {
        self.world.send(ResendMail {
            device_code: self.code.clone(),
            client: "192.0.2.1".to_owned(),
        })
    }

    pub fn withdraw(&self) -> Result<(), Refusal> {
        self.world.send(WithdrawRegistration {
            device_code: self.code.clone(),
        })
    }
}
