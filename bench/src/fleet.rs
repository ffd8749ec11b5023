//! A customer with many machines whose agents are enrolled, and its provider's desk. As in [`tenants`](crate::tenants),
//! rows are written into the objects' databases directly; launches are requested and approved over the API.

use std::{cell::RefCell, path::PathBuf, rc::Rc};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use tegata_domain::access_token::issuer;
use tegata_domain::agent::{Agent, AgentReport};
use tegata_domain::control::PROTOCOL;
use tegata_domain::equipment::{Equipment, EquipmentDescription, ResponsibleUsers, SerialNumber};
use tegata_domain::id::{AgentId, EquipmentId};
use tegata_domain::keyring::Signers;
use tegata_domain::random::CountingRandom;
use tegata_domain::refresh::RefreshFamily;
use tegata_domain::secret::PlainRefreshToken;
use tegata_domain::text::EquipmentName;
use tegata_kv_schema::native::NativeSql;
use tegata_kv_schema::sql::Sql as _;
use tegata_kv_schema::{agents, equipment};

use crate::{
    clock::unix_now,
    edge::Edge,
    http1::{Connection, Reply, request},
    proofs::{Algorithm, PcKey},
    signing::agent_token,
    socket::Socket,
    tenants::{database, open},
};

/// The customer.
pub const CUSTOMER: &str = "hayate";
/// Its provider.
pub const PROVIDER: &str = "kita";
/// What an agent says of itself.
pub const REPORT: [(&str, &str); 3] = [
    ("software", "tegata 0.1.0"),
    ("system", "Debian 13 x86_64"),
    ("host_name", "line-7"),
];
/// The origin of the production build's pages.
const ORIGIN: &str = "https://edge.example";
/// Number of keys; the agents share them, and the edge does not mind.
const KEYS: usize = 64;

/// A machine with its agent.
pub struct Machine {
    /// The equipment's id.
    pub equipment: EquipmentId,
    /// The agent's id.
    pub agent: AgentId,
    /// The agent's key.
    pub key: Rc<PcKey>,
}

/// A customer with machines.
pub struct Fleet {
    /// The port it listens on.
    pub port: u16,
    /// The machines.
    pub machines: Vec<Machine>,
    edge: RefCell<Edge>,
    host: String,
    origin: String,
    signers: Signers,
    desk: String,
    administrator: String,
}

/// Who calls the API.
#[derive(Clone, Copy)]
pub enum Caller {
    /// A member of the desk's staff, who has just logged in.
    Desk,
    /// The customer's administrator, who has just logged in.
    Administrator,
}

impl Fleet {
    /// Starts an edge with this many machines.
    pub fn prepare(count: usize) -> Result<Self> {
        Self::on(Edge::production()?, ORIGIN.to_owned(), count)
    }

    /// The same with the development build, which browsers and agents reach without a proxy that terminates TLS in front.
    /// It differs by the dev mailbox alone.
    pub fn in_reach(count: usize) -> Result<Self> {
        let edge = Edge::start()?;
        let origin = edge.url();
        Self::on(edge, origin, count)
    }

    fn on(mut edge: Edge, origin: String, count: usize) -> Result<Self> {
        edge.create_pair(PROVIDER, CUSTOMER)?;
        let signers = edge.signers()?;
        edge.stop()?;
        let sql = database(&edge, CUSTOMER)?;
        let (_, administrator) = open(&sql, CUSTOMER)?;
        let machines = fill(&sql, count)?;
        let (_, desk) = open(&database(&edge, PROVIDER)?, PROVIDER)?;
        drop(sql);
        edge.restart()?;
        Ok(Self {
            port: edge.port(),
            host: edge.host(),
            origin,
            edge: RefCell::new(edge),
            machines,
            signers,
            desk,
            administrator,
        })
    }

    /// The process group, for measuring.
    pub fn group(&self) -> u32 {
        self.edge.borrow().group()
    }

    /// A path for the files of the peer.
    pub fn scratch(&self, name: &str) -> PathBuf {
        self.edge.borrow().scratch(name)
    }

    /// Starts the edge anew, with empty memory.
    pub fn restart(&self) -> Result<()> {
        self.edge.borrow_mut().restart()
    }

    /// Kills the edge, and starts it again at once.
    pub fn kill_and_restart(&self) -> Result<()> {
        let mut edge = self.edge.borrow_mut();
        edge.kill()?;
        edge.restart()
    }

    /// The tokens' key, for the peer.
    pub fn signers(&self) -> &Signers {
        &self.signers
    }

    /// The edge's own URL, which is the origin of its pages.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The value of `Host` in requests to it.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The cookie of the desk's member.
    pub fn desk_cookie(&self) -> &str {
        &self.desk
    }

    /// The headers with which a machine's agent opens the socket at `path` below its tenant.
    pub fn credentials(&self, machine: &Machine, path: &str) -> Result<(String, String)> {
        let issuer = issuer(&self.origin, CUSTOMER);
        let token = agent_token(&self.signers.token, &issuer, &machine.agent, machine.key.thumbprint())?;
        let proof = machine.key.proof("GET", &format!("{issuer}/{path}"), Some(&token))?;
        Ok((format!("DPoP {token}"), proof))
    }

    /// Opens a machine's socket at `path` below its tenant, on our side or at a peer's `port`.
    pub async fn agent_socket(&self, port: u16, machine: &Machine, path: &str, protocol: &str) -> Result<Socket> {
        let (authorization, proof) = self.credentials(machine, path)?;
        let headers = [
            ("authorization", authorization.as_str()),
            ("dpop", proof.as_str()),
            ("sec-websocket-protocol", protocol),
            ("x-forwarded-proto", "https"),
        ];
        Socket::open(port, &self.host, &format!("/t/{CUSTOMER}/{path}"), &headers).await
    }

    /// Connects a machine's agent, which introduces itself and is welcomed.
    pub async fn connect(&self, port: u16, machine: &Machine) -> Result<Socket> {
        let mut socket = self.agent_socket(port, machine, "agent", PROTOCOL).await?;
        let mut hello = json!({"type": "hello"});
        for (name, value) in REPORT {
            hello[name] = value.into();
        }
        socket.say(&hello).await?;
        let welcome = socket.hear().await?;
        if welcome["type"] != "welcome" {
            bail!("not welcomed: {welcome}");
        }
        Ok(socket)
    }

    /// Opens the desk's socket of a session with a ticket.
    pub async fn desk_socket(&self, number: &str, ticket: &str) -> Result<Socket> {
        self.person_socket(PROVIDER, number, ticket).await
    }

    /// Opens a person's socket of a session, below the tenant `slug`, with a ticket.
    pub async fn person_socket(&self, slug: &str, number: &str, ticket: &str) -> Result<Socket> {
        let protocols = format!("{}, {ticket}", tegata_domain::session::frame::PROTOCOL);
        let headers = [
            ("origin", self.origin.as_str()),
            ("sec-websocket-protocol", protocols.as_str()),
            ("x-forwarded-proto", "https"),
        ];
        let path = format!("/t/{slug}/sessions/{number}");
        Socket::open(self.port, &self.host, &path, &headers).await
    }

    /// A request to the API.
    pub fn request(&self, caller: Caller, method: &str, path: &str, body: &Value) -> Vec<u8> {
        let (slug, cookie) = match caller {
            Caller::Desk => (PROVIDER, &self.desk),
            Caller::Administrator => (CUSTOMER, &self.administrator),
        };
        let headers = [
            ("Cookie", cookie.as_str()),
            ("Origin", self.origin.as_str()),
            ("Content-Type", "application/json"),
            ("X-Forwarded-Proto", "https"),
        ];
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        request(method, &self.host, &format!("/t/{slug}/api/v1/{path}"), &headers, &body)
    }

    /// Calls the API; the answer must be a success.
    pub async fn call(&self, caller: Caller, method: &str, path: &str, body: &Value) -> Result<Value> {
        let request = self.request(caller, method, path, body);
        let reply = Connection::open(self.port).await?.exchange(&request).await?;
        success(&reply, path)
    }

    /// The desk requests a launch on each of these machines and the administrator approves it. Returns their ids.
    pub async fn launches(&self, machines: &[Machine]) -> Result<Vec<String>> {
        let mut ids = Vec::new();
        for machine in machines {
            let wanted = json!({"equipment": machine.equipment, "reason": "ログを確認します。", "period": 14_400});
            let path = format!("customers/{CUSTOMER}/launches");
            let made = self.call(Caller::Desk, "POST", &path, &wanted).await?;
            let id = made["id"].as_str().context("the launch has no id")?.to_owned();
            let answer = json!({"outcome": "approved", "confirmed": true});
            let path = format!("launches/{id}/decision");
            self.call(Caller::Administrator, "POST", &path, &answer).await?;
            ids.push(id);
        }
        Ok(ids)
    }
}

/// The document of a successful reply.
pub fn success(reply: &Reply, path: &str) -> Result<Value> {
    if !(200..300).contains(&reply.status) {
        bail!(
            "{path} returned {}: {}",
            reply.status,
            String::from_utf8_lossy(&reply.body)
        );
    }
    Ok(serde_json::from_slice(&reply.body)?)
}

fn fill(sql: &NativeSql, count: usize) -> Result<Vec<Machine>> {
    let keys = (0..KEYS).map(|_| PcKey::generate(Algorithm::EdDsa).map(Rc::new));
    let keys = keys.collect::<Result<Vec<_>>>()?;
    let (random, now) = (CountingRandom::new(23), unix_now());
    let mut machines = Vec::new();
    let mut done = Ok(());
    sql.transaction(&mut || {
        done = (0..count).try_for_each(|number| {
            let key = Rc::clone(keys.get(number % KEYS).context("no key")?);
            let description = EquipmentDescription {
                name: EquipmentName::parse("5軸加工機")?,
                model: None,
                serial_number: SerialNumber::parse(&format!("TG-{number:05}"))?,
                place: None,
                organization: None,
                responsible: ResponsibleUsers::default(),
                notes: None,
            };
            let machine = Equipment {
                remote_assistance: true,
                ..Equipment::register(EquipmentId::generate(&random), description, now)
            };
            equipment::save(sql, &machine)?;
            let [software, system, host_name] = REPORT.map(|(_, value)| value);
            let id = AgentId::generate(&random);
            let agent = Agent {
                equipment: machine.id.clone(),
                jkt: key.thumbprint().clone(),
                report: AgentReport::parse(software, system, host_name)?,
                enrolled_at: now,
                seen_at: None,
                ended: None,
                remote_assistance: true,
                refresh: RefreshFamily::new(PlainRefreshToken::generate(&random, &id).hashed(), now),
                id: id.clone(),
            };
            agents::save(sql, &agent)?;
            machines.push(Machine {
                equipment: machine.id,
                agent: id,
                key,
            });
            anyhow::Ok(())
        });
        done.is_ok()
    })?;
    done?;
    Ok(machines)
}
