//! Logging in: what succeeds, what fails, and that a failure reveals nothing.

use serde_json::json;

use crate::support::call::Call;
use crate::support::edge::{OPERATOR, assert_same};
use crate::support::scene::{DAY, link_line, secret_line};
use crate::support::staff::{API, Credential, PASSWORD, Staff, cookie_of, log_in};

fn reset(staff: &Staff, account: &str) -> u16 {
    let forgotten = Call::post(&format!("{API}/password-reset")).json(&json!({ "account": account }));
    forgotten.send(staff.edge()).status.as_u16()
}

fn complete(staff: &Staff, token: &str, password: &str) -> (u16, String) {
    let answer = Call::post(&format!("{API}/password-reset/complete"))
        .json(&json!({ "token": token, "password": password }))
        .send(staff.edge());
    let detail = if answer.body.is_empty() {
        String::new()
    } else {
        answer.json()["detail"].as_str().unwrap_or_default().to_owned()
    };
    (answer.status.as_u16(), detail)
}

#[test]
fn five_wrong_passwords_close_an_account_for_a_while_and_a_made_up_one_alike() {
    let staff = Staff::new();
    for account in ["hanako", "nobody.at.all"] {
        let mut answers = Vec::new();
        for _ in 0..6 {
            let answer = log_in(staff.edge(), "aozora", account, "wrong, wrong, wrong");
            answers.push((
                answer.status.as_u16(),
                answer.header("retry-after").to_owned(),
                answer.json()["code"].clone(),
            ));
        }
        for answer in &answers[..5] {
            assert_eq!(
                (answer.0, answer.2.as_str()),
                (401, Some("wrong-credentials")),
                "{account}"
            );
        }
        assert_eq!((answers[5].0, answers[5].1.as_str()), (429, "30"), "{account}");
    }
    assert_eq!(
        log_in(staff.edge(), "aozora", "hanako", PASSWORD).status,
        429,
        "the right password is refused as well"
    );
    staff.edge().advance(30);
    assert_eq!(log_in(staff.edge(), "aozora", "HANAKO", PASSWORD).status, 200);
}

#[test]
fn a_forgotten_password_is_replaced_by_a_link_that_works_once() {
    let staff = Staff::new();
    staff.edge().mails();
    assert_eq!([reset(&staff, "hanako"), reset(&staff, "nobody.at.all")], [202, 202]);
    let mut mails = staff.edge().mails();
    assert_eq!(mails.len(), 1, "only an existing account gets a mail");
    let token = link_line(&mails.remove(0).text, "/t/aozora/#/reset/");
    assert!(complete(&staff, &token, "short").1.starts_with("too-short"));
    assert!(
        complete(&staff, &token, "hanako aozora hanako")
            .1
            .starts_with("context")
    );
    assert_eq!(complete(&staff, &token, "another boat, another lake").0, 204);
    assert_eq!(
        complete(&staff, &token, "yet another boat and lake").0,
        404,
        "the link works only once"
    );
    assert_eq!(
        staff.send(&staff.administrator, "GET", "/session", None).status,
        401,
        "sessions have ended"
    );
    assert_eq!(log_in(staff.edge(), "aozora", "hanako", PASSWORD).status, 401);
    assert_eq!(
        log_in(staff.edge(), "aozora", "hanako", "another boat, another lake").status,
        200
    );
}

#[test]
fn a_reset_link_runs_out_and_belongs_to_its_tenant() {
    let staff = Staff::new();
    staff.edge().mails();
    reset(&staff, "hanako");
    let token = link_line(&staff.edge().mails().remove(0).text, "/t/aozora/#/reset/");
    let elsewhere = Call::post("/t/nordlys/api/v1/password-reset/complete")
        .json(&json!({ "token": token, "password": "another boat, another lake" }))
        .send(staff.edge());
    assert_eq!(elsewhere.status, 404);
    staff.edge().advance(3600);
    assert_eq!(complete(&staff, &token, "another boat, another lake").0, 404);
}

#[test]
fn the_desks_or_an_administrators_reissue_ends_the_old_credential() {
    let staff = Staff::new();
    let (id, them) = staff.join("ichiro", "system_administrator", None);
    staff.edge().mails();
    staff.done(200, "POST", &format!("/users/{id}/account/reissue"), None);
    assert_eq!(staff.send(&them, "GET", "/session", None).status, 401);
    assert_eq!(log_in(staff.edge(), "aozora", "ichiro", PASSWORD).status, 401);
    let first = secret_line(&staff.edge().mails().remove(0).text);
    staff.done(200, "POST", &format!("/users/{id}/account/reissue"), None);
    let second = secret_line(&staff.edge().mails().remove(0).text);
    assert_ne!(first, second);
    assert_eq!(
        log_in(staff.edge(), "aozora", "ichiro", &first).status,
        401,
        "the previous password no longer works"
    );
    assert_eq!(log_in(staff.edge(), "aozora", "ichiro", &second).status, 200);
}

#[test]
fn the_mail_with_a_first_password_says_why_there_is_one() {
    let staff = Staff::new();
    let subject = || {
        let mails = staff.edge().mails();
        assert_eq!(mails.len(), 1);
        mails[0].subject.clone()
    };
    let user = staff.user("niels", None);
    staff.edge().mails();
    let account = json!({ "account": "niels", "role": "auditor", "locale": "ja", "time_zone": "Asia/Tokyo" });
    staff.done(201, "PUT", &format!("/users/{user}/account"), Some(&account));
    assert_eq!(subject(), "[Tegata] アカウント登録のお知らせ");
    staff.edge().advance(60);
    staff.done(200, "POST", &format!("/users/{user}/account/reissue"), None);
    assert_eq!(subject(), "[Tegata] パスワード再発行のお知らせ");
    let second = json!({
        "name": "鈴木 一郎", "email": "ichiro@aozora.example", "account": "second", "locale": "ja", "time_zone": "Asia/Tokyo",
    });
    let added = Call::post("/operator/v1/tenants/aozora/administrators")
        .header("authorization", &format!("Bearer {OPERATOR}"))
        .json(&second)
        .send(staff.edge());
    assert_eq!(added.status, 201);
    assert_eq!(subject(), "[Tegata] アカウント登録のお知らせ");
}

#[test]
fn a_first_password_stays_valid_until_an_own_one_is_set() {
    let staff = Staff::new();
    let (id, _) = staff.join("ichiro", "system_administrator", None);
    staff.edge().mails();
    staff.done(200, "POST", &format!("/users/{id}/account/reissue"), None);
    let first = secret_line(&staff.edge().mails().remove(0).text);
    let sessions: Vec<_> = (0..2)
        .map(|_| {
            let answer = log_in(staff.edge(), "aozora", "ichiro", &first);
            assert_eq!(
                (answer.status.as_u16(), &answer.json()["state"]),
                (200, &json!("new_password"))
            );
            Credential::cookie(&cookie_of(&answer))
        })
        .collect();
    let own = "a quiet harbour at dawn";
    let set = staff.send(
        &sessions[1],
        "PUT",
        "/session/password",
        Some(&json!({ "password": own })),
    );
    assert_eq!(set.status, 200);
    assert_eq!(staff.send(&sessions[0], "GET", "/session", None).status, 401);
    assert_eq!(log_in(staff.edge(), "aozora", "ichiro", &first).status, 401);
    assert_eq!(log_in(staff.edge(), "aozora", "ichiro", own).status, 200);
}

#[test]
fn who_has_no_own_password_yet_gets_a_new_invitation_and_the_old_one_ends() {
    let staff = Staff::new();
    let (id, _) = staff.join("ichiro", "system_administrator", None);
    staff.edge().mails();
    staff.done(200, "POST", &format!("/users/{id}/account/reissue"), None);
    let first = secret_line(&staff.edge().mails().remove(0).text);
    let begun = Credential::cookie(&cookie_of(&log_in(staff.edge(), "aozora", "ichiro", &first)));
    let invited = |after: i64| {
        staff.edge().advance(after);
        assert_eq!(reset(&staff, "ichiro"), 202);
        let mail = staff.edge().mails().remove(0);
        assert_eq!(mail.subject, "[Tegata] Dine loginoplysninger, sendt igen");
        secret_line(&mail.text)
    };
    let second = invited(60);
    assert_eq!(
        staff.send(&begun, "GET", "/session", None).status,
        200,
        "who is choosing a password goes on: a stranger may have asked"
    );
    assert_eq!(log_in(staff.edge(), "aozora", "ichiro", &first).status, 401);
    assert_eq!(log_in(staff.edge(), "aozora", "ichiro", &second).status, 200);
    let third = invited(8 * DAY);
    assert_eq!(log_in(staff.edge(), "aozora", "ichiro", &second).status, 401);
    assert_eq!(
        log_in(staff.edge(), "aozora", "ichiro", &third).status,
        200,
        "an expired invitation is renewed in the same way"
    );
}

#[test]
fn a_password_handed_over_in_person_is_ended_by_no_strangers_request() {
    let staff = Staff::new();
    let id = staff.user("ichiro", None);
    let body = json!({
        "account": "ichiro", "role": "system_administrator", "organization": null, "locale": "da",
        "time_zone": "Europe/Copenhagen", "password": "a first password, typed",
        "password_confirmation": "a first password, typed",
    });
    staff.done(201, "PUT", &format!("/users/{id}/account"), Some(&body));
    staff.edge().mails();
    let before = staff.edge().rows_of("aozora", &["rate_limit"]);
    assert_eq!(reset(&staff, "ichiro"), 202);
    assert_eq!(staff.edge().mails().len(), 0);
    assert_same(
        &before,
        &staff.edge().rows_of("aozora", &["rate_limit"]),
        "a stranger's request",
    );
    assert_eq!(
        log_in(staff.edge(), "aozora", "ichiro", "a first password, typed").status,
        200
    );
    staff.edge().advance(8 * DAY);
    assert_eq!(reset(&staff, "ichiro"), 202);
    assert_eq!(
        staff.edge().mails().len(),
        1,
        "once it has expired, an invitation takes its place"
    );
}

#[test]
fn a_first_password_runs_out_after_seven_days() {
    let staff = Staff::new();
    let (id, _) = staff.join("ichiro", "system_administrator", None);
    staff.edge().mails();
    staff.done(200, "POST", &format!("/users/{id}/account/reissue"), None);
    let first = secret_line(&staff.edge().mails().remove(0).text);
    staff.edge().advance(7 * DAY);
    assert_eq!(log_in(staff.edge(), "aozora", "ichiro", &first).status, 401);
}

#[test]
fn sessions_are_listed_and_ended_one_by_one() {
    let staff = Staff::new();
    let second = Credential::cookie(&cookie_of(&log_in(staff.edge(), "aozora", "hanako", PASSWORD)));
    let listed = staff.done(200, "GET", "/sessions", None);
    let sessions = listed["items"].as_array().unwrap();
    assert_eq!(sessions.len(), 2);
    let other = sessions.iter().find(|session| session["current"] == false).unwrap();
    staff.done(
        204,
        "DELETE",
        &format!("/sessions/{}", other["id"].as_str().unwrap()),
        None,
    );
    assert_eq!(staff.send(&second, "GET", "/session", None).status, 401);
    // Changing one's password ends the other sessions too.
    let third = Credential::cookie(&cookie_of(&log_in(staff.edge(), "aozora", "hanako", PASSWORD)));
    let new = json!({ "current": PASSWORD, "password": "a different boat on a lake" });
    staff.done(200, "PUT", "/session/password", Some(&new));
    assert_eq!(staff.send(&third, "GET", "/session", None).status, 401);
    staff.done(200, "GET", "/session", None);
}

#[test]
fn an_approver_must_log_in_where_the_tenant_says_so() {
    let scene = crate::support::scene::Scene::at(crate::support::scene::Stage::AwaitingApproval);
    let cookie = crate::support::staff::settle(&scene.edge, "aozora", "hanako", &scene.ours.first_password);
    let policy = json!({ "version": 0, "policy": { "approver_must_log_in": true } });
    let set = Credential::cookie(&cookie)
        .call("PATCH", "/policies", Some(&policy))
        .send(&scene.edge);
    assert_eq!(set.status, 200, "{}", set.body);
    let link = format!("/a/{}", scene.ours.approve_link);
    let form = [("decision", "approve"), ("confirm", "yes"), ("lang", "ja")];
    let before = scene.edge.rows_of("aozora", &[]);
    let asked = Call::get(&link).send(&scene.edge);
    assert!(
        asked.status == 401
            && asked
                .body
                .contains(&format!(r#"href="/t/aozora/#/answer/{}""#, scene.ours.approve_link)),
        "{}",
        asked.body
    );
    assert_eq!(Call::post(&link).form(&form).send(&scene.edge).status, 401);
    let theirs = crate::support::staff::settle(&scene.edge, "nordlys", "hanako", &scene.theirs.first_password);
    let stranger = theirs.replace("-nordlys=", "-aozora=");
    assert_eq!(
        Call::post(&link)
            .header("cookie", &stranger)
            .form(&form)
            .send(&scene.edge)
            .status,
        401
    );
    crate::support::edge::assert_same(&before, &scene.edge.rows_of("aozora", &[]), "decided without a login");
    // A colleague who is logged in cannot decide either, and the page says why.
    let staff = Staff {
        scene,
        administrator: Credential::cookie(&cookie),
    };
    let (_, colleague) = staff.join("ichiro", "system_administrator", None);
    let Staff { scene, .. } = staff;
    let colleague = colleague.cookie.unwrap_or_default();
    let before = scene.edge.rows_of("aozora", &[]);
    let told = Call::get(&link).header("cookie", &colleague).send(&scene.edge);
    assert!(
        told.status == 403 && told.body.contains("別のアカウント"),
        "{}",
        told.body
    );
    let answered = Call::post(&link).header("cookie", &colleague).form(&form);
    assert_eq!(answered.send(&scene.edge).status, 403);
    crate::support::edge::assert_same(&before, &scene.edge.rows_of("aozora", &[]), "decided by a colleague");
    assert_eq!(Call::get(&link).header("cookie", &cookie).send(&scene.edge).status, 200);
    assert_eq!(
        Call::post(&link)
            .header("cookie", &cookie)
            .form(&form)
            .send(&scene.edge)
            .status,
        200
    );
}
