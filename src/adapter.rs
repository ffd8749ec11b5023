//! The lean adapter between the platform's request and axum.
//!
//! The platform crate's own conversion copies every header and streams every body, which costs more than the rest of a
//! small request. This one takes the headers the route reads, the body whole and bounded where the route wants it, and
//! hands on what only passes through.

use std::cell::OnceCell;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use futures::stream;
use http::{HeaderName, HeaderValue, Request, Response, StatusCode, Uri};
use tegata_routes::front::turned_away;
use tegata_routes::intake::{Body as Wanted, intake};
use tegata_routes::port::{Edge, Opaque};
use tegata_routes::table::{answer as router_answer, router};
use tegata_routes::{straight, straight_to};
use wasm_bindgen::JsValue;
use worker::Env;
use worker::send::{SendFuture, SendWrapper};

use crate::answer::{answer, plain};
use crate::edge::WorkerEdge;
use crate::platform::{asset, binding, header_values, read_body};
use crate::settings::{Settings, settings, transport_security};

thread_local! {
    static SERVICE: OnceCell<(Router, Arc<WorkerEdge>)> = const { OnceCell::new() };
}

/// The isolate's router and port.
fn service(env: Env, settings: &Settings) -> (Router, Arc<WorkerEdge>) {
    SERVICE.with(|cell| {
        let start = || {
            let edge = Arc::new(WorkerEdge::new(env, settings.edge.clone()));
            (router(Arc::clone(&edge) as Arc<dyn Edge>), edge)
        };
        cell.get_or_init(start).clone()
    })
}

/// Answers one request: a response, or the promise of one that the platform is fetching.
pub(crate) async fn serve(request: web_sys::Request, env: Env, method: &str, url: &str) -> JsValue {
    let settings = match settings(&env) {
        Ok(settings) => settings,
        Err(error) => {
            worker::console_error!("configuration: {error}");
            return plain(
                StatusCode::SERVICE_UNAVAILABLE,
                "This service is not configured. Its log says which setting is wrong.\n",
            )
            .into();
        }
    };
    if let Some(response) = turned_away(&settings.edge.edge_url, method, url) {
        return answer(response).into();
    }
    let after_scheme = url.find("://").map_or(0, |at| at.saturating_add(3));
    let target = url
        .get(after_scheme..)
        .and_then(|rest| rest.find('/').and_then(|at| rest.get(at..)))
        .unwrap_or("/");
    let path = target.split(['?', '#']).next().unwrap_or("/");
    if path.starts_with("/console/") {
        // Where the platform does not serve the console's files by itself.
        return asset(&binding(&env, "ASSETS"), &request, transport_security());
    }
    let wanted = intake(method, path);
    let Ok(uri) = target.parse::<Uri>() else {
        return plain(StatusCode::BAD_REQUEST, "The URL cannot be read.\n").into();
    };
    let Ok(mut converted) = Request::builder().method(method).uri(uri).body(Body::empty()) else {
        return plain(StatusCode::BAD_REQUEST, "The request cannot be read.\n").into();
    };
    if !wanted.headers.is_empty() {
        let values = header_values(&request, &wanted.headers.join(","));
        for (name, value) in wanted
            .headers
            .iter()
            .zip(values.split('\n'))
            .filter(|(_, value)| !value.is_empty())
        {
            if let Ok(value) = HeaderValue::from_str(value) {
                converted.headers_mut().insert(HeaderName::from_static(name), value);
            }
        }
    }
    match wanted.body {
        Wanted::Ignored => {}
        Wanted::Read(limit) => match read_body(&request, u32::try_from(limit).unwrap_or(u32::MAX)).await {
            Ok(body) if body.is_null() => {
                return plain(StatusCode::PAYLOAD_TOO_LARGE, "The body is too large.\n").into();
            }
            Ok(body) => *converted.body_mut() = Body::from(js_sys::Uint8Array::new(&body).to_vec()),
            Err(_) => return plain(StatusCode::BAD_REQUEST, "The body broke off.\n").into(),
        },
        Wanted::Asked(limit) => *converted.body_mut() = asked(request, limit),
        Wanted::Streamed => {
            converted
                .extensions_mut()
                .insert(Opaque(Arc::new(SendWrapper::new(request))));
        }
    }
    let (router, edge) = service(env, settings);
    handed_on(match straight_to(&converted) {
        Some(slug) => straight(&*edge, slug, converted).await,
        None => router_answer(router, converted).await,
    })
}

/// A response in the platform's form: ours, or the promise of the one that the platform is fetching.
fn handed_on(response: Response<Body>) -> JsValue {
    match response
        .extensions()
        .get::<Opaque>()
        .and_then(|passed| passed.0.downcast_ref::<SendWrapper<JsValue>>())
    {
        Some(fetched) => (**fetched).clone(),
        None => answer(response).into(),
    }
}

/// The body of `request`, read when it is asked for.
fn asked(request: web_sys::Request, limit: usize) -> Body {
    let read = async move {
        match read_body(&request, u32::try_from(limit).unwrap_or(u32::MAX)).await {
            Ok(body) if !body.is_null() => Ok(js_sys::Uint8Array::new(&body).to_vec()),
            _ => Err("the body is too large, or broke off"),
        }
    };
    Body::from_stream(stream::once(SendFuture::new(read)))
}
