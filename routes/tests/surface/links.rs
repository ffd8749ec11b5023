//! Links from mails: anybody who has one can view its page, viewing changes nothing, and only a ticked form from our
//! own page acts on it.

use crate::support::call::{Call, encoded};
use crate::support::edge::{EDGE, assert_same};
use crate::support::scene::{DAY, Scene, Stage, operate};
use tegata_domain::jwk::PublicUse;
use tegata_domain::jws::Compact;
use tegata_domain::receipt::{ReceiptClaims, TYP};
use tegata_domain::wire::b64;

const APPROVE: [(&str, &str); 2] = [("decision", "approve"), ("confirm", "yes")];

/// Sends `call`, which must get `status` and change nothing.
fn shut(scene: &Scene, call: &Call, status: u16) {
    let before = scene.edge.rows();
    let answer = call.send(&scene.edge);
    assert_eq!(answer.status, status, "{} {}", call.method, call.path);
    assert_same(
        &before,
        &scene.edge.rows(),
        &format!("{} {} changed something", call.method, call.path),
    );
    assert!(scene.edge.mails().is_empty());
}

#[test]
fn a_link_with_any_byte_changed_is_no_link() {
    for (stage, kind) in [(Stage::AwaitingApproval, "a"), (Stage::AwaitingAddress, "c")] {
        let scene = Scene::at(stage);
        let link = if kind == "a" {
            &scene.ours.approve_link
        } else {
            &scene.ours.confirm_link
        };
        for at in 0..link.len() {
            for replacement in ["A", "b", "0", ".", "-", "%00", "%2F"] {
                if link[at..].starts_with(replacement) {
                    continue;
                }
                let changed = format!("/{kind}/{}{replacement}{}", &link[..at], &link[at + 1..]);
                shut(&scene, &Call::post(&changed).form(&APPROVE), 404);
            }
        }
        for changed in [
            format!("{link}A"),
            format!("{link}.A"),
            link[1..].to_owned(),
            link[..link.len() - 1].to_owned(),
            link.to_uppercase(),
        ] {
            shut(&scene, &Call::get(&format!("/{kind}/{changed}")), 404);
            shut(&scene, &Call::post(&format!("/{kind}/{changed}")).form(&APPROVE), 404);
        }
        let theirs = link.replacen("aozora", "nordlys", 1);
        shut(&scene, &Call::post(&format!("/{kind}/{theirs}")).form(&APPROVE), 404);
        let unknown = link.replacen("aozora", "hoshizora", 1);
        shut(&scene, &Call::post(&format!("/{kind}/{unknown}")).form(&APPROVE), 404);
    }
}

#[test]
fn a_link_whose_time_is_over_says_so() {
    let scene = Scene::at(Stage::Expired);
    let approve = format!("/a/{}", scene.ours.approve_link);
    shut(&scene, &Call::get(&approve), 410);
    shut(&scene, &Call::post(&approve).form(&APPROVE), 410);
    scene.edge.advance(31 * DAY);
    shut(&scene, &Call::get(&approve), 404);
    shut(&scene, &Call::post(&approve).form(&APPROVE), 404);

    let scene = Scene::at(Stage::Withdrawn);
    shut(
        &scene,
        &Call::post(&format!("/c/{}", scene.ours.confirm_link)).form(&[("confirm", "yes")]),
        410,
    );
}

#[test]
fn while_the_tenant_is_suspended_there_is_no_form() {
    for (stage, kind) in [
        (Stage::AwaitingApproval, "a"),
        (Stage::AwaitingAddress, "c"),
        (Stage::AwaitingCode, "t"),
    ] {
        let scene = Scene::at(stage);
        let (path, form) = match kind {
            "a" => (format!("/a/{}", scene.ours.approve_link), APPROVE.to_vec()),
            "c" => (format!("/c/{}", scene.ours.confirm_link), vec![("confirm", "yes")]),
            _ => ("/t/aozora/activate".to_owned(), vec![("user_code", "BBBB-BBBB")]),
        };
        let (look, send) = (Call::get(&path), Call::post(&path).form(&form));
        assert_eq!(look.send(&scene.edge).status, 200, "{path}");
        operate(&scene.edge, "aozora", "suspend");
        for call in [&look, &send] {
            let answer = call.send(&scene.edge);
            assert_eq!(answer.status, 403, "{} {path}", call.method);
            assert!(!answer.body.contains("<form"), "{} {path}", call.method);
        }
        operate(&scene.edge, "aozora", "resume");
        let answer = look.send(&scene.edge);
        assert!(answer.status == 200 && answer.body.contains("<form"), "{path}");
    }
}

#[test]
fn what_was_answered_stays_to_be_seen_while_the_tenant_is_suspended() {
    let scene = Scene::at(Stage::AwaitingCode);
    operate(&scene.edge, "aozora", "suspend");
    for path in [
        format!("/a/{}", scene.ours.approve_link),
        format!("/c/{}", scene.ours.confirm_link),
    ] {
        assert_eq!(Call::get(&path).send(&scene.edge).status, 200, "{path}");
    }
}

#[test]
fn after_the_last_wrong_code_there_is_no_form() {
    let scene = Scene::at(Stage::AwaitingCode);
    let typed = |code: &str| {
        let codes = [("user_code", scene.ours.user_code.as_str()), ("activation_code", code)];
        let answer = Call::post("/t/aozora/activate").form(&codes).send(&scene.edge);
        (answer.status.as_u16(), answer.body.contains("<form"))
    };
    for _ in 0..4 {
        assert_eq!(typed("22222-22222"), (422, true));
    }
    assert_eq!(typed("22222-22222"), (410, false));
    assert_eq!(typed(&scene.ours.code), (410, false));
}

#[test]
fn what_cannot_be_a_code_comes_back_with_a_message_and_costs_no_try() {
    let scene = Scene::at(Stage::AwaitingCode);
    let typed = |user_code: &str, code: &str| {
        let codes = [("user_code", user_code), ("activation_code", code), ("lang", "en")];
        let answer = Call::post("/t/aozora/activate").form(&codes).send(&scene.edge);
        (answer.status.as_u16(), answer.body)
    };
    for code in ["", "ABC", "ABCDE-2345O", "ABCDE-234567", "パスワード"] {
        for _ in 0..10 {
            let (status, body) = typed(&scene.ours.user_code, code);
            assert!(
                status == 422 && body.contains("This is not a valid activation code"),
                "{code}: {body}"
            );
        }
    }
    for user_code in ["", "BCDF", "ABCD-EFGH"] {
        let (status, body) = typed(user_code, &scene.ours.code);
        assert!(
            status == 422 && body.contains("This is not a valid user code"),
            "{user_code}: {body}"
        );
    }
    assert_eq!(typed(&scene.ours.user_code, &scene.ours.code).0, 200);
}

#[test]
fn a_form_from_elsewhere_decides_nothing() {
    let scene = Scene::at(Stage::AwaitingApproval);
    let approve = Call::post(&format!("/a/{}", scene.ours.approve_link)).form(&APPROVE);
    for origin in [
        "https://evil.example",
        "null",
        "https://edge.example.com.evil.example",
        "http://edge.example.com",
        "https://edge.example.com:8443",
        "",
    ] {
        shut(&scene, &approve.clone().header("origin", origin), 403);
    }
    for site in ["cross-site", "same-site"] {
        shut(&scene, &approve.clone().header("sec-fetch-site", site), 403);
        shut(
            &scene,
            &approve.clone().header("origin", EDGE).header("sec-fetch-site", site),
            403,
        );
    }
    let own = approve
        .header("origin", EDGE)
        .header("sec-fetch-site", "same-origin")
        .send(&scene.edge);
    assert_eq!(own.status, 200);
}

#[test]
fn a_form_that_says_not_enough_is_shown_again() {
    let scene = Scene::at(Stage::AwaitingApproval);
    let path = format!("/a/{}", scene.ours.approve_link);
    let long = "長".repeat(501);
    for form in [
        &[][..],
        &[("decision", "approve")],
        // A tick for one answer does not count for the other.
        &[("decision", "approve"), ("refuse", "yes")],
        &[("decision", "refuse"), ("confirm", "yes")],
        &[("decision", "refuse")],
        // Nor is either answer taken where both are filled in.
        &[("decision", "approve"), ("confirm", "yes"), ("refuse", "yes")],
        &[("decision", "refuse"), ("confirm", "yes"), ("refuse", "yes")],
        &[("decision", "approve"), ("confirm", "no")],
        &[("decision", "approve"), ("confirm", "YES")],
        &[("confirm", "yes")],
        &[("decision", "Approve"), ("confirm", "yes")],
        &[("decision", "approve,refuse"), ("confirm", "yes")],
        &[("decision", "refuse"), ("refuse", "yes"), ("reason", &long)],
        &[("decision", "refuse"), ("refuse", "yes"), ("reason", "\u{202e}ok")],
    ] {
        shut(&scene, &Call::post(&path).form(form), 422);
    }
    let doubled = format!("decision=approve&decision=refuse&confirm={}", encoded("yes"));
    let doubled = Call::post(&path)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(doubled.as_bytes());
    shut(&scene, &doubled, 400);
    shut(&scene, &Call::post(&path).body(b"decision=approve&confirm=yes"), 400);
}

#[test]
fn pages_are_not_kept_framed_or_followed() {
    let scene = Scene::at(Stage::AwaitingApproval);
    for path in [
        format!("/a/{}", scene.ours.approve_link),
        format!("/c/{}", scene.ours.confirm_link),
        "/a/none".to_owned(),
        "/t/aozora/activate".to_owned(),
    ] {
        let page = Call::get(&path).send(&scene.edge);
        assert!(
            page.header("content-security-policy").contains("default-src 'none'"),
            "{path}"
        );
        assert!(
            page.header("content-security-policy")
                .contains("frame-ancestors 'none'")
        );
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert_eq!(page.header("x-robots-tag"), "noindex");
        assert!(!page.body.contains("<script"));
    }
}

#[test]
fn what_the_query_brings_stays_text() {
    let scene = Scene::at(Stage::AwaitingCode);
    let typed = "\"><script>alert(1)</script>";
    let page = Call::get(&format!("/t/aozora/activate?user_code={}&lang=en", encoded(typed))).send(&scene.edge);
    assert_eq!(page.status, 200);
    assert!(!page.body.contains("<script>alert"));
    let again = [("user_code", typed), ("activation_code", typed)];
    let page = Call::post("/t/aozora/activate").form(&again).send(&scene.edge);
    assert!(page.status == 422 && !page.body.contains("<script>alert"));
}

#[test]
fn the_receipt_is_signed_and_there_once_decided() {
    let undecided = Scene::at(Stage::AwaitingApproval);
    shut(
        &undecided,
        &Call::get(&format!("/a/{}/receipt", undecided.ours.approve_link)),
        404,
    );

    for (stage, outcome) in [(Stage::AwaitingCode, "approved"), (Stage::Refused, "refused")] {
        let scene = Scene::at(stage);
        let answer = Call::get(&format!("/a/{}/receipt", scene.ours.approve_link)).send(&scene.edge);
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (200, "application/jwt")
        );
        let compact = Compact::record(&answer.body, TYP).unwrap();
        let published = Call::get("/.well-known/jwks.json").send(&scene.edge).json();
        let published: tegata_domain::jwk::PublicKeySet = serde_json::from_value(published).unwrap();
        let key = b64::decode(&published.find(&compact.kid, PublicUse::Receipt).unwrap().x).unwrap();
        assert!(compact.verify(&key.try_into().unwrap()));
        let claims: ReceiptClaims = compact.payload().unwrap();
        assert_eq!(
            (claims.outcome.name(), claims.iss.as_str()),
            (outcome, "https://edge.example.com/t/aozora")
        );
        shut(
            &scene,
            &Call::get(&format!("/a/{}/receipt", scene.ours.confirm_link)),
            404,
        );
    }
}

#[test]
fn the_entrance_leads_to_a_contract_by_its_domain() {
    let scene = Scene::at(Stage::AwaitingApproval);
    let at = |query: &str| Call::get(&format!("/{query}")).send(&scene.edge);
    let form = at("");
    assert_eq!(form.status, 200);
    assert!(
        form.body.contains("name=\"domain\"") && !form.body.contains("/dev/mailbox"),
        "{}",
        form.body
    );
    for typed in [
        "aozora",
        "%20AOZORA",
        "%EF%BD%81%EF%BD%8F%EF%BD%9A%EF%BD%8F%EF%BD%92%EF%BD%81",
    ] {
        let found = at(&format!("?domain={typed}&lang=da"));
        assert_eq!(
            (found.status.as_u16(), found.header("location")),
            (303, "/t/aozora/?lang=da"),
            "{typed}"
        );
    }
    assert_eq!(at("?domain=nosuch").status, 404);
    for bad in ["", "//evil.example", "a.example", "%0d%0aLocation:%20x"] {
        let refused = at(&format!("?domain={bad}"));
        assert_eq!(
            (refused.status.as_u16(), refused.header("location")),
            (422, ""),
            "{bad}"
        );
    }
}
