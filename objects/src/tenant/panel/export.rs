//! Exports of lists, written page by page so that a list of any length can be exported.

use serde::Serialize;
use serde_json::{Map, Value};
use tegata_domain::audit::AuditEntry;
use tegata_domain::command::ListAudit;
use tegata_domain::error::Refusal;
use tegata_domain::panel::{
    self, Act,
    export::{Export, ExportFormat, ExportPiece, Exported},
};
use tegata_domain::time::{TimeZone, UnixSeconds};
use tegata_domain::wire::csv;
use tegata_domain::wire::json;
use tegata_domain::wire::page::Page;

use super::visitor::Visitor;
use super::{
    applications, audit, desk, devices, inquiries, mails, organizations, parsed, questions, registrations, users,
};
use crate::context::Context;
use crate::tenant::audit as log;

/// The columns of each list, as JSON pointers into the item without the leading slash. The headings derive from them.
const REGISTRATIONS: &[&str] = &[
    "id",
    "state",
    "name",
    "email",
    "organization",
    "device_name",
    "has_key",
    "outside_mail_domains",
    "requested_at",
    "expires_at",
    "decision/outcome",
    "decision/name",
    "decision/at",
    "decision/reason",
];
const DEVICES: &[&str] = &[
    "id",
    "state",
    "name",
    "email",
    "organization",
    "device_name",
    "approved_at",
    "activated_at",
    "expires_at",
    "revoked_at",
    "last_refresh_at",
    "jkt",
];
const USERS: &[&str] = &[
    "id",
    "display_name",
    "phonetic_name",
    "emails",
    "organization",
    "external_id",
    "account/account",
    "account/role",
    "account/organization",
    "account/support_option",
    "account/state",
    "account/last_login_at",
    "created_at",
    "updated_at",
];
const AUDIT: &[&str] = &[
    "seq",
    "at",
    "actor/kind",
    "actor/id",
    "actor/address",
    "action",
    "object",
    "outcome",
    "requester",
    "approver",
    "previous",
    "hash",
];
const ORGANIZATIONS: &[&str] = &["id", "name", "parent", "created_at"];
const INQUIRIES: &[&str] = &[
    "id",
    "subject",
    "state",
    "by_name",
    "created_at",
    "updated_at",
    "messages",
];
const CUSTOMERS: &[&str] = &[
    "slug",
    "name",
    "state",
    "locale",
    "time_zone",
    "created_at",
    "setup_done",
    "setup_of",
    "administrators",
];
const DESK_INQUIRIES: &[&str] = &[
    "tenant",
    "tenant_name",
    "inquiry/id",
    "inquiry/subject",
    "inquiry/state",
    "inquiry/by_name",
    "inquiry/created_at",
    "inquiry/updated_at",
    "inquiry/messages",
    "assigned_name",
];
const QUESTIONS: &[&str] = &[
    "id",
    "title",
    "text",
    "reference",
    "state",
    "asked_by/provider_name",
    "asked_by/name",
    "asked_at",
    "expires_at",
    "required",
    "decision/outcome",
    "decision/name",
    "decision/at",
    "decision/reason",
];
const DESK_QUESTIONS: &[&str] = &[
    "tenant",
    "tenant_name",
    "question/id",
    "question/title",
    "question/text",
    "question/reference",
    "question/state",
    "question/asked_by/name",
    "question/asked_at",
    "question/expires_at",
    "question/required",
    "question/decision/outcome",
    "question/decision/name",
    "question/decision/at",
    "question/decision/reason",
];
const APPLICATIONS: &[&str] = &[
    "id",
    "company",
    "contact/name",
    "contact/email",
    "contact/phone",
    "domain",
    "applied_on",
    "answer_by",
    "state",
    "overdue",
    "note",
    "recorded_by_name",
    "recorded_at",
    "closed/outcome",
    "closed/customer",
    "closed/reason",
    "closed/by_name",
    "closed/at",
];
const MAILS: &[&str] = &["id", "kind", "to", "state", "created_at", "attempts", "last_error"];

/// Whether `column` holds a time.
fn is_instant(column: &str) -> bool {
    column == "at" || column.ends_with("_at") || column.ends_with("/at")
}

/// The heading of a column. Times are exported in the visitor's time zone, so their heading names it (C4).
fn heading(column: &str, zone: &TimeZone) -> String {
    let name = column.replace('/', "_");
    if is_instant(column) {
        format!("{name} ({zone})")
    } else {
        name
    }
}

/// A value as cell text.
fn cell(item: &Value, column: &str, zone: &TimeZone) -> String {
    match item.pointer(&format!("/{column}")) {
        None | Some(Value::Null) => String::new(),
        Some(Value::Number(at)) if is_instant(column) => {
            let clock = at.as_i64().and_then(|at| zone.wall_clock(UnixSeconds(at)));
            clock.map_or_else(|| at.to_string(), |clock| clock.sortable())
        }
        Some(Value::String(text)) => text.clone(),
        // A list of mail addresses: the main one first.
        Some(Value::Array(items)) => {
            let mut values: Vec<(bool, &str)> = items
                .iter()
                .filter_map(|item| Some((item["primary"] != Value::Bool(true), item["value"].as_str()?)))
                .collect();
            values.sort_unstable();
            let values: Vec<&str> = values.into_iter().map(|(_, value)| value).collect();
            values.join(" ")
        }
        Some(other) => other.to_string(),
    }
}

fn piece<T: Serialize>(visitor: &Visitor, input: &Export, columns: &[&str], page: &Page<T>) -> ExportPiece {
    let zone = &visitor.person.account.time_zone;
    let mut text = String::new();
    if input.format == ExportFormat::Csv && input.cursor.is_none() {
        let headings: Vec<String> = columns.iter().map(|column| heading(column, zone)).collect();
        // Without a byte order mark, spreadsheets assume the system's legacy encoding.
        text.push('\u{feff}');
        text.push_str(&csv::row(&headings.iter().map(String::as_str).collect::<Vec<_>>()));
    }
    for item in &page.items {
        let line = serde_json::to_string(item).unwrap_or_default();
        match input.format {
            ExportFormat::Jsonl => {
                text.push_str(&line);
                text.push('\n');
            }
            ExportFormat::Csv => {
                let item: Value = json::read(&line).unwrap_or_default();
                let cells: Vec<String> = columns.iter().map(|column| cell(&item, column, zone)).collect();
                text.push_str(&csv::row(&cells.iter().map(String::as_str).collect::<Vec<_>>()));
            }
        }
    }
    ExportPiece {
        text,
        cursor: page.cursor.clone(),
    }
}

/// The list's own input: the export's filter, with the cursor of this piece.
fn listed<A: Act>(visitor: &Visitor, input: &Export) -> Result<A, Refusal> {
    visitor.check_may(A::ACTION.right)?;
    let mut filter: Map<String, Value> = input.filter.clone();
    filter.remove("cursor");
    if let Some(cursor) = &input.cursor {
        filter.insert("cursor".to_owned(), Value::String(cursor.clone()));
    }
    parsed(&serde_json::value::to_raw_value(&filter).map_err(|_| Refusal::Storage)?)
}

pub(super) fn export(ctx: &Context<'_>, visitor: &Visitor, input: &Export) -> Result<ExportPiece, Refusal> {
    Ok(match input.list {
        Exported::Registrations => {
            let page = registrations::list(ctx, &listed::<panel::registrations::List>(visitor, input)?)?;
            piece(visitor, input, REGISTRATIONS, &page)
        }
        Exported::Questions => {
            let page = questions::list(ctx, &listed::<panel::questions::List>(visitor, input)?)?;
            piece(visitor, input, QUESTIONS, &page)
        }
        Exported::DeskQuestions => {
            let page = questions::asked(ctx, &listed::<panel::desk::Questions>(visitor, input)?)?;
            piece(visitor, input, DESK_QUESTIONS, &page)
        }
        Exported::Devices => {
            let page = devices::list(ctx, &listed::<panel::devices::List>(visitor, input)?)?;
            piece(visitor, input, DEVICES, &page)
        }
        Exported::Users => {
            let page = users::list(ctx, visitor, &listed::<panel::users::List>(visitor, input)?)?;
            piece(visitor, input, USERS, &page)
        }
        Exported::Organizations => {
            listed::<panel::organizations::List>(visitor, input)?;
            piece(visitor, input, ORGANIZATIONS, &organizations::list(ctx, visitor)?)
        }
        Exported::Inquiries => {
            let page = inquiries::list(ctx, &listed::<panel::inquiries::List>(visitor, input)?)?;
            piece(visitor, input, INQUIRIES, &page)
        }
        Exported::Customers => {
            let page = desk::customers(ctx, &listed::<panel::desk::Customers>(visitor, input)?)?;
            piece(visitor, input, CUSTOMERS, &page)
        }
        Exported::DeskInquiries => {
            let page = desk::inquiries(ctx, &listed::<panel::desk::Inquiries>(visitor, input)?)?;
            piece(visitor, input, DESK_INQUIRIES, &page)
        }
        Exported::Applications => {
            let page = applications::list(ctx, visitor, &listed::<panel::applications::List>(visitor, input)?)?;
            piece(visitor, input, APPLICATIONS, &page)
        }
        Exported::Mails => {
            let page = mails::list(ctx, visitor, &listed::<panel::mails::List>(visitor, input)?)?;
            piece(visitor, input, MAILS, &page)
        }
        Exported::Audit => {
            let wanted = listed::<panel::audit::List>(visitor, input)?;
            // The order and content that can be verified: oldest first, without added names.
            let command = ListAudit {
                cursor: wanted.cursor.clone(),
                newest_first: false,
                filter: audit::filter(wanted),
            };
            let page: Page<AuditEntry> = log::list(ctx, &command)?;
            match input.format {
                // The exact text that verifies the chain.
                ExportFormat::Jsonl => {
                    let line = |entry| serde_json::to_string(entry).map(|line| line + "\n").unwrap_or_default();
                    ExportPiece {
                        text: page.items.iter().map(line).collect(),
                        cursor: page.cursor,
                    }
                }
                ExportFormat::Csv => piece(visitor, input, AUDIT, &page),
            }
        }
    })
}
