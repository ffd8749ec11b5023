//! What the person has just done, said on the page that follows.

use crate::texts::Texts;
use serde::Deserialize;

/// What the person has just done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Notice {
    Resent,
    Checked,
    Forgotten,
}

impl Notice {
    pub(super) fn text(self, texts: &Texts, tenant: &str) -> String {
        match self {
            Self::Resent => texts.get("cli-resent"),
            Self::Checked => texts.with("cli-status-checked", [("tenant", tenant.to_owned().into())]),
            Self::Forgotten => texts.get("cli-forgotten"),
        }
    }
}
