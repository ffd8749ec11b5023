//! Makes text from outside safe for a terminal.

/// Replaces control characters in text from outside: people whom nobody has approved yet choose names, and a terminal
/// obeys escape sequences.
pub(crate) fn printable(text: &str) -> String {
    let harmful = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if harmful(c) { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn a_name_cannot_command_the_terminal() {
        assert_eq!(
            printable("山田\u{1b}[2J\n太郎\u{202e}"),
            "山田\u{fffd}[2J\u{fffd}太郎\u{fffd}"
        );
    }
}
