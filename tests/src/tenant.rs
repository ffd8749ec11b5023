//! Tenants; each test creates its own.

use std::process;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use tegata_domain::audit::AuditEntry;

use crate::viewer::Viewer;
use crate::wait::{PATIENCE, eventually};
use crate::world::World;

static TENANTS: AtomicUsize = AtomicUsize::new(1);

/// Builds a tenant.
#[derive(Debug, Clone)]
pub struct TenantBuilder {
    world: World,
    slug: String,
    policy: Value,
    approvers: Vec<String>,
    kind: &'static str,
    provider: Option<String>,
}

/// A tenant.
#[derive(Debug, Clone)]
pub struct Tenant {
    /// Its edge.
    pub world: World,
    /// Its slug in URLs.
    pub slug: String,
    /// Its issuer URL.
    pub issuer: String,
    /// Mail addresses of its administrators.
    pub approvers: Vec<String>,
}

impl TenantBuilder {
    pub(crate) fn new(world: &World) -> Self {
        let number = TENANTS.fetch_add(1, Ordering::Relaxed);
        let slug = format!("ao{}-{number}", process::id());
        Self {
            world: world.clone(),
            approvers: vec![format!("hanako@{slug}.example")],
            policy: json!({ "mail_domains": [format!("{slug}.example")] }),
            slug,
            kind: "tenant",
            provider: None,
        }
    }

    /// Makes it a provider instead of a customer.
    pub fn a_provider(mut self) -> Self {
        self.kind = "provider";
        self
    }

    /// Makes it a customer of `provider`.
    pub fn served_by(mut self, provider: &Tenant) -> Self {
        self.provider = Some(provider.slug.clone());
        self
    }

    /// Sets one member of the policy.
    pub fn policy(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.policy[name] = value.into();
        self
    }

    /// Sets its data origin.
    pub fn data_origin(self, url: &str) -> Self {
        self.policy("data_origin", url)
    }

    /// Sets the administrators' addresses, replacing the generated one.
    pub fn approvers(mut self, addresses: &[&str]) -> Self {
        self.approvers = addresses.iter().map(|&address| address.to_owned()).collect();
        self
    }

    /// Sets the number of administrators.
    pub fn approver_count(mut self, count: usize) -> Self {
        self.approvers = (0..count).map(|n| format!("kanri{n}@{}.example", self.slug)).collect();
        self
    }

    fn administrator(address: &str, account: usize) -> Value {
        json!({
            "name": "佐藤 花子", "email": address, "account": format!("kanri{account}"),
            "locale": "ja", "time_zone": "Asia/Tokyo",
        })
    }

    /// Creates the tenant.
    pub async fn create(self) -> Tenant {
        let Self {
            world,
            slug,
            policy,
            approvers,
            kind,
            provider,
        } = self;
        let body = json!({
            "slug": slug, "kind": kind, "provider": provider, "name": "青空印刷株式会社", "locale": "ja", "time_zone": "Asia/Tokyo",
            "policy": policy, "administrator": Self::administrator(&approvers[0], 0),
        });
        let make = async |path: &str, key: &str, body: &Value| {
            let request = world.operating(Method::POST, path).header("idempotency-key", key);
            world.send(request.json(body)).await.expect(201);
        };
        make("/tenants", &slug, &body).await;
        for (account, address) in approvers.iter().enumerate().skip(1) {
            let path = format!("/tenants/{slug}/administrators");
            make(&path, address, &Self::administrator(address, account)).await;
        }
        Tenant {
            issuer: format!("{}/t/{slug}", world.url),
            world,
            slug,
            approvers,
        }
    }
}

impl Tenant {
    /// A Viewer on a PC that has a key and has not requested anything yet.
    pub fn viewer(&self) -> Viewer {
        Viewer::new(self)
    }

    /// All items of one of the operator's lists: `devices`, `audit` or `outbox`.
    pub async fn list(&self, name: &str) -> Vec<Value> {
        let mut items = Vec::new();
        let mut query = String::new();
        loop {
            let path = format!("/tenants/{}/{name}{query}", self.slug);
            let page = self.world.operator(Method::GET, &path, None).await.expect(200).json();
            items.extend(page["items"].as_array().expect("items").iter().cloned());
            match page["cursor"].as_str() {
                Some(cursor) => query = format!("?cursor={cursor}"),
                None => return items,
            }
        }
    }

    /// Calls `action` (a path below the tenant) of the operator API.
    pub async fn operate(&self, action: &str) -> u16 {
        let path = format!("/tenants/{}/{action}", self.slug);
        self.world.operator(Method::POST, &path, None).await.status
    }

    /// Number of audit entries with this `action`.
    pub async fn count(&self, action: &str) -> usize {
        let entries = self.list("audit").await;
        entries.iter().filter(|entry| entry["action"] == action).count()
    }

    /// The audit log, after checking that it has no gaps and is properly chained.
    pub async fn intact_audit(&self) -> Vec<AuditEntry> {
        let entries = self.list("audit").await;
        let entries: Vec<AuditEntry> = entries
            .into_iter()
            .map(|entry| serde_json::from_value(entry).expect("an audit entry"))
            .collect();
        let mut previous = (0, "");
        for entry in &entries {
            assert_eq!((entry.seq - 1, entry.previous.as_str()), previous, "{}", self.slug);
            assert!(entry.is_intact(), "{}: {entry:?}", self.slug);
            previous = (entry.seq, entry.hash.as_str());
        }
        entries
    }

    /// Waits until the outbox is empty.
    pub async fn settled(&self) {
        self.settled_within(PATIENCE).await;
    }

    /// The same for mails that take longer.
    pub async fn settled_within(&self, limit: Duration) {
        eventually("an empty outbox", limit, async || {
            self.list("outbox").await.is_empty().then_some(())
        })
        .await;
    }

    /// Generates a new introspection secret.
    pub async fn introspection_secret(&self) -> String {
        let path = format!("/tenants/{}/introspection-secret", self.slug);
        let answer = self.world.operator(Method::POST, &path, None).await;
        answer.expect(201).member("secret")
    }

    /// Whether introspection reports `token` as active to the tenant's resource server.
    pub async fn is_active(&self, secret: &str, token: &str) -> bool {
        let url = format!("{}/oauth/introspect", self.issuer);
        let request = self.world.posting(&url, &[("token", token)]).bearer_auth(secret);
        self.world.send(request).await.expect(200).json()["active"] == true
    }
}
