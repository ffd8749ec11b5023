//! What a data origin sends does nothing on the page.

use super::{active, opened};
use crate::support::fake_edge::DATA;

const HOSTILE: &str = concat!(
    "</iframe></pre><script>fetch('forget',{method:'POST'})</script>\"'",
    "<meta http-equiv=refresh content='0; url=http://evil.example'><img src=x onerror=alert(1)>"
);

#[tokio::test]
async fn a_page_with_scripts_is_inert() {
    let (edge, pc) = active().await;
    let (_program, browser) = opened(&edge, &pc).await;
    let scripts = browser.get("data").await.text.matches("<script").count();
    for content_type in [
        "text/html; charset=utf-8",
        "text/plain",
        "image/svg+xml",
        "application/xhtml+xml",
        "nothing",
    ] {
        edge.now().data = (content_type, HOSTILE.as_bytes());
        let page = browser.get("data?path=/x").await;
        assert_eq!(page.status, 200);
        assert!(page.headers["content-type"].starts_with("text/html"));
        assert_eq!(
            page.text.matches("<script").count(),
            scripts,
            "{content_type}: {page:?}"
        );
        for live in ["<img src=x", "</iframe></pre>", "<meta http-equiv=refresh"] {
            assert!(!page.text.contains(live), "{live}: {page:?}");
        }
        let is_framed = page.text.contains("<iframe class=\"data\" sandbox=\"\" srcdoc=\"");
        assert_eq!(is_framed, content_type.contains("html"), "{content_type}");
        page.says("&#60;script&#62;fetch(&#39;forget&#39;");
    }
}

#[tokio::test]
async fn a_download_is_a_file_whatever_it_is() {
    let (edge, pc) = active().await;
    let (_program, browser) = opened(&edge, &pc).await;
    edge.now().data = ("text/html", HOSTILE.as_bytes());
    let file = browser.get("download?path=/reports/%25E8%25A8%2588.html").await;
    assert_eq!((file.status, file.text.as_str()), (200, HOSTILE));
    assert_eq!(file.headers["content-type"], "application/octet-stream");
    assert_eq!(
        file.headers["content-disposition"],
        "attachment; filename*=UTF-8''%E8%A8%88.html"
    );
    assert_eq!(file.headers["content-security-policy"], "default-src 'none'; sandbox");
    assert_eq!(file.headers["x-content-type-options"], "nosniff");
}

#[tokio::test]
async fn each_kind_of_data_is_shown_in_its_way() {
    let (edge, pc) = active().await;
    let (_program, browser) = opened(&edge, &pc).await;
    edge.now().data = ("image/png", b"\x89PNG\r\n");
    browser
        .get("data?path=/x")
        .await
        .says("src=\"data:image/png;base64,iVBORw0K\"");
    edge.now().data = ("application/pdf", b"%PDF-\xff");
    browser.get("data?path=/x").await.says("cannot be shown here");
    edge.now().data = ("text/plain", b"");
    browser.get("data?path=/x").await.says("There is no content.");
    edge.now().data = ("application/json", b"{\"b\":1,\"a\":2}");
    browser
        .get("data?path=/x")
        .await
        .says("{\n  &#34;b&#34;: 1,\n  &#34;a&#34;: 2\n}");
    let large: &'static [u8] = vec![b'x'; 5_000_000].leak();
    edge.now().data = ("text/plain", large);
    browser.get("data?path=/x").await.says("too large to be shown");
    assert_eq!(browser.get("download?path=/x").await.text.len(), large.len());
    edge.now().data = ("application/json", DATA.as_bytes());
    browser.get("data?path=/").await.says("脈拍");
}

#[tokio::test]
async fn a_path_stays_behind_the_gate() {
    let (edge, pc) = active().await;
    let (_program, browser) = opened(&edge, &pc).await;
    for path in ["../oauth/token", "%2e%2e/x", "a#b"] {
        let page = browser.post("data", &[("path", path)]).await;
        assert_eq!((page.status, page.wrong()), (422, vec!["path".to_owned()]), "{path}");
    }
    assert!(edge.now().gate_headers.is_empty());
}
