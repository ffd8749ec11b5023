//! Attended sessions from the desk's wish to the socket: links, consents, receipts, ID and password, and the end.

use serde_json::json;

use crate::support::attended::{Attended, GUEST, TITLE};
use crate::support::scene::text;

#[test]
fn somebody_at_the_customer_consents_and_then_the_desk_joins() {
    let attended = Attended::open();
    let shown = attended.shown();
    assert_eq!(
        (shown["state"].as_str(), shown["title"].as_str()),
        (Some("open"), Some(TITLE))
    );
    let (number, password) = attended.credential();
    let digits = number.replace(' ', "");
    assert_eq!((number.len(), digits.len()), (11, 9));
    let early = attended.join_at_desk(&number, &password);
    assert_eq!((early.status.as_u16(), early.code()), (409, "not-consented".to_owned()));
    let joined = attended.join(GUEST);
    assert_eq!(joined.status, 200, "{}", joined.body);
    let joined = joined.json();
    assert_eq!(
        joined,
        json!({ "number": digits, "ticket": joined["ticket"], "tenant": "minato", "expires_in": 30 })
    );
    let ticket = text(&joined["ticket"]);
    assert_eq!(attended.socket("minato", &digits, &ticket).status, 101);
    assert_eq!(
        attended.socket("minato", &digits, &ticket).status,
        403,
        "a ticket works once"
    );
    let again = text(&attended.join(GUEST).json()["ticket"]);
    assert_eq!(
        attended.socket("kita-desk", &digits, &again).status,
        403,
        "at the customer's address only"
    );
    let desk = attended.join_at_desk(&number, &password);
    assert_eq!(desk.status, 200, "{}", desk.body);
    let ticket = text(&desk.json()["ticket"]);
    assert_eq!(attended.socket("kita-desk", &digits, &ticket).status, 101);
    attended.desk.edge.deliver();
    let shown = attended.shown();
    assert_eq!(shown["state"], "running");
    assert_eq!(shown["consents"][0]["name"], GUEST);
}
