use super::{ManualProxy, Missing, ProxyChoice, Settings};
use crate::data_dir::DataDir;
use crate::error::Error;
use crate::proxy::address::ProxyAddress;
use crate::proxy::found::{FoundProxy, Source};
use crate::secret::Secret;

fn address(text: &str) -> ProxyAddress {
    ProxyAddress::parse(text).unwrap()
}

fn found() -> FoundProxy {
    FoundProxy {
        address: address("proxy.aozora.example:3128"),
        user: Some("maschine".to_owned()),
        password: Some(Secret::new("ひみつ")),
        source: Source::Environment,
    }
}

#[test]
fn settings_file_format_unchanged() {
    let manual = ManualProxy {
        address: address("proxy.aozora.example:3128"),
        domain: Some("AOZORA".to_owned()),
        user: Some("line7".to_owned()),
        password: Some(Secret::new("secret")),
    };
    let settings = Settings {
        proxy: ProxyChoice::Manual(manual),
        ..Settings::default()
    };
    let json = concat!(
        r#"{"remote_service":true,"proxy":{"mode":"manual","host":"proxy.aozora.example","port":3128,"#,
        r#""domain":"AOZORA","user":"line7","password":"secret"},"remote_assistance":false}"#
    );
    assert_eq!(serde_json::to_string(&settings).unwrap(), json);
    assert_eq!(serde_json::from_str::<Settings>(json).unwrap(), settings);
    assert_eq!(
        serde_json::from_str::<Settings>("{}").unwrap(),
        Settings::default(),
        "the service is on and assistance off unless something else is stored"
    );
}

#[tokio::test]
async fn what_a_newer_version_has_stored_survives_a_change() {
    let folder = tempfile::tempdir().unwrap();
    let dir = DataDir::at(folder.path().join("agent"));
    Settings::default().save(&dir).unwrap();
    let file = dir.path().join("settings.json");
    std::fs::write(&file, r#"{"remote_service":true,"recording":{"allowed":true}}"#).unwrap();
    let off = |settings: &mut Settings| {
        settings.remote_service = false;
        Ok(())
    };
    Settings::change(&dir, off).await.unwrap();
    let stored: serde_json::Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    assert_eq!(stored["recording"]["allowed"], true);
    assert_eq!(stored["remote_service"], false);
}

#[test]
fn damaged_settings_are_no_permission_to_connect() {
    let folder = tempfile::tempdir().unwrap();
    let dir = DataDir::at(folder.path().join("agent"));
    Settings::default().save(&dir).unwrap();
    for damaged in ["", "{", r#"{"remote_service":"yes"}"#, r#"{"proxy":{"mode":"newer"}}"#] {
        std::fs::write(dir.path().join("settings.json"), damaged).unwrap();
        assert!(Settings::load(&dir).is_err(), "{damaged}");
    }
}

#[cfg(unix)]
#[test]
fn nobody_else_can_read_the_password() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let dir = DataDir::at(folder.path().join("agent"));
    Settings::default().save(&dir).unwrap();
    let file = dir.path().join("settings.json");
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    assert!(
        Settings::load(&dir).is_err(),
        "and a file that others could read is rejected"
    );
}

#[test]
fn a_password_is_not_printed() {
    let mut settings = Settings::default();
    settings.adopt(&found());
    let printed = format!("{settings:?}");
    assert!(
        printed.contains("proxy.aozora.example") && !printed.contains("ひみつ"),
        "{printed}"
    );
}

#[test]
fn remote_assistance_needs_an_enrolment_and_a_settled_proxy() {
    let mut settings = Settings::default();
    let missing = settings.missing_for_remote_assistance(false, Some(&found()));
    assert_eq!(missing, [Missing::Enrolment, Missing::Proxy]);
    let refused = settings.set_remote_assistance(true, &missing);
    assert!(matches!(refused, Err(Error::AssistanceNotReady { missing }) if missing.len() == 2));
    assert!(!settings.remote_assistance);
    assert_eq!(settings.missing_for_remote_assistance(true, None), []);
    settings.proxy = ProxyChoice::None;
    assert_eq!(settings.missing_for_remote_assistance(true, Some(&found())), []);
    settings.adopt(&found());
    let missing = settings.missing_for_remote_assistance(true, Some(&found()));
    settings.set_remote_assistance(true, &missing).unwrap();
    assert!(settings.remote_assistance);
    settings.set_remote_assistance(false, &[Missing::Proxy]).unwrap();
    assert!(!settings.remote_assistance, "it can always be switched off");
}

#[test]
fn another_proxy_does_not_get_the_password_of_the_one_before() {
    let mut settings = Settings::default();
    settings.adopt(&found());
    settings.set_proxy_address(address("proxy.aozora.example:3128"));
    let ProxyChoice::Manual(manual) = &settings.proxy else {
        panic!("manual")
    };
    assert!(manual.password.is_some(), "the same proxy keeps it");
    settings.set_proxy_address(address("other.example:3128"));
    let expected = ManualProxy::at(address("other.example:3128"));
    assert_eq!(settings.proxy, ProxyChoice::Manual(expected));
}

#[test]
fn a_windows_account_can_be_typed_as_one() {
    let mut manual = ManualProxy::at(address("proxy.aozora.example:8080"));
    manual.set_user(r"AOZORA\line7").unwrap();
    manual.set_password(" with spaces ").unwrap();
    assert_eq!(
        (manual.domain.as_deref(), manual.user.as_deref()),
        (Some("AOZORA"), Some("line7"))
    );
    assert_eq!(manual.password.as_ref().map(Secret::expose), Some(" with spaces "));
    assert!(manual.set_user("li:ne").is_err());
    assert!(manual.set_password("a\nb").is_err());
    manual.set_user("").unwrap();
    assert!(manual.password.is_none(), "no password without a user");
}
