//! Which paths the gate forwards: those that stay below the data origin's base path, however the data origin reads them.
//!
//! Servers differ in what they do to a path before they resolve `.` and `..`: some decode it once, some twice (a proxy,
//! then the server behind it), some take `\` for `/`, some cut parameters off (`..;x`), trim blanks, or fold what only
//! looks like a dot or a slash. So a path is judged as it stands, decoded once, and decoded twice, each time as the most
//! generous of them would read it. A third decoding is not looked at: no server that stands behind only one proxy does it.

/// What is read as a dot or a separator though it is none: overlong UTF-8, and characters that are folded to ASCII by
/// Unicode's compatibility forms or by a code page.
const LOOK_ALIKES: [(&[u8], &[u8]); 15] = [
    (b"\xc0\xae", b"."),
    (b"\xe0\x80\xae", b"."),
    (b"\xef\xbc\x8e", b"."),  // U+FF0E fullwidth full stop
    (b"\xe2\x80\xa4", b"."),  // U+2024 one dot leader
    (b"\xe2\x80\xa5", b".."), // U+2025 two dot leader
    (b"\xef\xb9\x92", b"."),  // U+FE52 small full stop
    (b"\xc0\xaf", b"/"),
    (b"\xe0\x80\xaf", b"/"),
    (b"\xef\xbc\x8f", b"/"), // U+FF0F fullwidth solidus
    (b"\xe2\x88\x95", b"/"), // U+2215 division slash
    (b"\xe2\x81\x84", b"/"), // U+2044 fraction slash
    (b"\xc1\x9c", b"/"),
    (b"\xef\xbc\xbc", b"/"), // U+FF3C fullwidth reverse solidus
    (b"\xef\xb9\xa8", b"/"), // U+FE68 small reverse solidus
    (b"\xef\xbc\x9b", b";"), // U+FF1B fullwidth semicolon
];

/// Whether a path has a part that a reader may resolve to somewhere above it, or a control character.
pub(crate) fn climbs(path: &str) -> bool {
    let bytes = path.as_bytes();
    if is_plain(bytes) {
        return false;
    }
    let mut decoded = decode(bytes);
    if leaves(bytes) || leaves(&decoded) {
        return true;
    }
    if decoded.contains(&b'%') {
        decoded = decode(&decoded);
        return leaves(&decoded);
    }
    false
}

/// Whether nothing in `path` is read in more than one way, and no part begins with a dot: most paths, and they cost no
/// allocation.
fn is_plain(path: &[u8]) -> bool {
    let mut before = 0;
    path.iter().all(|&byte| {
        let hidden = before == b'/' && byte == b'.';
        before = byte;
        !hidden && byte.is_ascii_graphic() && !matches!(byte, b'%' | b'\\' | b';')
    })
}

/// `path` with its `%XX` decoded, and the `%uXXXX` of old servers.
fn decode(path: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(path.len());
    let mut rest = path;
    while let [byte, after @ ..] = rest {
        rest = after;
        match after {
            [b'u' | b'U', a, b, c, d, after @ ..] if *byte == b'%' => {
                if let Some(unit) = hex(&[*a, *b, *c, *d]) {
                    let character = char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER);
                    decoded.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                    rest = after;
                    continue;
                }
            }
            [a, b, after @ ..] if *byte == b'%' => {
                if let Some(value) = hex(&[*a, *b]).and_then(|value| u8::try_from(value).ok()) {
                    decoded.push(value);
                    rest = after;
                    continue;
                }
            }
            _ => {}
        }
        decoded.push(*byte);
    }
    decoded
}

fn hex(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0_u32, |value, digit| {
        let digit = char::from(*digit).to_digit(16)?;
        Some((value << 4) | digit)
    })
}

/// Whether `path`, which is decoded as far as it will be, has a dot part or a control character.
fn leaves(path: &[u8]) -> bool {
    if path.iter().any(u8::is_ascii_control) {
        return true;
    }
    is_dotted(path) || (!path.is_ascii() && is_dotted(&folded(path)))
}

fn is_dotted(path: &[u8]) -> bool {
    let is_separator = |byte: &u8| matches!(byte, b'/' | b'\\');
    path.split(is_separator).any(|part| {
        // A part ends where its parameters begin, or, for who reads it as a URL once more, where a query does.
        let name = part.split(|byte| matches!(byte, b';' | b'?' | b'#')).next();
        matches!(name.unwrap_or_default().trim_ascii(), b"." | b"..")
    })
}

/// `path` with its look-alikes as what they look like.
fn folded(path: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(path.len());
    let mut rest = path;
    while let [byte, after @ ..] = rest {
        let found = LOOK_ALIKES
            .iter()
            .find_map(|(form, meant)| Some((*meant, rest.strip_prefix(*form)?)));
        if let Some((meant, after)) = found {
            plain.extend_from_slice(meant);
            rest = after;
        } else {
            plain.push(*byte);
            rest = after;
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Strategy, any, prop, prop_assert, prop_oneof, proptest};

    use super::{climbs, is_plain};

    #[test]
    fn no_spelling_of_a_parent_passes() {
        for bad in [
            "/../x",
            "/a/..",
            "/..",
            "/.",
            "/./x",
            "/a/%2e%2E/b",
            "/.%2e/x",
            "/%2e./x",
            "/%2e/x",
            // Separators in disguise.
            "/..%2fx",
            "/..%2Fx",
            "/x/..%2f..%2f",
            "/x%2f..",
            "/%2e%2e%2fx",
            "/a\\..\\b",
            "/..\\x",
            "/..%5cx",
            "/..%5Cx",
            "/a%5c..%5c..%5csecret",
            // Parameters, queries and blanks that a server cuts off.
            "/..;/x",
            "/..;a=b/x",
            "/..%3b/x",
            "/..%3Bx%2fy",
            "/%2e%2e;/x",
            "/a/.;/x",
            "/..%3fx",
            "/..%23x",
            "/..%20/x",
            "/%20..%20/x",
            // Decoded twice.
            "/%252e%252e%252f",
            "/%252e%252e/x",
            "/..%252fx",
            "/..%255cx",
            "/.%252e/x",
            "/..%253b/x",
            "/%25%32%65%25%32%65/x",
            // Control characters, raw, encoded and encoded twice.
            "/a%00b",
            "/..%00/x",
            "/a%0d%0ab",
            "/a%09b",
            "/.%09./x",
            "/a%7fb",
            "/a%2500b",
            "/a\tb",
            "/a\u{7f}b",
            // What only looks like it.
            "/%c0%ae%c0%ae/x",
            "/..%c0%afx",
            "/..%c1%9cx",
            "/%e0%80%ae./x",
            "/．．/x",
            "/%ef%bc%8e%ef%bc%8e/x",
            "/..%ef%bc%8fx",
            "/..%ef%bc%bcx",
            "/..%e2%88%95x",
            "/%e2%80%a5/x",
            "/%u002e%u002e/x",
            "/..%u2215x",
            "/..%u002fx",
            "/..%25u002fx",
        ] {
            assert!(climbs(bad), "{bad}");
        }
    }

    #[test]
    fn ordinary_paths_pass() {
        for good in [
            "/",
            "/a/b.c",
            "/..a/b",
            "/a..",
            "/a...b",
            "/.well-known/x",
            "//a",
            "/a%20b",
            "/%E9%9D%92",
            "/青空",
            "/Ａ／Ｂ",
            "/a;v=1/b",
            "/a;v=..",
            "/100%25",
            "/100%",
            "/%zz",
            "/%u9752",
            "/a%2Fb",
            "/a%3Fb",
            "/a%5Cb",
            // Shift_JIS, with a second byte that is a backslash.
            "/%95%5C%8E%A6",
            "/~x/@y/!$&'()*+,=:",
        ] {
            assert!(!climbs(good), "{good}");
        }
    }

    #[test]
    fn most_paths_are_judged_by_one_look() {
        for plain in ["/", "/reports/2026/cnc-07.json", "/a..b", "//a"] {
            assert!(is_plain(plain.as_bytes()), "{plain}");
        }
        for other in ["/.a", "/a%20b", "/a;b", "/a\\b", "/青", "/a b"] {
            assert!(!is_plain(other.as_bytes()), "{other}");
        }
    }

    /// A server's reading of a path, written apart from the rule: how often it decodes, what separates, what is cut off.
    #[expect(clippy::arithmetic_side_effects, reason = "a path of a test is short")]
    fn depth_stays(path: &str, decodings: u8, backslashes: bool, cuts: bool) -> bool {
        let mut bytes = path.as_bytes().to_vec();
        for _ in 0..decodings {
            let mut decoded = Vec::new();
            let mut at = 0;
            while at < bytes.len() {
                let pair = bytes.get(at + 1..at + 3).and_then(|pair| str::from_utf8(pair).ok());
                let value = pair.and_then(|pair| u8::from_str_radix(pair, 16).ok());
                match value {
                    Some(value) if bytes[at] == b'%' && bytes[at + 1] != b'+' => {
                        decoded.push(value);
                        at += 3;
                    }
                    _ => {
                        decoded.push(bytes[at]);
                        at += 1;
                    }
                }
            }
            bytes = decoded;
        }
        let mut depth = 0_i32;
        for part in bytes.split(|byte| *byte == b'/' || (backslashes && *byte == b'\\')) {
            let end = part.iter().position(|byte| cuts && *byte == b';').unwrap_or(part.len());
            match &part[..end] {
                b"" | b"." => {}
                b".." => depth -= 1,
                _ => depth += 1,
            }
            if depth < 0 {
                return false;
            }
        }
        true
    }

    /// Paths of pieces that matter, and of anything.
    fn paths() -> impl Strategy<Value = String> {
        let pieces = [
            "/", "..", ".", "%2e", "%2E", "%2f", "%2F", "%5c", "\\", ";", "%3b", "%25", "25", "2e", "2f", "a", "%",
            "%00", "青", "%c0%af", " ",
        ];
        let piece = prop_oneof![
            8 => prop::sample::select(pieces.to_vec()).prop_map(str::to_owned),
            1 => any::<char>().prop_map(String::from),
        ];
        prop::collection::vec(piece, 0..14).prop_map(|pieces| format!("/{}", pieces.concat()))
    }

    proptest! {
        #[test]
        fn no_path_that_passes_leaves_its_base_however_it_is_read(path in paths()) {
            if !climbs(&path) {
                for decodings in 0..=2 {
                    for backslashes in [false, true] {
                        for cuts in [false, true] {
                            prop_assert!(depth_stays(&path, decodings, backslashes, cuts), "{path:?} {decodings} {backslashes} {cuts}");
                        }
                    }
                }
            }
        }
    }
}
