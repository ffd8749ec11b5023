use super::{AT, LINK, line_after, to};
use crate::calendar::{Attendee, Event, Method, Organizer, ZoneName};
use crate::locale::Locale;
use crate::mail::{AppointmentMail, AppointmentNews, ComposedMail, JoinByMail, MailContent, compose};
use crate::session::SessionNumber;
use crate::text::{OrganizationName, PersonName, Reason, SessionTitle};
use crate::time::TimeZone;

const TITLE: &str = "印刷, 検査; 「確認」と \"試験\" 😀";
const HOST: &str = "鈴木, 一郎; Jr.";
const GUEST: &str = "佐藤, 次郎; \"所長\" 😀";
const WORDS: &str = "出張, 会議; 「移動」のため 🚄";
const CHECK: &str = "https://edge.example/m/eyJhIjoxfQ.c2lnbmF0dXJl/check";
const JOIN: &str = "https://edge.example/j/eyJhIjoxfQ.c2lnbmF0dXJl";

const EVERY: [AppointmentNews; 10] = [
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
];

/// What is told of a date on 2026-11-21 at 12:05 in Tokyo, to somebody at the customer.
fn told(news: AppointmentNews) -> AppointmentMail {
    let attendee = |name: &str, address: &str, chairs| Attendee {
        name: name.to_owned(),
        address: address.to_owned(),
        chairs,
    };
    AppointmentMail {
        tenant_name: "あおぞら製作所".to_owned(),
        provider_name: OrganizationName::parse("北サポート").unwrap(),
        host: PersonName::parse(HOST).unwrap(),
        guests: vec![
            PersonName::parse(GUEST).unwrap(),
            PersonName::parse("Bo Jensen").unwrap(),
        ],
        title: SessionTitle::parse(TITLE).unwrap(),
        equipment: None,
        news,
        to_desk: false,
        agreed: Some(AT),
        length: 5400,
        times: vec![AT.plus(86_400), AT.plus(2 * 86_400)],
        other_zone: ZoneName::from(&TimeZone::parse("Europe/Copenhagen").unwrap()),
        by: Some(PersonName::parse(HOST).unwrap()),
        reason: Some(Reason::parse(WORDS).unwrap()),
        late: false,
        link: LINK.to_owned(),
        check_link: Some(CHECK.to_owned()),
        join: (news == AppointmentNews::Reminder).then(|| JoinByMail {
            link: JOIN.to_owned(),
            number: SessionNumber::parse("123456789").unwrap(),
            page: "https://edge.example/j".to_owned(),
        }),
        event: Some(Event {
            uid: "AAAAAAAAAAAAAAAAAAAAAA".to_owned(),
            sequence: 3,
            stamp: AT.plus(-86_400),
            start: AT,
            end: AT.plus(5400),
            zone: ZoneName::from(&TimeZone::parse("Asia/Tokyo").unwrap()),
            summary: String::new(),
            description: String::new(),
            url: None,
            attendees: vec![
                attendee(HOST, "suzuki@kita.example", true),
                attendee(GUEST, "jiro@aozora.example", false),
            ],
            cancelled: news == AppointmentNews::Cancelled,
        }),
    }
}

fn written(mail: AppointmentMail, locale: Locale) -> ComposedMail {
    compose(&MailContent::Appointment(Box::new(mail)), &to(locale), "Tegata")
}

/// The mail as running text: every break and every no-break space is a space.
fn running(mail: &ComposedMail) -> String {
    mail.text.replace(['\n', '\u{a0}'], " ")
}

/// What calendar programs get with a mail.
fn dated(mail: &ComposedMail) -> Option<(Method, String)> {
    let invite = mail.invite.as_ref()?;
    let organizer = Organizer {
        name: "北サポート, Tegata",
        address: "tegata@example.com",
    };
    Some((invite.method, invite.event.message(invite.method, "Tegata", organizer)))
}

/// The value of the only property called `name`, as a calendar program reads it (RFC 5545, sections 3.1 and 3.3.11).
fn read(calendar: &str, name: &str) -> String {
    let whole = calendar.replace("\r\n ", "");
    let mut values = whole
        .split("\r\n")
        .filter_map(|line| line.strip_prefix(&format!("{name}:")));
    let value = values.next().unwrap_or_else(|| panic!("no {name}: {whole}"));
    assert_eq!(values.next(), None, "{whole}");
    let (mut text, mut rest) = (String::new(), value.chars());
    while let Some(character) = rest.next() {
        assert!(!",;".contains(character), "{name} ends here for its reader: {value}");
        text.push(match character {
            '\\' => match rest.next().unwrap() {
                'n' => '\n',
                escaped => escaped,
            },
            _ => character,
        });
    }
    text
}

#[test]
fn each_mail_says_in_its_subject_what_has_become_of_the_date() {
    let cases = [
        (
            AppointmentNews::Proposed,
            [
                "ご回答のお願い：北サポートからの日程のご相談（",
                "Please answer: 北サポート suggests times for an appointment (",
                "Svar venligst: 北サポート foreslår tidspunkter til en aftale (",
            ],
        ),
        (
            AppointmentNews::Scheduled,
            ["日程のご案内：", "Appointment: ", "Aftale: "],
        ),
        (
            AppointmentNews::Moved,
            ["日程が変わりました：", "New date: ", "Ny dato: "],
        ),
        (
            AppointmentNews::Shifted,
            [
                "時刻をご確認ください：",
                "Please check the time: ",
                "Kontrollér tidspunktet: ",
            ],
        ),
        (
            AppointmentNews::Cancelled,
            ["日程が中止になりました：", "Cancelled: ", "Aflyst: "],
        ),
        (
            AppointmentNews::Reminder,
            ["まもなく始まります：", "Starting soon: ", "Begynder snart: "],
        ),
    ];
    for (news, begins) in cases {
        for (locale, begin) in [Locale::Ja, Locale::En, Locale::Da].into_iter().zip(begins) {
            let mail = written(told(news), locale);
            let rest = mail.subject.strip_prefix(&format!("[Tegata] {begin}{TITLE}"));
            assert!(
                rest.is_some_and(|rest| ["", ")", "）"].contains(&rest)),
                "{}",
                mail.subject
            );
        }
    }
}

/// Z1 has the Japanese sentence word for word.
#[test]
fn the_schedule_says_that_no_link_has_to_be_opened_and_what_to_prepare() {
    let cases = [
        (
            Locale::Ja,
            "日程のご案内です。リンクを開く必要はありません。",
            ["画面を共有するPCを用意してください", "見せたくないウィンドウは"],
        ),
        (
            Locale::En,
            "This is to confirm the date. You do not need to open any link now.",
            ["have the PC ready whose screen", "close or hide what nobody should see"],
        ),
        (
            Locale::Da,
            "Her er den aftalte dato. Du behøver ikke at åbne noget link nu.",
            ["Hav den pc klar på dagen", "Luk eller skjul det, som ingen skal se"],
        ),
    ];
    for (locale, sentence, advice) in cases {
        let mail = written(told(AppointmentNews::Scheduled), locale);
        assert!(mail.text.lines().any(|line| line == sentence), "{}", mail.text);
        assert!(mail.html.contains(sentence), "{}", mail.html);
        let text = running(&mail);
        let (host, guests) = (format!("{HOST} (北サポート)"), "Bo Jensen");
        for part in advice
            .into_iter()
            .chain([TITLE, &host, GUEST, guests, "あおぞら製作所"])
        {
            assert!(text.contains(part), "{part}: {}", mail.text);
        }
        assert!(
            !text.contains(JOIN) && !text.contains("123 456 789"),
            "nobody can join yet"
        );
        let calendar = dated(&mail).unwrap().1;
        assert!(read(&calendar, "DESCRIPTION").starts_with(sentence), "{calendar}");
    }
}

#[test]
fn a_change_gives_the_new_date_in_both_zones_and_why() {
    for (locale, times) in [
        (
            Locale::Ja,
            "2026年11月21日（土）12時05分（日本時間）／2026年11月21日（土）4時05分（中央ヨーロッパ時間）",
        ),
        (
            Locale::En,
            "Saturday 21 November 2026, 12:05 JST / Saturday 21 November 2026, 04:05 CET",
        ),
        (Locale::Da, "lørdag den 21. november 2026 kl. 12.05"),
    ] {
        let mail = written(told(AppointmentNews::Moved), locale);
        assert!(running(&mail).contains(times), "{}", mail.text);
        assert!(mail.text.contains(&format!("> {WORDS}\n")), "{}", mail.text);
    }
}

#[test]
fn a_cancellation_says_who_and_why_and_asks_for_nothing() {
    for (locale, lead, by) in [
        (Locale::Ja, "次の日程は中止になりました。", "連絡した方"),
        (Locale::En, "This appointment has been cancelled.", "Told by"),
        (Locale::Da, "Denne aftale er aflyst.", "Meddelt af"),
    ] {
        let mail = written(told(AppointmentNews::Cancelled), locale);
        assert!(mail.text.lines().any(|line| line == lead), "{}", mail.text);
        let who = mail.text.lines().any(|line| line.contains(by)) && mail.text.contains(HOST);
        assert!(who && mail.text.contains(&format!("> {WORDS}\n")), "{}", mail.text);
        assert!(!mail.text.contains(CHECK) && !mail.text.contains(JOIN), "{}", mail.text);
    }
}

#[test]
fn a_proposal_lists_every_time_and_says_whether_a_date_stands() {
    for (locale, times, stands) in [
        (
            Locale::Ja,
            [
                "11月22日（日）12時05分（日本時間）",
                "11月23日（月）12時05分（日本時間）",
            ],
            "現在の日程は、変更が決まるまで",
        ),
        (
            Locale::En,
            ["Sunday 22 November 2026, 12:05", "Monday 23 November 2026, 12:05"],
            "The agreed date stands",
        ),
        (
            Locale::Da,
            ["søndag den 22. november 2026", "mandag den 23. november 2026"],
            "Den aftalte dato gælder",
        ),
    ] {
        let change = running(&written(told(AppointmentNews::Proposed), locale));
        let first = AppointmentMail {
            agreed: None,
            event: None,
            ..told(AppointmentNews::Proposed)
        };
        let first = running(&written(first, locale));
        for time in times {
            assert!(change.contains(time) && first.contains(time), "{time}: {change}");
        }
        assert!(change.contains(stands) && !first.contains(stands), "{first}");
    }
}

#[test]
fn the_reminder_has_the_way_in_and_says_if_it_is_late() {
    for (locale, label, late) in [
        (Locale::Ja, "セッションに参加", "を過ぎています。"),
        (Locale::En, "Join the session", "this mail is late"),
        (Locale::Da, "Deltag i sessionen", "denne mail kommer sent"),
    ] {
        let mail = written(told(AppointmentNews::Reminder), locale);
        assert!(
            mail.html.contains(label) && mail.text.lines().any(|line| line == JOIN),
            "{}",
            mail.text
        );
        assert_eq!(line_after(&mail.text, "ID"), "123 456 789", "{}", mail.text);
        assert!(!running(&mail).contains(late), "{}", mail.text);
        let late_one = AppointmentMail {
            late: true,
            ..told(AppointmentNews::Reminder)
        };
        assert!(running(&written(late_one, locale)).contains(late));
        // On a machine nobody joins.
        let machine = AppointmentMail {
            equipment: Some("検査装置 3号".to_owned()),
            join: None,
            ..told(AppointmentNews::Reminder)
        };
        let machine = written(machine, locale);
        assert!(
            machine.text.contains("検査装置 3号") && !running(&machine).contains(label),
            "{}",
            machine.text
        );
    }
}

/// RFC 6047, section 2.4: the method of the header, which the sender takes from the same place, is that of the text.
#[test]
fn only_mails_about_an_agreed_date_carry_it_with_the_method_of_the_mail() {
    for locale in Locale::ALL {
        for news in EVERY {
            for to_desk in [false, true] {
                let mail = written(AppointmentMail { to_desk, ..told(news) }, locale);
                let expected = match news {
                    AppointmentNews::Scheduled | AppointmentNews::Moved | AppointmentNews::Shifted => {
                        Some((Method::Request, "REQUEST", "CONFIRMED"))
                    }
                    AppointmentNews::Cancelled => Some((Method::Cancel, "CANCEL", "CANCELLED")),
                    _ => None,
                };
                let found = dated(&mail).map(|(method, text)| (method, read(&text, "METHOD"), read(&text, "STATUS")));
                let expected = expected.map(|(method, name, status)| (method, name.to_owned(), status.to_owned()));
                assert_eq!(found, expected, "{news:?}");
            }
        }
    }
}

#[test]
fn marks_line_breaks_and_emoji_reach_calendars_whole() {
    for locale in Locale::ALL {
        for news in [
            AppointmentNews::Scheduled,
            AppointmentNews::Moved,
            AppointmentNews::Cancelled,
        ] {
            let mail = written(told(news), locale);
            let (_, calendar) = dated(&mail).unwrap();
            for line in calendar.split("\r\n") {
                assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line}");
            }
            assert_eq!(read(&calendar, "SUMMARY"), format!("{TITLE} (北サポート)"));
            let description = read(&calendar, "DESCRIPTION");
            assert_eq!(description.lines().count(), 4, "{description}");
            assert!(description.ends_with(LINK), "{description}");
            // A parameter has no escapes: a quotation mark is the one thing that it cannot have (RFC 5545, section 3.2).
            let whole = calendar.replace("\r\n ", "");
            for person in [
                "ORGANIZER;CN=\"北サポート, Tegata\":mailto:tegata@example.com\r\n",
                "CN=\"鈴木, 一郎; Jr.\":mailto:suzuki@kita.example\r\n",
                "CN=\"佐藤, 次郎; '所長' 😀\":mailto:jiro@aozora.example\r\n",
            ] {
                assert!(whole.contains(person), "{person}: {whole}");
            }
        }
    }
}

#[test]
fn what_people_have_typed_is_whole_in_the_mail_and_one_line_of_it() {
    for locale in Locale::ALL {
        for news in EVERY {
            let mail = written(told(news), locale);
            assert!(
                mail.subject.contains(TITLE) && !mail.subject.contains('\n'),
                "{}",
                mail.subject
            );
            assert!(mail.text.contains(TITLE) && mail.text.contains(GUEST), "{}", mail.text);
            let escaped = GUEST.replace('"', "&quot;");
            assert!(mail.html.contains(&escaped), "{}", mail.html);
        }
    }
    for broken in ["a\nb", "a\r\nb", "a\u{2028}b"] {
        assert!(
            SessionTitle::parse(broken).is_err() && Reason::parse(broken).is_err(),
            "{broken:?}"
        );
    }
}

#[test]
fn running_text_keeps_within_the_columns_in_these_mails_too() {
    for news in EVERY {
        let mail = written(told(news), Locale::En);
        for line in mail
            .text
            .lines()
            .filter(|line| line.is_ascii() && !line.contains("://"))
        {
            assert!(line.len() <= 72, "{news:?}: {line}");
        }
    }
}
