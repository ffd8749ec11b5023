//! The provider's desk (K1).

use crate::appointment::DeskAppointment;
use crate::approval::Outcome;
use crate::attended::DeskAttended;
use crate::calendar_feed::{CalendarFeed, FeedOf, NewCalendarFeed};
use crate::command::SessionVoucher;
use crate::desk::{Customer, DeskDeed, DeskStaff, DeskVoucher};
use crate::enrolment::EnrolmentRequestView;
use crate::id::{ApplicationId, CalendarFeedId, EnrolmentRequestId, EquipmentId, InquiryId, UserId};
use crate::inquiry::DeskInquiry;
use crate::launch::DeskLaunch;
use crate::question::DeskQuestion;
use crate::right::Right;
use crate::session::SessionNumber;
use crate::slug::Slug;
use crate::text::FeedName;
use crate::time::UnixSeconds;
use crate::wire::page::Page;

use super::appointments::AppointmentFilter;
use super::attended::AttendedFilter;
use super::enrolments::EnrolmentFilter;
use super::inquiries::InquiryFilter;
use super::launches::LaunchFilter;
use super::lists::{Order, instant, search};

actions! {
    "Lists the provider's customers"
    Customers -> Page<Customer> {
        /// Search text: prefix of the customer's name or domain.
        #[serde(default, deserialize_with = "search")]
        q: Option<String>,
        /// Sort order; search results are sorted by the matching term instead.
        #[serde(default)]
        sort: CustomerSort,
        /// Cursor from the previous page.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("list_customers", Right::Desk).reading();

    "Lists customers' inquiries"
    Inquiries -> Page<DeskInquiry> {
        /// Filter by state.
        #[serde(default)]
        state: InquiryFilter,
        /// Search text: prefix of a subject, a customer's name or a person's name.
        #[serde(default, deserialize_with = "search")]
        #[cfg_attr(feature = "openapi", schema(max_length = 100))]
        q: Option<String>,
        /// Sort order by time; search results are sorted by the matching term instead.
        #[serde(default)]
        order: Order,
        /// Cursor from the previous page.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("list_desk_inquiries", Right::Desk).reading();

    "Shows an inquiry in the desk's inbox with its assignee"
    Assignment -> DeskInquiry {
        /// The customer's domain.
        customer: Slug,
        /// ID of the inquiry.
        id: InquiryId,
    }
    = Action::new("show_assignment", Right::Desk).reading();

    "Assigns an inquiry to a member of the desk"
    Assign -> DeskInquiry {
        /// The customer's domain.
        customer: Slug,
        /// ID of the inquiry.
        id: InquiryId,
        /// ID of the assignee; null to unassign.
        user: Option<UserId>,
    }
    = Action::new("assign_inquiry", Right::Desk).entering(&["inquiry.assign"]);

    "Lists the questions that the desk has asked its customers"
    Questions -> Page<DeskQuestion> {
        /// Filter by customer.
        #[serde(default)]
        customer: Option<Slug>,
        /// Sort order by time.
        #[serde(default)]
        order: Order,
        /// Cursor from the previous page.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("list_desk_questions", Right::Desk).reading();

    "Lists remote support at the provider's customers"
    Launches -> Page<DeskLaunch> {
        /// Filter by customer.
        #[serde(default)]
        customer: Option<Slug>,
        /// Filter by state.
        #[serde(default)]
        state: LaunchFilter,
        /// Sort order by time of the request.
        #[serde(default)]
        order: Order,
        /// Cursor from the previous page.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("list_desk_launches", Right::Desk).reading();

    "Lists attended sessions at the provider's customers"
    Attended -> Page<DeskAttended> {
        /// Filter by customer.
        #[serde(default)]
        customer: Option<Slug>,
        /// Filter by state.
        #[serde(default)]
        state: AttendedFilter,
        /// Sort order by the time of opening.
        #[serde(default)]
        order: Order,
        /// Cursor from the previous page.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("list_desk_attended", Right::Desk).reading();

    "Lists appointments at the provider's customers by their start"
    Appointments -> Page<DeskAppointment> {
        /// Filter by customer.
        #[serde(default)]
        customer: Option<Slug>,
        /// Filter by the member of the desk's staff who holds them.
        #[serde(default)]
        host: Option<UserId>,
        /// Only those that start at this instant or later.
        #[serde(default, deserialize_with = "instant")]
        from: Option<UnixSeconds>,
        /// Only those that start before this instant.
        #[serde(default, deserialize_with = "instant")]
        to: Option<UnixSeconds>,
        /// Filter by state.
        #[serde(default)]
        state: AppointmentFilter,
        /// Sort order by start.
        #[serde(default)]
        order: Order,
        /// Cursor from the previous page.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("list_desk_appointments", Right::Desk).reading();

    "Lists the calendar feeds of the caller"
    Feeds -> Page<CalendarFeed> {}
    = Action::new("list_calendar_feeds", Right::Desk).reading();

    "Creates a calendar feed, to which calendar programs subscribe"
    /// The address is returned once. Anybody who has it can read the desk's appointments until the feed is revoked.
    CreateFeed -> NewCalendarFeed {
        /// Name, to tell feeds apart.
        name: FeedName,
        /// Whose appointments it has.
        #[serde(default)]
        of: FeedOf,
    }
    = Action::new("create_calendar_feed", Right::Desk).fresh().entering(&["calendar_feed.create"]);

    "Revokes a calendar feed"
    RevokeFeed -> () {
        /// ID of the feed.
        id: CalendarFeedId,
    }
    = Action::new("revoke_calendar_feed", Right::Desk).entering(&["calendar_feed.revoke"]);

    "Lists machines that asked the provider to be enrolled"
    Enrolments -> Page<EnrolmentRequestView> {
        /// Filter by state.
        #[serde(default)]
        state: EnrolmentFilter,
        /// Sort order by time of the request.
        #[serde(default)]
        order: Order,
        /// Cursor from the previous page.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("list_desk_enrolments", Right::Desk).reading();

    "Accepts a machine for a customer's equipment, or refuses it"
    /// The customer's tenant is told, and its log says who accepted. If the equipment has an agent, accepting ends it as
    /// soon as the machine enrols.
    AnswerEnrolment -> EnrolmentRequestView {
        /// ID of the request.
        id: EnrolmentRequestId,
        /// Answer to the request.
        outcome: Outcome,
        /// The customer's domain; required to accept.
        #[serde(default)]
        customer: Option<Slug>,
        /// ID of the customer's equipment; required to accept.
        #[serde(default)]
        equipment: Option<EquipmentId>,
    }
    = Action::new("answer_desk_enrolment", Right::DeskConnect).fresh().entering(&["enrolment.accept", "enrolment.refuse"]);

    "Issues a voucher to execute an approved launch"
    VouchForLaunch -> DeskVoucher {
        /// The customer's domain.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        customer: Slug,
    }
    = Action::new("vouch_for_launch", Right::DeskConnect).fresh().entering(&["launch.execute"]);

    "Lists the members of the desk"
    Staff -> Page<DeskStaff> {}
    = Action::new("list_desk_staff", Right::Desk).reading();

    "Issues a voucher for a desk action that leaves the customer itself unchanged"
    Vouch -> DeskVoucher {
        /// The customer's domain.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        customer: Slug,
        /// Action to vouch for; it must leave the customer itself unchanged.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        deed: DeskDeed,
    }
    = Action::new("vouch_for_desk", Right::Desk).reading();

    "Issues a voucher for a desk action that changes the customer itself"
    VouchForChange -> DeskVoucher {
        /// The customer's domain; the customer need not exist yet.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        customer: Slug,
        /// Action to vouch for.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        deed: DeskDeed,
        /// Application that a new customer answers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(ignore))]
        application: Option<ApplicationId>,
    }
    = Action::new("vouch_for_desk_change", Right::Desk).fresh().entering(DeskDeed::CHANGES);

    "Counts a try to join a remote support session, and issues a voucher for it"
    VouchForSession -> SessionVoucher {
        /// ID of the session.
        number: SessionNumber,
    }
    = Action::new("vouch_for_session", Right::DeskConnect).fresh().entering(&["remote_session.try"]);

    "Forgets the tries that were counted, once a session was joined"
    SettleSessionTry -> () {
        /// ID of the session.
        number: SessionNumber,
    }
    = Action::new("settle_session_try", Right::DeskConnect).entering(&["remote_session.join"]);
}

choices! {
    /// Sort order of customers.
    CustomerSort {
        /// By name.
        #[default]
        Name "name",
        /// Newest first.
        Newest "newest",
    }
}
