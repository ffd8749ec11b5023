//! The console's page: a frame for its script.

use askama::Template;
use serde_json::json;

use super::{Frame, Page};

/// The console of one tenant. The script reads its parameters from the element `app`.
#[derive(Debug, Template)]
#[template(path = "console.html")]
pub struct ConsolePage<'a> {
    /// The common part of every page; the language is the browser's until the user logs in.
    pub frame: Frame<'a>,
    /// The tenant's slug.
    pub slug: &'a str,
    /// The tenant's name.
    pub tenant_name: &'a str,
    /// `tenant` or `provider`.
    pub kind: &'a str,
}

impl ConsolePage<'_> {
    /// The provider's face (B16) as JSON for the script: name, contact lines, and the address of the logo.
    fn face(&self) -> Option<String> {
        self.frame.published()?;
        let face = json!({
            "name": self.frame.brand(),
            "contact": self.frame.contact(),
            "logo": self.frame.logo(),
        });
        Some(face.to_string())
    }
}

impl Page for ConsolePage<'_> {
    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn heading(&self) -> String {
        self.with("page-console-title", "tenant", self.tenant_name)
    }
}
