//! Line breaks for plain text in Latin and Japanese script.

/// Characters that may not begin a line (行頭禁則).
const NOT_FIRST: &str =
    "、。，．・：；？！゛゜ヽヾゝゞ々ー）］｝〕〉》」』】…ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ";
/// Characters that may not end a line (行末禁則).
const NOT_LAST: &str = "（［｛〔〈《「『【";
/// Quoted words up to this many columns, such as the name of a button, stay on one line.
const QUOTED_COLUMNS: usize = 24;

fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115f}' | '\u{2026}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{1f300}'..='\u{1faff}' | '\u{20000}'..='\u{3fffd}')
}

fn columns(text: &str) -> usize {
    text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

/// Whether lines may break between characters: in Japanese text, but not inside a Japanese name in a Latin text.
fn breaks_anywhere(text: &str) -> bool {
    let wide = text.chars().filter(|c| is_wide(*c)).count();
    wide.saturating_mul(3) > text.chars().count()
}

/// A run of characters that stays together, and whether a space stood before it.
struct Run {
    text: String,
    spaced: bool,
}

fn runs(text: &str) -> Vec<Run> {
    let anywhere = breaks_anywhere(text);
    let mut runs: Vec<Run> = Vec::new();
    let mut spaced = false;
    let mut previous = None;
    let mut quoted = false;
    for c in text.chars() {
        if c == ' ' || c == '\n' {
            spaced = true;
            previous = None;
            continue;
        }
        let joins = previous.is_some_and(|before: char| {
            !anywhere || (!is_wide(before) && !is_wide(c)) || NOT_FIRST.contains(c) || NOT_LAST.contains(before)
        });
        match runs.last_mut() {
            Some(run) if joins || (quoted && !spaced && columns(&run.text) < QUOTED_COLUMNS) => run.text.push(c),
            _ => runs.push(Run {
                text: c.to_string(),
                spaced,
            }),
        }
        quoted = c == '「' || (quoted && c != '」');
        spaced = false;
        previous = Some(c);
    }
    runs
}

/// A line being filled.
#[derive(Default)]
struct Line {
    text: String,
    used: usize,
    /// What follows the last comma or full stop in the second half of the line: a better place to break.
    tail: Option<String>,
}

impl Line {
    fn push(&mut self, run: &Run, width: usize) {
        let gap = if run.spaced && self.used > 0 { " " } else { "" };
        for text in [gap, &run.text] {
            self.text.push_str(text);
            self.used = self.used.saturating_add(columns(text));
            if let Some(tail) = &mut self.tail {
                tail.push_str(text);
            }
        }
        if run.text.ends_with(['、', '。']) && self.used > width.div_ceil(2) {
            self.tail = Some(String::new());
        }
    }

    /// Ends the line, at the better place if there is one, and gives what goes to the next.
    fn finish(mut self) -> (String, Self) {
        let tail = self.tail.take().unwrap_or_default();
        self.text.truncate(self.text.len().saturating_sub(tail.len()));
        let text = tail.trim_start().to_owned();
        let next = Self {
            used: columns(&text),
            text,
            tail: None,
        };
        (self.text, next)
    }
}

/// `text` in lines of at most `width` columns, where wide characters count two. A run without an allowed break that is
/// longer stays whole, so that an address in running text can still be copied.
pub(super) fn wrap(text: &str, width: usize) -> String {
    let mut lines = Vec::new();
    let mut line = Line::default();
    for run in runs(text) {
        let needed = columns(&run.text).saturating_add(usize::from(run.spaced));
        if line.used > 0 && line.used.saturating_add(needed) > width {
            let (finished, next) = line.finish();
            lines.push(finished);
            line = next;
        }
        line.push(&run, width);
    }
    lines.push(line.text);
    lines.join("\n")
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
    fn japanese_text_breaks_between_characters_but_not_before_a_full_stop() {
        assert_eq!(wrap("承認します。次へ", 10), "承認しま\nす。次へ");
        assert_eq!(wrap("押す（拒否）を", 6), "押す\n（拒\n否）を");
    }

    #[test]
    fn japanese_text_breaks_after_punctuation_where_it_can() {
        assert_eq!(
            wrap("これは、承認です。次のページへ進む", 22),
            "これは、承認です。\n次のページへ進む"
        );
    }

    #[test]
    fn a_buttons_name_stays_on_one_line() {
        assert_eq!(wrap("画面の「認証実行」を押す", 16), "画面の\n「認証実行」を押\nす");
        assert!(
            wrap(&format!("「{}", "長".repeat(40)), 16).lines().count() > 3,
            "a quotation without end is broken"
        );
    }

    #[test]
    fn mixed_text_keeps_words_whole() {
        assert_eq!(wrap("次のPCのViewerで見る", 8), "次のPCの\nViewerで\n見る");
    }

    #[test]
    fn nothing_is_lost() {
        let text = "佐藤 花子 様、<taro@aozora.example>、PC-07。 終わり";
        for width in 1..40 {
            assert_eq!(wrap(text, width).replace(['\n', ' '], ""), text.replace(' ', ""));
        }
        assert_eq!(wrap("", 10), "");
    }
}
