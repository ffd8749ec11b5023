//! People with accounts, and their credentials: cookies and tokens.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::support::call::{Answer, Call};
use crate::support::edge::TestEdge;
use crate::support::scene::{Scene, Stage, text};

pub const API: &str = "/t/aozora/api/v1";
pub const PASSWORD: &str = "an old boat on a calm lake";

/// The credential that an action is sent with.
#[derive(Clone, Default)]
pub struct Credential {
    pub cookie: Option<String>,
    pub token: Option<String>,
}

impl Credential {
    pub fn cookie(cookie: &str) -> Self {
        Self {
            cookie: Some(cookie.to_owned()),
            token: None,
        }
    }

    pub fn token(token: &str) -> Self {
        Self {
            cookie: None,
            token: Some(token.to_owned()),
        }
    }

    pub fn call(&self, method: &str, path: &str, body: Option<&Value>) -> Call {
        let mut call = Call::new(method, &format!("{API}{path}"));
        if let Some(cookie) = &self.cookie {
            call = call.header("cookie", cookie);
        }
        if let Some(token) = &self.token {
            call = call.bearer(token);
        }
        match body {
            Some(body) => call.json(body),
            None => call,
        }
    }
}

/// The cookie that a response sets, in the form a browser sends it back.
pub fn cookie_of(answer: &Answer) -> String {
    answer
        .header("set-cookie")
        .split(';')
        .next()
        .unwrap_or_default()
        .to_owned()
}

pub fn log_in(edge: &Arc<TestEdge>, slug: &str, account: &str, password: &str) -> Answer {
    Call::post(&format!("/t/{slug}/api/v1/login"))
        .json(&json!({ "account": account, "password": password }))
        .send(edge)
}

/// Logs in with a first password and replaces it. Returns the cookie.
pub fn settle(edge: &Arc<TestEdge>, slug: &str, account: &str, first: &str) -> String {
    let answer = log_in(edge, slug, account, first);
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.json()["state"], "new_password");
    let cookie = cookie_of(&answer);
    let set = Call::new("PUT", &format!("/t/{slug}/api/v1/session/password"))
        .header("cookie", &cookie)
        .json(&json!({ "password": PASSWORD }))
        .send(edge);
    assert_eq!(set.status, 200, "{}", set.body);
    cookie
}

/// A tenant with a device, a system administrator, and any users who join.
pub struct Staff {
    pub scene: Scene,
    pub administrator: Credential,
}

impl Staff {
    pub fn new() -> Self {
        let scene = Scene::at(Stage::Redeemed);
        let cookie = settle(&scene.edge, "aozora", "hanako", &scene.ours.first_password);
        Self {
            scene,
            administrator: Credential::cookie(&cookie),
        }
    }

    pub fn edge(&self) -> &Arc<TestEdge> {
        &self.scene.edge
    }

    pub fn send(&self, who: &Credential, method: &str, path: &str, body: Option<&Value>) -> Answer {
        who.call(method, path, body).send(self.edge())
    }

    /// Sends a request as the administrator, which must get `status`. Returns the response's document.
    pub fn done(&self, status: u16, method: &str, path: &str, body: Option<&Value>) -> Value {
        let answer = self.send(&self.administrator, method, path, body);
        assert_eq!(answer.status, status, "{method} {path}: {}", answer.body);
        if answer.body.is_empty() {
            Value::Null
        } else {
            answer.json()
        }
    }

    pub fn organization(&self, name: &str, parent: Option<&str>) -> String {
        text(
            &self.done(
                201,
                "POST",
                "/organizations",
                Some(&json!({ "name": name, "parent": parent })),
            )["id"],
        )
    }

    pub fn user(&self, name: &str, organization: Option<&str>) -> String {
        let email =
            json!([{ "value": format!("{}@aozora.example", name.replace(' ', ".")), "type": "work", "primary": true }]);
        let user = json!({ "display_name": name, "emails": email, "organization": organization });
        text(&self.done(201, "POST", "/users", Some(&user))["id"])
    }

    /// Creates a user with an account and logs in. Returns the user's id and the session's cookie.
    pub fn join(&self, account: &str, role: &str, organization: Option<&str>) -> (String, Credential) {
        let id = self.user(account, organization);
        let limited = organization.filter(|_| role == "organization_administrator");
        let body = json!({
            "account": account, "role": role, "organization": limited, "locale": "da", "time_zone": "Europe/Copenhagen",
            "password": "a first password, typed", "password_confirmation": "a first password, typed",
        });
        self.done(201, "PUT", &format!("/users/{id}/account"), Some(&body));
        let cookie = settle(self.edge(), "aozora", account, "a first password, typed");
        (id, Credential::cookie(&cookie))
    }

    /// Issues a personal access token for the administrator.
    pub fn token(&self, scopes: &[&str]) -> Credential {
        let body = json!({ "name": "夜間の書き出し", "scopes": scopes, "expires_in_days": 30 });
        Credential::token(&text(&self.done(201, "POST", "/tokens", Some(&body))["token"]))
    }
}
