//! The routing table: every route, and what a caller must bring to be let through it.

use std::sync::Arc;

use axum::Router;
use axum::routing::{any, delete, get, patch, post};

use crate::port::Edge;
use crate::{activate, approve, assets, confirm, gate, health, html, jwks, oauth, operator, problem, registration};

/// What a caller must bring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Nothing: what is told is public, or what is asked for is decided by someone else.
    Nobody,
    /// A link from a mail.
    Link,
    /// A device code.
    DeviceCode,
    /// A device code or refresh token in the form, or a client id.
    Grant,
    /// A user code and an activation code.
    Codes,
    /// The tenant's introspection secret.
    ResourceServer,
    /// A live access token, with proof where it is bound.
    AccessToken,
    /// The operator token.
    Operator,
}

/// One route.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    /// Lower-case method as axum's routing function; `any` for all.
    pub method: &'static str,
    /// Path with axum's placeholders.
    pub path: &'static str,
    /// What a caller must bring.
    pub access: Access,
}

type Shared = Arc<dyn Edge>;

macro_rules! routes {
    ($($method:ident $path:literal $access:ident $handler:path;)*) => {
        /// Every route. The matrix of routes, states and roles is tested against it.
        pub const TABLE: &[Route] = &[$(Route { method: stringify!($method), path: $path, access: Access::$access },)*];

        /// The router over [`TABLE`].
        pub fn router(edge: Shared) -> Router {
            Router::new()
                $(.route($path, $method($handler)))*
                .fallback(html::not_found)
                .method_not_allowed_fallback(problem::method_not_allowed)
                .with_state(edge)
        }
    };
}

routes! {
    get    "/healthz"                                                Nobody         health::check;
    get    "/favicon.ico"                                            Nobody         assets::icon;
    get    "/assets/page.css"                                        Nobody         assets::stylesheet;
    get    "/.well-known/jwks.json"                                  Nobody         jwks::show;
    get    "/.well-known/oauth-authorization-server/t/{slug}"        Nobody         oauth::metadata::show;
    get    "/t/{slug}/.well-known/oauth-authorization-server"        Nobody         oauth::metadata::show;

    post   "/t/{slug}/oauth/device_authorization"                    Nobody         oauth::device_authorization::create;
    post   "/t/{slug}/oauth/token"                                   Grant          oauth::token::issue;
    post   "/t/{slug}/oauth/revoke"                                  Grant          oauth::revoke::revoke;
    post   "/t/{slug}/oauth/introspect"                              ResourceServer oauth::introspect::introspect;

    get    "/t/{slug}/api/v1/registration"                           DeviceCode     registration::show;
    delete "/t/{slug}/api/v1/registration"                           DeviceCode     registration::withdraw;
    post   "/t/{slug}/api/v1/registration/resend"                    DeviceCode     registration::resend;

    get    "/t/{slug}/activate"                                      Nobody         activate::show;
    post   "/t/{slug}/activate"                                      Codes          activate::enter;
    get    "/a/{token}"                                              Link           approve::show;
    post   "/a/{token}"                                              Link           approve::decide;
    get    "/a/{token}/receipt"                                      Link           approve::receipt;
    get    "/c/{token}"                                              Link           confirm::show;
    post   "/c/{token}"                                              Link           confirm::confirm;

    any    "/t/{slug}/gate/"                                         AccessToken    gate::pass_root;
    any    "/t/{slug}/gate/{*path}"                                  AccessToken    gate::pass;

    get    "/operator/v1/tenants"                                    Operator       operator::list;
    post   "/operator/v1/tenants"                                    Operator       operator::create;
    get    "/operator/v1/tenants/{slug}"                             Operator       operator::show;
    patch  "/operator/v1/tenants/{slug}"                             Operator       operator::update;
    post   "/operator/v1/tenants/{slug}/suspend"                     Operator       operator::suspend;
    post   "/operator/v1/tenants/{slug}/resume"                      Operator       operator::resume;
    post   "/operator/v1/tenants/{slug}/administrators"              Operator       operator::add_administrator;
    post   "/operator/v1/tenants/{slug}/introspection-secret"        Operator       operator::renew_introspection_secret;
    get    "/operator/v1/tenants/{slug}/devices"                     Operator       operator::list_devices;
    post   "/operator/v1/tenants/{slug}/devices/{id}/revoke"         Operator       operator::revoke_device;
    get    "/operator/v1/tenants/{slug}/audit"                       Operator       operator::audit::list;
    get    "/operator/v1/tenants/{slug}/audit/heads"                 Operator       operator::audit::list_heads;
    get    "/operator/v1/tenants/{slug}/outbox"                      Operator       operator::list_outbox;
    post   "/operator/v1/tenants/{slug}/outbox/{id}/retry"           Operator       operator::retry_outbox;
}
