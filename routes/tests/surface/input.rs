//! Invalid input: the response names it, nothing changes and no mail is sent.

use std::sync::Arc;

use tegata_routes::intake::{Body, MAX_DOCUMENT, intake};

use crate::support::call::Call;
use crate::support::edge::{TestEdge, assert_same};
use crate::support::key::Key;
use crate::support::rows::ROWS;
use crate::support::scene::{Scene, Stage, asking, create};

const PATH: &str = "/t/aozora/oauth/device_authorization";

fn edge() -> Arc<TestEdge> {
    let edge = Arc::new(TestEdge::new());
    create(&edge, "aozora");
    edge.mails();
    edge
}

/// Sends `call`, which must be refused with `status` and leave no trace. Returns the response's `error` and `field`.
fn refused(edge: &Arc<TestEdge>, call: &Call, status: u16) -> (String, String) {
    let before = edge.rows();
    let answer = call.send(edge);
    assert_eq!(answer.status, status, "{}", answer.body);
    assert_same(&before, &edge.rows(), "something was written");
    assert!(edge.mails().is_empty(), "a mail was sent");
    assert_eq!(answer.header("cache-control"), "no-store");
    let body = answer.json();
    let member = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    (
        member(if body["error"].is_null() { "code" } else { "error" }),
        member("field"),
    )
}

#[test]
fn a_bad_field_is_named() {
    let edge = edge();
    let key = Key::new(1).thumbprint();
    let long = "漢".repeat(101);
    let long_address = format!("{}@aozora.example", "a".repeat(65));
    let cases: &[(&str, &[&str])] = &[
        ("client_id", &[""]),
        (
            "name",
            &[
                "",
                " ",
                "\u{3000}",
                &long,
                "a\r\nBcc: x@example.com",
                "a\u{202e}b",
                "a\u{200b}b",
                "a\0",
                "\u{feff}a",
                "\u{e000}",
            ],
        ),
        ("organization", &["", "あおぞら\n製作所", "\u{2066}x\u{2069}", &long]),
        ("device_name", &["", "PC\u{7}", "\u{3164}", &long]),
        (
            "email",
            &[
                "",
                "taro",
                "taro@localhost",
                "taro@aozora.example\r\nBcc: x@example.com",
                "taro@aozora.example, x@example.com",
                "<taro@aozora.example>",
                "\"ta ro\"@aozora.example",
                "taro@[127.0.0.1]",
                "taro@\u{430}ozora.example",
                "t\u{430}ro@aozora.example",
                "taro@aozora.example\u{200b}",
                "a@b@aozora.example",
                &long_address,
            ],
        ),
        ("locale", &["fr", "日本語"]),
        (
            "dpop_jkt",
            &["short", &"!".repeat(43), &format!("{key}="), &"A".repeat(44)],
        ),
    ];
    for (field, values) in cases {
        for value in *values {
            let mut form = asking("taro@aozora.example", &key);
            form.iter_mut().find(|(name, _)| name == field).unwrap().1 = value;
            let told = refused(&edge, &Call::post(PATH).form(&form), 400);
            assert_eq!(told, ("invalid_request".to_owned(), (*field).to_owned()), "{value:?}");
        }
    }
}

#[test]
fn a_missing_field_is_named() {
    let edge = edge();
    let key = Key::new(1).thumbprint();
    for missing in ["client_id", "name", "email", "organization", "device_name"] {
        let mut form = asking("taro@aozora.example", &key);
        form.retain(|(name, _)| *name != missing);
        assert_eq!(refused(&edge, &Call::post(PATH).form(&form), 400).1, missing);
    }
}

#[test]
fn an_unknown_client_or_scope_is_refused() {
    let edge = edge();
    let key = Key::new(1).thumbprint();
    let mut form = asking("taro@aozora.example", &key);
    form[0].1 = "agent";
    assert_eq!(refused(&edge, &Call::post(PATH).form(&form), 401).0, "invalid_client");
    let mut form = asking("taro@aozora.example", &key);
    form.push(("scope", "view admin"));
    assert_eq!(refused(&edge, &Call::post(PATH).form(&form), 400).0, "invalid_scope");
}

#[test]
fn what_is_no_form_is_refused() {
    let edge = edge();
    let good = b"client_id=viewer&name=Taro&email=taro%40aozora.example&organization=A&device_name=PC".to_vec();
    let form = "application/x-www-form-urlencoded";
    let doubled = [&good[..], b"&name=Jiro"].concat();
    let many = [
        &good[..],
        (0..40).map(|n| format!("&x{n}=1")).collect::<String>().as_bytes(),
    ]
    .concat();
    for (content_type, body) in [
        ("", &good),
        ("application/json", &good),
        ("multipart/form-data; boundary=x", &good),
        ("text/plain", &good),
        (form, &doubled),
        (form, &many),
        (form, &[&good[..], b"&locale=%ff"].concat()),
        (form, &[&good[..], &[b'&', b'x', b'=', 0xff]].concat()),
        (form, &Vec::new()),
        (form, &b"\0\0\0\0".to_vec()),
    ] {
        let call = Call::post(PATH).body(body);
        let call = if content_type.is_empty() {
            call
        } else {
            call.header("content-type", content_type)
        };
        assert_eq!(
            refused(&edge, &call, 400).0,
            "invalid_request",
            "{content_type} {}",
            body.len()
        );
    }
    let in_the_query = Call::post(&format!("{PATH}?{}", String::from_utf8(good).unwrap())).header("content-type", form);
    assert_eq!(refused(&edge, &in_the_query, 400).0, "invalid_request");
}

#[test]
fn what_people_write_is_normalised_once_and_kept_on_its_line() {
    let edge = edge();
    let key = Key::new(1).thumbprint();
    let mut form = asking(" Taro@Aozora.EXAMPLE ", &key);
    form[1].1 = "  ヤマダ\u{3000}カ\u{3099}ク  ";
    form[4].1 = "<b>受付</b> & PC";
    let asked = Call::post(PATH).form(&form).send(&edge);
    assert_eq!(asked.status, 200, "{}", asked.body);
    let mail = edge.mails().remove(0);
    assert!(!mail.subject.contains(['\r', '\n']));
    assert!(!mail.html.contains("<b>受付"), "what was typed is text, not markup");
    assert!(
        edge.rows()
            .iter()
            .any(|row| row.contains("ヤマダ ガク") && row.contains("Taro@aozora.example"))
    );
}

#[test]
fn a_slug_has_one_spelling() {
    let edge = edge();
    let key = Key::new(1).thumbprint();
    for slug in [
        "Aozora",
        "%61%6fzora%20",
        "%D0%B0ozora",
        "aozora.",
        "aozora%2F",
        "aozora%00",
        "%EF%BD%81ozora",
        "ao--zora",
        "hoshizora",
        "operator",
    ] {
        for path in [
            "oauth/device_authorization",
            "oauth/token",
            "oauth/revoke",
            "oauth/introspect",
            "activate",
        ] {
            let before = edge.rows();
            let answer = Call::post(&format!("/t/{slug}/{path}"))
                .form(&asking("taro@aozora.example", &key))
                .send(&edge);
            assert_same(&before, &edge.rows(), &format!("{slug} {path}"));
            assert!(answer.status.is_client_error(), "{slug} {path}");
        }
        let metadata = Call::get(&format!("/t/{slug}/.well-known/oauth-authorization-server")).send(&edge);
        assert_eq!(metadata.status, 404, "{slug}");
    }
    assert!(edge.mails().is_empty());
}

#[test]
fn a_huge_document_is_not_read() {
    let edge = edge();
    let before = edge.rows();
    let body = [b"name=".as_slice(), "x".repeat(10 << 20).as_bytes()].concat();
    let answer = Call::post(PATH)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(&body)
        .send(&edge);
    assert_eq!(answer.status, 413);
    assert_same(&before, &edge.rows(), "");
}

#[test]
fn every_route_bounds_its_body_and_is_given_the_headers_it_reads() {
    let scene = Scene::at(Stage::Redeemed);
    for row in ROWS {
        for call in (row.calls)(&scene.ours) {
            let path = call.path.split('?').next().unwrap();
            let taken = intake(&call.method, path);
            let expected = match row.method {
                "any" => Body::Streamed,
                "get" => Body::Ignored,
                _ if row.path.ends_with("/check/bytes") => Body::Read(256 * 1024),
                _ => Body::Read(MAX_DOCUMENT),
            };
            assert_eq!(taken.body, expected, "{} {path}", call.method);
            for header in call.header_names() {
                assert!(
                    taken.headers.contains(&header),
                    "{} {path} never sees {header}",
                    call.method
                );
            }
        }
    }
}
