//! The operator API: tenants, their administrators, devices, audit log and outbox. One method per operation; the
//! document types are in `documents`. Nothing is stored: the caller passes the operator's token each time.

pub mod documents;

use crate::edge::EdgeUrl;
use crate::error::Error;
use crate::secret::Secret;
use crate::tokens::IDEMPOTENCY_KEY;
use crate::transport::Transport;
use documents::{
    AuditEntry, AuditHead, AuditQuery, Device, IntrospectionSecret, OutboxEntry, Page, TenantLine, TenantView,
};
use reqwest::{Method, RequestBuilder};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;
use tegata_domain::slug::Slug;
use url::Url;

/// An operator's access to one deployment.
#[derive(Debug, Clone)]
pub struct Operator {
    transport: Transport,
    base: String,
    token: Secret,
}

impl Operator {
    /// Access with the deployment's `OPERATOR_TOKEN`.
    pub fn new(edge: &EdgeUrl, token: Secret) -> Result<Self, Error> {
        Ok(Self {
            transport: Transport::new()?,
            base: format!("{}/operator/v1", edge.as_str()),
            token,
        })
    }

    /// Creates a tenant with its first administrator, who gets a login by mail. Retrying with the same key returns the
    /// same response. Errors: `Problem` 409 for a name already in use, 422 or 400 with `field`.
    pub async fn create_tenant(&self, tenant: &Value, idempotency_key: Option<&str>) -> Result<TenantView, Error> {
        self.create("/tenants", tenant, idempotency_key).await
    }

    /// One page of tenants.
    pub async fn tenants(&self, cursor: Option<&str>) -> Result<Page<TenantLine>, Error> {
        self.page("/tenants", cursor).await
    }

    /// One tenant.
    pub async fn tenant(&self, slug: &Slug) -> Result<TenantView, Error> {
        self.read(self.request(Method::GET, &tenant_path(slug, ""))?).await
    }

    /// Changes the members in `changes` and leaves the others.
    pub async fn update_tenant(&self, slug: &Slug, changes: &Value) -> Result<TenantView, Error> {
        self.read(self.request(Method::PATCH, &tenant_path(slug, ""))?.json(changes))
            .await
    }

    /// Suspends a tenant: its gate and token endpoint stay closed until `resume_tenant`.
    pub async fn suspend_tenant(&self, slug: &Slug) -> Result<TenantView, Error> {
        self.read(self.request(Method::POST, &tenant_path(slug, "/suspend"))?)
            .await
    }

    /// Resumes a suspended tenant.
    pub async fn resume_tenant(&self, slug: &Slug) -> Result<TenantView, Error> {
        self.read(self.request(Method::POST, &tenant_path(slug, "/resume"))?)
            .await
    }

    /// Adds a system administrator, who gets a login by mail. Retrying with the same key returns the same response and
    /// sends no second mail. Errors: `Problem` 409 for an account name already in use, 400 with `field`.
    pub async fn add_administrator(
        &self,
        slug: &Slug,
        person: &impl Serialize,
        idempotency_key: Option<&str>,
    ) -> Result<Value, Error> {
        self.create(&tenant_path(slug, "/administrators"), person, idempotency_key)
            .await
    }

    /// Generates a new secret for token introspection. The old one stops working at once.
    pub async fn new_introspection_secret(&self, slug: &Slug) -> Result<IntrospectionSecret, Error> {
        self.read(self.request(Method::POST, &tenant_path(slug, "/introspection-secret"))?)
            .await
    }

    /// Rotates the deployment's keys ahead of schedule. Retrying with the same key returns the same response. Errors:
    /// `Problem` 400 with `field`.
    pub async fn rotate_keys(&self, order: &Value, idempotency_key: Option<&str>) -> Result<Value, Error> {
        self.create("/keys/rotate", order, idempotency_key).await
    }

    /// One page of a tenant's devices.
    pub async fn devices(&self, slug: &Slug, cursor: Option<&str>) -> Result<Page<Device>, Error> {
        self.page(&tenant_path(slug, "/devices"), cursor).await
    }

    /// Revokes a device.
    pub async fn revoke_device(&self, slug: &Slug, id: &str) -> Result<(), Error> {
        self.act(&tenant_path(slug, "/devices"), id, "revoke").await
    }

    /// One page of a tenant's audit log. Errors: `Problem` 400 with `field`.
    pub async fn audit(
        &self,
        slug: &Slug,
        query: &AuditQuery,
        cursor: Option<&str>,
    ) -> Result<Page<AuditEntry>, Error> {
        self.queried(&tenant_path(slug, "/audit"), &query.pairs(), cursor).await
    }

    /// One page of a tenant's audit log, each entry byte for byte as received, ready for `audit::verify`.
    pub async fn audit_lines(
        &self,
        slug: &Slug,
        query: &AuditQuery,
        cursor: Option<&str>,
    ) -> Result<Page<Box<RawValue>>, Error> {
        self.queried(&tenant_path(slug, "/audit"), &query.pairs(), cursor).await
    }

    /// One page of the signed heads of a tenant's audit log, newest first.
    pub async fn audit_heads(&self, slug: &Slug, cursor: Option<&str>) -> Result<Page<AuditHead>, Error> {
        self.page(&tenant_path(slug, "/audit/heads"), cursor).await
    }

    /// One page of a tenant's undelivered outbox entries.
    pub async fn outbox(&self, slug: &Slug, cursor: Option<&str>) -> Result<Page<OutboxEntry>, Error> {
        self.page(&tenant_path(slug, "/outbox"), cursor).await
    }

    /// Retries an outbox entry now.
    pub async fn retry_outbox(&self, slug: &Slug, id: &str) -> Result<(), Error> {
        self.act(&tenant_path(slug, "/outbox"), id, "retry").await
    }

    /// A call without an idempotency key gets a random one.
    async fn create<T: DeserializeOwned>(
        &self,
        path: &str,
        document: &impl Serialize,
        idempotency_key: Option<&str>,
    ) -> Result<T, Error> {
        let key = match idempotency_key {
            Some(key) => key.to_owned(),
            None => Secret::random()?.expose().to_owned(),
        };
        let request = self.request(Method::POST, path)?;
        self.read(request.header(IDEMPOTENCY_KEY, key).json(document)).await
    }

    async fn page<T: DeserializeOwned>(&self, path: &str, cursor: Option<&str>) -> Result<Page<T>, Error> {
        self.queried(path, &[], cursor).await
    }

    async fn queried<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, String)],
        cursor: Option<&str>,
    ) -> Result<Page<T>, Error> {
        let mut url = self.url(path)?;
        for (name, value) in query {
            url.query_pairs_mut().append_pair(name, value);
        }
        if let Some(cursor) = cursor {
            url.query_pairs_mut().append_pair("cursor", cursor);
        }
        let request = self
            .transport
            .request(Method::GET, url.as_str())
            .bearer_auth(self.token.expose());
        self.read(request).await
    }

    /// `POST {path}/{id}/{action}`; the id comes from outside and is encoded as one segment.
    async fn act(&self, path: &str, id: &str, action: &str) -> Result<(), Error> {
        let mut url = self.url(path)?;
        match url.path_segments_mut() {
            Ok(mut segments) => segments.extend([id, action]),
            Err(()) => return Err(Error::InvalidInput { field: "edge" }),
        };
        let request = self
            .transport
            .request(Method::POST, url.as_str())
            .bearer_auth(self.token.expose());
        self.transport.send(request).await?.success().map(drop)
    }

    fn url(&self, path: &str) -> Result<Url, Error> {
        Url::parse(&format!("{}{path}", self.base)).map_err(|_| Error::InvalidInput { field: "edge" })
    }

    fn request(&self, method: Method, path: &str) -> Result<RequestBuilder, Error> {
        let url = self.url(path)?;
        Ok(self
            .transport
            .request(method, url.as_str())
            .bearer_auth(self.token.expose()))
    }

    async fn read<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, Error> {
        self.transport
            .send(request)
            .await?
            .json("the operator API's response cannot be parsed")
    }
}

fn tenant_path(slug: &Slug, below: &str) -> String {
    format!("/tenants/{}{below}", slug.as_str())
}
