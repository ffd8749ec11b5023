//! Files, in both directions: who accepts them, where they go, that a transfer goes on, and what becomes of one that is
//! not what was offered.

use super::{COMMAND, allowed, ask, eventually, id, in_session, outcome, session_order, started};
use crate::agent::status;
use crate::support::command::Pc;
use crate::support::fake_edge::{FakeEdge, Inner};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::PathBuf;
use std::time::Duration;
use tegata_domain::session::frame::{Kind, LOWER_OPENS};
use tokio::process::Child;
use tokio::time::{Instant, sleep};

const FILES: [&str; 1] = ["files"];

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Bytes that repeat only after a while.
fn content(length: usize) -> Vec<u8> {
    (0..length).map(|at| u8::try_from(at * at / 7 % 251).unwrap()).collect()
}

fn incoming(pc: &Pc) -> PathBuf {
    pc.home().canonicalize().unwrap().join("incoming")
}

/// A connected agent in a session, which takes files into `incoming` and offers those of `log`.
async fn exchanging(accept: &str) -> (FakeEdge, Pc, Child) {
    let (edge, pc, mut agent) = allowed("").await;
    agent.kill().await.unwrap();
    let log = pc.home().canonicalize().unwrap().join("log");
    fs::create_dir(incoming(&pc)).unwrap();
    fs::create_dir(&log).unwrap();
    super::configure(
        &pc,
        &format!(
            "[files]\nfolder = \"{}\"\noffer = [\"{}\"]\naccept = \"{accept}\"\n",
            incoming(&pc).display(),
            log.display()
        ),
    );
    let agent = started(&edge, &pc).await;
    edge.now().session.pays = true;
    in_session(&edge, &FILES).await;
    (edge, pc, agent)
}

/// The agent opens a stream for the offer; returns the stream and from where it wants the file.
async fn wanted(edge: &FakeEdge, nth: usize) -> (u32, Value) {
    eventually(edge, "a wish", |now| {
        let stream = *now.session.opened.get(nth)?;
        let first = now.session.frames.get(&stream)?.first()?;
        Some((stream, serde_json::from_slice(first).unwrap()))
    })
    .await
}

/// Sends on a stream what the agent pays for. Stops when the stream ends.
async fn sends(edge: &FakeEdge, stream: u32, bytes: &[u8]) {
    for piece in bytes.chunks(30_000) {
        let end = Instant::now() + Duration::from_secs(20);
        while edge.now().session.room(stream) < piece.len() as u64 + 24 {
            if edge.now().session.closed.contains(&stream) {
                return;
            }
            assert!(Instant::now() < end, "no credit");
            sleep(Duration::from_millis(2)).await;
        }
        edge.now().session.send(stream, piece);
    }
}

/// How the offer ended, as the agent said.
async fn received(edge: &FakeEdge, offer: &str) -> String {
    eventually(edge, "the end of the offer", |now| {
        let told = |said: &&Value| said["type"] == "received" && said["id"] == offer;
        Some(now.session.heard.iter().find(told)?["outcome"].as_str()?.to_owned())
    })
    .await
}

fn files(pc: &Pc) -> Vec<String> {
    let entries = fs::read_dir(incoming(pc)).unwrap().flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

async fn state(pc: &Pc) -> Value {
    status(pc).await["session"]["offers"][0].clone()
}

#[tokio::test]
async fn a_file_arrives_once_somebody_at_the_machine_has_accepted_it() {
    let (edge, pc, mut agent) = exchanging("person").await;
    let bytes = content(300_000);
    edge.now()
        .session
        .desk_offers(&id('F'), "更新 1.2.zip", 300_000, &digest(&bytes));
    while state(&pc).await["state"] != "waiting" {
        sleep(Duration::from_millis(20)).await;
    }
    let shown = state(&pc).await["id"].clone();
    assert_ne!(shown, id('F'), "what is decided has a name of its own");
    assert_eq!(
        state(&pc).await,
        json!({"id": shown, "by": "Morgan Reed", "name": "更新 1.2.zip", "size": 300_000, "state": "waiting"})
    );
    assert!(
        edge.now().session.opened.is_empty() && files(&pc).is_empty(),
        "nobody has accepted it"
    );
    assert_eq!(ask(&pc, &json!({"do": "file_accept", "id": shown})).await["ok"], true);
    let (stream, wish) = wanted(&edge, 0).await;
    assert!(stream > LOWER_OPENS, "{stream}");
    assert_eq!(edge.now().session.kinds[&stream], Kind::File);
    assert_eq!(wish, json!({"offer": id('F'), "from": 0}));
    // What is there under this name stays.
    fs::write(incoming(&pc).join("更新 1.2.zip"), "older").unwrap();
    sends(&edge, stream, &bytes).await;
    edge.now().session.close(stream);
    assert_eq!(received(&edge, &id('F')).await, "done");
    assert_eq!(files(&pc), ["更新 1.2 (2).zip", "更新 1.2.zip"]);
    let file = incoming(&pc).join("更新 1.2 (2).zip");
    assert_eq!(fs::read(&file).unwrap(), bytes);
    assert_eq!(
        fs::metadata(&file).unwrap().permissions().mode() & 0o137,
        0,
        "nobody else reads or runs it"
    );
    assert_eq!(state(&pc).await["state"], "done");
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn a_file_that_nobody_wants_leaves_nothing() {
    let (edge, pc, mut agent) = exchanging("person").await;
    edge.now().session.desk_offers(&id('F'), "a.txt", 3, &digest(b"abc"));
    while state(&pc).await["state"] != "waiting" {
        sleep(Duration::from_millis(20)).await;
    }
    let shown = state(&pc).await["id"].clone();
    ask(&pc, &json!({"do": "file_decline", "id": shown})).await;
    assert_eq!(received(&edge, &id('F')).await, "declined");
    ask(&pc, &json!({"do": "file_accept", "id": shown})).await;
    sleep(Duration::from_millis(300)).await;
    assert!(edge.now().session.opened.is_empty() && files(&pc).is_empty());
    agent.kill().await.unwrap();
    // Without a folder nothing is received, even with `accept = "approval"`.
    let (edge, _pc, mut agent) = allowed("[files]\naccept = \"approval\"\n").await;
    in_session(&edge, &FILES).await;
    edge.now().session.desk_offers(&id('F'), "a.txt", 3, &digest(b"abc"));
    assert_eq!(received(&edge, &id('F')).await, "declined");
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn a_yes_is_to_one_file_and_ends_when_it_is_taken_back() {
    let (edge, pc, mut agent) = exchanging("person").await;
    let bytes = content(300_000);
    let offers = |name: &str, bytes: &[u8]| {
        let size = u64::try_from(bytes.len()).unwrap();
        edge.now().session.desk_offers(&id('F'), name, size, &digest(bytes));
    };
    offers("manual.pdf", &bytes);
    while state(&pc).await["state"] != "waiting" {
        sleep(Duration::from_millis(20)).await;
    }
    let shown = state(&pc).await["id"].clone();
    ask(&pc, &json!({"do": "file_accept", "id": shown})).await;
    let (stream, _) = wanted(&edge, 0).await;
    sends(&edge, stream, &bytes[..200_000]).await;
    edge.now().session.say(json!({"type": "withdrawn", "id": id('F')}));
    sends(&edge, stream, &bytes[200_000..]).await;
    edge.now().session.close(stream);
    assert_eq!(received(&edge, &id('F')).await, "failed");
    assert_eq!(files(&pc), Vec::<String>::new());
    // A session that lets the id be used again: the yes was not to this file, and it is asked anew.
    offers("patch.exe", b"abc");
    while state(&pc).await["state"] != "waiting" {
        sleep(Duration::from_millis(20)).await;
    }
    assert_ne!(state(&pc).await["id"], shown);
    ask(&pc, &json!({"do": "file_accept", "id": shown})).await;
    sleep(Duration::from_millis(300)).await;
    assert_eq!(
        state(&pc).await["state"],
        "waiting",
        "a page that shows the first one decides nothing"
    );
    assert_eq!(edge.now().session.opened.len(), 1);
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn a_transfer_goes_on_after_a_break_and_after_the_death_of_the_agent() {
    let (edge, pc, mut agent) = exchanging("approval").await;
    let bytes = content(1_000_000);
    edge.now()
        .session
        .desk_offers(&id('F'), "big.bin", 1_000_000, &digest(&bytes));
    let (stream, _) = wanted(&edge, 0).await;
    sends(&edge, stream, &bytes[..400_000]).await;
    let part = |pc: &Pc| {
        let names = files(pc);
        assert_eq!(names.len(), 1, "{names:?}");
        fs::metadata(incoming(pc).join(&names[0])).unwrap()
    };
    while part(&pc).len() < 400_000 {
        sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(part(&pc).permissions().mode() & 0o777, 0o600);
    let before = edge.now().session.connections;
    // The next connection numbers its streams anew.
    edge.now().session.frames.clear();
    edge.now().session.closes = Some(1011);
    eventually(&edge, "another connection", |now| {
        (now.session.connections > before).then_some(())
    })
    .await;
    let first = |now: &Inner, nth: usize| {
        let stream = *now.session.opened.get(nth)?;
        let frames = now.session.frames.get(&stream)?;
        Some((stream, serde_json::from_slice::<Value>(frames.last()?).ok()?))
    };
    let (stream, wish) = eventually(&edge, "the second wish", |now| first(now, 1)).await;
    assert_eq!(wish, json!({"offer": id('F'), "from": 400_000}));
    sends(&edge, stream, &bytes[400_000..700_000]).await;
    while part(&pc).len() < 700_000 {
        sleep(Duration::from_millis(20)).await;
    }
    agent.kill().await.unwrap();
    edge.now().session.frames.clear();
    let mut agent = started(&edge, &pc).await;
    edge.now().control.says.push_back(session_order(COMMAND, None, &FILES));
    let (stream, wish) = eventually(&edge, "the third wish", |now| first(now, 2)).await;
    assert_eq!(wish, json!({"offer": id('F'), "from": 700_000}));
    sends(&edge, stream, &bytes[700_000..]).await;
    edge.now().session.close(stream);
    assert_eq!(received(&edge, &id('F')).await, "done");
    assert_eq!(files(&pc), ["big.bin"]);
    assert_eq!(fs::read(incoming(&pc).join("big.bin")).unwrap(), bytes);
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn what_is_not_what_was_offered_is_thrown_away() {
    let (edge, pc, mut agent) = exchanging("approval").await;
    let right = digest(b"right");
    for (nth, (sent, size, expected)) in [
        (&b"wrong"[..], 5, "mismatch"),
        (b"right and more", 5, "mismatch"),
        (b"rig", 5, "failed"),
    ]
    .into_iter()
    .enumerate()
    {
        let offer = id(char::from(b'F' + u8::try_from(nth).unwrap()));
        edge.now().session.desk_offers(&offer, "a.txt", size, &right);
        let (stream, wish) = wanted(&edge, nth).await;
        assert_eq!(wish["from"], 0, "{expected}");
        sends(&edge, stream, sent).await;
        edge.now().session.close(stream);
        assert_eq!(received(&edge, &offer).await, expected);
        assert!(files(&pc).is_empty(), "{:?}", files(&pc));
    }
    // More than fits on the disk is not even begun.
    edge.now().session.desk_offers(&id('X'), "huge.bin", 1 << 52, &right);
    assert_eq!(received(&edge, &id('X')).await, "failed");
    assert!(files(&pc).is_empty(), "{:?}", files(&pc));
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn nobody_leads_a_file_out_of_its_folder() {
    let (edge, pc, mut agent) = exchanging("approval").await;
    let hash = digest(b"right");
    let elsewhere = pc.file("elsewhere");
    fs::write(&elsewhere, "mine").unwrap();
    symlink(&elsewhere, incoming(&pc).join(format!(".tegata-part-{hash}-5"))).unwrap();
    edge.now().session.desk_offers(&id('F'), "a.txt", 5, &hash);
    assert_eq!(received(&edge, &id('F')).await, "failed");
    assert_eq!(fs::read(&elsewhere).unwrap(), b"mine");
    fs::rename(incoming(&pc), pc.file("real")).unwrap();
    symlink(pc.file("real"), incoming(&pc)).unwrap();
    edge.now().session.desk_offers(&id('G'), "a.txt", 3, &digest(b"abc"));
    assert_eq!(received(&edge, &id('G')).await, "failed");
    agent.kill().await.unwrap();
}

/// The files of a folder, as the desk sees them.
async fn list(edge: &FakeEdge, request: &str, stream: u32, folder: &str) -> (String, Option<Value>) {
    let deed = json!({"what": "list_files", "folder": folder});
    edge.now().session.request(request, &deed, Some(stream));
    let outcome = outcome(edge, request).await;
    eventually(edge, "the list's end", |now| {
        now.session.closed.contains(&stream).then_some(())
    })
    .await;
    let bytes = edge.now().session.streams.get(&stream).cloned();
    (outcome, bytes.map(|bytes| serde_json::from_slice(&bytes).unwrap()))
}

#[tokio::test]
async fn the_desk_takes_a_file_out_of_a_folder_that_the_configuration_names() {
    let (edge, pc, mut agent) = exchanging("person").await;
    let folder = pc.home().canonicalize().unwrap().join("log");
    let bytes = content(500_000);
    fs::write(folder.join("装置.log"), &bytes).unwrap();
    fs::write(pc.file("secret"), "secret").unwrap();
    symlink(pc.file("secret"), folder.join("link.log")).unwrap();
    let name = folder.to_str().unwrap();
    let (ended, listed) = list(&edge, &id('Q'), 1, name).await;
    let listed = listed.unwrap();
    assert_eq!(
        (ended.as_str(), &listed["folder"], &listed["more"]),
        ("done", &name.into(), &false.into())
    );
    assert_eq!(
        listed["files"].as_array().unwrap().len(),
        1,
        "links are not listed: {listed}"
    );
    assert_eq!(
        (&listed["files"][0]["name"], &listed["files"][0]["size"]),
        (&"装置.log".into(), &500_000.into())
    );
    for (request, folder) in [('B', "/etc"), ('C', pc.home().to_str().unwrap())] {
        let stream = u32::from(request);
        assert_eq!(
            list(&edge, &id(request), stream, folder).await,
            ("refused".to_owned(), None)
        );
    }
    let take = |file: &str| json!({"what": "offer_file", "folder": name, "name": file});
    edge.now().session.request(&id('L'), &take("link.log"), None);
    assert_eq!(outcome(&edge, &id('L')).await, "refused");
    edge.now().session.request(&id('N'), &take("none.log"), None);
    assert_eq!(outcome(&edge, &id('N')).await, "failed");
    edge.now().session.request(&id('T'), &take("装置.log"), None);
    assert_eq!(outcome(&edge, &id('T')).await, "done");
    let offer = edge.now().session.offers[0].clone();
    assert_eq!(
        (&offer["id"], &offer["name"], &offer["size"], &offer["sha256"]),
        (
            &id('T').into(),
            &"装置.log".into(),
            &500_000.into(),
            &digest(&bytes).into()
        )
    );
    // A part of it before the agent dies, the rest afterwards.
    let fetch = |edge: &FakeEdge, stream: u32, from: usize| {
        let session = &mut edge.now().session;
        session.open(stream, Kind::File);
        session.send(stream, json!({"offer": id('T'), "from": from}).to_string().as_bytes());
    };
    agent.kill().await.unwrap();
    let mut agent = started(&edge, &pc).await;
    edge.now().control.says.push_back(session_order(COMMAND, None, &FILES));
    eventually(&edge, "the session", |now| (now.session.connections > 1).then_some(())).await;
    fetch(&edge, 2_001, 200_000);
    eventually(&edge, "the file's end", |now| {
        now.session.closed.contains(&2_001).then_some(())
    })
    .await;
    assert_eq!(edge.now().session.streams[&2_001], bytes[200_000..]);
    // A file that has changed since is not sent.
    fs::write(folder.join("装置.log"), content(499_999)).unwrap();
    fetch(&edge, 2_002, 0);
    eventually(&edge, "the stream's end", |now| {
        now.session.closed.contains(&2_002).then_some(())
    })
    .await;
    assert!(!edge.now().session.streams.contains_key(&2_002));
    agent.kill().await.unwrap();
}
