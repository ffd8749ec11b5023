//! Line breaks for plain text. Latin text is broken at spaces. Japanese text has none, and only the reader's mail
//! program knows where its lines should end.

fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115f}' | '\u{2026}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{1f300}'..='\u{1faff}' | '\u{20000}'..='\u{3fffd}')
}

fn columns(text: &str) -> usize {
    text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

/// Whether a text is Japanese, as opposed to Latin text that contains a Japanese name.
fn is_japanese(text: &str) -> bool {
    let wide = text.chars().filter(|c| is_wide(*c)).count();
    wide.saturating_mul(3) > text.chars().count()
}

/// Wraps Latin `text` to lines of at most `width` columns, where wide characters count as two, and leaves Japanese text
/// on one line. A word longer than a line stays whole, so that an address in running text can still be copied.
pub(super) fn wrap(text: &str, width: usize) -> String {
    if is_japanese(text) {
        return text.to_owned();
    }
    let mut wrapped = String::with_capacity(text.len());
    let mut used = 0_usize;
    // Only at these: a no-break space must keep its words together.
    for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
        let needed = columns(word);
        let with_space = used.saturating_add(needed).saturating_add(1);
        if used == 0 {
            used = needed;
        } else if with_space > width {
            wrapped.push('\n');
            used = needed;
        } else {
            wrapped.push(' ');
            used = with_space;
        }
        wrapped.push_str(word);
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn latin_text_breaks_at_spaces() {
        assert_eq!(wrap("one two three four", 9), "one two\nthree\nfour");
        assert_eq!(wrap("a unbreakably-long-word b", 6), "a\nunbreakably-long-word\nb");
        assert_eq!(
            wrap("an approver of あおぞら製作所 here", 22),
            "an approver of\nあおぞら製作所 here"
        );
    }

    #[test]
    fn latin_text_does_not_break_at_a_no_break_space() {
        assert_eq!(wrap("until 04.05\u{a0}CET on", 12), "until\n04.05\u{a0}CET on");
    }

    #[test]
    fn japanese_text_is_left_to_the_readers_program() {
        let text = "承認すると、このPCの Viewerで「あおぞら製作所」のデータを閲覧できるようになります。";
        assert_eq!(wrap(text, 10), text);
    }

    #[test]
    fn nothing_is_lost() {
        let text = "Kære Søren, <taro@aozora.example>, PC-07 in  あおぞら製作所. The end";
        for width in 1..40 {
            assert_eq!(wrap(text, width).replace(['\n', ' '], ""), text.replace(' ', ""));
        }
        assert_eq!(wrap("", 10), "");
    }
}
