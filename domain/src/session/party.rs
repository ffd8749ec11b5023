//! Who does something in a session: a member of the desk's staff, somebody at the customer, or the machine itself.

use serde::{Deserialize, Serialize};

use super::Supporter;
use crate::email::EmailAddress;
use crate::id::GuestId;
use crate::session::control::Role;
use crate::text::PersonName;

/// Somebody at the customer who takes part in an attended session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Guest {
    /// The id of their consent, which the customer's tenant keeps with its receipt.
    pub guest: GuestId,
    /// Their name, as they gave it.
    pub name: PersonName,
    /// The mail address that was invited, if they came by a mailed link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<EmailAddress>,
    /// The network address they came from.
    pub client: String,
}

/// A machine whose agent takes part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Machine {
    /// Its host name.
    pub machine: String,
}

/// Who does something in a session. Stored without a tag: each has a member that the others lack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Party {
    /// A member of the desk's staff.
    Desk(Supporter),
    /// Somebody at the customer.
    Guest(Guest),
    /// The machine, or the person in front of it.
    Machine(Machine),
}

impl Party {
    /// The name that people read.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Desk(supporter) => supporter.name.as_str(),
            Self::Guest(guest) => guest.name.as_str(),
            Self::Machine(machine) => &machine.machine,
        }
    }

    /// What they are in a session.
    #[must_use]
    pub const fn role(&self) -> Role {
        match self {
            Self::Desk(_) => Role::Desk,
            Self::Guest(_) => Role::Guest,
            Self::Machine(_) => Role::Agent,
        }
    }

    /// The member of the desk's staff, if it is one.
    #[must_use]
    pub const fn supporter(&self) -> Option<&Supporter> {
        match self {
            Self::Desk(supporter) => Some(supporter),
            Self::Guest(_) | Self::Machine(_) => None,
        }
    }
}

impl From<Supporter> for Party {
    fn from(supporter: Supporter) -> Self {
        Self::Desk(supporter)
    }
}

#[cfg(test)]
mod tests {
    use super::Party;
    use crate::session::control::Role;

    #[test]
    fn each_is_read_as_what_it_was_written_as() {
        let parties = [
            (
                r#"{"provider":"kita-desk","user":"AAECAwQFBgcICQoLDA0ODw","name":"鈴木 一郎","client":"192.0.2.1"}"#,
                Role::Desk,
            ),
            (
                r#"{"guest":"AAECAwQFBgcICQoLDA0ODw","name":"佐藤 花子","client":"192.0.2.2"}"#,
                Role::Guest,
            ),
            (r#"{"machine":"line-7"}"#, Role::Agent),
        ];
        for (text, role) in parties {
            let party: Party = serde_json::from_str(text).unwrap();
            assert_eq!(party.role(), role, "{text}");
            assert_eq!(serde_json::to_string(&party).unwrap(), text);
        }
    }
}
