use tegata_domain::approval::{ApprovalKind, Follows, Outcome};
use tegata_domain::directory::DirectoryEntry;
use tegata_domain::locale::Locale;

use super::{
    ActivateError, ActivatePage, ActivatedPage, AgreedPage, ApprovalError, ApprovalPage, ClosedPage, ClosedReason,
    ConfirmAddressPage, ConfirmedAddressPage, DecidedPage, EntranceError, EntrancePage, Frame, Page as _, STYLESHEET,
    Wording, language_href,
};

const HOSTILE: &str = "\"'><script>alert(1)</script><b onclick=x style=y>&amp;";
const PATH: &str = "/a/token";

/// A tenant whose provider's texts are all `value`.
fn entry(value: &str) -> DirectoryEntry {
    serde_json::from_value(serde_json::json!({
        "slug": "aozora", "kind": "tenant", "name": "青空", "state": "active", "data_origin": null,
        "face": { "version": 3, "name": value, "contact": [value], "accent": "#0b5394", "logo": "AAAA" },
    }))
    .unwrap()
}

/// Every page in each of its states, with `value` wherever it shows outside input.
fn every_page(locale: Locale, value: &str) -> Vec<String> {
    let entry = entry(value);
    let frame = Frame {
        locale,
        product: value,
        path: value,
        face: Some(&entry),
    };
    let mut pages = Vec::new();
    let errors = [
        ApprovalError::NotConfirmed,
        ApprovalError::RefusalNotConfirmed,
        ApprovalError::NoDecision,
        ApprovalError::Both,
        ApprovalError::ReasonTooLong,
    ];
    let wordings = ApprovalKind::ALL.map(Wording::of);
    for wording in wordings {
        for error in errors.map(Some).into_iter().chain([None]) {
            pages.push(approval(locale, value, wording, error));
        }
    }
    pages.push(
        AgreedPage {
            frame,
            tenant_name: value,
            statement: value,
            wording: Wording::of(ApprovalKind::Question),
            agreements: vec![value.to_owned()],
            receipt_path: value,
        }
        .html(),
    );
    let outcomes = [
        (Outcome::Approved, true),
        (Outcome::Approved, false),
        (Outcome::Refused, true),
        (Outcome::Refused, false),
    ];
    for ((outcome, just_now), wording) in outcomes
        .into_iter()
        .flat_map(|outcome| wordings.map(|wording| (outcome, wording)))
    {
        let page = DecidedPage {
            frame,
            tenant_name: value,
            statement: value,
            wording,
            agreements: vec![value.to_owned()],
            outcome,
            by_name: value,
            at: value.to_owned(),
            reason: Some(value),
            receipt_path: value,
            just_now,
            follows: Follows::Code,
        };
        pages.push(page.html());
    }
    for error in [None, Some(EntranceError::NoDomain), Some(EntranceError::Unknown)] {
        let tenants = vec![entry.clone()];
        let page = EntrancePage {
            frame,
            domain: value,
            error,
            tenants,
            mailbox: Some("/dev/mailbox"),
        };
        pages.push(page.html());
    }
    pages.extend(ClosedReason::ALL.map(|reason| ClosedPage { frame, reason }.html()));
    for error in [true, false] {
        let page = ConfirmAddressPage {
            frame,
            tenant_name: value,
            device_name: value,
            expires: value.to_owned(),
            token_path: value,
            error,
        };
        pages.push(page.html());
    }
    pages.push(
        ConfirmedAddressPage {
            frame,
            tenant_name: value,
        }
        .html(),
    );
    let errors = [
        ActivateError::UnknownOrExpired,
        ActivateError::WrongCode { tries_left: 3 },
        ActivateError::NoUserCode,
        ActivateError::NoActivationCode,
        ActivateError::NotYetApproved,
        ActivateError::Throttled,
    ];
    for error in errors.map(Some).into_iter().chain([None]) {
        pages.push(
            ActivatePage {
                frame,
                tenant_name: value,
                user_code: value,
                error,
            }
            .html(),
        );
    }
    pages.push(
        ActivatedPage {
            frame,
            tenant_name: value,
            device_name: value,
        }
        .html(),
    );
    pages
}

fn approval(locale: Locale, value: &str, wording: &'static Wording, error: Option<ApprovalError>) -> String {
    ApprovalPage {
        frame: Frame {
            locale,
            product: value,
            path: value,
            face: None,
        },
        tenant_name: value,
        statement: value,
        wording,
        needs_caution: true,
        approver: (value, value),
        several: Some(value.to_owned()),
        agreements: vec![value.to_owned()],
        finality: value.to_owned(),
        token_path: value,
        error,
        reason: value,
    }
    .html()
}

fn all() -> Vec<(Locale, String)> {
    let of = |locale| every_page(locale, HOSTILE).into_iter().map(move |page| (locale, page));
    Locale::ALL.into_iter().flat_map(of).collect()
}

/// The tags of a page, from `<` to `>`.
fn tags(page: &str) -> impl Iterator<Item = &str> {
    page.split('<').skip(1).filter_map(|rest| rest.split('>').next())
}

#[test]
fn values_from_outside_stay_text() {
    for (_, page) in all() {
        assert!(!page.contains("<script") && !page.contains("<b "), "{page}");
        for tag in tags(&page) {
            let outside_quotes: String = tag.split('"').step_by(2).collect();
            assert!(
                !outside_quotes.contains("onclick") && !outside_quotes.contains("style="),
                "{tag}"
            );
        }
    }
}

#[test]
fn a_strict_content_security_policy_blocks_nothing() {
    for page in Locale::ALL.into_iter().flat_map(|locale| every_page(locale, "x")) {
        for forbidden in [
            "<script",
            "<style",
            "style=",
            "<iframe",
            "javascript:",
            "data:",
            "http://",
            "https://",
        ] {
            assert!(!page.contains(forbidden), "{forbidden} in {page}");
        }
        for tag in tags(&page) {
            assert!(!tag.starts_with("img") || tag.contains(" src=\"/t/"), "{tag}");
            assert!(
                !tag.split_whitespace()
                    .any(|word| word.starts_with("on") && word.contains('=')),
                "{tag}"
            );
        }
    }
}

#[test]
fn every_page_names_its_language_and_has_one_heading() {
    for (locale, page) in all() {
        assert!(
            page.starts_with("<!DOCTYPE html>\n<html lang=\"") && page.contains(&format!("<html lang=\"{locale}\">"))
        );
        assert_eq!(page.matches("<h1>").count(), 1, "{page}");
        assert!(!page.contains("<h1></h1>") && !page.contains("<title></title>"));
        assert_eq!(page.matches("<main>").count(), 1);
    }
}

#[test]
fn no_text_is_missing_or_left_unfilled() {
    for (_, page) in all() {
        for text in page.split('>').filter_map(|rest| rest.split('<').next()) {
            assert!(
                !text.contains('{') && !["page-", "common-"].iter().any(|prefix| text.starts_with(prefix)),
                "{text}"
            );
        }
    }
}

#[test]
fn every_field_has_a_label() {
    for (_, page) in all() {
        let fields = tags(&page).filter(|tag| {
            (tag.starts_with("input") && !tag.contains("type=\"hidden\"")) || tag.starts_with("textarea")
        });
        for field in fields {
            let id = field
                .split("id=\"")
                .nth(1)
                .and_then(|rest| rest.split('"').next())
                .unwrap();
            assert!(page.contains(&format!("<label for=\"{id}\">")), "{field}");
        }
    }
}

#[test]
fn an_error_is_announced_and_leads_to_its_field() {
    for (error, field) in [
        (ApprovalError::NotConfirmed, "confirm"),
        (ApprovalError::RefusalNotConfirmed, "refuse"),
        (ApprovalError::NoDecision, "decision"),
        (ApprovalError::Both, "decision"),
        (ApprovalError::ReasonTooLong, "reason"),
    ] {
        let page = approval(Locale::Ja, "x", Wording::of(ApprovalKind::Viewer), Some(error));
        assert!(
            page.contains("role=\"alert\"") && page.contains("<title>エラー: "),
            "{page}"
        );
        assert!(page.contains(&format!("href=\"#{field}\"")) && page.contains(&format!("id=\"{field}\"")));
    }
    assert!(!approval(Locale::Ja, "x", Wording::of(ApprovalKind::Viewer), None).contains("role=\"alert\""));
}

#[test]
fn the_confirmation_is_never_ticked_beforehand_and_the_reason_is_kept() {
    let page = approval(
        Locale::En,
        "because",
        Wording::of(ApprovalKind::Viewer),
        Some(ApprovalError::NotConfirmed),
    );
    assert!(!page.contains("checked"));
    assert!(page.contains("\nbecause</textarea>"));
}

#[test]
fn enter_does_not_press_approve() {
    let page = approval(Locale::En, "x", Wording::of(ApprovalKind::Viewer), None);
    let first = tags(&page).find(|tag| tag.starts_with("button")).unwrap();
    assert!(
        first.contains("class=\"unseen\"") && !first.contains("name="),
        "{first}"
    );
}

#[test]
fn buttons_have_their_known_names() {
    for (locale, approve, refuse) in [
        (Locale::Ja, "承認", "拒否"),
        (Locale::En, "Approve", "Refuse"),
        (Locale::Da, "Godkend", "Afvis"),
    ] {
        let page = approval(locale, "x", Wording::of(ApprovalKind::Viewer), None);
        assert!(page.contains(&format!("value=\"approve\" class=\"primary\">{approve}</button>")));
        assert!(page.contains(&format!("value=\"refuse\" class=\"secondary\">{refuse}</button>")));
    }
}

#[test]
fn an_answer_already_given_says_who_and_when() {
    let page = DecidedPage {
        frame: Frame {
            locale: Locale::En,
            product: "Tegata",
            path: PATH,
            face: None,
        },
        tenant_name: "Nordlys A/S",
        statement: "one\n\ntwo",
        wording: Wording::of(ApprovalKind::Viewer),
        agreements: Vec::new(),
        outcome: Outcome::Refused,
        by_name: "Søren Ågård",
        at: "Saturday".to_owned(),
        reason: None,
        receipt_path: "/a/token/receipt",
        just_now: false,
        follows: Follows::Refusal,
    }
    .html();
    assert!(page.contains("Refused by Søren Ågård on Saturday.") && page.contains("already been refused"));
    assert!(
        page.contains("><strong>one</strong>\n\n<p>two</p></div>"),
        "the statement is shown verbatim, with its first line as the heading: {page}"
    );
}

#[test]
fn a_fresh_answer_says_how_the_requester_learns_of_it() {
    let answered = |outcome, follows| {
        DecidedPage {
            frame: Frame {
                locale: Locale::En,
                product: "Tegata",
                path: PATH,
                face: None,
            },
            tenant_name: "Nordlys A/S",
            statement: "one",
            wording: Wording::of(ApprovalKind::Viewer),
            agreements: Vec::new(),
            outcome,
            by_name: "Søren Ågård",
            at: "Saturday".to_owned(),
            reason: None,
            receipt_path: "/a/token/receipt",
            just_now: true,
            follows,
        }
        .html()
    };
    // Under `approval_only` no mail is sent, so the page must not promise one.
    let next = |outcome, follows| {
        let page = answered(outcome, follows);
        (
            page.contains("code is on its way"),
            page.contains("Viewer can now view"),
            page.contains("by email"),
        )
    };
    assert_eq!(next(Outcome::Approved, Follows::Code), (true, false, true));
    assert_eq!(next(Outcome::Approved, Follows::Access), (false, true, false));
    assert_eq!(next(Outcome::Refused, Follows::Refusal), (false, false, true));
}

#[test]
fn the_language_switch_stays_on_this_site() {
    assert_eq!(language_href(PATH, Locale::Da), "/a/token?lang=da");
    assert_eq!(
        language_href("/t/aozora/activate?user_code=BCDF-GHJK", Locale::En),
        "/t/aozora/activate?user_code=BCDF-GHJK&lang=en"
    );
    for elsewhere in [
        "//evil.example/",
        "/\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "",
    ] {
        assert_eq!(language_href(elsewhere, Locale::Ja), "?lang=ja", "{elsewhere}");
    }
}

#[test]
fn the_stylesheet_fetches_nothing() {
    assert!(!STYLESHEET.contains("url(") && !STYLESHEET.contains("@import"));
}
