//! The signatures of handlers. axum compiles its glue code, which extracts the arguments and rejects bad requests, once
//! per handler type. Handlers that share one function-pointer type share one copy of that code, which keeps the module
//! small.

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use http::{HeaderMap, Uri};

use crate::operator::Operator;
use crate::panel::Caller;
use crate::port::{Edge, Pending};

/// A pending response.
pub(crate) type Answered = Pending<'static, Response>;
/// Open to everybody: a form or document sent to the resource in the path.
pub(crate) type Posted = fn(State<Arc<dyn Edge>>, Path<String>, HeaderMap, Bytes) -> Answered;
/// Open to everybody: a page about the resource in the path.
pub(crate) type Opened = fn(State<Arc<dyn Edge>>, Path<String>, Uri, HeaderMap) -> Answered;
/// For the operator: the resource in the path.
pub(crate) type Told = fn(Operator, Path<String>, Uri) -> Answered;
/// For panel callers: a document.
pub(crate) type Written = fn(Caller, HeaderMap, Bytes) -> Answered;
/// For panel callers: the resource in the path.
pub(crate) type Named = fn(Caller, Path<HashMap<String, String>>) -> Answered;

/// Coerces a function to the signature its row names; without one, leaves it as it is.
macro_rules! shaped {
    ($handler:path) => {
        $handler
    };
    ($handler:path, Posted) => {
        shaped!(@ Posted, $handler, (state, path, headers, body) (state, path, headers, body))
    };
    // The same type; the body is ignored.
    ($handler:path, Asked) => {
        shaped!(@ Posted, $handler, (state, path, headers, _body) (state, path, headers))
    };
    ($handler:path, Opened) => {
        shaped!(@ Opened, $handler, (state, path, uri, headers) (state, path, uri, headers))
    };
    ($handler:path, Told) => {
        shaped!(@ Told, $handler, (operator, path, uri) (operator, path, uri))
    };
    // The same type; the query is ignored.
    ($handler:path, Pathed) => {
        shaped!(@ Told, $handler, (operator, path, _uri) (operator, path))
    };
    ($handler:path, Written) => {
        shaped!(@ Written, $handler, (caller, headers, body) (caller, headers, body))
    };
    ($handler:path, Named) => {
        shaped!(@ Named, $handler, (caller, names) (caller, names))
    };
    (@ $shape:ident, $handler:path, ($($taken:ident),*) ($($given:ident),*)) => {{
        let handler: $crate::shape::$shape = |$($taken),*| {
            Box::pin(async move { axum::response::IntoResponse::into_response($handler($($given),*).await) })
        };
        handler
    }};
}

pub(crate) use shaped;
