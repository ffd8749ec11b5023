//! A thousand concurrent requests, on one link or several, with one code, or over one family of refresh tokens: one
//! wins, and the others learn that it did.

use futures::future::join_all;
use tegata_acceptance::answer::Answer;
use tegata_acceptance::edge::{Shared, state};
use tegata_acceptance::mail::Mail;
use tegata_acceptance::viewer::{Asked, Tokens};
use tegata_acceptance::world::World;
use xtask::edge::EdgeOptions;

/// Number of concurrent requests.
const CROWD: usize = 1_000;

static EDGE: Shared = Shared::new();

fn world() -> World {
    EDGE.world(|| EdgeOptions::new(state(env!("CARGO_TARGET_TMPDIR"), "crowds")).expect("options"))
}

/// Sends a thousand answers, half of each kind, to the same question on the links of `approvers` approvers.
async fn the_first_answer_wins(approvers: usize) {
    let world = world();
    let tenant = world.tenant().approver_count(approvers).create().await;
    let asked = tenant.viewer().ask().await;
    let mut links = Vec::new();
    for approver in &tenant.approvers {
        links.push(asked.question_to(approver).await.link());
    }
    let answers = join_all((0..CROWD).map(|turn| {
        let decision = if turn % 2 == 0 { "approve" } else { "refuse" };
        let fields = [
            ("decision", decision),
            (if decision == "refuse" { "refuse" } else { "confirm" }, "yes"),
            ("lang", "ja"),
        ];
        let (world, link) = (&world, &links[turn % links.len()]);
        async move { world.form(link, &fields).await }
    }))
    .await;
    assert!(answers.iter().all(|answer| answer.status == 200));
    let told = |text: &str| answers.iter().filter(|answer| answer.text.contains(text)).count();
    let firsts = (told("承認しました</h1>"), told("拒否しました</h1>"));
    let rest = (told("承認済みの申請です"), told("拒否済みの申請です"));
    let state = asked.state().await;
    match firsts {
        (1, 0) => assert_eq!((rest, state.as_str()), ((CROWD - 1, 0), "awaiting_code")),
        (0, 1) => assert_eq!((rest, state.as_str()), ((0, CROWD - 1), "refused")),
        _ => panic!("{firsts:?} each got the reply that they decided"),
    }
    let mut receipts = Vec::new();
    for link in &links {
        receipts.push(world.get(&format!("{link}/receipt")).await.expect(200).text);
    }
    receipts.dedup();
    assert_eq!(receipts.len(), 1, "one receipt for all");
    tenant.settled().await;
    let mails: Vec<Mail> = world.mails_to(&asked.viewer.email).await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].code().is_some(), firsts.0 == 1);
    let entries = tenant.intact_audit().await;
    let decided = entries.iter().filter(|entry| entry.act.action == "approval.decide");
    assert_eq!(decided.count(), 1);
}

#[tokio::test]
async fn of_a_thousand_answers_on_one_link_the_first_wins() {
    the_first_answer_wins(1).await;
}

#[tokio::test]
async fn of_three_approvers_who_press_a_thousand_times_one_is_first() {
    the_first_answer_wins(3).await;
}

/// Sends a thousand activations with the code of `asked`, each with a fresh proof or with none. Returns the tokens of
/// the one that succeeded.
async fn one_gets_in(asked: &Asked, proven: bool) -> Tokens {
    asked.answer("approve").await.expect(200);
    let code = asked.code().await;
    let (viewer, tenant) = (&asked.viewer, &asked.viewer.tenant);
    let answers = join_all((0..CROWD).map(|_| async {
        let proof = proven.then(|| viewer.token_proof());
        viewer.token(&asked.grant(Some(&code)), proof.as_deref()).await
    }))
    .await;
    let (given, refused): (Vec<Answer>, Vec<Answer>) = answers.into_iter().partition(|answer| answer.status == 200);
    assert_eq!((given.len(), refused.len()), (1, CROWD - 1));
    let told = (400, "invalid_grant".to_owned());
    assert!(refused.iter().all(|answer| answer.refusal() == told));
    assert_eq!(tenant.list("devices").await.len(), 1);
    assert_eq!(tenant.count("device.create").await, 1);
    given.into_iter().map(Tokens::of).next().expect("just counted")
}

#[tokio::test]
async fn of_a_thousand_collections_by_one_pc_one_is_given_tokens() {
    let asked = world().tenant().create().await.viewer().ask().await;
    let tokens = one_gets_in(&asked, true).await;
    asked.viewer.refresh(&tokens.refresh).await.expect(200);
}

#[tokio::test]
async fn of_a_thousand_viewers_without_keys_and_with_one_code_one_gets_in() {
    let viewer = world().tenant().create().await.viewer();
    let mut details = viewer.details();
    details.retain(|(name, _)| *name != "dpop_jkt");
    one_gets_in(&viewer.asked(viewer.ask_with(&details).await), false).await;
}

#[tokio::test]
async fn a_family_stays_whole_when_a_thousand_refresh_at_once() {
    let tenant = world().tenant().create().await;
    let secret = tenant.introspection_secret().await;
    let viewer = tenant.viewer();
    let thief = tenant.viewer();
    let tokens = viewer.admitted().await;
    // The owner retries with fresh proofs and replays one proof; a thief tries without the key.
    let replayed = viewer.token_proof();
    let answers = join_all((0..CROWD).map(|turn| {
        let (viewer, thief, tokens, replayed) = (&viewer, &thief, &tokens, &replayed);
        async move {
            let kind = turn % 4;
            let answer = match kind {
                0 => viewer.refresh_with(&tokens.refresh, Some(replayed)).await,
                1 => thief.refresh(&tokens.refresh).await,
                _ => viewer.refresh(&tokens.refresh).await,
            };
            (kind, answer)
        }
    }))
    .await;
    let good = |wanted: &[usize]| {
        let own = answers.iter().filter(|(kind, _)| wanted.contains(kind));
        own.filter(|(_, answer)| answer.status == 200).count()
    };
    assert_eq!(good(&[0]), 1, "a proof works only once");
    assert_eq!(good(&[1]), 0, "a thief gets nothing");
    assert_eq!(good(&[2, 3]), CROWD / 2, "a lost reply can be requested again");
    let issued: Vec<Tokens> = answers
        .into_iter()
        .filter(|(_, answer)| answer.status == 200)
        .map(|(_, answer)| Tokens::of(answer))
        .collect();
    let checks = issued.iter().map(|tokens| tenant.is_active(&secret, &tokens.refresh));
    let active = join_all(checks).await;
    assert_eq!(
        active.iter().filter(|active| **active).count(),
        1,
        "exactly one is current"
    );
    let current = active.iter().position(|active| *active).expect("just counted");
    let next = Tokens::of(viewer.refresh(&issued[current].refresh).await);
    // The successor is in use, so another use of the first token shows that two parties have the family.
    assert_eq!(viewer.refresh(&tokens.refresh).await.refusal().1, "invalid_grant");
    assert_eq!(viewer.refresh(&next.refresh).await.refusal().1, "invalid_grant");
    assert_eq!(tenant.list("devices").await[0]["state"], "revoked");
    tenant.intact_audit().await;
}
