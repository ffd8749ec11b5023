//! Disarming of links in strangers' text. Anyone can have a code sent to any address and a request sent to any
//! approver, so their text reaches mailboxes before anyone has checked it. Mail programs turn anything that looks like
//! an address into a link, in subjects, plain text and HTML alike. This module therefore brackets the decisive
//! characters: `[.]`, `[@]`, `[://]`. Each program has its own rules; this module covers everything that any of them
//! links, and every variant that a browser accepts.

use crate::email::EmailAddress;

/// Schemes that form a link with just a colon after them, without slashes.
const SCHEMES: [&str; 23] = [
    "http",
    "https",
    "ftp",
    "file",
    "mailto",
    "tel",
    "sms",
    "callto",
    "news",
    "nntp",
    "javascript",
    "data",
    "xmpp",
    "sip",
    "sips",
    "skype",
    "facetime",
    "webcal",
    "magnet",
    "bitcoin",
    "outlook",
    "onenote",
    "intent",
];

/// Disarms the name of a person, a company, a PC or a thing. A PC's name may be a host name such as `pc-07.local`,
/// which would become a link too.
pub(super) fn name(text: &str) -> String {
    written(text, true)
}

/// Disarms running text. The ideographic full stop ends Japanese sentences, often without a space after it, so it stays
/// unless the text after it could end a host name.
pub(super) fn words(text: &str) -> String {
    written(text, false)
}

/// A mail address with both forms of its domain (`EmailAddress::shown`). An address of the usual form stays unchanged,
/// because the approver compares it and its link only opens a mail to the requester. Other addresses are disarmed,
/// because they can begin like a web address: `www.evil.example/?@a.example`. The Unicode form of a domain is disarmed
/// too, because it stands alone and would become a link.
pub(super) fn address(address: &EmailAddress) -> String {
    let text = address.as_str();
    let usual = |c: char| c.is_ascii_alphanumeric() || ".@_+'-".contains(c);
    let begins_as_host = ["www.", "ftp."]
        .iter()
        .any(|host| text.to_ascii_lowercase().starts_with(host));
    let stored = match text.chars().all(usual) && !begins_as_host {
        true => text.to_owned(),
        false => name(text),
    };
    match address.written_domain() {
        Some(written) => format!("{stored} ({})", name(&written)),
        None => stored,
    }
}

fn written(text: &str, is_name: bool) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut written = String::with_capacity(text.len());
    let mut at = 0_usize;
    while let Some((before, here)) = chars.split_at_checked(at) {
        let length = match here {
            [] => break,
            [colon, one, two, ..] if is_colon(*colon) && is_slash(*one) && is_slash(*two) => 3,
            [one, two, next, ..] if is_slash(*one) && is_slash(*two) && !next.is_whitespace() => 2,
            [at, ..] if is_at(*at) && touches(before, here) => 1,
            [colon, ..] if is_colon(*colon) && touches(before, here) && is_scheme(&word(before)) => 1,
            [dot, rest @ ..] if is_dot(*dot) && joins_host(before, *dot, rest, is_name) => 1,
            _ => 0,
        };
        let taken = here.iter().take(length.max(1));
        at = at.saturating_add(length.max(1));
        match length {
            0 => written.extend(taken),
            _ => {
                written.push('[');
                written.extend(taken);
                written.push(']');
            }
        }
    }
    written
}

/// Includes the characters that browsers treat as a dot in a host name (UTS #46).
const fn is_dot(c: char) -> bool {
    matches!(c, '.' | '\u{2024}' | '\u{3002}' | '\u{fe52}' | '\u{ff0e}' | '\u{ff61}')
}

const fn is_ideographic(dot: char) -> bool {
    matches!(dot, '\u{3002}' | '\u{ff61}')
}

const fn is_at(c: char) -> bool {
    matches!(c, '@' | '\u{fe6b}' | '\u{ff20}')
}

const fn is_colon(c: char) -> bool {
    matches!(c, ':' | '\u{fe55}' | '\u{ff1a}')
}

/// Includes the backslash: some programs link a Windows share, which begins with two of them.
const fn is_slash(c: char) -> bool {
    matches!(
        c,
        '/' | '\\' | '\u{ff0f}' | '\u{ff3c}' | '\u{fe68}' | '\u{2044}' | '\u{2215}'
    )
}

/// Whether the first character of `here` has non-blank characters directly before and after it.
fn touches(before: &[char], here: &[char]) -> bool {
    let seen = |c: Option<&char>| c.is_some_and(|c| !c.is_whitespace());
    seen(before.last()) && seen(here.get(1))
}

/// The character in half width and, if ASCII, in lower case.
fn folded(c: char) -> char {
    let half = match c {
        '\u{ff01}'..='\u{ff5e}' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c),
        _ => c,
    };
    half.to_ascii_lowercase()
}

/// The word at the end of `before`, folded.
fn word(before: &[char]) -> String {
    let of_word = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-');
    let mut word: Vec<char> = before.iter().rev().map(|c| folded(*c)).take_while(of_word).collect();
    word.reverse();
    word.into_iter().collect()
}

fn is_scheme(word: &str) -> bool {
    SCHEMES.contains(&word) || word.starts_with("ms-")
}

/// Whether `c` can occur in a host name. Some host names contain emoji or combining marks.
fn of_label(c: char) -> bool {
    let punctuation = matches!(c, '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff0f}'
        | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}');
    c.is_alphanumeric() || matches!(c, '-' | '_') || !(c.is_ascii() || c.is_whitespace() || punctuation || is_dot(c))
}

/// Whether a dot between `before` and `rest` could join the labels of a host name or the numbers of an IP address.
fn joins_host(before: &[char], dot: char, rest: &[char], is_name: bool) -> bool {
    if before.last().is_none_or(|c| c.is_whitespace() || is_dot(*c)) {
        return false;
    }
    let whole: Vec<char> = rest.iter().copied().take_while(|c| of_label(*c)).collect();
    let Some(first) = whole.first() else {
        return false;
    };
    // Japanese text continues without a space, and no top-level domain mixes it with ASCII.
    let one_script = |c: &&char| !folded(*first).is_ascii() || folded(**c).is_ascii();
    let label: Vec<char> = whole.iter().take_while(one_script).copied().collect();
    if matches!(word(before).as_str(), "www" | "ftp") {
        return true;
    }
    if label.iter().all(|c| c.is_numeric()) {
        let of_address = |c: &&char| c.is_numeric() || is_dot(**c);
        let around = before
            .iter()
            .rev()
            .take_while(of_address)
            .chain(rest.iter().take_while(of_address));
        // This dot and two others separate four numbers.
        return around.filter(|c| is_dot(**c)).count() >= 2;
    }
    if is_ideographic(dot) {
        return is_name || (label.len() >= 2 && label == whole && folded(*first).is_ascii());
    }
    // Initials have one letter, but no top-level domain does.
    label.len() >= 2
}

#[cfg(test)]
mod tests {
    use super::{address, name, words};
    use crate::email::EmailAddress;

    #[test]
    fn an_international_domain_is_shown_in_both_forms_and_does_not_link() {
        let shown = |text| address(&EmailAddress::parse(text).unwrap());
        assert_eq!(shown("taro@青空.example"), "taro@xn--grzr40d.example (青空[.]example)");
        assert_eq!(shown("taro@aozora.example"), "taro@aozora.example");
    }

    #[test]
    fn addresses_are_written_so_that_they_do_not_link() {
        for (typed, written) in [
            ("当選 https://evil.example/a", "当選 https[://]evil[.]example/a"),
            ("see www.evil.example", "see www[.]evil[.]example"),
            ("PC at evil.example", "PC at evil[.]example"),
            ("pc-07.aozora.local", "pc-07[.]aozora[.]local"),
            ("www.x", "www[.]x"),
            ("evil．com", "evil[．]com"),
            ("evil。com", "evil[。]com"),
            ("例え。みんな", "例え[。]みんな"),
            ("mail@evil.com", "mail[@]evil[.]com"),
            ("mail＠evil", "mail[＠]evil"),
            ("mailto:mail", "mailto[:]mail"),
            ("192.0.2.1:8080/x", "192[.]0[.]2[.]1:8080/x"),
            ("http:\\\\evil", "http[:\\\\]evil"),
            ("\\\\evil\\share", "[\\\\]evil\\share"),
            ("💩.la", "💩[.]la"),
            ("a.4u.example", "a[.]4u[.]example"),
        ] {
            assert_eq!(name(typed), written);
        }
    }

    #[test]
    fn usual_names_stay() {
        for usual in [
            "佐藤 花子",
            "J. R. Hansen",
            "J.R. Hansen",
            "Nordlys A/S",
            "Aozora Co., Ltd.",
            "Nordlys ApS (v. 2.0)",
            "Room 3: reception @ ground floor",
            "受付PC：1階",
            "モーニング。",
            "and so on...then",
            "a.",
            ".",
            "",
        ] {
            assert_eq!(name(usual), usual);
        }
    }

    #[test]
    fn sentences_stay() {
        let usual = "承認できません。Viewerの利用予定がありません。PCは3.5階のものです。";
        assert_eq!(words(usual), usual);
        assert_eq!(
            words("詳しくはevil。comへ"),
            "詳しくはevil。comへ",
            "no such top-level domain"
        );
        assert_eq!(words("詳しくはevil。com へ"), "詳しくはevil[。]com へ");
    }

    #[test]
    fn a_usual_mail_address_stays_and_one_like_a_web_address_does_not() {
        let shown = |text| address(&EmailAddress::parse(text).unwrap());
        for usual in [
            "taro@aozora.example",
            "t.yamada+pc@mail.aozora.example",
            "o'neil@example.com",
        ] {
            assert_eq!(shown(usual), usual);
        }
        assert_eq!(shown("www.evil.com/?@a.example"), "www[.]evil[.]com/?[@]a[.]example");
        assert_eq!(shown("WWW.evil.com@a.example"), "WWW[.]evil[.]com[@]a[.]example");
        assert_eq!(shown("evil.com/login@a.example"), "evil[.]com/login[@]a[.]example");
    }
}
