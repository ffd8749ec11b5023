//! Who may use the page: the one browser that was let in, and only from the page itself.

use super::enrolled;
use crate::support::browser::client;
use reqwest::StatusCode;

const FORMS: [&str; 10] = [
    "service",
    "test",
    "identify",
    "enrol",
    "proxy",
    "adopt",
    "assistance",
    "start",
    "language",
    "quit",
];

#[tokio::test]
async fn the_page_has_the_same_door_as_the_viewers() {
    let (_edge, pc, mut agent, program, browser) = enrolled().await;
    let again = client().get(&program.url).send().await.unwrap();
    assert_eq!(again.status(), StatusCode::GONE, "the URL lets in once");
    for path in ["", "service", "about", "state"] {
        let bare = client().get(format!("{}{path}", browser.home)).send().await.unwrap();
        assert_eq!(bare.status(), StatusCode::FORBIDDEN, "{path}");
        let elsewhere = browser.asking(path).header("host", "evil.example");
        assert_eq!(
            elsewhere.send().await.unwrap().status(),
            StatusCode::MISDIRECTED_REQUEST
        );
    }
    for path in FORMS {
        for origin in [
            None,
            Some("null"),
            Some("http://evil.example"),
            Some("http://127.0.0.1:1"),
        ] {
            let request = browser.sending(path).form(&[("lang", "ja"), ("mode", "none")]);
            let request = match origin {
                Some(origin) => request.header("origin", origin),
                None => request,
            };
            let refused = request.send().await.unwrap();
            assert_eq!(refused.status(), StatusCode::FORBIDDEN, "{path} {origin:?}");
        }
        // Loading the address of a form changes nothing either.
        assert_eq!(browser.get(path).await.status, 200, "{path}");
    }
    let settings = pc.run(&["--json", "agent", "settings"]).await.json();
    assert_eq!(
        (&settings["remote_service"], &settings["proxy"]["mode"]),
        (&true.into(), &"automatic".into())
    );
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn the_language_is_the_persons_and_is_remembered_for_them_alone() {
    let (_edge, pc, mut agent, _program, browser) = enrolled().await;
    let page = browser.post("language", &[("lang", "da"), ("back", "service")]).await;
    for words in [
        "Generelle indstillinger",
        "Aktiveret",
        "Indstillinger for automatisk registrering",
        "Brug proxyserver",
        "Proxy-URL-adresse",
        "Proxyservergodkendelse",
        "Proxydomæne",
        "Proxybrugernavn",
        "Proxyadgangskode",
        "Teste forbindelse",
        "Ændre",
        "Tillad fjernassistance",
    ] {
        page.says(words);
    }
    browser.get("").await.says("Om</a>");
    assert!(!pc.data().join("page.json").exists(), "not in the agent's directory");
    assert!(pc.home().join(".local/share/tegata/agent-page/page.json").exists());
    agent.kill().await.unwrap();
}
