//! The settings an operator can choose, and the errors for invalid ones.

use super::{MailSettings, Security, SettingsError, Transport};

type Vars<'a> = &'a [(&'a str, &'a str)];

const PRODUCTION: Vars<'_> = &[("ENVIRONMENT", "production"), ("MAIL_FROM", "tegata@example.com")];
const DEVELOPMENT: Vars<'_> = &[("ENVIRONMENT", "development"), ("MAIL_FROM", "tegata@example.com")];

fn parse(base: Vars<'_>, vars: Vars<'_>) -> Result<MailSettings, SettingsError> {
    // Later entries win, so that a case can override a value of its base.
    let find = |name: &str| {
        vars.iter()
            .chain(base)
            .find(|(key, _)| *key == name)
            .map(|(_, value)| (*value).to_owned())
    };
    MailSettings::from_lookup(&find)
}

#[test]
fn smtp_defaults_to_starttls_on_the_submission_port() {
    let settings = parse(
        PRODUCTION,
        &[("MAIL_TRANSPORT", "smtp"), ("SMTP_HOST", "smtp.example.com")],
    )
    .unwrap();
    let Transport::Smtp(server) = settings.transport else {
        panic!("{settings:?}")
    };
    assert_eq!((server.port, server.security), (587, Security::StartTls));
    assert!(server.credentials.is_none());
    assert_eq!(settings.sender.name, "Tegata");
}

#[test]
fn implicit_tls_defaults_to_its_own_port() {
    let settings = parse(
        PRODUCTION,
        &[
            ("MAIL_TRANSPORT", "smtp"),
            ("SMTP_HOST", "smtp.example.com"),
            ("SMTP_SECURITY", "tls"),
            ("PRODUCT", "関所"),
        ],
    )
    .unwrap();
    let Transport::Smtp(server) = settings.transport else {
        panic!("{settings:?}")
    };
    assert_eq!((server.port, server.security), (465, Security::Tls));
    assert_eq!(settings.sender.name, "関所");
}

#[test]
fn what_cannot_work_names_the_setting() {
    let smtp = [("MAIL_TRANSPORT", "smtp"), ("SMTP_HOST", "smtp.example.com")];
    let http = [
        ("MAIL_TRANSPORT", "http"),
        ("MAIL_HTTP_URL", "https://mail.example/emails"),
        ("MAIL_HTTP_TOKEN", "re_1"),
    ];
    let cases: &[(Vars<'_>, Vars<'_>, &str)] = &[
        (PRODUCTION, &[], "MAIL_TRANSPORT"),
        (PRODUCTION, &[("MAIL_TRANSPORT", " ")], "MAIL_TRANSPORT"),
        (PRODUCTION, &[("MAIL_TRANSPORT", "sendmail")], "MAIL_TRANSPORT"),
        (PRODUCTION, &[("MAIL_TRANSPORT", "dev")], "MAIL_TRANSPORT"),
        (PRODUCTION, &[("ENVIRONMENT", "staging")], "ENVIRONMENT"),
        (PRODUCTION, &[("ENVIRONMENT", "")], "ENVIRONMENT"),
        (PRODUCTION, &[("MAIL_FROM", "")], "MAIL_FROM"),
        (PRODUCTION, &[("MAIL_FROM", "Tegata <tegata@example.com>")], "MAIL_FROM"),
        (PRODUCTION, &[("MAIL_FROM_NAME", "Tegata\r\nBcc: x")], "MAIL_FROM_NAME"),
        (PRODUCTION, &[smtp[0]], "SMTP_HOST"),
        (
            PRODUCTION,
            &[smtp[0], ("SMTP_HOST", "smtp.example.com:587")],
            "SMTP_HOST",
        ),
        (PRODUCTION, &[smtp[0], ("SMTP_HOST", "smtp..example")], "SMTP_HOST"),
        (PRODUCTION, &[smtp[0], smtp[1], ("SMTP_PORT", "25")], "SMTP_PORT"),
        (PRODUCTION, &[smtp[0], smtp[1], ("SMTP_PORT", "99999")], "SMTP_PORT"),
        (
            PRODUCTION,
            &[smtp[0], smtp[1], ("SMTP_SECURITY", "none"), ("SMTP_PORT", "1025")],
            "SMTP_SECURITY",
        ),
        (DEVELOPMENT, &[smtp[0], smtp[1], ("SMTP_SECURITY", "none")], "SMTP_PORT"),
        (
            PRODUCTION,
            &[smtp[0], smtp[1], ("SMTP_USERNAME", "tegata")],
            "SMTP_PASSWORD",
        ),
        (
            PRODUCTION,
            &[smtp[0], smtp[1], ("SMTP_PASSWORD", "s3cret")],
            "SMTP_USERNAME",
        ),
        (
            PRODUCTION,
            &[smtp[0], smtp[1], ("SMTP_USERNAME", "t"), ("SMTP_PASSWORD", "a\0b")],
            "SMTP_PASSWORD",
        ),
        (PRODUCTION, &[http[0], http[2]], "MAIL_HTTP_URL"),
        (
            PRODUCTION,
            &[http[0], http[2], ("MAIL_HTTP_URL", "http://mail.example/emails")],
            "MAIL_HTTP_URL",
        ),
        (
            PRODUCTION,
            &[http[0], http[2], ("MAIL_HTTP_URL", "https://u:p@mail.example/")],
            "MAIL_HTTP_URL",
        ),
        (PRODUCTION, &[http[0], http[1]], "MAIL_HTTP_TOKEN"),
        (
            PRODUCTION,
            &[http[0], http[1], ("MAIL_HTTP_TOKEN", "re_1\nX: y")],
            "MAIL_HTTP_TOKEN",
        ),
    ];
    for (base, vars, expected) in cases {
        let mut vars = vars.to_vec();
        if !vars.iter().any(|(name, _)| *name == "MAIL_TRANSPORT") && *expected != "MAIL_TRANSPORT" {
            vars.push(("MAIL_TRANSPORT", "cloudflare"));
        }
        match parse(base, &vars) {
            Err(SettingsError::Missing { setting, .. } | SettingsError::Invalid { setting, .. }) => {
                assert_eq!(setting, *expected, "{vars:?}");
            }
            Ok(settings) => panic!("{vars:?} was accepted: {settings:?}"),
        }
    }
    assert!(parse(PRODUCTION, &http).is_ok());
    assert!(parse(PRODUCTION, &[("MAIL_TRANSPORT", "cloudflare")]).is_ok());
}

#[test]
fn development_may_go_without_tls() {
    let vars = [
        ("MAIL_TRANSPORT", "smtp"),
        ("SMTP_HOST", "127.0.0.1"),
        ("SMTP_PORT", "1025"),
        ("SMTP_SECURITY", "none"),
    ];
    let settings = parse(DEVELOPMENT, &vars).unwrap();
    assert!(matches!(settings.transport, Transport::Smtp(server) if server.security == Security::None));
    let vars = [
        ("MAIL_TRANSPORT", "http"),
        ("MAIL_HTTP_URL", "http://127.0.0.1:9001/emails"),
        ("MAIL_HTTP_TOKEN", "re_1"),
    ];
    assert!(parse(DEVELOPMENT, &vars).is_ok());
}

#[cfg(feature = "dev-mailbox")]
#[test]
fn the_dev_mailbox_is_for_development_alone() {
    assert!(parse(DEVELOPMENT, &[("MAIL_TRANSPORT", "dev")]).is_ok());
    assert!(parse(PRODUCTION, &[("MAIL_TRANSPORT", "dev")]).is_err());
}

#[test]
fn secrets_appear_in_no_output() {
    let vars = [
        ("MAIL_TRANSPORT", "smtp"),
        ("SMTP_HOST", "smtp.example.com"),
        ("SMTP_USERNAME", "tegata"),
        ("SMTP_PASSWORD", "s3cret"),
    ];
    assert!(!format!("{:?}", parse(PRODUCTION, &vars).unwrap()).contains("s3cret"));
    let error = parse(
        PRODUCTION,
        &[
            ("MAIL_TRANSPORT", "http"),
            ("MAIL_HTTP_URL", "https://mail.example"),
            ("MAIL_HTTP_TOKEN", "s3 cret"),
        ],
    );
    let shown = error.unwrap_err().to_string();
    assert!(!shown.contains("s3 cret"), "{shown}");
    assert_eq!(
        shown,
        "MAIL_HTTP_TOKEN is invalid: it must be the provider's API token, in visible ASCII characters"
    );
}
