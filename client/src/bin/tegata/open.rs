//! `tegata viewer open`: the Viewer as a page on loopback, for people who use no terminal. It uses the same library and
//! the same data directory as the other commands, so that either goes on where the other stopped.
//!
//! Here are the start and the end. `window` is what all its pages share, `follow` asks the edge while a request is pending,
//! and each page has a file of its own. `tegata_client::local` keeps everybody else out.

mod active;
mod confirm;
mod data;
mod ended;
mod fault;
mod fields;
mod follow;
mod indent;
mod notice;
mod request;
mod shown;
mod waiting;
mod window;

use crate::args::OpenArgs;
use crate::exit;
use crate::failure::Failure;
use crate::output::Output;
use crate::page::frame::to;
use crate::page::opening::{self, Opening};
use crate::texts::Languages;
use axum::Router;
use axum::routing::{MethodRouter, get, post};
use std::sync::Arc;
use std::time::Duration;
use tegata_client::Error;
use tegata_client::data_dir::DataDir;
use tegata_client::edge::{EdgeUrl, parse_tenant};
use tegata_client::installation::Installation;
use window::{Place, Window};

/// How long a renewal of tokens may still take when the program ends.
const LAST_RENEWAL: Duration = Duration::from_secs(20);

/// Opens the page and serves it until the person closes the Viewer, a signal arrives, or nobody uses it any more.
pub(crate) async fn run(
    args: OpenArgs,
    data_dir: DataDir,
    installation: Installation,
    languages: &Languages,
    output: &Output,
) -> Result<u8, Failure> {
    let failed = |error| Failure::from_error(error, &output.texts);
    let place = place(&args, &installation).map_err(failed)?;
    let language = languages
        .option
        .or(data_dir.load_preferences().language)
        .or(installation.language)
        .or(languages.environment);
    let window = Window::new(data_dir.clone(), place, language, output.zone.clone()).map_err(failed)?;
    let window = Arc::new(window);

    let opening = Opening {
        port: args.port,
        no_browser: args.no_browser,
        folder: &data_dir,
        opened: "viewer-opened",
        open_here: "viewer-open-here",
    };
    let shell = Arc::clone(&window) as _;
    opening::serve(
        &opening,
        pages(&window),
        shell,
        &window.session,
        window.follow(),
        output,
    )
    .await?;
    // Tokens that are being renewed right now are saved before the program ends.
    let _ = tokio::time::timeout(LAST_RENEWAL, data_dir.lock()).await;
    Ok(exit::OK)
}

/// Where this PC registers, as far as it is decided already: by an option or its variable, or by the installer.
fn place(args: &OpenArgs, installation: &Installation) -> Result<Place, Error> {
    let edge = args.edge.as_deref().map(EdgeUrl::parse).transpose()?;
    let tenant = args.tenant.as_deref().map(parse_tenant).transpose()?;
    Ok(Place {
        edge: edge.or_else(|| installation.edge.clone()),
        tenant: tenant.or_else(|| installation.tenant.clone()),
    })
}

/// A form without a page of its own: loading its address again leads to the first page.
fn form(router: MethodRouter<Arc<Window>>) -> MethodRouter<Arc<Window>> {
    router.get(|| async { to("./") })
}

/// Every page. No GET changes anything but the tokens, which reading data may renew.
fn pages(window: &Arc<Window>) -> Router {
    Router::new()
        .route("/", get(window::home))
        .route("/request", get(request::show).post(request::submit))
        .route("/code", form(post(waiting::submit_code)))
        .route("/resend", form(post(waiting::resend)))
        .route("/check", form(post(active::check)))
        .route("/data", get(data::show).post(data::choose))
        .route("/download", get(data::download))
        .route("/forget", get(confirm::show).post(confirm::forget))
        .route("/language", form(post(window::choose_language)))
        .route("/state", get(window::state))
        .route("/quit", form(post(window::quit)))
        .with_state(Arc::clone(window))
}
