//! What can be in the way between an agent and its edge, told apart so that a person knows whom to ask.

use serde::{Deserialize, Serialize};

/// Why a connection could not be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum Obstacle {
    /// The remote service is switched off (P1); nothing was sent.
    #[error("the remote service is off")]
    RemoteServiceOff,
    /// The settings cannot be read; nothing was sent, because the remote service may be off.
    #[error("the settings cannot be read: {detail}")]
    Settings {
        /// The cause, for a log.
        detail: String,
    },
    /// The environment or the system names a proxy of a kind that this program cannot use.
    #[error("proxies of the kind {scheme} are not supported")]
    ProxyKind {
        /// The scheme of its URL, such as `socks5`.
        scheme: String,
    },
    /// The edge's name has no address.
    #[error("no address for {host}: {detail}")]
    Dns {
        /// The name.
        host: String,
        /// The cause, for a log.
        detail: String,
    },
    /// The proxy does not accept connections, or its name has no address.
    #[error("proxy {proxy}: {detail}")]
    ProxyUnreachable {
        /// Host and port.
        proxy: String,
        /// The cause, for a log.
        detail: String,
    },
    /// The proxy asks for an authentication that it did not get.
    #[error("proxy {proxy} asks for authentication ({})", .schemes.join(", "))]
    ProxyAuthentication {
        /// Host and port.
        proxy: String,
        /// The schemes that it offers, such as `Basic` and `NTLM`.
        schemes: Vec<String>,
        /// Why it was not satisfied.
        why: Unauthenticated,
    },
    /// The proxy refuses to connect to the edge, or cannot reach it.
    #[error("proxy {proxy} answered with status {status}")]
    ProxyRefused {
        /// Host and port.
        proxy: String,
        /// HTTP status.
        status: u16,
    },
    /// The edge does not accept connections, or one broke off.
    #[error("{detail}")]
    Unreachable {
        /// The cause, for a log.
        detail: String,
    },
    /// The certificate is from an issuer that this machine does not trust: most likely somebody on the way has opened
    /// the encryption.
    #[error("the certificate was issued by \"{issuer}\", which is not trusted")]
    Interception {
        /// The issuer of the certificate that was presented.
        issuer: String,
    },
    /// The certificate is not valid at this machine's time.
    #[error("the certificate from \"{issuer}\" is not valid now")]
    CertificateTime {
        /// Its issuer.
        issuer: String,
    },
    /// The certificate is refused for another reason, such as another host's name in it.
    #[error("the certificate from \"{issuer}\" is not accepted: {detail}")]
    Certificate {
        /// Its issuer.
        issuer: String,
        /// The cause, for a log.
        detail: String,
    },
    /// No encryption was agreed on.
    #[error("no encrypted connection: {detail}")]
    Encryption {
        /// The cause, for a log.
        detail: String,
    },
}

/// Why a proxy did not accept an authentication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unauthenticated {
    /// No user name and password are set.
    NoCredentials,
    /// It refused the user name and password.
    Refused,
    /// It offers no scheme that this program knows.
    NoScheme,
}

impl Obstacle {
    /// Its stable name.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::RemoteServiceOff => "remote_service_off",
            Self::Settings { .. } => "settings",
            Self::ProxyKind { .. } => "proxy_kind",
            Self::Dns { .. } => "dns",
            Self::ProxyUnreachable { .. } => "proxy_unreachable",
            Self::ProxyAuthentication { .. } => "proxy_authentication",
            Self::ProxyRefused { .. } => "proxy_refused",
            Self::Unreachable { .. } => "unreachable",
            Self::Interception { .. } => "interception",
            Self::CertificateTime { .. } => "certificate_time",
            Self::Certificate { .. } => "certificate",
            Self::Encryption { .. } => "encryption",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Obstacle, Unauthenticated};

    #[test]
    fn the_code_is_the_one_that_is_written() {
        let detail = || "d".to_owned();
        for obstacle in [
            Obstacle::RemoteServiceOff,
            Obstacle::Settings { detail: detail() },
            Obstacle::ProxyKind { scheme: detail() },
            Obstacle::Dns {
                host: detail(),
                detail: detail(),
            },
            Obstacle::ProxyUnreachable {
                proxy: detail(),
                detail: detail(),
            },
            Obstacle::ProxyAuthentication {
                proxy: detail(),
                schemes: vec!["NTLM".to_owned()],
                why: Unauthenticated::Refused,
            },
            Obstacle::ProxyRefused {
                proxy: detail(),
                status: 503,
            },
            Obstacle::Unreachable { detail: detail() },
            Obstacle::Interception { issuer: detail() },
            Obstacle::CertificateTime { issuer: detail() },
            Obstacle::Certificate {
                issuer: detail(),
                detail: detail(),
            },
            Obstacle::Encryption { detail: detail() },
        ] {
            let written = serde_json::to_value(&obstacle).unwrap();
            assert_eq!(written["code"], obstacle.code());
            assert_eq!(serde_json::from_value::<Obstacle>(written).unwrap(), obstacle);
        }
    }
}
