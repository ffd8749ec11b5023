//! Dates that people agree on, as calendar programs understand them (RFC 5545 and RFC 5546): wall-clock times that are
//! resolved by a zone's rules, and the text of invitations, changes and cancellations. Nothing here knows what an
//! appointment is.

mod event;
mod line;
mod local;
mod zone;

pub use event::{Attendee, Event, Method, Organizer, feed};
pub use local::{LocalTime, Occurrence, Resolved, resolve};
pub use zone::ZoneName;

#[cfg(test)]
mod tests;
