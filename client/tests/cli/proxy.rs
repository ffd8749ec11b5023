//! Proxies from the environment: plain requests go through one, and encrypted ones ask it for a tunnel.

use crate::support::command::{Pc, Run, finish};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

/// Answers one request with `answer` and returns its first line.
async fn proxied(variable: &str, edge: &str, answer: &str) -> (String, Run) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let proxy = format!("http://{}", listener.local_addr().unwrap());
    let pc = Pc::new();
    let file = pc.file("keys.json");
    let arguments = ["--json", "keys", "save", "--edge", edge, file.to_str().unwrap()];
    let child = pc.command(&arguments).env(variable, proxy).spawn().unwrap();
    let (mut connection, _) = listener.accept().await.unwrap();
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        request.push(connection.read_u8().await.unwrap());
    }
    connection.write_all(answer.as_bytes()).await.unwrap();
    drop(connection);
    drop(listener);
    let line = String::from_utf8(request)
        .unwrap()
        .lines()
        .next()
        .unwrap_or("")
        .to_owned();
    (line, finish(child).await)
}

#[tokio::test]
async fn a_plain_request_goes_through_the_proxy() {
    let body = r#"{"keys":[]}"#;
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    let (line, run) = proxied("HTTP_PROXY", "http://127.0.0.1:9", &answer).await;
    assert_eq!(line, "GET http://127.0.0.1:9/.well-known/jwks.json HTTP/1.1");
    assert_eq!(run.code, 0, "{run:?}");
}

#[tokio::test]
async fn an_encrypted_request_asks_the_proxy_for_a_tunnel() {
    let (line, run) = proxied("HTTPS_PROXY", "https://edge.example", "HTTP/1.1 407 No\r\n\r\n").await;
    assert_eq!(line, "CONNECT edge.example:443 HTTP/1.1");
    assert_eq!((run.code, run.error().as_str()), (5, "network"));
}
