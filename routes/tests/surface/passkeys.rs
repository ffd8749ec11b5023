//! Passkeys: what a passkey gives access to, what it does not, and the second step of a login.

use serde_json::value::to_raw_value;
use serde_json::{Value, json};
use tegata_domain::error::Refusal;
use tegata_domain::panel::{Act as _, Panel};
use tegata_domain::passkey::Ceremony;
use tegata_domain::secret::PlainSessionToken;
use tegata_domain::slug::Slug;
use tegata_domain::wire::object::Told;
use tegata_routes::port::Edge as _;

use crate::panel_matrix::assert_shut;
use crate::support::authenticator::Authenticator;
use crate::support::call::{Answer, Call};
use crate::support::scene::{link_line, secret_line};
use crate::support::staff::{API, Credential, PASSWORD, Staff, cookie_of, log_in, settle};

/// The options that `who` gets to sign; `None` if they get none.
pub fn options(staff: &Staff, who: &Credential, path: &str) -> Option<Value> {
    let answer = staff.send(who, "POST", path, None);
    (answer.status == 200).then(|| answer.json())
}

/// Adds a passkey of `authenticator` to the account of `who`.
pub fn add(staff: &Staff, who: &Credential, authenticator: &Authenticator) -> Answer {
    let options = options(staff, who, "/passkeys/challenge").expect("a challenge");
    let body = json!({ "name": "受付のPC", "credential": authenticator.make(&options) });
    staff.send(who, "POST", "/passkeys", Some(&body))
}

/// A body for `path` that answers no challenge.
pub fn made_up(path: &str) -> Value {
    let options = json!({ "challenge": "A".repeat(43), "rpId": "x", "rp": { "id": "x" }, "user": { "id": "x" } });
    let authenticator = Authenticator::new(9);
    let made = authenticator.make(&options);
    match path {
        "/passkeys" => json!({ "name": "n", "credential": made }),
        _ => json!({ "credential": authenticator.sign(&options) }),
    }
}

/// The body that the matrices send: the response to a challenge requested through `post`, after adding a passkey where
/// one is required; `None` if no challenge is issued.
pub fn answered(method: &str, path: &str, post: &dyn Fn(&str, &Value) -> Answer) -> Option<Value> {
    if method != "post" || !path.contains("passkey") {
        return None;
    }
    let asked = |path: &str| {
        let answer = post(path, &json!({}));
        (answer.status == 200).then(|| answer.json())
    };
    let authenticator = Authenticator::new(8);
    let made = authenticator.make(&asked("/passkeys/challenge")?);
    let body = json!({ "name": "n", "credential": made });
    match path {
        "/passkeys" => Some(body),
        "/passkeys/challenge" => None,
        _ => {
            assert_eq!(post("/passkeys", &body).status, 201);
            let asked = asked("/session/passkey/challenge")?;
            (path == "/session/passkey").then(|| json!({ "credential": authenticator.sign(&asked) }))
        }
    }
}

/// Signs the challenge of the second step as `who` and sends it.
fn confirm(staff: &Staff, who: &Credential, authenticator: &Authenticator) -> Answer {
    let options = options(staff, who, "/session/passkey/challenge").expect("a challenge");
    let body = json!({ "credential": authenticator.sign(&options) });
    staff.send(who, "POST", "/session/passkey", Some(&body))
}

fn asked_to_log_in(staff: &Staff, slug: &str) -> Value {
    let asked = Call::post(&format!("/t/{slug}/api/v1/login/passkey/challenge")).send(staff.edge());
    assert_eq!(asked.status, 200, "{}", asked.body);
    asked.json()
}

fn log_in_with(staff: &Staff, slug: &str, credential: &Value) -> Answer {
    Call::post(&format!("/t/{slug}/api/v1/login/passkey"))
        .json(&json!({ "credential": credential }))
        .send(staff.edge())
}

fn refused(answer: &Answer, status: u16, expected: &str) {
    assert_eq!(
        (answer.status.as_u16(), answer.code().as_str()),
        (status, expected),
        "{}",
        answer.body
    );
    assert_eq!(answer.header("set-cookie"), "");
}

/// A user with a passkey.
fn holder(staff: &Staff, account: &str, seed: u8) -> (String, Credential, Authenticator) {
    let (id, who) = staff.join(account, "auditor", None);
    let authenticator = Authenticator::new(seed);
    assert_eq!(add(staff, &who, &authenticator).status, 201);
    (id, who, authenticator)
}

fn switch(staff: &Staff, who: &Credential, required: bool) -> Answer {
    staff.send(who, "PUT", "/second-factor", Some(&json!({ "required": required })))
}

/// The outcomes of logins, newest first.
fn logins(staff: &Staff) -> Vec<String> {
    let log = staff.done(200, "GET", "/audit?action=session.create", None);
    let entries = log["items"].as_array().unwrap().iter();
    entries
        .map(|entry| entry["outcome"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_passkey_alone_logs_in_and_its_owner_hears_of_it() {
    let staff = Staff::new();
    let (_, who) = staff.join("niels", "auditor", None);
    staff.edge().mails();
    let authenticator = Authenticator::new(3);
    let added = add(&staff, &who, &authenticator);
    assert_eq!(added.status, 201, "{}", added.body);
    assert_eq!(
        (&added.json()["name"], &added.json()["synced"]),
        (&json!("受付のPC"), &json!(true))
    );
    let mail = staff.edge().mails().remove(0);
    assert_eq!(mail.subject, "[Tegata] En adgangsnøgle er tilføjet");
    assert!(mail.text.contains("受付のPC"));

    staff.edge().advance(60);
    let options = asked_to_log_in(&staff, "aozora");
    assert_eq!(
        options["allowCredentials"],
        json!([]),
        "the options reveal nobody's passkey"
    );
    let answer = log_in_with(&staff, "aozora", &authenticator.sign(&options));
    assert_eq!(
        (answer.status.as_u16(), &answer.json()["state"]),
        (200, &json!("signed_in"))
    );
    let session = Credential::cookie(&cookie_of(&answer));
    let listed = staff.send(&session, "GET", "/passkeys", None).json();
    assert!(listed["items"][0]["last_used_at"].is_number(), "{listed}");
    assert_eq!(logins(&staff)[0], "passkey");
    assert_eq!(options["userVerification"], "required");
}

#[test]
fn a_challenge_is_answered_once_in_time_and_for_what_it_was_issued() {
    let staff = Staff::new();
    let (_, who, authenticator) = holder(&staff, "niels", 3);
    let signed = authenticator.sign(&asked_to_log_in(&staff, "aozora"));
    assert_eq!(log_in_with(&staff, "aozora", &signed).status, 200);
    refused(&log_in_with(&staff, "aozora", &signed), 401, "wrong-credentials");

    let late = authenticator.sign(&asked_to_log_in(&staff, "aozora"));
    staff.edge().advance(300);
    refused(&log_in_with(&staff, "aozora", &late), 401, "wrong-credentials");

    // A failed response uses up the challenge too.
    let options = asked_to_log_in(&staff, "aozora");
    let mut broken = authenticator.sign(&options);
    broken["response"]["signature"] = json!("AA");
    refused(&log_in_with(&staff, "aozora", &broken), 401, "wrong-credentials");
    let right = authenticator.sign(&options);
    refused(&log_in_with(&staff, "aozora", &right), 401, "wrong-credentials");

    let theirs = authenticator.sign(&asked_to_log_in(&staff, "nordlys"));
    refused(&log_in_with(&staff, "aozora", &theirs), 401, "wrong-credentials");
    // Wait out the delay that so many wrong responses cause.
    staff.edge().advance(60);
    let asked = options_for_session(&staff, &who);
    refused(
        &log_in_with(&staff, "aozora", &authenticator.sign(&asked)),
        401,
        "wrong-credentials",
    );
}

fn options_for_session(staff: &Staff, who: &Credential) -> Value {
    options(staff, who, "/session/passkey/challenge").expect("a challenge")
}

#[test]
fn a_challenge_of_one_session_is_none_of_anothers() {
    let staff = Staff::new();
    let (_, who, authenticator) = holder(&staff, "niels", 3);
    let other = Credential::cookie(&cookie_of(&log_in(staff.edge(), "aozora", "niels", PASSWORD)));
    let signed = authenticator.sign(&options_for_session(&staff, &who));
    let answer = staff.send(
        &other,
        "POST",
        "/session/passkey",
        Some(&json!({ "credential": signed })),
    );
    refused(&answer, 401, "wrong-credentials");

    let made = Authenticator::new(4).make(&options(&staff, &who, "/passkeys/challenge").unwrap());
    let body = json!({ "name": "別", "credential": made });
    refused(
        &staff.send(&other, "POST", "/passkeys", Some(&body)),
        401,
        "wrong-credentials",
    );
    let again = staff.send(&who, "POST", "/passkeys", Some(&body));
    assert_eq!(again.status, 401, "the challenge is used up");
}

#[test]
fn a_passkey_of_another_tenant_is_unknown_here() {
    let staff = Staff::new();
    let theirs = settle(staff.edge(), "nordlys", "hanako", &staff.scene.theirs.first_password);
    let at_theirs = |method: &str, path: &str, body: &Value| {
        Call::new(method, &format!("/t/nordlys/api/v1{path}"))
            .header("cookie", &theirs)
            .json(body)
            .send(staff.edge())
    };
    let authenticator = Authenticator::new(5);
    let options = at_theirs("POST", "/passkeys/challenge", &json!({})).json();
    let body = json!({ "name": "n", "credential": authenticator.make(&options) });
    assert_eq!(at_theirs("POST", "/passkeys", &body).status, 201);
    let signed = authenticator.sign(&asked_to_log_in(&staff, "nordlys"));
    assert_eq!(
        log_in_with(&staff, "nordlys", &signed).status,
        200,
        "the passkey is valid at its own tenant"
    );

    let before = staff
        .edge()
        .rows_of("aozora", &["passkey_challenge", "rate_limit", "audit", "gathered"]);
    let unknown = log_in_with(
        &staff,
        "aozora",
        &authenticator.sign(&asked_to_log_in(&staff, "aozora")),
    );
    refused(&unknown, 401, "wrong-credentials");
    let after = staff
        .edge()
        .rows_of("aozora", &["passkey_challenge", "rate_limit", "audit", "gathered"]);
    crate::support::edge::assert_same(&before, &after, "a stranger's passkey");
    assert_eq!(
        logins(&staff)[0],
        "wrong_passkey",
        "it is logged like an unknown account name"
    );
    let wrong = log_in(staff.edge(), "aozora", "hanako", "wrong, wrong, wrong");
    assert_eq!(unknown.json(), wrong.json(), "distinguishable from a wrong password");
}

#[test]
fn an_answer_without_its_owner_or_from_another_page_is_none() {
    let staff = Staff::new();
    let (_, who, authenticator) = holder(&staff, "niels", 3);
    authenticator.verifies.set(false);
    let signed = authenticator.sign(&asked_to_log_in(&staff, "aozora"));
    refused(&log_in_with(&staff, "aozora", &signed), 401, "wrong-credentials");
    let careless = Authenticator::new(6);
    careless.verifies.set(false);
    refused(&add(&staff, &who, &careless), 401, "wrong-credentials");

    authenticator.verifies.set(true);
    "https://evil.example.com".clone_into(&mut authenticator.origin.borrow_mut());
    let signed = authenticator.sign(&asked_to_log_in(&staff, "aozora"));
    refused(&log_in_with(&staff, "aozora", &signed), 401, "wrong-credentials");

    crate::support::edge::EDGE.clone_into(&mut authenticator.origin.borrow_mut());
    let mut nobodys = authenticator.sign(&asked_to_log_in(&staff, "aozora"));
    nobodys["response"]["userHandle"] = json!("AAAAAAAAAAAAAAAAAAAAAA");
    refused(&log_in_with(&staff, "aozora", &nobodys), 401, "wrong-credentials");
    for unreadable in [json!({}), json!({ "id": "AA", "response": { "clientDataJSON": "AA" } })] {
        assert_eq!(log_in_with(&staff, "aozora", &unreadable).status, 400);
    }
}

#[test]
fn wrong_answers_lock_the_account_as_wrong_passwords_do() {
    let staff = Staff::new();
    let (_, _, authenticator) = holder(&staff, "niels", 3);
    for _ in 0..5 {
        let mut wrong = authenticator.sign(&asked_to_log_in(&staff, "aozora"));
        wrong["response"]["signature"] = json!("AA");
        refused(&log_in_with(&staff, "aozora", &wrong), 401, "wrong-credentials");
    }
    let right = authenticator.sign(&asked_to_log_in(&staff, "aozora"));
    refused(&log_in_with(&staff, "aozora", &right), 429, "too-many-requests");
    assert_eq!(log_in(staff.edge(), "aozora", "niels", PASSWORD).status, 429);
    assert_eq!(&logins(&staff)[..5], ["wrong_passkey"; 5]);
    staff.edge().advance(30);
    let right = authenticator.sign(&asked_to_log_in(&staff, "aozora"));
    assert_eq!(log_in_with(&staff, "aozora", &right).status, 200);
    assert_eq!(
        log_in(staff.edge(), "aozora", "niels", PASSWORD).status,
        200,
        "forgotten again"
    );
}

#[test]
fn a_counter_that_goes_back_is_refused_and_told() {
    let staff = Staff::new();
    let helped = json!({ "version": 1, "support_option": true });
    let (id, _) = staff.join("ichiro", "system_administrator", None);
    staff.done(200, "PATCH", &format!("/users/{id}/account"), Some(&helped));
    let (_, _, authenticator) = holder(&staff, "niels", 3);
    let copy = authenticator.clone();
    let signed = authenticator.sign(&asked_to_log_in(&staff, "aozora"));
    assert_eq!(log_in_with(&staff, "aozora", &signed).status, 200);
    staff.edge().mails();
    let copied = copy.sign(&asked_to_log_in(&staff, "aozora"));
    refused(&log_in_with(&staff, "aozora", &copied), 401, "wrong-credentials");
    assert_eq!(logins(&staff)[0], "passkey_went_back");
    staff.edge().advance(60);
    let alert = staff.edge().mails().remove(0).text;
    assert!(alert.contains("niels") && alert.contains("kopi"), "{alert}");
}

#[test]
fn with_the_second_factor_a_password_opens_nothing_but_the_second_step() {
    let staff = Staff::new();
    let (_, who, authenticator) = holder(&staff, "niels", 3);
    let elsewhere = Credential::cookie(&cookie_of(&log_in(staff.edge(), "aozora", "niels", PASSWORD)));
    assert_eq!(switch(&staff, &who, true).json()["second_factor"], true);
    assert_eq!(
        staff.send(&elsewhere, "GET", "/session", None).status,
        401,
        "the session began with a password"
    );

    let answer = log_in(staff.edge(), "aozora", "niels", PASSWORD);
    assert_eq!(
        (answer.status.as_u16(), &answer.json()["state"]),
        (200, &json!("passkey"))
    );
    assert_eq!(answer.json()["rights"], json!([]));
    let half = Credential::cookie(&cookie_of(&answer));
    let open = [
        "show_session",
        "end_session",
        "start_passkey_check",
        "finish_passkey_check",
    ];
    assert_shut(&staff, &half, &open, "passkey-required");

    let whole = confirm(&staff, &half, &authenticator);
    assert_eq!(
        (whole.status.as_u16(), &whole.json()["state"]),
        (200, &json!("signed_in"))
    );
    assert_eq!(staff.send(&half, "GET", "/users", None).status, 200);
    assert_eq!(&logins(&staff)[..2], ["password_and_passkey", "passkey_awaited"]);
}

#[test]
fn half_a_login_ends_after_five_minutes_and_is_no_reason_to_forget_tries() {
    let staff = Staff::new();
    let (_, who, authenticator) = holder(&staff, "niels", 3);
    switch(&staff, &who, true);
    let half = Credential::cookie(&cookie_of(&log_in(staff.edge(), "aozora", "niels", PASSWORD)));
    let options = options_for_session(&staff, &half);
    staff.edge().advance(299);
    assert_eq!(staff.send(&half, "GET", "/session", None).status, 200);
    staff.edge().advance(1);
    let body = json!({ "credential": authenticator.sign(&options) });
    assert_eq!(staff.send(&half, "POST", "/session/passkey", Some(&body)).status, 401);
    let answers: Vec<u16> = (0..5)
        .map(|_| log_in(staff.edge(), "aozora", "niels", PASSWORD).status.as_u16())
        .collect();
    assert_eq!(answers, [200, 200, 200, 200, 429]);
}

#[test]
fn the_second_step_takes_no_passkey_of_somebody_else_nor_one_that_was_removed() {
    let staff = Staff::new();
    let (_, who, authenticator) = holder(&staff, "niels", 3);
    let (_, _, anothers) = holder(&staff, "lars", 4);
    let spare = Authenticator::new(5);
    let spare_id = add(&staff, &who, &spare).json()["id"].as_str().unwrap().to_owned();
    switch(&staff, &who, true);
    let half = || Credential::cookie(&cookie_of(&log_in(staff.edge(), "aozora", "niels", PASSWORD)));
    refused(&confirm(&staff, &half(), &anothers), 401, "wrong-credentials");

    let waiting = half();
    let signed = spare.sign(&options_for_session(&staff, &waiting));
    let removed = staff.send(&who, "DELETE", &format!("/passkeys/{spare_id}"), None);
    assert_eq!(removed.status, 204);
    let answer = staff.send(
        &waiting,
        "POST",
        "/session/passkey",
        Some(&json!({ "credential": signed })),
    );
    refused(&answer, 401, "wrong-credentials");
    assert_eq!(staff.send(&waiting, "GET", "/users", None).status, 403);
    assert_eq!(confirm(&staff, &waiting, &authenticator).status, 200);
}

#[test]
fn the_object_itself_takes_no_passkey_of_somebody_else() {
    let staff = Staff::new();
    let (_, who, _) = holder(&staff, "niels", 3);
    let (_, _, anothers) = holder(&staff, "lars", 4);
    let options = options_for_session(&staff, &who);
    let mut signed = anothers.sign(&options);
    signed["response"]["userHandle"] = Value::Null;
    let challenge = serde_json::from_value(options["challenge"].clone()).unwrap();
    let ceremony = Ceremony {
        credential: signed.as_object().unwrap().clone(),
        challenge,
        origin: crate::support::edge::EDGE.to_owned(),
        rp_id: options["rpId"].as_str().unwrap().to_owned(),
        public_key: Some(anothers.public_key()),
    };
    let asserted = crate::support::authenticator::check(&ceremony).expect("the signature is valid");
    let cookie = who
        .cookie
        .as_deref()
        .and_then(|cookie| cookie.split('=').nth(1))
        .unwrap();
    let panel = Panel {
        credential: tegata_domain::panel::Credential::Session(PlainSessionToken::parse(cookie).unwrap()),
        client: "192.0.2.1".to_owned(),
        action: tegata_domain::panel::passkeys::Answer::NAME.to_owned(),
        input: to_raw_value(
            &json!({ "credential": signed["id"], "challenge": options["challenge"], "asserted": asserted }),
        )
        .unwrap(),
        idempotency_key: None,
        only_check: false,
    };
    let slug = Slug::parse("aozora").unwrap();
    let answer = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(staff.edge().ask(Told::new(&slug, panel).unwrap()));
    assert_eq!(answer, Ok(Err(Refusal::WrongCredentials)));
}

#[test]
fn with_the_second_factor_neither_half_is_enough() {
    let staff = Staff::new();
    let (_, who, authenticator) = holder(&staff, "niels", 3);
    switch(&staff, &who, true);
    let alone = log_in_with(
        &staff,
        "aozora",
        &authenticator.sign(&asked_to_log_in(&staff, "aozora")),
    );
    refused(&alone, 403, "password-required");
    assert_eq!(logins(&staff)[0], "password_missing");

    staff.edge().advance(601);
    let body = json!({ "password": PASSWORD });
    refused(
        &staff.send(&who, "POST", "/session/fresh", Some(&body)),
        403,
        "passkey-required",
    );
    let new = json!({ "current": PASSWORD, "password": "a different boat on a lake" });
    refused(
        &staff.send(&who, "PUT", "/session/password", Some(&new)),
        403,
        "passkey-required",
    );
    refused(&switch(&staff, &who, false), 403, "fresh-login-required");
    assert_eq!(confirm(&staff, &who, &authenticator).status, 200);
    // Setting a new password does not extend the recent login that the passkey started.
    staff.edge().advance(300);
    let new = json!({ "password": "a different boat on a lake" });
    assert_eq!(staff.send(&who, "PUT", "/session/password", Some(&new)).status, 200);
    staff.edge().advance(300);
    refused(&switch(&staff, &who, false), 403, "fresh-login-required");

    // Neither does a mailed link.
    staff.edge().mails();
    let forgotten = Call::post(&format!("{API}/password-reset")).json(&json!({ "account": "niels" }));
    forgotten.send(staff.edge());
    let token = link_line(&staff.edge().mails().remove(0).text, "/t/aozora/#/reset/");
    let reset = json!({ "token": token, "password": "another boat, another lake" });
    let reset = Call::post(&format!("{API}/password-reset/complete")).json(&reset);
    assert_eq!(reset.send(staff.edge()).status, 204);
    let after = log_in(staff.edge(), "aozora", "niels", "another boat, another lake");
    assert_eq!(after.json()["state"], "passkey");
}

#[test]
fn the_last_passkey_stays_while_it_is_needed() {
    let staff = Staff::new();
    let (_, bare) = staff.join("lars", "auditor", None);
    refused(&switch(&staff, &bare, true), 409, "no-passkey");
    refused(
        &staff.send(&bare, "POST", "/session/passkey/challenge", None),
        409,
        "no-passkey",
    );

    let (_, who, _) = holder(&staff, "niels", 3);
    switch(&staff, &who, true);
    let only = staff.send(&who, "GET", "/passkeys", None).json()["items"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = format!("/passkeys/{only}");
    refused(&staff.send(&who, "DELETE", &path, None), 409, "last-passkey");
    let renamed = staff.send(&who, "PATCH", &path, Some(&json!({ "name": "会議室" })));
    assert_eq!(renamed.json()["name"], "会議室");
    assert_eq!(staff.send(&bare, "DELETE", &path, None).status, 404, "another's");
    assert_eq!(
        staff.send(&bare, "PATCH", &path, Some(&json!({ "name": "x" }))).status,
        404,
        "another's"
    );
    switch(&staff, &who, false);
    staff.edge().mails();
    assert_eq!(staff.send(&who, "DELETE", &path, None).status, 204);
    assert_eq!(staff.edge().mails()[0].subject, "[Tegata] En adgangsnøgle er fjernet");
}

#[test]
fn an_authenticator_is_added_once_and_ten_are_the_most() {
    let staff = Staff::new();
    let (_, who, authenticator) = holder(&staff, "niels", 3);
    let twin = Authenticator::new(3);
    assert_eq!(add(&staff, &who, &twin).status, 409, "the same credential");
    for _ in 0..9 {
        assert_eq!(add(&staff, &who, &authenticator).status, 201);
    }
    refused(&staff.send(&who, "POST", "/passkeys/challenge", None), 409, "conflict");
    let listed = staff.send(&who, "GET", "/passkeys", None).json();
    assert_eq!(listed["items"].as_array().unwrap().len(), 10);
}

#[test]
fn a_passkey_is_a_fresh_authentication() {
    let staff = Staff::new();
    let authenticator = Authenticator::new(3);
    assert_eq!(add(&staff, &staff.administrator, &authenticator).status, 201);
    staff.edge().advance(601);
    refused(&switch(&staff, &staff.administrator, true), 403, "fresh-login-required");
    assert_eq!(confirm(&staff, &staff.administrator, &authenticator).status, 200);
    assert_eq!(switch(&staff, &staff.administrator, true).status, 200);
}

#[test]
fn a_new_first_password_takes_passkeys_and_the_second_factor_away() {
    let staff = Staff::new();
    let (id, who, authenticator) = holder(&staff, "niels", 3);
    switch(&staff, &who, true);
    staff.edge().mails();
    staff.done(200, "POST", &format!("/users/{id}/account/reissue"), None);
    let first = secret_line(&staff.edge().mails().remove(0).text);
    let signed = authenticator.sign(&asked_to_log_in(&staff, "aozora"));
    refused(&log_in_with(&staff, "aozora", &signed), 401, "wrong-credentials");
    let cookie = settle(staff.edge(), "aozora", "niels", &first);
    let again = Credential::cookie(&cookie);
    assert_eq!(
        staff.send(&again, "GET", "/session", None).json()["second_factor"],
        false
    );
    assert_eq!(staff.send(&again, "GET", "/passkeys", None).json()["items"], json!([]));
    assert_eq!(
        log_in(staff.edge(), "aozora", "niels", PASSWORD).json()["state"],
        "signed_in"
    );

    // Deleting the account removes it too.
    assert_eq!(add(&staff, &again, &authenticator).status, 201);
    staff.done(200, "DELETE", &format!("/users/{id}/account"), None);
    let signed = authenticator.sign_with(1, &asked_to_log_in(&staff, "aozora"));
    refused(&log_in_with(&staff, "aozora", &signed), 401, "wrong-credentials");
    assert!(
        staff
            .edge()
            .rows_of("aozora", &[])
            .iter()
            .all(|row| !row.starts_with("passkey "))
    );
}

#[test]
fn a_suspended_tenant_lets_nobody_in_with_a_passkey() {
    let staff = Staff::new();
    let (_, who, authenticator) = holder(&staff, "niels", 3);
    switch(&staff, &who, true);
    let half = Credential::cookie(&cookie_of(&log_in(staff.edge(), "aozora", "niels", PASSWORD)));
    let signed = authenticator.sign(&options_for_session(&staff, &half));
    crate::support::scene::operate(staff.edge(), "aozora", "suspend");
    let answer = staff.send(
        &half,
        "POST",
        "/session/passkey",
        Some(&json!({ "credential": signed })),
    );
    refused(&answer, 403, "suspended");
    let alone = log_in_with(
        &staff,
        "aozora",
        &authenticator.sign(&asked_to_log_in(&staff, "aozora")),
    );
    refused(&alone, 403, "suspended");
}

#[test]
fn another_sites_page_starts_nothing() {
    let staff = Staff::new();
    for path in ["login/passkey/challenge", "login/passkey"] {
        let call = Call::post(&format!("{API}/{path}")).header("origin", "https://evil.example.com");
        refused(
            &call.json(&json!({ "credential": {} })).send(staff.edge()),
            403,
            "wrong-origin",
        );
    }
}

#[test]
fn who_answers_what_was_never_asked_leaves_nothing_and_is_counted() {
    let staff = Staff::new();
    let made_up = made_up("/login/passkey")["credential"].clone();
    staff.edge().advance(900);
    let before = staff.edge().rows_of("aozora", &["rate_limit"]);
    let answers = (0..61).map(|_| log_in_with(&staff, "aozora", &made_up));
    let codes: Vec<_> = answers.map(|answer| answer.code()).collect();
    assert!(codes[..60].iter().all(|code| code == "wrong-credentials"), "{codes:?}");
    assert_eq!(codes[60], "too-many-requests");
    crate::support::edge::assert_same(
        &before,
        &staff.edge().rows_of("aozora", &["rate_limit"]),
        "a stranger wrote something",
    );
}

#[test]
fn a_passkey_that_does_not_count_logs_in_again_and_again() {
    let staff = Staff::new();
    let (_, who) = staff.join("niels", "auditor", None);
    // Synced passkeys, which live in a cloud account, keep no signature counter.
    let authenticator = Authenticator::new(3);
    authenticator.counts.set(false);
    assert_eq!(add(&staff, &who, &authenticator).status, 201);
    for _ in 0..3 {
        let signed = authenticator.sign(&asked_to_log_in(&staff, "aozora"));
        assert_eq!(log_in_with(&staff, "aozora", &signed).status, 200);
    }
}
