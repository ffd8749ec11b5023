//! A delivered mail, and how its reader extracts links and codes.

use tegata_domain::outbox::OutboxRow;
use tegata_objects::hosted::MailToSend;

use crate::support::world::EDGE;

pub struct Mail {
    pub kind: &'static str,
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
}

impl Mail {
    pub fn new(row: &OutboxRow, mail: MailToSend) -> Self {
        Self {
            kind: row.message.kind(),
            to: mail.to.address.to_string(),
            subject: mail.mail.subject,
            text: mail.mail.text,
            html: mail.mail.html,
        }
    }

    /// The token of the link, which has a line of its own.
    pub fn link(&self) -> String {
        let token = |line: &str| {
            let path = line.strip_prefix(EDGE)?;
            path.strip_prefix("/a/")
                .or_else(|| path.strip_prefix("/c/"))
                .map(str::to_owned)
        };
        self.text
            .lines()
            .find_map(token)
            .expect("the mail has a link on a line of its own")
    }

    /// The code or password, which has a line of its own.
    pub fn secret(&self) -> String {
        let is_code = |line: &&str| {
            line.contains('-')
                && line
                    .split('-')
                    .all(|group| group.len() == 5 && group.bytes().all(|b| b.is_ascii_alphanumeric()))
        };
        self.text
            .lines()
            .find(is_code)
            .expect("the mail has a code on a line of its own")
            .to_owned()
    }
}

/// The kind and recipient of each mail.
pub fn sent(mails: &[Mail]) -> Vec<(&str, &str)> {
    mails.iter().map(|mail| (mail.kind, mail.to.as_str())).collect()
}
