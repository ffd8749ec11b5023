//! How a body from the data origin is shown. What is not recognised is not shown: a browser must not guess either.

use super::indent::indented;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// A body, ready for the page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// There is none.
    Empty,
    /// As text, which the template escapes. JSON is indented.
    Text { text: String, bytes: usize },
    /// As text, and as a page in a frame without any rights.
    Page { text: String, bytes: usize },
    /// As a picture inside the page, a `data:` URL.
    Picture { url: String, bytes: usize },
    /// Nothing that a person could read.
    Unshown { bytes: usize },
    /// Longer than what is shown.
    TooLarge,
}

/// Pictures that can hold no script. SVG can, and is shown as text.
const PICTURES: [&str; 5] = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"];

/// Decides by the media type, and by whether the body is text at all.
pub(super) fn show(content_type: &str, body: Vec<u8>) -> Shown {
    let bytes = body.len();
    if bytes == 0 {
        return Shown::Empty;
    }
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    if PICTURES.contains(&essence.as_str()) {
        let url = format!("data:{essence};base64,{}", STANDARD.encode(&body));
        return Shown::Picture { url, bytes };
    }
    let Some(text) = text(body) else {
        return Shown::Unshown { bytes };
    };
    match essence.as_str() {
        "text/html" | "application/xhtml+xml" => Shown::Page { text, bytes },
        json if json.ends_with("/json") || json.ends_with("+json") => Shown::Text {
            text: indented(&text, bytes.saturating_mul(4)).unwrap_or(text),
            bytes,
        },
        _ => Shown::Text { text, bytes },
    }
}

/// The body as text, if it is UTF-8 without characters that no text has.
fn text(body: Vec<u8>) -> Option<String> {
    let text = String::from_utf8(body).ok()?;
    let harmless = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t' | '\u{c}');
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    text.chars().all(harmless).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Shown, show};

    #[test]
    fn each_type_is_shown_in_its_way() {
        let json = show("application/json; charset=utf-8", br#"{"b":1,"a":[]}"#.to_vec());
        assert_eq!(
            json,
            Shown::Text {
                text: "{\n  \"b\": 1,\n  \"a\": []\n}".to_owned(),
                bytes: 14
            }
        );
        assert!(matches!(show("application/json", b"{".to_vec()), Shown::Text { .. }));
        assert!(matches!(show("text/html", b"<script>".to_vec()), Shown::Page { .. }));
        assert!(matches!(show("image/svg+xml", b"<svg/>".to_vec()), Shown::Text { .. }));
        assert_eq!(
            show("IMAGE/PNG", vec![0, 1, 2]),
            Shown::Picture {
                url: "data:image/png;base64,AAEC".to_owned(),
                bytes: 3
            }
        );
        assert_eq!(show("text/plain", vec![0xff]), Shown::Unshown { bytes: 1 });
        assert_eq!(show("text/plain", vec![b'a', 0]), Shown::Unshown { bytes: 2 });
        assert_eq!(show("", Vec::new()), Shown::Empty);
    }
}
