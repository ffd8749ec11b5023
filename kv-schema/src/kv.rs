//! Key families of the KV namespaces. They hold read-mostly copies; the objects have the originals and decide.

use serde::Serialize;
use serde::de::DeserializeOwned;
use tegata_domain::device::RevocationSnapshot;
use tegata_domain::directory::DirectoryEntry;
use tegata_domain::enrolment::organization::OrganizationNumber;
use tegata_domain::jwk::PublicKeySet;
use tegata_domain::slug::Slug;

/// A family of keys: its namespace, the form of its keys, and the type of its records.
pub trait Family {
    /// The namespace's binding.
    const NAMESPACE: &'static str;
    /// The prefix that every key of the family starts with.
    const PREFIX: &'static str;
    /// The type that identifies a key.
    type Name: ?Sized;
    /// The type of the stored records.
    type Record: Serialize + DeserializeOwned;

    /// Returns the key for `name`.
    fn key(name: &Self::Name) -> String;
}

/// Tenants by slug.
#[derive(Debug)]
pub struct Directory;

impl Family for Directory {
    const NAMESPACE: &'static str = "DIRECTORY";
    const PREFIX: &'static str = "tenant/";
    type Name = Slug;
    type Record = DirectoryEntry;

    fn key(name: &Slug) -> String {
        format!("{}{name}", Self::PREFIX)
    }
}

/// Providers by organisation id.
#[derive(Debug)]
pub struct Organizations;

impl Family for Organizations {
    const NAMESPACE: &'static str = "DIRECTORY";
    const PREFIX: &'static str = "organization/";
    type Name = OrganizationNumber;
    type Record = Slug;

    fn key(name: &OrganizationNumber) -> String {
        format!("{}{name}", Self::PREFIX)
    }
}

/// The deployment's public keys, all under one key.
#[derive(Debug)]
pub struct PublicKeys;

impl Family for PublicKeys {
    const NAMESPACE: &'static str = "KEYS";
    const PREFIX: &'static str = "jwks";
    type Name = ();
    type Record = PublicKeySet;

    fn key((): &()) -> String {
        Self::PREFIX.to_owned()
    }
}

/// Revoked devices that the gate must reject, by tenant.
#[derive(Debug)]
pub struct Revocations;

impl Family for Revocations {
    const NAMESPACE: &'static str = "REVOCATIONS";
    const PREFIX: &'static str = "tenant/";
    type Name = Slug;
    type Record = RevocationSnapshot;

    fn key(name: &Slug) -> String {
        format!("{}{name}", Self::PREFIX)
    }
}

#[cfg(test)]
mod tests {
    use super::{Directory, Family, Organizations, PublicKeys, Revocations};
    use tegata_domain::enrolment::organization::OrganizationNumber;
    use tegata_domain::slug::Slug;

    #[test]
    fn keys_unchanged() {
        let slug = Slug::parse("aozora").unwrap();
        assert_eq!(Directory::key(&slug), "tenant/aozora");
        let number = OrganizationNumber::parse("12345678").unwrap();
        assert_eq!(Organizations::key(&number), "organization/12345678");
        assert_eq!(Organizations::NAMESPACE, "DIRECTORY");
        assert_eq!(Revocations::key(&slug), "tenant/aozora");
        assert_eq!(PublicKeys::key(&()), "jwks");
        assert_eq!(
            (Directory::NAMESPACE, PublicKeys::NAMESPACE, Revocations::NAMESPACE),
            ("DIRECTORY", "KEYS", "REVOCATIONS")
        );
    }
}
