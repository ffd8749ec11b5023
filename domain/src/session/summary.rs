//! What happened in a session, in short: who was in it and when, what was done, which files arrived, how much was
//! written. It is read off the session's record, for the mail after it (Z7) and for people in the consoles.

use serde::{Deserialize, Serialize};

use super::files::Received;
use super::party::Party;
use super::{Ability, DeedOutcome, SessionEvent, SessionReport};
use crate::time::UnixSeconds;

/// Most people, deeds and files that a summary names; the record has all.
const MOST: usize = 20;

/// Something that was done, and how often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// What.
    pub ability: Ability,
    /// How often.
    pub times: u32,
}

/// A file that has arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrived {
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub size: i64,
    /// Who offered it.
    pub from: String,
    /// Who received it.
    pub to: String,
}

/// A session in short.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// When the first person or the machine joined.
    pub began: Option<UnixSeconds>,
    /// When it ended.
    pub ended: Option<UnixSeconds>,
    /// The names of the desk's staff who were in it, in the order in which they came.
    pub desk: Vec<String>,
    /// The names of the people at the customer who were in it.
    pub guests: Vec<String>,
    /// What was done, in the order in which it began.
    pub done: Vec<Done>,
    /// The files that arrived.
    pub files: Vec<Arrived>,
    /// How many messages were written.
    pub messages: u32,
    /// Whether screens of people were shared.
    pub shared: bool,
}

impl Summary {
    /// Adds what is reported next.
    pub fn add(&mut self, report: &SessionReport) {
        match &report.event {
            SessionEvent::AgentJoined => self.began = self.began.or(Some(report.at)),
            SessionEvent::Joined { by } => {
                self.began = self.began.or(Some(report.at));
                let people = match by {
                    Party::Desk(_) => &mut self.desk,
                    Party::Guest(_) => &mut self.guests,
                    Party::Machine(_) => return,
                };
                let name = by.name().to_owned();
                if people.len() < MOST && !people.contains(&name) {
                    people.push(name);
                }
            }
            SessionEvent::Did { ability, outcome, .. } => self.did(*ability, *outcome),
            SessionEvent::Received {
                by,
                from,
                file,
                outcome: Received::Done,
            } if self.files.len() < MOST => self.files.push(Arrived {
                name: file.name.to_string(),
                size: file.size,
                from: from.name().to_owned(),
                to: by.name().to_owned(),
            }),
            SessionEvent::Said { .. } => self.messages = self.messages.saturating_add(1),
            SessionEvent::Sharing { surface: Some(_), .. } => self.shared = true,
            SessionEvent::Ended { .. } => self.ended = Some(report.at),
            _ => {}
        }
    }

    fn did(&mut self, ability: Ability, outcome: DeedOutcome) {
        let nothing = match outcome {
            DeedOutcome::Done | DeedOutcome::Unknown => false,
            DeedOutcome::Refused => true,
            // A program may have run, and failed; a screen was not seen.
            DeedOutcome::Failed => {
                matches!(
                    ability,
                    Ability::ViewScreen | Ability::ControlScreen | Ability::Terminal
                )
            }
        };
        // Looking for a file is no transfer: those that have arrived are named.
        if nothing || ability == Ability::Files {
            return;
        }
        match self.done.iter_mut().find(|done| done.ability == ability) {
            Some(done) => done.times = done.times.saturating_add(1),
            None => self.done.push(Done { ability, times: 1 }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Summary;
    use crate::session::{Ability, SessionReport};
    use crate::time::UnixSeconds;

    #[test]
    fn a_session_in_short() {
        let desk =
            r#"{"provider":"kita-desk","user":"AAECAwQFBgcICQoLDA0ODw","name":"鈴木 一郎","client":"192.0.2.1"}"#;
        let guest = r#"{"guest":"AAECAwQFBgcICQoLDA0ODw","name":"佐藤 花子","client":"192.0.2.2"}"#;
        let file = r#"{"id":"AAECAwQFBgcICQoLDA0ODw","name":"a.log","size":3,"sha256":"HASH"}"#
            .replace("HASH", &"0".repeat(64));
        let events = [
            r#""event":"opened""#.to_owned(),
            format!(r#""event":"joined","by":{guest}"#),
            format!(r#""event":"joined","by":{desk}"#),
            format!(r#""event":"left","by":{desk}"#),
            format!(r#""event":"joined","by":{desk}"#),
            format!(r#""event":"sharing","by":{guest},"surface":"monitor""#),
            format!(r#""event":"said","message":1,"by":{guest},"text":"はい""#),
            format!(r#""event":"did","by":{desk},"ability":"view_screen","detail":null,"outcome":"done""#),
            format!(r#""event":"did","by":{desk},"ability":"view_screen","detail":null,"outcome":"done""#),
            format!(r#""event":"did","by":{desk},"ability":"terminal","detail":null,"outcome":"refused""#),
            format!(r#""event":"did","by":{desk},"ability":"control_screen","detail":null,"outcome":"failed""#),
            format!(r#""event":"did","by":{desk},"ability":"files","detail":"logs/","outcome":"done""#),
            format!(r#""event":"received","by":{desk},"from":{guest},"file":{file},"outcome":"declined""#),
            format!(r#""event":"received","by":{desk},"from":{guest},"file":{file},"outcome":"done""#),
            r#""event":"ended","why":"desk","by":null"#.to_owned(),
        ];
        let mut summary = Summary::default();
        for (number, event) in events.iter().enumerate() {
            let text = format!(r#"{{"number":{},"at":{},{event}}}"#, number + 1, 100 + number);
            let report: SessionReport = serde_json::from_str(&text).unwrap();
            summary.add(&report);
        }
        assert_eq!(
            (summary.began, summary.ended),
            (Some(UnixSeconds(101)), Some(UnixSeconds(114)))
        );
        assert_eq!(
            (summary.desk, summary.guests),
            (vec!["鈴木 一郎".to_owned()], vec!["佐藤 花子".to_owned()])
        );
        let done: Vec<(Ability, u32)> = summary.done.iter().map(|done| (done.ability, done.times)).collect();
        assert_eq!(done, [(Ability::ViewScreen, 2)]);
        assert_eq!((summary.files.len(), summary.messages, summary.shared), (1, 1, true));
        assert_eq!(summary.files[0].from, "佐藤 花子");
    }
}
