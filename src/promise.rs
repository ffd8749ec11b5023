//! Converts Rust futures to values that JavaScript can await.

use std::future::Future;
use std::task::{Context, Poll, Waker};

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::future_to_promise;

/// Polls `future` once. A result that is ready at once needs no promise, which costs as much as the rest of a small
/// request.
pub(crate) fn at_once(future: impl Future<Output = Result<JsValue, JsValue>> + 'static) -> Result<JsValue, JsValue> {
    let mut future = Box::pin(future);
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        // The promise starts by polling again, with its own waker.
        Poll::Pending => Ok(future_to_promise(future).into()),
    }
}
