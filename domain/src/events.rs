//! Events for open consoles: which kinds of things have changed, so that lists and counts are fetched again. An event
//! carries no data; each console fetches what its rights allow. A browser opens its socket with a ticket, which its page
//! has fetched with the session, because no token may stand in a URL.

use serde::{Deserialize, Serialize};

use crate::right::Right;
use crate::secret::{HashedSecret, PlainEventTicket};
use crate::time::UnixSeconds;

/// Lifetime of a ticket in seconds.
pub const TICKET_LIFE: i64 = 30;
/// Maximum number of unused tickets of a tenant; beyond that the oldest one is dropped.
const MOST_TICKETS: usize = 256;
/// Maximum number of unused tickets, and of sockets, of one session: one for each window of a person who has many open.
pub const MOST_OF_SESSION: usize = 16;
/// The subprotocol (RFC 6455 section 1.9) of event sockets.
pub const PROTOCOL: &str = "tegata.events.v1";

/// A kind of thing that consoles list or count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Viewers' requests.
    Registrations,
    /// Devices.
    Devices,
    /// Equipment.
    Equipment,
    /// The provider's questions to this tenant.
    Questions,
    /// Remote support on this tenant's equipment.
    Launches,
    /// Attended sessions with people of this tenant.
    Attended,
    /// Appointments with people of this tenant.
    Appointments,
    /// Users, accounts and organisations.
    Users,
    /// The tenant's own settings.
    Policies,
    /// The tenant's inquiries.
    Inquiries,
    /// Undeliverable mails.
    Mails,
    /// The audit log.
    Audit,
    /// A provider's customers.
    Customers,
    /// Applications for a contract with a provider.
    DeskApplications,
    /// Inquiries of a provider's customers.
    DeskInquiries,
    /// A provider's questions to its customers.
    DeskQuestions,
    /// A provider's remote support at its customers.
    DeskLaunches,
    /// A provider's attended sessions at its customers.
    DeskAttended,
    /// A provider's appointments at its customers.
    DeskAppointments,
    /// Machines that asked to be enrolled for the tenant's equipment.
    Enrolments,
    /// Machines that asked a provider to be enrolled.
    DeskEnrolments,
}

impl Topic {
    /// The right that lists it.
    #[must_use]
    pub const fn right(self) -> Right {
        match self {
            Self::Registrations => Right::RegistrationsRead,
            Self::Devices => Right::DevicesRead,
            Self::Equipment | Self::Enrolments => Right::EquipmentRead,
            Self::Questions => Right::QuestionsRead,
            Self::Launches | Self::Attended | Self::Appointments => Right::LaunchesRead,
            Self::Users => Right::UsersRead,
            Self::Policies => Right::PoliciesRead,
            Self::Inquiries => Right::Inquiries,
            Self::Mails => Right::Mails,
            Self::Audit => Right::AuditRead,
            Self::Customers
            | Self::DeskApplications
            | Self::DeskInquiries
            | Self::DeskQuestions
            | Self::DeskLaunches
            | Self::DeskAttended
            | Self::DeskAppointments
            | Self::DeskEnrolments => Right::Desk,
        }
    }

    /// What an entry of the audit log with this action has changed, besides the log.
    #[must_use]
    pub fn of_action(action: &str) -> &'static [Self] {
        match action.split('.').next().unwrap_or_default() {
            "registration" => &[Self::Registrations],
            "approval" => &[Self::Registrations, Self::Questions, Self::Launches],
            "device" => &[Self::Devices, Self::Registrations],
            "equipment" | "agent" => &[Self::Equipment],
            "enrolment" => &[Self::Enrolments, Self::DeskEnrolments],
            "question" => &[Self::Questions],
            "launch" => &[Self::Launches],
            "attended" => &[Self::Attended],
            "appointment" => &[Self::Appointments],
            "user" | "account" | "administrator" | "organization" | "password" => &[Self::Users],
            "tenant" | "face" => &[Self::Policies],
            "inquiry" => &[Self::Inquiries, Self::DeskInquiries],
            "outbox" => &[Self::Mails],
            "customer" => &[Self::Customers],
            "application" => &[Self::DeskApplications],
            _ => &[],
        }
    }
}

/// An event as a console receives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// What has changed.
    pub changed: Vec<Topic>,
}

/// A ticket for one socket.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventTicket {
    /// The ticket, sent as the second subprotocol of the WebSocket handshake. It works once.
    pub ticket: PlainEventTicket,
    /// Seconds for which it is valid.
    pub expires_in: i64,
}

/// Tickets that were issued and not used yet. They live in the object's memory alone: a ticket that is lost with it costs
/// its page one more request.
#[derive(Debug, Default)]
pub struct Tickets(Vec<Issued>);

#[derive(Debug)]
struct Issued {
    ticket: HashedSecret,
    session: HashedSecret,
    until: UnixSeconds,
}

impl Tickets {
    /// Keeps `ticket` for the session stored under `session`.
    pub fn issue(&mut self, ticket: HashedSecret, session: HashedSecret, now: UnixSeconds) {
        self.0.retain(|issued| now < issued.until);
        let mut own = self
            .0
            .iter()
            .enumerate()
            .filter(|(_, issued)| issued.session == session);
        let oldest_own = own.next().map(|(at, _)| at);
        // Who asks for more and more costs nobody else a ticket.
        if let Some(at) = oldest_own.filter(|_| own.count().saturating_add(1) >= MOST_OF_SESSION) {
            self.0.remove(at);
        } else if self.0.len() >= MOST_TICKETS {
            self.0.remove(0);
        }
        self.0.push(Issued {
            ticket,
            session,
            until: now.plus(TICKET_LIFE),
        });
    }

    /// Takes `ticket` and returns the session it was issued to. It works once.
    pub fn take(&mut self, ticket: &HashedSecret, now: UnixSeconds) -> Option<HashedSecret> {
        let at = self.0.iter().position(|issued| issued.ticket.matches(ticket))?;
        let Issued { session, until, .. } = self.0.remove(at);
        (now < until).then_some(session)
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_OF_SESSION, MOST_TICKETS, TICKET_LIFE, Tickets, Topic};
    use crate::secret::HashedSecret;
    use crate::time::UnixSeconds;

    #[test]
    fn a_ticket_works_once_and_not_for_long() {
        let (now, session) = (UnixSeconds(1_795_000_000), HashedSecret::of("session"));
        let hash = |text: &str| HashedSecret::of(text);
        let mut tickets = Tickets::default();
        tickets.issue(hash("a"), session.clone(), now);
        assert_eq!(tickets.take(&hash("b"), now), None);
        assert_eq!(tickets.take(&hash("a"), now), Some(session.clone()));
        assert_eq!(tickets.take(&hash("a"), now), None);
        tickets.issue(hash("c"), session.clone(), now);
        assert_eq!(tickets.take(&hash("c"), now.plus(TICKET_LIFE)), None);
        for number in 0..=MOST_TICKETS {
            let window = HashedSecret::of(&format!("session {number}"));
            tickets.issue(hash(&number.to_string()), window, now);
        }
        assert_eq!(tickets.take(&hash("0"), now), None, "the oldest gave way");
        assert!(tickets.take(&hash("1"), now).is_some());
    }

    #[test]
    fn a_session_with_many_tickets_takes_nobody_elses() {
        let now = UnixSeconds(1_795_000_000);
        let (one, other) = (HashedSecret::of("one"), HashedSecret::of("other"));
        let mut tickets = Tickets::default();
        tickets.issue(HashedSecret::of("first"), other.clone(), now);
        for number in 0..2 * MOST_TICKETS {
            tickets.issue(HashedSecret::of(&number.to_string()), one.clone(), now);
        }
        assert_eq!(tickets.take(&HashedSecret::of("first"), now), Some(other));
        let kept =
            (0..2 * MOST_TICKETS).filter(|number| tickets.take(&HashedSecret::of(&number.to_string()), now).is_some());
        assert_eq!(kept.count(), MOST_OF_SESSION);
    }

    #[test]
    fn every_action_that_changes_a_list_is_told() {
        for action in [
            "application.create",
            "face.update",
            "customer.create",
            "outbox.retry",
            "equipment.import",
            "agent.end",
            "enrolment.request",
        ] {
            assert_ne!(Topic::of_action(action), [], "{action}");
        }
    }

    #[test]
    fn an_answer_concerns_requests_and_questions() {
        assert_eq!(
            Topic::of_action("approval.decide"),
            [Topic::Registrations, Topic::Questions, Topic::Launches]
        );
        assert_eq!(Topic::of_action("session.create"), []);
    }
}
