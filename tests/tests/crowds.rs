//! A thousand at once, of several people and several minds: on several links, and over one family of refresh tokens.

use futures::future::join_all;
use tegata_acceptance::edge::{Shared, development};
use tegata_acceptance::mail::Mail;
use tegata_acceptance::viewer::Tokens;
use tegata_acceptance::world::World;

/// Requests at once.
const CROWD: usize = 1_000;

static EDGE: Shared = Shared::new();

fn world() -> World {
    EDGE.world(|| development(env!("CARGO_TARGET_TMPDIR"), "crowds"))
}

#[tokio::test]
async fn of_three_approvers_who_press_a_thousand_times_one_is_first() {
    let world = world();
    let tenant = world.tenant().approver_count(3).create().await;
    let asked = tenant.viewer().ask().await;
    let mut links = Vec::new();
    for approver in &tenant.approvers {
        links.push(asked.question_to(approver).await.link());
    }
    let answers = join_all((0..CROWD).map(|turn| {
        let decision = if turn % 2 == 0 { "approve" } else { "refuse" };
        let fields = [("decision", decision), ("confirm", "yes"), ("lang", "ja")];
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
        _ => panic!("{firsts:?} were told that they decided"),
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
async fn of_a_thousand_collections_at_once_one_is_given_tokens() {
    let tenant = world().tenant().create().await;
    let asked = tenant.viewer().ask().await;
    asked.answer("approve").await.expect(200);
    let code = asked.code().await;
    let answers = join_all((0..CROWD).map(|_| asked.collect(Some(&code)))).await;
    let given: Vec<_> = answers.iter().filter(|answer| answer.status == 200).collect();
    assert_eq!(given.len(), 1);
    let refused = answers.iter().filter(|answer| answer.status == 400);
    assert!(refused.clone().all(|answer| answer.refusal().1 == "invalid_grant"));
    assert_eq!(refused.count(), CROWD - 1);
    assert_eq!(tenant.list("devices").await.len(), 1);
    let first = given[0].member("refresh_token");
    asked.viewer.refresh(&first).await.expect(200);
}

#[tokio::test]
async fn a_family_stays_whole_when_a_thousand_refresh_at_once() {
    let tenant = world().tenant().create().await;
    let secret = tenant.introspection_secret().await;
    let viewer = tenant.viewer();
    let thief = tenant.viewer();
    let tokens = viewer.admitted().await;
    // The owner repeats itself with fresh proofs, replays one proof, and a thief tries without the key.
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
    assert_eq!(good(&[0]), 1, "a proof is good once");
    assert_eq!(good(&[1]), 0, "a thief gets nothing");
    assert_eq!(good(&[2, 3]), CROWD / 2, "a lost reply can be asked for again");
    let issued: Vec<Tokens> = answers
        .into_iter()
        .filter(|(_, answer)| answer.status == 200)
        .map(|(_, answer)| Tokens::of(answer))
        .collect();
    let checks = issued.iter().map(|tokens| tenant.is_active(&secret, &tokens.refresh));
    let active = join_all(checks).await;
    assert_eq!(active.iter().filter(|active| **active).count(), 1, "one is current");
    let current = active.iter().position(|active| *active).expect("just counted");
    let next = Tokens::of(viewer.refresh(&issued[current].refresh).await);
    // The successor is in use, so whoever comes with the first token now shows that two hold the family.
    assert_eq!(viewer.refresh(&tokens.refresh).await.refusal().1, "invalid_grant");
    assert_eq!(viewer.refresh(&next.refresh).await.refusal().1, "invalid_grant");
    assert_eq!(tenant.list("devices").await[0]["state"], "revoked");
    tenant.intact_audit().await;
}
