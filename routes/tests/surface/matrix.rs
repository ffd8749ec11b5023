//! Design rules 1 and 2 on every route: without an approved, unexpired approval no credential comes into existence, no
//! matter who asks and in which state the registration is; and viewing changes nothing.

use tegata_routes::table::{Access, TABLE};

use crate::support::credentials::Role;
use crate::support::edge::assert_same;
use crate::support::rows::{ROWS, Row};
use crate::support::scene::{Scene, Stage};

/// Tables that count requests but grant nothing: rate limits and seen proofs.
const BOOKKEEPING: &[&str] = &["rate_limit", "dpop_proof"];

fn devices(scene: &Scene) -> Vec<String> {
    let rows = ["aozora", "nordlys"]
        .into_iter()
        .flat_map(|slug| scene.edge.rows_of(slug, &[]));
    rows.filter_map(|row| {
        row.strip_prefix("device [Text(\"")
            .and_then(|rest| rest.get(..22))
            .map(str::to_owned)
    })
    .collect()
}

/// Whether `role` may obtain tokens, or pass the gate, through `row` while the registration is at `stage`.
fn may_be_granted(row: &Row, role: Role, stage: Stage) -> bool {
    role == Role::Holder
        && match row.path {
            "/t/{slug}/oauth/token" => matches!(stage, Stage::AwaitingCode | Stage::Activated | Stage::Redeemed),
            "/t/{slug}/gate/" | "/t/{slug}/gate/{*path}" => stage == Stage::Redeemed,
            _ => false,
        }
}

/// Whether `role` may change anything of `aozora` through `row`.
fn may_change(row: &Row, role: Role) -> bool {
    // Revoking a bound token requires a proof of its key.
    if row.path == "/t/{slug}/oauth/revoke" {
        return matches!(role, Role::Late | Role::Holder);
    }
    match row.access {
        "Operator" | "Codes" => matches!(role, Role::Late | Role::Thief | Role::Holder),
        // A link belongs to its bearer, whatever key their PC has; so does a device code, except for obtaining tokens.
        "Link" | "DeviceCode" | "Grant" => matches!(role, Role::Late | Role::Thief | Role::Holder),
        "Nobody" => true,
        "ResourceServer" | "AccessToken" | "Agent" => false,
        other => panic!("the tests do not know the access {other}"),
    }
}

/// The status with which `row` rejects `role`, if what they present is worthless there.
fn turned_away(row: &Row, role: Role) -> Option<u16> {
    let strangers = [Role::Nobody, Role::Neighbour, Role::Confused];
    match row.access {
        "Operator" | "ResourceServer" | "DeviceCode" if strangers.contains(&role) => Some(401),
        "AccessToken" if role != Role::Holder => Some(401),
        // A link names its own tenant, so the neighbour's link leads to the neighbour's tenant.
        "Link" if matches!(role, Role::Nobody | Role::Confused) => Some(404),
        _ => None,
    }
}

fn check(row: &Row, role: Role, stage: Stage) {
    let scene = Scene::at(stage);
    let shown = role.shows(&scene);
    let place = format!("{} {} as {role:?} at {stage:?}", row.method, row.path);
    let devices_before = devices(&scene);
    let rows_before = scene.edge.rows_of("aozora", BOOKKEEPING);
    let mut granted = false;
    for call in (row.calls)(&shown) {
        let answer = call.send(&scene.edge);
        granted |= answer.grants();
        assert!(answer.status != 500 && answer.status != 503, "{place}: {}", answer.body);
        if let Some(status) = turned_away(row, role) {
            assert_eq!(answer.status, status, "{place}: {}", answer.body);
        }
    }
    granted |= devices(&scene) != devices_before;
    granted |= !scene.edge.forwarded().is_empty();
    assert_eq!(granted, may_be_granted(row, role, stage), "granted: {place}");
    if !may_change(row, role) {
        assert_same(
            &rows_before,
            &scene.edge.rows_of("aozora", BOOKKEEPING),
            &format!("changed: {place}"),
        );
    }
}

fn check_looking(row: &Row, scene: &Scene, role: Role, stage: Stage) {
    let shown = role.shows(scene);
    for mut call in (row.calls)(&shown) {
        for method in ["GET", "HEAD"] {
            method.clone_into(&mut call.method);
            let before = scene.edge.rows();
            let answer = call.send(&scene.edge);
            let place = format!("{method} {} as {role:?} at {stage:?}", call.path);
            assert_same(
                &before,
                &scene.edge.rows(),
                &format!("looking changed something: {place}"),
            );
            assert!(!answer.grants(), "{place}");
            if let Some(status) = turned_away(row, role) {
                assert_eq!(answer.status, status, "{place}");
            }
            assert!(method == "GET" || answer.body.is_empty(), "{place}");
            assert!(answer.status != 500 && answer.status != 503, "{place}: {}", answer.body);
        }
    }
    assert!(scene.edge.mails().is_empty(), "viewing {} sent a mail", row.path);
}

#[test]
fn every_route_has_a_row_and_every_row_a_route() {
    let routed: Vec<_> = TABLE
        .iter()
        // Panel routes have a matrix of their own.
        .filter(|route| route.access != Access::Panel)
        .map(|route| (route.method, route.path, format!("{:?}", route.access)))
        .collect();
    let tested: Vec<_> = ROWS
        .iter()
        .map(|row| (row.method, row.path, row.access.to_owned()))
        .collect();
    for route in &routed {
        assert!(tested.contains(route), "a route without a row in the matrix: {route:?}");
    }
    for row in &tested {
        assert!(routed.contains(row), "a row without a route: {row:?}");
    }
    for row in ROWS {
        assert!(
            !(row.calls)(&Scene::at(Stage::AwaitingAddress).ours).is_empty(),
            "{}",
            row.path
        );
    }
}

#[test]
fn looking_changes_nothing() {
    for stage in Stage::ALL {
        for role in Role::ALL {
            let scene = Scene::at(stage);
            for row in ROWS.iter().filter(|row| row.method == "get") {
                check_looking(row, &scene, role, stage);
            }
        }
    }
}

/// Sends every writing route as every role, with the registration at each of `stages`.
fn writing(stages: &[Stage]) {
    for stage in stages {
        for row in ROWS.iter().filter(|row| row.method != "get") {
            for role in Role::ALL {
                check(row, role, *stage);
            }
        }
    }
}

#[test]
fn nothing_is_granted_before_an_approval() {
    writing(&[Stage::AwaitingAddress, Stage::AwaitingApproval]);
}

#[test]
fn an_approval_grants_once_and_to_its_holder() {
    writing(&[Stage::AwaitingCode, Stage::Activated, Stage::Redeemed]);
}

#[test]
fn nothing_is_granted_when_it_is_over() {
    writing(&[Stage::Refused, Stage::Withdrawn, Stage::Expired, Stage::Failed]);
}
