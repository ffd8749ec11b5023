//! What is recorded, namely audit entries and receipts; and what is never stored, namely secrets.

use tegata_domain::approval::Outcome;
use tegata_domain::command::{FetchReceipt, RenewIntrospectionSecret, RevokeDevice, ViewApproval};
use tegata_domain::jwk::{PublicUse, sha256_b64};
use tegata_domain::jws::Compact;
use tegata_domain::locale::Locale;
use tegata_domain::policy::Policy;
use tegata_domain::receipt::{ReceiptClaims, TYP};
use tegata_domain::wire::b64;

use crate::support::viewer::{TARO, TARO_ASKS, thumbprint, wrong};
use crate::support::world::{HANAKO, World};

#[test]
fn each_change_has_one_entry_and_nothing_else_has() {
    let world = World::with(|policy| policy.confirm_address_first = true);
    let viewer = world.ask(TARO_ASKS).unwrap();
    world.advance(60);
    viewer.resend().unwrap();
    let confirm = world.deliver()[0].link();
    world.confirm_address(&confirm).unwrap();
    world.confirm_address(&confirm).unwrap();
    let link = world.approval_link();
    viewer.redeem(None).unwrap_err();
    world.view_approval(&link).unwrap();
    world.approve(&link);
    world.approve(&link);
    let code = world.mailed_code();
    viewer.redeem(Some(&wrong(&code))).unwrap_err();
    world.type_codes(&viewer.user_code, &code, "192.0.2.9").unwrap();
    let token = viewer.redeem(None).unwrap().refresh_token;
    viewer.redeem(None).unwrap_err();
    let device = token.device().unwrap();
    world.send(RevokeDevice { device: device.clone() }).unwrap();
    world.send(RevokeDevice { device }).unwrap();
    let other = world.ask(TARO_ASKS).unwrap();
    other.withdraw().unwrap();
    other.withdraw().unwrap_err();

    assert_eq!(
        world.acts_since(0),
        [
            "tenant.create done",
            "administrator.create done",
            "registration.create done",
            "registration.resend done",
            "registration.confirm_address done",
            "approval.decide approved",
            "registration.code.device wrong",
            "registration.code.page right",
            "device.create",
            "device.revoke revoked",
            "registration.create done",
            "registration.withdraw done",
        ]
    );
}

#[test]
fn a_further_hold_on_a_request_is_written_down() {
    let world = World::new();
    let _first = world.ask(TARO_ASKS).unwrap();
    let before = world.audit().len();
    let _second = world.ask(TARO_ASKS).unwrap();
    assert_eq!(
        world.audit().len(),
        before + 1,
        "a second device code could collect tokens approved for the first"
    );
}

#[test]
fn the_log_names_who_did_it_and_from_where() {
    let world = World::new();
    let viewer = world.ask(TARO_ASKS).unwrap();
    world.approve(&world.approval_link());
    world
        .type_codes(&viewer.user_code, &world.mailed_code(), "192.0.2.9")
        .unwrap();
    let entries = world.audit();
    let address = |action: &str| {
        let entry = entries.iter().find(|entry| entry.act.action == action).unwrap();
        entry.act.actor.address.clone()
    };
    assert_eq!(address("registration.create").as_deref(), Some("192.0.2.1"));
    assert_eq!(address("approval.decide").as_deref(), Some("198.51.100.7"));
    assert_eq!(address("registration.code.page").as_deref(), Some("192.0.2.9"));
}

#[test]
fn the_log_names_who_asked_and_who_answered() {
    let world = World::new();
    world.let_in();
    let entries = world.audit();
    let find = |action: &str| &entries.iter().find(|entry| entry.act.action == action).unwrap().act;
    let (decided, created) = (find("approval.decide"), find("device.create"));
    assert_eq!(decided.requester.as_deref(), Some(TARO));
    assert_eq!(decided.approver, None, "the approver is the actor");
    assert_eq!(created.actor.id.as_deref(), Some(TARO));
    assert!(created.approver.is_some() && created.approver == decided.actor.id);
    assert_eq!(created.requester, None, "the requester is the actor");
    let others = entries
        .iter()
        .filter(|entry| entry.act.requester.is_some() || entry.act.approver.is_some());
    assert_eq!(others.count(), 2);
}

#[test]
fn the_log_pages_without_gaps() {
    let world = World::new();
    let mut token = world.let_in().refresh_token;
    for _ in 0..60 {
        world.send(RenewIntrospectionSecret {}).unwrap();
        token = world.refresh("pc-1", &token).unwrap().refresh_token;
    }
    let entries = world.audit();
    assert!(entries.len() > 60, "the log takes more than one page");
}

#[test]
fn a_receipt_proves_the_answer_under_its_exact_text() {
    for (outcome, reason) in [(Outcome::Approved, None), (Outcome::Refused, Some("知りません"))] {
        let world = World::new();
        let _viewer = world.ask(TARO_ASKS).unwrap();
        let link = world.approval_link();
        let shown = world
            .send(ViewApproval {
                token: link.clone(),
                locale: Some(Locale::En),
                session: None,
            })
            .unwrap();
        world.advance(60);
        world.answer(&link, outcome, reason).unwrap();

        let receipt = world
            .unchanged(|| world.send(FetchReceipt { token: link.clone() }))
            .unwrap();
        let compact = Compact::record(&receipt, TYP).unwrap();
        let public = world.public.borrow();
        let key = b64::decode(&public.find(&compact.kid, PublicUse::Receipt).unwrap().x).unwrap();
        assert!(compact.verify(&key.try_into().unwrap()));
        let claims: ReceiptClaims = compact.payload().unwrap();
        assert_eq!((claims.outcome, claims.reason.as_deref()), (outcome, reason));
        assert_eq!(
            claims.text.statement, shown.statement,
            "the signed statement is the one that was shown"
        );
        assert_eq!(
            (claims.text.sha256, claims.text.lang),
            (sha256_b64(&shown.statement), Locale::En)
        );
        assert_eq!(
            (claims.requester.email.as_str(), claims.approver.email.as_str()),
            (TARO, HANAKO)
        );
        assert_eq!(claims.device.and_then(|device| device.jkt), Some(thumbprint("pc-1")));
        assert_eq!(
            (claims.decided_at, claims.requested_at),
            (world.now(), world.now().plus(-60))
        );
        assert_eq!(
            world.send(FetchReceipt { token: link }).unwrap(),
            receipt,
            "the receipt is signed once and stays the same"
        );
    }
}

#[test]
fn no_secret_is_ever_stored() {
    let world = World::before_creation("aozora");
    let mut stored = Vec::new();
    let mut secrets = Vec::new();
    let mut keep = |world: &World| stored.push(world.sql.dump());
    world
        .send(world.creation(Policy {
            confirm_address_first: true,
            ..Policy::default()
        }))
        .unwrap();
    keep(&world);
    secrets.push(world.deliver()[0].secret());
    secrets.push(world.send(RenewIntrospectionSecret {}).unwrap().expose().to_owned());
    let viewer = world.ask(TARO_ASKS).unwrap();
    keep(&world);
    let confirm = world.deliver()[0].link();
    world.confirm_address(&confirm).unwrap();
    keep(&world);
    let link = world.approval_link();
    world.approve(&link);
    keep(&world);
    let code = world.mailed_code();
    let granted = viewer.redeem_under("一度だけ", Some(&code)).unwrap();
    keep(&world);
    let renewed = world.refresh("pc-1", &granted.refresh_token).unwrap();
    keep(&world);

    secrets.extend([code, link, confirm, viewer.code.expose().to_owned()]);
    secrets.extend([granted.access_token, renewed.access_token, "一度だけ".to_owned()]);
    secrets.extend([granted.refresh_token, renewed.refresh_token].map(|token| token.expose().to_owned()));
    for secret in secrets {
        // Checks the whole secret, the secret without grouping, and its unguessable end.
        let end = secret.rsplit(['.', '_']).next().unwrap().to_owned();
        let end = end
            .chars()
            .rev()
            .take(43)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect::<String>();
        for form in [secret.replace('-', ""), secret.clone(), end] {
            assert!(stored.iter().all(|rows| !rows.contains(&form)), "stored: {secret}");
        }
    }
}
