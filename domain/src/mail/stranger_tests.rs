//! Tests that no text from a stranger becomes a link in any mail. The detection of links here is independent of the
//! code that disarms them, and broader than that of any one mail program.

use super::{
    AppointmentMail, AppointmentNews, AttendedInvitation, JoinByMail, LaunchAsked, LaunchReport, LaunchStarted,
    MailContent, Named, Occasion, Recipient, SessionSummary, SummarySubject, compose,
};
use crate::alert::{Alert, AlertKind};
use crate::approval::{Decision, Outcome};
use crate::calendar::ZoneName;
use crate::email::EmailAddress;
use crate::id::UserId;
use crate::inquiry::Body;
use crate::locale::Locale;
use crate::outbox::LaunchNews;
use crate::passkey::PasskeyName;
use crate::random::CountingRandom;
use crate::session::summary::{Arrived, Summary};
use crate::session::{Ability, SessionNumber};
use crate::slug::Slug;
use crate::text::{DeviceName, OrganizationName, PersonName, QuestionReference, QuestionTitle, Reason, SessionTitle};
use crate::time::{TimeZone, UnixSeconds};

const LINK: &str = "https://edge.example/t/aozora/#/registrations";
/// Where the guides for customers are; their names are ours.
const GUIDES: &str = "https://edge.example/console/guides/";
const REQUESTER: &str = "taro@mail.example";
const AT: UnixSeconds = UnixSeconds(1_795_230_300);

/// Texts that mail programs turn into links, and texts that browsers treat alike.
const LINKED: [&str; 55] = [
    "evil.example.com",
    "evil.museum",
    "EVIL.COM",
    "a-b.evil.co.uk",
    "evil.4you.com",
    "www.evil.com",
    "WWW.Evil.com",
    "www.x",
    "ｗｗｗ．evil",
    "ftp.evil.com",
    "http://evil.example",
    "HTTPS://EVIL.EXAMPLE/",
    "https://localhost",
    "https://user:pw@evil.com/",
    "ftp://evil.com",
    "file:///share",
    "odd+scheme-1://evil",
    "http：／／evil．com",
    "http:\\\\evil",
    "//evil.com/x",
    "\\\\evil\\share",
    "evil.com/path?x=1&y=2#z",
    "evil.com:8080",
    "evil.com:8080/a.b",
    "evil.com.",
    "evil.com,",
    "192.0.2.1",
    "192.0.2.1:8080/x",
    "http://192.0.2.1/",
    "https://[2001:db8::1]/x",
    "mail@evil.com",
    "first.last+tag@evil.com",
    "mail＠evil．com",
    "mail﹫evil.com",
    "mailto:mail@evil.com",
    "mailto:mail",
    "tel:+4512345678",
    "sms:12345",
    "javascript:alert(1)",
    "ms-word:ofe|u|x",
    "evil．com",
    "evil。com",
    "evil｡com",
    "evil․com",
    "evil﹒com",
    "ｅｖｉｌ．ｃｏｍ",
    "例え.テスト",
    "例え．みんな",
    "müller.de",
    "пример.рф",
    "उदाहरण.भारत",
    "xn--r8jz45g.xn--zckzah",
    "evil.xn--p1ai/x",
    "💩.la",
    "see <evil.com>, 「evil.org」 or (evil.net)",
];

/// Here the ideographic full stop could also end a Japanese sentence. Names contain no sentences, so it is disarmed
/// there.
const LINKED_IN_NAMES: &str = "例え。みんな";

/// Top-level domains in other scripts. A Japanese sentence may continue after any dot, so these are listed by name.
const IDN_TOPS: [&str; 7] = ["テスト", "みんな", "コム", "中国", "рф", "भारत", "한국"];

fn to(name: &str, locale: Locale) -> Recipient {
    Recipient {
        name: PersonName::parse(name).unwrap(),
        address: EmailAddress::parse("hanako.sato@aozora.example").unwrap(),
        locale,
        time_zone: TimeZone::parse("Asia/Tokyo").unwrap(),
    }
}

/// Every kind of mail, with `name` wherever a stranger supplies a name and `words` wherever they write sentences.
fn every_mail(name: &str, words: &str) -> Vec<MailContent> {
    let tenant_name = || name.to_owned();
    let device_name = DeviceName::parse(name).unwrap();
    let person = PersonName::parse(name).unwrap();
    let organization = OrganizationName::parse(name).unwrap();
    let link = || LINK.to_owned();
    let mails: Vec<MailContent> = vec![
        MailContent::FirstCredential {
            occasion: Occasion::Account,
            tenant_name: tenant_name(),
            slug: Slug::parse("aozora").unwrap(),
            login_url: link(),
            account: "hanako".to_owned(),
            password: "7KQ2M-XW9TD".to_owned(),
            valid_until: AT,
        },
        MailContent::PasswordReset {
            tenant_name: tenant_name(),
            account: "hanako".to_owned(),
            link: link(),
            valid_until: AT,
        },
        MailContent::AddressChanged {
            tenant_name: tenant_name(),
            account: "hanako".to_owned(),
            at: AT,
        },
        MailContent::PasskeyChanged {
            tenant_name: tenant_name(),
            account: "hanako".to_owned(),
            name: PasskeyName::try_from(name.to_owned()).unwrap(),
            added: true,
            at: AT,
            link: link(),
        },
        MailContent::ApprovalRequest {
            tenant_name: tenant_name(),
            requester_name: person.clone(),
            requester_email: EmailAddress::parse(REQUESTER).unwrap(),
            organization: organization.clone(),
            device_name: device_name.clone(),
            requested_at: AT,
            expires_at: AT,
            outside_mail_domains: true,
            link: link(),
        },
        MailContent::ApprovalDigest {
            tenant_name: tenant_name(),
            count: 600,
            named: vec![Named {
                name: person.clone(),
                organization,
                device_name: device_name.clone(),
            }],
            link: link(),
        },
        MailContent::ConfirmAddress {
            tenant_name: tenant_name(),
            device_name: device_name.clone(),
            expires_at: AT,
            link: link(),
        },
        MailContent::ActivationCode {
            tenant_name: tenant_name(),
            device_name: device_name.clone(),
            code: "7KQ2M-XW9TD".to_owned(),
            activate_url: link(),
            expires_at: AT,
        },
        MailContent::Alerts {
            tenant_name: tenant_name(),
            alerts: vec![Alert {
                kind: AlertKind::Refused,
                at: AT,
                what: format!("{name} ({REQUESTER}), {name}"),
                by: None,
            }],
            more: 1,
            link: link(),
        },
        // The desk's answer is not a stranger's text: its links are intended.
        MailContent::InquiryAnswered {
            tenant_name: tenant_name(),
            subject: words.to_owned(),
            by: person.clone(),
            body: Body::try_from("ご確認ください。".to_owned()).unwrap(),
            attachments: 1,
            link: link(),
        },
        MailContent::InquiryArrived {
            tenant_name: tenant_name(),
            subject: words.to_owned(),
            by: person,
            link: link(),
        },
        MailContent::QuestionAsked {
            tenant_name: tenant_name(),
            provider_name: OrganizationName::parse(words).unwrap(),
            asker: PersonName::parse(words).unwrap(),
            title: QuestionTitle::parse(words).unwrap(),
            text: Body::try_from(words.to_owned()).unwrap(),
            reference: Some(QuestionReference::parse(words).unwrap()),
            required: 2,
            expires_at: AT,
            link: link(),
        },
        MailContent::QuestionAnswered {
            tenant_name: tenant_name(),
            title: QuestionTitle::parse(words).unwrap(),
            reference: Some(QuestionReference::parse(words).unwrap()),
            decision: Decision {
                outcome: Outcome::Refused,
                by: UserId::generate(&CountingRandom::new(1)),
                name: PersonName::parse(words).unwrap(),
                email: EmailAddress::parse(REQUESTER).unwrap(),
                at: AT,
                reason: Some(Reason::parse(words).unwrap()),
                locale: Locale::Ja,
            },
            link: link(),
        },
        MailContent::LaunchAsked(Box::new(LaunchAsked {
            tenant_name: tenant_name(),
            provider_name: OrganizationName::parse(words).unwrap(),
            asker: PersonName::parse(words).unwrap(),
            equipment: words.to_owned(),
            serial_number: words.to_owned(),
            place: Some(words.to_owned()),
            reason: Reason::parse(words).unwrap(),
            abilities: Ability::ALL.to_vec(),
            period: 5_400,
            starts_at: Some(AT),
            required: 2,
            expires_at: AT,
            link: link(),
        })),
        MailContent::LaunchStarted(Box::new(LaunchStarted {
            tenant_name: tenant_name(),
            equipment: words.to_owned(),
            serial_number: words.to_owned(),
            executed_by: Some(PersonName::parse(words).unwrap()),
            number: SessionNumber::parse("123456789").unwrap(),
            password: "7KQ2-XW9T".to_owned(),
            until: AT,
            to_desk: false,
            link: link(),
        })),
        MailContent::SessionSummary(Box::new(SessionSummary {
            tenant_name: tenant_name(),
            provider_name: OrganizationName::parse(words).unwrap(),
            subject: SummarySubject::Equipment(words.to_owned(), words.to_owned()),
            summary: Summary {
                desk: vec![words.to_owned()],
                guests: vec![words.to_owned()],
                files: vec![Arrived {
                    name: words.to_owned(),
                    size: 1,
                    from: words.to_owned(),
                    to: words.to_owned(),
                }],
                shared: true,
                ..Summary::default()
            },
            link: link(),
        })),
        MailContent::SupportSteps {
            tenant_name: tenant_name(),
            provider_name: OrganizationName::parse(words).unwrap(),
            equipment: words.to_owned(),
            serial_number: words.to_owned(),
            edge: LINK.to_owned(),
        },
        MailContent::LaunchReport(Box::new(LaunchReport {
            tenant_name: tenant_name(),
            equipment: words.to_owned(),
            serial_number: words.to_owned(),
            news: LaunchNews::Refused,
            decision: Some(Decision {
                outcome: Outcome::Refused,
                by: UserId::generate(&CountingRandom::new(1)),
                name: PersonName::parse(words).unwrap(),
                email: EmailAddress::parse(REQUESTER).unwrap(),
                at: AT,
                reason: Some(Reason::parse(words).unwrap()),
                locale: Locale::Ja,
            }),
            granted: None,
            link: link(),
        })),
        MailContent::AttendedInvitation(Box::new(AttendedInvitation {
            tenant_name: tenant_name(),
            provider_name: OrganizationName::parse(words).unwrap(),
            host: PersonName::parse(words).unwrap(),
            title: SessionTitle::parse(words).unwrap(),
            number: SessionNumber::parse("123456789").unwrap(),
            until: AT,
            link: link(),
            page: link(),
        })),
        MailContent::Refused {
            tenant_name: tenant_name(),
            device_name,
            reason: Some(Reason::parse(words).unwrap()),
        },
    ]
    .into_iter()
    .chain(appointments(words))
    .collect();
    mails.iter().for_each(is_written_above);
    mails
}

/// Every mail about an appointment, to both sides, with a stranger's words wherever it has any.
fn appointments(words: &str) -> Vec<MailContent> {
    let mut mails = Vec::new();
    for news in [
        AppointmentNews::Proposed,
        AppointmentNews::Countered,
        AppointmentNews::Scheduled,
        AppointmentNews::Moved,
        AppointmentNews::Shifted,
        AppointmentNews::Cancelled,
        AppointmentNews::Declined,
        AppointmentNews::Unanswered,
        AppointmentNews::CheckMissing,
        AppointmentNews::Reminder,
    ] {
        for (to_desk, equipment, late) in [(false, None, false), (true, None, true), (false, Some(words), true)] {
            mails.push(MailContent::Appointment(Box::new(AppointmentMail {
                tenant_name: words.to_owned(),
                provider_name: OrganizationName::parse(words).unwrap(),
                host: PersonName::parse(words).unwrap(),
                guests: vec![PersonName::parse(words).unwrap()],
                title: SessionTitle::parse(words).unwrap(),
                equipment: equipment.map(str::to_owned),
                news,
                to_desk,
                agreed: Some(AT),
                length: 3600,
                times: vec![AT],
                other_zone: ZoneName::from(&TimeZone::UTC),
                by: Some(PersonName::parse(words).unwrap()),
                reason: Some(Reason::parse(words).unwrap()),
                late,
                link: LINK.to_owned(),
                check_link: Some(LINK.to_owned()),
                join: Some(JoinByMail {
                    link: LINK.to_owned(),
                    number: SessionNumber::parse("123456789").unwrap(),
                    page: LINK.to_owned(),
                }),
                event: None,
            })));
        }
    }
    mails
}

/// Fails to compile when a new kind of mail is added, as a reminder to add it here and above.
const fn is_written_above(content: &MailContent) {
    match content {
        MailContent::FirstCredential { .. }
        | MailContent::PasswordReset { .. }
        | MailContent::AddressChanged { .. }
        | MailContent::PasskeyChanged { .. }
        | MailContent::ApprovalRequest { .. }
        | MailContent::ApprovalDigest { .. }
        | MailContent::ConfirmAddress { .. }
        | MailContent::ActivationCode { .. }
        | MailContent::Alerts { .. }
        | MailContent::InquiryAnswered { .. }
        | MailContent::InquiryArrived { .. }
        | MailContent::QuestionAsked { .. }
        | MailContent::QuestionAnswered { .. }
        | MailContent::LaunchAsked(_)
        | MailContent::LaunchStarted(_)
        | MailContent::LaunchReport(_)
        | MailContent::SessionSummary(_)
        | MailContent::SupportSteps { .. }
        | MailContent::AttendedInvitation(_)
        | MailContent::Appointment(_)
        | MailContent::Refused { .. } => {}
    }
}

/// The text in half width and lower case, with one kind of dot. An ideographic full stop counts as a dot where a host
/// name could continue after it.
fn plainly(text: &str) -> Vec<char> {
    let half = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c).saturating_sub(0xfee0)).unwrap(),
        '\u{2024}' | '\u{fe52}' => '.',
        '\u{fe6b}' => '@',
        other => other.to_ascii_lowercase(),
    };
    let mut plain: Vec<char> = text.chars().map(half).collect();
    for at in 0..plain.len() {
        if matches!(plain[at], '\u{3002}' | '\u{ff61}') {
            let label: String = plain
                .iter()
                .skip(at.saturating_add(1))
                .take_while(|c| is_host(**c))
                .collect();
            let ends_host =
                ["com", "net", "org", "example"].contains(&label.as_str()) || IDN_TOPS.contains(&label.as_str());
            plain[at] = if ends_host { '.' } else { ' ' };
        }
    }
    plain
}

fn is_host(c: char) -> bool {
    c.is_alphanumeric() || "-_".contains(c) || (!c.is_ascii() && !c.is_whitespace() && !"「」（）、。・：".contains(c))
}

/// The label at the beginning of `rest`. No top-level domain mixes ASCII with other scripts, so a label ends where the
/// text continues in Japanese.
fn label(rest: &[char]) -> String {
    let ascii = rest.first().is_some_and(char::is_ascii);
    let of_label = |c: &&char| is_host(**c) && (!ascii || c.is_ascii());
    rest.iter().take_while(of_label).collect()
}

/// Whether `rest` continues with enough numbers to complete an IP address.
fn has_two_numbers(rest: &str) -> bool {
    let numbers: String = rest.chars().take_while(|c| *c == '.' || c.is_ascii_digit()).collect();
    let mut numbers = numbers.split('.');
    let mut next = || numbers.next().is_some_and(|number| !number.is_empty());
    next() && next() && next()
}

/// The parts of `text` that a mail program would turn into links.
fn links(text: &str) -> Vec<String> {
    let plain = plainly(text);
    let schemes = ["mailto", "tel", "sms", "javascript", "ms-word", "file"];
    let mut found = Vec::new();
    for (at, c) in plain.iter().enumerate().filter(|(_, c)| ":@\\/.".contains(**c)) {
        let (before, rest) = (&plain[..at], &plain[at..][1..]);
        let before = before.rsplit(|c| !is_host(*c)).next().unwrap_or_default();
        let before: String = before.iter().collect();
        let token: String = rest.iter().take_while(|c| !c.is_whitespace()).collect();
        let goes_on = rest.first().is_some_and(|c| is_host(*c));
        let label = label(rest);
        let is_link = match c {
            ':' => {
                let slashes = token.starts_with("//") || token.starts_with("\\\\");
                !before.is_empty() && (slashes || (schemes.contains(&before.as_str()) && !token.is_empty()))
            }
            '@' => !before.is_empty() && goes_on,
            '\\' | '/' => token.starts_with(*c) && rest.get(1).is_some_and(|c| is_host(*c)),
            '.' if before.is_empty() || !goes_on => false,
            '.' if before == "www" => true,
            '.' if label.chars().all(|c| c.is_ascii_digit()) => has_two_numbers(&token),
            '.' if label.is_ascii() => label.len() >= 2,
            '.' => IDN_TOPS.contains(&label.as_str()),
            _ => false,
        };
        if is_link {
            found.push(format!("{before}{c}{token}"));
        }
    }
    found
}

/// The text of an HTML document, and the targets of its links.
fn read(html: &str) -> (String, Vec<String>) {
    let hrefs = html
        .split("href=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned());
    let mut text = String::new();
    for piece in html.split('<').skip(1) {
        text.push(' ');
        text.push_str(piece.split_once('>').unwrap().1);
    }
    for (entity, c) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, c);
    }
    (text, hrefs.collect())
}

/// `text` without the addresses of our guides, whose names hold nothing of a stranger's.
fn without_guides(text: &str) -> String {
    let mut parts = text.split(GUIDES);
    let first = parts.next().unwrap_or_default().to_owned();
    let rest = parts.map(|part| part.trim_start_matches(|c: char| c.is_ascii_lowercase() || c == '.'));
    rest.fold(first, |text, rest| text + rest)
}

fn assert_unlinked(name: &str, words: &str) {
    for locale in Locale::ALL {
        for content in every_mail(name, words) {
            let mail = compose(&content, &to(name, locale), "Tegata");
            let (html, hrefs) = read(&mail.html);
            let guide = |href: &str| {
                let name = href.strip_prefix(GUIDES).and_then(|name| name.strip_suffix(".html"));
                name.is_some_and(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '.'))
            };
            assert!(
                hrefs.iter().all(|href| href == LINK || guide(href)),
                "{hrefs:?} in {content:?}"
            );
            for text in [&mail.subject, &mail.text, &html] {
                // Our own link and the address that the approver verifies may remain.
                let strangers = without_guides(&text.replace(LINK, "").replace(REQUESTER, ""));
                let found = links(&strangers);
                assert!(
                    found.is_empty(),
                    "{name} is linked: {found:?} in {content:?}, {locale}: {text}"
                );
            }
        }
    }
}

#[test]
fn the_matcher_takes_what_mail_programs_take() {
    for linked in LINKED.into_iter().chain([LINKED_IN_NAMES]) {
        assert!(!links(linked).is_empty(), "{linked}");
        assert!(
            !links(&format!("受付（{linked} ）です")).is_empty(),
            "{linked} in brackets"
        );
    }
    for usual in [
        "佐藤 花子",
        "J. R. Hansen",
        "承認できません。Viewerの予定がありません。",
        "3.5",
        "kl. 04.05",
        "Co., Ltd.",
    ] {
        assert!(links(usual).is_empty(), "{usual}");
    }
}

#[test]
fn a_strangers_text_is_a_link_in_no_mail() {
    for linked in LINKED {
        assert_unlinked(linked, linked);
    }
    let among = LINKED
        .iter()
        .take(5)
        .fold("当選".to_owned(), |text, linked| format!("{text} {linked}"));
    assert_unlinked(&among, &among);
    assert_unlinked(LINKED_IN_NAMES, "受付");
}

#[test]
fn a_mail_address_that_begins_like_a_web_address_is_no_link() {
    for address in [
        "www.evil.com/?@a.example",
        "evil.com/login@a.example",
        "www.evil.com@a.example",
    ] {
        let mut mails = every_mail("受付", "受付");
        let asked = mails.iter_mut().find_map(|content| match content {
            MailContent::ApprovalRequest { requester_email, .. } => Some(requester_email),
            _ => None,
        });
        *asked.unwrap() = EmailAddress::parse(address).unwrap();
        for content in mails {
            let mail = compose(&content, &to("受付", Locale::En), "Tegata");
            let text = without_guides(&mail.text.replace(LINK, "").replace(REQUESTER, ""));
            assert_eq!(links(&text), [""; 0], "{address}");
        }
    }
}
