//! The provider's questions, as its customer sees them (B12).

use crate::approval::Outcome;
use crate::id::QuestionId;
use crate::locale::Locale;
use crate::question::QuestionView;
use crate::right::Right;
use crate::text::Reason;
use crate::wire::page::Page;

use super::lists::{Order, WaitingFilter};

actions! {
    "The provider's questions"
    List -> Page<QuestionView> {
        /// Which of them.
        #[serde(default)]
        state: WaitingFilter,
        /// The newest or the oldest first; of those that wait, by when they end.
        #[serde(default)]
        order: Order,
        /// Cursor from the previous page.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("list_questions", Right::QuestionsRead).reading();

    "One question, with the text that is consented to"
    Show -> QuestionView {
        /// Which.
        id: QuestionId,
        /// The language of the statement; otherwise one's own.
        #[serde(default)]
        locale: Option<Locale>,
    }
    = Action::new("show_question", Right::QuestionsRead).reading();

    "The signed receipt of the answer to a question"
    Receipt -> String {
        /// Which question.
        id: QuestionId,
    }
    = Action::new("show_question_receipt", Right::QuestionsRead).reading();

    "Approves or refuses a question"
    Answer -> QuestionView {
        /// Which.
        id: QuestionId,
        /// The answer.
        outcome: Outcome,
        /// Whether the confirmation was ticked (B1).
        #[serde(default)]
        confirmed: bool,
        /// Why, where it is refused.
        #[serde(default)]
        reason: Option<Reason>,
        /// The language of the text that was shown; otherwise one's own.
        #[serde(default)]
        locale: Option<Locale>,
    }
    = Action::new("answer_question", Right::QuestionsDecide).fresh().entering(&["approval.decide", "approval.agree"]);
}
