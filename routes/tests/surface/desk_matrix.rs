//! Every panel route at a provider's desk and at its customer's tenant, for each role and with the scopes that exist
//! only there. The other half of `panel_matrix.rs`.

use serde_json::{Value, json};
use tegata_domain::right::{Right, Role, allows};
use tegata_domain::tenant::TenantKind;
use tegata_domain::wire::b64;
use tegata_routes::table::Route;

use crate::desk::Desk;
use crate::enrolments::Known;
use crate::panel_matrix::{Things, action, refusal, routes, sample};
use crate::passkeys;
use crate::support::appointment::{self, Meeting};
use crate::support::attended::{Attended, GUEST};
use crate::support::call::Call;
use crate::support::key::Key;
use crate::support::launch::Machine;
use crate::support::scene::text;
use crate::support::staff::settle;

const FIRST: &str = "a first password, typed";

/// A desk with a customer that has sent an inquiry, and the ids that requests can name.
struct Place {
    desk: Desk,
    administrator: String,
    inquiry: String,
    attachment: String,
    question: String,
    answered: String,
    application: String,
    equipment: String,
    machine: Machine,
    /// A launch that awaits an answer.
    requested: String,
    /// A launch that was approved.
    approved: String,
    /// A machine that waits for the desk.
    enrolment: String,
    /// An attended session that nobody has joined.
    awaited: String,
    /// One that somebody has joined.
    attended: String,
    /// Their consent.
    guest: String,
    /// An appointment whose date is agreed.
    agreed: String,
    /// One for which the customer proposes times.
    countered: String,
    /// A calendar feed.
    feed: String,
}

impl Place {
    fn new() -> Self {
        let desk = Desk::new().with_support();
        let file = json!({ "name": "a.txt", "type": "text/plain", "data": b64::encode_standard("a") });
        let question = json!({ "subject": "更新の手順", "body": "教えてください。", "attachments": [file] });
        let asked = desk.at_customer(201, "POST", "/inquiries", Some(&question));
        let ask = || {
            let asked = desk.at_desk(
                201,
                "POST",
                "/customers/minato/questions",
                Some(&crate::questions::question()),
            );
            text(&asked["id"])
        };
        let (question, answered) = (ask(), ask());
        let approve = json!({ "outcome": "approved", "confirmed": true });
        desk.at_customer(200, "POST", &format!("/questions/{answered}/decision"), Some(&approve));
        desk.edge.mails();
        let application = desk.at_desk(
            201,
            "POST",
            "/desk/applications",
            Some(&crate::applications::application()),
        );
        let new = json!({ "name": "検査装置", "serial_number": "TG-1" });
        let equipment = desk.at_desk(201, "POST", "/customers/minato/equipment", Some(&new));
        // Before the machine, whose tests play the sessions themselves.
        let awaited = Attended::by(desk, &json!({}));
        let attended = Attended::by(awaited.desk, &json!({}));
        attended.desk.edge.deliver();
        assert_eq!(attended.join(GUEST).status, 200);
        let guest = text(&attended.shown()["consents"][0]["guest"]);
        let somebody = json!({ "participants": [appointment::jiro()] });
        let agreed = Meeting::by(attended.desk, &somebody);
        assert_eq!(agreed.choose(0, 0, appointment::JIRO).status, 200);
        agreed.desk.edge.mails();
        let countered = Meeting::by(agreed.desk, &somebody);
        countered.counter();
        let desk = countered.desk;
        let feed = desk.at_desk(201, "POST", "/desk/calendar-feeds", Some(&json!({ "name": "手帳" })));
        let machine = Machine::new(&desk, "TG-8");
        let request = || {
            let wanted = crate::support::launch::request(&machine.equipment);
            text(&desk.at_desk(201, "POST", "/customers/minato/launches", Some(&wanted))["id"])
        };
        let (requested, approved) = (request(), request());
        desk.at_customer(200, "POST", &format!("/launches/{approved}/decision"), Some(&approve));
        desk.edge.mails();
        let customer = desk.at_desk(200, "GET", "/customers/minato", None);
        let known = Known::of(desk);
        known.identified("TG-77", &Key::new(77));
        let waiting = known.desk.at_desk(200, "GET", "/desk/enrolments", None);
        Self {
            administrator: text(&customer["administrators"][0]["user_id"]),
            inquiry: text(&asked["inquiry"]["id"]),
            question,
            answered,
            application: text(&application["id"]),
            equipment: text(&equipment["id"]),
            machine,
            requested,
            approved,
            attachment: text(&asked["messages"][0]["attachments"][0]["id"]),
            enrolment: text(&waiting["items"][0]["id"]),
            awaited: awaited.id,
            attended: attended.id,
            guest,
            agreed: agreed.id,
            countered: countered.id,
            feed: text(&feed["feed"]["id"]),
            desk: known.desk,
        }
    }

    /// A request to `route` at `tenant` that names existing resources, sent with `credential`.
    fn call(&self, tenant: &str, route: &Route, credential: (&'static str, &str)) -> Call {
        let (path, body) = sample(route, &Things::none());
        let of_the_desk = |part: &&str| route.path.contains(*part);
        let path = if [
            "inquiries/",
            "questions/",
            "launches/",
            "attended/",
            "appointments/",
            "calendar-feeds/",
            "applications/",
            "desk/enrolments/",
            "{customer}",
        ]
        .iter()
        .any(of_the_desk)
        {
            let named = route.path.trim_start_matches("/t/{slug}/api/v1");
            named
                .replace("{customer}", "minato")
                .replace("{id}", self.thing(route.path))
                .replace("{user}", &self.administrator)
                .replace("{attachment}", &self.attachment)
                .replace("{guest}", &self.guest)
        } else {
            path
        };
        let body = body.map(|mut body| {
            if route.path.ends_with("/launches") {
                body["equipment"] = json!(self.machine.equipment);
            }
            body
        });
        // The sample names the customer that already exists.
        let body = body.map(|body| match body["slug"].as_str() {
            Some("minato") => serde_json::from_str(&body.to_string().replace("minato", "shiosai")).unwrap_or(body),
            _ => body,
        });
        let to = |method: &str, path: &str| {
            Call::new(method, &format!("/t/{tenant}/api/v1{path}")).header(credential.0, credential.1)
        };
        let post = |path: &str, body: &Value| to("POST", path).json(body).send(&self.desk.edge);
        let body = passkeys::answered(route.method, &path, &post).or(body);
        let call = to(&route.method.to_uppercase(), &path);
        body.map_or(call.clone(), |body| call.json(&body))
    }

    /// The id that a path's `{id}` stands for.
    fn thing(&self, path: &str) -> &str {
        if path.contains("applications/") {
            return &self.application;
        }
        if path.contains("enrolments/") {
            return &self.enrolment;
        }
        if path.contains("equipment/") {
            return &self.equipment;
        }
        if path.contains("calendar-feeds/") {
            return &self.feed;
        }
        if path.contains("appointments/") {
            let waits = path.ends_with("/answer");
            return if waits { &self.countered } else { &self.agreed };
        }
        if path.contains("attended/") {
            let waits = path.ends_with("/withdraw");
            return if waits { &self.awaited } else { &self.attended };
        }
        if path.contains("launches/") {
            let waits = path.ends_with("/withdraw");
            return if waits { &self.requested } else { &self.approved };
        }
        match (path.contains("questions/"), path.ends_with("/receipt")) {
            (true, true) => &self.answered,
            (true, false) => &self.question,
            (false, _) => &self.inquiry,
        }
    }

    /// The cookie of a member of the desk.
    fn staff(&self, role: &str) -> String {
        let emails = json!([{ "value": "new@kita-desk.example", "type": "work", "primary": true }]);
        let organization = (role == "organization_administrator").then(|| {
            let made = self
                .desk
                .at_desk(201, "POST", "/organizations", Some(&json!({ "name": "窓口" })));
            text(&made["id"])
        });
        let user = json!({ "display_name": "田中 翔", "emails": emails });
        let id = text(&self.desk.at_desk(201, "POST", "/users", Some(&user))["id"]);
        let account = json!({
            "account": "sho", "role": role, "organization": organization, "locale": "ja", "time_zone": "Asia/Tokyo",
            "password": FIRST, "password_confirmation": FIRST,
        });
        self.desk
            .at_desk(201, "PUT", &format!("/users/{id}/account"), Some(&account));
        settle(&self.desk.edge, "kita-desk", "sho", FIRST)
    }
}

/// Sends every route. Exactly those that `may` rules out are forbidden, with the code from `refused`; the others find
/// what they name.
fn check(
    name: &str,
    tenant: &str,
    make: impl Fn(&Place) -> (&'static str, String),
    may: impl Fn(&Route) -> bool,
    refused: impl Fn(&Route) -> &'static str,
) {
    let mut place = Place::new();
    let mut credential = make(&place);
    for route in routes() {
        let call = place.call(tenant, route, (credential.0, &credential.1));
        let answer = call.send(&place.desk.edge);
        let (status, code) = (answer.status, answer.code());
        let told = format!("{} {} as {name}: {status} {code}", route.method, route.path);
        if may(route) {
            let joins = action(route).name == "vouch_for_session";
            // A feed is its owner's alone.
            let own = action(route).name == "revoke_calendar_feed";
            let of_desk = matches!(action(route).right, Right::Desk | Right::DeskConnect | Right::Inquiries);
            let served = of_desk && !joins && !own;
            let missing = ["not-found", "conflict", "wrong-session"].contains(&code.as_str()) && !served;
            assert!(status.is_success() || missing || status == 400, "{told}");
            assert!(!served || status.is_success(), "{told}");
        } else {
            assert_eq!((status.as_u16(), code.as_str()), (403, refused(route)), "{told}");
        }
        if route.method != "get" && status.is_success() {
            place = Place::new();
            credential = make(&place);
        }
    }
}

#[test]
fn at_a_desk_each_role_does_what_it_may() {
    for (name, role) in [
        ("support_agent", Role::DeskStaff),
        ("system_administrator", Role::SystemAdministrator),
        ("auditor", Role::Auditor),
        ("organization_administrator", Role::OrganizationAdministrator),
    ] {
        let may = |route: &Route| allows(role, TenantKind::Provider, false, action(route).right);
        let make = |place: &Place| ("cookie", place.staff(name));
        check(name, "kita-desk", make, may, |_| "forbidden");
    }
}

fn token(made: &Value) -> (&'static str, String) {
    ("authorization", format!("Bearer {}", text(&made["token"])))
}

#[test]
fn a_token_of_the_desk_serves_customers_and_nothing_else() {
    let wanted = json!({ "name": "t", "scopes": ["desk"], "expires_in_days": 1 });
    let make = |place: &Place| token(&place.desk.at_desk(201, "POST", "/tokens", Some(&wanted)));
    let may = |route: &Route| action(route).right == Right::Desk;
    check("a token of the desk", "kita-desk", make, may, |route| {
        refusal(Role::SystemAdministrator, TenantKind::Provider, false, route)
    });
}

#[test]
fn a_token_for_inquiries_asks_and_nothing_else() {
    let wanted = json!({ "name": "t", "scopes": ["inquiries"], "expires_in_days": 1 });
    let make = |place: &Place| token(&place.desk.at_customer(201, "POST", "/tokens", Some(&wanted)));
    let may = |route: &Route| action(route).right == Right::Inquiries;
    check("a token for inquiries", "minato", make, may, |route| {
        refusal(Role::SystemAdministrator, TenantKind::Tenant, true, route)
    });
}

#[test]
fn with_the_support_option_an_administrator_asks_too() {
    let make = |place: &Place| ("cookie", place.desk.customer.clone());
    let may = |route: &Route| allows(Role::SystemAdministrator, TenantKind::Tenant, true, action(route).right);
    check(
        "an administrator with the support option",
        "minato",
        make,
        may,
        |_| "forbidden",
    );
}

#[test]
fn the_desk_and_its_customer_are_strangers_to_each_other() {
    let place = Place::new();
    for (tenant, cookie) in [("minato", &place.desk.agent), ("kita-desk", &place.desk.customer)] {
        for route in routes() {
            let renamed = cookie.replace("-kita-desk=", "-minato=");
            let renamed = if tenant == "minato" {
                renamed
            } else {
                cookie.replace("-minato=", "-kita-desk=")
            };
            let call = place.call(tenant, route, ("cookie", &renamed));
            let answer = call.send(&place.desk.edge);
            let (status, code) = (answer.status, answer.code());
            let signs_out = (route.method, action(route).name) == ("delete", "end_session") && status == 204;
            assert!(
                status == 401 || signs_out,
                "{} {}: {status} {code}",
                route.method,
                route.path
            );
        }
    }
}
