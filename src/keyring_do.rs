//! The `Keyring` object on the platform: one per deployment, woken daily by its alarm. It has no outbox and no use for
//! the keys as a context, because it makes them; so it has a host of its own.

use std::rc::Rc;

use tegata_domain::error::Refusal;
use tegata_domain::keyring_command::{KeyringCommand, Opened};
use tegata_kv_schema::kv::{Family as _, PublicKeys};
use tegata_objects::keyring::{Keys, open};
use tegata_objects::travelling;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};
use worker::{Env, console_error};

use crate::platform::{PlatformRandom, binding, kv_put, now};
use crate::promise::at_once;
use crate::sql_storage::ObjectStorage;

/// The object's class, made by entry.js.
#[wasm_bindgen]
pub struct Keyring(Rc<Inside>);

struct Inside {
    storage: ObjectStorage,
    env: Env,
}

impl Inside {
    /// Brings the keys up to date and publishes them when they changed.
    async fn refresh(&self, publish: bool) -> Result<Keys, String> {
        let keys = open(&self.storage, &PlatformRandom, now()).map_err(|error| error.to_string())?;
        if keys.changed || publish {
            self.storage
                .arm(keys.next.millis())
                .map_err(|error| error.to_string())?;
            let text = serde_json::to_string(&keys.public).map_err(|error| error.to_string())?;
            if let Err(error) = kv_put(&binding(&self.env, PublicKeys::NAMESPACE), &PublicKeys::key(&()), &text).await {
                // Readers fall back to this object; the next alarm publishes again.
                console_error!("keyring: publishing failed: {error:?}");
            }
        }
        Ok(keys)
    }

    async fn command(&self, text: &str) -> Result<String, String> {
        let opened = match travelling::read(text)? {
            KeyringCommand::Open(_) => self.refresh(false).await.map(|keys| Opened {
                signers: keys.signers,
                public: keys.public,
            }),
        };
        let opened = opened.map_err(|error| {
            console_error!("keyring: {error}");
            Refusal::Storage
        });
        Ok(travelling::written(travelling::reply(opened)))
    }
}

#[wasm_bindgen]
impl Keyring {
    /// The object of a `DurableObjectState`.
    #[wasm_bindgen(constructor)]
    pub fn new(state: &JsValue, env: JsValue) -> Self {
        Self(Rc::new(Inside {
            storage: ObjectStorage::of(state),
            env: env.unchecked_into(),
        }))
    }

    /// Carries out the command whose JSON this is: `+` and the reply's JSON, or `-` and the refusal's.
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

    /// The daily round.
    pub fn alarm(&self) -> Result<JsValue, JsValue> {
        let inside = Rc::clone(&self.0);
        at_once(async move {
            if let Err(error) = inside.refresh(true).await {
                console_error!("keyring: {error}");
                // An alarm that fails is dropped after six tries, so it never does: it comes back.
                if let Err(error) = inside.storage.arm(now().plus(60).millis()) {
                    console_error!("keyring: {error}");
                }
            }
            Ok(JsValue::UNDEFINED)
        })
    }
}
