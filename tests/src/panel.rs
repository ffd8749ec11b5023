//! Administrators as clients of the panel's API.

use std::cell::RefCell;

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::tenant::Tenant;
use crate::world::new_address;

/// The password that administrators choose.
pub const PASSWORD: &str = "an old boat on a calm lake";

/// A logged-in administrator.
#[derive(Debug, Clone)]
pub struct Administrator {
    tenant: Tenant,
    number: usize,
    cookie: RefCell<String>,
}

impl Administrator {
    /// Administrator number `number` of `tenant`, who logs in with the password from the mail and replaces it.
    pub async fn of(tenant: &Tenant, number: usize) -> Self {
        let world = &tenant.world;
        let mail = world
            .mail_to(&tenant.approvers[number], |mail| mail.first_password().is_some())
            .await;
        let first = mail.first_password().expect("just found");
        let administrator = Self {
            tenant: tenant.clone(),
            number,
            cookie: RefCell::default(),
        };
        administrator.log_in(&first).await;
        let own = json!({ "password": PASSWORD });
        administrator
            .send(Method::PUT, "/session/password", Some(&own))
            .await
            .expect(200);
        administrator
    }

    /// Logs in again: some actions need a login that is at most ten minutes old.
    pub async fn log_in_again(&self) {
        self.log_in(PASSWORD).await;
    }

    async fn log_in(&self, password: &str) {
        let world = &self.tenant.world;
        let login = world.http.post(format!("{}/api/v1/login", self.tenant.issuer));
        let login = login
            .header("cf-connecting-ip", new_address())
            .json(&json!({ "account": format!("kanri{}", self.number), "password": password }));
        let answer = world.send(login).await.expect(200);
        let cookie = answer.header("set-cookie").split(';').next().unwrap_or_default();
        cookie.clone_into(&mut self.cookie.borrow_mut());
    }

    /// The slug of the tenant.
    pub fn slug(&self) -> &str {
        &self.tenant.slug
    }

    /// The administrator's mail address.
    pub fn address(&self) -> &str {
        &self.tenant.approvers[self.number]
    }

    /// A request to the panel's API; `path` follows `/api/v1`.
    pub fn request(&self, method: Method, path: &str, body: Option<&Value>) -> RequestBuilder {
        let url = format!("{}/api/v1{path}", self.tenant.issuer);
        let request = self
            .tenant
            .world
            .http
            .request(method, url)
            .header("cookie", self.cookie.borrow().as_str());
        body.into_iter().fold(request, RequestBuilder::json)
    }

    /// Sends such a request.
    pub async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> Answer {
        self.tenant.world.send(self.request(method, path, body)).await
    }

    /// The administrator's user id.
    pub async fn id(&self) -> String {
        self.send(Method::GET, "/session", None).await.member("user_id")
    }
}
