//! `tegata verify`: anyone can check a receipt (B3) and an audit log (B4) offline.

use std::fs;

use tegata_acceptance::forged::changed;

use crate::operator::operator;
use crate::program::Pc;
use crate::world;

const VERIFICATION: i32 = 6;

#[tokio::test]
async fn a_receipt_is_verified_with_saved_keys_and_a_bent_one_is_not() {
    let world = world();
    let tenant = world.tenant().create().await;
    let asked = tenant.viewer().ask().await;
    asked.answer("approve").await.expect(200);
    let receipt = world.get(&format!("{}/receipt", asked.link().await)).await.expect(200);
    let pc = Pc::new();
    let (file, keys) = (pc.file("receipt.jwt"), pc.file("keys.json"));
    fs::write(&file, &receipt.text).expect("saved");
    pc.run(&["keys", "save", "--edge", &world.url, &keys]).await.expect(0);

    let verify = ["verify", "receipt", &file, "--keys", &keys];
    let told = pc.run(&verify).await.expect(0).json();
    assert_eq!(told["valid"], true);
    let receipt_told = &told["receipt"];
    assert_eq!(receipt_told["iss"], tenant.issuer);
    assert_eq!(receipt_told["outcome"], "approved");
    assert_eq!(receipt_told["approver"]["email"], tenant.approvers[0]);
    assert_eq!(receipt_told["requester"]["email"], asked.viewer.email);
    assert_eq!(receipt_told["device"]["jkt"], asked.viewer.key.thumbprint());

    let issued = [&verify[..], &["--issuer", &tenant.issuer]].concat();
    pc.run(&issued).await.expect(0);
    let other = format!("{}x", tenant.issuer);
    let elsewhere = [&verify[..], &["--issuer", &other]].concat();
    assert_eq!(pc.run(&elsewhere).await.expect(VERIFICATION).error(), "receipt_issuer");

    for position in [3, receipt.text.len() / 2, receipt.text.len() - 2] {
        fs::write(&file, changed(&receipt.text, position)).expect("saved");
        pc.run(&verify).await.expect(VERIFICATION);
    }
    // The same edge also signs access tokens, which are not receipts.
    let code = asked.code().await;
    let token = asked.collect(Some(&code)).await.expect(200).member("access_token");
    fs::write(&file, token).expect("saved");
    assert_eq!(pc.run(&verify).await.expect(VERIFICATION).error(), "receipt_type");
}

#[tokio::test]
async fn an_exported_audit_log_is_verified_and_a_changed_one_is_not() {
    let world = world();
    let tenant = world.tenant().create().await;
    let asked = tenant.viewer().ask().await;
    asked.answer("approve").await.expect(200);
    let pc = Pc::new();
    let file = pc.file("audit.jsonl");
    let export = operator(&tenant, &["audit", &tenant.slug, "--export", &file]);
    let told = pc.run(&export).await.expect(0).json();
    let saved = fs::read_to_string(&file).expect("saved");
    assert_eq!(saved.lines().count(), tenant.intact_audit().await.len());

    let verify = ["verify", "audit", &file];
    let intact = pc.run(&verify).await.expect(0).json();
    assert_eq!((&intact["entries"], &intact["hash"]), (&told["entries"], &told["hash"]));
    let hash = told["hash"].as_str().expect("a hash");
    pc.run(&[&verify[..], &["--head", hash]].concat()).await.expect(0);

    let refused = saved.replace(r#""outcome":"approved""#, r#""outcome":"refused""#);
    assert_ne!(refused, saved);
    fs::write(&file, refused).expect("saved");
    assert_eq!(pc.run(&verify).await.expect(VERIFICATION).error(), "audit_hash");
    let (cut, _) = saved.trim_end().rsplit_once('\n').expect("several lines");
    fs::write(&file, format!("{cut}\n")).expect("saved");
    pc.run(&verify).await.expect(0);
    let held = pc.run(&[&verify[..], &["--head", hash]].concat()).await;
    assert_eq!(held.expect(VERIFICATION).error(), "audit_noted");
}
