//! Display names for the API's codes: states, roles, actions, outcomes. The names are the console's, which `build.rs`
//! extracts from `locales/*/console.ftl`. A code without a name is returned as it is.

use crate::locale::Locale;
use crate::texts::{known, text_with};

/// The name of `code` among the texts whose keys begin with `list`, e.g. `console-role-`.
#[must_use]
pub fn name(locale: Locale, list: &str, code: &str) -> String {
    named(locale, list, code).unwrap_or_else(|| code.to_owned())
}

fn named(locale: Locale, list: &str, code: &str) -> Option<String> {
    known(locale, &format!("{list}{}", code.replace('.', "-")))
}

/// The name of an action of the audit log.
#[must_use]
pub fn action(locale: Locale, action: &str) -> String {
    // The action ends in the place where the code was entered.
    let typed = "registration.code";
    let is_typed = action.strip_prefix(typed).is_some_and(|place| place.starts_with('.'));
    name(locale, "console-action-", if is_typed { typed } else { action })
}

/// The name of a kind of mail.
#[must_use]
pub fn mail(locale: Locale, kind: &str) -> String {
    mail_kind(locale, kind).unwrap_or_else(|| kind.to_owned())
}

fn mail_kind(locale: Locale, kind: &str) -> Option<String> {
    named(locale, "console-mail-kind-", &kind.replace('_', "-"))
}

/// The name of an outcome in the audit log, which may also be a role or a kind of mail. An outcome that holds the id of
/// a thing, or settings with their values, has no name.
#[must_use]
pub fn outcome(locale: Locale, outcome: &str) -> String {
    // One entry may stand for many failures (`gathered::Failures`).
    let gathered = outcome
        .strip_suffix(" tries")
        .and_then(|rest| rest.rsplit_once(", "))
        .filter(|(_, tries)| tries.bytes().all(|byte| byte.is_ascii_digit()));
    if let Some((of, tries)) = gathered {
        let of = name(locale, "console-outcome-", of);
        return text_with(locale, "console-outcome-tries", &[("outcome", &of), ("tries", tries)]);
    }
    named(locale, "console-outcome-", outcome)
        .or_else(|| named(locale, "console-role-", outcome))
        .or_else(|| mail_kind(locale, outcome))
        .unwrap_or_else(|| outcome.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{action, mail, name, outcome};
    use crate::locale::Locale;
    use crate::panel::actions;
    use crate::session::Ability;

    #[test]
    fn codes_are_called_as_in_the_console() {
        for (found, ja, en, da) in [
            (
                (|locale| name(locale, "console-role-", "auditor")) as fn(Locale) -> String,
                "監査者",
                "Auditor",
                "Revisor",
            ),
            (
                |locale| action(locale, "user.create"),
                "ユーザーの追加",
                "User added",
                "Bruger tilføjet",
            ),
            (
                |locale| action(locale, "outbox.give_up"),
                "メール送信の断念",
                "Email delivery abandoned",
                "Mail opgivet",
            ),
            (
                |locale| action(locale, "registration.code.page"),
                "認証トークンの入力",
                "Activation code entered",
                "Aktiveringskode indtastet",
            ),
            (
                |locale| mail(locale, "first_credential"),
                "初期パスワードのお知らせ",
                "Temporary password",
                "Midlertidig adgangskode",
            ),
            (|locale| outcome(locale, "refused"), "拒否", "Refused", "Afvist"),
            (|locale| outcome(locale, "auditor"), "監査者", "Auditor", "Revisor"),
            (
                |locale| outcome(locale, "wrong_password, 999 tries"),
                "パスワードの誤り（999回）",
                "Wrong password (999 attempts)",
                "Forkert adgangskode (999 forsøg)",
            ),
        ] {
            assert_eq!([found(Locale::Ja), found(Locale::En), found(Locale::Da)], [ja, en, da]);
        }
    }

    #[test]
    fn every_action_and_state_has_a_name() {
        let states = [
            ("console-account-state-", &["active", "invited", "lapsed"][..]),
            ("console-customer-state-", &["active", "suspended"]),
            ("console-device-state-", &["active", "expired", "revoked"]),
            ("console-equipment-state-", &["active", "retired"]),
            ("console-inquiry-state-", &["open", "answered", "closed"]),
            (
                "console-question-state-",
                &["open", "approved", "refused", "expired", "withdrawn"],
            ),
            (
                "console-registration-state-",
                &[
                    "awaiting_address",
                    "awaiting_approval",
                    "awaiting_code",
                    "activated",
                    "redeemed",
                    "refused",
                    "withdrawn",
                    "expired",
                    "failed",
                ],
            ),
        ];
        let in_sessions = Ability::ALL.map(|ability| format!("launch.{}", ability.name()));
        let more = [
            "attended.view_screen",
            "attended.share",
            "attended.unshare",
            "attended.receive_file",
            "launch.receive_file",
        ];
        let in_sessions: Vec<String> = in_sessions.into_iter().chain(more.map(str::to_owned)).collect();
        for locale in Locale::ALL {
            for entry in &in_sessions {
                assert_ne!(action(locale, entry), *entry, "{locale}");
            }
            for said in ["monitor", "window", "browser", "screen", "not_possible"] {
                assert_ne!(outcome(locale, said), said, "{locale}");
            }
            for entry in actions().flat_map(|action| action.entries) {
                assert_ne!(action(locale, entry), *entry, "{locale}");
            }
            for (list, codes) in states {
                for code in codes {
                    assert_ne!(name(locale, list, code), *code, "{locale} {list}");
                }
            }
        }
    }

    #[test]
    fn what_has_no_name_is_written_as_it_is() {
        let change = r#"role: "auditor" -> "system_administrator""#;
        for as_is in ["AAAAAAAAAAAAAAAAAAAAAA", change, "no-such-code", ", tries", ""] {
            assert_eq!(outcome(Locale::Ja, as_is), as_is);
            assert_eq!(action(Locale::Ja, as_is), as_is);
            assert_eq!(mail(Locale::Ja, as_is), as_is);
        }
        assert_eq!(action(Locale::Ja, "registration.codes"), "registration.codes");
    }

    #[test]
    fn explanations_of_roles_are_left_out() {
        let hint = "console-role-hint-auditor";
        assert_eq!(crate::texts::text(Locale::Ja, hint), hint);
    }
}
