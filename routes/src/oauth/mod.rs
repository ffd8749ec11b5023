//! The tenant's OAuth 2.0 authorization server, and what machines ask before they know their tenant.

pub(crate) mod device_authorization;
pub(crate) mod enrolment;
mod error;
pub(crate) mod introspect;
pub(crate) mod metadata;
mod proof;
pub(crate) mod revoke;
pub(crate) mod token;

use http::HeaderMap;
use tegata_domain::slug::Slug;

use crate::form::Form;
use crate::port::Failure;
use error::OauthError;
use tegata_domain::error::Refusal;

/// Parses the tenant in the path and the form in the body, the first step of every OAuth endpoint.
fn request(slug: &str, headers: &HeaderMap, body: &[u8]) -> Result<(Slug, Form), OauthError> {
    let slug = Slug::parse(slug).map_err(|_| Failure::Refused(Refusal::UnknownTenant))?;
    Ok((slug, Form::parse(headers, body)?))
}
