//! What the routes need of the outside: objects to ask, copies to read, crypto, the clock, and the way to data origins.

use std::any::Any;
use std::future::Future;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;

use axum::body::Body;
use http::{HeaderMap, Method, Response};
use serde::de::DeserializeOwned;
use tegata_domain::access_token::IdentityClaims;
use tegata_domain::blob::BlobKey;
use tegata_domain::data_origin::Deployment;
use tegata_domain::device::RevocationSnapshot;
use tegata_domain::directory::DirectoryEntry;
use tegata_domain::enrolment::organization::OrganizationNumber;
use tegata_domain::error::Refusal;
use tegata_domain::jwk::{ProofKey, PublicKeySet};
use tegata_domain::passkey::Ceremony;
use tegata_domain::random::Random;
use tegata_domain::slug::Slug;
use tegata_domain::socket::Admission;
use tegata_domain::time::UnixSeconds;
use tegata_domain::wire::json;
use tegata_domain::wire::object::{Address, Command, Object, Told};
use tegata_domain::wire::page::Page;

use crate::gate_memory::GateMemory;

/// An answer that is on its way.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A part of the service did not answer. The cause is logged where it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unavailable;

/// A platform value that only passes through here: a request with its body unread, or the answer that is on its way.
#[derive(Clone)]
pub struct Opaque(pub Arc<dyn Any + Send + Sync>);

/// A request to a data origin.
pub struct Forward {
    /// Where to.
    pub url: String,
    /// The method.
    pub method: Method,
    /// The data origin's base URL, below which `url` lies.
    pub inner: String,
    /// The gate's URL, below which the caller sees what is below `inner`.
    pub outer: String,
    /// Headers to add: who asks, and under which address. What the original says about either is dropped.
    pub added: Vec<(&'static str, String)>,
    /// Until when the same credentials may be forwarded with the same headers, without asking the routes again; `None`
    /// where each request has to prove something of its own.
    pub reusable_until: Option<UnixSeconds>,
    /// The request as it came in.
    pub original: Opaque,
}

/// Why a data origin gave no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OriginTrouble {
    /// It could not be reached, or broke off.
    Unreachable,
    /// It did not answer in time.
    TimedOut,
    /// The request's body was larger than the gate takes.
    TooLarge,
}

/// Settings of the deployment that the routes need.
#[derive(Clone)]
pub struct EdgeSettings {
    /// Public base URL, without a trailing slash.
    pub edge_url: String,
    /// Whether this is a developer's machine, where data origins may be on the machine itself.
    pub development: bool,
    /// Path of the development mailbox, in a build that has one.
    pub mailbox: Option<&'static str>,
    /// The product's name on pages.
    pub product: String,
    /// What operators show.
    pub operator_token: String,
    /// Seconds a Viewer waits between two polls.
    pub poll_interval: i64,
}

impl EdgeSettings {
    /// What decides which data origins are allowed.
    #[must_use]
    pub fn deployment(&self) -> Deployment<'_> {
        Deployment {
            edge_url: &self.edge_url,
            development: self.development,
        }
    }
}

/// The outside.
pub trait Edge: Send + Sync {
    /// The deployment's settings.
    fn settings(&self) -> &EdgeSettings;
    /// Now.
    fn now(&self) -> UnixSeconds;
    /// Randomness.
    fn random(&self) -> &dyn Random;
    /// Sends a command to an object; the JSON of its reply.
    fn ask(&self, told: Told) -> Pending<'_, Result<Result<String, Refusal>, Unavailable>>;
    /// The tenant's directory entry, as the gate may use it ([`DirectoryEntry::for_gate`]); at most [`DIRECTORY_AGE`] seconds
    /// and the platform's own delay old.
    fn directory<'a>(&'a self, tenant: &'a Slug) -> Pending<'a, Result<Option<Arc<DirectoryEntry>>, Unavailable>>;
    /// The provider with this organisation id, as far as the directory knows.
    fn organization<'a>(&'a self, number: &'a OrganizationNumber) -> Pending<'a, Result<Option<Slug>, Unavailable>>;
    /// The tenant's revocations; at most [`REVOCATIONS_AGE`] seconds and the platform's own delay old.
    fn revocations<'a>(&'a self, tenant: &'a Slug) -> Pending<'a, Result<Arc<RevocationSnapshot>, Unavailable>>;
    /// A page of the directory.
    fn tenants(&self, cursor: Option<String>) -> Pending<'_, Result<Page<DirectoryEntry>, Unavailable>>;
    /// The published keys, holding `kid` if it exists; at most [`KEYS_AGE`] seconds and the platform's own delay old.
    fn public_keys(&self, kid: Option<String>) -> Pending<'_, Result<Arc<PublicKeySet>, Unavailable>>;
    /// Whether `signature` over `input` is `key`'s.
    fn verify<'a>(&'a self, key: &'a ProofKey, input: &'a str, signature: &'a [u8]) -> Pending<'a, bool>;
    /// Checks what an authenticator answered, all but what the object knows (WebAuthn level 3, sections 7.1 and 7.2): the
    /// JSON of [`Attested`] where the credential is a new one, of [`Asserted`] where it is known; `None` where it is wrong.
    ///
    /// [`Attested`]: tegata_domain::passkey::Attested
    /// [`Asserted`]: tegata_domain::passkey::Asserted
    fn check_passkey(&self, ceremony: Ceremony) -> Pending<'_, Option<String>>;
    /// A blob's content; `None` where there is none.
    fn blob<'a>(&'a self, key: &'a BlobKey) -> Pending<'a, Result<Option<Vec<u8>>, Unavailable>>;
    /// Signs an identity for a data origin with the current token key.
    fn sign_identity(&self, claims: IdentityClaims) -> Pending<'_, Result<String, Unavailable>>;
    /// When the first of the copies that this isolate keeps of `tenant` (directory, revocations) has to be read again; now,
    /// where one is not kept.
    fn copies_good_until(&self, tenant: &Slug) -> UnixSeconds;
    /// Forwards to a data origin. Where that gives no answer, what comes is [`crate::origin_trouble`].
    fn forward(&self, forward: Forward) -> Opaque;
    /// Opens a socket at an object. What comes is the response to hand on, or `None` if the object refused it.
    fn open_socket(&self, at: Address, admission: Admission) -> Pending<'_, Result<Option<Opaque>, Unavailable>>;
    /// Opens a socket with this subprotocol that sends back the first texts it is sent, and ends soon. What comes is the
    /// response to hand on.
    fn echo_socket(&self, protocol: &'static str) -> Opaque;
    /// Answers with `head` and a body that goes on from `text` with the pieces of a list, each asked for when the one
    /// before has been read. `next` is the command for the second, `None` where there is none.
    fn export(&self, head: Response<()>, text: String, next: Option<Told>) -> Response<Body>;
    /// What the gate remembers in this isolate.
    fn gate_memory(&self) -> &GateMemory;
}

/// How long an isolate may keep a directory entry, in seconds.
pub const DIRECTORY_AGE: i64 = 10;
/// How long an isolate may keep a tenant's revocations, in seconds.
pub const REVOCATIONS_AGE: i64 = 10;

pub use crate::gate_memory::KEYS_AGE;

/// Why a command has no reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// It was refused.
    Refused(Refusal),
    /// Nobody answered.
    Unavailable,
}

impl From<Unavailable> for Failure {
    fn from(_: Unavailable) -> Self {
        Self::Unavailable
    }
}

/// Sends `command` to the object called `name` and reads its reply.
pub(crate) async fn ask<C: Command>(
    edge: &dyn Edge,
    name: &<C::To as Object>::Name,
    command: C,
) -> Result<C::Reply, Failure> {
    read(&ask_text(edge, name, command).await?)
}

/// Reads a reply.
pub(crate) fn read<T: DeserializeOwned>(reply: &str) -> Result<T, Failure> {
    json::read(reply).map_err(|_| Failure::Unavailable)
}

/// Sends `command`; the JSON of its reply, for those who only pass it on.
pub(crate) async fn ask_text<C: Command>(
    edge: &dyn Edge,
    name: &<C::To as Object>::Name,
    command: C,
) -> Result<String, Failure> {
    told(edge, Told::new(name, command)).await
}

/// One function for the commands of every type.
async fn told(edge: &dyn Edge, told: Option<Told>) -> Result<String, Failure> {
    match edge.ask(told.ok_or(Unavailable)?).await? {
        Ok(reply) => Ok(reply),
        Err(Refusal::Storage) => Err(Failure::Unavailable),
        Err(refusal) => Err(Failure::Refused(refusal)),
    }
}

/// The client's network address as the platform tells it; `unknown` where it tells none.
pub(crate) fn client_address(headers: &HeaderMap) -> String {
    let address = header(headers, "cf-connecting-ip").and_then(|text| text.parse::<IpAddr>().ok());
    address.map_or_else(|| "unknown".to_owned(), |address| address.to_string())
}

/// A header's value, if it is there once and is visible ASCII.
pub(crate) fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    values.next().is_none().then(|| value.to_str().ok())?
}

/// The credential of an `Authorization: Bearer` header.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, credential) = header(headers, "authorization")?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("Bearer").then_some(credential)
}
