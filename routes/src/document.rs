//! JSON documents, each read whole and only once.

use http::{HeaderMap, Uri};
use serde::de::DeserializeOwned;
use tegata_domain::error::{FieldError, Refusal};
use tegata_domain::secret::HashedSecret;
use tegata_domain::slug::Slug;
use tegata_domain::wire::document;

use crate::port::{Failure, header};
use crate::problem::Problem;

/// Parses a JSON document (RFC 8259) into `T`.
pub(crate) fn document<T: DeserializeOwned>(headers: &HeaderMap, body: &[u8]) -> Result<T, Problem> {
    let content_type = header(headers, "content-type").unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    if !media_type.eq_ignore_ascii_case("application/json") {
        return Err(Problem::invalid(FieldError::new(
            "content-type",
            "must be application/json",
        )));
    }
    let text = str::from_utf8(body).map_err(|_| Problem::invalid(FieldError::new("body", "must be UTF-8")))?;
    document::read(text).map_err(Problem::invalid)
}

/// The tenant named in the path.
pub(crate) fn tenant(slug: &str) -> Result<Slug, Problem> {
    Slug::parse(slug).map_err(|_| Failure::Refused(Refusal::UnknownTenant).into())
}

/// The request's `Idempotency-Key`, scoped to `operation`: the same key on two operations counts as two keys.
pub(crate) fn idempotency_key(headers: &HeaderMap, operation: &str) -> Option<HashedSecret> {
    header(headers, "idempotency-key").map(|key| HashedSecret::of(&format!("{operation}\n{key}")))
}

/// The query's parameters, decoded and in order.
pub(crate) fn parameters(uri: &Uri) -> Vec<(String, String)> {
    let query = uri.query().unwrap_or_default();
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}
