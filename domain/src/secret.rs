//! Opaque secrets. Each has a prefix that a scanner can find, a plain form that is shown once, and a hashed form that
//! is stored. The plain form cannot be printed by accident.

use core::fmt;

use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;

use crate::id::{AgentId, DeviceId};
use crate::jwk::sha256_b64;
use crate::random::{self, Random};
use crate::wire::b64;

/// The stored form of a secret of 256 random bits: its SHA-256, base64url.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct HashedSecret(String);

impl HashedSecret {
    /// The hash of a plain secret.
    #[must_use]
    pub fn of(plain: &str) -> Self {
        Self(sha256_b64(plain))
    }

    /// The hash that [`Self::as_str`] has written; `None` if `text` is none.
    #[must_use]
    pub fn stored(text: &str) -> Option<Self> {
        (text.len() == 43).then(|| Self(text.to_owned()))
    }

    /// The hash as text, for use as a lookup key.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Compares two hashes in constant time.
    #[must_use]
    pub fn matches(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }
}

macro_rules! plain_secret {
    ($(#[$doc:meta])* $name:ident, $prefix:literal, $length:literal) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(try_from = "String")]
        pub struct $name(String);

        impl $name {
            /// The prefix of every such secret. It never changes, because scanners look for it.
            pub const PREFIX: &'static str = $prefix;

            /// Parses the plain form; `None` if prefix, length or alphabet is wrong.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                let rest = text.strip_prefix($prefix)?;
                (rest.len() == $length && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'))
                    .then(|| Self(text.to_owned()))
            }

            /// The plain form, to hand to its owner.
            #[must_use]
            pub fn expose(&self) -> &str {
                &self.0
            }

            /// The form to store.
            #[must_use]
            pub fn hashed(&self) -> HashedSecret {
                HashedSecret::of(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = &'static str;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text).ok_or(concat!("must be a secret that begins with ", $prefix))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(", $prefix, "…)"))
            }
        }
    };
}

plain_secret!(
    /// The secret by which a Viewer refers to its pending registration (RFC 8628 `device_code`).
    PlainDeviceCode, "tg_dc_", 43
);
plain_secret!(
    /// A refresh token: the id of the device or agent that holds it, then 256 random bits.
    PlainRefreshToken, "tg_rt_", 65
);
plain_secret!(
    /// The secret with which a tenant's resource server authenticates to the introspection endpoint.
    PlainIntrospectionSecret, "tg_is_", 43
);

plain_secret!(
    /// The token in a console session's cookie.
    PlainSessionToken, "tg_cs_", 43
);
plain_secret!(
    /// A personal access token for automation.
    PlainPersonalToken, "tg_pat_", 43
);

plain_secret!(
    /// The ticket that opens one event socket.
    PlainEventTicket, "tg_et_", 43
);
plain_secret!(
    /// The ticket that opens one socket of a remote support session.
    PlainSessionTicket, "tg_st_", 43
);
plain_secret!(
    /// The code with which an agent enrols.
    PlainEnrolmentCode, "tg_enr_", 43
);
plain_secret!(
    /// The secret by which a machine refers to its request to be enrolled.
    PlainEnrolmentRequest, "tg_er_", 43
);

plain_secret!(
    /// The secret in the address of a calendar feed.
    PlainFeedToken, "tg_cal_", 43
);

macro_rules! generated {
    ($($name:ident)*) => {
        $(
            impl $name {
                /// A new secret.
                #[must_use]
                pub fn generate(random: &dyn Random) -> Self {
                    Self(format!("{}{}", Self::PREFIX, b64::encode(random::bytes::<32>(random))))
                }
            }
        )*
    };
}

generated! { PlainFeedToken PlainEnrolmentCode PlainEventTicket PlainSessionTicket PlainSessionToken PlainPersonalToken PlainIntrospectionSecret PlainDeviceCode }

macro_rules! derived {
    ($($name:ident)*) => {
        $(
            impl $name {
                /// The secret that a MAC yields: it need not be stored, since key and record yield it again.
                #[must_use]
                pub fn derived(mac: [u8; 32]) -> Self {
                    Self(format!("{}{}", Self::PREFIX, b64::encode(mac)))
                }
            }
        )*
    };
}

derived! { PlainEnrolmentCode PlainEnrolmentRequest }

impl PlainRefreshToken {
    /// A new refresh token for the device or agent with the id `holder`.
    #[must_use]
    pub fn generate(random: &dyn Random, holder: &impl fmt::Display) -> Self {
        Self(format!(
            "{}{holder}{}",
            Self::PREFIX,
            b64::encode(random::bytes::<32>(random))
        ))
    }

    fn holder(&self) -> Option<&str> {
        self.0.get(Self::PREFIX.len()..Self::PREFIX.len().saturating_add(22))
    }

    /// The device it names, if a device holds it. The id proves nothing; only the hash does.
    #[must_use]
    pub fn device(&self) -> Option<DeviceId> {
        DeviceId::parse(self.holder()?)
    }

    /// The agent it names, if an agent holds it.
    #[must_use]
    pub fn agent(&self) -> Option<AgentId> {
        AgentId::parse(self.holder()?)
    }
}

/// Compares two texts in constant time, so that the duration does not reveal where they differ.
#[must_use]
pub fn same(left: &str, right: &str) -> bool {
    left.as_bytes().ct_eq(right.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::{PlainDeviceCode, PlainRefreshToken};
    use crate::id::DeviceId;
    use crate::random::CountingRandom;

    #[test]
    fn a_refresh_token_names_its_device() {
        let random = CountingRandom::new(1);
        let device = DeviceId::generate(&random);
        let token = PlainRefreshToken::generate(&random, &device);
        assert_eq!(PlainRefreshToken::parse(token.expose()).unwrap().device(), Some(device));
    }

    #[test]
    fn debug_output_holds_no_secret() {
        let code = PlainDeviceCode::generate(&CountingRandom::new(2));
        assert_eq!(format!("{code:?}"), "PlainDeviceCode(tg_dc_…)");
    }

    #[test]
    fn prefixes_unchanged() {
        assert_eq!(
            (PlainDeviceCode::PREFIX, PlainRefreshToken::PREFIX),
            ("tg_dc_", "tg_rt_")
        );
        assert_eq!(super::PlainIntrospectionSecret::PREFIX, "tg_is_");
        assert_eq!(super::PlainSessionToken::PREFIX, "tg_cs_");
        assert_eq!(super::PlainPersonalToken::PREFIX, "tg_pat_");
        assert_eq!(super::PlainEnrolmentCode::PREFIX, "tg_enr_");
        assert_eq!(super::PlainEnrolmentRequest::PREFIX, "tg_er_");
    }
}
