mod appointment;

use super::{ComposedMail, Look, MailContent, Named, Occasion, Recipient, compose};
use crate::email::EmailAddress;
use crate::face::Face;
use crate::inquiry::Body;
use crate::locale::Locale;
use crate::passkey::PasskeyName;
use crate::slug::Slug;
use crate::text::{DeviceName, OrganizationName, PersonName, QuestionTitle, Reason};
use crate::time::{TimeZone, UnixSeconds};

const LINK: &str = "https://edge.example/a/eyJhIjoxfQ.c2lnbmF0dXJl?x=1&y=2";
const CODE: &str = "7KQ2M-XW9TD";
const PASSWORD: &str = "p4ss&<word>-\"9";
const HOSTILE: &str = "<script>alert('x')</script> & \"co\"";
const AT: UnixSeconds = UnixSeconds(1_795_230_300);

fn to(locale: Locale) -> Recipient {
    Recipient {
        name: PersonName::parse("佐藤 花子").unwrap(),
        address: EmailAddress::parse("hanako.sato@aozora.example").unwrap(),
        locale,
        time_zone: TimeZone::parse("Asia/Tokyo").unwrap(),
    }
}

fn request(outside_mail_domains: bool) -> MailContent {
    MailContent::ApprovalRequest {
        tenant_name: "あおぞら製作所".to_owned(),
        requester_name: PersonName::parse("山田 太郎").unwrap(),
        requester_email: EmailAddress::parse("taro@mail.example").unwrap(),
        organization: OrganizationName::parse(HOSTILE).unwrap(),
        device_name: DeviceName::parse("OSAKA-PC-07").unwrap(),
        requested_at: AT,
        expires_at: AT.plus(259_200),
        outside_mail_domains,
        link: LINK.to_owned(),
    }
}

fn credential() -> MailContent {
    credential_for(Occasion::Contract)
}

fn credential_for(occasion: Occasion) -> MailContent {
    MailContent::FirstCredential {
        occasion,
        tenant_name: "あおぞら製作所".to_owned(),
        slug: Slug::parse("aozora").unwrap(),
        login_url: "https://edge.example/t/aozora/login".to_owned(),
        account: "hanako".to_owned(),
        password: PASSWORD.to_owned(),
        valid_until: AT,
    }
}

fn code() -> MailContent {
    MailContent::ActivationCode {
        tenant_name: "あおぞら製作所".to_owned(),
        device_name: DeviceName::parse("OSAKA-PC-07").unwrap(),
        code: CODE.to_owned(),
        activate_url: LINK.to_owned(),
        expires_at: AT,
    }
}

fn passkey_changed(added: bool) -> MailContent {
    MailContent::PasskeyChanged {
        tenant_name: HOSTILE.to_owned(),
        account: "hanako".to_owned(),
        name: PasskeyName::try_from(HOSTILE.to_owned()).unwrap(),
        added,
        at: AT,
        link: "https://edge.example/t/aozora/#/account".to_owned(),
    }
}

fn named() -> Named {
    Named {
        name: PersonName::parse(HOSTILE).unwrap(),
        organization: OrganizationName::parse("Nordlys A/S").unwrap(),
        device_name: DeviceName::parse("OSAKA-PC-07").unwrap(),
    }
}

fn every_kind() -> Vec<MailContent> {
    let device_name = DeviceName::parse(HOSTILE).unwrap();
    let tenant_name = HOSTILE.to_owned();
    let reason = Some(Reason::parse(HOSTILE).unwrap());
    vec![
        credential(),
        credential_for(Occasion::Account),
        credential_for(Occasion::Reissue),
        MailContent::PasswordReset {
            tenant_name: tenant_name.clone(),
            account: "hanako".to_owned(),
            link: LINK.to_owned(),
            valid_until: AT,
        },
        MailContent::AddressChanged {
            tenant_name: tenant_name.clone(),
            account: "hanako".to_owned(),
            at: AT,
        },
        passkey_changed(true),
        passkey_changed(false),
        request(true),
        code(),
        MailContent::ApprovalDigest {
            tenant_name: tenant_name.clone(),
            count: 582,
            named: vec![named()],
            link: LINK.to_owned(),
        },
        MailContent::ConfirmAddress {
            tenant_name: tenant_name.clone(),
            device_name: device_name.clone(),
            expires_at: AT,
            link: LINK.to_owned(),
        },
        MailContent::Refused {
            tenant_name,
            device_name,
            reason,
        },
    ]
}

fn every_mail() -> Vec<(Locale, ComposedMail)> {
    let kinds = every_kind();
    let write = |locale| {
        kinds
            .iter()
            .map(move |kind| (locale, compose(kind, &to(locale), "Tegata")))
    };
    Locale::ALL.into_iter().flat_map(write).collect()
}

fn line_after<'a>(text: &'a str, label: &str) -> &'a str {
    text.lines()
        .skip_while(|line| *line != label)
        .nth(1)
        .unwrap_or_default()
}

#[test]
fn the_subject_of_the_first_mail_is_the_known_one() {
    assert_eq!(
        compose(&credential(), &to(Locale::Ja), "Tegata").subject,
        "[Tegata] 登録完了のお知らせ"
    );
}

#[test]
fn secrets_stand_alone_under_their_label() {
    for (locale, password, token) in [
        (Locale::Ja, "初期パスワード", "認証トークン"),
        (Locale::En, "Temporary password", "Activation code"),
        (Locale::Da, "Midlertidig adgangskode", "Aktiveringskode"),
    ] {
        assert_eq!(
            line_after(&compose(&credential(), &to(locale), "Tegata").text, password),
            PASSWORD
        );
        assert_eq!(line_after(&compose(&code(), &to(locale), "Tegata").text, token), CODE);
        assert!(
            compose(&request(false), &to(locale), "Tegata")
                .text
                .lines()
                .any(|line| line == LINK)
        );
    }
}

#[test]
fn no_secret_is_in_a_subject_or_in_debug_output() {
    for kind in every_kind() {
        let mail = compose(&kind, &to(Locale::En), "Tegata");
        let shown = format!("{} {kind:?} {mail:?}", mail.subject);
        for secret in [LINK, CODE, PASSWORD] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}

#[test]
fn a_stranger_to_the_mail_domains_is_pointed_out() {
    for (locale, warning) in [
        (Locale::Ja, "【ご注意】"),
        (Locale::En, "Caution:"),
        (Locale::Da, "Bemærk:"),
    ] {
        let outside = compose(&request(true), &to(locale), "Tegata");
        let inside = compose(&request(false), &to(locale), "Tegata");
        assert!(outside.text.contains(warning) && outside.html.contains(warning));
        assert!(!inside.text.contains(warning) && !inside.html.contains(warning));
    }
}

#[test]
fn dates_are_in_the_recipients_time_zone() {
    let mut recipient = to(Locale::Da);
    recipient.time_zone = TimeZone::parse("Europe/Copenhagen").unwrap();
    let mail = compose(&request(false), &recipient, "Tegata");
    assert!(
        mail.text
            .contains("tirsdag den 24. november 2026 kl.\u{a0}04.05\u{a0}CET"),
        "{}",
        mail.text
    );
    assert!(!mail.text.contains("japansk tid"));
}

#[test]
fn the_html_is_escaped_and_self_contained() {
    for (locale, mail) in every_mail() {
        assert!(mail.html.contains(&format!("<html lang=\"{locale}\">")));
        for active in [
            "<script", "<img", "<link", "<style", "<table", "<form", " src=", " onerror", "url(",
        ] {
            assert!(!mail.html.contains(active), "{active} in {}", mail.html);
        }
        assert!(!mail.html.contains("x=1&y=2"), "an address is escaped in its attribute");
    }
}

/// An answer to an inquiry, in several lines.
fn answered() -> MailContent {
    MailContent::InquiryAnswered {
        tenant_name: "あおぞら製作所".to_owned(),
        subject: "承認の手順".to_owned(),
        by: PersonName::parse("鈴木 一郎").unwrap(),
        body: Body::try_from("First <line>\n\n- second".to_owned()).unwrap(),
        attachments: 0,
        link: LINK.to_owned(),
    }
}

#[test]
fn somebody_elses_words_keep_their_line_breaks() {
    let question = MailContent::QuestionAsked {
        tenant_name: "あおぞら製作所".to_owned(),
        provider_name: OrganizationName::parse("北サポート").unwrap(),
        asker: PersonName::parse("鈴木 一郎").unwrap(),
        title: QuestionTitle::parse("夜間の再起動").unwrap(),
        text: Body::try_from("First <line>\n\n- second".to_owned()).unwrap(),
        reference: None,
        required: 1,
        expires_at: AT,
        link: LINK.to_owned(),
    };
    for content in [question, answered()] {
        let mail = compose(&content, &to(Locale::Ja), "Tegata");
        assert!(
            mail.html
                .contains("First &lt;line&gt;<br>\n<br>\n- second</blockquote>"),
            "{}",
            mail.html
        );
        assert!(
            mail.text.contains("\n> First <line>\n> \n> - second\n"),
            "{}",
            mail.text
        );
    }
}

#[test]
fn that_replies_are_not_read_is_said_only_where_they_go_nowhere() {
    let mut face = Face::plain(OrganizationName::parse("北サポート").unwrap());
    for locale in Locale::ALL {
        let written = |face: &Face| {
            let look = Look {
                product: "Tegata",
                face: Some(face),
            };
            compose(&answered(), &to(locale), look)
        };
        face.reply_to = None;
        let without = written(&face);
        face.reply_to = EmailAddress::parse("desk@kita.example").ok();
        let with = written(&face);
        for (part, other) in [(with.text, without.text), (with.html, without.html)] {
            assert!(
                part.contains("desk@kita.example") && !other.contains("desk@kita.example"),
                "{part}"
            );
            for unread in ["返信できません", "are not read", "bliver ikke læst"] {
                assert!(!part.contains(unread), "{part}");
            }
        }
    }
}

#[test]
fn no_text_is_missing_or_left_unfilled() {
    for (_, mail) in every_mail() {
        for part in [&mail.subject, &mail.text, &mail.html] {
            assert!(
                !part.is_empty() && !part.contains("mail-") && !part.contains("common-") && !part.contains('{'),
                "{part}"
            );
        }
        assert!(!mail.subject.contains('\n'));
    }
}

#[test]
fn running_text_keeps_within_the_columns() {
    for (_, mail) in every_mail() {
        for line in mail
            .text
            .lines()
            .filter(|line| line.is_ascii() && !line.contains("://"))
        {
            assert!(line.len() <= 72, "{line}");
        }
    }
}

#[test]
fn japanese_paragraphs_are_not_broken() {
    let mail = compose(&request(true), &to(Locale::Ja), "Tegata");
    for paragraph in [
        "あおぞら製作所のデータを、次のPCのViewerで閲覧したいという申請が届きました。内容をご確認のうえ、承認または拒否してください。",
        "リンクの有効期限は、2026年11月24日（火）12時05分（日本時間）です。期限までに承認されない場合、申請は無効になります。",
    ] {
        assert!(mail.text.lines().any(|line| line == paragraph), "{}", mail.text);
    }
}

#[test]
fn a_name_cannot_smuggle_a_link_into_a_strangers_mailbox() {
    let mut recipient = to(Locale::En);
    recipient.name = PersonName::parse("Winner, see https://evil.example/").unwrap();
    let mail = compose(&code(), &recipient, "Tegata");
    assert!(!mail.text.contains("https://evil") && !mail.text.contains("evil.example"));
    assert!(!mail.html.contains("https://evil") && !mail.html.contains("evil.example"));
}

#[test]
fn a_mail_of_many_requests_names_the_first_and_counts_the_rest() {
    let digest = |count| MailContent::ApprovalDigest {
        tenant_name: "あおぞら製作所".to_owned(),
        count,
        named: vec![named(); 2],
        link: LINK.to_owned(),
    };
    let mail = compose(&digest(582), &to(Locale::Ja), "Tegata");
    assert_eq!(mail.subject, "[Tegata] 承認待ちの申請が582件あります");
    assert_eq!(
        mail.text.matches("、Nordlys A/S、OSAKA-PC-07\n").count(),
        2,
        "{}",
        mail.text
    );
    assert!(mail.text.contains("ほかに580件あります。"), "{}", mail.text);
    assert!(mail.text.lines().any(|line| line == LINK));
    let few = compose(&digest(2), &to(Locale::Ja), "Tegata");
    assert!(!few.text.contains("ほかに"), "{}", few.text);
}
