//! Tests of which texts are accepted as a JWS of ours, and of everything that only looks like one.

use ed25519_dalek::{Signature, Signer as _, SigningKey, Verifier as _, VerifyingKey};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

use super::signing::{KeyPair, signing_input};
use super::{Compact, CompactError, MAX_RECORD, MAX_TOKEN, public_key};
use crate::jwk::ProofKey;
use crate::time::UnixSeconds;
use crate::wire::b64;

const SEED: [u8; 32] = [7; 32];
const TYP: &str = "at+jwt";
const NOW: UnixSeconds = UnixSeconds(1_795_086_400);

#[test]
fn what_is_signed_elsewhere_is_what_would_be_signed_here() {
    let payload = json!({ "sub": "受付PC", "exp": 1_795_000_000 });
    let signed = key().sign("k1", "tegata-identity+jwt", &payload);
    let input = signing_input("k1", "tegata-identity+jwt", &payload);
    assert_eq!(signed.rsplit_once('.').map(|(input, _)| input), Some(input.as_str()));
}

fn key() -> KeyPair {
    KeyPair::from_seed(&SEED)
}

fn claims() -> Value {
    json!({"sub": "佐藤", "iat": NOW, "exp": NOW.plus(600)})
}

fn token() -> String {
    key().sign("k1", TYP, &claims())
}

/// A token with exactly this header, signed by our key.
fn with_header(header: &str) -> String {
    let input = format!("{}.{}", b64::encode(header), b64::encode(claims().to_string()));
    let signature = SigningKey::from_bytes(&SEED).sign(input.as_bytes());
    format!("{input}.{}", b64::encode(signature.to_bytes()))
}

fn accepted(text: &str) -> bool {
    Compact::token(text, TYP, NOW).is_ok_and(|compact| compact.kid == "k1" && compact.verify(&public_key(&SEED)))
}

#[test]
fn signed_and_verified() {
    let token = token();
    let compact = Compact::token(&token, TYP, NOW).unwrap();
    assert!(compact.verify(&public_key(&SEED)));
    assert!(!compact.verify(&public_key(&[8; 32])));
    assert_eq!(compact.payload::<Value>().unwrap()["sub"], "佐藤");
    assert_eq!(format!("{compact:?}"), "Compact(k1)");
    assert_eq!(
        Compact::token(&token, "dpop+jwt", NOW).unwrap_err(),
        CompactError::Type(TYP.to_owned())
    );
}

/// Tokens signed without `jsonwebtoken` have their header members in another order.
#[test]
fn what_was_signed_before_still_verifies() {
    let text = with_header(r#"{"alg":"EdDSA","typ":"at+jwt","kid":"k1"}"#);
    assert!(accepted(&text));
    let head = |text: &str| -> Value {
        let part = b64::decode(text.split_once('.').unwrap().0).unwrap();
        serde_json::from_slice(&part).unwrap()
    };
    assert_eq!(head(&text), head(&token()), "the same header, whatever its order");
    let payload = |text: &str| text.split('.').nth(1).unwrap().to_owned();
    assert_eq!(payload(&text), payload(&token()), "the same bytes of the payload");
}

#[test]
fn header_format_unchanged() {
    let (head, _) = token()
        .split_once('.')
        .map(|(head, rest)| (head.to_owned(), rest.to_owned()))
        .unwrap();
    let head = String::from_utf8(b64::decode(&head).unwrap()).unwrap();
    assert_eq!(head, r#"{"typ":"at+jwt","alg":"EdDSA","kid":"k1"}"#);
}

#[test]
fn a_proof_carries_its_public_key_and_nothing_private() {
    let proof = key().sign_with_key_inside("dpop+jwt", &json!({}));
    let head: Value = serde_json::from_slice(&b64::decode(proof.split_once('.').unwrap().0).unwrap()).unwrap();
    let x = b64::encode(public_key(&SEED));
    let jwk: Value = serde_json::from_str(&ProofKey::Ed25519 { x }.canonical_json()).unwrap();
    assert_eq!(head, json!({"typ": "dpop+jwt", "alg": "EdDSA", "jwk": jwk}));
    assert_eq!(
        format!("{:?}", key()),
        format!("KeyPair({})", b64::encode(key().public()))
    );
}

#[test]
fn every_changed_byte_is_noticed() {
    let token = token();
    for at in 0..token.len() {
        for replacement in [b'A', b'B', b'_', b'.', b'='] {
            let mut changed = token.clone().into_bytes();
            if changed[at] == replacement {
                continue;
            }
            changed[at] = replacement;
            let changed = String::from_utf8(changed).unwrap();
            assert!(!accepted(&changed), "byte {at} as {}", replacement as char);
        }
    }
}

#[test]
fn other_algorithms_are_no_headers_of_ours() {
    let payload = b64::encode(claims().to_string());
    let public = public_key(&SEED);
    for alg in ["none", "None", "HS256", "ES256", "Ed25519", "eddsa", ""] {
        let input = format!(r#"{{"alg":"{alg}","typ":"at+jwt","kid":"k1"}}"#);
        let input = format!("{}.{payload}", b64::encode(input));
        for known in [&public[..], b64::encode(public).as_bytes()] {
            let mac = Hmac::<Sha256>::new_from_slice(known).unwrap().chain_update(&input);
            let mac = b64::encode(mac.finalize().into_bytes());
            let ours = SigningKey::from_bytes(&SEED).sign(input.as_bytes()).to_bytes();
            for signature in [String::new(), b64::encode([0; 64]), mac, b64::encode(ours)] {
                assert_eq!(
                    Compact::token(&format!("{input}.{signature}"), TYP, NOW).unwrap_err(),
                    CompactError::Algorithm(alg.to_owned())
                );
            }
        }
    }
}

/// Each token is signed by our key, so only the header can cause its rejection.
#[test]
fn a_header_has_our_three_members_once_and_no_other() {
    assert!(accepted(&with_header(r#"{"alg":"EdDSA","typ":"at+jwt","kid":"k1"}"#)));
    for header in [
        r#"{"alg":"EdDSA","typ":"at+jwt","kid":"k1","crit":["exp"]}"#,
        r#"{"alg":"EdDSA","typ":"at+jwt","kid":"k1","crit":[]}"#,
        r#"{"alg":"EdDSA","typ":"at+jwt","kid":"k1","crit":null}"#,
        r#"{"alg":"EdDSA","typ":"at+jwt","kid":"k1","crit":["b64"],"b64":false}"#,
        r#"{"alg":"EdDSA","typ":"at+jwt","kid":"k1","b64":false}"#,
        r#"{"alg":"EdDSA","typ":"at+jwt","kid":"k1","jku":"https://evil.example/keys"}"#,
        r#"{"alg":"EdDSA","typ":"at+jwt","kid":"k1","jwk":{"kty":"OKP","crv":"Ed25519","x":"AA"}}"#,
        r#"{"alg":"EdDSA","typ":"at+jwt","kid":"k1","kid":"k1"}"#,
        r#"{"alg":"none","alg":"EdDSA","typ":"at+jwt","kid":"k1"}"#,
        r#"{"alg":"EdDSA","alg":"none","typ":"at+jwt","kid":"k1"}"#,
        r#"{"alg":"EdDSA","typ":"at+jwt","typ":"at+jwt","kid":"k1"}"#,
        r#"{"alg":["EdDSA"],"typ":"at+jwt","kid":"k1"}"#,
        r#"{"typ":"at+jwt","kid":"k1"}"#,
        r#"["EdDSA","at+jwt","k1"]"#,
        r#"{"alg":"EdDSA","typ":"at+jwt","kid":"k1"} {}"#,
        r#"{"alg":"EdDSA","typ":"at+jwt","kid":"k1""#,
        "null",
        "",
    ] {
        assert_eq!(
            Compact::token(&with_header(header), TYP, NOW).unwrap_err(),
            CompactError::Malformed("header"),
            "{header}"
        );
    }
    for (typ, header) in [
        ("JWT", r#"{"alg":"EdDSA","typ":"JWT","kid":"k1"}"#),
        ("AT+JWT", r#"{"alg":"EdDSA","typ":"AT+JWT","kid":"k1"}"#),
        (
            "application/at+jwt",
            r#"{"alg":"EdDSA","typ":"application/at+jwt","kid":"k1"}"#,
        ),
        ("", r#"{"alg":"EdDSA","kid":"k1"}"#),
    ] {
        let error = Compact::token(&with_header(header), TYP, NOW).unwrap_err();
        assert_eq!(error, CompactError::Type(typ.to_owned()));
    }
}

#[test]
fn three_canonical_parts_and_nothing_around_them() {
    let token = token();
    assert!(accepted(&token));
    let [header, payload, signature] = token.split('.').collect::<Vec<_>>().try_into().unwrap();
    // 64 bytes fill 86 characters; the last four bits of the last character must be zero.
    let (kept, last) = signature.split_at(85);
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let next = ALPHABET
        .bytes()
        .skip_while(|byte| [*byte] != last.as_bytes())
        .nth(1)
        .unwrap();
    let loose = format!("{kept}{}", char::from(next));
    let standard = token.replace('-', "+").replace('_', "/");
    assert_ne!(
        standard, token,
        "it has a character that the two alphabets write differently"
    );
    for text in [
        String::new(),
        ".".to_owned(),
        "..".to_owned(),
        "...".to_owned(),
        header.to_owned(),
        format!("{header}.{payload}"),
        format!("{header}.{payload}."),
        format!("{header}..{signature}"),
        format!(".{payload}.{signature}"),
        format!("{token}."),
        format!(".{token}"),
        format!("{token}.."),
        format!("{token}.e30"),
        format!("{header}.{payload}.e30.{signature}"),
        format!("{header}=.{payload}.{signature}"),
        format!("{header}==.{payload}.{signature}"),
        format!("{header}.{payload}=.{signature}"),
        format!("{header}.{payload}.{signature}="),
        format!("{header}.{payload}.{signature}=="),
        format!("{header}.{payload}.{loose}"),
        format!("{header}.{payload}.{signature}A"),
        format!("{header}.{payload}.{signature}AA"),
        format!("{header}.{payload}.{kept}"),
        format!(" {token}"),
        format!("{token}\n"),
        format!("{header}.{payload}\n.{signature}"),
        format!("{header}.{payload}.é{signature}"),
        standard,
    ] {
        let refused = Compact::token(&text, TYP, NOW).unwrap_err();
        assert!(matches!(refused, CompactError::Malformed(_)), "{text}: {refused}");
    }
}

#[test]
fn nothing_long_is_read() {
    let long = |bytes: usize| {
        key().sign(
            "k1",
            TYP,
            &json!({"iat": NOW, "exp": NOW.plus(1), "sub": "a".repeat(bytes)}),
        )
    };
    let read = |text: &str| {
        let token = Compact::token(text, TYP, NOW).err();
        (token, Compact::record(text, TYP).err())
    };
    assert_eq!(read(&long(5000)), (None, None));
    assert_eq!(read(&long(7000)), (Some(CompactError::TooLong(MAX_TOKEN)), None));
    for text in [
        long(60_000),
        long(10_000_000),
        ".".repeat(10_000_000),
        "e30.".repeat(2_500_000),
    ] {
        let (token, record) = (CompactError::TooLong(MAX_TOKEN), CompactError::TooLong(MAX_RECORD));
        assert_eq!(read(&text), (Some(token), Some(record)));
    }
}

#[test]
fn a_token_is_good_from_its_beginning_to_its_end() {
    let read = |claims: &Value| {
        let token = key().sign("k1", TYP, claims);
        let read = Compact::token(&token, TYP, NOW).map(|compact| compact.kid);
        assert!(Compact::record(&token, TYP).is_ok(), "a record has no end");
        read
    };
    let good = Ok("k1".to_owned());
    for (what, claims, expected) in [
        ("live", json!({"iat": NOW, "exp": NOW.plus(1)}), good.clone()),
        (
            "a clock ahead",
            json!({"iat": NOW.plus(5), "exp": NOW.plus(9)}),
            good.clone(),
        ),
        ("begun", json!({"iat": NOW, "exp": NOW.plus(9), "nbf": NOW}), good),
        ("ended", json!({"iat": NOW, "exp": NOW}), Err(CompactError::Time)),
        ("long ended", json!({"iat": 0, "exp": 1}), Err(CompactError::Time)),
        (
            "of the future",
            json!({"iat": NOW.plus(6), "exp": NOW.plus(9)}),
            Err(CompactError::Time),
        ),
        (
            "not begun",
            json!({"iat": NOW, "exp": NOW.plus(9), "nbf": NOW.plus(6)}),
            Err(CompactError::Time),
        ),
        ("endless", json!({"iat": NOW}), Err(CompactError::Malformed("payload"))),
        (
            "no beginning",
            json!({"exp": NOW.plus(9)}),
            Err(CompactError::Malformed("payload")),
        ),
        (
            "null",
            json!({"iat": NOW, "exp": null}),
            Err(CompactError::Malformed("payload")),
        ),
        (
            "never",
            json!({"iat": NOW, "exp": "never"}),
            Err(CompactError::Malformed("payload")),
        ),
        (
            "a fraction",
            json!({"iat": NOW, "exp": 1e300}),
            Err(CompactError::Malformed("payload")),
        ),
        (
            "a list",
            json!([NOW, NOW.plus(9)]),
            Err(CompactError::Malformed("payload")),
        ),
    ] {
        assert_eq!(read(&claims), expected, "{what}");
    }
}

/// The group order L, little-endian (RFC 8032 section 5.1).
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

#[test]
fn a_signature_has_one_spelling() {
    let token = token();
    let (input, signature) = token.rsplit_once('.').unwrap();
    let mut signature = b64::decode(signature).unwrap();
    let mut carry = 0;
    for (byte, order) in signature[32..].iter_mut().zip(ORDER) {
        let sum = u16::from(*byte) + u16::from(order) + carry;
        (*byte, carry) = (sum as u8, sum >> 8);
    }
    assert_eq!(carry, 0, "S + L has 256 bits");
    let malleable = format!("{input}.{}", b64::encode(signature));
    let compact = Compact::token(&malleable, TYP, NOW).unwrap();
    assert!(!compact.verify(&public_key(&SEED)));
}

/// For public keys of small order, the equation of RFC 8032 accepts one signature for many messages: the one with the
/// neutral point as R and zero as S.
#[test]
fn a_public_key_of_small_order_signs_nothing() {
    let mut neutral = [0; 32];
    neutral[0] = 1;
    let mut signature = [0; 64];
    signature[..32].copy_from_slice(&neutral);
    let order_8 = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05";
    let order_8_too = "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a";
    let bytes = |hex: &str, sign: u8| -> [u8; 32] {
        let mut bytes = [0; 32];
        for (byte, digits) in bytes.iter_mut().zip(hex.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(core::str::from_utf8(digits).unwrap(), 16).unwrap();
        }
        bytes[31] |= sign;
        bytes
    };
    let minus_one = format!("ec{}7f", "ff".repeat(30));
    let keys = [
        neutral,
        bytes(&minus_one, 0),
        bytes(&"00".repeat(32), 0),
        bytes(&"00".repeat(32), 0x80),
        bytes(order_8, 0),
        bytes(order_8, 0x80),
        bytes(order_8_too, 0),
        bytes(order_8_too, 0x80),
    ];
    for public in keys {
        let lax = VerifyingKey::from_bytes(&public).unwrap();
        let forged = (0..500).find_map(|number| {
            let header = b64::encode(r#"{"typ":"at+jwt","alg":"EdDSA","kid":"k1"}"#);
            let payload = json!({"iat": NOW, "exp": NOW.plus(600), "jti": number}).to_string();
            let input = format!("{header}.{}", b64::encode(payload));
            let fits = lax.verify(input.as_bytes(), &Signature::from_bytes(&signature)).is_ok();
            fits.then(|| format!("{input}.{}", b64::encode(signature)))
        });
        let forged = forged.expect("one message in eight at worst");
        let compact = Compact::token(&forged, TYP, NOW).unwrap();
        assert!(!compact.verify(&public), "{}", b64::encode(public));
    }
}
