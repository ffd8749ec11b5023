//! Lists written out: CSV and JSON Lines, of any length, in pieces.

use axum::response::Response;
use http::Uri;
use serde_json::{Map, Value, json};
use tegata_domain::error::FieldError;
use tegata_domain::object::Told;
use tegata_domain::panel::ExportPiece;

use crate::document::parameters;
use crate::download;
use crate::panel::Caller;
use crate::port::{Pending, read};
use crate::problem::Problem;

/// 200 the list, the filters of which are those of its route without `/export`; 400 naming the field; 403. A piece that
/// cannot be had breaks the answer off: it never ends as if it were whole.
async fn export(caller: Caller, uri: Uri, list: &str) -> Result<Response, Problem> {
    let (mut filter, mut format) = (Map::new(), "csv".to_owned());
    for (name, value) in parameters(&uri) {
        if name == "format" {
            format = value;
        } else if filter.insert(name.clone(), Value::String(value)).is_some() {
            return Err(Problem::invalid(FieldError::new(&name, "must not be given twice")));
        }
    }
    let input = |cursor: Option<String>| json!({ "list": list, "format": format, "filter": filter, "cursor": cursor });
    let piece: ExportPiece = read(&caller.act("export", input(None)).await?)?;
    let next = piece
        .cursor
        .and_then(|cursor| Told::new(&caller.tenant, caller.command("export", input(Some(cursor)))));
    let media_type = if format == "jsonl" {
        "application/jsonl"
    } else {
        "text/csv; charset=utf-8"
    };
    let disposition = format!("attachment; filename=\"{}-{list}.{format}\"", caller.tenant);
    let mut head = Response::new(());
    *head.headers_mut() = download::headers(media_type, &disposition);
    Ok(caller.edge.export(head, piece.text, next))
}

/// The handler that writes out `list`: see [`export`].
pub(crate) fn list(list: &'static str) -> impl Fn(Caller, Uri) -> Pending<'static, Result<Response, Problem>> + Clone {
    move |caller, uri| Box::pin(export(caller, uri, list))
}
