//! Filters for the audit log.

use serde::{Deserialize, Serialize};

use crate::audit::AuditEntry;
use crate::error::FieldError;
use crate::time::UnixSeconds;

/// Longest filter value, in bytes: no actor, object or action is longer.
const MAX: usize = 320;

/// Filter by actor: a kind such as `approver`, or an ID.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "String", into = "String")]
pub struct ActorFilter(String);

/// Filter by object: one object such as `device/{id}`, or a kind such as `device/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "String", into = "String")]
pub struct ObjectFilter(String);

/// Filter by action: one action such as `approval.decide`, or a prefix such as `approval.`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "String", into = "String")]
pub struct ActionFilter(String);

macro_rules! text_filter {
    ($($name:ident)*) => {
        $(
            impl TryFrom<String> for $name {
                type Error = FieldError;

                fn try_from(text: String) -> Result<Self, FieldError> {
                    Self::parse(&text)
                }
            }

            impl From<$name> for String {
                fn from(filter: $name) -> Self {
                    filter.0
                }
            }

            impl $name {
                /// The filter as given.
                #[must_use]
                pub fn as_str(&self) -> &str {
                    &self.0
                }
            }
        )*
    };
}

text_filter! { ActorFilter ObjectFilter ActionFilter }

fn bounded(field: &str, text: &str) -> Result<String, FieldError> {
    if (1..=MAX).contains(&text.len()) {
        return Ok(text.to_owned());
    }
    Err(FieldError::new(field, "must be 1 to 320 bytes long"))
}

impl ActorFilter {
    /// Parses a kind or an ID.
    ///
    /// # Errors
    /// [`FieldError`] `actor` when it is empty or too long.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        bounded("actor", text).map(Self)
    }
}

impl ObjectFilter {
    /// Parses an object, or a kind with a trailing slash.
    ///
    /// # Errors
    /// [`FieldError`] `object` when it is neither, or too long.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let filter = bounded("object", text).map(Self)?;
        let slash = text.find('/');
        if slash.is_none_or(|at| at == 0) || (text.ends_with('/') && filter.kind().is_none()) {
            let detail = "must be an object such as device/AbC, or a kind such as device/";
            return Err(FieldError::new("object", detail));
        }
        Ok(filter)
    }

    /// The kind with its slash, if the filter accepts every object of a kind.
    #[must_use]
    pub fn kind(&self) -> Option<&str> {
        (self.0.find('/')?.saturating_add(1) == self.0.len()).then_some(&self.0)
    }

    /// Whether the filter accepts `object`.
    #[must_use]
    pub fn matches(&self, object: &str) -> bool {
        object == self.0 || self.kind().is_some_and(|kind| object.starts_with(kind))
    }
}

impl ActionFilter {
    /// Parses an action, or a prefix with a trailing dot.
    ///
    /// # Errors
    /// [`FieldError`] `action` when it contains anything but lowercase letters, digits, `_` and dots, when it begins
    /// with a dot, and when it is empty or too long.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let filter = bounded("action", text).map(Self)?;
        let spelt = text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._".contains(&byte));
        if !spelt || text.starts_with('.') {
            let detail = "must be an action such as approval.decide, or a prefix such as approval.";
            return Err(FieldError::new("action", detail));
        }
        Ok(filter)
    }

    /// Whether the filter accepts `action`.
    #[must_use]
    pub fn matches(&self, action: &str) -> bool {
        action == self.0 || (self.0.ends_with('.') && action.starts_with(&self.0))
    }
}

/// Conditions that an entry must meet; an absent condition accepts every entry.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AuditFilter {
    /// Actor.
    pub actor: Option<ActorFilter>,
    /// Object acted upon.
    pub object: Option<ObjectFilter>,
    /// Action.
    pub action: Option<ActionFilter>,
    /// Start of the period, inclusive.
    pub from: Option<UnixSeconds>,
    /// End of the period, exclusive.
    pub to: Option<UnixSeconds>,
}

impl AuditFilter {
    /// Whether `entry` meets every condition. The store evaluates the same conditions through its indexes.
    #[must_use]
    pub fn matches(&self, entry: &AuditEntry) -> bool {
        let act = &entry.act;
        let actor = |filter: &ActorFilter| {
            act.actor.kind == filter.0 || act.actor.id.as_deref().is_some_and(|id| id == filter.0)
        };
        self.actor.as_ref().is_none_or(actor)
            && self.object.as_ref().is_none_or(|filter| filter.matches(&act.object))
            && self.action.as_ref().is_none_or(|filter| filter.matches(&act.action))
            && self.from.is_none_or(|from| entry.at >= from)
            && self.to.is_none_or(|to| entry.at < to)
    }
}

#[cfg(test)]
mod tests {
    use super::{ActionFilter, ActorFilter, ObjectFilter};

    #[test]
    fn an_object_is_one_or_all_of_a_kind() {
        for bad in ["", "device", "/", "/x", "device/x/", &"a/".repeat(200)] {
            assert_eq!(ObjectFilter::parse(bad).unwrap_err().field, "object", "{bad}");
        }
        let one = ObjectFilter::parse("device/AbC").unwrap();
        assert!(one.matches("device/AbC") && !one.matches("device/AbCd") && one.kind().is_none());
        let all = ObjectFilter::parse("device/").unwrap();
        assert!(all.matches("device/AbC") && !all.matches("devices/AbC"));
    }

    #[test]
    fn an_action_is_one_or_all_that_begin_alike() {
        for bad in ["", ".", ".decide", "approval decide", "approval%", "Approval.decide"] {
            assert_eq!(ActionFilter::parse(bad).unwrap_err().field, "action", "{bad}");
        }
        let one = ActionFilter::parse("registration.code").unwrap();
        assert!(one.matches("registration.code") && !one.matches("registration.code.page"));
        let all = ActionFilter::parse("registration.code.").unwrap();
        assert!(all.matches("registration.code.page") && !all.matches("registration.code"));
    }

    #[test]
    fn an_actor_is_any_text_that_could_be_one() {
        assert!(ActorFilter::parse("taro@aozora.example").is_ok());
        assert!(ActorFilter::parse("").is_err() && ActorFilter::parse(&"a".repeat(321)).is_err());
    }
}
