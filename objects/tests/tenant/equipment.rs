//! Equipment while the store fails at every possible point, and two who register the same serial number.

use serde_json::value::to_raw_value;
use serde_json::{Value, json};
use tegata_domain::error::Refusal;
use tegata_domain::panel::equipment::{Change, Create, Import, List, Retire, Switch};
use tegata_domain::panel::{Act, Credential, Panel};
use tegata_domain::random::CountingRandom;
use tegata_domain::secret::PlainSessionToken;
use tegata_domain::wire::b64;
use tegata_kv_schema::sessions;

use crate::faults::at_last;
use crate::floods::session;
use crate::support::world::World;

/// The administrator's session.
fn logged_in(world: &World) -> PlainSessionToken {
    let cookie = PlainSessionToken::generate(&CountingRandom::new(7));
    sessions::save(&world.sql, &cookie.hashed(), &session(world)).expect("a session can be stored");
    cookie
}

fn action<A: Act>(cookie: &PlainSessionToken, input: &Value) -> Panel {
    Panel {
        credential: Credential::Session(cookie.clone()),
        client: "192.0.2.1".to_owned(),
        action: A::NAME.to_owned(),
        input: to_raw_value(input).expect("the input is JSON"),
        idempotency_key: None,
        only_check: false,
    }
}

#[test]
fn a_store_that_fails_leaves_no_half_equipment() {
    let world = World::new();
    world.support_everybody();
    let cookie = logged_in(&world);
    let new = json!({ "name": "検査装置", "serial_number": "TG-1" });
    let made = at_last(&world, action::<Create>(&cookie, &new)).unwrap();
    let id = &made["id"];
    let change = json!({ "id": id, "version": 1, "serial_number": "TG-2" });
    at_last(&world, action::<Change>(&cookie, &change)).unwrap();
    let open = json!({ "id": id, "version": 2, "remote_assistance": true });
    at_last(&world, action::<Switch>(&cookie, &open)).unwrap();
    at_last(&world, action::<Retire>(&cookie, &json!({ "id": id }))).unwrap();
    let file = b64::encode_standard("name,serial_number\n装置,TG-1\n搬送機,TG-2\n");
    let report = at_last(&world, action::<Import>(&cookie, &json!({ "data": file }))).unwrap();
    assert_eq!(report["created"], 2);
    let listed = world.panel(action::<List>(&cookie, &json!({ "q": "tg" })));
    assert_eq!(listed["items"].as_array().unwrap().len(), 3);
    world.audit();
}

#[test]
fn of_two_who_register_one_serial_number_one_is_refused() {
    let world = World::new();
    let cookie = logged_in(&world);
    let register = |name: &str, serial: &str| {
        world.send(action::<Create>(
            &cookie,
            &json!({ "name": name, "serial_number": serial }),
        ))
    };
    register("検査装置", "TG-1").unwrap();
    let refused = world.unchanged(|| register("複製", "tg-1"));
    assert_eq!(refused.unwrap_err(), Refusal::SerialNumberTaken);
    let file = b64::encode_standard("name,serial_number\n搬送機,TG-2\n複製,ＴＧ-2\n");
    let import = action::<Import>(&cookie, &json!({ "data": file }));
    let refused = world.unchanged(|| world.send(import));
    assert!(matches!(refused, Err(Refusal::Invalid(error)) if error.field == "data"));
}
