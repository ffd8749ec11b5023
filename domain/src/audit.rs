//! The audit log: one entry per state change, written in the same transaction and chained by hash. This file defines
//! the entry; [`chain`] checks the chain, [`head`] signs it, [`filter`] searches it, and [`change`] describes what was
//! changed.

pub mod chain;
pub mod change;
pub mod filter;
pub mod head;

use serde::{Deserialize, Serialize};

use crate::id::{TokenId, UserId};
use crate::jwk::sha256_b64;
use crate::time::UnixSeconds;

/// The actor of an audit entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Actor {
    /// One of `operator`, `requester`, `approver`, `device`, `resource_server`, `account`, `token`, `desk`, `visitor`
    /// and `system`.
    pub kind: String,
    /// The actor's id, if it has one.
    pub id: Option<String>,
    /// The network address the request came from, if known.
    pub address: Option<String>,
}

impl Actor {
    /// An actor of `kind`.
    #[must_use]
    pub fn new(kind: &str, id: Option<&str>, address: Option<&str>) -> Self {
        Self {
            kind: kind.to_owned(),
            id: id.map(str::to_owned),
            address: address.map(str::to_owned),
        }
    }

    /// The user of this tenant who acted, judged by the actor's kind and the exact form of its id. Ids of other kinds
    /// may contain text that strangers chose, such as a mail address with some user's id in it, so they never identify
    /// a user.
    #[must_use]
    pub fn user(&self) -> Option<UserId> {
        let id = self.id.as_deref()?;
        match self.kind.as_str() {
            "account" => UserId::parse(id),
            "token" => with_token(id),
            "approver" => UserId::parse(id).or_else(|| with_token(id)),
            _ => None,
        }
    }
}

/// The user in `{user}/{token}`.
fn with_token(id: &str) -> Option<UserId> {
    let (user, token) = id.split_once('/')?;
    TokenId::parse(token).and(UserId::parse(user))
}

/// The content of an audit entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Act {
    /// The actor.
    pub actor: Actor,
    /// The action, e.g. `approval.decide`.
    pub action: String,
    /// The object of the action, e.g. `registration/{id}`.
    pub object: String,
    /// The outcome, e.g. `approved`.
    pub outcome: String,
    /// The mail address of the requester, if that is not the actor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requester: Option<String>,
    /// The id of the administrator who approved it, if that is not the actor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approver: Option<String>,
}

impl Act {
    /// An act without requester or approver.
    #[must_use]
    pub fn new(actor: Actor, action: &str, object: String, outcome: &str) -> Self {
        Self {
            actor,
            action: action.to_owned(),
            object,
            outcome: outcome.to_owned(),
            requester: None,
            approver: None,
        }
    }

    /// The same act, requested by `requester`.
    #[must_use]
    pub fn asked_by(mut self, requester: &str) -> Self {
        self.requester = Some(requester.to_owned());
        self
    }

    /// The same act, approved by `approver`.
    #[must_use]
    pub fn answered_by(mut self, approver: &str) -> Self {
        self.approver = Some(approver.to_owned());
        self
    }
}

/// One entry as stored and shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEntry {
    /// Sequence number, starting at 1, without gaps.
    pub seq: i64,
    /// Time of the act.
    pub at: UnixSeconds,
    /// The act.
    #[serde(flatten)]
    pub act: Act,
    /// The hash of the previous entry; empty for the first.
    pub previous: String,
    /// SHA-256 over `previous`, a line feed, and the entry's canonical JSON.
    pub hash: String,
}

impl AuditEntry {
    /// The entry that follows `last`, or the first of a chain if `last` is `None`.
    ///
    /// Its time is never earlier than that of `last`. An object that moves between machines meets clocks that differ
    /// slightly; with this rule the log is ordered by time as well as by number, so a binary search finds an instant in
    /// it.
    #[must_use]
    pub fn next(last: Option<&Self>, act: Act, at: UnixSeconds) -> Self {
        let (seq, at, previous) = last.map_or((1, at, String::new()), |last| {
            (last.seq.saturating_add(1), at.max(last.at), last.hash.clone())
        });
        let hash = Self::digest(&previous, seq, at, &act);
        Self {
            seq,
            at,
            act,
            previous,
            hash,
        }
    }

    /// Whether the stored hash matches the entry's content.
    #[must_use]
    pub fn is_intact(&self) -> bool {
        self.hash == Self::digest(&self.previous, self.seq, self.at, &self.act)
    }

    /// The hash of an entry. Requester and approver were added later: an entry without them is hashed as it always was.
    fn digest(previous: &str, seq: i64, at: UnixSeconds, act: &Act) -> String {
        let (actor, action, object, outcome) = (&act.actor, &act.action, &act.object, &act.outcome);
        let canonical = match (&act.requester, &act.approver) {
            (None, None) => {
                serde_json::json!([seq, at, actor.kind, actor.id, actor.address, action, object, outcome])
            }
            (requester, approver) => serde_json::json!([
                seq,
                at,
                actor.kind,
                actor.id,
                actor.address,
                action,
                object,
                outcome,
                requester,
                approver
            ]),
        };
        sha256_b64(format!("{previous}\n{canonical}"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Act, Actor, AuditEntry};
    use crate::time::UnixSeconds;

    fn act() -> Act {
        Act::new(
            Actor::new("approver", Some("u"), None),
            "approval.decide",
            "registration/r".to_owned(),
            "approved",
        )
    }

    #[test]
    fn only_an_actor_of_the_kind_and_form_of_a_user_is_one() {
        let (user, token) = ("AAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAQ");
        for (kind, id, is_user) in [
            ("account", user.to_owned(), true),
            ("approver", user.to_owned(), true),
            ("token", format!("{user}/{token}"), true),
            ("approver", format!("{user}/{token}"), true),
            ("token", user.to_owned(), false),
            ("token", format!("{user}/x"), false),
            ("token", format!("{user}/{token}/{token}"), false),
            ("account", format!("{user}/{token}"), false),
            ("account", format!("{user}@x.example"), false),
            ("requester", user.to_owned(), false),
            ("requester", format!("{user}/{token}"), false),
            ("requester", format!("{user}/x@x.example"), false),
            ("requester", format!("{user}@x.example"), false),
            ("visitor", user.to_owned(), false),
            ("device", user.to_owned(), false),
            ("desk", format!("{user}/{token}"), false),
            ("system", user.to_owned(), false),
        ] {
            let found = Actor::new(kind, Some(&id), None).user();
            assert_eq!(
                found.is_some_and(|found| found.as_str() == user),
                is_user,
                "{kind} {id}"
            );
        }
        assert_eq!(Actor::new("account", None, None).user(), None);
    }

    #[test]
    fn entry_hash_format_unchanged() {
        let entry = AuditEntry::next(None, act(), UnixSeconds(1));
        assert_eq!(
            entry.hash,
            crate::jwk::sha256_b64(
                "\n[1,1,\"approver\",\"u\",null,\"approval.decide\",\"registration/r\",\"approved\"]"
            )
        );
    }

    #[test]
    fn requester_and_approver_are_hashed_and_shown_only_where_they_are() {
        let entry = AuditEntry::next(None, act().asked_by("taro@aozora.example"), UnixSeconds(1));
        let canonical = "\n[1,1,\"approver\",\"u\",null,\"approval.decide\",\"registration/r\",\"approved\",\"taro@aozora.example\",null]";
        assert_eq!(entry.hash, crate::jwk::sha256_b64(canonical));
        let swapped = AuditEntry::next(None, act().answered_by("taro@aozora.example"), UnixSeconds(1));
        assert_ne!(entry.hash, swapped.hash);
        let shown = serde_json::to_string(&entry).unwrap();
        assert!(
            shown.contains("requester") && !shown.contains(r#""approver":"#),
            "{shown}"
        );
        let without = serde_json::to_string(&AuditEntry::next(None, act(), UnixSeconds(1))).unwrap();
        assert!(!without.contains("requester"), "{without}");
    }

    #[test]
    fn time_never_runs_backwards_in_the_log() {
        let first = AuditEntry::next(None, act(), UnixSeconds(10));
        let second = AuditEntry::next(Some(&first), act(), UnixSeconds(9));
        assert_eq!((second.at, second.is_intact()), (UnixSeconds(10), true));
        assert_eq!(
            AuditEntry::next(Some(&second), act(), UnixSeconds(11)).at,
            UnixSeconds(11)
        );
    }

    #[test]
    fn a_changed_entry_is_noticed() {
        let first = AuditEntry::next(None, act(), UnixSeconds(1));
        let mut second = AuditEntry::next(Some(&first), act(), UnixSeconds(2));
        assert!(second.is_intact() && second.previous == first.hash);
        second.act.outcome = "refused".to_owned();
        assert!(!second.is_intact());
    }
}
