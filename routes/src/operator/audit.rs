//! The audit log, as the operator reads it.

use axum::extract::Path;
use axum::response::Response;
use http::{StatusCode, Uri};
use tegata_domain::audit::filter::{ActionFilter, ActorFilter, AuditFilter, ObjectFilter};
use tegata_domain::command::{ListAudit, ListAuditHeads};
use tegata_domain::error::FieldError;
use tegata_domain::time::UnixSeconds;

use super::{Operator, cursor, told};
use crate::problem::Problem;

/// Returns 200 with a page of the matching entries, oldest first unless `newest_first`; 400 naming the field; 404.
pub(crate) async fn list(Operator(edge): Operator, Path(slug): Path<String>, uri: Uri) -> Result<Response, Problem> {
    let command = query(uri.query().unwrap_or_default()).map_err(Problem::invalid)?;
    told(&*edge, &slug, StatusCode::OK, command).await
}

/// Returns 200 with a page of signed heads, newest first; 404.
pub(crate) async fn list_heads(
    Operator(edge): Operator,
    Path(slug): Path<String>,
    uri: Uri,
) -> Result<Response, Problem> {
    told(&*edge, &slug, StatusCode::OK, ListAuditHeads { cursor: cursor(&uri) }).await
}

/// Parses the query into a command. It rejects a repeated parameter, since one of the two values would otherwise be
/// silently ignored.
fn query(query: &str) -> Result<ListAudit, FieldError> {
    let mut command = ListAudit::default();
    let mut seen: Vec<String> = Vec::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if seen.iter().any(|seen| *seen == name) {
            return Err(FieldError::new(&name, "must be given only once"));
        }
        seen.push(name.clone().into_owned());
        let AuditFilter {
            actor,
            object,
            action,
            from,
            to,
        } = &mut command.filter;
        match &*name {
            "actor" => *actor = Some(ActorFilter::parse(&value)?),
            "object" => *object = Some(ObjectFilter::parse(&value)?),
            "action" => *action = Some(ActionFilter::parse(&value)?),
            "from" => *from = Some(instant("from", &value)?),
            "to" => *to = Some(instant("to", &value)?),
            "newest_first" => {
                command.newest_first = value
                    .parse()
                    .map_err(|_| FieldError::new("newest_first", "must be true or false"))?;
            }
            "cursor" => command.cursor = Some(value.into_owned()),
            _ => {}
        }
    }
    Ok(command)
}

fn instant(field: &str, text: &str) -> Result<UnixSeconds, FieldError> {
    text.parse()
        .map(UnixSeconds)
        .map_err(|_| FieldError::new(field, "must be a whole number of seconds since 1970-01-01T00:00:00Z"))
}
