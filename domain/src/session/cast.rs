//! The record of a terminal: what was typed and shown, as events of asciicast v2. Each line is a JSON array of the
//! seconds since the session was opened, `"i"`, `"o"` or `"r"`, and the text. The messages are those of
//! docs/session-protocol.md, "A terminal".

use serde::Deserialize;

/// The kind of a message that carries bytes.
const BYTES: u8 = 0;
/// The kind of a message that carries JSON.
const JSON: u8 = 1;

/// Most bytes of a message that opens a terminal or changes its size.
const LONGEST_SAID: usize = 1024;
/// Bytes of the shortest line.
const LEAST: usize = 16;

/// A message on a terminal's stream.
#[derive(Debug, Clone, Copy)]
pub struct Message<'m> {
    /// Whether the machine sent it.
    pub shown: bool,
    /// When, in milliseconds since the session was opened.
    pub at: i64,
    /// The data frame's payload.
    pub payload: &'m [u8],
}

/// What a terminal's stream has carried so far, as far as it matters for what follows: the beginnings of characters.
#[derive(Debug, Clone, Default)]
pub struct Cast {
    typed: Vec<u8>,
    shown: Vec<u8>,
}

#[derive(Deserialize)]
struct Size {
    columns: u16,
    rows: u16,
}

#[derive(Deserialize)]
struct Said {
    #[serde(default)]
    open: Option<Size>,
    #[serde(default)]
    resize: Option<Size>,
}

impl Cast {
    /// The line for a message; `None` for one that shows and types nothing.
    pub fn line(&mut self, message: Message<'_>) -> Option<String> {
        let (kind, rest) = message.payload.split_first()?;
        match (*kind, message.shown) {
            (BYTES, true) => event(message.at, "o", &readable(&mut self.shown, rest)),
            (BYTES, false) => event(message.at, "i", &readable(&mut self.typed, rest)),
            (JSON, false) => {
                let size = size(rest)?;
                event(message.at, "r", &format!("{}x{}", size.columns, size.rows))
            }
            _ => None,
        }
    }
}

/// How many bytes a message leaves in the record at least; 0 for one that leaves nothing. Whoever sends much that
/// leaves nothing does not fill the record.
#[must_use]
pub fn leaves(shown: bool, payload: &[u8]) -> usize {
    match payload.split_first() {
        Some((&BYTES, rest)) => rest.len(),
        Some((&JSON, rest)) if !shown => size(rest).map_or(0, |_| LEAST),
        _ => 0,
    }
}

/// The size that a person's message names.
fn size(json: &[u8]) -> Option<Size> {
    if json.len() > LONGEST_SAID {
        return None;
    }
    let said: Said = serde_json::from_slice(json).ok()?;
    said.open.or(said.resize)
}

fn event(at: i64, code: &str, text: &str) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    let at = at.max(0);
    let (seconds, millis) = (at.checked_div(1000)?, at.checked_rem(1000)?);
    let text = serde_json::to_string(text).ok()?;
    Some(format!("[{seconds}.{millis:03},\"{code}\",{text}]\n"))
}

/// The text of `bytes` after the `rest` of those before. The beginning of a character stays behind as the new rest;
/// what is no text becomes U+FFFD.
fn readable(rest: &mut Vec<u8>, bytes: &[u8]) -> String {
    rest.extend_from_slice(bytes);
    let all = core::mem::take(rest);
    let mut text = String::with_capacity(all.len());
    let mut chunks = all.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        text.push_str(chunk.valid());
        let invalid = chunk.invalid();
        match chunks.peek() {
            None if begins(invalid) => rest.extend_from_slice(invalid),
            _ if invalid.is_empty() => {}
            _ => text.push('\u{fffd}'),
        }
    }
    text
}

/// Whether the bytes are the beginning of a character.
fn begins(bytes: &[u8]) -> bool {
    core::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}

/// The line that says that nothing more is kept.
#[must_use]
pub fn full(at: i64) -> String {
    event(at, "m", "the rest is not kept").unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Cast, Message, leaves};

    fn lines(messages: &[(bool, i64, &[u8])]) -> Vec<Option<String>> {
        let mut cast = Cast::default();
        let each = messages.iter().map(|(shown, at, payload)| Message {
            shown: *shown,
            at: *at,
            payload,
        });
        each.map(|message| cast.line(message)).collect()
    }

    #[test]
    fn typed_and_shown_text_stands_in_order_with_its_time() {
        let found = lines(&[
            (
                false,
                0,
                b"\x01{\"open\":{\"columns\":80,\"rows\":24,\"terminal\":null,\"from\":0}}",
            ),
            (false, 1_234, b"\0ls\r"),
            (true, 1_300, "\0検査\u{1b}[0m\r\n".as_bytes()),
            (false, 2_000, b"\x01{\"resize\":{\"columns\":100,\"rows\":30}}"),
            (true, 2_500, b"\x01{\"exit\":{\"code\":0}}"),
            (true, 2_600, b""),
            (true, 2_600, b"\x07?"),
        ]);
        let expected = [
            Some("[0.000,\"r\",\"80x24\"]\n"),
            Some("[1.234,\"i\",\"ls\\r\"]\n"),
            Some("[1.300,\"o\",\"検査\\u001b[0m\\r\\n\"]\n"),
            Some("[2.000,\"r\",\"100x30\"]\n"),
            None,
            None,
            None,
        ];
        assert_eq!(found, expected.map(|line| line.map(str::to_owned)));
    }

    #[test]
    fn a_character_that_arrives_in_pieces_is_one() {
        let kanji = "\0漢".as_bytes();
        let found = lines(&[
            (true, 0, &kanji[..2]),
            (false, 0, b"\0x"),
            (true, 1, &[0, kanji[2]]),
            (true, 2, &[0, kanji[3], b'!']),
            (true, 3, &[0, 0xff, b'a']),
            (true, 4, &[0, 0xe6]),
            (true, 5, b"\0b"),
        ]);
        let expected = [
            None,
            Some("[0.000,\"i\",\"x\"]\n"),
            None,
            Some("[0.002,\"o\",\"漢!\"]\n"),
            Some("[0.003,\"o\",\"\u{fffd}a\"]\n"),
            None,
            Some("[0.005,\"o\",\"\u{fffd}b\"]\n"),
        ];
        assert_eq!(found, expected.map(|line| line.map(str::to_owned)));
    }

    #[test]
    fn what_leaves_no_line_takes_nothing_of_the_record() {
        let padded = format!("\u{1}{{\"nothing\":\"{}\"}}", "x".repeat(10_000));
        let long = format!(
            "\u{1}{{\"resize\":{{\"columns\":80,\"rows\":24,\"x\":\"{}\"}}}}",
            "x".repeat(10_000)
        );
        let messages: [(bool, &[u8]); 7] = [
            (false, b"\x07junk"),
            (false, b""),
            (false, b"\0"),
            (true, b"\x01{\"exit\":{\"code\":0}}"),
            (false, padded.as_bytes()),
            (false, long.as_bytes()),
            (false, b"\0ls -l\r"),
        ];
        for (shown, payload) in messages {
            let message = Message { shown, at: 0, payload };
            let line = Cast::default().line(message).map_or(0, |line| line.len());
            let taken = leaves(shown, payload);
            assert!(taken <= line, "{payload:?} takes {taken} and leaves {line}");
            assert_eq!(taken == 0, line == 0, "{payload:?}");
        }
    }
}
