//! The dev mailbox, which receives the mails of the measured paths.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use tokio::time::sleep;

use crate::{
    edge::Edge,
    http1::{Connection, request},
};

const LIMIT: Duration = Duration::from_secs(60);

/// The members of a captured mail that the benchmark reads.
#[derive(Debug, Deserialize)]
pub struct Mail {
    /// The recipient's address.
    pub to: String,
    /// The plain text.
    pub text: String,
}

impl Mail {
    /// The path of its approval link.
    pub fn approval_path(&self) -> Option<&str> {
        self.text.lines().find_map(|line| {
            let at = line.find("/a/")?;
            line.get(at..)?.split([' ', '?', '>']).next()
        })
    }

    /// Its activation code, which is alone on a line: `XXXXX-XXXXX`.
    pub fn activation_code(&self) -> Option<&str> {
        let upper = |text: &str| {
            text.len() == 5
                && text
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
        };
        let is_code = |line: &&str| {
            line.split_once('-')
                .is_some_and(|(left, right)| upper(left) && upper(right))
        };
        self.text.lines().map(str::trim).find(is_code)
    }
}

/// Empties the mailbox.
pub async fn empty(edge: &Edge) -> Result<()> {
    let request = request("DELETE", &edge.host(), "/dev/mailbox.json", &[], "");
    let reply = Connection::open(edge.port()).await?.exchange(&request).await?;
    if reply.status != 204 {
        bail!("the mailbox returned {}", reply.status);
    }
    Ok(())
}

/// Waits until `count` mails satisfy `wanted`, checking every `pause`.
pub async fn wait(edge: &Edge, count: usize, pause: Duration, wanted: impl Fn(&Mail) -> bool) -> Result<Vec<Mail>> {
    let request = request("GET", &edge.host(), "/dev/mailbox.json", &[], "");
    let deadline = xtask::process::now() + LIMIT;
    loop {
        let reply = Connection::open(edge.port()).await?.exchange(&request).await?;
        let mut mails: Vec<Mail> = serde_json::from_slice(&reply.body).context("reading the mailbox")?;
        mails.retain(&wanted);
        if mails.len() >= count {
            return Ok(mails);
        }
        if xtask::process::now() > deadline {
            bail!("{} of {count} mails arrived within {LIMIT:?}", mails.len());
        }
        sleep(pause).await;
    }
}
