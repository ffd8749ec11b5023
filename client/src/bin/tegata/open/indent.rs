//! Indents JSON without reading it into values: numbers keep their digits, and members their order.

use serde::de::IgnoredAny;

/// Deepest nesting that is indented.
const DEEPEST: usize = 64;

/// The same document over several lines; `None` if it is no JSON, or would become longer than `most` bytes.
pub(super) fn indented(json: &str, most: usize) -> Option<String> {
    serde_json::from_str::<IgnoredAny>(json).ok()?;
    let mut text = String::with_capacity(json.len());
    let mut depth: usize = 0;
    let mut characters = json.chars().filter(in_strings_or_visible()).peekable();
    let mut in_string = Quotes::default();
    while let Some(character) = characters.next() {
        // White space before each value of a deep document outgrows the document many times.
        if depth > DEEPEST || text.len() > most {
            return None;
        }
        if in_string.next(character) {
            text.push(character);
            continue;
        }
        match character {
            '{' | '[' => {
                text.push(character);
                if let Some(end) = characters.next_if(|next| matches!(next, '}' | ']')) {
                    text.push(end);
                } else {
                    depth += 1;
                    line(&mut text, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line(&mut text, depth);
                text.push(character);
            }
            ',' => {
                text.push(',');
                line(&mut text, depth);
            }
            ':' => text.push_str(": "),
            _ => text.push(character),
        }
    }
    Some(text)
}

fn line(text: &mut String, depth: usize) {
    text.push('\n');
    for _ in 0..depth {
        text.push_str("  ");
    }
}

/// Whether a character belongs to the document: white space does only within strings.
fn in_strings_or_visible() -> impl FnMut(&char) -> bool {
    let mut quotes = Quotes::default();
    move |character| quotes.next(*character) || !character.is_ascii_whitespace()
}

/// Follows where strings begin and end.
#[derive(Default)]
struct Quotes {
    inside: bool,
    escaped: bool,
}

impl Quotes {
    /// Takes the next character; whether it is part of a string, quotation marks included.
    fn next(&mut self, character: char) -> bool {
        let was_inside = self.inside;
        if self.escaped {
            self.escaped = false;
        } else if self.inside && character == '\\' {
            self.escaped = true;
        } else if character == '"' {
            self.inside = !self.inside;
        }
        was_inside || self.inside
    }
}

#[cfg(test)]
mod tests {
    use super::indented;

    const MOST: usize = 10_000;

    #[test]
    fn a_document_is_indented_and_otherwise_unchanged() {
        let json = r#" {"z": 1.000000000000000000001,"a":["x, {y}: \"[\\", {}, [ ], null ],"脈拍":{"b":true}} "#;
        let expected = r#"{
  "z": 1.000000000000000000001,
  "a": [
    "x, {y}: \"[\\",
    {},
    [],
    null
  ],
  "脈拍": {
    "b": true
  }
}"#;
        let text = indented(json, MOST).unwrap();
        assert_eq!(text, expected);
        assert_eq!(indented(&text, MOST).as_deref(), Some(expected), "twice is once");
        assert_eq!(indented("{", MOST).as_deref(), None);
        assert_eq!(indented("7", MOST).as_deref(), Some("7"));
    }

    #[test]
    fn what_would_outgrow_the_page_is_left_as_it_is() {
        let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
        assert_eq!(indented(&deep, usize::MAX), None);
        let wide = format!("{}[{}1]{}", "[".repeat(60), "1,".repeat(1000), "]".repeat(60));
        assert_eq!(indented(&wide, MOST), None);
        assert!(indented(&wide, usize::MAX).is_some());
    }
}
