//! The activation code (「認証トークン」, K4): derived from a key, mailed after the approval, entered once.

use crate::code::{ACTIVATION_CODE_LENGTH, derived_code, normalized};
use crate::keyring::LinkKeys;
use crate::registration::Registration;
use crate::secret::same;
use crate::slug::Slug;

/// The activation code of `registration`; `None` before its approval, or once its key has expired.
#[must_use]
pub fn code(keys: &LinkKeys, tenant: &Slug, registration: &Registration) -> Option<String> {
    let key = keys.find(registration.code_key.as_deref()?)?;
    Some(derived_code(
        key,
        &["activation", tenant.as_str(), registration.id.as_str()],
        ACTIVATION_CODE_LENGTH,
    ))
}

/// Whether `typed` is that code, after normalising it as people type it.
#[must_use]
pub fn is_right(keys: &LinkKeys, tenant: &Slug, registration: &Registration, typed: &str) -> bool {
    match (code(keys, tenant, registration), normalized(typed)) {
        (Some(code), Some(typed)) => same(&code, &typed),
        _ => false,
    }
}
