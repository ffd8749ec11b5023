//! `/t/{slug}/oauth`: only the registered PC gets tokens.

mod device_authorization;
mod introspect;
mod token;
