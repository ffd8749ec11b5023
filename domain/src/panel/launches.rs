//! Remote support on the tenant's own equipment, as its administrators see and decide it (K7 to K9).

use crate::approval::Outcome;
use crate::id::{EquipmentId, LaunchId};
use crate::launch::LaunchView;
use crate::locale::Locale;
use crate::right::Right;
use crate::session::SessionReport;
use crate::text::Reason;
use crate::wire::page::Page;

use super::lists::Order;

actions! {
    "Lists remote support on the tenant's equipment"
    List -> Page<LaunchView> {
        /// Filter by state.
        #[serde(default)]
        state: LaunchFilter,
        /// Filter by equipment.
        #[serde(default)]
        equipment: Option<EquipmentId>,
        /// Sort order by time of the request.
        #[serde(default)]
        order: Order,
        /// Cursor from the previous page.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("list_launches", Right::LaunchesRead).reading();

    "Shows remote support with its timeline and its consent statement"
    Show -> LaunchView {
        /// ID of the launch.
        id: LaunchId,
        /// Language of the statement; defaults to the user's own.
        #[serde(default)]
        locale: Option<Locale>,
    }
    = Action::new("show_launch", Right::LaunchesRead).reading();

    "Lists what happened in the session: who was in it, what was done, written, typed and exchanged"
    Record -> Page<SessionReport> {
        /// ID of the launch.
        id: LaunchId,
        /// Cursor from the previous page.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("show_launch_record", Right::LaunchesRead).reading();

    "Returns the signed receipt of the consent to remote support"
    Receipt -> String {
        /// ID of the launch.
        id: LaunchId,
    }
    = Action::new("show_launch_receipt", Right::LaunchesRead).reading();

    "Approves or refuses remote support"
    Answer -> LaunchView {
        /// ID of the launch.
        id: LaunchId,
        /// Answer to the request.
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
    = Action::new("answer_launch", Right::LaunchesDecide).fresh().entering(&["approval.decide", "approval.agree"]);

    "Ends remote support, before or while it runs"
    End -> LaunchView {
        /// ID of the launch.
        id: LaunchId,
    }
    = Action::new("end_launch", Right::LaunchesDecide).entering(&["launch.end"]);
}

choices! {
    /// State filter for lists of remote support.
    LaunchFilter {
        /// What is not over: requests that await an answer, and what was approved, executes or runs.
        Open "open",
        /// All.
        #[default]
        All "all",
    }
}
