//! The ticket with which a console's page opens its event socket.

use crate::events::EventTicket;
use crate::right::Right;

actions! {
    "Issues a ticket for one event socket"
    /// The page opens `GET /t/{slug}/api/v1/events` as a WebSocket with the subprotocols `tegata.events.v1` and the ticket,
    /// within 30 seconds. Messages are `{"changed": [...]}`; they carry no data.
    Ticket -> EventTicket {}
    = Action::new("issue_event_ticket", Right::Own).reading();
}
