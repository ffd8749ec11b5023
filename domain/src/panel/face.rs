//! The provider's face (B16): name, contact, logo, colour, sender and address for replies.

use serde::{Deserialize, Serialize};

use crate::email::EmailAddress;
use crate::face::{Accent, ContactLines, Face, Logo};
use crate::right::Right;
use crate::text::OrganizationName;

actions! {
    "Shows how the provider presents itself to its customers"
    Show -> FaceView {}
    = Action::new("show_face", Right::Face).reading();

    "Changes how the provider presents itself to its customers"
    /// Members other than the logo replace the current ones; absent members are removed.
    Change -> FaceView {
        /// Version that the change is based on.
        version: i64,
        /// Name of the provider or its service.
        name: OrganizationName,
        /// How to reach the desk, at most five lines.
        #[serde(default)]
        contact: ContactLines,
        /// Accent colour, such as `#0b5394`. Where it would be unreadable, a darker or lighter shade is shown.
        #[serde(default)]
        accent: Option<Accent>,
        /// Name of the sender in mails; the address is the deployment's.
        #[serde(default)]
        sender: Option<OrganizationName>,
        /// Address that replies to mails go to.
        #[serde(default)]
        reply_to: Option<EmailAddress>,
        /// A new logo: a PNG image of at most 48 KiB, in base64. Without it the current one stays.
        #[serde(default)]
        logo: Option<Logo>,
        /// Whether to remove the current logo.
        #[serde(default)]
        remove_logo: bool,
    }
    = Action::new("change_face", Right::Face).fresh().with_files().touching_copies().entering(&["face.update"]);
}

/// How the provider presents itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FaceView {
    /// Everything but the image.
    #[serde(flatten)]
    pub face: Face,
    /// The logo in base64.
    pub image: Option<Logo>,
}
