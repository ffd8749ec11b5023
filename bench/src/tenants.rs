//! Two tenants of one edge that differ only in size, and requests to their panels.

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use tegata_domain::account::{AccountName, Password};
use tegata_domain::console_session::{ConsoleSession, LIFE, SessionState};
use tegata_domain::id::{SessionId, TokenId, UserId};
use tegata_domain::personal_token::{NewScopes, PersonalToken, TokenName};
use tegata_domain::random::{CountingRandom, Random};
use tegata_domain::right::Right;
use tegata_domain::secret::{PlainPersonalToken, PlainSessionToken};
use tegata_domain::time::UnixSeconds;
use tegata_kv_schema::native::NativeSql;
use tegata_kv_schema::sql::Sql as _;
use tegata_kv_schema::{accounts, personal_tokens, sessions, tenants};

use crate::{
    clock::unix_now,
    edge::Edge,
    http1::{Connection, Reply, request},
    population::{self, Filled, Size},
};

/// A filled tenant with credentials for its panel.
pub struct Tenant {
    /// Its slug in URLs.
    pub slug: &'static str,
    /// Its contents.
    pub filled: Filled,
    /// A token with every right that a token can have.
    pub token: String,
    /// The cookie of a session of the same person.
    pub cookie: String,
}

/// Starts an edge with tenants of these sizes. Their rows are written directly into the objects' databases while
/// nothing else has them open: creating that many through requests would take over an hour.
pub fn prepare(sizes: &[(&'static str, Size)]) -> Result<(Edge, Vec<Tenant>)> {
    let mut edge = Edge::production()?;
    for (slug, _) in sizes {
        edge.create_tenant(slug, &json!({}))?;
    }
    edge.stop()?;
    let mut tenants = Vec::new();
    for (slug, size) in sizes {
        let sql = database(&edge, slug)?;
        eprintln!("  filling {slug}: {size:?}");
        let (token, cookie) = open(&sql, slug)?;
        let filled = population::fill(&sql, slug, *size, unix_now())?;
        tenants.push(Tenant {
            slug,
            filled,
            token,
            cookie,
        });
    }
    edge.restart()?;
    Ok((edge, tenants))
}

/// The database of the tenant `slug`. Only a stopped edge releases it.
pub fn database(edge: &Edge, slug: &str) -> Result<NativeSql> {
    for file in edge.tenant_databases()? {
        let sql = NativeSql::open(&file)?;
        // The platform's own files are beside the objects'.
        let table = "SELECT 1 FROM sqlite_master WHERE name = 'tenant'";
        if !sql.run(table, Vec::new())?.is_empty()
            && tenants::load(&sql)?.is_some_and(|tenant| tenant.slug.as_str() == slug)
        {
            return Ok(sql);
        }
    }
    bail!("no object has the tenant {slug}")
}

/// Opens access to a panel: a token and a session of the tenant's first administrator, as if they had set a password and logged in.
pub fn open(sql: &NativeSql, slug: &str) -> Result<(String, String)> {
    let (now, random) = (unix_now(), CountingRandom::new(11));
    let name = AccountName::parse("hanako").ok().context("invalid account name")?;
    let mut account = accounts::load_by_name(sql, &name)?.context("no administrator")?;
    if let Password::First { hash, .. } = account.password.clone() {
        account.password = Password::Own { hash, since: now };
    }
    accounts::save(sql, &account)?;
    let token = PlainPersonalToken::generate(&random);
    personal_tokens::save(sql, &token.hashed(), &personal_token(&account.user, now, &random)?)?;
    let cookie = PlainSessionToken::generate(&random);
    sessions::save(sql, &cookie.hashed(), &session(&account.user, now, &random))?;
    Ok((
        token.expose().to_owned(),
        format!("__Host-tegata-{slug}={}", cookie.expose()),
    ))
}

fn personal_token(user: &UserId, now: UnixSeconds, random: &dyn Random) -> Result<PersonalToken> {
    let rights = Right::ALL.iter().copied().filter(|right| right.fits_token()).collect();
    Ok(PersonalToken {
        id: TokenId::generate(random),
        user: user.clone(),
        name: TokenName::try_from("measuring".to_owned())
            .ok()
            .context("invalid name")?,
        scopes: NewScopes::try_from(Vec::from_iter::<Vec<Right>>(rights))
            .ok()
            .context("wrong scopes")?
            .into(),
        created_at: now,
        expires_at: now.plus(24 * 3600),
        last_used_at: Some(now),
    })
}

fn session(user: &UserId, now: UnixSeconds, random: &dyn Random) -> ConsoleSession {
    ConsoleSession {
        id: SessionId::generate(random),
        user: user.clone(),
        state: SessionState::SignedIn,
        created_at: now,
        last_seen_at: now,
        authenticated_at: now,
        with_passkey: false,
        expires_at: now.plus(LIFE),
        address: "192.0.2.17".to_owned(),
        agent: "benchmark".to_owned(),
    }
}

/// The panel's API of one tenant, on one connection.
pub struct Panel {
    connection: Connection,
    host: String,
    slug: &'static str,
    authorization: String,
}

impl Panel {
    /// Connects to the edge.
    pub async fn connect(edge: &Edge, tenant: &Tenant) -> Result<Self> {
        Ok(Self {
            connection: Connection::open(edge.port()).await?,
            host: edge.host(),
            slug: tenant.slug,
            authorization: format!("Bearer {}", tenant.token),
        })
    }

    /// The bytes of a request for `path` under the API.
    pub fn request(&self, path: &str) -> Vec<u8> {
        let path = format!("/t/{}/api/v1/{path}", self.slug);
        // The production build accepts only https, which the proxy in front reports.
        let headers = [
            ("Authorization", self.authorization.as_str()),
            ("X-Forwarded-Proto", "https"),
        ];
        request("GET", &self.host, &path, &headers, "")
    }

    /// Sends a request and reads its response, which must be 200.
    pub async fn send(&mut self, request: &[u8]) -> Result<Reply> {
        let reply = self.connection.exchange(request).await?;
        if reply.status != 200 {
            bail!(
                "the panel returned {}: {}",
                reply.status,
                String::from_utf8_lossy(&reply.body)
            );
        }
        Ok(reply)
    }

    /// The document at `path`.
    pub async fn get(&mut self, path: &str) -> Result<Value> {
        let request = self.request(path);
        Ok(serde_json::from_slice(&self.send(&request).await?.body)?)
    }

    /// Streams the response of `path` to `file`. Returns the number of bytes.
    pub async fn download(&mut self, path: &str, file: &mut impl std::io::Write) -> Result<usize> {
        let request = self.request(path);
        self.connection.download(&request, file).await
    }
}
