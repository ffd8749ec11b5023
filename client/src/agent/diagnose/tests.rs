use super::{Check, CheckState, Checks, Outcome, place, service, skew, skipped};
use crate::edge::EdgeUrl;
use crate::proxy::obstacle::{Obstacle, Unauthenticated};
use crate::reply::Reply;
use reqwest::header::{DATE, HeaderMap, HeaderValue};

fn reply(status: u16, body: &str) -> Reply {
    let date = HeaderValue::from_static("Fri, 27 Nov 2026 12:00:00 GMT");
    Reply {
        status,
        headers: HeaderMap::from_iter([(DATE, date)]),
        body: body.as_bytes().to_vec(),
    }
}

#[test]
fn what_comes_after_the_failed_check_was_not_reached() {
    let edge = EdgeUrl::parse("https://edge.example").unwrap();
    let obstacle = Obstacle::ProxyAuthentication {
        proxy: "proxy.example:3128".to_owned(),
        schemes: vec!["NTLM".to_owned()],
        why: Unauthenticated::Refused,
    };
    let checks = Checks {
        skipped: skipped(&edge, true, true),
        failed: Some(place(&obstacle)),
    };
    use CheckState::{Failed, NotNeeded, NotReached, Passed};
    let states: Vec<CheckState> = checks.list().into_iter().map(|(_, state)| state).collect();
    assert_eq!(
        states,
        [
            Passed, Passed, NotNeeded, Passed, Failed, NotReached, NotReached, NotReached, NotReached, NotReached
        ]
    );
}

#[test]
fn a_way_without_proxy_encryption_or_enrolment_has_fewer_checks() {
    let edge = EdgeUrl::parse("http://127.0.0.1:8787").unwrap();
    let skipped = skipped(&edge, false, false);
    assert_eq!(
        skipped,
        [
            Check::ProxyAuthentication,
            Check::ProxyTunnel,
            Check::Encryption,
            Check::Admission
        ]
    );
}

#[test]
fn only_a_set_of_keys_is_an_answer_of_the_edge() {
    assert_eq!(service(&reply(200, r#"{"keys":[]}"#)), Outcome::Ok);
    assert!(matches!(
        service(&reply(200, "<html>Log in</html>")),
        Outcome::NotTheService { .. }
    ));
    assert!(matches!(service(&reply(404, "{}")), Outcome::NotTheService { .. }));
    assert_eq!(service(&reply(503, "")), Outcome::ServiceFailing { status: 503 });
}

#[test]
fn a_slow_answer_is_no_wrong_clock() {
    let noon = 1_795_780_800;
    let of = |sent, received| skew(&reply(200, ""), sent, received);
    assert_eq!(of(noon - 30, noon + 30), Some(0));
    assert_eq!(of(noon + 3600, noon + 3601), Some(3600));
    assert_eq!(of(noon - 3601, noon - 3600), Some(-3600));
}
