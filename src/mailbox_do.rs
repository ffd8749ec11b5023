//! The dev mailbox object: stores captured mails and shows them as a page and as JSON. Excluded from production builds.
//!
//! - `POST /capture`: stores a [`CapturedMail`]; only the dev transport calls it, it is not routed from outside. 204.
//! - `GET /dev/mailbox`: the list; `?id=` one mail. 200, 404.
//! - `GET /dev/mailbox.json`: all mails, newest first. 200.
//! - `DELETE /dev/mailbox.json`: empties the mailbox. 204.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat};
use serde::{Deserialize, Serialize};
use tegata_domain::wire::json;
use worker::{DurableObject, Env, Headers, Method, Request, Response, Result, SqlStorage, State, durable_object};

use crate::delivery::mail::dev::CapturedMail;
use crate::delivery::mail::mailbox_page::{self, ListedMail};

/// Maximum number of mails; the oldest are deleted, so that a long test run does not fill the disk.
const CAPACITY: i64 = 1000;

/// AUTOINCREMENT: the id of a deleted mail is never reused.
const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS mails (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id TEXT NOT NULL UNIQUE,
    captured TEXT NOT NULL,
    deliveries INTEGER NOT NULL DEFAULT 1
)";

/// The mailbox; there is only one, named `dev`.
#[durable_object(fetch)]
pub struct Mailbox {
    state: State,
}

#[derive(Deserialize)]
struct Row {
    seq: i64,
    captured: String,
    deliveries: u32,
}

#[derive(Serialize)]
struct MailJson<'a> {
    id: &'a str,
    date: &'a str,
    from: &'a str,
    from_name: &'a str,
    to: &'a str,
    to_name: &'a str,
    subject: &'a str,
    headers: &'a BTreeMap<String, String>,
    text: &'a str,
    html: &'a str,
    /// The whole message (RFC 5322).
    #[serde(skip_serializing_if = "str::is_empty")]
    message: &'a str,
    message_id: &'a str,
    deliveries: u32,
}

impl DurableObject for Mailbox {
    fn new(state: State, _env: Env) -> Self {
        Self { state }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let sql = self.state.storage().sql();
        sql.exec(SCHEMA, None)?;
        match (request.path().as_str(), request.method()) {
            ("/capture", Method::Post) => {
                let mail: CapturedMail = serde_json::from_slice(&request.bytes().await?)?;
                capture(&sql, &mail)?;
                Ok(Response::empty()?.with_status(204))
            }
            ("/dev/mailbox", Method::Get | Method::Head) => {
                let id = request
                    .url()?
                    .query_pairs()
                    .find(|(name, _)| name == "id")
                    .map(|(_, id)| id.into_owned());
                match id {
                    None => html(&mailbox_page::list(&all(&sql)?), 200),
                    Some(id) => match one(&sql, &id)? {
                        Some(listed) => html(&mailbox_page::reading(&listed), 200),
                        None => html(&mailbox_page::not_found(), 404),
                    },
                }
            }
            ("/dev/mailbox.json", Method::Get | Method::Head) => {
                let mails = all(&sql)?;
                let mails: Vec<MailJson<'_>> = mails.iter().map(mail_json).collect();
                let response = Response::from_json(&mails)?;
                response.headers().set("Cache-Control", "no-store")?;
                Ok(response)
            }
            ("/dev/mailbox.json", Method::Delete) => {
                sql.exec("DELETE FROM mails", None)?;
                Ok(Response::empty()?.with_status(204))
            }
            ("/capture" | "/dev/mailbox" | "/dev/mailbox.json", _) => Response::error("method not allowed", 405),
            _ => Response::error("not found", 404),
        }
    }
}

/// Stores a mail once: a repeated delivery with the same message id is only counted.
fn capture(sql: &SqlStorage, mail: &CapturedMail) -> Result<()> {
    let captured = serde_json::to_string(mail)?;
    sql.exec(
        "INSERT INTO mails (message_id, captured) VALUES (?, ?)
         ON CONFLICT (message_id) DO UPDATE SET deliveries = deliveries + 1",
        vec![mail.message_id.as_str().into(), captured.into()],
    )?;
    sql.exec(
        "DELETE FROM mails WHERE seq <= (SELECT max(seq) FROM mails) - ?",
        vec![CAPACITY.into()],
    )?;
    Ok(())
}

fn all(sql: &SqlStorage) -> Result<Vec<ListedMail>> {
    let rows: Vec<Row> = sql
        .exec("SELECT seq, captured, deliveries FROM mails ORDER BY seq DESC", None)?
        .to_array()?;
    rows.into_iter().map(listed).collect()
}

fn one(sql: &SqlStorage, id: &str) -> Result<Option<ListedMail>> {
    let Ok(seq) = id.parse::<i32>() else { return Ok(None) };
    let rows: Vec<Row> = sql
        .exec(
            "SELECT seq, captured, deliveries FROM mails WHERE seq = ?",
            vec![seq.into()],
        )?
        .to_array()?;
    rows.into_iter().next().map(listed).transpose()
}

fn listed(row: Row) -> Result<ListedMail> {
    let mail: CapturedMail = json::read(&row.captured)?;
    let date = DateTime::from_timestamp(mail.date_unix, 0).unwrap_or_default();
    Ok(ListedMail {
        id: row.seq.to_string(),
        date: date.to_rfc3339_opts(SecondsFormat::Secs, true),
        deliveries: row.deliveries,
        mail,
    })
}

fn mail_json(listed: &ListedMail) -> MailJson<'_> {
    let ListedMail {
        id,
        date,
        deliveries,
        mail,
    } = listed;
    MailJson {
        id,
        date,
        from: &mail.from,
        from_name: &mail.from_name,
        to: &mail.to,
        to_name: &mail.to_name,
        subject: &mail.subject,
        headers: &mail.headers,
        text: &mail.text,
        html: &mail.html,
        message: &mail.message,
        message_id: &mail.message_id,
        deliveries: *deliveries,
    }
}

fn html(page: &str, status: u16) -> Result<Response> {
    let headers = Headers::new();
    headers.set("Content-Type", "text/html; charset=utf-8")?;
    headers.set("Content-Security-Policy", mailbox_page::CONTENT_SECURITY_POLICY)?;
    // Mails carry links that act as credentials: no cache may keep them and no other site may learn of them.
    headers.set("Cache-Control", "no-store")?;
    headers.set("Referrer-Policy", "no-referrer")?;
    headers.set("X-Content-Type-Options", "nosniff")?;
    Ok(Response::from_bytes(page.as_bytes().to_vec())?
        .with_status(status)
        .with_headers(headers))
}
