//! A machine that asks to be enrolled, as its provider's object vouches for it to a customer's, and the two secrets that
//! follow from the request: that by which the machine polls, and the enrolment code that it is given in the end. Neither
//! is stored or sent between objects: both objects derive them from the link key that the request names.

use serde::{Deserialize, Serialize};

use crate::agent::AgentReport;
use crate::code::mac;
use crate::desk::DeskActor;
use crate::equipment::SerialNumber;
use crate::id::{EnrolmentRequestId, EquipmentId};
use crate::jwk::{Thumbprint, sha256_b64};
use crate::keyring::LinkKeys;
use crate::secret::{PlainEnrolmentCode, PlainEnrolmentRequest, same};
use crate::slug::Slug;
use crate::time::UnixSeconds;
use crate::wire::b64;

/// A machine that asks to be enrolled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Machine {
    /// The request.
    pub request: EnrolmentRequestId,
    /// The serial number that was typed on it.
    pub serial_number: SerialNumber,
    /// Thumbprint of its key, which it has proved to hold.
    pub jkt: Thumbprint,
    /// What it tells of itself.
    pub report: AgentReport,
    /// Time of the request.
    pub requested_at: UnixSeconds,
    /// When the request expires.
    pub expires_at: UnixSeconds,
    /// The link key of everything that is derived from the request.
    pub kid: String,
}

impl Machine {
    /// The key by which a second request of the same machine is found.
    #[must_use]
    pub fn name(&self) -> String {
        name(&self.jkt, &self.serial_number)
    }

    /// The secret by which the machine polls; `None` if the key has ended.
    #[must_use]
    pub fn secret(&self, provider: &Slug, keys: &LinkKeys) -> Option<PlainEnrolmentRequest> {
        let parts = ["enrolment-request", &self.kid, provider.as_str(), self.request.as_str()];
        Some(PlainEnrolmentRequest::derived(mac(keys.find(&self.kid)?, &parts)))
    }

    /// The enrolment code of the machine for `equipment` of `customer`; `None` if the key has ended.
    #[must_use]
    pub fn code(&self, customer: &Slug, equipment: &EquipmentId, keys: &LinkKeys) -> Option<PlainEnrolmentCode> {
        let parts = [
            "enrolment-code",
            &self.kid,
            customer.as_str(),
            equipment.as_str(),
            self.request.as_str(),
            self.jkt.as_str(),
        ];
        Some(PlainEnrolmentCode::derived(mac(keys.find(&self.kid)?, &parts)))
    }
}

/// The key by which a request with this thumbprint and serial number is found.
#[must_use]
pub fn name(jkt: &Thumbprint, serial: &SerialNumber) -> String {
    format!("{}/{}", jkt.as_str(), serial.key())
}

/// What the provider's object wants of the customer's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// To accept the machine if its equipment has no agent, or else let an administrator decide.
    Ask,
    /// To accept it: the desk has decided.
    Accept {
        /// The equipment whose agent it becomes.
        equipment: EquipmentId,
        /// The member of the desk's staff who decided.
        by: Box<DeskActor>,
    },
    /// To close the request: it was decided elsewhere.
    Close,
}

/// See [`crate::command::TenantCommand::NoteMachine`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NoteMachine {
    /// The provider.
    pub provider: Slug,
    /// The customer.
    pub customer: Slug,
    /// The machine.
    pub machine: Machine,
    /// What is wanted.
    pub order: Order,
    mac: String,
}

impl NoteMachine {
    /// Makes the message under the machine's link key; `None` if that has ended.
    #[must_use]
    pub fn seal(provider: Slug, customer: Slug, machine: Machine, order: Order, keys: &LinkKeys) -> Option<Self> {
        let mut note = Self {
            provider,
            customer,
            machine,
            order,
            mac: String::new(),
        };
        note.mac = note.mac_with(keys)?;
        Some(note)
    }

    /// Whether the provider's object made it, for `customer`, and nobody has changed it.
    #[must_use]
    pub fn is_genuine(&self, customer: &Slug, keys: &LinkKeys) -> bool {
        self.customer == *customer && self.mac_with(keys).is_some_and(|mac| same(&mac, &self.mac))
    }

    fn mac_with(&self, keys: &LinkKeys) -> Option<String> {
        let content = serde_json::to_string(&(&self.machine, &self.order)).ok()?;
        let parts = [
            "enrolment-machine",
            &self.machine.kid,
            self.provider.as_str(),
            self.customer.as_str(),
            &sha256_b64(content),
        ];
        Some(b64::encode(mac(keys.find(&self.machine.kid)?, &parts)))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::{Machine, NoteMachine, Order};
    use crate::agent::AgentReport;
    use crate::enrolment::REQUEST_LIFE;
    use crate::equipment::SerialNumber;
    use crate::id::{EnrolmentRequestId, EquipmentId};
    use crate::jwk::Thumbprint;
    use crate::keyring::LinkKeys;
    use crate::random::CountingRandom;
    use crate::slug::Slug;
    use crate::time::UnixSeconds;

    pub(in crate::enrolment) fn machine() -> Machine {
        let now = UnixSeconds(1_795_000_000);
        Machine {
            request: EnrolmentRequestId::generate(&CountingRandom::new(1)),
            serial_number: SerialNumber::parse("TG-2041").unwrap(),
            jkt: Thumbprint::parse(&"A".repeat(43)).unwrap(),
            report: AgentReport::parse("tegata 0.1.0", "Debian 13", "line-7").unwrap(),
            requested_at: now,
            expires_at: now.plus(REQUEST_LIFE),
            kid: "l1".to_owned(),
        }
    }

    fn slug(text: &str) -> Slug {
        Slug::parse(text).unwrap()
    }

    fn keys() -> LinkKeys {
        LinkKeys::new(vec![("l0".to_owned(), [8; 32]), ("l1".to_owned(), [9; 32])])
    }

    #[test]
    fn nobody_without_the_key_vouches_for_a_machine_or_changes_one() {
        let seal =
            |machine| NoteMachine::seal(slug("kita-desk"), slug("minato"), machine, Order::Ask, &keys()).unwrap();
        let note = seal(machine());
        assert!(note.is_genuine(&slug("minato"), &keys()));
        assert!(!note.is_genuine(&slug("shiosai"), &keys()));
        assert!(!note.is_genuine(&slug("minato"), &LinkKeys::new(vec![("l1".to_owned(), [7; 32])])));
        let change = |change: fn(&mut NoteMachine)| {
            let mut changed = note.clone();
            change(&mut changed);
            changed
        };
        for (what, changed) in [
            ("provider", change(|note| note.provider = slug("other-desk"))),
            (
                "serial number",
                change(|note| note.machine.serial_number = SerialNumber::parse("TG-1").unwrap()),
            ),
            (
                "key",
                change(|note| note.machine.jkt = Thumbprint::parse(&format!("B{}", "A".repeat(42))).unwrap()),
            ),
            ("expiry", change(|note| note.machine.expires_at = UnixSeconds(i64::MAX))),
            ("link key", change(|note| note.machine.kid = "l0".to_owned())),
            ("order", change(|note| note.order = Order::Close)),
        ] {
            assert!(!changed.is_genuine(&slug("minato"), &keys()), "{what}");
        }
    }

    #[test]
    fn each_secret_belongs_to_one_request_and_its_code_to_one_piece_of_equipment() {
        let (machine, keys) = (machine(), keys());
        let equipment = EquipmentId::generate(&CountingRandom::new(2));
        let code = machine.code(&slug("minato"), &equipment, &keys).unwrap();
        assert_eq!(machine.code(&slug("minato"), &equipment, &keys), Some(code.clone()));
        assert_ne!(machine.code(&slug("shiosai"), &equipment, &keys), Some(code.clone()));
        let other = EquipmentId::generate(&CountingRandom::new(3));
        assert_ne!(machine.code(&slug("minato"), &other, &keys), Some(code.clone()));
        let again = Machine {
            request: EnrolmentRequestId::generate(&CountingRandom::new(9)),
            ..machine.clone()
        };
        assert_ne!(again.code(&slug("minato"), &equipment, &keys), Some(code));
        assert_ne!(
            again.secret(&slug("kita-desk"), &keys),
            machine.secret(&slug("kita-desk"), &keys)
        );
        assert_eq!(machine.secret(&slug("kita-desk"), &LinkKeys::new(Vec::new())), None);
    }
}
