//! The key families of the KV namespaces: read-mostly copies, never the place of a decision.

use serde::Serialize;
use serde::de::DeserializeOwned;
use tegata_domain::device::RevocationSnapshot;
use tegata_domain::directory::DirectoryEntry;
use tegata_domain::jwk::PublicKeySet;
use tegata_domain::slug::Slug;

/// One family of keys: where it lives, how a key is written, what it holds.
pub trait Family {
    /// The namespace's binding.
    const NAMESPACE: &'static str;
    /// What every key of the family begins with.
    const PREFIX: &'static str;
    /// What a key names.
    type Name: ?Sized;
    /// What is stored under it.
    type Record: Serialize + DeserializeOwned;

    /// The key of `name`.
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

/// The deployment's public keys, under one key.
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

/// Devices that the gate must turn away, by tenant.
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
    use super::{Directory, Family, PublicKeys, Revocations};
    use tegata_domain::slug::Slug;

    #[test]
    fn keys_unchanged() {
        let slug = Slug::parse("aozora").unwrap();
        assert_eq!(Directory::key(&slug), "tenant/aozora");
        assert_eq!(Revocations::key(&slug), "tenant/aozora");
        assert_eq!(PublicKeys::key(&()), "jwks");
        assert_eq!(
            (Directory::NAMESPACE, PublicKeys::NAMESPACE, Revocations::NAMESPACE),
            ("DIRECTORY", "KEYS", "REVOCATIONS")
        );
    }
}
