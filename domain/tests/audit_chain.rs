//! An exported audit log, tampered with in every way we could think of.

use tegata_domain::audit::chain::{Broken, ChainVerifier, Fault, Intact};
use tegata_domain::audit::head::HeadClaims;
use tegata_domain::audit::{Act, Actor, AuditEntry};
use tegata_domain::time::UnixSeconds;

const LENGTH: i64 = 12;

fn entries() -> Vec<AuditEntry> {
    let mut entries: Vec<AuditEntry> = Vec::new();
    for number in 0..LENGTH {
        let actor = Actor::new("requester", Some("taro@aozora.example"), Some("192.0.2.1"));
        let mut act = Act::new(actor, "device.create", format!("device/{number}"), "受付PC");
        if number % 3 == 0 {
            act = act.answered_by("e8Na3vpN");
        }
        entries.push(AuditEntry::next(
            entries.last(),
            act,
            UnixSeconds(1_795_000_000 + number),
        ));
    }
    entries
}

fn lines(entries: &[AuditEntry]) -> Vec<String> {
    entries
        .iter()
        .map(|entry| serde_json::to_string(entry).unwrap())
        .collect()
}

fn checked(mut verifier: ChainVerifier, lines: &[String]) -> Result<Intact, Broken> {
    for line in lines {
        verifier.line(line.as_bytes())?;
    }
    verifier.finish()
}

fn head(entry: &AuditEntry) -> HeadClaims {
    HeadClaims {
        iss: "https://edge.example.com/t/aozora".to_owned(),
        iat: UnixSeconds(1_795_086_400),
        seq: entry.seq,
        hash: entry.hash.clone(),
    }
}

/// A small deterministic random number generator.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

/// One change of a log, and whether it can only be detected with a head that was kept.
fn tampered(dice: &mut Dice, entries: &[AuditEntry]) -> (String, Vec<String>, bool) {
    let mut lines = lines(entries);
    let at = dice.below(lines.len());
    let last = at == lines.len() - 1;
    let mut needs_head = false;
    let what = match dice.below(11) {
        0 => {
            let mut bytes = lines[at].clone().into_bytes();
            let place = dice.below(bytes.len());
            let new = u8::try_from(dice.below(128)).unwrap();
            bytes[place] = if bytes[place] == new { new ^ 1 } else { new };
            lines[at] = String::from_utf8_lossy(&bytes).into_owned();
            format!("byte {place}")
        }
        1 => {
            let mut entry = entries[at].clone();
            match dice.below(9) {
                0 => entry.at = entry.at.plus(-1),
                1 => entry.act.actor.kind.push('s'),
                2 => entry.act.actor.id = None,
                3 => entry.act.actor.address = Some("192.0.2.2".to_owned()),
                4 => entry.act.object.push('0'),
                5 => entry.act.outcome.clear(),
                6 => entry.act.requester = Some("jiro@aozora.example".to_owned()),
                7 => {
                    entry.act.approver = if entry.act.approver.is_some() {
                        None
                    } else {
                        Some(String::new())
                    }
                }
                _ => entry.seq += 1,
            }
            lines[at] = serde_json::to_string(&entry).unwrap();
            "changed field".to_owned()
        }
        2 => {
            lines.remove(at);
            needs_head = last;
            "removed".to_owned()
        }
        3 => {
            let actor = Actor::new("operator", None, None);
            let act = Act::new(actor, "tenant.update", "tenant/aozora".to_owned(), "done");
            let new = AuditEntry::next(at.checked_sub(1).map(|before| &entries[before]), act, entries[at].at);
            lines.insert(at, serde_json::to_string(&new).unwrap());
            "inserted".to_owned()
        }
        4 => {
            let other = (at + 1 + dice.below(lines.len() - 1)) % lines.len();
            lines.swap(at, other);
            format!("swapped with {other}")
        }
        5 => {
            let place = dice.below(lines.len() + 1);
            lines.insert(place, lines[at].clone());
            format!("repeated at {place}")
        }
        6 => {
            lines.drain(..=at);
            "start removed".to_owned()
        }
        7 => {
            lines.truncate(at);
            needs_head = true;
            "end removed".to_owned()
        }
        8 => {
            let mut act = entries[at].act.clone();
            act.outcome = "refused".to_owned();
            let new = AuditEntry::next(at.checked_sub(1).map(|before| &entries[before]), act, entries[at].at);
            lines[at] = serde_json::to_string(&new).unwrap();
            needs_head = last;
            "rehashed".to_owned()
        }
        9 => {
            let added = [
                r#","note":"ok"}"#,
                r#","seq":1}"#,
                r#","outcome":"受付PC"}"#,
                r#","requester":null}"#,
            ];
            let added = added[dice.below(added.len())];
            lines[at] = format!("{}{added}", lines[at].strip_suffix('}').unwrap());
            format!("{added} added")
        }
        _ => {
            let spelt = match dice.below(5) {
                0 => lines[at].replacen(',', ", ", 1),
                1 => lines[at].replacen("\"at\":", "\"at\":0e0,", 1),
                2 => lines[at].replacen("device", "\\u0064evice", 1),
                3 => format!("{} ", lines[at]),
                _ => lines[at].replacen("\"actor\":{", "\"actor\":{\"kind\":\"requester\",", 1),
            };
            lines[at] = spelt;
            "spelled differently".to_owned()
        }
    };
    (format!("entry {}: {what}", at + 1), lines, needs_head)
}

#[test]
fn a_thousand_tamperings_are_found_and_an_untouched_log_is_intact() {
    let entries = entries();
    let untouched = lines(&entries);
    let last = entries.last().unwrap();
    let mut dice = Dice(1);
    for number in 0..1_000 {
        let (what, lines, needs_head) = tampered(&mut dice, &entries);
        assert_ne!(lines, untouched, "{number} {what}");
        let with_head = ChainVerifier::whole().through(&head(last));
        assert!(checked(with_head.clone(), &lines).is_err(), "{number} {what}");
        assert!(
            checked(ChainVerifier::whole().with_hash(&last.hash), &lines).is_err(),
            "{number} {what}"
        );
        if !needs_head {
            assert!(
                checked(ChainVerifier::whole(), &lines).is_err(),
                "{number} {what}, without a head"
            );
        }
        let intact = checked(with_head, &untouched).unwrap();
        assert_eq!((intact.entries, intact.seq, intact.covered), (LENGTH, LENGTH, LENGTH));
    }
}

#[test]
fn the_first_bad_entry_is_named() {
    let entries = entries();
    let broken = |change: &dyn Fn(&mut Vec<String>)| {
        let mut lines = lines(&entries);
        change(&mut lines);
        let broken = checked(ChainVerifier::whole(), &lines).unwrap_err();
        (broken.seq, broken.fault)
    };
    assert_eq!(broken(&|lines| drop(lines.remove(3))), (4, Fault::Number { found: 5 }));
    assert_eq!(
        broken(&|lines| lines.insert(3, lines[2].clone())),
        (4, Fault::Number { found: 3 })
    );
    let changed = |lines: &mut Vec<String>| lines[4] = lines[4].replace("受付PC", "受付pc");
    assert_eq!(broken(&changed), (5, Fault::Hash));
    let spaced = |lines: &mut Vec<String>| lines[5] = lines[5].replacen(':', ": ", 1);
    assert_eq!(broken(&spaced), (6, Fault::Spelling));
    let twice = |lines: &mut Vec<String>| lines[6] = lines[6].replacen('{', r#"{"seq":7,"#, 1);
    assert!(matches!(broken(&twice), (7, Fault::NotAnEntry(why)) if why.starts_with("duplicate field")));
    let more = |lines: &mut Vec<String>| lines[6] = lines[6].replacen('{', r#"{"x":7,"#, 1);
    assert!(matches!(broken(&more), (7, Fault::NotAnEntry(why)) if why.starts_with("unknown field")));
    assert_eq!(broken(&|lines| lines.clear()), (1, Fault::Empty));
}

#[test]
fn every_head_must_be_on_the_chain() {
    let entries = entries();
    let lines = lines(&entries);
    let through = |change: fn(&mut HeadClaims)| {
        let mut other = head(&entries[7]);
        change(&mut other);
        let verifier = ChainVerifier::whole().through(&head(&entries[2])).through(&other);
        checked(verifier, &lines)
            .map(|intact| intact.covered)
            .map_err(|broken| (broken.seq, broken.fault))
    };
    assert_eq!(through(|_| {}), Ok(8));
    assert_eq!(through(|head| head.hash.push('A')), Err((8, Fault::Head)));
    assert_eq!(through(|head| head.seq = 9), Err((9, Fault::Head)));
    assert_eq!(through(|head| head.seq = 13), Err((13, Fault::CutOff)));
    assert_eq!(through(|head| head.seq = 0), Err((0, Fault::Before)));
    let both = ChainVerifier::whole().through(&head(&entries[7])).through(&HeadClaims {
        hash: "other".to_owned(),
        ..head(&entries[7])
    });
    assert_eq!(
        checked(both, &lines).unwrap_err().fault,
        Fault::Head,
        "two heads that contradict each other"
    );
}

#[test]
fn the_rest_of_a_log_is_checked_from_a_trusted_place() {
    let entries = entries();
    let lines = lines(&entries);
    let trusted = &entries[4];
    let rest = || ChainVerifier::after(trusted.seq, &trusted.hash);
    assert_eq!(checked(rest(), &lines[5..]).unwrap().entries, LENGTH - 5);
    assert_eq!(checked(rest(), &[]).unwrap().entries, 0);
    assert_eq!(checked(rest(), &lines).unwrap_err().fault, Fault::Number { found: 1 });
    let other = ChainVerifier::after(trusted.seq, "other");
    assert_eq!(checked(other, &lines[5..]).unwrap_err().fault, Fault::Previous);
    assert_eq!(
        checked(rest().with_hash(&entries[2].hash), &lines[5..])
            .unwrap_err()
            .fault,
        Fault::Noted
    );
}
