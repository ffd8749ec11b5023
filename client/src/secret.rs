//! A string that must not appear in a log: device codes, tokens and idempotency keys.

use crate::error::Error;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A secret as received. `Debug` shows only its greppable prefix; there is no `Display`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Wraps a secret that was just received or read.
    pub fn new(plain: impl Into<String>) -> Self {
        Self(plain.into())
    }

    /// 128 random bits, base64url. Errors: if the operating system has no random source.
    pub fn random() -> Result<Self, Error> {
        let mut bytes = [0u8; 16];
        getrandom::fill(&mut bytes).map_err(|_| Error::Protocol("no random source"))?;
        Ok(Self(URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// The plain text, for the request that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let prefix = match self.0.get(..6) {
            Some(start) if start.starts_with("tg_") => start,
            _ => "",
        };
        write!(formatter, "Secret({prefix}…)")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn debug_shows_no_more_than_the_prefix() {
        assert_eq!(format!("{:?}", Secret::new("tg_rt_abcdef")), "Secret(tg_rt_…)");
        assert_eq!(format!("{:?}", Secret::new("eyJhbGciOi")), "Secret(…)");
    }
}
