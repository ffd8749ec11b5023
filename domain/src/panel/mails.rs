//! Undeliverable mails.

use crate::id::OutboxId;
use crate::outbox::OutboxView;
use crate::right::Right;
use crate::wire::page::Page;

use super::lists::Order;

actions! {
    "Lists undeliverable mails"
    List -> Page<OutboxView> {
        /// Sort order by time.
        #[serde(default)]
        order: Order,
        /// Cursor from the previous page.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("list_mails", Right::Mails).reading();

    "Retries an undeliverable mail"
    Retry -> () {
        /// ID of the mail.
        id: OutboxId,
    }
    = Action::new("retry_mail", Right::Mails).entering(&["outbox.retry"]);
}
