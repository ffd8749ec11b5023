//! What is in the way between this machine and the service, and what a person can do about it.

use crate::printable::printable;
use crate::texts::Texts;
use tegata_client::proxy::obstacle::{Obstacle, Unauthenticated};

/// Both, in two sentences or more.
pub(crate) fn told(obstacle: &Obstacle, texts: &Texts) -> String {
    texts.sentences(&what(obstacle, texts), &remedy(obstacle, texts))
}

/// What is in the way.
pub(crate) fn what(obstacle: &Obstacle, texts: &Texts) -> String {
    let one = |key: &str, name: &'static str, value: &str| texts.with(key, [(name, printable(value).into())]);
    let two = |key: &str, first: (&'static str, &str), second: (&'static str, &str)| {
        let args = [first, second].map(|(name, value)| (name, printable(value).into()));
        texts.with(key, args)
    };
    match obstacle {
        Obstacle::RemoteServiceOff => texts.get("cli-obstacle-off"),
        Obstacle::Settings { detail } => one("cli-obstacle-settings", "detail", detail),
        Obstacle::ProxyKind { scheme } => one("cli-obstacle-proxy-kind", "scheme", scheme),
        Obstacle::Dns { host, detail } => two("cli-obstacle-dns", ("host", host), ("detail", detail)),
        Obstacle::ProxyUnreachable { proxy, detail } => {
            two("cli-obstacle-proxy-unreachable", ("proxy", proxy), ("detail", detail))
        }
        Obstacle::ProxyAuthentication { proxy, schemes, why } => {
            let key = match why {
                Unauthenticated::NoCredentials => "cli-obstacle-proxy-no-credentials",
                Unauthenticated::Refused => "cli-obstacle-proxy-credentials-refused",
                Unauthenticated::NoScheme => "cli-obstacle-proxy-no-scheme",
            };
            two(key, ("proxy", proxy), ("schemes", &schemes.join(texts.comma())))
        }
        Obstacle::ProxyRefused { proxy, status } => two(
            "cli-obstacle-proxy-refused",
            ("proxy", proxy),
            ("status", &status.to_string()),
        ),
        Obstacle::Unreachable { detail } => one("cli-obstacle-unreachable", "detail", detail),
        Obstacle::Interception { issuer } => one("cli-obstacle-interception", "issuer", issuer),
        Obstacle::CertificateTime { issuer } => one("cli-obstacle-certificate-time", "issuer", issuer),
        Obstacle::Certificate { issuer, detail } => {
            two("cli-obstacle-certificate", ("issuer", issuer), ("detail", detail))
        }
        Obstacle::Encryption { detail } => one("cli-obstacle-encryption", "detail", detail),
    }
}

/// What to do.
pub(crate) fn remedy(obstacle: &Obstacle, texts: &Texts) -> String {
    texts.get(match obstacle {
        Obstacle::RemoteServiceOff => "cli-remedy-off",
        Obstacle::Settings { .. } => "cli-remedy-settings",
        Obstacle::ProxyKind { .. } => "cli-remedy-proxy-kind",
        Obstacle::Dns { .. } => "cli-remedy-dns",
        Obstacle::ProxyUnreachable { .. } => "cli-remedy-proxy-unreachable",
        Obstacle::ProxyAuthentication { why, .. } => match why {
            Unauthenticated::NoCredentials => "cli-remedy-proxy-no-credentials",
            Unauthenticated::Refused => "cli-remedy-proxy-credentials-refused",
            Unauthenticated::NoScheme => "cli-remedy-proxy-no-scheme",
        },
        Obstacle::ProxyRefused { .. } => "cli-remedy-proxy-refused",
        Obstacle::Unreachable { .. } => "cli-remedy-unreachable",
        Obstacle::Interception { .. } => "cli-remedy-interception",
        Obstacle::CertificateTime { .. } => "cli-remedy-certificate-time",
        Obstacle::Certificate { .. } => "cli-remedy-certificate",
        Obstacle::Encryption { .. } => "cli-remedy-encryption",
    })
}
