//! The free question (B12): any yes/no question that a provider asks a customer's approvers. This file defines the
//! question, the statement that the approver consents to, and its part of the receipt. An answer is recorded; by itself
//! it grants no access.

use serde::{Deserialize, Serialize};

use crate::approval::{Approval, ApprovalState, Decision};
use crate::email::EmailAddress;
use crate::error::FieldError;
use crate::id::{ApprovalId, QuestionId, UserId};
use crate::inquiry::Body;
use crate::locale::Locale;
use crate::slug::Slug;
use crate::text::{OrganizationName, PersonName, QuestionReference, QuestionTitle, deceives};
use crate::texts::{date_time, text, text_with};
use crate::time::{TimeZone, UnixSeconds};

/// Shortest and longest lifetime of a question, in seconds: one minute to 30 days.
pub const LIFE: core::ops::RangeInclusive<i64> = 60..=30 * 24 * 3600;
/// Default lifetime of a question, in seconds.
pub const USUAL_LIFE: i64 = 3 * 24 * 3600;
/// Maximum number of approvals that can be required.
pub const MOST_REQUIRED: u32 = 5;
/// Maximum length of a question's text, in characters. The mail and the receipt quote it in full.
pub const LONGEST_TEXT: usize = 2_000;

/// A new question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewQuestion {
    /// The title of the question.
    pub title: QuestionTitle,
    /// The question, worded so that "approve" means yes and "refuse" means no. At most 2,000 characters.
    pub text: Body,
    /// The asker's own reference for the matter.
    #[serde(default)]
    pub reference: Option<QuestionReference>,
    /// How long it can be answered, in seconds: 60 to 2,592,000 (30 days). The default is three days.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(minimum = 60, maximum = 2_592_000))]
    pub expires_in: Option<i64>,
    /// How many approvers have to approve: 1 to 5. The default is one. A single refusal always decides.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 5))]
    pub required: Option<u32>,
}

impl NewQuestion {
    /// The lifetime in seconds and the number of required approvals.
    pub fn terms(&self) -> Result<(i64, u32), FieldError> {
        if self.text.as_str().chars().nth(LONGEST_TEXT).is_some() {
            return Err(FieldError::new("text", "must be at most 2,000 characters long"));
        }
        let life = self.expires_in.unwrap_or(USUAL_LIFE);
        if !LIFE.contains(&life) {
            return Err(FieldError::new("expires_in", "must be between 60 seconds and 30 days"));
        }
        // An approver decides by this text, so no character may be invisible or change the order in which it is read.
        if self.text.as_str().split(['\n', '\t']).any(deceives) {
            let detail = "must not contain control characters or invisible characters";
            return Err(FieldError::new("text", detail));
        }
        let required = self.required.unwrap_or(1);
        if !(1..=MOST_REQUIRED).contains(&required) {
            return Err(FieldError::new("required", "must be between 1 and 5"));
        }
        Ok((life, required))
    }
}

/// The asker of a question. The customer sees all of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Asker {
    /// The provider.
    pub provider: Slug,
    /// The provider's name at the time.
    pub provider_name: OrganizationName,
    /// The member of the desk's staff who asks.
    pub user: UserId,
    /// That person's name at the time.
    pub name: PersonName,
    /// That person's mail address at the time.
    pub email: EmailAddress,
}

/// A question as stored by the customer's tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The question's id.
    pub id: QuestionId,
    /// The title of the question.
    pub title: QuestionTitle,
    /// The text of the question.
    pub text: Body,
    /// The asker's own reference for the matter.
    pub reference: Option<QuestionReference>,
    /// The asker.
    pub asked_by: Asker,
    /// Time of asking.
    pub asked_at: UnixSeconds,
    /// The approval that collects the answers.
    pub approval: ApprovalId,
}

/// A question as both sides see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuestionView {
    /// The question's id.
    pub id: QuestionId,
    /// The title of the question.
    pub title: QuestionTitle,
    /// The text of the question.
    pub text: Body,
    /// The asker's own reference for the matter.
    pub reference: Option<QuestionReference>,
    /// The asker.
    pub asked_by: Asker,
    /// The question's state.
    pub state: ApprovalState,
    /// Time of asking.
    pub asked_at: UnixSeconds,
    /// Expiry time; answers are accepted before it.
    pub expires_at: UnixSeconds,
    /// How many approvers have to approve.
    pub required: u32,
    /// The approvals given so far, without the one that settles the question.
    pub agreed: Vec<Decision>,
    /// The answer that settled the question, if there is one.
    pub decision: Option<Decision>,
    /// The statement that the approver consents to; present only where one question is shown to an approver.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<String>,
}

impl QuestionView {
    /// `question` with the current state of its `approval`.
    #[must_use]
    pub fn of(question: Question, approval: &Approval, now: UnixSeconds) -> Self {
        Self {
            id: question.id,
            title: question.title,
            text: question.text,
            reference: question.reference,
            asked_by: question.asked_by,
            state: approval.state(now),
            asked_at: question.asked_at,
            expires_at: approval.expires_at,
            required: approval.required,
            agreed: approval.agreed_decisions(),
            decision: approval.decision.clone(),
            statement: None,
        }
    }

    /// The same view at a later `now`: an open question may have expired in the meantime.
    #[must_use]
    pub fn at(mut self, now: UnixSeconds) -> Self {
        if self.state == ApprovalState::Open && now >= self.expires_at {
            self.state = ApprovalState::Expired;
        }
        self
    }

    /// A measure of the question's progress that only ever grows, for ordering copies.
    fn progress(&self) -> (bool, usize) {
        let closed = self.decision.is_some() || self.state == ApprovalState::Withdrawn;
        (closed, self.agreed.len())
    }
}

/// A customer's question in its provider's list. It is a copy; the customer's tenant decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskQuestion {
    /// The customer.
    pub tenant: Slug,
    /// The customer's name.
    pub tenant_name: OrganizationName,
    /// The question as the customer last reported it.
    pub question: QuestionView,
}

impl DeskQuestion {
    /// Whether it is further along than `known`, because messages may arrive twice or out of order.
    #[must_use]
    pub fn is_newer_than(&self, known: &Self) -> bool {
        self.question.progress() > known.question.progress()
    }
}

/// The statement for a question: plain text, lines separated by `\n`, times in `zone`. The asker's lines are quoted
/// with `> `, so that none of them can be mistaken for one of Tegata's.
#[must_use]
pub fn statement(
    locale: Locale,
    zone: &TimeZone,
    tenant_name: &str,
    question: &Question,
    approval: &Approval,
) -> String {
    let (asker, required) = (&question.asked_by, approval.required.to_string());
    let paragraph = |key| {
        let known = [
            ("tenant", tenant_name),
            ("provider", asker.provider_name.as_str()),
            ("required", &required),
        ];
        text_with(locale, key, &known)
    };
    let line = |key, value: &str| {
        let label = text(locale, key);
        text_with(locale, "common-labelled", &[("label", &label), ("value", value)])
    };
    let mut lines = vec![
        paragraph("statement-question-title"),
        String::new(),
        paragraph("statement-question-asked"),
        String::new(),
        line("statement-question-subject", question.title.as_str()),
        line("statement-question-text", "").trim_end().to_owned(),
    ];
    lines.extend(question.text.as_str().lines().map(|line| format!("> {line}")));
    if let Some(reference) = &question.reference {
        lines.push(line("statement-question-reference", reference.as_str()));
    }
    lines.extend([
        line("statement-question-asker", asker.name.as_str()),
        line("statement-email", asker.email.as_str()),
        line("statement-organization", asker.provider_name.as_str()),
        line(
            "statement-question-requested",
            &date_time(locale, approval.requested_at, zone),
        ),
        line("statement-expires", &date_time(locale, approval.expires_at, zone)),
        String::new(),
        paragraph("statement-question-meaning"),
        String::new(),
    ]);
    if approval.required > 1 {
        lines.extend([paragraph("statement-question-several"), String::new()]);
    }
    lines.push(paragraph("statement-question-checked"));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::{Asker, NewQuestion, Question, statement};
    use crate::approval::{Approval, Subject};
    use crate::email::EmailAddress;
    use crate::id::{ApprovalId, QuestionId, UserId};
    use crate::locale::Locale;
    use crate::random::CountingRandom;
    use crate::slug::Slug;
    use crate::text::{OrganizationName, PersonName};
    use crate::time::{TimeZone, UnixSeconds};

    fn asked(json: &str) -> Result<NewQuestion, String> {
        crate::wire::json::read::<NewQuestion>(json).map_err(|error| error.to_string())
    }

    fn stated(locale: Locale, required: u32) -> String {
        let random = CountingRandom::new(1);
        let new = asked(
            r#"{"title":"夜間の再起動","text":"今夜22時に、5号機のソフトウェアを再起動してもよろしいですか。\n申請者：総務部","reference":"T-1024"}"#,
        )
        .unwrap();
        let id = QuestionId::generate(&random);
        let approval = Approval {
            id: ApprovalId::generate(&random),
            subject: Subject::Question(id.clone()),
            requested_at: UnixSeconds(1_795_230_300),
            expires_at: UnixSeconds(1_795_489_500),
            withdrawn: false,
            required,
            agreed: Vec::new(),
            decision: None,
            receipt: None,
        };
        let question = Question {
            id,
            title: new.title,
            text: new.text,
            reference: new.reference,
            asked_by: Asker {
                provider: Slug::parse("kita-support").unwrap(),
                provider_name: OrganizationName::parse("北サポート株式会社").unwrap(),
                user: UserId::generate(&random),
                name: PersonName::parse("鈴木 一郎").unwrap(),
                email: EmailAddress::parse("ichiro.suzuki@kita-support.example").unwrap(),
            },
            asked_at: UnixSeconds(1_795_230_300),
            approval: approval.id.clone(),
        };
        let zone = TimeZone::parse("Asia/Tokyo").unwrap();
        statement(locale, &zone, "青空精工株式会社", &question, &approval)
    }

    #[test]
    fn its_heading_names_the_provider() {
        for locale in Locale::ALL {
            let stated = stated(locale, 1);
            assert!(
                stated.lines().next().unwrap().contains("北サポート株式会社"),
                "{stated}"
            );
        }
    }

    #[test]
    fn no_line_of_the_asker_reads_as_one_of_ours() {
        for locale in Locale::ALL {
            let stated = stated(locale, 1);
            assert!(stated.contains("\n> 申請者：総務部\n"), "{stated}");
            let (above, _) = stated.split_once("\n> ").unwrap();
            assert!(
                above.ends_with([':', '：']),
                "the text stands below its own label: {stated}"
            );
            assert!(stated.contains("T-1024") && stated.contains("鈴木 一郎"), "{stated}");
        }
    }

    #[test]
    fn that_several_have_to_approve_is_said_where_it_is_so() {
        for locale in Locale::ALL {
            assert!(stated(locale, 2).lines().count() > stated(locale, 1).lines().count());
        }
    }

    #[test]
    fn what_is_out_of_range_is_named() {
        let with = |member: &str| {
            let question = asked(&format!(r#"{{"title":"a","text":"b",{member}}}"#)).unwrap();
            question.terms().map_err(|error| error.field)
        };
        assert_eq!(with(r#""expires_in":60,"required":5"#), Ok((60, 5)));
        for (member, field) in [
            (r#""expires_in":59"#, "expires_in"),
            (r#""expires_in":2592001"#, "expires_in"),
            (r#""required":0"#, "required"),
            (r#""required":6"#, "required"),
        ] {
            assert_eq!(with(member), Err(field.to_owned()), "{member}");
        }
        let long = format!(r#"{{"title":"a","text":"{}"}}"#, "あ".repeat(2_001));
        assert_eq!(asked(&long).unwrap().terms().unwrap_err().field, "text");
        assert!(asked(r#"{"title":"","text":"b"}"#).is_err());
        assert!(asked(r#"{"title":"a","text":"b","life":1}"#).is_err());
    }
}
