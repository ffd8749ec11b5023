//! What is written in the session (Z5): each message is shown once and in order, however often the connection breaks, and
//! what somebody at the machine writes is said until the session has it.

use super::Session;
use super::line::Line;
use crate::agent::support::ShownMessage;
use std::collections::VecDeque;
use tegata_domain::id::CommandId;
use tegata_domain::session::control::{ChatMessage, FromParticipant, Role};
use tegata_domain::text::ChatText;

/// Most messages that are shown, and their bytes: an answer to a program on the machine has 64 KiB.
const MOST_SHOWN: usize = 50;
const MOST_BYTES: usize = 24 * 1024;
/// Most messages that wait for a connection.
const MOST_UNSAID: usize = 20;

/// The conversation, as far as the machine knows it.
#[derive(Debug, Default)]
pub(super) struct Talk {
    /// The number of the last message that is known.
    last: i64,
    shown: VecDeque<ShownMessage>,
    /// What was written here and the session has not said yet.
    unsaid: Vec<(CommandId, ChatText)>,
}

impl Talk {
    /// Takes a message that has come. Returns whether it is the next one; one that is known is dropped.
    fn take(&mut self, message: &ChatMessage) -> bool {
        self.unsaid.retain(|(id, _)| *id != message.id);
        if message.number != self.last.saturating_add(1) {
            return false;
        }
        self.last = message.number;
        self.shown.push_back(ShownMessage {
            number: message.number,
            by: (message.role != Role::Agent).then(|| message.name.clone()),
            at: u64::try_from(message.at.0).unwrap_or_default(),
            text: message.text.as_str().to_owned(),
        });
        while self.shown.len() > MOST_SHOWN || self.bytes() > MOST_BYTES {
            self.shown.pop_front();
        }
        true
    }

    fn bytes(&self) -> usize {
        let of = |message: &ShownMessage| {
            message
                .text
                .len()
                .saturating_add(message.by.as_ref().map_or(0, String::len))
        };
        self.shown.iter().map(of).sum()
    }

    /// Whether messages up to `last` are still missing.
    const fn lacks(&self, last: i64) -> bool {
        self.last < last
    }
}

impl Session {
    /// After a connection: asks for what was written meanwhile, and says what was not said.
    pub(super) fn catch_up(&mut self, line: &mut Line, last: i64) {
        if self.talk.lacks(last) {
            line.say(&FromParticipant::Chats { after: self.talk.last });
        }
        for (id, text) in self.talk.unsaid.clone() {
            line.say(&FromParticipant::Chat { id, text });
        }
    }

    /// Somebody has written something.
    pub(super) fn wrote(&mut self, line: &mut Line, message: ChatMessage) {
        if !self.talk.take(&message) && self.talk.lacks(message.number) {
            line.say(&FromParticipant::Chats { after: self.talk.last });
        }
        self.show_talk();
    }

    /// What was asked for.
    pub(super) fn caught_up(&mut self, line: &mut Line, messages: Vec<ChatMessage>, last: i64) {
        let before = self.talk.last;
        for message in messages {
            self.talk.take(&message);
        }
        // Without a step forward, asking again would bring the same.
        if self.talk.lacks(last) && self.talk.last > before {
            line.say(&FromParticipant::Chats { after: self.talk.last });
        }
        self.show_talk();
    }

    /// Somebody at the machine writes something.
    pub(super) fn write(&mut self, line: &mut Line, id: CommandId, text: ChatText) {
        if self.talk.unsaid.len() < MOST_UNSAID {
            self.talk.unsaid.push((id.clone(), text.clone()));
            // Before the welcome it waits for that, and is said with what was not said before.
            if line.welcomed {
                line.say(&FromParticipant::Chat { id, text });
            }
        }
    }

    fn show_talk(&self) {
        let shown = self.talk.shown.iter().cloned().collect();
        self.agent.assistance().talk(&self.order.launch, shown);
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_BYTES, MOST_SHOWN, Talk};
    use tegata_domain::session::control::ChatMessage;

    fn message(number: i64, text: &str) -> ChatMessage {
        let json = serde_json::json!({
            "number": number, "id": "AAECAwQFBgcICQoLDA0ODw", "by": 2, "role": "desk", "name": "鈴木 一郎",
            "at": 1_795_000_000, "text": text,
        });
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn each_message_is_taken_once_and_in_order() {
        let mut talk = Talk::default();
        assert!(talk.take(&message(1, "one")));
        assert!(!talk.take(&message(1, "one")));
        assert!(!talk.take(&message(3, "three")), "the second is missing");
        assert!(talk.lacks(3));
        assert!(talk.take(&message(2, "two")));
        assert!(talk.take(&message(3, "three")));
        let numbers: Vec<i64> = talk.shown.iter().map(|shown| shown.number).collect();
        assert_eq!(numbers, [1, 2, 3]);
    }

    #[test]
    fn what_is_shown_has_bounds() {
        let mut talk = Talk::default();
        for number in 1..=200 {
            talk.take(&message(number, "short"));
        }
        assert_eq!(talk.shown.len(), MOST_SHOWN);
        for number in 201..=300 {
            talk.take(&message(number, &"漢".repeat(2_000)));
        }
        assert!(talk.bytes() <= MOST_BYTES && talk.shown.back().unwrap().number == 300);
    }
}
