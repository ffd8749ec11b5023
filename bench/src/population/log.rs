//! The audit log of a tenant: mostly one administrator who adds users, mixed with all other kinds of events.

use anyhow::{Context as _, Result};
use tegata_domain::audit::{Act, Actor};
use tegata_domain::id::{ApprovalId, DeviceId, OrganizationId, RegistrationId, UserId};
use tegata_kv_schema::audit;

use super::{Filled, Population, is_rare};

/// The action of most entries.
pub const ACTION: &str = "user.create";
/// The action of [`super::RARE`] entries.
pub const RARE_ACTION: &str = "tenant.update";
const ADDRESS: &str = "192.0.2.17";
/// Other occasional events: kind of actor, action, kind of object.
const OTHERS: [(&str, &str, &str); 34] = [
    ("account", "session.create", "account"),
    ("visitor", "session.create", "account"),
    ("account", "device.revoke", "device"),
    ("account", "account.update", "account"),
    ("token", "user.update", "user"),
    ("operator", "account.reissue", "account"),
    ("system", "outbox.give_up", "outbox"),
    ("account", "user.delete", "user"),
    ("account", "session.end", "session"),
    ("account", "account.create", "account"),
    ("account", "account.delete", "account"),
    ("account", "organization.create", "organization"),
    ("account", "organization.update", "organization"),
    ("account", "token.create", "token"),
    ("account", "token.revoke", "token"),
    ("account", "inquiry.create", "inquiry"),
    ("account", "inquiry.answer", "inquiry"),
    ("account", "inquiry.close", "inquiry"),
    ("account", "outbox.retry", "outbox"),
    ("account", "organization.delete", "organization"),
    ("account", "password.reset", "account"),
    ("desk", "inquiry.answer", "inquiry"),
    ("desk", "inquiry.close", "inquiry"),
    ("desk", "account.reissue", "account"),
    ("visitor", "account.lock", "account"),
    ("visitor", "password.request_reset", "account"),
    ("operator", "outbox.retry", "outbox"),
    ("operator", "device.revoke", "device"),
    ("token", "user.create", "user"),
    ("token", "user.delete", "user"),
    ("token", "account.create", "account"),
    ("token", "organization.create", "organization"),
    ("token", "device.revoke", "device"),
    ("token", "account.update", "account"),
];

impl Population<'_> {
    pub(super) fn log(&self, users: &[UserId], organizations: &[OrganizationId]) -> Result<Filled> {
        let count = self.size.entries;
        let user = |number: usize| users.get(number % users.len()).context("no users");
        let (often, seldom) = (user(0)?, user(1)?);
        let rare_object = format!("user/{}", UserId::generate(&self.random));
        self.each(count, |number| {
            let act = if is_rare(number, count) {
                Act::new(account(seldom), RARE_ACTION, format!("tenant/{}", self.slug), "done")
            } else if is_rare(number + 1, count) {
                Act::new(account(often), "user.update", rare_object.clone(), "done")
            } else {
                self.act(number, often, user(number)?)
            };
            Ok(audit::append(self.sql, act, self.at(number, count))?)
        })?;
        let organization = |number: usize| organizations.get(number).map(ToString::to_string).context("none");
        Ok(Filled {
            organization: organization(0)?,
            rare_organization: organization(11)?,
            actor: often.to_string(),
            rare_actor: seldom.to_string(),
            rare_object,
            between: (self.at(count / 20, count).0, self.at(count - count / 20, count).0),
            entries: count,
            now: self.now,
        })
    }

    /// One of every hundred entries.
    fn act(&self, number: usize, often: &UserId, user: &UserId) -> Act {
        let mail = format!("s{number:06}@{}.example", self.slug);
        let requester = Actor::new("requester", Some(&mail), Some(ADDRESS));
        let random = &self.random;
        match number % 100 {
            60..68 => Act::new(
                requester,
                "registration.create",
                format!("registration/{}", RegistrationId::generate(random)),
                "done",
            ),
            68..76 => Act::new(
                Actor::new("approver", Some(often.as_str()), Some(ADDRESS)),
                "approval.decide",
                format!("approval/{}", ApprovalId::generate(random)),
                "approved",
            )
            .asked_by(&mail),
            76..83 => Act::new(requester, "device.create", device(random), "done").answered_by(often.as_str()),
            part @ 83.. => {
                // The first hundred entries contain half of them, a larger log all.
                let (kind, action, object) = OTHERS[(number / 100 * 17 + part - 83) % OTHERS.len()];
                let id = match kind {
                    "account" | "token" => Some(user.as_str()),
                    _ => None,
                };
                let actor = Actor::new(kind, id, Some(ADDRESS));
                Act::new(
                    actor,
                    action,
                    format!("{object}/{}", RegistrationId::generate(random)),
                    "done",
                )
            }
            _ => Act::new(account(often), ACTION, format!("user/{user}"), "done"),
        }
    }
}

fn account(user: &UserId) -> Actor {
    Actor::new("account", Some(user.as_str()), Some(ADDRESS))
}

fn device(random: &dyn tegata_domain::random::Random) -> String {
    format!("device/{}", DeviceId::generate(random))
}
