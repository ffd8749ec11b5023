//! What a person chose on the Viewer's local page. Losing it costs nothing; nothing here decides about access.

use serde::{Deserialize, Serialize};
use tegata_domain::locale::Locale;

/// Choices that the page remembers between two starts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preferences {
    /// The language chosen with the page's switch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Locale>,
    /// The path of the data that was looked at last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
}
