//! Names and addresses as people in Japan write and type them.

use serde_json::json;

use crate::support::call::{Call, encoded};
use crate::support::key::Key;
use crate::support::scene::{asking, link_line};
use crate::support::staff::Staff;

fn ask(staff: &Staff, email: &str, key: u8) -> u16 {
    let thumbprint = Key::new(key).thumbprint();
    let asked = Call::post("/t/aozora/oauth/device_authorization")
        .form(&asking(email, &thumbprint))
        .send(staff.edge());
    asked.status.as_u16()
}

#[test]
fn an_address_is_taken_as_it_is_typed_and_mailed_as_it_is_stored() {
    let staff = Staff::new();
    for (number, (typed, mailed)) in (7..).zip([
        ("　ｔａｒｏ＠ａｏｚｏｒａ．ｅｘａｍｐｌｅ　", "taro@aozora.example"),
        ("a..b.@docomo.ne.jp", "a..b.@docomo.ne.jp"),
        ("taro@日本語.jp", "taro@xn--wgv71a119e.jp"),
    ]) {
        staff.edge().mails();
        assert_eq!(ask(&staff, typed, number), 200, "{typed}");
        let mails = staff.edge().addressed_mails();
        assert_eq!(mails.iter().map(|(to, _)| to.as_str()).collect::<Vec<_>>(), [mailed]);
    }
    for (number, refused) in (20..).zip(["a..b@example.com", "tаro@aozora.example", "taro@аozora.example"]) {
        assert_eq!(ask(&staff, refused, number), 400, "{refused}");
    }
}

#[test]
fn an_approver_sees_an_international_domain_in_both_forms() {
    let staff = Staff::new();
    staff.edge().mails();
    assert_eq!(ask(&staff, "taro@青空.example", 7), 200);
    let confirm = link_line(&staff.edge().mails()[0].text, "/c/");
    Call::post(&format!("/c/{confirm}"))
        .form(&[("confirm", "yes")])
        .send(staff.edge());
    let mail = staff.edge().mails().remove(0);
    assert!(
        mail.text.contains("taro@xn--grzr40d.example (青空[.]example)"),
        "{}",
        mail.text
    );
    let page = Call::get(&format!("/a/{}", link_line(&mail.text, "/a/"))).send(staff.edge());
    assert!(
        page.body.contains("taro@xn--grzr40d.example (青空.example)"),
        "{}",
        page.body
    );
    let listed = staff.done(200, "GET", "/registrations?state=waiting", None);
    assert_eq!(
        (&listed["items"][0]["email"], &listed["items"][0]["email_domain"]),
        (&json!("taro@xn--grzr40d.example"), &json!("青空.example"))
    );
}

#[test]
fn a_tenants_own_domains_may_be_written_as_they_are() {
    let staff = Staff::new();
    let version = staff.done(200, "GET", "/policies", None)["version"].clone();
    let change = json!({ "version": version, "policy": { "mail_domains": ["青空.example", "ＡＯＺＯＲＡ．example"] } });
    let policies = staff.done(200, "PATCH", "/policies", Some(&change));
    assert_eq!(
        policies["policy"]["mail_domains"],
        json!(["xn--grzr40d.example", "aozora.example"])
    );
    assert_eq!(ask(&staff, "taro@青空.example", 7), 200);
    let listed = staff.done(200, "GET", "/registrations?state=all", None);
    assert_eq!(listed["items"][0]["outside_mail_domains"], false, "{listed}");
}

#[test]
fn a_name_keeps_its_form_and_is_found_without_it() {
    let staff = Staff::new();
    let user = |name: &str, phonetic: &str, email: &str| {
        let emails = json!([{ "value": email, "type": "mobile", "primary": true }]);
        let user = json!({ "display_name": name, "phonetic_name": phonetic, "emails": emails });
        staff.done(201, "POST", "/users", Some(&user))
    };
    let katsuragi = user("葛\u{e0100}城 花子", "かつらぎ はなこ", "a..b.@docomo.ne.jp");
    assert_eq!(katsuragi["display_name"], "葛\u{e0100}城 花子");
    assert_eq!(katsuragi["emails"][0]["value"], "a..b.@docomo.ne.jp");
    let anne = user("Anne-Marie", "アン＝マリー", "ａｎｎｅ＠ａｏｚｏｒａ．ｅｘａｍｐｌｅ");
    assert_eq!(
        (&anne["phonetic_name"], &anne["emails"][0]["value"]),
        (&json!("アン゠マリー"), &json!("anne@aozora.example"))
    );
    for (typed, found) in [
        ("葛", &katsuragi),
        ("葛城", &katsuragi),
        ("葛\u{e0100}城", &katsuragi),
        ("a..b.", &katsuragi),
        ("アン゠", &anne),
        ("アン＝マリー", &anne),
    ] {
        let q = encoded(typed);
        let listed = staff.done(200, "GET", &format!("/users?q={q}"), None);
        assert_eq!(listed["items"][0]["id"], found["id"], "{typed}: {listed}");
    }
}
