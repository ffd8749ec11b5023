//! Receipts: the committed vector verifies, and nothing that differs from it in a single byte does.

use crate::support::command::Pc;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::path::PathBuf;
use tegata_client::jwks::KeySet;
use tegata_client::receipt::{ReceiptError, verify};

const SEED: [u8; 32] = [42; 32];
const STATEMENT: &str = "閲覧許可の申請\n\n申請者：山田 太郎\nPC名：受付のPC";

fn vector(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "vectors", name].iter().collect()
}

fn vectors() -> (String, KeySet) {
    let receipt = std::fs::read_to_string(vector("receipt.jwt")).unwrap();
    (
        receipt,
        KeySet::parse(&std::fs::read(vector("keys.json")).unwrap()).unwrap(),
    )
}

fn header() -> Value {
    json!({"alg": "EdDSA", "typ": "tegata-receipt+jwt", "kid": "r1"})
}

fn claims() -> Value {
    let hash = URL_SAFE_NO_PAD.encode(Sha256::digest(STATEMENT.as_bytes()));
    json!({
        "iss": "https://edge.example/t/aozora", "jti": "ap-1", "iat": 1_775_034_060, "sub": "reg-1", "kind": "viewer",
        "outcome": "approved", "requested_at": 1_775_034_000, "expires_at": 1_775_293_200, "decided_at": 1_775_034_060,
        "requester": {"name": "山田 太郎", "email": "taro@aozora.example", "organization": "青空病院"},
        "device": {"name": "受付のPC", "jkt": "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"},
        "approver": {"name": "佐藤 花子", "email": "hanako.sato@aozora.example"},
        "text": {"lang": "ja", "sha256": hash, "statement": STATEMENT},
    })
}

fn sign(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(header), part(claims));
    let signature = SigningKey::from_bytes(&SEED).sign(signed.as_bytes());
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
}

/// The vector was made with another implementation (Python's `cryptography`), from the seed above.
#[test]
fn the_vector_verifies_and_says_what_was_signed() {
    let (receipt, keys) = vectors();
    assert!(verify(&sign(&header(), &claims()), &keys).is_ok(), "the same key");
    let verified = verify(&receipt, &keys).unwrap();
    assert_eq!(serde_json::to_value(verified).unwrap(), claims());
}

#[test]
fn no_single_byte_can_be_changed() {
    let (receipt, keys) = vectors();
    let bytes = receipt.trim_end().as_bytes();
    for place in 0..bytes.len() {
        let mut tampered = bytes.to_vec();
        // Another character of the alphabet, so that decoding succeeds.
        tampered[place] = if tampered[place] == b'A' { b'g' } else { b'A' };
        let tampered = String::from_utf8(tampered).unwrap();
        assert!(verify(&tampered, &keys).is_err(), "byte {place}");
        assert!(verify(&receipt[..place], &keys).is_err(), "cut at {place}");
    }
}

#[test]
fn other_algorithms_types_and_keys_are_refused() {
    let (_, keys) = vectors();
    let with = |member: &str, value: &str| {
        let mut header = header();
        header[member] = Value::from(value);
        verify(&sign(&header, &claims()), &keys).unwrap_err()
    };
    for algorithm in ["none", "None", "HS256", "ES256", "RS256"] {
        assert_eq!(with("alg", algorithm), ReceiptError::Algorithm(algorithm.to_owned()));
    }
    assert_eq!(with("typ", "at+jwt"), ReceiptError::Type("at+jwt".to_owned()));
    assert_eq!(with("kid", "r2"), ReceiptError::UnknownKey("r2".to_owned()));
    assert_eq!(
        with("kid", "t1"),
        ReceiptError::UnknownKey("t1".to_owned()),
        "a token key must not sign receipts"
    );
    assert_eq!(with("jku", "https://evil.example"), ReceiptError::Malformed("header"));
    assert_eq!(with("crit", "b64"), ReceiptError::Malformed("header"));
}

#[test]
fn what_says_that_it_was_signed_after_its_key_had_ended_is_refused() {
    let (receipt, keys) = vectors();
    let kid = header()["kid"].as_str().unwrap().to_owned();
    let iat = claims()["iat"].as_u64().unwrap();
    let ended = |at: u64| {
        let mut keys = keys.clone();
        for key in keys.keys.iter_mut().filter(|key| key.kid.as_deref() == Some(&kid)) {
            key.other.insert("tegata_not_after".to_owned(), Value::from(at));
        }
        verify(receipt.trim_end(), &keys)
    };
    assert_eq!(ended(iat - 1).unwrap_err(), ReceiptError::EndedKey(kid.clone()));
    assert!(ended(iat).is_ok(), "signed before it ended");
}

/// The classic confusion attack: the public key, which everyone has, used as a shared secret; and no signature at all.
#[test]
fn an_unsigned_receipt_is_refused() {
    let (receipt, keys) = vectors();
    let (signed, _) = receipt.trim_end().rsplit_once('.').unwrap();
    assert!(verify(&format!("{signed}."), &keys).is_err());
    assert!(verify(signed, &keys).is_err());
    let none = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"tegata-receipt+jwt","kid":"r1"}"#);
    let unsigned = format!("{none}.{}.", URL_SAFE_NO_PAD.encode(claims().to_string()));
    assert_eq!(
        verify(&unsigned, &keys).unwrap_err(),
        ReceiptError::Algorithm("none".to_owned())
    );
}

#[test]
fn the_statement_must_be_the_hashed_text() {
    let (_, keys) = vectors();
    let mut other = claims();
    other["text"]["statement"] = Value::from("何も許可しません。");
    assert_eq!(
        verify(&sign(&header(), &other), &keys).unwrap_err(),
        ReceiptError::TextHash
    );
}

#[tokio::test]
async fn the_command_prints_the_facts_or_says_what_is_wrong() {
    let pc = Pc::new();
    let (receipt, keys) = (vector("receipt.jwt"), vector("keys.json"));
    let keys = keys.to_str().unwrap();
    let arguments = ["verify", "receipt", receipt.to_str().unwrap(), "--keys", keys];
    let good = pc.run(&arguments).await;
    assert_eq!(good.code, 0, "{good:?}");
    assert!(
        good.stdout.contains("approver.name\t佐藤 花子") && good.stdout.contains("decided_at\t2026-04-01T09:01:00Z"),
        "{good:?}"
    );
    let elsewhere = pc
        .run(&[&arguments[..], &["--issuer", "https://edge.example/t/midori", "--json"]].concat())
        .await;
    assert_eq!((elsewhere.code, elsewhere.error().as_str()), (6, "receipt_issuer"));

    let tampered = pc.file("tampered.jwt");
    let mut bytes = std::fs::read(&receipt).unwrap();
    let last = bytes.len() - 10;
    bytes[last] = if bytes[last] == b'A' { b'B' } else { b'A' };
    std::fs::write(&tampered, bytes).unwrap();
    let bad = pc
        .run(&[
            "--json",
            "verify",
            "receipt",
            tampered.to_str().unwrap(),
            "--keys",
            keys,
        ])
        .await;
    assert_eq!((bad.code, bad.error().as_str()), (6, "receipt_signature"));
}

/// A participant's consent has no account behind its name, and says so.
#[tokio::test]
async fn a_participants_consent_is_shown_with_a_word_on_its_name() {
    let mut claims = claims();
    claims["kind"] = json!("attended");
    claims["approver"] = json!({"name": "佐藤 次郎", "email": "", "organization": "みなと工機"});
    claims["attended"] = json!({
        "title": "検査結果の表示について", "abilities": ["view_screen", "files"],
        "granted": {"from": 1_775_034_000, "until": 1_775_048_400},
    });
    claims.as_object_mut().unwrap().remove("device");
    let pc = Pc::new();
    let receipt = pc.file("attended.jwt");
    std::fs::write(&receipt, sign(&header(), &claims)).unwrap();
    let keys = vector("keys.json");
    let paths = [&receipt, &keys].map(|path| path.to_str().unwrap());
    let run = pc
        .run(&["--language", "en", "verify", "receipt", paths[0], "--keys", paths[1]])
        .await;
    assert_eq!(run.code, 0, "{run:?}");
    for part in [
        "nobody has verified it",
        "佐藤 次郎",
        "みなと工機",
        "検査結果の表示について",
    ] {
        assert!(run.stdout.contains(part), "{part}: {run:?}");
    }
}
