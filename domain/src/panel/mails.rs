//! Mails that could not be delivered.

use crate::id::OutboxId;
use crate::outbox::OutboxView;
use crate::right::Right;
use crate::wire::page::Page;

use super::lists::Order;

actions! {
    "Mails that could not be delivered"
    List -> Page<OutboxView> {
        /// The newest or the oldest first.
        #[serde(default)]
        order: Order,
        /// Where to begin.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("list_mails", Right::Mails).reading();

    "Sends an undeliverable mail again"
    Retry -> () {
        /// Which.
        id: OutboxId,
    }
    = Action::new("retry_mail", Right::Mails).entering(&["outbox.retry"]);
}
