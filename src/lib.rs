//! The worker: the only crate that names the platform. Events come in here and are handed to the rooms that know what to
//! do; what the rooms need of the platform is implemented here.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::indexing_slicing,
    clippy::string_slice
)]
// The macros of the platform crate write undocumented exports.
#![allow(missing_docs)]

mod adapter;
mod edge;
mod keyring;
mod keyring_do;
mod mail;
#[cfg(feature = "dev-mailbox")]
mod mailbox_do;
mod platform;
mod settings;
mod sql_storage;
mod tenant_do;

use worker::{Context, Env, Result, event};

#[event(fetch)]
async fn fetch(request: web_sys::Request, env: Env, _: Context) -> Result<web_sys::Response> {
    #[cfg(feature = "dev-mailbox")]
    if request
        .url()
        .splitn(4, '/')
        .nth(3)
        .is_some_and(|path| path.starts_with("dev/mailbox"))
    {
        let mailbox = env.durable_object("MAILBOX")?.get_by_name("dev")?;
        return Ok(mailbox.fetch_with_request(request.into()).await?.into());
    }
    Ok(adapter::serve(request, env).await)
}
