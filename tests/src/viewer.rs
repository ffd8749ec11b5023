//! Viewers: a PC with a key, its registration, and its tokens.

use reqwest::{Method, RequestBuilder};
use tegata_client::clock;
use tegata_client::dpop::Proof;
use tegata_client::key::ViewerKey;

use crate::answer::Answer;
use crate::mail::Mail;
use crate::tenant::Tenant;
use crate::world::new_address;

/// The grant type of RFC 8628.
pub const DEVICE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// A Viewer.
#[derive(Debug, Clone)]
pub struct Viewer {
    /// The tenant whose data it reads.
    pub tenant: Tenant,
    /// The key, which stays on the PC.
    pub key: ViewerKey,
    /// The user's mail address.
    pub email: String,
    /// The PC's network address.
    pub address: String,
    /// The name that the user gave the PC.
    pub device_name: String,
}

/// A Viewer that has requested registration.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The Viewer.
    pub viewer: Viewer,
    /// The secret it polls with.
    pub device_code: String,
    /// The code that the user types on the page.
    pub user_code: String,
}

/// The tokens of a Viewer.
#[derive(Debug, Clone)]
pub struct Tokens {
    /// Access token, for the gate.
    pub access: String,
    /// Refresh token.
    pub refresh: String,
}

impl Tokens {
    /// The tokens of a response with status 200.
    #[track_caller]
    pub fn of(answer: Answer) -> Self {
        let answer = answer.expect(200);
        Self {
            access: answer.member("access_token"),
            refresh: answer.member("refresh_token"),
        }
    }
}

/// The form of a refresh request.
pub fn refresh_grant(refresh_token: &str) -> [(&'static str, &str); 3] {
    [
        ("grant_type", "refresh_token"),
        ("client_id", "viewer"),
        ("refresh_token", refresh_token),
    ]
}

impl Viewer {
    pub(crate) fn new(tenant: &Tenant) -> Self {
        let address = new_address();
        Self {
            tenant: tenant.clone(),
            key: ViewerKey::generate().expect("a random source"),
            email: format!("taro.{}@{}.example", address.replace('.', "-"), tenant.slug),
            address,
            device_name: "受付のPC".to_owned(),
        }
    }

    /// The form of its registration request.
    pub fn details(&self) -> Vec<(&'static str, String)> {
        vec![
            ("client_id", "viewer".to_owned()),
            ("name", "山田 太郎".to_owned()),
            ("email", self.email.clone()),
            ("organization", "青空印刷株式会社".to_owned()),
            ("device_name", self.device_name.clone()),
            ("locale", "ja".to_owned()),
            ("dpop_jkt", self.key.thumbprint()),
        ]
    }

    /// Requests registration with `details`.
    pub async fn ask_with(&self, details: &[(&'static str, String)]) -> Answer {
        let world = &self.tenant.world;
        let url = format!("{}/oauth/device_authorization", self.tenant.issuer);
        let request = || {
            world
                .http
                .post(&url)
                .header("cf-connecting-ip", &self.address)
                .form(details)
        };
        // A PC that names its own key proves possession of it.
        if details.contains(&("dpop_jkt", self.key.thumbprint())) {
            let proven = || request().header("dpop", self.proof("POST", &url, None, 0));
            return world.send_made(proven).await;
        }
        world.send_made(request).await
    }

    /// Requests registration.
    pub async fn ask(&self) -> Asked {
        self.asked(self.ask_with(&self.details()).await)
    }

    /// The result of a registration request.
    #[track_caller]
    pub fn asked(&self, answer: Answer) -> Asked {
        let answer = answer.expect(200);
        Asked {
            viewer: self.clone(),
            device_code: answer.member("device_code"),
            user_code: answer.member("user_code"),
        }
    }

    /// Requests, gets approved, enters the code and collects the tokens: the path of K2 to K4.
    pub async fn admitted(&self) -> Tokens {
        let asked = self.ask().await;
        asked.answer("approve").await.expect(200);
        let code = asked.code().await;
        Tokens::of(asked.collect(Some(&code)).await)
    }

    /// A fresh proof for `method` and `url`, made `offset` seconds from now.
    pub fn proof(&self, method: &str, url: &str, access_token: Option<&str>, offset: i64) -> String {
        let proof = Proof {
            method,
            url,
            issued_at: clock::now().saturating_add_signed(offset),
            access_token,
            nonce: None,
        };
        proof.sign(&self.key).expect("a proof")
    }

    /// The token endpoint.
    pub fn token_url(&self) -> String {
        format!("{}/oauth/token", self.tenant.issuer)
    }

    /// A fresh proof for the token endpoint.
    pub fn token_proof(&self) -> String {
        self.proof("POST", &self.token_url(), None, 0)
    }

    /// Calls the token endpoint, with `proof` if given.
    pub async fn token(&self, fields: &[(&str, &str)], proof: Option<&str>) -> Answer {
        let mut request = self.tenant.world.posting(&self.token_url(), fields);
        if let Some(proof) = proof {
            request = request.header("dpop", proof);
        }
        self.tenant.world.send(request).await
    }

    /// Refreshes the tokens.
    pub async fn refresh(&self, refresh_token: &str) -> Answer {
        let proof = self.token_proof();
        self.refresh_with(refresh_token, Some(&proof)).await
    }

    /// Refreshes the tokens with `proof`.
    pub async fn refresh_with(&self, refresh_token: &str, proof: Option<&str>) -> Answer {
        self.token(&refresh_grant(refresh_token), proof).await
    }

    /// The URL of `path` behind the gate.
    pub fn gate_url(&self, path: &str) -> String {
        format!("{}/gate/{path}", self.tenant.issuer)
    }

    /// A request to the gate with `token`, and with `proof` if given.
    pub fn at_gate(&self, method: Method, path: &str, token: &str, proof: Option<&str>) -> RequestBuilder {
        let request = self.tenant.world.http.request(method, self.gate_url(path));
        match proof {
            Some(proof) => request
                .header("authorization", format!("DPoP {token}"))
                .header("dpop", proof),
            None => request.bearer_auth(token),
        }
    }

    /// `GET path` through the gate, with a fresh proof.
    pub async fn view(&self, path: &str, token: &str) -> Answer {
        let proof = self.proof("GET", &self.gate_url(path), Some(token), 0);
        let request = self.at_gate(Method::GET, path, token, Some(&proof));
        self.tenant.world.send(request).await
    }
}

impl Asked {
    /// The mail that asks the approver at `address` about this PC.
    pub async fn question_to(&self, address: &str) -> Mail {
        let world = &self.viewer.tenant.world;
        let own = |mail: &Mail| mail.is_question() && mail.text.contains(&self.viewer.email);
        world.mail_to(address, own).await
    }

    /// The first approver's link.
    pub async fn link(&self) -> String {
        self.question_to(&self.viewer.tenant.approvers[0]).await.link()
    }

    /// Answers as the first approver: ticks the box and presses the button `decision`.
    pub async fn answer(&self, decision: &str) -> Answer {
        let link = self.link().await;
        let fields = [("decision", decision), ("confirm", "yes"), ("lang", "ja")];
        self.viewer.tenant.world.form(&link, &fields).await
    }

    /// The activation code from the user's mail.
    pub async fn code(&self) -> String {
        let world = &self.viewer.tenant.world;
        let mail = world.mail_to(&self.viewer.email, |mail| mail.code().is_some()).await;
        mail.code().expect("the mail was chosen by it")
    }

    /// The form of a token request.
    pub fn grant<'a>(&'a self, code: Option<&'a str>) -> Vec<(&'static str, &'a str)> {
        let mut fields = vec![
            ("grant_type", DEVICE_GRANT),
            ("client_id", "viewer"),
            ("device_code", self.device_code.as_str()),
        ];
        fields.extend(code.map(|code| ("activation_code", code)));
        fields
    }

    /// Requests the first tokens with a fresh proof.
    pub async fn collect(&self, code: Option<&str>) -> Answer {
        let proof = self.viewer.token_proof();
        self.viewer.token(&self.grant(code), Some(&proof)).await
    }

    /// The state of the registration.
    pub async fn state(&self) -> String {
        let world = &self.viewer.tenant.world;
        let url = format!("{}/api/v1/registration", self.viewer.tenant.issuer);
        let request = world.http.get(url).bearer_auth(&self.device_code);
        world.send(request).await.expect(200).member("state")
    }
}
