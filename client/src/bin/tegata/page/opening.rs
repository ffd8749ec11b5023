//! Opens a local page in the person's browser and serves it until they close it, a signal arrives, or nobody uses it any
//! more.

use crate::exit;
use crate::failure::Failure;
use crate::output::Output;
use crate::page::session::Session;
use axum::Router;
use serde_json::json;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tegata_client::data_dir::DataDir;
use tegata_client::local::launch::LaunchFile;
use tegata_client::local::server::{LocalServer, Shell};

/// The program ends when no page has asked for anything for this long. A page that waits asks every few seconds.
const IDLE: Duration = Duration::from_secs(8 * 60 * 60);

/// How the page is to be opened.
pub(crate) struct Opening<'a> {
    /// The port, any free one if `None`.
    pub(crate) port: Option<u16>,
    /// Whether only to print the URL.
    pub(crate) no_browser: bool,
    /// Where the file for the browser goes.
    pub(crate) folder: &'a DataDir,
    /// What to say when the browser has been opened, as a key.
    pub(crate) opened: &'static str,
    /// What precedes the URL, as a key.
    pub(crate) open_here: &'static str,
}

/// Serves `pages` beside `work`, which never ends by itself.
pub(crate) async fn serve(
    opening: &Opening<'_>,
    pages: Router,
    shell: Arc<dyn Shell>,
    session: &Session,
    work: impl Future<Output = ()>,
    output: &Output,
) -> Result<(), Failure> {
    let failed = |error| Failure::from_error(error, &output.texts);
    let port = opening.port.unwrap_or(0);
    let server = LocalServer::bind(port).await.map_err(|error| {
        let args = [("port", port.to_string().into()), ("detail", error.to_string().into())];
        Failure::new(exit::GENERAL, "port", output.texts.with("local-port", args))
    })?;
    let door = server.door();
    let url = door.one_time_url().unwrap_or_default();
    let mut launched = (!opening.no_browser)
        .then(|| LaunchFile::write(opening.folder, &format!("open-{}", std::process::id()), &url))
        .transpose()
        .map_err(failed)?;
    announce(opening, launched.as_ref(), &url, output)?;
    let mut work = pin!(async {
        tokio::select! {
            () = server.serve(pages, shell, IDLE, stopped(session)) => {}
            () = work => {}
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
    Ok(())
}

/// Prints the URL, and opens it in the browser unless the person does not want that.
fn announce(opening: &Opening<'_>, launched: Option<&LaunchFile>, url: &str, output: &Output) -> Result<(), Failure> {
    match launched.map(LaunchFile::open) {
        Some(Ok(())) => output.note(&output.texts.get(opening.opened)),
        Some(Err(_)) => output.note(&output.texts.get("local-no-browser")),
        None => {}
    }
    let text = output.texts.with(opening.open_here, [("url", url.to_owned().into())]);
    output.result(&text, &json!({"url": url}))
}

/// Resolves when the person closes the program on its page, presses Ctrl-C, or the system ends it.
async fn stopped(session: &Session) {
    tokio::select! {
        () = session.closed() => {}
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
