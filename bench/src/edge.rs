//! The edge under test, and the actions of operators and Viewers that prepare it.

use std::{
    fs,
    net::Ipv4Addr,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use rusqlite::Connection as Database;
use serde_json::{Value, json};
use tegata_domain::keyring::{Key, Signers, signers};
use tempfile::TempDir;
use xtask::{
    edge::{EdgeOptions, PlainEdge},
    http::JsonClient,
};

use crate::{
    clock::unix_now,
    http1::{Connection, Reply, form, request},
};

/// Tegata on plain workerd, with its own state.
pub struct Edge {
    plain: PlainEdge,
    state: TempDir,
}

impl Edge {
    /// Starts the development build on fresh state.
    pub fn start() -> Result<Self> {
        Self::with(|options| options)
    }

    /// The same with other options.
    pub fn with(change: impl FnOnce(EdgeOptions) -> EdgeOptions) -> Result<Self> {
        let state = tempfile::tempdir()?;
        let options = EdgeOptions::new(state.path().join("edge"))?;
        let plain = PlainEdge::start(change(options))?;
        Ok(Self { plain, state })
    }

    /// Starts the production build on fresh state. Its mails are never delivered.
    pub fn production() -> Result<Self> {
        let state = tempfile::tempdir()?;
        let options = EdgeOptions::production(state.path().join("edge"))?
            .var("EDGE_URL", "https://edge.example")
            .var("MAIL_TRANSPORT", "http")
            .var("MAIL_FROM", "tegata@edge.example")
            .var("MAIL_HTTP_URL", "https://mail.example/emails")
            .var("MAIL_HTTP_TOKEN", "nobody-reads-this");
        let plain = PlainEdge::start(options)?;
        Ok(Self { plain, state })
    }

    /// Its base URL.
    pub fn url(&self) -> String {
        self.plain.url()
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.plain.options().port
    }

    /// Its name in a `Host` header.
    pub fn host(&self) -> String {
        let front = self.plain.options().front_headers();
        let host = front.into_iter().find(|(name, _)| *name == "host");
        host.map_or_else(|| format!("127.0.0.1:{}", self.port()), |(_, host)| host)
    }

    /// The process group, for measuring.
    pub fn group(&self) -> u32 {
        self.plain.process_group().unwrap_or_default()
    }

    /// A path for the files of the other side of a comparison.
    pub fn scratch(&self, name: &str) -> std::path::PathBuf {
        self.state.path().join(name)
    }

    /// Restarts with empty memory on the same state.
    pub fn restart(&mut self) -> Result<()> {
        self.plain.restart()
    }

    /// Kills it (SIGKILL); [`restart`](Self::restart) starts it again.
    pub fn kill(&mut self) -> Result<()> {
        self.plain.kill()
    }

    /// Stops it; [`restart`](Self::restart) starts it again.
    pub fn stop(&mut self) -> Result<()> {
        self.plain.stop()
    }

    /// The database files of the tenants' objects. Only a stopped edge releases them.
    pub fn tenant_databases(&self) -> Result<Vec<PathBuf>> {
        let directory = self.plain.options().state_dir.join("objects/tegata-tenant");
        let files = fs::read_dir(&directory).with_context(|| format!("reading {}", directory.display()))?;
        let files = files.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
        let database = |file: &PathBuf| file.extension().is_some_and(|extension| extension == "sqlite");
        Ok(files.into_iter().filter(database).collect())
    }

    /// A client of the operator API.
    pub fn operator(&self) -> JsonClient {
        JsonClient::new(&self.url(), Some(self.plain.operator_token()))
            .with_headers(self.plain.options().front_headers())
    }

    /// Creates the tenant `slug`, whose only approver reads mails in English.
    pub fn create_tenant(&self, slug: &str, policy: &Value) -> Result<()> {
        let tenant = json!({
            "slug": slug, "kind": "tenant", "name": "ハヤテ精機株式会社", "locale": "en", "time_zone": "Asia/Tokyo",
            "policy": policy,
            "administrator": {
                "name": "佐藤 花子", "email": format!("hanako@{slug}.example"), "account": "hanako",
                "locale": "en", "time_zone": "Asia/Tokyo",
            },
        });
        self.operator().post("/operator/v1/tenants", &tenant)?.success()?;
        Ok(())
    }

    /// Creates the provider `provider` and its customer `customer`, each with one administrator.
    pub fn create_pair(&self, provider: &str, customer: &str) -> Result<()> {
        for (slug, kind) in [(provider, "provider"), (customer, "tenant")] {
            let tenant = json!({
                "slug": slug, "kind": kind, "provider": (kind == "tenant").then_some(provider),
                "name": "ハヤテ精機株式会社", "locale": "en", "time_zone": "Asia/Tokyo",
                "administrator": {
                    "name": "佐藤 花子", "email": format!("hanako@{slug}.example"), "account": "hanako",
                    "locale": "en", "time_zone": "Asia/Tokyo",
                },
            });
            self.operator().post("/operator/v1/tenants", &tenant)?.success()?;
        }
        Ok(())
    }

    /// Adds approver number `number` to the tenant `slug`. Returns the approver's address.
    pub fn add_approver(&self, slug: &str, number: usize) -> Result<String> {
        let email = format!("approver{number}@{slug}.example");
        let approver = json!({
            "name": "鈴木 一郎", "email": email, "account": format!("approver{number}"),
            "locale": "en", "time_zone": "Asia/Tokyo",
        });
        let path = format!("/operator/v1/tenants/{slug}/administrators");
        self.operator().post(&path, &approver)?.success()?;
        Ok(email)
    }

    /// The public keys, as published.
    pub fn public_keys(&self) -> Result<String> {
        let client = JsonClient::new(&self.url(), None).with_headers(self.plain.options().front_headers());
        let keys = client.get("/.well-known/jwks.json")?;
        Ok(keys.success()?.to_string())
    }

    /// The signing keys, read from the keyring's own database: the benchmark makes thousands of tokens, which would
    /// take longer to collect from the edge than to measure.
    pub fn signers(&self) -> Result<Signers> {
        self.public_keys()?;
        let stored = self.plain.options().state_dir.join("objects/tegata-keyring");
        // A copy: the running workerd keeps the original open, with its newest pages in the write-ahead log beside it.
        let copy = self.scratch("keyring");
        copy_files(&stored, &copy)?;
        for entry in fs::read_dir(&copy)? {
            let file = entry?.path();
            if file.extension().is_some_and(|extension| extension == "sqlite")
                && let Ok(keys) = read_keys(&file)
            {
                return signers(&keys, unix_now()).context("the keyring has no active keys");
            }
        }
        bail!("no keyring in {}", stored.display())
    }
}

fn copy_files(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("reading {}", from.display()))? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}

fn read_keys(file: &Path) -> Result<Vec<Key>> {
    let database = Database::open(file)?;
    let mut statement = database.prepare("SELECT record FROM signing_key")?;
    let records = statement.query_map([], |row| row.get::<_, String>(0))?;
    records.map(|record| Ok(serde_json::from_str(&record?)?)).collect()
}

/// A Viewer of one tenant of the edge, on one connection.
pub struct Viewer {
    connection: Connection,
    host: String,
    slug: String,
}

impl Viewer {
    /// Connects to the edge.
    pub async fn connect(edge: &Edge, slug: &str) -> Result<Self> {
        Ok(Self {
            connection: Connection::open(edge.port()).await?,
            host: edge.host(),
            slug: slug.to_owned(),
        })
    }

    /// Requests registration and returns the device code. Each `number` is a different person on a different PC.
    pub async fn register(&mut self, number: usize, jkt: Option<&str>) -> Result<String> {
        let request = registration(&self.host, &self.slug, number, jkt);
        text(&self.send(&request).await?, "device_code")
    }

    /// Approves through the link of a mail.
    pub async fn approve(&mut self, path: &str) -> Result<()> {
        let request = approval(&self.host, path);
        self.send(&request).await.map(drop)
    }

    /// Collects the first tokens and returns the refresh token.
    pub async fn collect(
        &mut self,
        device_code: &str,
        activation_code: Option<&str>,
        proof: Option<&str>,
    ) -> Result<String> {
        let request = collection(&self.host, &self.slug, device_code, activation_code, proof);
        text(&self.send(&request).await?, "refresh_token")
    }

    async fn send(&mut self, request: &[u8]) -> Result<Reply> {
        let reply = self.connection.exchange(request).await?;
        if !(200..300).contains(&reply.status) {
            bail!(
                "the edge returned {}: {}",
                reply.status,
                String::from_utf8_lossy(&reply.body)
            );
        }
        Ok(reply)
    }
}

/// The string member `name` of a JSON reply.
pub fn text(reply: &Reply, name: &str) -> Result<String> {
    let body: Value = serde_json::from_slice(&reply.body)?;
    let text = body[name].as_str().with_context(|| format!("no {name} in the reply"))?;
    Ok(text.to_owned())
}

/// A client address per number, so that no two requests share one and the rate limits do not apply.
fn client(number: usize) -> String {
    Ipv4Addr::from_bits(0x0a00_0001_u32.wrapping_add(u32::try_from(number).unwrap_or(u32::MAX))).to_string()
}

/// The mail address of person `number`.
pub fn requester(number: usize) -> String {
    format!("taro{number}@hayate.example")
}

/// A device authorization request (RFC 8628).
pub fn registration(host: &str, slug: &str, number: usize, jkt: Option<&str>) -> Vec<u8> {
    let email = requester(number);
    let device = format!("検査室PC {number}");
    let mut fields = vec![
        ("client_id", "viewer"),
        ("name", "山田 太郎"),
        ("email", email.as_str()),
        ("organization", "ハヤテ精機"),
        ("device_name", device.as_str()),
        ("locale", "en"),
    ];
    fields.extend(jkt.map(|jkt| ("dpop_jkt", jkt)));
    let path = format!("/t/{slug}/oauth/device_authorization");
    form(host, &path, &[("cf-connecting-ip", &client(number))], &fields)
}

/// The approval form, as the page sends it.
pub fn approval(host: &str, path: &str) -> Vec<u8> {
    let fields = [("decision", "approve"), ("confirm", "yes"), ("lang", "en")];
    let origin = format!("http://{host}");
    form(
        host,
        path,
        &[("Origin", &origin), ("Sec-Fetch-Site", "same-origin")],
        &fields,
    )
}

/// A token request with a device code.
pub fn collection(
    host: &str,
    slug: &str,
    device_code: &str,
    activation_code: Option<&str>,
    proof: Option<&str>,
) -> Vec<u8> {
    let mut fields = vec![
        ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
        ("client_id", "viewer"),
        ("device_code", device_code),
    ];
    fields.extend(activation_code.map(|code| ("activation_code", code)));
    let headers: Vec<_> = proof.map(|proof| ("DPoP", proof)).into_iter().collect();
    form(host, &format!("/t/{slug}/oauth/token"), &headers, &fields)
}

/// A token request with a refresh token.
pub fn refreshing(host: &str, slug: &str, refresh_token: &str, proof: Option<&str>) -> Vec<u8> {
    let fields = [
        ("grant_type", "refresh_token"),
        ("client_id", "viewer"),
        ("refresh_token", refresh_token),
    ];
    let headers: Vec<_> = proof.map(|proof| ("DPoP", proof)).into_iter().collect();
    form(host, &format!("/t/{slug}/oauth/token"), &headers, &fields)
}

/// A request to the gate.
pub fn gated(host: &str, slug: &str, scheme: &str, token: &str, proof: Option<&str>) -> Vec<u8> {
    let authorization = format!("{scheme} {token}");
    let mut headers = vec![
        ("Authorization", authorization.as_str()),
        ("Accept", "application/json"),
        ("User-Agent", "tegata-viewer/0.1"),
        ("Cookie", "none=of-your-business"),
    ];
    headers.extend(proof.map(|proof| ("DPoP", proof)));
    request("GET", host, &gate_path(slug), &headers, "")
}

/// The path used at the gate.
pub fn gate_path(slug: &str) -> String {
    format!("/t/{slug}/gate/measurements/2026-11")
}
