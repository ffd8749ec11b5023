//! How the rest of the worker gets at the keyring: through its object, kept in the isolate for a few minutes.
//!
//! A key is published a day before it signs (`domain::keyring`), so a copy of this age never misses one in use.

use std::cell::RefCell;
use std::rc::Rc;

use serde::{Deserialize, Serialize};
use tegata_domain::jwk::PublicKeySet;
use tegata_domain::keyring::Signers;
use tegata_domain::time::UnixSeconds;
use worker::Env;

use crate::platform::{ask, binding, now};

/// What the keyring's object tells the worker.
#[derive(Serialize, Deserialize)]
pub(crate) struct Opened {
    /// What objects sign with.
    pub(crate) signers: Signers,
    /// What everybody may see.
    pub(crate) public: PublicKeySet,
}

/// How long an isolate keeps what it was told, in seconds.
const AGE: i64 = 300;
/// The one object of the deployment.
pub(crate) const NAME: &str = "keyring";

thread_local! {
    static KEPT: RefCell<Option<(UnixSeconds, Rc<Opened>)>> = const { RefCell::new(None) };
}

/// The keyring, at most [`AGE`] seconds old.
pub(crate) async fn open(env: &Env) -> Result<Rc<Opened>, String> {
    open_newer(env, AGE).await
}

/// The keyring, at most `age` seconds old.
pub(crate) async fn open_newer(env: &Env, age: i64) -> Result<Rc<Opened>, String> {
    let kept = KEPT.with_borrow(Clone::clone);
    if let Some((at, opened)) = kept
        && now().since(at) < age
    {
        return Ok(opened);
    }
    let answer = ask(&binding(env, "KEYRING"), NAME, "open", "")
        .await
        .map_err(|error| format!("keyring: {error:?}"))?;
    let text = answer.as_string().ok_or("keyring: no text")?;
    let opened: Rc<Opened> = Rc::new(tegata_domain::json::read(&text).map_err(|error| format!("keyring: {error}"))?);
    KEPT.set(Some((now(), Rc::clone(&opened))));
    Ok(opened)
}
