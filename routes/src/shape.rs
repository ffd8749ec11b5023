//! The shapes of handlers. axum's code for a handler, which takes apart the request and answers what cannot be taken, is
//! compiled once for each function. Of one shape there is one type, a pointer, and so one copy of that code.

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use http::{HeaderMap, Uri};

use crate::operator::Operator;
use crate::panel::Caller;
use crate::port::{Edge, Pending};

/// An answer on its way.
pub(crate) type Answered = Pending<'static, Response>;
/// For everybody: a form or document for what the path names.
pub(crate) type Posted = fn(State<Arc<dyn Edge>>, Path<String>, HeaderMap, Bytes) -> Answered;
/// For everybody: a page of what the path names.
pub(crate) type Opened = fn(State<Arc<dyn Edge>>, Path<String>, Uri, HeaderMap) -> Answered;
/// For the operator: what the path names.
pub(crate) type Told = fn(Operator, Path<String>, Uri) -> Answered;
/// For whoever is in the panel: a document.
pub(crate) type Written = fn(Caller, HeaderMap, Bytes) -> Answered;
/// For whoever is in the panel: what the path names.
pub(crate) type Named = fn(Caller, Path<HashMap<String, String>>) -> Answered;

/// A function as the handler that its row calls it, or as itself.
macro_rules! shaped {
    ($handler:path) => {
        $handler
    };
    ($handler:path, Posted) => {
        shaped!(@ Posted, $handler, (state, path, headers, body) (state, path, headers, body))
    };
    // The same type, though no body is looked at.
    ($handler:path, Asked) => {
        shaped!(@ Posted, $handler, (state, path, headers, _body) (state, path, headers))
    };
    ($handler:path, Opened) => {
        shaped!(@ Opened, $handler, (state, path, uri, headers) (state, path, uri, headers))
    };
    ($handler:path, Told) => {
        shaped!(@ Told, $handler, (operator, path, uri) (operator, path, uri))
    };
    // The same type, though no query is looked at.
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
