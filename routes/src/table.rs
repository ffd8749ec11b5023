//! The routing table: every route, and what a caller must present to be let through.

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use axum::routing::{any, delete, get, patch, post, put};

use tegata_domain::panel::export::Exported;
use tegata_domain::panel::{self, Act as _, Action};
use tower_service::Service as _;

use crate::export::list;
use crate::panel::{Answer, act};
use crate::port::Edge;
use crate::shape::shaped;
use crate::{
    activate, agent, approve, assets, calendar_feed, confirm, console, desk, entrance, events, gate, health, html,
    join, jwks, knock, login, meeting, oauth, operator, passkey, problem, registration, session_socket, upgrade,
};

/// What a caller must present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Nothing: the response is public, or somebody else decides about the request.
    Nobody,
    /// A link from a mail.
    Link,
    /// A device code.
    DeviceCode,
    /// A device code or refresh token in the form, a client id, or what a machine that has no tenant yet shows.
    Grant,
    /// A user code and an activation code.
    Codes,
    /// The tenant's introspection secret.
    ResourceServer,
    /// A live access token, with a proof of possession if it is bound to a key.
    AccessToken,
    /// The operator token.
    Operator,
    /// A ticket for one socket.
    Ticket,
    /// An agent's live access token, with a proof of its key.
    Agent,
    /// An agent's live access token with a proof of its key, or a ticket for one socket.
    Session,
    /// A console session or a personal access token; the action names the right it requires.
    Panel,
}

/// One route.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    /// HTTP method in lower case, as axum names its routing function; `any` for all methods.
    pub method: &'static str,
    /// Path with axum's placeholders.
    pub path: &'static str,
    /// What a caller must present.
    pub access: Access,
    /// The action of `domain::panel` that the route passes on, with input and reply untouched.
    pub action: Option<(&'static Action, Answer)>,
    /// The list action whose entries this route exports.
    pub writes_out: Option<&'static Action>,
}

type Shared = Arc<dyn Edge>;

/// Answers a request through `router`. Upgrades are refused before any route sees them, but for those that open sockets.
pub async fn answer(mut router: Router, request: Request) -> Response {
    if !upgrade::opens_sockets(request.uri().path())
        && let Some(refused) = upgrade::refused(request.headers())
    {
        return refused;
    }
    let Ok(response) = router.call(request).await;
    response
}

macro_rules! routes {
    (
        panel { $($panel_method:ident $panel_path:literal $resource:ident::$action:ident $answer:ident;)* }
        exports { $($list_path:literal $listed:ident::$list_action:ident $list:ident;)* }
        $($method:ident $path:literal $access:ident $handler:path $(as $shape:ident)?;)*
    ) => {
        /// Every route. The tests check this table against the matrix of routes, states and roles.
        pub const TABLE: &[Route] = &[
            $(Route { method: stringify!($method), path: $path, access: Access::$access, action: None, writes_out: None },)*
            $(Route {
                method: stringify!($panel_method),
                path: concat!("/t/{slug}/api/v1", $panel_path),
                access: Access::Panel,
                action: Some((panel::$resource::$action::ACTION, Answer::$answer)),
                writes_out: None,
            },)*
            $(Route {
                method: "get",
                path: concat!("/t/{slug}/api/v1", $list_path, "/export"),
                access: Access::Panel,
                action: None,
                writes_out: Some(panel::$listed::$list_action::ACTION),
            },)*
        ];

        /// The router built from [`TABLE`].
        pub fn router(edge: Shared) -> Router {
            Router::new()
                $(.route($path, $method(shaped!($handler $(, $shape)?))))*
                $(.route(concat!("/t/{slug}/api/v1", $panel_path), $panel_method(act(panel::$resource::$action::ACTION, Answer::$answer))))*
                $(.route(concat!("/t/{slug}/api/v1", $list_path, "/export"), get(list(Exported::$list))))*
                .fallback(html::not_found)
                .method_not_allowed_fallback(problem::method_not_allowed)
                .with_state(edge)
        }
    };
}

routes! {
    panel {
        get    "/session"                                            me::Show                     Shown;
        get    "/sessions"                                           me::Sessions                 Shown;
        delete "/sessions/{id}"                                      me::EndSession               Done;
        patch  "/me"                                                 me::Change                   Shown;
        post   "/session/passkey/challenge"                          passkeys::StartCheck         Shown;
        get    "/passkeys"                                           passkeys::List               Shown;
        post   "/passkeys/challenge"                                 passkeys::Start              Shown;
        patch  "/passkeys/{id}"                                      passkeys::Rename             Shown;
        delete "/passkeys/{id}"                                      passkeys::Remove             Done;
        put    "/second-factor"                                      passkeys::SetSecondFactor    Shown;
        get    "/tokens"                                             tokens::List                 Shown;
        post   "/tokens"                                             tokens::Create               Created;
        delete "/tokens/{id}"                                        tokens::Revoke               Done;

        get    "/overview"                                           overview::Show               Shown;

        get    "/registrations"                                      registrations::List          Shown;
        get    "/registrations/{id}"                                 registrations::Show          Shown;
        post   "/registrations/{id}/decision"                        registrations::Decide        Shown;
        get    "/registrations/{id}/receipt"                         registrations::Receipt       Receipt;

        get    "/questions"                                          questions::List              Shown;
        get    "/questions/{id}"                                     questions::Show              Shown;
        post   "/questions/{id}/decision"                            questions::Answer            Shown;
        get    "/questions/{id}/receipt"                             questions::Receipt           Receipt;

        get    "/launches"                                           launches::List               Shown;
        get    "/launches/{id}"                                      launches::Show               Shown;
        post   "/launches/{id}/decision"                             launches::Answer             Shown;
        post   "/launches/{id}/end"                                  launches::End                Shown;
        get    "/launches/{id}/record"                               launches::Record             Shown;
        get    "/launches/{id}/receipt"                              launches::Receipt            Receipt;

        get    "/attended"                                           attended::List               Shown;
        get    "/attended/{id}"                                      attended::Show               Shown;
        post   "/attended/{id}/end"                                  attended::End                Shown;
        get    "/attended/{id}/record"                               attended::Record             Shown;
        get    "/attended/{id}/receipts/{guest}"                     attended::Receipt            Receipt;

        get    "/appointments"                                       appointments::List           Shown;
        get    "/appointments/{id}"                                  appointments::Show           Shown;
        post   "/appointments/{id}/cancel"                           appointments::Cancel         Shown;
        get    "/appointments/{id}/receipt"                          appointments::Receipt        Receipt;

        get    "/devices"                                            devices::List                Shown;
        get    "/devices/{id}"                                       devices::Show                Shown;
        get    "/devices/{id}/receipt"                               devices::Receipt             Receipt;
        post   "/devices/{id}/revoke"                                devices::Revoke              Shown;

        get    "/equipment"                                          equipment::List              Shown;
        post   "/equipment"                                          equipment::Create            Created;
        post   "/equipment/import"                                   equipment::Import            Shown;
        get    "/equipment/{id}"                                     equipment::Show              Shown;
        patch  "/equipment/{id}"                                     equipment::Change            Shown;
        patch  "/equipment/{id}/switches"                            equipment::Switch            Shown;
        post   "/equipment/{id}/retire"                              equipment::Retire            Shown;
        post   "/equipment/{id}/restore"                             equipment::Restore           Shown;
        post   "/equipment/{id}/enrolment"                           equipment::Enrol             Created;
        post   "/equipment/{id}/agent/end"                           equipment::EndAgent          Shown;

        get    "/enrolments"                                         enrolments::List             Shown;
        post   "/enrolments/{id}/decision"                           enrolments::Answer           Shown;
        get    "/service-organization"                               enrolments::Show             Shown;
        post   "/service-organization/verification-code"             enrolments::Renew            Created;

        get    "/organizations"                                      organizations::List          Shown;
        post   "/organizations"                                      organizations::Create        Created;
        patch  "/organizations/{id}"                                 organizations::Change        Shown;
        delete "/organizations/{id}"                                 organizations::Delete        Done;

        get    "/users"                                              users::List                  Shown;
        post   "/users"                                              users::Create                Created;
        get    "/users/{id}"                                         users::Show                  Shown;
        patch  "/users/{id}"                                         users::Change                Shown;
        delete "/users/{id}"                                         users::Delete                Done;
        patch  "/users/{id}/account"                                 accounts::Change             Shown;
        delete "/users/{id}/account"                                 accounts::Delete             Shown;
        post   "/users/{id}/account/reissue"                         accounts::Reissue            Shown;

        get    "/audit"                                              audit::List                  Shown;
        get    "/audit/heads"                                        audit::Heads                 Shown;

        get    "/policies"                                           policies::Show               Shown;
        patch  "/policies"                                           policies::Change             Shown;
        post   "/events/ticket"                                      events::Ticket               Shown;
        get    "/face"                                               face::Show                   Shown;
        put    "/face"                                               face::Change                 Shown;

        get    "/inquiries"                                          inquiries::List              Shown;
        post   "/inquiries"                                          inquiries::Create            Created;
        get    "/inquiries/{id}"                                     inquiries::Show              Shown;
        post   "/inquiries/{id}/messages"                            inquiries::Answer            Shown;
        post   "/inquiries/{id}/close"                               inquiries::Close             Shown;
        get    "/inquiries/{id}/attachments/{attachment}"            inquiries::Attachment        File;

        get    "/customers"                                          desk::Customers              Shown;
        get    "/desk/staff"                                         desk::Staff                  Shown;
        get    "/desk/questions"                                     desk::Questions              Shown;
        get    "/desk/launches"                                      desk::Launches               Shown;
        get    "/desk/attended"                                      desk::Attended               Shown;
        get    "/desk/appointments"                                  desk::Appointments           Shown;
        get    "/desk/calendar-feeds"                                desk::Feeds                  Shown;
        post   "/desk/calendar-feeds"                                desk::CreateFeed             Created;
        delete "/desk/calendar-feeds/{id}"                           desk::RevokeFeed             Done;
        get    "/desk/enrolments"                                    desk::Enrolments             Shown;
        post   "/desk/enrolments/{id}/decision"                      desk::AnswerEnrolment        Shown;
        get    "/desk/inquiries"                                     desk::Inquiries              Shown;
        get    "/desk/inquiries/{customer}/{id}/assignment"          desk::Assignment             Shown;
        post   "/desk/inquiries/{customer}/{id}/assign"              desk::Assign                 Shown;

        get    "/desk/applications"                                  applications::List           Shown;
        post   "/desk/applications"                                  applications::Create         Created;
        get    "/desk/applications/{id}"                             applications::Show           Shown;
        post   "/desk/applications/{id}/close"                       applications::Close          Shown;

        get    "/mails"                                              mails::List                  Shown;
        post   "/mails/{id}/retry"                                   mails::Retry                 Done;
    }
    exports {
        "/registrations"    registrations::List      Registrations;
        "/questions"        questions::List          Questions;
        "/desk/questions"   desk::Questions          DeskQuestions;
        "/launches"         launches::List           Launches;
        "/desk/launches"    desk::Launches           DeskLaunches;
        "/attended"         attended::List          Attended;
        "/desk/attended"    desk::Attended          DeskAttended;
        "/appointments"     appointments::List       Appointments;
        "/desk/appointments" desk::Appointments      DeskAppointments;
        "/devices"          devices::List            Devices;
        "/equipment"        equipment::List          Equipment;
        "/users"            users::List              Users;
        "/audit"            audit::List              Audit;
        "/organizations"    organizations::List      Organizations;
        "/inquiries"        inquiries::List          Inquiries;
        "/customers"        desk::Customers          Customers;
        "/desk/inquiries"   desk::Inquiries          DeskInquiries;
        "/desk/applications" applications::List     Applications;
        "/mails"            mails::List              Mails;
    }

    get    "/t/{slug}/api/v1/events"                                 Ticket         events::open;
    get    "/t/{slug}/agent"                                         Agent          agent::connect;
    get    "/t/{slug}/sessions/{number}"                             Session        session_socket::connect;
    get    "/"                                                       Nobody         entrance::show;
    get    "/healthz"                                                Nobody         health::check;
    get    "/favicon.ico"                                            Nobody         assets::icon;
    get    "/assets/page.css"                                        Nobody         assets::stylesheet;
    get    "/t/{slug}/face.css"                                      Nobody         assets::face;
    get    "/t/{slug}/logo.png"                                      Nobody         assets::logo;
    get    "/.well-known/jwks.json"                                  Nobody         jwks::show;
    get    "/.well-known/oauth-authorization-server/t/{slug}"        Nobody         oauth::metadata::show;
    get    "/t/{slug}/.well-known/oauth-authorization-server"        Nobody         oauth::metadata::show;

    post   "/t/{slug}/oauth/device_authorization"                    Nobody         oauth::device_authorization::create as Posted;
    post   "/t/{slug}/oauth/token"                                   Grant          oauth::token::issue as Posted;
    post   "/t/{slug}/oauth/revoke"                                  Grant          oauth::revoke::revoke as Posted;
    post   "/agent/enrolment"                                        Grant          oauth::enrolment::identify;
    post   "/agent/enrolment/poll"                                   Grant          oauth::enrolment::poll;
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

    get    "/j/{token}"                                              Link           join::show as Opened;
    post   "/j/{token}/join"                                         Link           join::join as Posted;
    get    "/m/{token}"                                              Link           meeting::show as Opened;
    post   "/m/{token}"                                              Link           meeting::answer as Posted;
    get    "/m/{token}/receipt"                                      Link           meeting::receipt as Asked;
    get    "/m/{token}/check"                                        Link           meeting::check::show as Opened;
    post   "/m/{token}/check"                                        Link           meeting::check::report as Posted;
    get    "/check/bytes"                                            Nobody         meeting::check::bytes;
    post   "/check/bytes"                                            Nobody         meeting::check::take_bytes;
    get    "/m/{token}/check/socket"                                 Link           meeting::check::socket;
    get    "/t/{slug}/calendar/{file}"                               Link           calendar_feed::show;
    get    "/t/{slug}/join"                                          Nobody         knock::show as Opened;
    post   "/t/{slug}/join"                                          Nobody         knock::enter as Posted;

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
    get    "/t/{slug}/api/v1/customers/{customer}/equipment"                       Panel desk::equipment::list;
    post   "/t/{slug}/api/v1/customers/{customer}/equipment"                       Panel desk::equipment::create;
    get    "/t/{slug}/api/v1/customers/{customer}/equipment/{id}"                  Panel desk::equipment::show as Named;
    patch  "/t/{slug}/api/v1/customers/{customer}/equipment/{id}"                  Panel desk::equipment::change;
    post   "/t/{slug}/api/v1/customers/{customer}/equipment/{id}/retire"           Panel desk::equipment::retire as Named;
    post   "/t/{slug}/api/v1/desk/sessions/join"                                   Panel desk::sessions::join as Written;
    get    "/t/{slug}/api/v1/desk/questions/{customer}/{id}"                       Panel desk::show_question as Named;
    post   "/t/{slug}/api/v1/desk/questions/{customer}/{id}/withdraw"              Panel desk::withdraw_question as Named;
    get    "/t/{slug}/api/v1/desk/questions/{customer}/{id}/receipt"               Panel desk::question_receipt as Named;
    post   "/t/{slug}/api/v1/customers/{customer}/equipment/{id}/support-steps"    Panel desk::launch::mail_steps;
    post   "/t/{slug}/api/v1/customers/{customer}/launches"                        Panel desk::launch::request;
    get    "/t/{slug}/api/v1/desk/launches/{customer}/{id}"                        Panel desk::launch::show as Named;
    post   "/t/{slug}/api/v1/desk/launches/{customer}/{id}/withdraw"               Panel desk::launch::withdraw as Named;
    post   "/t/{slug}/api/v1/desk/launches/{customer}/{id}/execute"                Panel desk::launch::execute as Named;
    post   "/t/{slug}/api/v1/desk/launches/{customer}/{id}/end"                    Panel desk::launch::end as Named;
    get    "/t/{slug}/api/v1/desk/launches/{customer}/{id}/record"                 Panel desk::launch::record;
    post   "/t/{slug}/api/v1/desk/launches/{customer}/{id}/note"                   Panel desk::launch::note;
    get    "/t/{slug}/api/v1/desk/launches/{customer}/{id}/receipt"                Panel desk::launch::fetch_receipt as Named;
    post   "/t/{slug}/api/v1/desk/customers/{customer}/attended"                   Panel desk::attended::open;
    get    "/t/{slug}/api/v1/desk/attended/{customer}/{id}"                        Panel desk::attended::show as Named;
    post   "/t/{slug}/api/v1/desk/attended/{customer}/{id}/invite"                 Panel desk::attended::invite;
    post   "/t/{slug}/api/v1/desk/attended/{customer}/{id}/withdraw"               Panel desk::attended::withdraw as Named;
    post   "/t/{slug}/api/v1/desk/attended/{customer}/{id}/end"                    Panel desk::attended::end as Named;
    get    "/t/{slug}/api/v1/desk/attended/{customer}/{id}/record"                 Panel desk::attended::record;
    post   "/t/{slug}/api/v1/desk/attended/{customer}/{id}/note"                   Panel desk::attended::note;
    get    "/t/{slug}/api/v1/desk/attended/{customer}/{id}/receipts/{guest}"       Panel desk::attended::receipt as Named;
    post   "/t/{slug}/api/v1/desk/customers/{customer}/appointments"               Panel desk::appointments::create;
    get    "/t/{slug}/api/v1/desk/appointments/{customer}/{id}"                    Panel desk::appointments::show as Named;
    post   "/t/{slug}/api/v1/desk/appointments/{customer}/{id}/proposal"           Panel desk::appointments::propose;
    post   "/t/{slug}/api/v1/desk/appointments/{customer}/{id}/answer"             Panel desk::appointments::answer;
    post   "/t/{slug}/api/v1/desk/appointments/{customer}/{id}/cancel"             Panel desk::appointments::cancel;
    get    "/t/{slug}/api/v1/desk/appointments/{customer}/{id}/receipt"            Panel desk::appointments::receipt as Named;
    get    "/t/{slug}/api/v1/desk/inquiries/{customer}/{id}"                       Panel desk::show_inquiry as Named;
    post   "/t/{slug}/api/v1/desk/inquiries/{customer}/{id}/messages"              Panel desk::answer_inquiry;
    post   "/t/{slug}/api/v1/desk/inquiries/{customer}/{id}/close"                 Panel desk::close_inquiry as Named;
    get    "/t/{slug}/api/v1/desk/inquiries/{customer}/{id}/attachments/{attachment}" Panel desk::attachment as Named;
}
