//! What every page has: its language, the bar with the language switch, and how it is rendered.

use super::session::Program;
use crate::moment::moment;
use crate::texts::{Arg, Texts};
use askama::Template;
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, HeaderValue, LOCATION};
use axum::http::{Response as HttpResponse, StatusCode};
use axum::response::Response;
use tegata_client::registration::Locale;
use tegata_domain::time::TimeZone;

/// Loads the page again when its state has changed, unless somebody has begun to type. Without it, `noscript` does.
pub(crate) const LIVE_SCRIPT: &str = r#"
const seen = document.body.dataset.state;
setInterval(async () => {
  try {
    const answer = await fetch("state");
    const changed = (one) => one.value !== one.defaultValue || one.checked !== one.defaultChecked;
    const typed = [...document.querySelectorAll("input, textarea")].some(changed);
    if (answer.ok && (await answer.text()) !== seen && !typed) location.replace(document.body.dataset.here);
  } catch {}
}, 3000);
"#;

/// Presses the button of the entrance for the person, but not on a page that a browser only prepares.
pub(crate) const START_SCRIPT: &str = r#"
const go = () => document.visibilityState === "visible" && document.forms[0].requestSubmit();
document.addEventListener("visibilitychange", go, { once: true });
go();
"#;

/// The part that all pages share.
pub(crate) struct Frame<'a> {
    pub(crate) program: &'static Program,
    pub(crate) texts: &'a Texts,
    pub(crate) zone: &'a TimeZone,
    /// The page's path for the language switch; `None` for a page outside the session.
    pub(crate) path: Option<&'static str>,
    /// What the page shows, for the script that watches it.
    pub(crate) state: String,
}

impl Frame<'_> {
    pub(crate) fn locale(&self) -> Locale {
        self.texts.locale
    }
}

/// A page within the common layout.
pub(crate) trait Page: Template {
    fn frame(&self) -> &Frame<'_>;

    /// The page's `h1`, which is also its title.
    fn heading(&self) -> String;

    /// Whether the page says that something did not work; the title then says so first, for screen readers.
    fn failed(&self) -> bool {
        false
    }

    /// Whether the page shows a state that changes by itself.
    fn is_live(&self) -> bool {
        false
    }

    /// Where the page is loaded anew from, relative and of ASCII.
    fn here(&self) -> &'static str {
        "./"
    }

    /// Whether a page that changes by itself may be loaded again without asking whether somebody is typing.
    fn is_read_only(&self) -> bool {
        true
    }

    fn t(&self, key: &str) -> String {
        self.frame().texts.get(key)
    }

    fn with(&self, key: &str, name: &str, value: &str) -> String {
        let args: [Arg<'_>; 1] = [(name, value.to_owned().into())];
        self.frame().texts.with(key, args)
    }

    fn moment(&self, seconds: &u64) -> String {
        moment(*seconds, self.frame().zone, self.frame().texts)
    }

    fn live_script(&self) -> &'static str {
        LIVE_SCRIPT
    }

    fn locales(&self) -> [Locale; 3] {
        Locale::ALL
    }
}

/// Renders a page. Writing into a string cannot fail, and the templates call nothing that can.
pub(crate) fn html(page: &impl Page) -> String {
    page.render().unwrap_or_default()
}

pub(crate) fn render(status: StatusCode, page: &impl Page) -> Response {
    let mut response = HttpResponse::new(Body::from(html(page)));
    *response.status_mut() = status;
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, html);
    response
}

/// Leads on after a form, so that reloading does not send it again. `path` is relative and of ASCII.
pub(crate) fn to(path: &str) -> Response {
    let mut response = HttpResponse::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    let path = HeaderValue::from_str(path).unwrap_or_else(|_| HeaderValue::from_static("./"));
    response.headers_mut().insert(LOCATION, path);
    response
}

/// A page of a heading and a sentence. Both are keys.
#[derive(Template)]
#[template(path = "plain.html")]
pub(crate) struct PlainPage<'a> {
    pub(crate) frame: Frame<'a>,
    pub(crate) title: String,
    pub(crate) body: String,
}

impl Page for PlainPage<'_> {
    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn heading(&self) -> String {
        self.t(&self.title)
    }
}
