//! Two tenants whose registrations are both at one stage, and every credential that their people hold.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::support::call::{Answer, Call};
use crate::support::credentials::{Credentials, DEVICE_GRANT};
use crate::support::edge::{EDGE, OPERATOR, TestEdge};
use crate::support::key::Key;

pub const DAY: i64 = 24 * 3600;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    AwaitingAddress,
    AwaitingApproval,
    AwaitingCode,
    Activated,
    Redeemed,
    Refused,
    Withdrawn,
    Expired,
    Failed,
}

impl Stage {
    pub const ALL: [Self; 9] = [
        Self::AwaitingAddress,
        Self::AwaitingApproval,
        Self::AwaitingCode,
        Self::Activated,
        Self::Redeemed,
        Self::Refused,
        Self::Withdrawn,
        Self::Expired,
        Self::Failed,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::AwaitingAddress => "awaiting_address",
            Self::AwaitingApproval => "awaiting_approval",
            Self::AwaitingCode => "awaiting_code",
            Self::Activated => "activated",
            Self::Redeemed => "redeemed",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
            Self::Failed => "failed",
        }
    }
}

pub struct Scene {
    pub edge: Arc<TestEdge>,
    /// The credentials that the people of `aozora` hold.
    pub ours: Credentials,
    /// The credentials that the people of `nordlys` hold.
    pub theirs: Credentials,
}

impl Scene {
    pub fn at(stage: Stage) -> Self {
        let edge = Arc::new(TestEdge::new());
        let mut ours = Credentials::none(Key::new(1));
        let mut theirs = Credentials::none(Key::new(2));
        for (slug, held) in [("aozora", &mut ours), ("nordlys", &mut theirs)] {
            create(&edge, slug);
            held.first_password = secret_line(&edge.mails()[0].text);
            let secret = operate(&edge, slug, "introspection-secret");
            held.introspection_secret = text(&secret.json()["secret"]);
            held.operator_token = OPERATOR.to_owned();
            reach(&edge, slug, stage, held);
        }
        if stage == Stage::Expired {
            edge.advance(3 * DAY);
        }
        for (slug, held) in [("aozora", &ours), ("nordlys", &theirs)] {
            let shown = Call::get(&format!("/t/{slug}/api/v1/registration"))
                .bearer(&held.device_code)
                .send(&edge);
            assert_eq!(shown.json()["state"], stage.name(), "the scene is set");
        }
        Self { edge, ours, theirs }
    }
}

pub fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

pub fn new_tenant(slug: &str) -> Value {
    json!({
        "slug": slug, "kind": "tenant", "provider": null, "name": "あおぞら製作所", "locale": "ja", "time_zone": "Asia/Tokyo",
        "policy": {
            "confirm_address_first": true, "device_life_seconds": 30 * DAY, "data_origin": format!("https://data.{slug}.example/v1"),
        },
        "administrator": {
            "name": "佐藤 花子", "email": format!("hanako@{slug}.example"), "account": "hanako", "locale": "en", "time_zone": "Asia/Tokyo",
        },
    })
}

pub fn create(edge: &Arc<TestEdge>, slug: &str) {
    let created = Call::post("/operator/v1/tenants")
        .bearer(OPERATOR)
        .json(&new_tenant(slug))
        .send(edge);
    assert_eq!(created.status, 201, "{}", created.body);
}

/// An operator's POST without a body.
pub fn operate(edge: &Arc<TestEdge>, slug: &str, what: &str) -> Answer {
    Call::post(&format!("/operator/v1/tenants/{slug}/{what}"))
        .bearer(OPERATOR)
        .send(edge)
}

/// A form that requests access.
pub fn asking<'a>(email: &'a str, thumbprint: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("client_id", "viewer"),
        ("name", "山田 太郎"),
        ("email", email),
        ("organization", "あおぞら製作所"),
        ("device_name", "受付PC"),
        ("locale", "en"),
        ("dpop_jkt", thumbprint),
    ]
}

/// The token of the link that is on a line of its own.
pub fn link_line(mail: &str, path: &str) -> String {
    let prefix = format!("{EDGE}{path}");
    let found = mail.lines().find_map(|line| line.strip_prefix(prefix.as_str()));
    found.expect("the mail has a link on a line of its own").to_owned()
}

/// The code or password that is on a line of its own.
pub fn secret_line(mail: &str) -> String {
    let group = |text: &str| text.len() == 5 && text.bytes().all(|b| b.is_ascii_alphanumeric());
    let found = mail
        .lines()
        .find(|line| line.contains('-') && line.split('-').all(group));
    found.expect("the mail has a code on a line of its own").to_owned()
}

fn the_mail(edge: &TestEdge) -> String {
    let mut mails = edge.mails();
    assert_eq!(mails.len(), 1, "one mail leaves");
    mails.remove(0).text
}

/// Takes a registration to `stage`, and records the credentials its people get on the way.
fn reach(edge: &Arc<TestEdge>, slug: &str, stage: Stage, held: &mut Credentials) {
    let at = |path: &str| format!("/t/{slug}{path}");
    let email = format!("taro@{slug}.example");
    let thumbprint = held.key.thumbprint();
    let asked = Call::post(&at("/oauth/device_authorization"))
        .form(&asking(&email, &thumbprint))
        .send(edge)
        .json();
    held.device_code = text(&asked["device_code"]);
    held.user_code = text(&asked["user_code"]);
    held.confirm_link = link_line(&the_mail(edge), "/c/");
    if stage == Stage::Withdrawn {
        Call::new("DELETE", &at("/api/v1/registration"))
            .bearer(&held.device_code)
            .send(edge);
    }
    if matches!(stage, Stage::AwaitingAddress | Stage::Withdrawn) {
        return;
    }
    Call::post(&format!("/c/{}", held.confirm_link))
        .form(&[("confirm", "yes")])
        .send(edge);
    held.approve_link = link_line(&the_mail(edge), "/a/");
    if matches!(stage, Stage::AwaitingApproval | Stage::Expired) {
        return;
    }
    let decision = if stage == Stage::Refused { "refuse" } else { "approve" };
    let answer = [
        ("decision", decision),
        (if decision == "refuse" { "refuse" } else { "confirm" }, "yes"),
        ("lang", "ja"),
    ];
    Call::post(&format!("/a/{}", held.approve_link))
        .form(&answer)
        .send(edge);
    let mail = the_mail(edge);
    if stage == Stage::Refused {
        return;
    }
    held.code = secret_line(&mail);
    let enter = |code: &str| {
        let codes = [("user_code", held.user_code.as_str()), ("activation_code", code)];
        Call::post(&at("/activate")).form(&codes).send(edge)
    };
    match stage {
        Stage::Failed => (0..5).for_each(|_| drop(enter("22222-22222"))),
        Stage::Activated | Stage::Redeemed => drop(enter(&held.code)),
        _ => {}
    }
    if stage == Stage::Redeemed {
        let form = [
            ("grant_type", DEVICE_GRANT),
            ("client_id", "viewer"),
            ("device_code", &held.device_code),
        ];
        let granted = Call::post(&at("/oauth/token"))
            .form(&form)
            .proven(&held.key, None)
            .send(edge)
            .json();
        held.access_token = text(&granted["access_token"]);
        held.refresh_token = text(&granted["refresh_token"]);
    }
}
