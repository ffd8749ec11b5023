//! The page at `/`.

use askama::Template;
use tegata_domain::directory::DirectoryEntry;
use tegata_domain::tenant::TenantKind;

use super::{Frame, Page};

/// Why there is no console to go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntranceError {
    /// The text cannot be a contract's domain.
    NoDomain,
    /// No contract has this domain.
    Unknown,
}

/// The form for a contract's domain. It gets `/?domain=…`, so it works from a bookmark too.
#[derive(Debug, Template)]
#[template(path = "entrance.html")]
pub struct EntrancePage<'a> {
    /// The common part of every page.
    pub frame: Frame<'a>,
    /// The domain typed so far.
    pub domain: &'a str,
    /// What was wrong with it.
    pub error: Option<EntranceError>,
    /// The tenants of a development edge.
    pub tenants: Vec<DirectoryEntry>,
    /// Path of the development mailbox, if there is one.
    pub mailbox: Option<&'a str>,
}

impl EntrancePage<'_> {
    fn error_key(&self) -> Option<&'static str> {
        self.error.map(|error| match error {
            EntranceError::NoDomain => "page-entrance-error-form",
            EntranceError::Unknown => "page-entrance-error-unknown",
        })
    }

    fn kind(&self, entry: &DirectoryEntry) -> String {
        self.t(match entry.kind {
            TenantKind::Tenant => "page-entrance-customer",
            TenantKind::Provider => "page-entrance-provider",
        })
    }
}

impl Page for EntrancePage<'_> {
    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn heading(&self) -> String {
        self.t("page-entrance-title")
    }

    fn failed(&self) -> bool {
        self.error.is_some()
    }
}
