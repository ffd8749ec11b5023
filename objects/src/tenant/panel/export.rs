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
use tegata_domain::wire::csv;
use tegata_domain::wire::json;
use tegata_domain::wire::page::Page;

use super::columns::{
    APPLICATIONS, APPOINTMENTS, ATTENDED, AUDIT, CUSTOMERS, Column, DESK_APPOINTMENTS, DESK_ATTENDED, DESK_INQUIRIES,
    DESK_LAUNCHES, DESK_QUESTIONS, DEVICES, EQUIPMENT, INQUIRIES, LAUNCHES, MAILS, ORGANIZATIONS, QUESTIONS,
    REGISTRATIONS, Reader, USERS,
};
use super::visitor::Visitor;
use super::{
    applications, appointments, attended, audit, desk, devices, equipment, inquiries, launches, mails, organizations,
    parsed, questions, registrations, users,
};
use crate::context::Context;
use crate::tenant::audit as log;

fn piece<T: Serialize>(reader: &Reader<'_>, input: &Export, columns: &[Column], page: &Page<T>) -> ExportPiece {
    let lines = page
        .items
        .iter()
        .map(|item| serde_json::to_string(item).unwrap_or_default());
    let text = match input.format {
        ExportFormat::Jsonl => lines.map(|line| line + "\n").collect(),
        ExportFormat::Csv => {
            let headings = input.cursor.is_none().then(|| headings(reader, columns));
            let rows = lines.map(|line| row(reader, columns, &line));
            headings.into_iter().chain(rows).collect()
        }
    };
    ExportPiece {
        text,
        cursor: page.cursor.clone(),
        day: reader.day(),
    }
}

fn headings(reader: &Reader<'_>, columns: &[Column]) -> String {
    // Without a byte order mark, spreadsheets assume the system's legacy encoding.
    "\u{feff}".to_owned() + &joined(columns.iter().map(|column| column.heading(reader)))
}

/// The row of an item, which is given as JSON.
fn row(reader: &Reader<'_>, columns: &[Column], item: &str) -> String {
    let item: Value = json::read(item).unwrap_or_default();
    joined(columns.iter().map(|column| column.cell(reader, &item)))
}

fn joined(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.collect();
    csv::row(&cells.iter().map(String::as_str).collect::<Vec<_>>())
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
    let reader = Reader::new(&visitor.person.account, ctx.now);
    Ok(match input.list {
        Exported::Registrations => {
            let page = registrations::list(ctx, &listed::<panel::registrations::List>(visitor, input)?)?;
            piece(&reader, input, REGISTRATIONS, &page)
        }
        Exported::Questions => {
            let page = questions::list(ctx, &listed::<panel::questions::List>(visitor, input)?)?;
            piece(&reader, input, QUESTIONS, &page)
        }
        Exported::Launches => {
            let page = launches::list(ctx, visitor, &listed::<panel::launches::List>(visitor, input)?)?;
            piece(&reader, input, LAUNCHES, &page)
        }
        Exported::DeskLaunches => {
            let page = launches::at_customers(ctx, &listed::<panel::desk::Launches>(visitor, input)?)?;
            piece(&reader, input, DESK_LAUNCHES, &page)
        }
        Exported::Attended => {
            let page = attended::list(ctx, visitor, &listed::<panel::attended::List>(visitor, input)?)?;
            piece(&reader, input, ATTENDED, &page)
        }
        Exported::DeskAttended => {
            let page = attended::at_customers(ctx, &listed::<panel::desk::Attended>(visitor, input)?)?;
            piece(&reader, input, DESK_ATTENDED, &page)
        }
        Exported::Appointments => {
            let page = appointments::list(ctx, visitor, &listed::<panel::appointments::List>(visitor, input)?)?;
            piece(&reader, input, APPOINTMENTS, &page)
        }
        Exported::DeskAppointments => {
            let page = appointments::at_customers(ctx, &listed::<panel::desk::Appointments>(visitor, input)?)?;
            piece(&reader, input, DESK_APPOINTMENTS, &page)
        }
        Exported::DeskQuestions => {
            let page = questions::asked(ctx, &listed::<panel::desk::Questions>(visitor, input)?)?;
            piece(&reader, input, DESK_QUESTIONS, &page)
        }
        Exported::Devices => {
            let page = devices::list(ctx, &listed::<panel::devices::List>(visitor, input)?)?;
            piece(&reader, input, DEVICES, &page)
        }
        Exported::Equipment => {
            let page = equipment::list(ctx, visitor, &listed::<panel::equipment::List>(visitor, input)?)?;
            piece(&reader, input, EQUIPMENT, &page)
        }
        Exported::Users => {
            let page = users::list(ctx, visitor, &listed::<panel::users::List>(visitor, input)?)?;
            piece(&reader, input, USERS, &page)
        }
        Exported::Organizations => {
            listed::<panel::organizations::List>(visitor, input)?;
            piece(&reader, input, ORGANIZATIONS, &organizations::list(ctx, visitor)?)
        }
        Exported::Inquiries => {
            let page = inquiries::list(ctx, &listed::<panel::inquiries::List>(visitor, input)?)?;
            piece(&reader, input, INQUIRIES, &page)
        }
        Exported::Customers => {
            let page = desk::customers(ctx, &listed::<panel::desk::Customers>(visitor, input)?)?;
            piece(&reader, input, CUSTOMERS, &page)
        }
        Exported::DeskInquiries => {
            let page = desk::inquiries(ctx, &listed::<panel::desk::Inquiries>(visitor, input)?)?;
            piece(&reader, input, DESK_INQUIRIES, &page)
        }
        Exported::Applications => {
            let page = applications::list(ctx, visitor, &listed::<panel::applications::List>(visitor, input)?)?;
            piece(&reader, input, APPLICATIONS, &page)
        }
        Exported::Mails => {
            let page = mails::list(ctx, visitor, &listed::<panel::mails::List>(visitor, input)?)?;
            piece(&reader, input, MAILS, &page)
        }
        Exported::Audit => {
            let wanted = listed::<panel::audit::List>(visitor, input)?;
            // The order that can be verified: oldest first.
            let command = ListAudit {
                cursor: wanted.cursor.clone(),
                newest_first: false,
                filter: audit::filter(wanted),
            };
            let page: Page<AuditEntry> = log::list(ctx, &command)?;
            match input.format {
                // The exact text that verifies the chain, without added names.
                ExportFormat::Jsonl => {
                    let line = |entry| serde_json::to_string(entry).map(|line| line + "\n").unwrap_or_default();
                    ExportPiece {
                        text: page.items.iter().map(line).collect(),
                        cursor: page.cursor,
                        day: reader.day(),
                    }
                }
                ExportFormat::Csv => {
                    let named = |entry| audit::named(ctx, visitor, entry);
                    let named = Page {
                        items: page.items.into_iter().map(named).collect::<Result<Vec<_>, _>>()?,
                        cursor: page.cursor,
                    };
                    piece(&reader, input, AUDIT, &named)
                }
            }
        }
    })
}
