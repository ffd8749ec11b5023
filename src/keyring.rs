//! Access to the keyring for the rest of the worker: through its object, cached in the isolate for a few minutes.
//!
//! A key is published a day before it signs (`domain::keyring`), so a cache of this age never misses a key in use,
//! unless the operator has retired one early. Other isolates may then sign with the retired key until their cache
//! expires, and those signatures are rejected.

use std::cell::RefCell;
use std::rc::Rc;

use tegata_domain::command::keyring::TheKeyring;
use tegata_domain::command::keyring::{OpenKeyring, Opened};
use tegata_domain::keyring::SIGNER_AGE;
use tegata_domain::time::UnixSeconds;
use worker::Env;

use crate::objects::told;
use crate::platform::now;

thread_local! {
    static KEPT: RefCell<Option<(UnixSeconds, Rc<Opened>)>> = const { RefCell::new(None) };
}

/// The keyring, at most [`SIGNER_AGE`] seconds old.
pub(crate) async fn open(env: &Env) -> Result<Rc<Opened>, String> {
    open_newer(env, SIGNER_AGE).await
}

/// The keyring, at most `age` seconds old.
pub(crate) async fn open_newer(env: &Env, age: i64) -> Result<Rc<Opened>, String> {
    let kept = KEPT.with_borrow(Clone::clone);
    if let Some((at, opened)) = kept
        && now().since(at) < age
    {
        return Ok(opened);
    }
    let opened = match told(env, &TheKeyring, OpenKeyring {}).await {
        Ok(Ok(opened)) => Rc::new(opened),
        Ok(Err(refusal)) => return Err(format!("keyring: {refusal}")),
        Err(_) => return Err("keyring: no response".to_owned()),
    };
    KEPT.set(Some((now(), Rc::clone(&opened))));
    Ok(opened)
}

/// Drops this isolate's cache.
pub(crate) fn forget() {
    KEPT.set(None);
}
