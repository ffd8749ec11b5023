//! Creates the demo provider and tenant through the operator API, as an operator would, and reads the first
//! administrators' passwords from their mails, as they would.

use std::{thread, time::Duration};

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{http::JsonClient, private_files::random_token, process};

/// Time limit for the mail with the first password to arrive.
const MAIL_LIMIT: Duration = Duration::from_secs(30);

/// The provider's slug.
pub const PROVIDER: &str = "kita-support";
/// The tenant's slug.
pub const TENANT: &str = "aozora";

/// A demo tenant, as `dev.json` shows it.
#[derive(Clone, Serialize)]
pub struct DemoTenant {
    /// Its slug in URLs.
    pub slug: &'static str,
    /// Its first administrator.
    pub admin: DemoAdministrator,
}

/// The first administrator of a demo tenant.
#[derive(Clone, Serialize)]
pub struct DemoAdministrator {
    /// Mail address.
    pub email: &'static str,
    /// Account name.
    pub account: &'static str,
    /// The current password, which replaced the one from the first mail.
    pub password: String,
}

/// Personal access tokens of the two administrators, each with every scope that the account can give, as `dev.json` shows
/// them.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct DemoTokens {
    /// Of the provider's administrator, for the desk.
    pub desk: String,
    /// Of the tenant's administrator, for the panel.
    pub panel: String,
}

/// Rights that no token can hold.
const IN_PERSON: [&str; 7] = [
    "own",
    "registrations.decide",
    "questions.decide",
    "launches.decide",
    "enrolment",
    "equipment.switch",
    "desk.connect",
];

/// Creates the demo tenants on one edge.
pub struct Demo {
    operator: JsonClient,
    mailbox: JsonClient,
}

impl Demo {
    /// The demo of a running edge.
    pub fn new(url: &str, operator_token: &str) -> Self {
        Self {
            operator: JsonClient::new(url, Some(operator_token)),
            mailbox: JsonClient::new(url, None),
        }
    }

    /// Creates the provider if it is missing. `password` is the remembered one.
    pub fn provider(&self, password: Option<&str>) -> Result<DemoTenant> {
        let request = json!({
            "slug": PROVIDER, "kind": "provider", "provider": null,
            "name": "北日本サポートセンター", "locale": "ja", "time_zone": "Asia/Tokyo",
            "administrator": {
                "name": "鈴木 一郎", "email": "ichiro.suzuki@kita-support.example", "account": "ichiro",
                "locale": "ja", "time_zone": "Asia/Tokyo",
            },
        });
        self.create(&request)?;
        let email = "ichiro.suzuki@kita-support.example";
        let password = self.password(PROVIDER, email, "ichiro", password)?;
        Ok(DemoTenant {
            slug: PROVIDER,
            admin: DemoAdministrator {
                email,
                account: "ichiro",
                password,
            },
        })
    }

    /// Creates the tenant if it is missing, and sets the data origin that is running now. `password` is the remembered
    /// one.
    pub fn tenant(&self, data_origin: &str, password: Option<&str>) -> Result<DemoTenant> {
        let request = json!({
            "slug": TENANT, "kind": "tenant", "provider": PROVIDER,
            "name": "青空精工株式会社", "locale": "ja", "time_zone": "Asia/Tokyo",
            "policy": { "mail_domains": ["aozora.example"], "data_origin": data_origin },
            "administrator": {
                "name": "佐藤 花子", "email": "hanako.sato@aozora.example", "account": "hanako",
                "locale": "ja", "time_zone": "Asia/Tokyo",
            },
        });
        let tenant = self.create(&request)?;
        if tenant["policy"]["data_origin"] != data_origin {
            let policy = json!({ "policy": { "data_origin": data_origin } });
            self.operator
                .patch(&format!("/operator/v1/tenants/{TENANT}"), &policy)?
                .success()?;
        }
        let email = "hanako.sato@aozora.example";
        let password = self.password(TENANT, email, "hanako", password)?;
        Ok(DemoTenant {
            slug: TENANT,
            admin: DemoAdministrator {
                email,
                account: "hanako",
                password,
            },
        })
    }

    /// Generates a new introspection secret for the demo tenant; the previous one stops working.
    pub fn introspection_secret(&self) -> Result<String> {
        let path = format!("/operator/v1/tenants/{TENANT}/introspection-secret");
        let answer = self.operator.post(&path, &json!({}))?.success()?;
        Ok(answer["secret"]
            .as_str()
            .context("the edge returned no introspection secret")?
            .to_owned())
    }

    /// Makes the tokens.
    pub fn tokens(&self, provider: &DemoTenant, tenant: &DemoTenant) -> Result<DemoTokens> {
        Ok(DemoTokens {
            desk: self.token(provider)?,
            panel: self.token(tenant)?,
        })
    }

    fn token(&self, of: &DemoTenant) -> Result<String> {
        let api = format!("/t/{}/api/v1", of.slug);
        let login = json!({ "account": of.admin.account, "password": of.admin.password });
        let login = self.mailbox.post(&format!("{api}/login"), &login)?;
        let cookie = login.cookie.clone().context("the login set no cookie")?;
        let session = login.success()?;
        let rights = session["rights"].as_array().context("the session has no rights")?;
        let scopes: Vec<&Value> = rights
            .iter()
            .filter(|right| !IN_PERSON.contains(&right.as_str().unwrap_or_default()))
            .collect();
        let wanted = json!({ "name": "demo", "scopes": scopes, "expires_in_days": 365 });
        let made = self
            .mailbox
            .as_person("POST", &format!("{api}/tokens"), &cookie, &wanted)?;
        let made = made
            .success()
            .with_context(|| format!("making a token at {}", of.slug))?;
        Ok(made["token"].as_str().context("no token was made")?.to_owned())
    }

    /// Creates the tenant in `request` if it is missing.
    fn create(&self, request: &Value) -> Result<Value> {
        let slug = request["slug"].as_str().context("a request without a slug")?;
        let existing = self.operator.get(&format!("/operator/v1/tenants/{slug}"))?;
        if existing.status != 404 {
            return existing.success();
        }
        let made = self.operator.post("/operator/v1/tenants", request)?.success();
        made.with_context(|| format!("creating the demo tenant {slug}"))
    }

    /// A password that can log in: the remembered one, or one set in place of the temporary password, which is valid until
    /// then.
    fn password(&self, slug: &str, email: &str, account: &str, remembered: Option<&str>) -> Result<String> {
        if let Some(password) = remembered {
            return Ok(password.to_owned());
        }
        let first = self.first_password(email)?;
        let own = format!("demo-{}", random_token()?);
        let api = format!("/t/{slug}/api/v1");
        let login = json!({ "account": account, "password": first });
        let login = self.mailbox.post(&format!("{api}/login"), &login)?;
        let cookie = login.cookie.clone().context("the login set no cookie")?;
        login.success()?;
        let set = json!({ "password": own });
        let session = self
            .mailbox
            .as_person("PUT", &format!("{api}/session/password"), &cookie, &set)?
            .success()
            .with_context(|| format!("setting the password of {account} at {slug}"))?;
        if slug == TENANT {
            // Needed to try inquiries and alerts (C6).
            let user = session["user_id"].as_str().context("the session has no user")?;
            let option = json!({ "version": 1, "support_option": true });
            self.mailbox
                .as_person("PATCH", &format!("{api}/users/{user}/account"), &cookie, &option)?
                .success()
                .context("giving the support option")?;
        }
        Ok(own)
    }

    fn first_password(&self, email: &str) -> Result<String> {
        let deadline = process::now() + MAIL_LIMIT;
        while process::now() < deadline && !process::stop_requested() {
            let mails = self.mailbox.get("/dev/mailbox.json")?.success()?;
            let mails = mails.as_array().context("the mailbox is not a list")?;
            let own = mails.iter().filter(|mail| mail["to"].to_string().contains(email));
            if let Some(password) = own.filter_map(|mail| mail["text"].as_str()).find_map(password_in) {
                return Ok(password.to_owned());
            }
            thread::sleep(Duration::from_millis(100));
        }
        bail!("the dev mailbox has no mail with the first password of {email}; start with --fresh")
    }
}

/// The password in a first mail: it follows its label, on the same line or alone on the next.
fn password_in(text: &str) -> Option<&str> {
    const LABELS: [&str; 3] = ["初期パスワード", "Temporary password", "Midlertidig adgangskode"];
    let lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>();
    lines.iter().enumerate().find_map(|(index, line)| {
        let (_, rest) = LABELS.iter().find_map(|label| line.split_once(label))?;
        let same_line = rest.trim_start_matches([':', '：', ' ', '\u{3000}']);
        [Some(same_line), lines.get(index + 1).copied()]
            .into_iter()
            .flatten()
            .find(|word| is_password(word))
    })
}

/// The prose and headings around a password have spaces or other scripts.
fn is_password(word: &str) -> bool {
    word.len() >= 8 && word.chars().all(|character| character.is_ascii_graphic()) && !word.contains("://")
}

#[cfg(test)]
mod tests {
    use super::password_in;

    #[test]
    fn a_first_password_is_found_after_its_label() {
        for (mail, password) in [
            (
                "利用ドメイン\naozora\n\n初期パスワード\nKx7#mP2qRt9w\n",
                Some("Kx7#mP2qRt9w"),
            ),
            ("初期パスワード：Kx7#mP2qRt9w\r\n", Some("Kx7#mP2qRt9w")),
            (
                "初期パスワードは変更してください。\n以下は案内です。\n■初期パスワード\n\nKx7#mP2qRt9w",
                Some("Kx7#mP2qRt9w"),
            ),
            (
                "Account: hanako\nTemporary password: Kx7#mP2qRt9w\n",
                Some("Kx7#mP2qRt9w"),
            ),
            ("Midlertidig adgangskode\n  Kx7#mP2qRt9w  \n", Some("Kx7#mP2qRt9w")),
            ("初期パスワード\nhttps://edge.example/t/aozora/login\n", None),
            ("ようこそ\n", None),
        ] {
            assert_eq!(password_in(mail), password, "{mail}");
        }
    }
}
