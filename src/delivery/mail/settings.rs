//! The mail transport of a deployment, parsed from its environment before the first mail is sent.

use std::borrow::Cow;
use std::fmt;
use std::net::Ipv6Addr;

use tegata_domain::email::EmailAddress;
use worker::Url;

/// The deployment's mail settings.
#[derive(Clone, Debug)]
pub struct MailSettings {
    pub(super) sender: Sender,
    pub(super) transport: Transport,
}

/// Sender of all mails (`MAIL_FROM`, `MAIL_FROM_NAME`).
#[derive(Clone, Debug)]
pub(super) struct Sender {
    /// Display name.
    pub(super) name: String,
    /// Envelope and header address.
    pub(super) address: EmailAddress,
}

/// `MAIL_TRANSPORT`, with the settings of the chosen transport.
#[derive(Clone, Debug)]
pub(super) enum Transport {
    /// The `EMAIL` binding.
    Cloudflare,
    /// An HTTP provider with Resend's request format.
    Http(HttpProvider),
    /// SMTP submission (RFC 6409).
    Smtp(SmtpServer),
    /// The dev mailbox object.
    #[cfg(feature = "dev-mailbox")]
    Dev,
}

/// `MAIL_HTTP_URL` and `MAIL_HTTP_TOKEN`.
#[derive(Clone, Debug)]
pub(super) struct HttpProvider {
    /// URL that mails are posted to.
    pub(super) url: Url,
    /// Bearer token.
    pub(super) token: Secret,
}

/// `SMTP_*`.
#[derive(Clone, Debug)]
pub(super) struct SmtpServer {
    /// Host name or IP literal; also the name that the server's certificate must have.
    pub(super) host: String,
    /// TCP port.
    pub(super) port: u16,
    /// How the connection is protected.
    pub(super) security: Security,
    /// User name and password, if the server requires them.
    pub(super) credentials: Option<Credentials>,
}

/// `SMTP_SECURITY`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Security {
    /// Plain at first, then TLS before any credentials or mail (RFC 3207); never falls back to plain.
    StartTls,
    /// TLS from the first byte (RFC 8314).
    Tls,
    /// None; rejected outside development.
    None,
}

/// `SMTP_USERNAME` and `SMTP_PASSWORD`.
#[derive(Clone, Debug)]
pub(super) struct Credentials {
    /// Authentication identity.
    pub(super) username: String,
    /// Its password.
    pub(super) password: Secret,
}

/// A setting that must not be printed.
#[derive(Clone)]
pub(super) struct Secret(String);

impl Secret {
    /// The plain value, for the one place that sends it.
    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

/// A setting that prevents mail delivery, and what would be valid. Never includes the value: it may be a secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// The setting is absent or empty.
    #[error("{setting} is not set: it must be {expected}")]
    Missing {
        /// Name of the variable or secret.
        setting: &'static str,
        /// What would be valid.
        expected: &'static str,
    },
    /// The value of the setting is invalid.
    #[error("{setting} is invalid: it must be {expected}")]
    Invalid {
        /// Name of the variable or secret.
        setting: &'static str,
        /// What would be valid.
        expected: &'static str,
    },
}

const ENVIRONMENT: &str = "`development` or `production`";
#[cfg(feature = "dev-mailbox")]
const TRANSPORT: &str = "`cloudflare`, `http` or `smtp`, or in development `dev`";
#[cfg(not(feature = "dev-mailbox"))]
const TRANSPORT: &str = "`cloudflare`, `http` or `smtp` (this build has no dev mailbox)";
const FROM: &str = "the sender address, such as `tegata@example.com`";
const FROM_NAME: &str = "a name of at most 100 characters on one line";
const HTTP_URL: &str = "an https URL without user name, password or fragment (http only in development)";
const HTTP_TOKEN: &str = "the provider's API token, in visible ASCII characters";
const SMTP_HOST: &str = "the host name of the submission server, such as `smtp.example.com`";
const SMTP_PORT: &str =
    "a port from 1 to 65535, and not 25 in production: mail is submitted on 587 (starttls) or 465 (tls)";
const SMTP_SECURITY: &str = "`starttls` or `tls` (`none` only in development)";
const SMTP_USERNAME: &str = "set together with SMTP_PASSWORD, without control characters";
const SMTP_PASSWORD: &str = "set together with SMTP_USERNAME, without control characters";

type Lookup<'a> = &'a dyn Fn(&str) -> Option<String>;

impl MailSettings {
    /// The sender's domain, for message ids.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.sender.address.domain()
    }

    /// The name and the address that a mail is sent under, for calendar programs: the deployment's address, under `name` if
    /// there is one.
    #[must_use]
    pub fn organizer<'a>(&'a self, name: Option<&'a str>) -> (&'a str, Cow<'a, str>) {
        (name.unwrap_or(&self.sender.name), self.sender.address.addr_spec())
    }

    /// Parses and validates the mail settings. `lookup` returns the value of a variable or secret; an empty or blank
    /// value counts as not set. Reads ENVIRONMENT, PRODUCT and MAIL_*, SMTP_*.
    pub fn from_lookup(lookup: &dyn Fn(&str) -> Option<String>) -> Result<Self, SettingsError> {
        let development = match required(lookup, "ENVIRONMENT", ENVIRONMENT)?.as_str() {
            "development" => true,
            "production" => false,
            _ => return Err(invalid("ENVIRONMENT", ENVIRONMENT)),
        };
        let address =
            EmailAddress::parse(&required(lookup, "MAIL_FROM", FROM)?).map_err(|_| invalid("MAIL_FROM", FROM))?;
        let name = optional(lookup, "MAIL_FROM_NAME").or_else(|| optional(lookup, "PRODUCT"));
        let name = name.unwrap_or_else(|| "Tegata".to_owned());
        if name.chars().count() > 100 || name.chars().any(char::is_control) {
            return Err(invalid("MAIL_FROM_NAME", FROM_NAME));
        }
        let transport = match required(lookup, "MAIL_TRANSPORT", TRANSPORT)?.as_str() {
            "cloudflare" => Transport::Cloudflare,
            "http" => Transport::Http(http_provider(lookup, development)?),
            "smtp" => Transport::Smtp(smtp_server(lookup, development)?),
            #[cfg(feature = "dev-mailbox")]
            "dev" if development => Transport::Dev,
            _ => return Err(invalid("MAIL_TRANSPORT", TRANSPORT)),
        };
        Ok(Self {
            sender: Sender { name, address },
            transport,
        })
    }
}

fn http_provider(lookup: Lookup<'_>, development: bool) -> Result<HttpProvider, SettingsError> {
    let wrong = || invalid("MAIL_HTTP_URL", HTTP_URL);
    let url = Url::parse(&required(lookup, "MAIL_HTTP_URL", HTTP_URL)?).map_err(|_| wrong())?;
    let protected = url.scheme() == "https" || (development && url.scheme() == "http");
    let bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    if !protected || !bare {
        return Err(wrong());
    }
    let token = required(lookup, "MAIL_HTTP_TOKEN", HTTP_TOKEN)?;
    if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(invalid("MAIL_HTTP_TOKEN", HTTP_TOKEN));
    }
    Ok(HttpProvider {
        url,
        token: Secret(token),
    })
}

fn smtp_server(lookup: Lookup<'_>, development: bool) -> Result<SmtpServer, SettingsError> {
    let host = required(lookup, "SMTP_HOST", SMTP_HOST)?;
    if !is_host(&host) {
        return Err(invalid("SMTP_HOST", SMTP_HOST));
    }
    let security = match optional(lookup, "SMTP_SECURITY").as_deref() {
        None | Some("starttls") => Security::StartTls,
        Some("tls") => Security::Tls,
        Some("none") if development => Security::None,
        Some(_) => return Err(invalid("SMTP_SECURITY", SMTP_SECURITY)),
    };
    let port = match (optional(lookup, "SMTP_PORT"), security) {
        (Some(port), _) => port.parse().unwrap_or(0),
        (None, Security::StartTls) => 587,
        (None, Security::Tls) => 465,
        (None, Security::None) => {
            return Err(SettingsError::Missing {
                setting: "SMTP_PORT",
                expected: SMTP_PORT,
            });
        }
    };
    // The platform blocks connections to port 25 in production.
    if port == 0 || (port == 25 && !development) {
        return Err(invalid("SMTP_PORT", SMTP_PORT));
    }
    Ok(SmtpServer {
        host,
        port,
        security,
        credentials: credentials(lookup)?,
    })
}

fn credentials(lookup: Lookup<'_>) -> Result<Option<Credentials>, SettingsError> {
    let clean = |value: &String| !value.chars().any(char::is_control);
    // A password is used unchanged: leading or trailing blanks may belong to it.
    let password = lookup("SMTP_PASSWORD").filter(|password| !password.is_empty());
    match (optional(lookup, "SMTP_USERNAME"), password) {
        (None, None) => Ok(None),
        (Some(username), Some(password)) if clean(&username) && clean(&password) => Ok(Some(Credentials {
            username,
            password: Secret(password),
        })),
        (Some(username), Some(_)) if !clean(&username) => Err(invalid("SMTP_USERNAME", SMTP_USERNAME)),
        (Some(_), Some(_)) => Err(invalid("SMTP_PASSWORD", SMTP_PASSWORD)),
        (None, Some(_)) => Err(SettingsError::Missing {
            setting: "SMTP_USERNAME",
            expected: SMTP_USERNAME,
        }),
        (Some(_), None) => Err(SettingsError::Missing {
            setting: "SMTP_PASSWORD",
            expected: SMTP_PASSWORD,
        }),
    }
}

fn is_host(host: &str) -> bool {
    let bracketed = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let name = host.split('.').all(|label| {
        let inside = label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        inside && !label.is_empty() && label.len() <= 63
    });
    bracketed.is_some_and(|literal| literal.parse::<Ipv6Addr>().is_ok()) || (name && host.len() <= 253)
}

fn optional(lookup: Lookup<'_>, setting: &str) -> Option<String> {
    lookup(setting)
        .map(|value| value.trim().to_owned())
        .filter(|value| !value.is_empty())
}

fn required(lookup: Lookup<'_>, setting: &'static str, expected: &'static str) -> Result<String, SettingsError> {
    optional(lookup, setting).ok_or(SettingsError::Missing { setting, expected })
}

fn invalid(setting: &'static str, expected: &'static str) -> SettingsError {
    SettingsError::Invalid { setting, expected }
}

#[cfg(test)]
#[path = "settings_tests.rs"]
mod tests;
