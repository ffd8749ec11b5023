//! What people write in a session (Z5): each message has a number, is kept until the session ends, and is reported to the
//! tenant, which keeps it with the record.

use tegata_domain::error::Refusal;
use tegata_domain::id::CommandId;
use tegata_domain::session::SessionEvent;
use tegata_domain::session::control::{ChatMessage, ToParticipant};
use tegata_domain::session::party::Party;
use tegata_domain::session::record::{Live, MOST_CHATS, SessionRecord};
use tegata_domain::text::ChatText;
use tegata_kv_schema::support_talk;

use super::reports::report;
use super::{Audience, Outcome};
use crate::context::{Context, OrStorage as _};

/// Most messages that one answer has, and most bytes of their texts: an answer fits into one control message.
const ANSWER: i64 = 40;
const ANSWER_BYTES: usize = 10_000;
/// What a message takes besides its text and name, generously.
const AROUND: usize = 250;

/// Somebody writes something. The caller stores the session.
pub(super) fn said(
    ctx: &Context<'_>,
    (session, live): (&mut SessionRecord, &mut Live),
    (address, by): (u16, Party),
    (id, text): (&CommandId, &ChatText),
    outcome: &mut Outcome,
) -> Result<(), Refusal> {
    if let Some(known) = support_talk::load_chat(ctx.sql, id).or_storage()? {
        outcome.say(Audience::One(address), ToParticipant::Chat(known));
        return Ok(());
    }
    if live.chats >= MOST_CHATS {
        return Ok(());
    }
    live.chats = live.chats.saturating_add(1);
    let message = ChatMessage {
        number: live.chats,
        id: id.clone(),
        by: address,
        role: by.role(),
        name: by.name().to_owned(),
        at: ctx.now,
        text: text.clone(),
    };
    support_talk::add_chat(ctx.sql, &message).or_storage()?;
    outcome.say(Audience::All, ToParticipant::Chat(message));
    let said = SessionEvent::Said {
        message: live.chats,
        by,
        text: text.clone(),
    };
    report(ctx, session, said)
}

/// Tells a participant what was written after the message `after`, as much as fits.
pub(super) fn tell_from(
    ctx: &Context<'_>,
    live: &Live,
    address: u16,
    after: i64,
    outcome: &mut Outcome,
) -> Result<(), Refusal> {
    let mut messages = support_talk::chats(ctx.sql, after, ANSWER).or_storage()?;
    let mut taken = 0_usize;
    let fits = messages.iter().take_while(|message| {
        let text = serde_json::to_string(&message.text).map_or(ANSWER_BYTES, |text| text.len());
        let first = taken == 0;
        taken = taken
            .saturating_add(text)
            .saturating_add(message.name.len())
            .saturating_add(AROUND);
        first || taken <= ANSWER_BYTES
    });
    let count = fits.count();
    messages.truncate(count);
    let last = live.chats;
    outcome.say(Audience::One(address), ToParticipant::Chats { messages, last });
    Ok(())
}
