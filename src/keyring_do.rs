//! The `Keyring` object on the platform: one per deployment, woken daily by its alarm. It has no outbox, and it creates
//! the keys that other objects get in their context, so it has a host of its own.

use std::rc::Rc;

use tegata_domain::command::keyring::{KeyringCommand, Opened};
use tegata_domain::error::Refusal;
use tegata_domain::keyring::{KeysRotated, RotateKeys};
use tegata_domain::time::UnixSeconds;
use tegata_kv_schema::kv::{Family as _, PublicKeys};
use tegata_objects::keyring::{Keys, open, rotate_now};
use tegata_objects::travelling;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};
use worker::{Env, console_error};

use crate::platform::{PlatformRandom, binding, kv_put, now};
use crate::promise::at_once;
use crate::sql_storage::ObjectStorage;

/// Seconds until a failed step is retried.
const AGAIN: i64 = 60;

/// The object's class, instantiated by entry.js.
#[wasm_bindgen]
pub struct Keyring(Rc<Inside>);

struct Inside {
    storage: ObjectStorage,
    env: Env,
}

impl Inside {
    /// Brings the keys up to date and publishes them if they changed.
    async fn refresh(&self, publish: bool) -> Result<Keys, String> {
        let keys = open(&self.storage, &PlatformRandom, now()).map_err(|error| error.to_string())?;
        if keys.changed || publish {
            self.publish(&keys).await?;
        }
        Ok(keys)
    }

    async fn command(&self, text: &str) -> Result<String, String> {
        let answered = match travelling::read(text)? {
            KeyringCommand::Open(_) => self.opened().await.map(|opened| travelling::reply(Ok(opened))),
            KeyringCommand::Rotate(order) => self.rotate(&order).await.map(|rotated| travelling::reply(Ok(rotated))),
        };
        Ok(travelling::written(answered.unwrap_or_else(|error| {
            console_error!("keyring: {error}");
            Err(Refusal::Storage)
        })))
    }

    async fn opened(&self) -> Result<Opened, String> {
        let keys = self.refresh(false).await?;
        Ok(Opened {
            signers: keys.signers,
            public: keys.public,
        })
    }

    /// Publishes the keys and sets the alarm: earlier if publishing fails, since a retired key must not stay published.
    async fn publish(&self, keys: &Keys) -> Result<(), String> {
        let arm = |at: UnixSeconds| self.storage.arm(at.millis()).map_err(|error| error.to_string());
        let written = |keys: &Keys| serde_json::to_string(&keys.public).map_err(|error| error.to_string());
        arm(keys.next)?;
        let mut text = written(keys)?;
        loop {
            if let Err(error) = kv_put(&binding(&self.env, PublicKeys::NAMESPACE), &PublicKeys::key(&()), &text).await {
                // Readers fall back to this object for a key missing from the copy.
                console_error!("keyring: publishing failed: {error:?}");
                return arm(now().plus(AGAIN));
            }
            // Another event may have changed and published the keys while this one waited.
            let current = open(&self.storage, &PlatformRandom, now()).map_err(|error| error.to_string())?;
            match written(&current)? {
                same if same == text => return Ok(()),
                newer => text = newer,
            }
        }
    }

    /// Rotates ahead of schedule and publishes the result.
    async fn rotate(&self, order: &RotateKeys) -> Result<KeysRotated, String> {
        let rotated = rotate_now(&self.storage, order, &PlatformRandom, now());
        let (keys, rotated) = rotated.map_err(|error| error.to_string())?;
        self.publish(&keys).await?;
        Ok(rotated)
    }
}

#[wasm_bindgen]
impl Keyring {
    /// Creates the object from a `DurableObjectState`.
    #[wasm_bindgen(constructor)]
    pub fn new(state: &JsValue, env: JsValue) -> Self {
        Self(Rc::new(Inside {
            storage: ObjectStorage::of(state),
            env: env.unchecked_into(),
        }))
    }

    /// Runs the command in this JSON text. Returns `+` and the reply's JSON, or `-` and the refusal's.
    pub fn command(&self, text: String) -> Result<JsValue, JsValue> {
        let inside = Rc::clone(&self.0);
        at_once(async move {
            let answered = inside.command(&text).await;
            answered.map(JsValue::from).map_err(|error| {
                console_error!("keyring: {error}");
                JsValue::from_str("keyring")
            })
        })
    }

    /// Handles the daily alarm.
    pub fn alarm(&self) -> Result<JsValue, JsValue> {
        let inside = Rc::clone(&self.0);
        at_once(async move {
            if let Err(error) = inside.refresh(true).await {
                console_error!("keyring: {error}");
                // The platform drops an alarm after six failures, so this one never fails: it sets the next one
                // instead.
                if let Err(error) = inside.storage.arm(now().plus(AGAIN).millis()) {
                    console_error!("keyring: {error}");
                }
            }
            Ok(JsValue::UNDEFINED)
        })
    }
}
