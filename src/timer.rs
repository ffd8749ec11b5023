//! Pauses, and a time limit on a future.
//!
//! Replaces `worker::Delay`, which treats the handle of `setTimeout` as a number although newer compatibility dates
//! return an object. A debug build then panics, and a release build never cancels the timer.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use futures::future::{Either, select};
use worker::js_sys::{Function, Promise};
use worker::wasm_bindgen::prelude::wasm_bindgen;
use worker::wasm_bindgen::{self, JsValue};
use worker::wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &Function, milliseconds: f64) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(handle: &JsValue);
}

/// Cancels its timer when dropped, so that a finished attempt leaves nothing running.
struct Timer(JsValue);

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(&self.0);
    }
}

/// Waits for `time`.
pub(crate) async fn pause(time: Duration) {
    within(time, std::future::pending::<()>()).await;
}

/// The result of `work`, or `None` if it takes longer than `limit`; it is then dropped.
pub(crate) async fn within<T>(limit: Duration, work: impl Future<Output = T>) -> Option<T> {
    let mut handle = JsValue::UNDEFINED;
    let fired = Promise::new(&mut |resolve, _reject| handle = set_timeout(&resolve, limit.as_secs_f64() * 1000.0));
    let _timer = Timer(handle);
    match select(pin!(work), pin!(JsFuture::from(fired))).await {
        Either::Left((done, _)) => Some(done),
        Either::Right(_) => None,
    }
}
