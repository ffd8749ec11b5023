//! The routes' port on the platform.

use std::cell::RefCell;
use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;

use axum::body::Body;
use http::Response;
use serde::de::DeserializeOwned;
use tegata_domain::access_token::{IDENTITY_TYP, IdentityClaims};
use tegata_domain::blob::BlobKey;
use tegata_domain::command;
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
use tegata_domain::wire::object::{Address, Object as _, Told};
use tegata_domain::wire::page::Page;
use tegata_domain::wire::{b64, json};
use tegata_kv_schema::kv::{Directory, Family, Organizations, PublicKeys, Revocations};
use tegata_routes::GateMemory;
use tegata_routes::port::{
    DIRECTORY_AGE, Edge, EdgeSettings, Forward, KEYS_AGE, Opaque, Pending, REVOCATIONS_AGE, Unavailable,
};
use wasm_bindgen::JsValue;
use worker::send::{SendFuture, SendWrapper};
use worker::{Env, console_error};

use crate::answer::{header_lines, origin_trouble};
use crate::platform::{self, BLOBS, PlatformRandom, binding, now};
use crate::settings::transport_security;
use crate::{keyring, objects};

/// How soon an unknown key name makes us look again, in seconds: a stranger can name any key.
const UNKNOWN_KEY_AGE: i64 = 10;
/// How long a data origin has to begin its answer, in milliseconds.
const ORIGIN_TIMEOUT: u32 = 30_000;
/// Rows on a page of the directory.
const PAGE: u32 = 50;
/// Most tenants whose copies an isolate keeps; beyond that all are read anew.
const MOST_TENANTS: usize = 1_024;

/// The published keys, and when they were read.
type KeptKeys = RefCell<Option<(UnixSeconds, Arc<PublicKeySet>)>>;
/// Copies read from KV by tenant, and when each was.
type Copies<T> = RefCell<HashMap<String, (UnixSeconds, T)>>;

/// The platform as the routes see it. One per isolate.
pub(crate) struct WorkerEdge {
    env: SendWrapper<Env>,
    settings: EdgeSettings,
    memory: GateMemory,
    directory: SendWrapper<Copies<Arc<DirectoryEntry>>>,
    revocations: SendWrapper<Copies<Arc<RevocationSnapshot>>>,
    keys: SendWrapper<KeptKeys>,
}

fn pending<'a, T>(future: impl Future<Output = T> + 'a) -> Pending<'a, T> {
    Box::pin(SendFuture::new(future))
}

fn unavailable(what: &str, error: &impl std::fmt::Debug) -> Unavailable {
    console_error!("{what}: {error:?}");
    Unavailable
}

impl WorkerEdge {
    pub(crate) fn new(env: Env, settings: EdgeSettings) -> Self {
        Self {
            env: SendWrapper::new(env),
            settings,
            memory: GateMemory::default(),
            directory: SendWrapper::new(Copies::default()),
            revocations: SendWrapper::new(Copies::default()),
            keys: SendWrapper::new(RefCell::default()),
        }
    }

    async fn read<F: Family>(&self, name: &F::Name) -> Result<Option<F::Record>, Unavailable>
    where
        F::Record: DeserializeOwned,
    {
        let value = platform::kv_get(&binding(&self.env, F::NAMESPACE), &F::key(name))
            .await
            .map_err(|error| unavailable(F::NAMESPACE, &error))?;
        match value.as_string() {
            None => Ok(None),
            Some(text) => json::read(&text)
                .map(Some)
                .map_err(|error| unavailable(F::NAMESPACE, &error)),
        }
    }

    fn kept<T: Clone>(copies: &Copies<T>, name: &Slug, age: i64) -> Option<T> {
        let copies = copies.borrow();
        let (at, copy) = copies.get(name.as_str())?;
        (now().since(*at) < age).then(|| copy.clone())
    }

    fn keep<T: Clone>(copies: &Copies<T>, name: &Slug, copy: T) -> T {
        let mut copies = copies.borrow_mut();
        if copies.len() >= MOST_TENANTS {
            copies.clear();
        }
        copies.insert(name.to_string(), (now(), copy.clone()));
        copy
    }

    /// The published keys: from memory, else from the published copy, else from the keyring itself.
    async fn keys(&self, kid: Option<&str>) -> Result<Arc<PublicKeySet>, Unavailable> {
        let holds = |keys: &PublicKeySet| kid.is_none_or(|kid| keys.keys.iter().any(|key| key.kid == kid));
        let kept = self.keys.borrow().clone();
        if let Some((at, keys)) = kept {
            let age = now().since(at);
            if age < UNKNOWN_KEY_AGE || (age < KEYS_AGE && holds(&keys)) {
                return Ok(keys);
            }
        }
        let published = self
            .read::<PublicKeys>(&())
            .await?
            .filter(|keys| !keys.keys.is_empty() && holds(keys));
        let keys = Arc::new(match published {
            Some(keys) => keys,
            None => keyring::open_newer(&self.env, UNKNOWN_KEY_AGE)
                .await
                .map_err(|error| unavailable("keys", &error))?
                .public
                .clone(),
        });
        self.keys.replace(Some((now(), Arc::clone(&keys))));
        Ok(keys)
    }
}

fn original(opaque: &Opaque) -> Option<web_sys::Request> {
    opaque
        .0
        .downcast_ref::<SendWrapper<web_sys::Request>>()
        .map(|request| Clone::clone(&**request))
}

impl Edge for WorkerEdge {
    fn settings(&self) -> &EdgeSettings {
        &self.settings
    }

    fn now(&self) -> UnixSeconds {
        now()
    }

    fn random(&self) -> &dyn Random {
        &PlatformRandom
    }

    fn ask(&self, told: Told) -> Pending<'_, Result<Result<String, Refusal>, Unavailable>> {
        pending(async move {
            let answered = objects::ask(&self.env, &told.to, &told.command).await;
            if told.to.binding == command::keyring::Keyring::BINDING {
                // Whatever it was asked to change, the copies here are of before.
                keyring::forget();
                self.keys.replace(None);
            }
            answered.map_err(|objects::Unanswered| Unavailable)
        })
    }

    fn directory<'a>(&'a self, tenant: &'a Slug) -> Pending<'a, Result<Option<Arc<DirectoryEntry>>, Unavailable>> {
        if let Some(kept) = Self::kept(&self.directory, tenant, DIRECTORY_AGE) {
            return Box::pin(std::future::ready(Ok(Some(kept))));
        }
        pending(async move {
            let entry = self.read::<Directory>(tenant).await?;
            let entry = entry.map(|entry| Arc::new(entry.for_gate(self.settings.deployment())));
            // "Not there" is not kept: any stranger can ask for any name.
            Ok(entry.map(|entry| Self::keep(&self.directory, tenant, entry)))
        })
    }

    fn organization<'a>(&'a self, number: &'a OrganizationNumber) -> Pending<'a, Result<Option<Slug>, Unavailable>> {
        pending(async move { self.read::<Organizations>(number).await })
    }

    fn revocations<'a>(&'a self, tenant: &'a Slug) -> Pending<'a, Result<Arc<RevocationSnapshot>, Unavailable>> {
        if let Some(kept) = Self::kept(&self.revocations, tenant, REVOCATIONS_AGE) {
            return Box::pin(std::future::ready(Ok(kept)));
        }
        pending(async move {
            let snapshot = self.read::<Revocations>(tenant).await?.unwrap_or_default();
            Ok(Self::keep(&self.revocations, tenant, Arc::new(snapshot)))
        })
    }

    fn tenants(&self, cursor: Option<String>) -> Pending<'_, Result<Page<DirectoryEntry>, Unavailable>> {
        pending(async move {
            let namespace = binding(&self.env, Directory::NAMESPACE);
            let page = platform::kv_page(&namespace, Directory::PREFIX, PAGE, cursor)
                .await
                .map_err(|error| unavailable("directory", &error))?;
            let (cursor, values): (Option<String>, Vec<String>) =
                json::read(&page.as_string().unwrap_or_default()).map_err(|error| unavailable("directory", &error))?;
            let items = values.iter().filter_map(|text| json::read(text).ok()).collect();
            Ok(Page { items, cursor })
        })
    }

    fn public_keys(&self, kid: Option<String>) -> Pending<'_, Result<Arc<PublicKeySet>, Unavailable>> {
        pending(async move { self.keys(kid.as_deref()).await })
    }

    fn verify<'a>(&'a self, key: &'a ProofKey, input: &'a str, signature: &'a [u8]) -> Pending<'a, bool> {
        pending(async move {
            let verified = platform::verify(&key.canonical_json(), input.as_bytes(), signature).await;
            verified.is_ok_and(|verified| verified.as_bool() == Some(true))
        })
    }

    fn check_passkey(&self, ceremony: Ceremony) -> Pending<'_, Option<String>> {
        pending(async move {
            let text = serde_json::to_string(&ceremony).ok()?;
            let found = platform::check_passkey(&text).await;
            found.map_err(|error| unavailable("passkey", &error)).ok()?.as_string()
        })
    }

    fn blob<'a>(&'a self, key: &'a BlobKey) -> Pending<'a, Result<Option<Vec<u8>>, Unavailable>> {
        pending(async move {
            let found = platform::blob_get(&binding(&self.env, BLOBS), key.as_str()).await;
            let found = found.map_err(|error| unavailable(BLOBS, &error))?;
            Ok((!found.is_null()).then(|| js_sys::Uint8Array::from(found).to_vec()))
        })
    }

    fn sign_identity(&self, claims: IdentityClaims) -> Pending<'_, Result<String, Unavailable>> {
        pending(async move {
            let opened = keyring::open(&self.env)
                .await
                .map_err(|error| unavailable("identity", &error))?;
            let signer = &opened.signers.token;
            // WebCrypto signs in half the time that the module takes.
            let input = signer.signing_input(IDENTITY_TYP, &claims);
            let signature = platform::sign(&signer.kid, &signer.seed, input.as_bytes()).await;
            let signature = signature.map_err(|error| unavailable("identity", &error))?;
            Ok(format!(
                "{input}.{}",
                b64::encode(js_sys::Uint8Array::new(&signature).to_vec())
            ))
        })
    }

    fn copies_good_until(&self, tenant: &Slug) -> UnixSeconds {
        fn until<T>(copies: &Copies<T>, name: &Slug, age: i64) -> UnixSeconds {
            let copies = copies.borrow();
            copies.get(name.as_str()).map_or(now(), |(at, _)| at.plus(age))
        }
        let directory = until(&self.directory, tenant, DIRECTORY_AGE);
        directory.min(until(&self.revocations, tenant, REVOCATIONS_AGE))
    }

    fn forward(&self, forward: Forward) -> Opaque {
        let mut target = forward.url;
        let added = forward.added.iter().flat_map(|(name, value)| [*name, value]);
        for line in [forward.inner.as_str(), &forward.outer].into_iter().chain(added) {
            target.push('\n');
            target.push_str(line);
        }
        #[expect(clippy::cast_precision_loss, reason = "far inside what a double holds exactly")]
        let limit = tegata_routes::GATE_MAX_BODY as f64;
        let answer = match original(&forward.original) {
            Some(request) => {
                #[expect(clippy::cast_precision_loss, reason = "seconds since 1970")]
                let reusable_until = forward.reusable_until.map_or(0.0, |until| until.0 as f64);
                let security = transport_security();
                platform::forward(&request, &target, limit, ORIGIN_TIMEOUT, security, reusable_until)
            }
            None => origin_trouble("unreachable").into(),
        };
        Opaque(Arc::new(SendWrapper::new(answer)))
    }

    fn open_socket(&self, at: Address, admission: Admission) -> Pending<'_, Result<Option<Opaque>, Unavailable>> {
        pending(async move {
            let shown = serde_json::to_string(&admission).map_err(|error| unavailable("socket", &error))?;
            let namespace = binding(&self.env, at.binding);
            let opened = platform::open_socket_at(&namespace, &at.name, &shown).await;
            let opened = opened.map_err(|error| unavailable("socket", &error))?;
            Ok((!opened.is_null()).then(|| Opaque(Arc::new(SendWrapper::new(opened)))))
        })
    }

    fn echo_socket(&self, protocol: &'static str) -> Opaque {
        Opaque(Arc::new(SendWrapper::new(platform::echo_socket(protocol))))
    }

    fn export(&self, head: Response<()>, text: String, next: Option<Told>) -> Response<Body> {
        let headers = header_lines(head.headers());
        let (namespace, name, next) = match next {
            Some(next) => (binding(&self.env, next.to.binding), next.to.name, Some(next.command)),
            None => (JsValue::UNDEFINED, String::new(), None),
        };
        let streamed = platform::export(&namespace, &name, &headers, &text, next);
        let mut response = Response::new(Body::empty());
        response
            .extensions_mut()
            .insert(Opaque(Arc::new(SendWrapper::new(streamed))));
        response
    }

    fn gate_memory(&self) -> &GateMemory {
        &self.memory
    }
}
