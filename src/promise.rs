//! From our futures to what JavaScript waits for.

use std::future::Future;
use std::task::{Context, Poll, Waker};

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::future_to_promise;

/// Runs `future` as far as it comes: what is ready at once needs no promise, which costs as much as the rest of a small
/// request.
pub(crate) fn at_once(future: impl Future<Output = Result<JsValue, JsValue>> + 'static) -> Result<JsValue, JsValue> {
    let mut future = Box::pin(future);
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        // The promise begins by polling again, with a waker of its own.
        Poll::Pending => Ok(future_to_promise(future).into()),
    }
}
