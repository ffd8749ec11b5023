//! Content lines (RFC 5545, section 3.1): a name, parameters and a value, escaped and folded.

/// Longest line, in octets, without its line break.
const LONGEST: usize = 75;

/// Appends the line `text`, folded between characters, so that each piece is UTF-8 by itself.
pub(super) fn push(out: &mut String, text: &str) {
    let mut length = 0_usize;
    for character in text.chars() {
        let width = character.len_utf8();
        if length.saturating_add(width) > LONGEST {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(character);
        length = length.saturating_add(width);
    }
    out.push_str("\r\n");
}

/// Escapes a value of type TEXT (section 3.3.11). Line breaks become `\n`; other control characters, which no value may
/// have, a space.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '\\' => escaped.push_str("\\\\"),
            ';' => escaped.push_str("\\;"),
            ',' => escaped.push_str("\\,"),
            '\r' => {
                if rest.peek() != Some(&'\n') {
                    escaped.push_str("\\n");
                }
            }
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push('\t'),
            _ if character.is_control() => escaped.push(' '),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// A quoted parameter value (section 3.2). It cannot contain a quotation mark or a control character. RFC 6868 has a
/// spelling for them that few programs read, so an apostrophe and a space stand in for them.
pub(super) fn quoted(text: &str) -> String {
    let inner = text.chars().map(|character| match character {
        '"' => '\'',
        _ if character.is_control() => ' ',
        _ => character,
    });
    format!("\"{}\"", inner.collect::<String>())
}

/// The `mailto:` address of an addr-spec (RFC 6068): what is neither unreserved nor an `@` is encoded.
pub(super) fn mailto(address: &str) -> String {
    let mut uri = String::from("mailto:");
    for byte in address.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'@' | b'+' => {
                uri.push(char::from(byte))
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
