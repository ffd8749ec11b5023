//! `/t/{slug}/oauth`: nobody but the PC that was let in gets tokens.

mod device_authorization;
mod introspect;
mod token;
