//! `tegata viewer open`: the Viewer as a page on loopback, for people who use no terminal. It uses the same library and
//! the same data directory as the other commands, so that either goes on where the other stopped.
//!
//! Here are the start and the end. `window` is what all pages share, `follow` asks the edge while a request is pending,
//! and each page has a file of its own. `tegata_client::local` keeps everybody else out.

mod active;
mod confirm;
mod data;
mod ended;
mod fault;
mod fields;
mod follow;
mod frame;
mod indent;
mod request;
mod shell;
mod shown;
mod waiting;
mod window;

use crate::args::OpenArgs;
use crate::exit;
use crate::failure::Failure;
use crate::output::Output;
use axum::Router;
use axum::routing::{MethodRouter, get, post};
use serde_json::json;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tegata_client::Error;
use tegata_client::data_dir::DataDir;
use tegata_client::edge::{EdgeUrl, parse_tenant};
use tegata_client::installation::Installation;
use tegata_client::local::launch::LaunchFile;
use tegata_client::local::server::LocalServer;
use tegata_client::registration::Locale;
use window::{Place, Window};

/// The program ends when no page has asked for anything for this long. A page that waits asks every few seconds.
const IDLE: Duration = Duration::from_secs(8 * 60 * 60);
/// How long a renewal of tokens may still take when the program ends.
const LAST_RENEWAL: Duration = Duration::from_secs(20);

/// The languages that come before the browser's, most important first.
pub(crate) struct Languages {
    /// From `--language`.
    pub(crate) option: Option<Locale>,
    /// From LC_ALL, LC_MESSAGES and LANG.
    pub(crate) environment: Option<Locale>,
}

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

    let port = args.port.unwrap_or(0);
    let server = LocalServer::bind(port).await.map_err(|error| {
        let args = [("port", port.to_string().into()), ("detail", error.to_string().into())];
        Failure::new(exit::GENERAL, "port", output.texts.with("viewer-port", args))
    })?;
    let door = server.door();
    let url = door.one_time_url().unwrap_or_default();
    let mut launched = (!args.no_browser)
        .then(|| LaunchFile::write(&data_dir, &format!("open-{}", std::process::id()), &url))
        .transpose()
        .map_err(failed)?;
    announce(launched.as_ref(), &url, output)?;

    let follower = Arc::clone(&window);
    let mut work = pin!(async {
        tokio::select! {
            () = server.serve(pages(&window), Arc::clone(&window) as _, IDLE, stopped(&window)) => {}
            () = follower.follow() => {}
        }
    });
    tokio::select! {
        () = work.as_mut() => {}
        () = door.opened() => {
            // The URL is worthless now, and so is the file that leads to it.
            drop(launched.take());
            work.await;
        }
    }
    // Tokens that are being renewed right now are saved before the program ends.
    let _ = tokio::time::timeout(LAST_RENEWAL, data_dir.lock()).await;
    Ok(exit::OK)
}

/// Prints the URL, and opens it in the browser unless the person does not want that.
fn announce(launched: Option<&LaunchFile>, url: &str, output: &Output) -> Result<(), Failure> {
    let opened = launched.map(LaunchFile::open);
    match opened {
        Some(Ok(())) => output.note(&output.texts.get("viewer-opened")),
        Some(Err(_)) => output.note(&output.texts.get("viewer-no-browser")),
        None => {}
    }
    let text = output.texts.with("viewer-open-here", [("url", url.to_owned().into())]);
    output.result(&text, &json!({"url": url}))
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

/// Resolves when the person closes the Viewer on its page, presses Ctrl-C, or the system ends the program.
async fn stopped(window: &Window) {
    tokio::select! {
        () = window.closed() => {}
        () = terminated() => {}
        // Without a handler, the signal ends the program as it does any other.
        Ok(()) = tokio::signal::ctrl_c() => {}
    }
}

#[cfg(unix)]
async fn terminated() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut signal) => {
            signal.recv().await;
        }
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn terminated() {
    std::future::pending().await
}

/// A form without a page of its own: loading its address again leads to the first page.
fn form(router: MethodRouter<Arc<Window>>) -> MethodRouter<Arc<Window>> {
    router.get(|| async { frame::to("./") })
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
