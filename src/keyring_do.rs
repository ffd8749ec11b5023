//! The `Keyring` object: one per deployment, woken daily by its alarm.

use tegata_kv_schema::kv::{Family as _, PublicKeys};
use tegata_objects::keyring::{Keys, open};
use wasm_bindgen::prelude::wasm_bindgen;
use worker::{DurableObject, Env, Request, Response, Result, State, console_error, durable_object};

use crate::keyring::Opened;
use crate::platform::{PlatformRandom, binding, kv_put, now};
use crate::sql_storage::ObjectStorage;

#[durable_object]
pub struct Keyring {
    storage: ObjectStorage,
    env: Env,
}

impl Keyring {
    /// Brings the keys up to date and publishes them when they changed.
    async fn refresh(&self, publish: bool) -> std::result::Result<Keys, String> {
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
}

impl DurableObject for Keyring {
    fn new(state: State, env: Env) -> Self {
        Self {
            storage: ObjectStorage::new(&state),
            env,
        }
    }

    async fn fetch(&self, _: Request) -> Result<Response> {
        match self.refresh(false).await {
            Ok(keys) => Response::from_json(&Opened {
                signers: keys.signers,
                public: keys.public,
            }),
            Err(error) => {
                console_error!("keyring: {error}");
                Response::error("keyring", 500)
            }
        }
    }

    async fn alarm(&self) -> Result<Response> {
        if let Err(error) = self.refresh(true).await {
            console_error!("keyring: {error}");
            // An alarm that fails is dropped after six tries, so it never does: it comes back.
            let again = self.storage.arm(now().plus(60).millis());
            if let Err(error) = again {
                console_error!("keyring: {error}");
            }
        }
        Response::empty()
    }
}
