//! What was written in a remote support session (Z5), and the files that were offered in it (Z6), in its object's store.

use tegata_domain::id::CommandId;
use tegata_domain::session::control::ChatMessage;
use tegata_domain::session::record::OfferRecord;

use crate::sql::{Sql, SqlError, all, json, one};

/// Stores a message under its number.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn add_chat(sql: &dyn Sql, chat: &ChatMessage) -> Result<(), SqlError> {
    sql.run(
        "INSERT INTO chat (number, id, record) VALUES (?, ?, ?)",
        vec![chat.number.into(), chat.id.as_str().into(), json(chat)?],
    )
    .map(drop)
}

/// Loads the message that its writer gave this id.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load_chat(sql: &dyn Sql, id: &CommandId) -> Result<Option<ChatMessage>, SqlError> {
    one(&sql.run("SELECT record FROM chat WHERE id = ?", vec![id.as_str().into()])?)
}

/// Lists the first `most` messages after the number `after`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn chats(sql: &dyn Sql, after: i64, most: i64) -> Result<Vec<ChatMessage>, SqlError> {
    all(&sql.run(
        "SELECT record FROM chat WHERE number > ? ORDER BY number LIMIT ?",
        vec![after.into(), most.into()],
    )?)
}

/// Stores a new offer under the next number.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn add_offer(sql: &dyn Sql, offer: &OfferRecord) -> Result<(), SqlError> {
    sql.run(
        "INSERT INTO offer (id, record) VALUES (?, ?)",
        vec![offer.file.id.as_str().into(), json(offer)?],
    )
    .map(drop)
}

/// Stores an offer whose owner has another address now.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save_offer(sql: &dyn Sql, offer: &OfferRecord) -> Result<(), SqlError> {
    sql.run(
        "UPDATE offer SET record = ? WHERE id = ?",
        vec![json(offer)?, offer.file.id.as_str().into()],
    )
    .map(drop)
}

/// Loads an offer.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load_offer(sql: &dyn Sql, id: &CommandId) -> Result<Option<OfferRecord>, SqlError> {
    one(&sql.run("SELECT record FROM offer WHERE id = ?", vec![id.as_str().into()])?)
}

/// Deletes an offer.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn delete_offer(sql: &dyn Sql, id: &CommandId) -> Result<(), SqlError> {
    sql.run("DELETE FROM offer WHERE id = ?", vec![id.as_str().into()])
        .map(drop)
}

/// Lists the latest offers, oldest first.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn latest_offers(sql: &dyn Sql, most: i64) -> Result<Vec<OfferRecord>, SqlError> {
    let mut offers = all(&sql.run(
        "SELECT record FROM offer ORDER BY number DESC LIMIT ?",
        vec![most.into()],
    )?)?;
    offers.reverse();
    Ok(offers)
}

/// Notes that the offer has ended for the receiver `by`. Returns whether it had not before: the insert decides.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn first_received(sql: &dyn Sql, offer: &CommandId, by: &str) -> Result<bool, SqlError> {
    let rows = sql.run(
        "INSERT INTO received (offer, by) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING 1",
        vec![offer.as_str().into(), by.into()],
    )?;
    Ok(!rows.is_empty())
}
