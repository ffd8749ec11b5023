//! Exports of lists as CSV or JSON Lines, of any length, fetched piece by piece.

use axum::response::Response;
use http::Uri;
use serde_json::{Map, Value, json};
use tegata_domain::error::FieldError;
use tegata_domain::panel::Act as _;
use tegata_domain::panel::export::{Export, ExportPiece, Exported};
use tegata_domain::wire::object::Told;

use crate::document::parameters;
use crate::download;
use crate::panel::{Caller, travelling};
use crate::port::{Pending, read};
use crate::problem::Problem;

/// Returns 200 with the list, filtered as its route without `/export` would filter it; 400 naming the field; 403. If a
/// piece cannot be fetched, the response breaks off, so that a truncated list never looks complete.
async fn export(caller: Caller, uri: Uri, list: Exported) -> Result<Response, Problem> {
    let (mut filter, mut format) = (Map::new(), "csv".to_owned());
    for (name, value) in parameters(&uri) {
        if name == "format" {
            format = value;
        } else if filter.insert(name.clone(), Value::String(value)).is_some() {
            return Err(Problem::invalid(FieldError::new(&name, "must be given only once")));
        }
    }
    let input = |cursor: Option<String>| json!({ "list": list, "format": format, "filter": filter, "cursor": cursor });
    let first = caller.act_on(Export::ACTION, &input(None), None).await?;
    let ExportPiece { text, cursor, day } = read(&first)?;
    let next = match cursor {
        Some(cursor) => Told::new(
            &caller.tenant,
            caller.command(Export::ACTION, travelling(&input(Some(cursor)))?),
        ),
        None => None,
    };
    let media_type = if format == "jsonl" {
        "application/jsonl"
    } else {
        "text/csv; charset=utf-8"
    };
    let name = format!("{}-{}-{day}.{format}", caller.tenant, list.name());
    let disposition = format!("attachment; filename=\"{name}\"");
    let mut head = Response::new(());
    *head.headers_mut() = download::headers(media_type, &disposition);
    Ok(caller.edge.export(head, text, next))
}

/// The handler that exports `list`; see [`export`].
pub(crate) fn list(list: Exported) -> impl Fn(Caller, Uri) -> Pending<'static, Result<Response, Problem>> + Clone {
    move |caller, uri| Box::pin(export(caller, uri, list))
}
