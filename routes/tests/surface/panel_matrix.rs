//! Every panel route as every possible caller: the action's right alone decides who is admitted. The rows come from the
//! routing table, and a route that [`sample`] does not know fails the test.

use http::StatusCode;
use serde_json::{Value, json};
use tegata_domain::panel::{
    Act as _, Action, accounts, desk, equipment as panel_equipment, me, passkeys as own_passkeys,
};
use tegata_domain::right::{Right, Role, allows};
use tegata_domain::tenant::TenantKind;
use tegata_routes::table::{Access, Route, TABLE};

use crate::equipment;
use crate::passkeys;
use crate::support::staff::{Credential, PASSWORD, Staff, log_in, settle};

/// A well-formed id that belongs to nothing.
const NOTHING: &str = "AAAAAAAAAAAAAAAAAAAAAA";

/// The ids that the sample requests name.
pub struct Things {
    user: String,
    spare: String,
    account: String,
    organization: String,
    spare_organization: String,
    registration: String,
    device: String,
    equipment: String,
}

impl Things {
    /// Ids that belong to nothing.
    pub fn none() -> Self {
        let nothing = || NOTHING.to_owned();
        Self {
            user: nothing(),
            spare: nothing(),
            account: nothing(),
            organization: nothing(),
            spare_organization: nothing(),
            registration: nothing(),
            device: nothing(),
            equipment: nothing(),
        }
    }

    fn of(staff: &Staff) -> Self {
        let first = |path: &str| {
            staff.done(200, "GET", path, None)["items"][0]["id"]
                .as_str()
                .unwrap()
                .to_owned()
        };
        let organization = staff.organization("設計部", None);
        Self {
            user: staff.user("yuki", Some(&organization)),
            spare: staff.user("spare", Some(&organization)),
            account: staff.join("niels", "organization_administrator", Some(&organization)).0,
            spare_organization: staff.organization("試作課", Some(&organization)),
            equipment: equipment::registered(staff, "TG-1", Some(&organization)),
            organization,
            registration: first("/registrations"),
            device: first("/devices"),
        }
    }
}

/// A valid request to `route`: its path below the API's base, and its document.
pub fn sample(route: &Route, things: &Things) -> (String, Option<Value>) {
    let path = route.path.strip_prefix("/t/{slug}/api/v1").expect("a route of the API");
    let at = |id: &str| path.replace("{id}", id);
    match (route.method, path) {
        ("get" | "delete", "/session") | ("get", "/sessions" | "/tokens" | "/overview" | "/policies" | "/mails") => {
            (path.to_owned(), None)
        }
        (
            "get",
            "/registrations" | "/questions" | "/launches" | "/attended" | "/appointments" | "/devices" | "/equipment"
            | "/organizations" | "/users",
        ) => (path.to_owned(), None),
        ("delete", "/sessions/{id}" | "/tokens/{id}") | ("post", "/mails/{id}/retry") => (at(NOTHING), None),
        ("post", "/session/passkey" | "/passkeys") => (path.to_owned(), Some(passkeys::made_up(path))),
        ("post", "/session/passkey/challenge" | "/passkeys/challenge") | ("get", "/passkeys") => {
            (path.to_owned(), None)
        }
        ("patch", "/passkeys/{id}") => (at(NOTHING), Some(json!({ "name": "会議室" }))),
        ("delete", "/passkeys/{id}") => (at(NOTHING), None),
        ("put", "/second-factor") => (path.to_owned(), Some(json!({ "required": false }))),
        ("patch", "/me") => (path.to_owned(), Some(json!({ "locale": "en" }))),
        ("post", "/tokens") => {
            let token = json!({ "name": "t", "scopes": ["users.read"], "expires_in_days": 1 });
            (path.to_owned(), Some(token))
        }
        ("post", "/session/fresh") => (path.to_owned(), Some(json!({ "password": PASSWORD }))),
        ("put", "/session/password") => (path.to_owned(), Some(json!({ "password": PASSWORD }))),
        ("get", "/registrations/{id}" | "/registrations/{id}/receipt") => (at(&things.registration), None),
        ("post", "/registrations/{id}/decision") => (
            at(&things.registration),
            Some(json!({ "outcome": "approved", "confirmed": true })),
        ),
        ("get", "/questions/{id}" | "/questions/{id}/receipt") => (at(NOTHING), None),
        ("post", "/questions/{id}/decision") => {
            (at(NOTHING), Some(json!({ "outcome": "approved", "confirmed": true })))
        }
        ("get", "/launches/{id}" | "/launches/{id}/receipt" | "/launches/{id}/record")
        | ("post", "/launches/{id}/end") => (at(NOTHING), None),
        ("get", "/attended/{id}" | "/attended/{id}/record") | ("post", "/attended/{id}/end") => (at(NOTHING), None),
        ("get", "/appointments/{id}" | "/appointments/{id}/receipt") => (at(NOTHING), None),
        ("post", "/appointments/{id}/cancel") => (at(NOTHING), Some(json!({ "reason": "出張のため" }))),
        ("post", "/desk/calendar-feeds") => (path.to_owned(), Some(json!({ "name": "手帳" }))),
        ("delete", "/desk/calendar-feeds/{id}") => (at(NOTHING), None),
        ("get", "/attended/{id}/receipts/{guest}") => (at(NOTHING).replace("{guest}", NOTHING), None),
        ("post", "/launches/{id}/decision") => (at(NOTHING), Some(json!({ "outcome": "approved", "confirmed": true }))),
        ("get", "/devices/{id}" | "/devices/{id}/receipt") | ("post", "/devices/{id}/revoke") => {
            (at(&things.device), None)
        }
        ("post", "/equipment") => {
            let new = json!({ "name": "検査装置", "serial_number": "TG-2", "organization": things.organization });
            (path.to_owned(), Some(new))
        }
        ("post", "/equipment/import") => (path.to_owned(), Some(equipment::file_for(&things.organization))),
        ("post", "/equipment/{id}/enrolment") => (at(&things.equipment), Some(json!({ "expires_in": 3600 }))),
        ("get", "/equipment/{id}")
        | ("post", "/equipment/{id}/retire" | "/equipment/{id}/restore" | "/equipment/{id}/agent/end") => {
            (at(&things.equipment), None)
        }
        ("patch", "/equipment/{id}") => (
            at(&things.equipment),
            Some(json!({ "version": 1, "place": "第一工場" })),
        ),
        ("patch", "/equipment/{id}/switches") => (
            at(&things.equipment),
            Some(json!({ "version": 1, "remote_assistance": true })),
        ),
        ("post", "/organizations") => (
            path.to_owned(),
            Some(json!({ "name": "製造部", "parent": things.organization })),
        ),
        ("patch", "/organizations/{id}") => (at(&things.organization), Some(json!({ "version": 1, "name": "設計" }))),
        ("delete", "/organizations/{id}") => (at(&things.spare_organization), None),
        ("post", "/users") => {
            let emails = json!([{ "value": "new@aozora.example", "type": "work", "primary": true }]);
            let user = json!({ "display_name": "新人", "emails": emails, "organization": things.organization });
            (path.to_owned(), Some(user))
        }
        ("get", "/users/{id}") => (at(&things.user), None),
        ("patch", "/users/{id}") => (at(&things.user), Some(json!({ "version": 1, "phonetic_name": "ゆき" }))),
        ("delete", "/users/{id}") => (at(&things.spare), None),
        ("put", "/users/{id}/account") => {
            let account = json!({
                "account": "yuki", "role": "organization_administrator", "organization": things.organization,
                "locale": "ja", "time_zone": "Asia/Tokyo",
            });
            (at(&things.user), Some(account))
        }
        ("patch", "/users/{id}/account") => (at(&things.account), Some(json!({ "version": 1, "locale": "en" }))),
        ("delete", "/users/{id}/account") | ("post", "/users/{id}/account/reissue") => (at(&things.account), None),
        ("get", "/audit" | "/audit/heads") => (path.to_owned(), None),
        ("get", path) if path.ends_with("/export") => (path.to_owned(), None),
        ("post", "/events/ticket") => (path.to_owned(), None),
        ("get", "/enrolments" | "/desk/enrolments" | "/service-organization")
        | ("post", "/service-organization/verification-code") => (path.to_owned(), None),
        ("post", "/enrolments/{id}/decision") => (at(NOTHING), Some(json!({ "outcome": "approved" }))),
        ("post", "/desk/enrolments/{id}/decision") => (at(NOTHING), Some(json!({ "outcome": "refused" }))),
        ("get", "/face") => (path.to_owned(), None),
        ("put", "/face") => (path.to_owned(), Some(json!({ "version": 0, "name": "北サポート" }))),
        (
            "get",
            "/inquiries"
            | "/customers"
            | "/desk/staff"
            | "/desk/inquiries"
            | "/desk/questions"
            | "/desk/launches"
            | "/desk/attended"
            | "/desk/appointments"
            | "/desk/calendar-feeds",
        ) => (path.to_owned(), None),
        ("post", "/inquiries") => (
            path.to_owned(),
            Some(json!({ "subject": "更新の手順", "body": "教えてください。" })),
        ),
        ("get", "/inquiries/{id}") | ("post", "/inquiries/{id}/close") => (at(NOTHING), None),
        ("post", "/inquiries/{id}/messages") => (at(NOTHING), Some(json!({ "body": "追伸" }))),
        ("get", "/inquiries/{id}/attachments/{attachment}") => (at(NOTHING).replace("{attachment}", NOTHING), None),
        ("post", "/customers") => {
            let administrator = json!({
                "name": "田中 翔", "email": "sho@minato.example", "account": "sho", "locale": "ja", "time_zone": "Asia/Tokyo",
            });
            let customer = json!({
                "slug": "minato", "name": "みなと工機", "locale": "ja", "time_zone": "Asia/Tokyo", "administrator": administrator,
            });
            (path.to_owned(), Some(customer))
        }
        (method, path) if path.contains("{customer}") => {
            let at = at(NOTHING)
                .replace("{customer}", "nordlys")
                .replace("{user}", NOTHING)
                .replace("{attachment}", NOTHING)
                .replace("{guest}", NOTHING);
            let body = match path.rsplit('/').next() {
                Some("messages") => Some(json!({ "body": "お答えします。" })),
                Some("questions") => Some(crate::questions::question()),
                Some("support-steps") => {
                    Some(json!({ "name": "山田 太郎", "email": "taro@minato.example", "locale": "ja" }))
                }
                Some("launches") => Some(crate::support::launch::request(NOTHING)),
                Some("attended") => Some(crate::support::attended::new(&json!({}))),
                Some("appointments") => Some(crate::support::appointment::new(&json!({}))),
                Some("proposal") => Some(crate::support::appointment::other_times()),
                Some("answer") => Some(json!({ "proposal": 2, "time": 0 })),
                Some("cancel") => Some(json!({ "reason": "出張のため" })),
                Some("invite") => Some(crate::support::attended::somebody()),
                Some("equipment") if method == "post" => Some(json!({ "name": "搬送機", "serial_number": "TG-9" })),
                Some("{id}") if method == "patch" => Some(json!({ "version": 1, "place": null })),
                Some("note") => Some(json!({ "text": "軸の原点を合わせました。" })),
                Some("assign") => Some(json!({ "user": null })),
                _ => None,
            };
            (at, body)
        }
        ("patch", "/policies") => (path.to_owned(), Some(json!({ "version": 0, "locale": "da" }))),
        ("post", "/desk/sessions/join") => (
            path.to_owned(),
            Some(json!({ "number": "123 456 789", "password": "2222-2222" })),
        ),
        ("get", "/desk/applications") => (path.to_owned(), None),
        ("post", "/desk/applications") => (path.to_owned(), Some(crate::applications::application())),
        ("get", "/desk/applications/{id}") => (at(NOTHING), None),
        ("post", "/desk/applications/{id}/close") => (
            at(NOTHING),
            Some(json!({ "outcome": "declined", "reason": "対象外の地域です。" })),
        ),
        unknown => panic!("`sample` has no request for a route: {unknown:?}"),
    }
}

/// The action whose right a route requires.
pub fn action(route: &Route) -> &'static Action {
    if let Some(listed) = route.writes_out {
        return listed;
    }
    match (route.action, route.path.strip_prefix("/t/{slug}/api/v1")) {
        (Some((action, _)), _) => action,
        (None, Some("/session")) => me::End::ACTION,
        (None, Some("/session/fresh")) => me::FinishFresh::ACTION,
        (None, Some("/session/passkey")) => own_passkeys::Answer::ACTION,
        (None, Some("/passkeys")) => own_passkeys::Add::ACTION,
        (None, Some("/session/password")) => me::SetPassword::ACTION,
        (None, Some("/users/{id}/account")) => accounts::Create::ACTION,
        (None, Some("/desk/launches/{customer}/{id}/execute")) => desk::VouchForLaunch::ACTION,
        (None, Some("/desk/sessions/join")) => desk::VouchForSession::ACTION,
        (None, Some(path))
            if path.starts_with("/desk/")
                || path.ends_with("/{customer}")
                || path.ends_with("/questions")
                || path.ends_with("/launches")
                || path.contains("/equipment") =>
        {
            desk::Vouch::ACTION
        }
        (None, Some(path)) if path.starts_with("/customers") => desk::VouchForChange::ACTION,
        (None, other) => panic!("a route without an action: {other:?}"),
    }
}

pub fn routes() -> impl Iterator<Item = &'static Route> {
    TABLE.iter().filter(|route| route.access == Access::Panel)
}

/// The routes that a customer's system administrator may use.
fn of_a_customer() -> impl Iterator<Item = &'static Route> {
    let allowed = |right| allows(Role::SystemAdministrator, TenantKind::Tenant, false, right);
    routes().filter(move |route| allowed(action(route).right))
}

/// Sends a valid request to `route`, and checks that it leaves the audit entries that its action declares.
fn ask(staff: &Staff, things: &Things, who: &Credential, route: &Route) -> (StatusCode, String) {
    let (path, body) = sample(route, things);
    let post = |path: &str, body: &Value| staff.send(who, "POST", path, Some(body));
    let body = passkeys::answered(route.method, &path, &post).or(body);
    let before = entries(staff).len();
    let answer = staff.send(who, &route.method.to_uppercase(), &path, body.as_ref());
    if answer.status.is_success() {
        let after = entries(staff);
        assert_entered(
            action(route),
            &after[..after.len() - before],
            &format!("{} {path}", route.method),
        );
    }
    (answer.status, answer.code())
}

/// Sends every route as `who`, whose login is incomplete: all actions except those in `open` are refused with `code`
/// and change nothing.
pub fn assert_shut(staff: &Staff, who: &Credential, open: &[&str], code: &str) {
    let before = staff.edge().rows_of("aozora", &[]);
    for route in routes().filter(|route| !open.contains(&action(route).name)) {
        let (path, body) = sample(route, &Things::none());
        let answer = staff.send(who, &route.method.to_uppercase(), &path, body.as_ref());
        let place = format!("{} {}", route.method, route.path);
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (403, code), "{place}");
    }
    crate::support::edge::assert_same(
        &before,
        &staff.edge().rows_of("aozora", &[]),
        "half a login changed something",
    );
}

/// The names of the entries in the tenant's audit log, newest first.
fn entries(staff: &Staff) -> Vec<String> {
    let mut entries = Vec::new();
    staff.edge().rewrite("aozora", |sql| {
        let latest = tegata_kv_schema::audit::latest(sql, 10_000).unwrap();
        entries.extend(latest.into_iter().map(|entry| entry.act.action));
    });
    entries
}

/// Checks that a request left the audit entries its action declares: at least the usual entry, or none at all.
fn assert_entered(action: &Action, left: &[String], place: &str) {
    let undeclared = left.iter().find(|entry| !action.entries.contains(&entry.as_str()));
    assert_eq!(undeclared, None, "{place}");
    // The sample leaves the second factor off, signing out succeeds even without a session, and the equipment is in use,
    // without an agent.
    let changes_nothing = [
        own_passkeys::SetSecondFactor::NAME,
        me::End::NAME,
        panel_equipment::Restore::NAME,
        panel_equipment::EndAgent::NAME,
    ]
    .contains(&action.name);
    let usual = action.entries.first().filter(|_| !changes_nothing);
    assert!(
        usual.is_none_or(|usual| left.iter().any(|entry| entry == usual)),
        "{place}: {left:?}"
    );
}

/// Sends every route as `who` in `role`: exactly those for which the role lacks the right are forbidden.
fn check_role(name: &str, role: Role, make: impl Fn(&Staff, &Things) -> Credential) {
    let (mut staff, mut things, mut who) = fresh(&make);
    for route in routes() {
        let right = action(route).right;
        let (status, code) = ask(&staff, &things, &who, route);
        let place = format!("{} {} as {name}: {status} {code}", route.method, route.path);
        if allows(role, TenantKind::Tenant, false, right) {
            assert!(
                status.is_success() || code == "not-found" || code == "conflict",
                "let through: {place}"
            );
            assert!(status.is_success() || route.path.contains('{'), "{place}");
        } else {
            assert_eq!((status.as_u16(), code.as_str()), (403, "forbidden"), "{place}");
        }
        // Signing out or removing something that other routes need spoils the scene, so the next route gets a fresh
        // one.
        if route.method != "get" && status.is_success() {
            (staff, things, who) = fresh(&make);
        }
    }
}

fn fresh(make: &impl Fn(&Staff, &Things) -> Credential) -> (Staff, Things, Credential) {
    let staff = Staff::new();
    let things = Things::of(&staff);
    let who = make(&staff, &things);
    (staff, things, who)
}

#[test]
fn a_system_administrator_may_do_everything() {
    check_role("system administrator", Role::SystemAdministrator, |staff, _| {
        staff.administrator.clone()
    });
}

#[test]
fn an_auditor_reads() {
    check_role("auditor", Role::Auditor, |staff, _| {
        staff.join("revisor", "auditor", None).1
    });
}

#[test]
fn an_organization_administrator_works_in_the_organization() {
    check_role(
        "organisation administrator",
        Role::OrganizationAdministrator,
        |staff, things| {
            staff
                .join("leder", "organization_administrator", Some(&things.organization))
                .1
        },
    );
}

#[test]
fn outside_the_organization_there_is_nothing() {
    let staff = Staff::new();
    let things = Things::of(&staff);
    let other = staff.organization("営業部", None);
    let (_, outsider) = staff.join("eigyo", "organization_administrator", Some(&other));
    let before = staff.edge().rows_of("aozora", &["session"]);
    for route in routes().filter(|route| action(route).name.ends_with("_user") || route.path.contains("{id}")) {
        if !allows(
            Role::OrganizationAdministrator,
            TenantKind::Tenant,
            false,
            action(route).right,
        ) {
            continue;
        }
        let (status, code) = ask(&staff, &things, &outsider, route);
        let expected = if route.path.ends_with("/users") { 400 } else { 404 };
        assert_eq!(status.as_u16(), expected, "{} {}: {code}", route.method, route.path);
    }
    let seen = staff.send(&outsider, "GET", "/users", None).json();
    let names: Vec<&str> = seen["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|u| u["display_name"].as_str())
        .collect();
    assert_eq!(names, ["eigyo"]);
    crate::support::edge::assert_same(
        &before,
        &staff.edge().rows_of("aozora", &["session"]),
        "an outsider changed something",
    );
}

#[test]
fn nobody_is_let_in_without_a_live_credential_of_this_tenant() {
    let staff = Staff::new();
    let things = Things::of(&staff);
    let theirs = settle(staff.edge(), "nordlys", "hanako", &staff.scene.theirs.first_password);
    let as_ours = theirs.replace("-nordlys=", "-aozora=");
    let their_token = crate::support::call::Call::post("/t/nordlys/api/v1/tokens")
        .header("cookie", &theirs)
        .json(&json!({ "name": "t", "scopes": ["users.read", "devices.read"], "expires_in_days": 1 }))
        .send(staff.edge())
        .json()["token"]
        .as_str()
        .unwrap()
        .to_owned();
    let signed_out = {
        let cookie = crate::support::staff::cookie_of(&log_in(staff.edge(), "aozora", "hanako", PASSWORD));
        let who = Credential::cookie(&cookie);
        assert_eq!(staff.send(&who, "DELETE", "/session", None).status, 204);
        who
    };
    let made_up = |prefix: &str| format!("{prefix}{}", "A".repeat(43));
    let strangers = [
        ("nobody", Credential::default()),
        ("the neighbour", Credential::cookie(&theirs)),
        ("the neighbour's cookie under our name", Credential::cookie(&as_ours)),
        ("the neighbour's token", Credential::token(&their_token)),
        ("a cookie after signing out", signed_out),
        (
            "a made-up cookie",
            Credential::cookie(&format!("__Host-tegata-aozora={}", made_up("tg_cs_"))),
        ),
        ("a made-up token", Credential::token(&made_up("tg_pat_"))),
        (
            "a session as a token",
            Credential::token(
                staff
                    .administrator
                    .cookie
                    .as_deref()
                    .unwrap()
                    .split('=')
                    .nth(1)
                    .unwrap(),
            ),
        ),
        ("the operator", Credential::token(crate::support::edge::OPERATOR)),
    ];
    let before = staff.edge().rows_of("aozora", &[]);
    for (name, who) in &strangers {
        for route in routes() {
            let (status, _) = ask(&staff, &things, who, route);
            // Signing out succeeds even for a caller who is not logged in.
            let expected = if (route.method, action(route).name) == ("delete", "end_session") {
                [204, 401].contains(&status.as_u16())
            } else {
                status == 401
            };
            assert!(expected, "{} {} as {name}: {status}", route.method, route.path);
        }
    }
    crate::support::edge::assert_same(
        &before,
        &staff.edge().rows_of("aozora", &[]),
        "a stranger changed something",
    );
}

/// The code with which a token that lacks the scope of `route` is refused: `insufficient-scope` if its owner's account
/// could grant that scope, `login-required` if no token can have it.
pub fn refusal(role: Role, kind: TenantKind, support_option: bool, route: &Route) -> &'static str {
    let right = action(route).right;
    match allows(role, kind, support_option, right) {
        true if right.fits_token() => "insufficient-scope",
        true if right != Right::Own => "login-required",
        _ => "forbidden",
    }
}

#[test]
fn a_token_does_what_its_scope_says() {
    for scope in Right::ALL
        .iter()
        .filter(|scope| scope.fits_token() && !matches!(scope, Right::Inquiries | Right::Desk | Right::Face))
    {
        let staff = Staff::new();
        let things = Things::of(&staff);
        let who = staff.token(&[scope.name()]);
        for route in routes() {
            let action = action(route);
            let (status, code) = ask(&staff, &things, &who, route);
            let place = format!("{} {} with {}: {status} {code}", route.method, route.path, scope.name());
            let refused = refusal(Role::SystemAdministrator, TenantKind::Tenant, false, route);
            // A token cannot set its owner's password or log in again.
            let by_session = action.name == "end_session" && code == "forbidden";
            // With `accounts.write`, a token also needs every scope that the account it manages would have
            // (takeover.rs).
            if action.right == *scope && *scope != Right::AccountsWrite {
                assert!(
                    status.is_success() || ["not-found", "conflict", "changed"].contains(&code.as_str()),
                    "{place}"
                );
            } else {
                assert!(
                    by_session || (status.as_u16(), code.as_str()) == (403, refused),
                    "{place}"
                );
            }
        }
    }
}

#[test]
fn a_token_cannot_have_more_than_its_account() {
    let staff = Staff::new();
    for scopes in [
        json!(["own"]),
        json!(["registrations.decide"]),
        json!(["registrations.read", "registrations.decide"]),
        json!(["desk"]),
        json!(["inquiries"]),
        json!([]),
        json!(["users.read", "all"]),
    ] {
        let body = json!({ "name": "t", "scopes": scopes, "expires_in_days": 1 });
        let problem = staff.done(400, "POST", "/tokens", Some(&body));
        assert!(problem["field"].as_str().unwrap().starts_with("scopes"), "{problem}");
    }
    let token = staff.token(&["users.read"]);
    assert_eq!(staff.send(&token, "GET", "/users", None).status, 200);
    // It ends with the account, and when it expires.
    staff.edge().advance(30 * crate::support::scene::DAY);
    assert_eq!(staff.send(&token, "GET", "/users", None).status, 401);
}

#[test]
fn the_first_password_opens_nothing_but_its_own_replacement() {
    let staff = Staff::new();
    let user = staff.user("ny", None);
    let body =
        json!({ "account": "ny", "role": "system_administrator", "locale": "da", "time_zone": "Europe/Copenhagen" });
    staff.edge().mails();
    staff.done(201, "PUT", &format!("/users/{user}/account"), Some(&body));
    let mail = staff.edge().mails().remove(0).text;
    let first = crate::support::scene::secret_line(&mail);
    let answer = log_in(staff.edge(), "aozora", "ny", &first);
    let who = Credential::cookie(&crate::support::staff::cookie_of(&answer));
    assert_eq!(staff.send(&who, "GET", "/session", None).status, 200);
    let open = ["show_session", "end_session", "set_password"];
    assert_shut(&staff, &who, &open, "new-password-required");
    assert_eq!(
        log_in(staff.edge(), "aozora", "ny", &first).status,
        200,
        "it stays valid until it is replaced"
    );
}

#[test]
fn dangerous_operations_take_a_password_given_lately() {
    let staff = Staff::new();
    let things = Things::of(&staff);
    staff.edge().advance(601);
    for route in of_a_customer().filter(|route| action(route).fresh) {
        let (status, code) = ask(&staff, &things, &staff.administrator, route);
        assert_eq!(
            (status.as_u16(), code.as_str()),
            (403, "fresh-login-required"),
            "{} {}",
            route.method,
            route.path
        );
    }
    let wrong = json!({ "password": "something else entirely" });
    assert_eq!(
        staff
            .send(&staff.administrator, "POST", "/session/fresh", Some(&wrong))
            .status,
        401
    );
    staff.done(200, "POST", "/session/fresh", Some(&json!({ "password": PASSWORD })));
    let (status, _) = ask(
        &staff,
        &things,
        &staff.administrator,
        routes()
            .find(|r| r.path.ends_with("/policies") && r.method == "patch")
            .unwrap(),
    );
    assert_eq!(status, 200);
}

#[test]
fn a_suspended_tenant_shows_that_and_nothing_else() {
    let staff = Staff::new();
    let things = Things::of(&staff);
    crate::support::scene::operate(staff.edge(), "aozora", "suspend");
    for route in of_a_customer().filter(|route| action(route).name != "end_session") {
        let (status, code) = ask(&staff, &things, &staff.administrator, route);
        let expected = if action(route).name == "show_session" && route.method == "get" {
            (200, "")
        } else {
            (403, "suspended")
        };
        assert_eq!(
            (status.as_u16(), code.as_str()),
            expected,
            "{} {}",
            route.method,
            route.path
        );
    }
    assert_eq!(log_in(staff.edge(), "aozora", "hanako", PASSWORD).status, 403);
    assert_eq!(
        log_in(staff.edge(), "aozora", "hanako", "wrong, wrong, wrong").status,
        401
    );
}

#[test]
fn a_page_of_another_site_changes_nothing_with_our_cookie() {
    let staff = Staff::new();
    let things = Things::of(&staff);
    let before = staff.edge().rows_of("aozora", &["session"]);
    for route in routes().filter(|route| route.method != "get") {
        let (path, body) = sample(route, &things);
        for (name, value) in [
            ("origin", "https://evil.example.com"),
            ("origin", "null"),
            ("sec-fetch-site", "same-site"),
        ] {
            let call = staff
                .administrator
                .call(&route.method.to_uppercase(), &path, body.as_ref())
                .header(name, value);
            let answer = call.send(staff.edge());
            assert_eq!(answer.json()["code"], "wrong-origin", "{} {}", route.method, route.path);
        }
    }
    let login = crate::support::call::Call::post("/t/aozora/api/v1/login")
        .header("origin", "https://evil.example.com")
        .json(&json!({ "account": "hanako", "password": PASSWORD }))
        .send(staff.edge());
    assert_eq!((login.status.as_u16(), login.header("set-cookie")), (403, ""));
    crate::support::edge::assert_same(
        &before,
        &staff.edge().rows_of("aozora", &["session"]),
        "another site changed something",
    );
}

#[test]
fn ids_of_another_tenant_lead_nowhere() {
    let staff = Staff::new();
    let theirs = settle(staff.edge(), "nordlys", "hanako", &staff.scene.theirs.first_password);
    let their = |path: &str| {
        let list = crate::support::call::Call::get(&format!("/t/nordlys/api/v1{path}"))
            .header("cookie", &theirs)
            .send(staff.edge());
        list.json()["items"][0]["id"].as_str().unwrap().to_owned()
    };
    let made = crate::support::call::Call::post("/t/nordlys/api/v1/organizations")
        .header("cookie", &theirs)
        .json(&json!({ "name": "Salg" }))
        .send(staff.edge());
    let organization = made.json()["id"].as_str().unwrap().to_owned();
    let made = crate::support::call::Call::post("/t/nordlys/api/v1/equipment")
        .header("cookie", &theirs)
        .json(&json!({ "name": "Presse", "serial_number": "N-1", "organization": organization }))
        .send(staff.edge());
    let their_equipment = made.json()["id"].as_str().unwrap().to_owned();
    let things = Things {
        user: their("/users"),
        spare: their("/users"),
        account: their("/users"),
        spare_organization: organization.clone(),
        organization,
        equipment: their_equipment,
        registration: their("/registrations"),
        device: their("/devices"),
    };
    let before = staff.edge().rows();
    for route in of_a_customer() {
        let (path, body) = sample(route, &things);
        let names_one = route.path.contains("{id}")
            || body
                .as_ref()
                .is_some_and(|body| body.get("parent").is_some() || body.get("organization").is_some());
        if names_one {
            let (status, code) = ask(&staff, &things, &staff.administrator, route);
            assert!(
                [400, 404].contains(&status.as_u16()),
                "{} {path}: {status} {code}",
                route.method
            );
        }
    }
    crate::support::edge::assert_same(&before, &staff.edge().rows(), "another tenant's id changed something");
}
