//! The facts about a tenant that the edge needs without asking the tenant's object.

use serde::{Deserialize, Serialize};

use crate::data_origin::Deployment;
use crate::face::{Face, PublishedFace};
use crate::slug::Slug;
use crate::tenant::{Tenant, TenantKind, TenantState};
use crate::text::OrganizationName;

/// A tenant's entry in the directory: a copy that is read far more often than written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectoryEntry {
    /// Its domain.
    pub slug: Slug,
    /// Whether it is a customer or a provider.
    pub kind: TenantKind,
    /// Its name.
    pub name: OrganizationName,
    /// Whether it is active or suspended.
    pub state: TenantState,
    /// The URL that the gate forwards to.
    pub data_origin: Option<String>,
    /// How its provider, or the provider itself, presents itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub face: Option<PublishedFace>,
}

impl DirectoryEntry {
    /// The entry as the gate of `deployment` may use it: a data origin that would be refused today is removed, because
    /// a copy may have been written by an older version.
    #[must_use]
    pub fn for_gate(mut self, deployment: Deployment<'_>) -> Self {
        self.data_origin = self.data_origin.filter(|origin| deployment.allows(origin));
        self
    }
}

impl DirectoryEntry {
    /// The entry of `tenant`, which its provider's `face` belongs to.
    #[must_use]
    pub fn of(tenant: &Tenant, face: Option<Face>) -> Self {
        Self {
            face: face.map(PublishedFace::from),
            slug: tenant.slug.clone(),
            kind: tenant.kind,
            name: tenant.name.clone(),
            state: tenant.state,
            data_origin: tenant.policy.data_origin.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::DirectoryEntry;
    use crate::data_origin::Deployment;

    #[test]
    fn the_gate_uses_no_data_origin_that_would_be_refused_today() {
        let entry = |origin: &str| -> DirectoryEntry {
            let text = r#"{"slug":"aozora","kind":"tenant","name":"青空","state":"active","data_origin":"#;
            serde_json::from_str(&format!("{text}\"{origin}\"}}")).unwrap()
        };
        let deployment = Deployment {
            edge_url: "https://edge.example.com",
            development: false,
        };
        let good = entry("https://data.aozora.example/v1");
        assert_eq!(good.clone().for_gate(deployment), good);
        for stored in [
            "http://127.0.0.1:9000",
            "https://edge.example.com:444/x",
            "https://192.168.0.1",
            "none",
        ] {
            assert_eq!(entry(stored).for_gate(deployment).data_origin, None, "{stored}");
        }
    }
}
