//! The provider's desk (K1).

use crate::desk::{Customer, DeskDeed, DeskStaff, DeskVoucher};
use crate::id::{InquiryId, UserId};
use crate::inquiry::DeskInquiry;
use crate::question::DeskQuestion;
use crate::right::Right;
use crate::slug::Slug;
use crate::wire::page::Page;

use super::inquiries::InquiryFilter;
use super::lists::{Order, search};

actions! {
    "The provider's customers"
    Customers -> Page<Customer> {
        /// What the name or the domain begins with.
        #[serde(default, deserialize_with = "search")]
        q: Option<String>,
        /// In which order; where something is searched for, by what was found.
        #[serde(default)]
        sort: CustomerSort,
        /// Where to begin.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("list_customers", Right::Desk).reading();

    "Customers' inquiries"
    Inquiries -> Page<DeskInquiry> {
        /// Which of them.
        #[serde(default)]
        state: InquiryFilter,
        /// What a subject, a customer's name, or a person's, begins with.
        #[serde(default, deserialize_with = "search")]
        #[cfg_attr(feature = "openapi", schema(max_length = 100))]
        q: Option<String>,
        /// The newest or the oldest first; where something is searched for, by what was found.
        #[serde(default)]
        order: Order,
        /// Where to begin.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("list_desk_inquiries", Right::Desk).reading();

    "An inquiry as it stands in the inbox: who takes care of it"
    Assignment -> DeskInquiry {
        /// The customer.
        customer: Slug,
        /// Which inquiry.
        id: InquiryId,
    }
    = Action::new("show_assignment", Right::Desk).reading();

    "Says who takes care of an inquiry"
    Assign -> DeskInquiry {
        /// The customer.
        customer: Slug,
        /// Which inquiry.
        id: InquiryId,
        /// Who; null: nobody.
        user: Option<UserId>,
    }
    = Action::new("assign_inquiry", Right::Desk).entering(&["inquiry.assign"]);

    "Questions that the desk has asked its customers"
    Questions -> Page<DeskQuestion> {
        /// Only those of this customer.
        #[serde(default)]
        customer: Option<Slug>,
        /// The newest or the oldest first.
        #[serde(default)]
        order: Order,
        /// Cursor from the previous page.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("list_desk_questions", Right::Desk).reading();

    "Who is at the desk"
    Staff -> Page<DeskStaff> {}
    = Action::new("list_desk_staff", Right::Desk).reading();

    "Vouches for whoever looks at a customer"
    Vouch -> DeskVoucher {
        /// The customer.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        customer: Slug,
        /// What is done; nothing that changes the customer itself.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        deed: DeskDeed,
    }
    = Action::new("vouch_for_desk", Right::Desk).reading();

    "Vouches for whoever changes a customer"
    VouchForChange -> DeskVoucher {
        /// The customer; it need not exist yet.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        customer: Slug,
        /// What is done.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        deed: DeskDeed,
    }
    = Action::new("vouch_for_desk_change", Right::Desk).fresh().entering(DeskDeed::CHANGES);
}

choices! {
    /// How customers are sorted.
    CustomerSort {
        /// By name.
        #[default]
        Name "name",
        /// The newest first.
        Newest "newest",
    }
}
