//! The pages of attended sessions: the one behind a link, a frame for its script, and the one where ID and password are
//! typed, which works without.

use askama::Template;
use serde_json::json;
use tegata_domain::attended::page::AttendedPage;
use tegata_domain::session::Ability;

use super::{Frame, Page};

/// The page behind a link. The script reads everything that it shows from the element `join`.
#[derive(Debug, Template)]
#[template(path = "join.html")]
pub struct JoinPage<'a> {
    /// The common part of every page.
    pub frame: Frame<'a>,
    /// The customer's slug.
    pub slug: &'a str,
    /// What the customer's tenant tells about the session.
    pub view: &'a AttendedPage,
}

impl JoinPage<'_> {
    /// The provider's contact lines, as JSON.
    fn contact(&self) -> String {
        json!(self.frame.contact()).to_string()
    }

    fn abilities(&self) -> String {
        Ability::ATTENDED.map(Ability::name).join(" ")
    }

    /// The session's state, or that the tenant is suspended.
    const fn state(&self) -> &'static str {
        match self.view.suspended {
            true => "suspended",
            false => self.view.state.name(),
        }
    }
}

impl Page for JoinPage<'_> {
    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn heading(&self) -> String {
        self.t("page-join-title")
    }
}

/// Why ID and password led nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KnockError {
    /// They are wrong; nobody is told in what way.
    Wrong,
    /// There were too many tries from this network.
    Often,
    /// The provider or the customer is suspended.
    Suspended,
}

impl KnockError {
    const fn key(self) -> &'static str {
        match self {
            Self::Wrong => "page-knock-wrong",
            Self::Often => "page-knock-often",
            Self::Suspended => "page-knock-suspended",
        }
    }
}

/// The page where ID and password are typed.
#[derive(Debug, Template)]
#[template(path = "knock.html")]
pub struct KnockPage<'a> {
    /// The common part of every page.
    pub frame: Frame<'a>,
    /// The provider's name.
    pub provider_name: &'a str,
    /// The ID typed so far.
    pub number: &'a str,
    /// What was wrong.
    pub error: Option<KnockError>,
}

impl Page for KnockPage<'_> {
    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn heading(&self) -> String {
        self.t("page-knock-title")
    }

    fn failed(&self) -> bool {
        self.error.is_some()
    }
}
