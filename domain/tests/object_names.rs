//! The names of objects. A renamed object would be a different and empty object.

use tegata_domain::command::keyring::{Keyring, TheKeyring};
use tegata_domain::command::{Session, Tenant};
use tegata_domain::email::EmailAddress;
use tegata_domain::mail_budget::{MailBudget, Mailbox};
use tegata_domain::session::SessionNumber;
use tegata_domain::slug::Slug;
use tegata_domain::wire::object::Address;

#[test]
fn addresses_unchanged() {
    let slug = Slug::parse("aozora").unwrap();
    let mailbox = Mailbox::of(&EmailAddress::parse("taro@aozora.example").unwrap());
    let number = SessionNumber::parse("123456789").unwrap();
    for (address, binding, name) in [
        (Address::of::<Tenant>(&slug), "TENANT", "aozora"),
        (Address::of::<Keyring>(&TheKeyring), "KEYRING", "keyring"),
        (Address::of::<MailBudget>(&mailbox), "MAIL_BUDGET", "share-56"),
        (Address::of::<Session>(&number), "SESSION", "123456789"),
    ] {
        assert_eq!((address.binding, address.name.as_str()), (binding, name));
    }
}
