//! Identifiers: 128 random bits each, written as 22 characters of base64url.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::random::{self, Random};
use crate::wire::b64;

fn parse(text: &str) -> Option<String> {
    (b64::decode(text)?.len() == 16).then(|| text.to_owned())
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "openapi", schema(min_length = 22, max_length = 22, pattern = "^[A-Za-z0-9_-]{21}[AQgw]$"))]
        #[serde(try_from = "String")]
        pub struct $name(String);

        impl $name {
            /// A new identifier.
            #[must_use]
            pub fn generate(random: &dyn Random) -> Self {
                Self(b64::encode(random::bytes::<16>(random)))
            }

            /// Parses the 22-character form; `None` for anything else.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                parse(text).map(Self)
            }

            /// The 22-character form.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = &'static str;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text).ok_or("must be an identifier of 22 base64url characters")
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(
    /// A Viewer's pending request.
    RegistrationId
);
id!(
    /// One question to a tenant's approvers.
    ApprovalId
);
id!(
    /// A provider's free question.
    QuestionId
);
id!(
    /// A user of a tenant.
    UserId
);
id!(
    /// An approved Viewer.
    DeviceId
);
id!(
    /// The program on a piece of equipment.
    AgentId
);
id!(
    /// An organisation of a tenant.
    OrganizationId
);
id!(
    /// A piece of equipment at the customer.
    EquipmentId
);
id!(
    /// A machine's request to be enrolled without an enrolment code.
    EnrolmentRequestId
);
id!(
    /// One piece of remote support: the desk's request to start it on a piece of equipment, the start at the machine
    /// itself, or an attended session.
    LaunchId
);
id!(
    /// Somebody's consent to take part in an attended session, and to show their screen in it.
    GuestId
);
id!(
    /// An appointment with people at a customer, which is also its UID in calendars.
    AppointmentId
);
id!(
    /// A calendar feed, to which calendar programs subscribe.
    CalendarFeedId
);
id!(
    /// A command to an agent, which carries it out at most once.
    CommandId
);
id!(
    /// An inquiry to the provider's support.
    InquiryId
);
id!(
    /// An application for a contract, at the provider's desk.
    ApplicationId
);
id!(
    /// A file attached to an inquiry.
    AttachmentId
);
id!(
    /// A console session.
    SessionId
);
id!(
    /// A personal access token.
    TokenId
);
id!(
    /// A passkey.
    PasskeyId
);
id!(
    /// An outbox entry waiting for delivery.
    OutboxId
);

impl CommandId {
    /// The identifier with these 128 bits, for what is named by a hash.
    #[must_use]
    pub fn of(bits: [u8; 16]) -> Self {
        Self(b64::encode(bits))
    }
}

#[cfg(test)]
mod tests {
    use super::DeviceId;
    use crate::random::CountingRandom;

    #[test]
    fn round_trip() {
        let id = DeviceId::generate(&CountingRandom::new(1));
        assert_eq!(id.as_str().len(), 22);
        assert_eq!(DeviceId::parse(id.as_str()), Some(id));
        assert_eq!(DeviceId::parse("short"), None);
        assert_eq!(DeviceId::parse("aaaaaaaaaaaaaaaaaaaaa/"), None);
    }
}
