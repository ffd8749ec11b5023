//! The routing table: every route, and what a caller must bring to be let through it.

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use axum::routing::{any, delete, get, patch, post, put};

use tower_service::Service as _;

use crate::export::list;
use crate::panel::{Answer, act};
use crate::port::Edge;
use crate::shape::shaped;
use crate::{
    activate, approve, assets, confirm, console, desk, gate, health, html, jwks, login, oauth, operator, passkey,
    problem, registration, upgrade,
};

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
    /// A console session, or a personal access token; which right it takes is the action's.
    Panel,
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
    /// The action of `domain::panel` that it passes on, with nothing done to its input and answer.
    pub action: Option<(&'static str, Answer)>,
    /// The action that lists what it writes out whole.
    pub writes_out: Option<&'static str>,
}

type Shared = Arc<dyn Edge>;

/// Answers a request by `router`. An upgrade is turned away before any route sees it.
pub async fn answer(mut router: Router, request: Request) -> Response {
    if let Some(refused) = upgrade::refused(request.headers()) {
        return refused;
    }
    let Ok(response) = router.call(request).await;
    response
}

macro_rules! routes {
    (
        panel { $($panel_method:ident $panel_path:literal $action:literal $answer:ident;)* }
        exports { $($list_path:literal $list_action:literal $list:literal;)* }
        $($method:ident $path:literal $access:ident $handler:path $(as $shape:ident)?;)*
    ) => {
        /// Every route. The matrix of routes, states and roles is tested against it.
        pub const TABLE: &[Route] = &[
            $(Route { method: stringify!($method), path: $path, access: Access::$access, action: None, writes_out: None },)*
            $(Route {
                method: stringify!($panel_method),
                path: concat!("/t/{slug}/api/v1", $panel_path),
                access: Access::Panel,
                action: Some(($action, Answer::$answer)),
                writes_out: None,
            },)*
            $(Route {
                method: "get",
                path: concat!("/t/{slug}/api/v1", $list_path, "/export"),
                access: Access::Panel,
                action: None,
                writes_out: Some($list_action),
            },)*
        ];

        /// The router over [`TABLE`].
        pub fn router(edge: Shared) -> Router {
            Router::new()
                $(.route($path, $method(shaped!($handler $(, $shape)?))))*
                $(.route(concat!("/t/{slug}/api/v1", $panel_path), $panel_method(act($action, Answer::$answer))))*
                $(.route(concat!("/t/{slug}/api/v1", $list_path, "/export"), get(list($list))))*
                .fallback(html::not_found)
                .method_not_allowed_fallback(problem::method_not_allowed)
                .with_state(edge)
        }
    };
}

routes! {
    panel {
        get    "/session"                        "show_session"              Shown;
        get    "/sessions"                       "list_sessions"             Shown;
        delete "/sessions/{id}"                  "end_session_of"            Done;
        patch  "/me"                             "change_me"                 Shown;
        post   "/session/passkey/challenge"      "start_passkey_check"       Shown;
        get    "/passkeys"                       "list_passkeys"             Shown;
        post   "/passkeys/challenge"             "start_passkey"             Shown;
        patch  "/passkeys/{id}"                  "rename_passkey"            Shown;
        delete "/passkeys/{id}"                  "remove_passkey"            Done;
        put    "/second-factor"                  "set_second_factor"         Shown;
        get    "/tokens"                         "list_tokens"               Shown;
        post   "/tokens"                         "create_token"              Created;
        delete "/tokens/{id}"                    "revoke_token"              Done;

        get    "/overview"                       "show_overview"             Shown;

        get    "/registrations"                  "list_registrations"        Shown;
        get    "/registrations/{id}"             "show_registration"         Shown;
        post   "/registrations/{id}/decision"    "decide"                    Shown;
        get    "/registrations/{id}/receipt"     "show_registration_receipt" Receipt;

        get    "/questions"                      "list_questions"            Shown;
        get    "/questions/{id}"                 "show_question"             Shown;
        post   "/questions/{id}/decision"        "answer_question"           Shown;
        get    "/questions/{id}/receipt"         "show_question_receipt"     Receipt;

        get    "/devices"                        "list_devices"              Shown;
        get    "/devices/{id}"                   "show_device"               Shown;
        get    "/devices/{id}/receipt"           "show_receipt"              Receipt;
        post   "/devices/{id}/revoke"            "revoke_device"             Shown;

        get    "/organizations"                  "list_organizations"        Shown;
        post   "/organizations"                  "create_organization"       Created;
        patch  "/organizations/{id}"             "change_organization"       Shown;
        delete "/organizations/{id}"             "delete_organization"       Done;

        get    "/users"                          "list_users"                Shown;
        post   "/users"                          "create_user"               Created;
        get    "/users/{id}"                     "show_user"                 Shown;
        patch  "/users/{id}"                     "change_user"               Shown;
        delete "/users/{id}"                     "delete_user"               Done;
        patch  "/users/{id}/account"             "change_account"            Shown;
        delete "/users/{id}/account"             "delete_account"            Shown;
        post   "/users/{id}/account/reissue"     "reissue_account"           Shown;

        get    "/audit"                          "list_audit"                Shown;
        get    "/audit/heads"                    "list_audit_heads"          Shown;

        get    "/policies"                       "show_policies"             Shown;
        patch  "/policies"                       "change_policies"           Shown;

        get    "/inquiries"                                "list_inquiries"   Shown;
        post   "/inquiries"                                "create_inquiry"   Created;
        get    "/inquiries/{id}"                           "show_inquiry"     Shown;
        post   "/inquiries/{id}/messages"                  "answer_inquiry"   Shown;
        post   "/inquiries/{id}/close"                     "close_inquiry"    Shown;
        get    "/inquiries/{id}/attachments/{attachment}"  "fetch_attachment" File;

        get    "/customers"                                "list_customers"      Shown;
        get    "/desk/staff"                               "list_desk_staff"     Shown;
        get    "/desk/questions"                           "list_desk_questions" Shown;
        get    "/desk/inquiries"                           "list_desk_inquiries" Shown;
        get    "/desk/inquiries/{customer}/{id}/assignment" "show_assignment" Shown;
        post   "/desk/inquiries/{customer}/{id}/assign"    "assign_inquiry"      Shown;

        get    "/mails"                          "list_mails"                Shown;
        post   "/mails/{id}/retry"               "retry_mail"                Done;
    }
    exports {
        "/registrations"   "list_registrations"   "registrations";
        "/questions"       "list_questions"       "questions";
        "/desk/questions"  "list_desk_questions"  "desk_questions";
        "/devices"         "list_devices"         "devices";
        "/users"           "list_users"           "users";
        "/audit"           "list_audit"           "audit";
        "/organizations"   "list_organizations"   "organizations";
        "/inquiries"       "list_inquiries"       "inquiries";
        "/customers"       "list_customers"       "customers";
        "/desk/inquiries"  "list_desk_inquiries"  "desk_inquiries";
        "/mails"           "list_mails"           "mails";
    }

    get    "/healthz"                                                Nobody         health::check;
    get    "/favicon.ico"                                            Nobody         assets::icon;
    get    "/assets/page.css"                                        Nobody         assets::stylesheet;
    get    "/.well-known/jwks.json"                                  Nobody         jwks::show;
    get    "/.well-known/oauth-authorization-server/t/{slug}"        Nobody         oauth::metadata::show;
    get    "/t/{slug}/.well-known/oauth-authorization-server"        Nobody         oauth::metadata::show;

    post   "/t/{slug}/oauth/device_authorization"                    Nobody         oauth::device_authorization::create as Posted;
    post   "/t/{slug}/oauth/token"                                   Grant          oauth::token::issue as Posted;
    post   "/t/{slug}/oauth/revoke"                                  Grant          oauth::revoke::revoke as Posted;
    post   "/t/{slug}/oauth/introspect"                              ResourceServer oauth::introspect::introspect as Posted;

    get    "/t/{slug}/api/v1/registration"                           DeviceCode     registration::show as Asked;
    delete "/t/{slug}/api/v1/registration"                           DeviceCode     registration::withdraw as Asked;
    post   "/t/{slug}/api/v1/registration/resend"                    DeviceCode     registration::resend as Asked;

    get    "/t/{slug}/activate"                                      Nobody         activate::show as Opened;
    post   "/t/{slug}/activate"                                      Codes          activate::enter as Posted;
    get    "/a/{token}"                                              Link           approve::show as Opened;
    post   "/a/{token}"                                              Link           approve::decide as Posted;
    get    "/a/{token}/receipt"                                      Link           approve::receipt as Asked;
    get    "/c/{token}"                                              Link           confirm::show as Opened;
    post   "/c/{token}"                                              Link           confirm::confirm as Posted;

    any    "/t/{slug}/gate/"                                         AccessToken    gate::pass_root;
    any    "/t/{slug}/gate/{*path}"                                  AccessToken    gate::pass;

    get    "/operator/v1/tenants"                                    Operator       operator::list;
    post   "/operator/v1/tenants"                                    Operator       operator::create;
    get    "/operator/v1/tenants/{slug}"                             Operator       operator::show as Pathed;
    patch  "/operator/v1/tenants/{slug}"                             Operator       operator::update;
    post   "/operator/v1/tenants/{slug}/suspend"                     Operator       operator::suspend as Pathed;
    post   "/operator/v1/tenants/{slug}/resume"                      Operator       operator::resume as Pathed;
    post   "/operator/v1/tenants/{slug}/administrators"              Operator       operator::add_administrator;
    post   "/operator/v1/tenants/{slug}/introspection-secret"        Operator       operator::renew_introspection_secret as Pathed;
    get    "/operator/v1/tenants/{slug}/devices"                     Operator       operator::list_devices as Told;
    post   "/operator/v1/tenants/{slug}/devices/{id}/revoke"         Operator       operator::revoke_device;
    get    "/operator/v1/tenants/{slug}/audit"                       Operator       operator::audit::list as Told;
    get    "/operator/v1/tenants/{slug}/audit/heads"                 Operator       operator::audit::list_heads as Told;
    get    "/operator/v1/tenants/{slug}/outbox"                      Operator       operator::list_outbox as Told;
    post   "/operator/v1/tenants/{slug}/outbox/{id}/retry"           Operator       operator::retry_outbox;

    post   "/operator/v1/keys/rotate"                                Operator       operator::keys::rotate;

    get    "/t/{slug}"                                               Nobody         console::with_slash;
    get    "/t/{slug}/"                                              Nobody         console::show as Opened;
    post   "/t/{slug}/api/v1/login"                                  Nobody         login::login as Posted;
    post   "/t/{slug}/api/v1/login/passkey/challenge"                Nobody         passkey::start as Asked;
    post   "/t/{slug}/api/v1/login/passkey"                          Nobody         passkey::login as Posted;
    post   "/t/{slug}/api/v1/password-reset"                         Nobody         login::request_reset as Posted;
    post   "/t/{slug}/api/v1/password-reset/complete"                Link           login::complete_reset as Posted;
    delete "/t/{slug}/api/v1/session"                                Panel          login::logout;
    post   "/t/{slug}/api/v1/session/fresh"                          Panel          login::fresh as Written;
    post   "/t/{slug}/api/v1/session/passkey"                        Panel          passkey::confirm as Written;
    post   "/t/{slug}/api/v1/passkeys"                               Panel          passkey::add as Written;
    put    "/t/{slug}/api/v1/session/password"                       Panel          login::set_password as Written;
    put    "/t/{slug}/api/v1/users/{id}/account"                     Panel          login::create_account;

    post   "/t/{slug}/api/v1/customers"                                            Panel desk::create as Written;
    get    "/t/{slug}/api/v1/customers/{customer}"                                 Panel desk::show as Named;
    post   "/t/{slug}/api/v1/customers/{customer}/suspend"                         Panel desk::suspend as Named;
    post   "/t/{slug}/api/v1/customers/{customer}/resume"                          Panel desk::resume as Named;
    post   "/t/{slug}/api/v1/customers/{customer}/administrators/{user}/reissue"   Panel desk::reissue as Named;
    post   "/t/{slug}/api/v1/customers/{customer}/questions"                       Panel desk::ask;
    get    "/t/{slug}/api/v1/desk/questions/{customer}/{id}"                       Panel desk::show_question as Named;
    post   "/t/{slug}/api/v1/desk/questions/{customer}/{id}/withdraw"              Panel desk::withdraw_question as Named;
    get    "/t/{slug}/api/v1/desk/questions/{customer}/{id}/receipt"               Panel desk::question_receipt as Named;
    get    "/t/{slug}/api/v1/desk/inquiries/{customer}/{id}"                       Panel desk::show_inquiry as Named;
    post   "/t/{slug}/api/v1/desk/inquiries/{customer}/{id}/messages"              Panel desk::answer_inquiry;
    post   "/t/{slug}/api/v1/desk/inquiries/{customer}/{id}/close"                 Panel desk::close_inquiry as Named;
    get    "/t/{slug}/api/v1/desk/inquiries/{customer}/{id}/attachments/{attachment}" Panel desk::attachment as Named;
}
