//! Who may use the page: the one browser that was let in, and only from the page itself.

use super::{FORM, active, opened};
use crate::support::browser::{Program, Shown, client};
use crate::support::command::{Pc, finish};
use crate::support::fake_edge::FakeEdge;
use reqwest::StatusCode;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

#[tokio::test]
async fn the_url_lets_in_once_and_looking_at_it_spends_nothing() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    let program = Program::start(&pc, &["--edge", &edge.url]).await;
    for _ in 0..3 {
        let look = client().get(&program.url).send().await.unwrap();
        assert!(look.status() == StatusCode::OK && !look.headers().contains_key("set-cookie"));
    }
    let browser = program.enter().await;
    let second = client().get(&program.url).send().await.unwrap();
    let second = Shown::of(second).await;
    assert_eq!(
        (second.status, second.heading()),
        (410, "This address has already been used")
    );
    let posted = client().post(format!("{}/start", program.origin()));
    let posted = posted
        .header("origin", program.origin())
        .form(&[("key", program.key())]);
    assert_eq!(posted.send().await.unwrap().status(), StatusCode::GONE);
    assert_eq!(browser.get("").await.status, 200, "the first goes on");
}

#[tokio::test]
async fn the_secret_is_not_exchanged_for_another_page() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    let program = Program::start(&pc, &["--edge", &edge.url]).await;
    let post = || {
        let post = client().post(format!("{}/start", program.origin()));
        post.form(&[("key", program.key())])
    };
    for origin in [
        None,
        Some("null"),
        Some("http://evil.example"),
        Some("http://127.0.0.1:1"),
    ] {
        let post = origin.map_or_else(post, |origin| post().header("origin", origin));
        let refused = post.send().await.unwrap();
        assert_eq!(refused.status(), StatusCode::FORBIDDEN, "{origin:?}");
        assert!(!refused.headers().contains_key("set-cookie"));
    }
    program.enter().await;
}

#[tokio::test]
async fn a_name_that_was_pointed_here_is_not_answered() {
    let (edge, pc) = active().await;
    let (program, browser) = opened(&edge, &pc).await;
    let port = program.origin().rsplit(':').next().unwrap().to_owned();
    for host in [
        "evil.example".to_owned(),
        format!("evil.example:{port}"),
        format!("localhost:{port}"),
    ] {
        let refused = browser.asking("").header("host", &host).send().await.unwrap();
        assert_eq!(refused.status(), StatusCode::MISDIRECTED_REQUEST, "{host}");
        assert!(!refused.text().await.unwrap().contains("taro@aozora.example"));
    }
}

#[tokio::test]
async fn a_form_of_another_page_changes_nothing() {
    let (edge, pc) = active().await;
    let (_program, browser) = opened(&edge, &pc).await;
    for origin in [
        None,
        Some("null"),
        Some("http://evil.example"),
        Some("http://127.0.0.1:1"),
    ] {
        for path in [
            "forget", "check", "request", "code", "resend", "quit", "language", "data",
        ] {
            let request = browser.sending(path).form(&[("only", "yes"), ("lang", "ja")]);
            let request = match origin {
                Some(origin) => request.header("origin", origin),
                None => request,
            };
            let refused = request.send().await.unwrap();
            assert_eq!(refused.status(), StatusCode::FORBIDDEN, "{path} {origin:?}");
        }
    }
    // What a browser says of a page of another program on 127.0.0.1, which is the same site.
    let same_site = browser
        .sending("forget")
        .header("origin", &browser.origin)
        .header("sec-fetch-site", "same-site");
    assert_eq!(same_site.send().await.unwrap().status(), StatusCode::FORBIDDEN);
    let framed = browser.asking("").header("sec-fetch-site", "cross-site");
    assert_eq!(framed.send().await.unwrap().status(), StatusCode::FORBIDDEN);
    assert!(edge.posted("revoke").is_empty());
    assert_eq!(browser.get("").await.heading(), "This PC can view the data");
}

#[tokio::test]
async fn without_the_cookie_there_is_nothing_to_see() {
    let (edge, pc) = active().await;
    let (program, browser) = opened(&edge, &pc).await;
    let (other_program, other) = opened(&edge, &pc).await;
    for path in ["", "data", "data?path=/x", "download?path=/x", "state", "forget"] {
        let url = format!("{}{path}", browser.home);
        for cookie in ["", "tegata_local=", "tegata_local=x", &other.cookie] {
            let refused = browser.client.get(&url).header("cookie", cookie).send().await.unwrap();
            let refused = Shown::of(refused).await;
            assert_eq!(
                (refused.status, refused.heading()),
                (403, "The Viewer is not open in this browser")
            );
            assert!(!refused.text.contains("aozora"), "{refused:?}");
        }
    }
    let write = browser.client.post(format!("{}forget", browser.home));
    let write = write.header("origin", &browser.origin).send().await.unwrap();
    assert_eq!(write.status(), StatusCode::FORBIDDEN);
    // The cookie alone is not enough either: a browser sends it only to pages below a path nobody can guess.
    let bare = browser.client.get(format!("{}/", program.origin()));
    let bare = bare.header("cookie", &browser.cookie).send().await.unwrap();
    assert_eq!(bare.status(), StatusCode::FORBIDDEN);
    assert!(edge.now().gate_headers.is_empty());
    drop(other_program);
}

#[tokio::test]
async fn every_answer_forbids_scripts_frames_and_caches() {
    let (edge, pc) = active().await;
    let (program, browser) = opened(&edge, &pc).await;
    let outside = client()
        .get(format!("{}/page.css", program.origin()))
        .send()
        .await
        .unwrap();
    let pages = [
        browser.get("").await,
        browser.get("data?path=/x").await,
        browser.get("nothing").await,
        Shown::of(outside).await,
    ];
    for page in pages {
        let policy = &page.headers["content-security-policy"];
        for rule in [
            "default-src 'none'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        ] {
            assert!(policy.contains(rule), "{policy}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
        for (name, value) in [
            ("cache-control", "no-store"),
            ("x-frame-options", "DENY"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(page.headers[name], value);
        }
    }
}

#[tokio::test]
async fn what_is_too_large_is_not_read() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    let (_program, browser) = opened(&edge, &pc).await;
    let long = "あ".repeat(10_000);
    let form = FORM.map(|(name, value)| {
        if name == "name" {
            (name, long.as_str())
        } else {
            (name, value)
        }
    });
    let refused = browser.post("request", &form).await;
    assert_eq!((refused.status, refused.heading()), (413, "What was sent is too large"));
    let head = browser.asking("").header("x-long", "x".repeat(20_000));
    assert_eq!(
        head.send().await.unwrap().status(),
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE
    );
    let other = browser.client.put(&browser.home).header("cookie", &browser.cookie);
    assert_eq!(other.send().await.unwrap().status(), StatusCode::METHOD_NOT_ALLOWED);
    assert!(edge.now().posted.is_empty());
    assert_eq!(browser.get("").await.status, 200);
}

#[tokio::test]
async fn connections_on_which_nothing_is_asked_end() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    let (program, browser) = opened(&edge, &pc).await;
    let address = program.origin().trim_start_matches("http://").to_owned();
    let mut idle = Vec::new();
    for _ in 0..40 {
        let mut stream = TcpStream::connect(&address).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\n").await.unwrap();
        idle.push(stream);
    }
    let answered = tokio::time::timeout(Duration::from_secs(30), browser.get("")).await;
    assert_eq!(answered.expect("the page is not kept out").status, 200);
    let mut rest = Vec::new();
    let ended = tokio::time::timeout(Duration::from_secs(30), idle[0].read_to_end(&mut rest)).await;
    assert!(ended.is_ok(), "the server has closed it");
}

/// Nobody but the user reads the file, and no command line carries the secret.
#[cfg(unix)]
#[tokio::test]
async fn the_browser_is_given_a_file_that_only_the_user_can_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    let told = pc.file("told");
    let opener = pc.file("xdg-open");
    let script = format!(
        "#!/bin/sh\necho \"$@\" > {told}.new\nmv {told}.new {told}\n",
        told = told.display()
    );
    std::fs::write(&opener, script).unwrap();
    std::fs::set_permissions(&opener, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = pc.command(&["--json", "viewer", "open", "--edge", &edge.url]);
    let path = format!("{}:/usr/bin:/bin", opener.parent().unwrap().display());
    let program = Program::run(command.env("PATH", path).spawn().unwrap()).await;
    while !told.exists() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let file = std::fs::read_to_string(&told).unwrap().trim().to_owned();
    assert!(file.starts_with(pc.data().to_str().unwrap()), "{file}");
    assert!(!file.contains(&program.key()));
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(std::fs::read_to_string(&file).unwrap().contains(&program.url));

    let browser = program.enter().await;
    while std::path::Path::new(&file).exists() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    browser.post("quit", &[]).await;
    let run = finish(program.child).await;
    assert!(run.stderr.contains("The Viewer is open in the browser."), "{run:?}");
}

#[tokio::test]
async fn without_a_browser_the_url_stays_printed() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    let mut command = pc.command(&["--json", "viewer", "open", "--edge", &edge.url]);
    let program = Program::run(command.env("PATH", "/nowhere").spawn().unwrap()).await;
    let browser = program.enter().await;
    browser.post("quit", &[]).await;
    let run = finish(program.child).await;
    assert!(
        run.code == 0 && run.stderr.contains("No browser could be opened."),
        "{run:?}"
    );
}

#[tokio::test]
async fn a_port_that_is_taken_is_told() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    let program = Program::start(&pc, &["--edge", &edge.url]).await;
    let port = program.origin().rsplit(':').next().unwrap().to_owned();
    let run = pc
        .run(&["--json", "viewer", "open", "--no-browser", "--port", &port])
        .await;
    assert_eq!((run.code, run.error().as_str()), (1, "port"), "{run:?}");
    assert!(run.stdout.contains(&port));
}
