//! `tegata agent open`: the agent as a page on loopback, for people at the machine who use no terminal. The program runs
//! as the person who started it and reaches the agent by its socket, so that it works beside a service, and can say that
//! the service is not running.
//!
//! Here are the start and the routes. `panel` is what all its pages share, and each page has a file of its own.

mod about;
mod chat;
pub(crate) mod fault;
mod home;
mod light;
mod panel;
mod remote_service;
mod section;
mod starting;
mod support;

use crate::args::agent::OpenArgs;
use crate::exit;
use crate::failure::Failure;
use crate::output::Output;
use crate::page::frame::to;
use crate::page::opening::{self, Opening};
use crate::texts::Languages;
use axum::Router;
use axum::routing::{MethodRouter, get, post};
use panel::Panel;
use std::future::pending;
use std::sync::Arc;
use tegata_client::data_dir::DataDir;

/// Opens the page and serves it until the person closes it, a signal arrives, or nobody uses it any more. `data_dir` is
/// the agent's.
pub(crate) async fn run(
    args: &OpenArgs,
    data_dir: DataDir,
    languages: &Languages,
    output: &Output,
) -> Result<u8, Failure> {
    let failed = |error| Failure::from_error(error, &output.texts);
    // The agent's directory may be another user's.
    let folder = DataDir::default_for_page().map_err(failed)?;
    let language = languages
        .option
        .or(folder.load_preferences().language)
        .or(languages.environment);
    let panel = Arc::new(Panel::new(data_dir, folder.clone(), language, output.zone.clone()));
    let opening = Opening {
        port: args.port,
        no_browser: args.no_browser,
        folder: &folder,
        opened: "machine-opened",
        open_here: "machine-open-here",
    };
    let shell = Arc::clone(&panel) as _;
    opening::serve(&opening, pages(&panel), shell, &panel.session, pending(), output).await?;
    Ok(exit::OK)
}

/// A form without a page of its own: loading its address again leads to the page that it is on.
fn form(router: MethodRouter<Arc<Panel>>, page: &'static str) -> MethodRouter<Arc<Panel>> {
    router.get(move || async move { to(page) })
}

/// Every page. No GET changes anything.
fn pages(panel: &Arc<Panel>) -> Router {
    Router::new()
        .route("/", get(home::show))
        .route("/service", get(remote_service::show).post(remote_service::switch))
        .route("/identify", form(post(remote_service::identify), remote_service::HERE))
        .route("/enrol", form(post(remote_service::enrol), remote_service::HERE))
        .route("/proxy", form(post(remote_service::choose_proxy), remote_service::HERE))
        .route("/adopt", form(post(remote_service::adopt_proxy), remote_service::HERE))
        .route(
            "/assistance",
            form(post(remote_service::switch_assistance), remote_service::HERE),
        )
        .route("/test", form(post(remote_service::test), remote_service::HERE))
        .route("/start", form(post(home::start), "./"))
        .route("/support", get(support::show).post(support::start))
        .route("/support-end", form(post(support::end), support::HERE))
        .route("/support-file", form(post(support::decide), support::HERE))
        .route("/chat", get(chat::show).post(chat::send))
        .route("/about", get(about::show))
        .route("/language", form(post(panel::choose_language), "./"))
        .route("/state", get(panel::state))
        .route("/quit", form(post(panel::quit), "./"))
        .with_state(Arc::clone(panel))
}
