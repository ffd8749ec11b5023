//! Mails, read the way their recipients use them.

use serde_json::Value;

/// A received mail.
#[derive(Debug, Clone)]
pub struct Mail {
    /// Address of the recipient.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// Text part.
    pub text: String,
    /// `Message-ID`, without angle brackets.
    pub message_id: String,
    /// Number of deliveries.
    pub deliveries: u64,
    /// All members that the mailbox returns for it.
    pub raw: Value,
}

impl Mail {
    /// Parses a mail of the dev mailbox.
    pub fn captured(mail: &Value) -> Self {
        let text = |name: &str| mail[name].as_str().unwrap_or_default().to_owned();
        Self {
            to: text("to"),
            subject: text("subject"),
            text: text("text"),
            message_id: text("message_id"),
            deliveries: mail["deliveries"].as_u64().unwrap_or_default(),
            raw: mail.clone(),
        }
    }

    /// Whether it asks an approver for a decision.
    pub fn is_question(&self) -> bool {
        self.text.contains("/a/")
    }

    /// The link to the approval page.
    #[track_caller]
    pub fn link(&self) -> String {
        let word = self.text.split_whitespace().find(|word| word.contains("/a/"));
        word.expect("the mail has a link").to_owned()
    }

    /// The first password, if the mail has one.
    pub fn first_password(&self) -> Option<String> {
        let group = |text: &str| text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let is_password = |line: &&str| line.split('-').count() > 2 && line.split('-').all(group);
        self.text.lines().map(str::trim).find(is_password).map(str::to_owned)
    }

    /// The password of a session, if the mail has one.
    pub fn session_password(&self) -> Option<String> {
        let group = |text: &str| {
            text.len() == 4
                && text
                    .bytes()
                    .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        };
        let is_password = |line: &&str| line.split('-').count() == 2 && line.split('-').all(group);
        self.text.lines().map(str::trim).find(is_password).map(str::to_owned)
    }

    /// The activation code, if the mail has one.
    pub fn code(&self) -> Option<String> {
        let is_code = |word: &&str| {
            let fits = |character: char| character.is_ascii_uppercase() || character.is_ascii_digit();
            let groups = word.split_once('-');
            groups.is_some_and(|(a, b)| a.len() == 5 && b.len() == 5 && a.chars().chain(b.chars()).all(fits))
        };
        self.text.split_whitespace().find(is_code).map(str::to_owned)
    }
}
