//! Attended sessions, opened by the desk through the API and joined through their link, by people whose end is a socket of
//! ours.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use tokio::time::sleep;
use xtask::process::now;

use crate::{
    fleet::{CUSTOMER, Caller, Fleet, PROVIDER, success},
    http1::{Connection, request},
    party::Seat,
};

/// How long the session's number may take to be claimed.
const LIMIT: Duration = Duration::from_secs(20);

/// An open session.
pub struct Attended {
    /// The session's ID: nine digits.
    pub number: String,
    /// The password, with which the desk joins.
    pub password: String,
    /// The secret of the link.
    pub token: String,
}

impl Attended {
    /// Opens one.
    pub async fn open(fleet: &Fleet) -> Result<Self> {
        let path = format!("desk/customers/{CUSTOMER}/attended");
        let wanted = json!({"title": "帳票印刷の設定"});
        let opened = fleet.call(Caller::Desk, "POST", &path, &wanted).await?;
        let id = opened["id"].as_str().context("the session has no id")?;
        let path = format!("desk/attended/{CUSTOMER}/{id}");
        let end = now() + LIMIT;
        loop {
            let shown = fleet.call(Caller::Desk, "GET", &path, &Value::Null).await?;
            let given = |name: &str| shown["hand_over"][name].as_str();
            if let (Some(link), Some(number), Some(password)) = (given("link"), given("number"), given("password")) {
                let (_, token) = link.rsplit_once('/').context("a link without a token")?;
                return Ok(Self {
                    number: number.replace(' ', ""),
                    password: password.to_owned(),
                    token: token.to_owned(),
                });
            }
            if now() > end {
                bail!("the session cannot be joined: {shown}");
            }
            sleep(Duration::from_millis(50)).await;
        }
    }

    /// A person at the customer consents. `place` tells where they are: limits apply to each address.
    pub async fn guest(&self, fleet: &Fleet, place: u8) -> Result<Seat> {
        let address = format!("192.0.2.{place}");
        let body = json!({"name": format!("山田 {place}"), "locale": "ja"}).to_string();
        let headers = [
            ("Origin", fleet.origin()),
            ("Content-Type", "application/json"),
            ("cf-connecting-ip", &address),
        ];
        let path = format!("/j/{}/join", self.token);
        let asked = request("POST", fleet.host(), &path, &headers, &body);
        let reply = Connection::open(fleet.port).await?.exchange(&asked).await?;
        let joined = success(&reply, "join")?;
        Ok(seat(fleet, CUSTOMER, &self.number, &joined))
    }

    /// The desk joins, once somebody has consented.
    pub async fn desk(&self, fleet: &Fleet) -> Result<Seat> {
        desk_seat(fleet, &self.number, &self.password).await
    }
}

/// The desk joins a session with its ID and password.
pub async fn desk_seat(fleet: &Fleet, number: &str, password: &str) -> Result<Seat> {
    let typed = json!({"number": number, "password": password});
    let joined = fleet.call(Caller::Desk, "POST", "desk/sessions/join", &typed).await?;
    Ok(seat(fleet, PROVIDER, number, &joined))
}

fn seat(fleet: &Fleet, slug: &str, number: &str, joined: &Value) -> Seat {
    Seat {
        port: fleet.port,
        host: fleet.host().to_owned(),
        origin: fleet.origin().to_owned(),
        path: format!("/t/{slug}/sessions/{number}"),
        ticket: joined["ticket"].as_str().unwrap_or_default().to_owned(),
    }
}
