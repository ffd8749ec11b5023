//! The provider's face (B16) on the mails and pages of its customers.

use serde_json::{Value, json};

use crate::desk::{Desk, send};
use crate::support::call::Call;
use crate::support::staff::PASSWORD;

/// A PNG image of 200 by 60 pixels, as far as anybody here looks.
fn logo() -> String {
    use tegata_domain::wire::b64;
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\xc8\0\0\0\x3c".to_vec();
    bytes.resize(20_000, 7);
    b64::encode_standard(bytes)
}

fn face() -> Value {
    json!({
        "version": 0, "name": "北サポート", "contact": ["03-0000-0000（平日9時〜17時）", "desk@kita.example"],
        "accent": "#ffe600", "sender": "北サポート窓口", "reply_to": "desk@kita.example", "logo": logo(),
    })
}

#[test]
fn customers_see_their_providers_face_on_pages_and_mails() {
    let desk = Desk::new();
    let login = || Call::get("/t/minato/activate").send(&desk.edge).body;
    assert!(!login().contains("北サポート"));
    let shown = desk.at_desk(200, "PUT", "/face", Some(&face()));
    assert_eq!((&shown["version"], &shown["image"]), (&json!(1), &json!(logo())));
    desk.edge.deliver();

    let page = login();
    for expected in [
        "03-0000-0000（平日9時〜17時）",
        "desk@kita.example",
        "alt=\"北サポート\"",
        "href=\"/t/minato/face.css?v=1\"",
    ] {
        assert!(page.contains(expected), "{expected} in {page}");
    }
    let style = Call::get("/t/minato/face.css?v=1").send(&desk.edge);
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
    assert!(style.body.contains("--accent:#"), "{}", style.body);
    let image = Call::get("/t/minato/logo.png").send(&desk.edge);
    assert_eq!(
        (image.status.as_u16(), image.header("content-type")),
        (200, "image/png")
    );
    let hash = shown["logo"].as_str().unwrap();
    for (path, kept) in [
        ("face.css?v=1", "public, max-age=86400"),
        ("face.css?v=2", "no-store"),
        ("face.css", "no-store"),
        (&format!("logo.png?v={hash}"), "public, max-age=86400"),
        ("logo.png?v=another", "no-store"),
    ] {
        let answer = Call::get(&format!("/t/minato/{path}")).send(&desk.edge);
        assert_eq!(answer.header("cache-control"), kept, "{path}");
    }
    let logged = desk
        .edge
        .rows_of("minato", &[])
        .iter()
        .filter(|row| row.contains("face.update"))
        .count();
    assert_eq!(
        logged, 1,
        "the customer's log says that its mails and pages look different now"
    );

    desk.edge.mails();
    Call::post("/t/minato/api/v1/password-reset")
        .json(&json!({ "account": "hanako" }))
        .send(&desk.edge);
    let mail = desk.edge.mails().remove(0);
    assert!(
        mail.text
            .contains("Support desk\n北サポート\n03-0000-0000（平日9時〜17時）\ndesk@kita.example"),
        "{}",
        mail.text
    );
    assert!(mail.html.contains("src=\"cid:logo\""), "{}", mail.html);
}

#[test]
fn a_face_belongs_to_a_provider_and_its_administrators() {
    let desk = Desk::new();
    let refused = |status, tenant: &str, cookie: &str, body: &Value| {
        let answer = send(&desk.edge, tenant, cookie, "PUT", "/face", Some(body));
        assert_eq!(answer.status, status, "{}", answer.body);
        answer.json()["code"].clone()
    };
    assert_eq!(refused(403, "minato", &desk.customer, &face()), "forbidden");
    for (member, value) in [
        ("accent", json!("red;}body{display:none}")),
        ("contact", json!(["1", "2", "3", "4", "5", "6"])),
        ("contact", json!(["one\ntwo"])),
        ("reply_to", json!("desk@kita.example\r\nBcc: x@y.example")),
        ("logo", json!("PHN2Zy8+")),
    ] {
        let mut body = face();
        body[member] = value;
        assert_eq!(
            refused(400, "kita-desk", &desk.agent, &body),
            "invalid-field",
            "{member}"
        );
    }
    desk.at_desk(200, "PUT", "/face", Some(&face()));
    assert_eq!(refused(409, "kita-desk", &desk.agent, &face()), "changed");
    let mut without = face();
    (without["version"], without["remove_logo"]) = (json!(1), json!(true));
    without.as_object_mut().unwrap().remove("logo");
    assert_eq!(desk.at_desk(200, "PUT", "/face", Some(&without))["image"], Value::Null);
    desk.edge.deliver();
    assert_eq!(Call::get("/t/minato/logo.png").send(&desk.edge).status, 404);
    assert_eq!(Call::get("/t/nobody-there/logo.png").send(&desk.edge).status, 404);
    assert_eq!(Call::get("/t/nobody-there/face.css").send(&desk.edge).status, 404);
}

#[test]
fn a_customer_that_comes_later_has_the_face_from_its_first_mail_on() {
    let desk = Desk::new();
    desk.at_desk(200, "PUT", "/face", Some(&face()));
    let mut customer = json!({ "slug": "hokuto", "name": "北斗", "locale": "ja", "time_zone": "Asia/Tokyo" });
    customer["administrator"] = crate::desk::administrator("hokuto");
    desk.at_desk(201, "POST", "/customers", Some(&customer));
    let mails = desk.edge.addressed_mails();
    let (_, welcome) = mails.iter().find(|(to, _)| to.ends_with("@hokuto.example")).unwrap();
    assert!(welcome.text.contains("03-0000-0000"), "{}", welcome.text);
    let told = desk.edge.rows_of("hokuto", &[]);
    let told = told.iter().filter(|row| row.contains("face.update")).count();
    assert_eq!(told, 1, "the provider's later update brings nothing new");
    let page = Call::get("/t/hokuto/activate").send(&desk.edge).body;
    assert!(page.contains("03-0000-0000"), "{page}");
    assert!(!page.contains(PASSWORD));
}
