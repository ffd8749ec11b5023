//! The provider's questions, as seen by its customer (B12).

use crate::approval::Outcome;
use crate::id::QuestionId;
use crate::locale::Locale;
use crate::question::QuestionView;
use crate::right::Right;
use crate::text::Reason;
use crate::wire::page::Page;

use super::lists::{Order, WaitingFilter};

actions! {
    "Lists the provider's questions"
    List -> Page<QuestionView> {
        /// Filter by state.
        #[serde(default)]
        state: WaitingFilter,
        /// Sort order by time asked, or by expiry for questions that await an answer.
        #[serde(default)]
        order: Order,
        /// Cursor from the previous page.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("list_questions", Right::QuestionsRead).reading();

    "Shows a question with its consent statement"
    Show -> QuestionView {
        /// ID of the question.
        id: QuestionId,
        /// Language of the statement; defaults to the user's own.
        #[serde(default)]
        locale: Option<Locale>,
    }
    = Action::new("show_question", Right::QuestionsRead).reading();

    "Returns the signed receipt of the answer to a question"
    Receipt -> String {
        /// ID of the question.
        id: QuestionId,
    }
    = Action::new("show_question_receipt", Right::QuestionsRead).reading();

    "Approves or refuses a question"
    Answer -> QuestionView {
        /// ID of the question.
        id: QuestionId,
        /// Answer to the question.
        outcome: Outcome,
        /// Whether the confirmation box was ticked (B1).
        #[serde(default)]
        confirmed: bool,
        /// Reason for a refusal.
        #[serde(default)]
        reason: Option<Reason>,
        /// Language in which the statement was shown; defaults to the user's own.
        #[serde(default)]
        locale: Option<Locale>,
    }
    = Action::new("answer_question", Right::QuestionsDecide).fresh().entering(&["approval.decide", "approval.agree"]);
}
