//! The panel's API: what each route passes on to the tenant's object, and how the reply becomes a response. The object
//! checks the caller's rights and the input.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::response::{IntoResponse as _, Response};
use http::request::Parts;
use http::{HeaderMap, Method, StatusCode, Uri};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Map, Value};
use tegata_domain::error::{FieldError, Refusal};
use tegata_domain::panel::{Act, Action, Credential, Panel};
use tegata_domain::secret::{HashedSecret, PlainPersonalToken};
use tegata_domain::slug::Slug;

use crate::document::{document, idempotency_key, parameters, tenant};
use crate::download;
use crate::html::is_same_origin;
use crate::intake::{is_large, whole};
use crate::port::{Edge, Failure, Pending, ask_text, bearer, client_address, read};
use crate::problem::{Problem, json_text};
use crate::session::session;

/// A caller who presents a session cookie or a personal access token. Only the object can tell whether the credential
/// is valid.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(crate) edge: Arc<dyn Edge>,
    pub(crate) tenant: Slug,
    credential: Credential,
    client: String,
}

impl FromRequestParts<Arc<dyn Edge>> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, edge: &Arc<dyn Edge>) -> Result<Self, Problem> {
        let slug = RawPathParams::from_request_parts(parts, edge)
            .await
            .ok()
            .and_then(|path| {
                path.iter()
                    .find(|(name, _)| *name == "slug")
                    .map(|(_, slug)| slug.to_owned())
            });
        let tenant = tenant(&slug.unwrap_or_default())?;
        let headers = &parts.headers;
        let credential = match bearer(headers) {
            Some(token) => PlainPersonalToken::parse(token).map(Credential::Token),
            None => session(headers, &tenant).map(Credential::Session),
        };
        let credential = credential.ok_or(Failure::Refused(Refusal::NotSignedIn))?;
        let reads = matches!(parts.method, Method::GET | Method::HEAD);
        if matches!(credential, Credential::Session(_)) && !reads {
            same_origin(&**edge, headers)?;
        }
        Ok(Self {
            edge: Arc::clone(edge),
            tenant,
            credential,
            client: client_address(headers),
        })
    }
}

/// Fails if the request comes from another site's page.
pub(crate) fn same_origin(edge: &dyn Edge, headers: &HeaderMap) -> Result<(), Problem> {
    if is_same_origin(edge, headers) {
        return Ok(());
    }
    Err(Problem::new(
        StatusCode::FORBIDDEN,
        "wrong-origin",
        "Cross-origin request",
        "send the request from a page of this service, or with a personal access token",
    ))
}

/// Serialises `input` for the command.
pub(crate) fn travelling(input: &impl Serialize) -> Result<Box<RawValue>, Problem> {
    Ok(to_raw_value(input).map_err(|_| Failure::Unavailable)?)
}

impl Caller {
    /// Performs an action and returns its reply.
    pub(crate) async fn act<A: Act + Serialize>(&self, input: &A) -> Result<String, Problem> {
        self.act_on(A::ACTION, input, None).await
    }

    /// Performs an action whose input the object parses exactly as the client sent it, and returns the reply.
    pub(crate) async fn act_on(
        &self,
        action: &'static Action,
        input: &impl Serialize,
        idempotency_key: Option<HashedSecret>,
    ) -> Result<String, Problem> {
        let panel = Panel {
            idempotency_key,
            ..self.command(action, travelling(input)?)
        };
        Ok(ask_text(&*self.edge, &self.tenant, panel).await?)
    }

    /// The command that carries an action to the object.
    pub(crate) fn command(&self, action: &'static Action, input: Box<RawValue>) -> Panel {
        Panel {
            credential: self.credential.clone(),
            client: self.client.clone(),
            action: action.name.to_owned(),
            input,
            idempotency_key: None,
            only_check: false,
        }
    }

    /// Fails unless the caller may perform `action` now. Routes call this before they do anything expensive for it.
    pub(crate) async fn check(&self, action: &'static Action) -> Result<(), Problem> {
        let panel = Panel {
            only_check: true,
            ..self.command(action, RawValue::NULL.to_owned())
        };
        ask_text(&*self.edge, &self.tenant, panel).await?;
        Ok(())
    }
}

/// How an action's reply becomes a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// 200 with the document.
    Shown,
    /// 201 with the created resource.
    Created,
    /// 204, without a body.
    Done,
    /// 200 with a signed receipt as a download.
    Receipt,
    /// 200 with a file as a download.
    File,
}

/// Assembles an action's input: the document, or for reads the query's parameters, plus the path's parameters.
fn input(path: &RawPathParams, method: &Method, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Result<Value, Problem> {
    let mut input: Map<String, Value> = if body.is_empty() {
        Map::new()
    } else {
        document(headers, body)?
    };
    if matches!(*method, Method::GET | Method::HEAD) {
        for (name, value) in parameters(uri) {
            if input.insert(name.clone(), Value::String(value)).is_some() {
                return Err(Problem::invalid(FieldError::new(&name, "must be given only once")));
            }
        }
    }
    for (name, value) in path.iter().filter(|(name, _)| *name != "slug") {
        if input.insert(name.to_owned(), Value::String(value.to_owned())).is_some() {
            return Err(Problem::invalid(FieldError::new(name, "is already set in the path")));
        }
    }
    Ok(Value::Object(input))
}

/// Turns an action's reply into a response. A file's content is fetched from its store.
pub(crate) async fn answer(edge: &dyn Edge, answer: Answer, reply: String) -> Result<Response, Problem> {
    Ok(match answer {
        Answer::Shown => json_text(StatusCode::OK, reply),
        Answer::Created => json_text(StatusCode::CREATED, reply),
        Answer::Done => StatusCode::NO_CONTENT.into_response(),
        Answer::Receipt => download::receipt(&read::<String>(&reply)?),
        Answer::File => download::file(edge, &read(&reply)?).await?,
    })
}

/// The handler of an action. It returns the action's reply, or the [`Problem`] that describes its refusal.
pub(crate) fn act(
    action: &'static Action,
    how: Answer,
) -> impl Fn(Caller, RawPathParams, Method, Uri, HeaderMap, Body) -> Pending<'static, Result<Response, Problem>> + Clone
{
    move |caller, path, method, uri, headers, body| {
        Box::pin(async move {
            // The right is checked first, so that nobody without it makes us read files.
            if is_large(&body) {
                caller.check(action).await?;
            }
            let body = whole(body).await?;
            let input = input(&path, &method, &uri, &headers, &body)?;
            let key = idempotency_key(&headers, action.name);
            let reply = caller.act_on(action, &input, key).await?;
            answer(&*caller.edge, how, reply).await
        })
    }
}
