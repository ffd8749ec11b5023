//! The deployment's settings, read from the environment and validated before the first request is handled.

use std::cell::OnceCell;

use tegata_domain::password::COST;
use tegata_objects::context::Settings as ObjectSettings;
use tegata_routes::front;
use tegata_routes::port::EdgeSettings;
use url::Url;
use worker::Env;

use crate::delivery::mail::MailSettings;
use crate::platform::{BLOBS, binding};

#[cfg(feature = "dev-mailbox")]
const MAILBOX: Option<&str> = Some("/dev/mailbox");
#[cfg(not(feature = "dev-mailbox"))]
const MAILBOX: Option<&str> = None;

/// All settings.
pub(crate) struct Settings {
    /// Settings for the routes.
    pub(crate) edge: EdgeSettings,
    /// Settings for the objects.
    pub(crate) object: ObjectSettings,
    /// Settings for sending mail.
    pub(crate) mail: MailSettings,
}

thread_local! {
    static SETTINGS: OnceCell<Result<&'static Settings, String>> = const { OnceCell::new() };
}

/// The settings of this isolate. Errors: name the invalid setting and say what would be valid.
pub(crate) fn settings(env: &Env) -> Result<&'static Settings, String> {
    // One isolate serves one version of one environment, so the settings are read once and cached.
    SETTINGS.with(|cell| {
        cell.get_or_init(|| {
            let blobs = !binding(env, BLOBS).is_undefined();
            read(
                &|name| binding(env, name).as_string().filter(|value| !value.is_empty()),
                blobs,
            )
            .map(|settings| &*Box::leak(Box::new(settings)))
        })
        .clone()
    })
}

/// The `Strict-Transport-Security` of every response; `None` if the edge uses http or is not configured.
pub(crate) fn transport_security() -> Option<&'static str> {
    SETTINGS.with(|cell| {
        let settings = cell.get()?.as_ref().ok()?;
        front::is_secure(&settings.edge.edge_url).then_some(front::STRICT_TRANSPORT_SECURITY)
    })
}

fn read(lookup: &dyn Fn(&str) -> Option<String>, blobs: bool) -> Result<Settings, String> {
    let required = |name: &str| lookup(name).ok_or_else(|| format!("{name} is not set"));
    let development = match required("ENVIRONMENT")?.as_str() {
        "development" => true,
        "production" => false,
        _ => return Err("ENVIRONMENT must be development or production".to_owned()),
    };
    let edge_url = required("EDGE_URL")?;
    let loopback = edge_url.starts_with("http://127.0.0.1:") || edge_url.starts_with("http://localhost:");
    // A browser's spelling of `Origin`: with any other, our own forms would look cross-site.
    let canonical = Url::parse(&edge_url).is_ok_and(|url| url.origin().ascii_serialization() == edge_url);
    if !canonical || !(edge_url.starts_with("https://") || (development && loopback)) {
        return Err(
            "EDGE_URL must be https:// and a host in lower case, nothing more (in development also http on loopback)"
                .to_owned(),
        );
    }
    let operator_token = required("OPERATOR_TOKEN")?;
    if operator_token.len() < 32 {
        return Err("OPERATOR_TOKEN must be at least 32 characters long".to_owned());
    }
    let seconds = |name: &str, default: i64| match lookup(name) {
        Some(text) if development => text
            .parse()
            .ok()
            .filter(|n| (1..=3600).contains(n))
            .ok_or_else(|| format!("{name} must be 1 to 3600 seconds")),
        Some(_) => Err(format!("{name} can be set in development only")),
        None => Ok(default),
    };
    let product = lookup("PRODUCT").unwrap_or_else(|| "Tegata".to_owned());
    let poll_interval = seconds("POLL_INTERVAL_SECONDS", 5)?;
    Ok(Settings {
        mail: MailSettings::from_lookup(lookup).map_err(|error| error.to_string())?,
        object: ObjectSettings {
            edge_url: edge_url.clone(),
            development,
            product: product.clone(),
            poll_interval,
            retry_base: seconds("MAIL_RETRY_SECONDS", 30)?,
            blobs,
            password_cost: COST,
        },
        edge: EdgeSettings {
            edge_url,
            development,
            mailbox: MAILBOX,
            product,
            operator_token,
            poll_interval,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::read;

    fn with(changes: &[(&str, &str)]) -> Result<(), String> {
        let base = [
            ("ENVIRONMENT", "production"),
            ("EDGE_URL", "https://edge.example.com"),
            ("OPERATOR_TOKEN", "0123456789abcdef0123456789abcdef"),
            ("MAIL_TRANSPORT", "cloudflare"),
            ("MAIL_FROM", "tegata@edge.example"),
        ];
        let lookup = |name: &str| {
            changes
                .iter()
                .chain(&base)
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
                .filter(|v| !v.is_empty())
        };
        read(&lookup, true).map(drop)
    }

    #[test]
    fn a_wrong_setting_is_named() {
        assert_eq!(with(&[]), Ok(()));
        for (name, wrong) in [
            ("ENVIRONMENT", "test"),
            ("EDGE_URL", "http://edge.example.com"),
            ("EDGE_URL", "https://edge.example.com/"),
            ("EDGE_URL", "https://edge.example.com/tegata"),
            ("EDGE_URL", "https://Edge.example.com"),
            ("EDGE_URL", "https://edge.example.com:443"),
            ("OPERATOR_TOKEN", "short"),
            ("POLL_INTERVAL_SECONDS", "1"),
            ("MAIL_RETRY_SECONDS", "1"),
            ("MAIL_TRANSPORT", "pigeon"),
            ("MAIL_FROM", ""),
        ] {
            let error = with(&[(name, wrong)]).unwrap_err();
            assert!(error.contains(name), "{name}: {error}");
        }
    }
}
