//! The requests to each route, made with given credentials.

use serde_json::{Value, json};

use crate::support::authenticator::Authenticator;
use crate::support::call::Call;
use crate::support::credentials::{Credentials, DEVICE_GRANT};
use crate::support::scene::{asking, new_tenant};

/// One route as the tests know it. The routing table must list it with the same method, path and access.
pub struct Row {
    pub method: &'static str,
    pub path: &'static str,
    pub access: &'static str,
    pub calls: fn(&Credentials) -> Vec<Call>,
}

const fn row(
    method: &'static str,
    path: &'static str,
    access: &'static str,
    calls: fn(&Credentials) -> Vec<Call>,
) -> Row {
    Row {
        method,
        path,
        access,
        calls,
    }
}

pub const ROWS: &[Row] = &[
    row("get", "/t/{slug}", "Nobody", |_| {
        vec![Call::get("/t/aozora"), Call::get("/t/nosuch")]
    }),
    row("get", "/t/{slug}/", "Nobody", |_| {
        vec![Call::get("/t/aozora/"), Call::get("/t/nosuch/")]
    }),
    row("post", "/t/{slug}/api/v1/login", "Nobody", |c| {
        let log_in = |account: &str| {
            let credentials = json!({ "account": account, "password": c.first_password });
            Call::post("/t/aozora/api/v1/login").json(&credentials)
        };
        vec![log_in("hanako"), log_in("nobody")]
    }),
    row("post", "/t/{slug}/api/v1/login/passkey/challenge", "Nobody", |_| {
        vec![Call::post("/t/aozora/api/v1/login/passkey/challenge")]
    }),
    row("post", "/t/{slug}/api/v1/login/passkey", "Nobody", |_| {
        let made_up = json!({ "challenge": "A".repeat(43), "rpId": "edge.example.com", "rp": { "id": "x" }, "user": { "id": "x" } });
        let authenticator = Authenticator::new(9);
        authenticator.make(&made_up);
        let credential = json!({ "credential": authenticator.sign(&made_up) });
        vec![Call::post("/t/aozora/api/v1/login/passkey").json(&credential)]
    }),
    row("post", "/t/{slug}/api/v1/password-reset", "Nobody", |_| {
        vec![Call::post("/t/aozora/api/v1/password-reset").json(&json!({ "account": "hanako" }))]
    }),
    row("post", "/t/{slug}/api/v1/password-reset/complete", "Link", |c| {
        // A link of another kind is not accepted here.
        let new = json!({ "token": c.approve_link, "password": "an old boat on a calm lake" });
        vec![Call::post("/t/aozora/api/v1/password-reset/complete").json(&new)]
    }),
    // Without a ticket that was just issued, whatever else is shown opens nothing; events.rs tries tickets.
    row("get", "/t/{slug}/api/v1/events", "Ticket", |_| {
        vec![
            Call::get("/t/aozora/api/v1/events"),
            Call::get("/t/nosuch/api/v1/events"),
        ]
    }),
    // Only an agent's own token opens a control socket; agents.rs enrols some.
    row("get", "/t/{slug}/agent", "Agent", |c| {
        let handshake = || {
            Call::get("/t/aozora/agent")
                .header("upgrade", "websocket")
                .header("connection", "Upgrade")
                .header("sec-websocket-version", "13")
                .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")
                .header("sec-websocket-protocol", "tegata.agent.v1")
        };
        let bound = handshake().header("authorization", &format!("DPoP {}", c.access_token));
        vec![
            Call::get("/t/aozora/agent"),
            handshake(),
            handshake().bearer(&c.access_token),
            bound.proven(&c.key, Some(&c.access_token)),
        ]
    }),
    // Only the session's own agent, and who has a ticket for it; support_sessions.rs opens some.
    row("get", "/t/{slug}/sessions/{number}", "Session", |c| {
        let handshake = || {
            Call::get("/t/aozora/sessions/123456789")
                .header("upgrade", "websocket")
                .header("connection", "Upgrade")
                .header("sec-websocket-version", "13")
                .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")
        };
        let program = || handshake().header("sec-websocket-protocol", "tegata.session.v1");
        let page = |ticket: &str| {
            let protocols = format!("tegata.session.v1, {ticket}");
            handshake()
                .header("sec-websocket-protocol", &protocols)
                .header("origin", crate::support::edge::EDGE)
        };
        let bound = program().header("authorization", &format!("DPoP {}", c.access_token));
        vec![
            Call::get("/t/aozora/sessions/123456789"),
            Call::get("/t/aozora/sessions/1"),
            program(),
            program().bearer(&c.access_token),
            bound.proven(&c.key, Some(&c.access_token)),
            page(&format!("tg_st_{}", "A".repeat(43))),
            page("x"),
        ]
    }),
    row("get", "/", "Nobody", |_| {
        ["/", "/?domain=aozora", "/?domain=nosuch"].map(Call::get).into()
    }),
    row("get", "/healthz", "Nobody", |_| vec![Call::get("/healthz")]),
    row("get", "/favicon.ico", "Nobody", |_| vec![Call::get("/favicon.ico")]),
    row("get", "/assets/page.css", "Nobody", |_| {
        vec![Call::get("/assets/page.css")]
    }),
    row("get", "/t/{slug}/face.css", "Nobody", |_| {
        vec![Call::get("/t/aozora/face.css")]
    }),
    row("get", "/t/{slug}/logo.png", "Nobody", |_| {
        vec![Call::get("/t/aozora/logo.png")]
    }),
    row("get", "/.well-known/jwks.json", "Nobody", |_| {
        vec![Call::get("/.well-known/jwks.json")]
    }),
    row(
        "get",
        "/.well-known/oauth-authorization-server/t/{slug}",
        "Nobody",
        |_| vec![Call::get("/.well-known/oauth-authorization-server/t/aozora")],
    ),
    row(
        "get",
        "/t/{slug}/.well-known/oauth-authorization-server",
        "Nobody",
        |_| vec![Call::get("/t/aozora/.well-known/oauth-authorization-server")],
    ),
    row("post", "/t/{slug}/oauth/device_authorization", "Nobody", |c| {
        let ask =
            |key: &str| Call::post("/t/aozora/oauth/device_authorization").form(&asking("taro@aozora.example", key));
        vec![
            ask(&c.key.thumbprint()),
            ask(&c.key.thumbprint()).proven(&c.key, None),
            ask(&crate::support::key::Key::new(9).thumbprint()),
        ]
    }),
    row("post", "/t/{slug}/oauth/token", "Grant", tokens),
    // Nothing of a tenant's is good for a machine that has none yet; enrolments.rs has one that a provider knows.
    row("post", "/agent/enrolment", "Grant", |c| {
        let form = [
            ("organization", "12345678"),
            ("verification_code", c.code.as_str()),
            ("serial_number", "TG-1"),
            ("software", "tegata 0.1.0"),
            ("system", "Debian 13 x86_64"),
            ("host_name", "line-7"),
        ];
        let ask = Call::post("/agent/enrolment").form(&form);
        vec![ask.clone(), ask.proven(&c.key, None)]
    }),
    row("post", "/agent/enrolment/poll", "Grant", |c| {
        let poll = |request: &str| {
            let form = [("organization", "12345678"), ("request", request)];
            Call::post("/agent/enrolment/poll").form(&form).proven(&c.key, None)
        };
        vec![poll(&c.device_code), poll(&format!("tg_er_{}", "A".repeat(43)))]
    }),
    row("post", "/t/{slug}/oauth/revoke", "Grant", |c| {
        let revoke =
            |token: &str| Call::post("/t/aozora/oauth/revoke").form(&[("client_id", "viewer"), ("token", token)]);
        let proven = |token: &str| revoke(token).proven(&c.key, None);
        vec![
            revoke(&c.access_token),
            revoke(&c.refresh_token),
            proven(&c.access_token),
            proven(&c.refresh_token),
        ]
    }),
    row("post", "/t/{slug}/oauth/introspect", "ResourceServer", |c| {
        let ask = |token: &str| Call::post("/t/aozora/oauth/introspect").form(&[("token", token)]);
        vec![
            ask(&c.access_token).bearer(&c.introspection_secret),
            ask(&c.refresh_token).bearer(&c.introspection_secret),
            ask(&c.access_token),
        ]
    }),
    row("get", "/t/{slug}/api/v1/registration", "DeviceCode", |c| {
        vec![Call::get("/t/aozora/api/v1/registration").bearer(&c.device_code)]
    }),
    row("delete", "/t/{slug}/api/v1/registration", "DeviceCode", |c| {
        vec![Call::new("DELETE", "/t/aozora/api/v1/registration").bearer(&c.device_code)]
    }),
    row("post", "/t/{slug}/api/v1/registration/resend", "DeviceCode", |c| {
        vec![Call::post("/t/aozora/api/v1/registration/resend").bearer(&c.device_code)]
    }),
    row("get", "/t/{slug}/activate", "Nobody", |c| {
        vec![
            Call::get("/t/aozora/activate"),
            Call::get(&format!(
                "/t/aozora/activate?user_code={}&activation_code={}&confirm=yes",
                c.user_code, c.code
            )),
        ]
    }),
    row("post", "/t/{slug}/activate", "Codes", |c| {
        let codes = [
            ("user_code", c.user_code.as_str()),
            ("activation_code", &c.code),
            ("lang", "da"),
        ];
        vec![Call::post("/t/aozora/activate").form(&codes)]
    }),
    row("get", "/a/{token}", "Link", |c| {
        let link = &c.approve_link;
        vec![
            Call::get(&format!("/a/{link}")),
            Call::get(&format!("/a/{link}?decision=approve&confirm=yes&lang=en")),
        ]
    }),
    row("post", "/a/{token}", "Link", |c| {
        let answer = |decision, tick, reason| {
            let form = [
                ("decision", decision),
                (tick, "yes"),
                ("lang", "en"),
                ("reason", reason),
            ];
            Call::post(&format!("/a/{}", c.approve_link)).form(&form)
        };
        vec![answer("approve", "confirm", ""), answer("refuse", "refuse", "いいえ")]
    }),
    row("get", "/a/{token}/receipt", "Link", |c| {
        vec![Call::get(&format!("/a/{}/receipt", c.approve_link))]
    }),
    row("get", "/c/{token}", "Link", |c| {
        vec![
            Call::get(&format!("/c/{}", c.confirm_link)),
            Call::get(&format!("/c/{}?confirm=yes", c.confirm_link)),
        ]
    }),
    row("post", "/c/{token}", "Link", |c| {
        vec![Call::post(&format!("/c/{}", c.confirm_link)).form(&[("confirm", "yes")])]
    }),
    // A link of another kind is not accepted here; attended_matrix.rs has genuine ones.
    row("get", "/j/{token}", "Link", |c| {
        vec![
            Call::get(&format!("/j/{}", c.approve_link)),
            Call::get(&format!("/j/{}?lang=da", c.confirm_link)),
        ]
    }),
    row("post", "/j/{token}/join", "Link", |c| {
        let joining = json!({ "name": "山田 太郎", "locale": "ja" });
        vec![Call::post(&format!("/j/{}/join", c.approve_link)).json(&joining)]
    }),
    // The same holds for appointments; appointments.rs has genuine links.
    row("get", "/m/{token}", "Link", |c| {
        vec![
            Call::get(&format!("/m/{}", c.approve_link)),
            Call::get(&format!("/m/{}?zone=Asia/Tokyo", c.confirm_link)),
        ]
    }),
    row("post", "/m/{token}", "Link", |c| {
        let choice = [("act", "choose"), ("offer", "1"), ("time", "0"), ("name", "山田 太郎")];
        vec![Call::post(&format!("/m/{}", c.approve_link)).form(&choice)]
    }),
    row("get", "/m/{token}/receipt", "Link", |c| {
        vec![Call::get(&format!("/m/{}/receipt", c.approve_link))]
    }),
    row("get", "/m/{token}/check", "Link", |c| {
        vec![Call::get(&format!("/m/{}/check", c.approve_link))]
    }),
    row("post", "/m/{token}/check", "Link", |c| {
        let measured =
            json!({ "locale": "ja", "browser": "Chrome", "system": "Windows", "phone": false, "socket": true });
        vec![Call::post(&format!("/m/{}/check", c.approve_link)).json(&measured)]
    }),
    row("get", "/check/bytes", "Nobody", |_| {
        vec![Call::get("/check/bytes?size=100"), Call::get("/check/bytes")]
    }),
    row("post", "/check/bytes", "Nobody", |_| {
        vec![Call::post("/check/bytes").body(&[7; 1000])]
    }),
    row("get", "/m/{token}/check/socket", "Link", |c| {
        let socket = Call::get(&format!("/m/{}/check/socket", c.approve_link));
        vec![
            socket
                .header("upgrade", "websocket")
                .header("connection", "Upgrade")
                .header("sec-websocket-version", "13")
                .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")
                .header("sec-websocket-protocol", "tegata.check.v1")
                .header("origin", crate::support::edge::EDGE),
        ]
    }),
    row("get", "/t/{slug}/calendar/{file}", "Link", |c| {
        vec![
            Call::get(&format!("/t/aozora/calendar/{}.ics", c.approve_link)),
            Call::get(&format!("/t/aozora/calendar/tg_cal_{}.ics", "A".repeat(43))),
        ]
    }),
    row("get", "/t/{slug}/join", "Nobody", |_| {
        vec![Call::get("/t/aozora/join"), Call::get("/t/nosuch/join")]
    }),
    row("post", "/t/{slug}/join", "Nobody", |c| {
        let typed = [("number", "123456789"), ("password", c.code.as_str())];
        vec![Call::post("/t/aozora/join").form(&typed)]
    }),
    row("any", "/t/{slug}/gate/", "AccessToken", |c| {
        let dpop = format!("DPoP {}", c.access_token);
        let root = || Call::get("/t/aozora/gate/");
        vec![
            root()
                .header("authorization", &dpop)
                .proven(&c.key, Some(&c.access_token)),
            root(),
        ]
    }),
    row("any", "/t/{slug}/gate/{*path}", "AccessToken", |c| {
        let methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];
        let through = |method: &&str| {
            let dpop = format!("DPoP {}", c.access_token);
            Call::new(method, "/t/aozora/gate/reports?page=2")
                .header("authorization", &dpop)
                .proven(&c.key, Some(&c.access_token))
        };
        let bearer = Call::get("/t/aozora/gate/reports").bearer(&c.access_token);
        methods
            .iter()
            .map(through)
            .chain([bearer, Call::get("/t/aozora/gate/reports")])
            .collect()
    }),
    row("get", "/operator/v1/tenants", "Operator", |c| {
        vec![operator(c, "GET", "")]
    }),
    row("post", "/operator/v1/tenants", "Operator", |c| {
        vec![
            operator(c, "POST", "").json(&new_tenant("hoshizora")),
            operator(c, "POST", "").json(&new_tenant("aozora")),
        ]
    }),
    row("get", "/operator/v1/tenants/{slug}", "Operator", |c| {
        vec![operator(c, "GET", "/aozora")]
    }),
    row("patch", "/operator/v1/tenants/{slug}", "Operator", |c| {
        let document = json!({ "policy": { "activation": "approval_only", "confirm_address_first": false } });
        vec![operator(c, "PATCH", "/aozora").json(&document)]
    }),
    row("post", "/operator/v1/tenants/{slug}/suspend", "Operator", |c| {
        vec![operator(c, "POST", "/aozora/suspend")]
    }),
    row("post", "/operator/v1/tenants/{slug}/resume", "Operator", |c| {
        vec![operator(c, "POST", "/aozora/resume")]
    }),
    row("post", "/operator/v1/tenants/{slug}/administrators", "Operator", |c| {
        let mut jiro = new_tenant("aozora")["administrator"].clone();
        jiro["account"] = json!("jiro");
        vec![operator(c, "POST", "/aozora/administrators").json(&jiro)]
    }),
    row(
        "post",
        "/operator/v1/tenants/{slug}/introspection-secret",
        "Operator",
        |c| vec![operator(c, "POST", "/aozora/introspection-secret")],
    ),
    row("get", "/operator/v1/tenants/{slug}/devices", "Operator", |c| {
        vec![operator(c, "GET", "/aozora/devices")]
    }),
    row(
        "post",
        "/operator/v1/tenants/{slug}/devices/{id}/revoke",
        "Operator",
        |c| {
            let device = c.refresh_token.get(6..28).unwrap_or("AAAAAAAAAAAAAAAAAAAAAA");
            vec![operator(c, "POST", &format!("/aozora/devices/{device}/revoke"))]
        },
    ),
    row("post", "/operator/v1/keys/rotate", "Operator", |c| {
        let rotate = |order: Value| {
            Call::post("/operator/v1/keys/rotate")
                .bearer(&c.operator_token)
                .json(&order)
        };
        vec![
            rotate(json!({ "purpose": "receipt" })),
            rotate(json!({ "purpose": "token", "compromised": true })),
        ]
    }),
    row("get", "/operator/v1/tenants/{slug}/audit", "Operator", |c| {
        vec![
            operator(c, "GET", "/aozora/audit"),
            operator(
                c,
                "GET",
                "/aozora/audit?actor=approver&action=approval.&newest_first=true",
            ),
        ]
    }),
    row("get", "/operator/v1/tenants/{slug}/audit/heads", "Operator", |c| {
        vec![operator(c, "GET", "/aozora/audit/heads")]
    }),
    row("get", "/operator/v1/tenants/{slug}/outbox", "Operator", |c| {
        vec![operator(c, "GET", "/aozora/outbox")]
    }),
    row(
        "post",
        "/operator/v1/tenants/{slug}/outbox/{id}/retry",
        "Operator",
        |c| vec![operator(c, "POST", "/aozora/outbox/AAAAAAAAAAAAAAAAAAAAAA/retry")],
    ),
];

fn operator(credentials: &Credentials, method: &str, path: &str) -> Call {
    Call::new(method, &format!("/operator/v1/tenants{path}")).bearer(&credentials.operator_token)
}

/// Every way to request tokens: with and without the mailed code, with and without a proof, by device code and by
/// refresh.
fn tokens(c: &Credentials) -> Vec<Call> {
    let with = |fields: &[(&str, &str)]| {
        let form = [[("client_id", "viewer")].as_slice(), fields].concat();
        Call::post("/t/aozora/oauth/token").form(&form)
    };
    let device = [("grant_type", DEVICE_GRANT), ("device_code", c.device_code.as_str())];
    let coded = [device[0], device[1], ("activation_code", c.code.as_str())];
    let renewal = [
        ("grant_type", "refresh_token"),
        ("refresh_token", c.refresh_token.as_str()),
    ];
    vec![
        with(&device),
        with(&coded),
        with(&renewal),
        with(&device).proven(&c.key, None),
        with(&coded).proven(&c.key, None).header("idempotency-key", "k"),
        with(&coded).proven(&c.key, None).header("idempotency-key", "k"),
        with(&renewal).proven(&c.key, None),
        with(&[("grant_type", "authorization_code"), ("code", &c.code)]),
        with(&[
            ("grant_type", "password"),
            ("username", "hanako"),
            ("password", &c.first_password),
        ]),
        with(&[
            ("grant_type", "client_credentials"),
            ("client_secret", &c.introspection_secret),
        ]),
    ]
}
