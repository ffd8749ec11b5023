//! Replies of an SMTP server (RFC 5321, 4.2), with limits that hold for a broken or hostile server too.

use crate::delivery::mail::DeliveryError;

/// RFC 5321 allows 512 octets per line; some servers send longer ones.
const MAX_LINE: usize = 2048;
/// More lines than any server's list of extensions has.
const MAX_LINES: usize = 128;

/// One complete reply.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Reply {
    /// Three digits, 200 to 599.
    pub(super) code: u16,
    /// The text of each line, without code and line end.
    lines: Vec<String>,
}

impl Reply {
    /// The reply code, followed by the enhanced status code (RFC 3463) if there is one: `550 5.1.1`.
    pub(super) fn codes(&self) -> String {
        let first_word = self
            .lines
            .first()
            .and_then(|line| line.split(' ').next())
            .unwrap_or_default();
        let digits = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        if first_word.split('.').count() == 3 && first_word.split('.').all(digits) {
            format!("{} {first_word}", self.code)
        } else {
            self.code.to_string()
        }
    }
}

/// Collects the bytes of one reply at a time.
#[derive(Default)]
pub(super) struct ReplyReader {
    pending: Vec<u8>,
    code: Option<u16>,
    lines: Vec<String>,
}

impl ReplyReader {
    /// Adds bytes; returns the reply once its last line is complete.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<Option<Reply>, DeliveryError> {
        self.pending.extend_from_slice(bytes);
        while let Some(end) = self.pending.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = self.pending.drain(..=end).collect();
            if self.line(&line)? {
                let code = self.code.take().unwrap_or_default();
                return Ok(Some(Reply {
                    code,
                    lines: std::mem::take(&mut self.lines),
                }));
            }
        }
        if self.pending.len() > MAX_LINE {
            return Err(malformed("a line that is too long"));
        }
        Ok(None)
    }

    /// Whether bytes have arrived beyond the reply that was returned last.
    pub(super) fn has_rest(&self) -> bool {
        !self.pending.is_empty()
    }

    /// Processes one line; true if it is the last of its reply.
    fn line(&mut self, line: &[u8]) -> Result<bool, DeliveryError> {
        if line.len() > MAX_LINE || self.lines.len() >= MAX_LINES {
            return Err(malformed("a reply that is too long"));
        }
        let line = String::from_utf8_lossy(line);
        let line = line.trim_end_matches(['\r', '\n']);
        let code = line
            .get(..3)
            .filter(|code| code.bytes().all(|byte| byte.is_ascii_digit()));
        let code = code
            .and_then(|code| code.parse::<u16>().ok())
            .filter(|code| (200..600).contains(code));
        let code = code.ok_or_else(|| malformed("a line without a reply code"))?;
        if self.code.is_some_and(|first| first != code) {
            return Err(malformed("a reply with two codes"));
        }
        let rest = line.get(3..).unwrap_or_default();
        let (last, text) = match rest.strip_prefix('-') {
            Some(text) => (false, text),
            None if rest.is_empty() => (true, ""),
            None => (
                true,
                rest.strip_prefix(' ')
                    .ok_or_else(|| malformed("a line without a reply code"))?,
            ),
        };
        self.code = Some(code);
        self.lines.push(text.to_owned());
        Ok(last)
    }
}

/// The extensions in a server's EHLO reply that submission uses.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Extensions {
    /// RFC 3207.
    pub(super) starttls: bool,
    /// RFC 4616, offered under RFC 4954.
    pub(super) auth_plain: bool,
    /// The older LOGIN mechanism.
    pub(super) auth_login: bool,
    /// RFC 1870: offered, with the limit in octets (0 is "no fixed limit").
    pub(super) size: Option<u64>,
}

impl Extensions {
    /// Parses the lines after the first; keywords are case-insensitive, unknown ones are ignored.
    pub(super) fn parse(reply: &Reply) -> Self {
        let mut offered = Self::default();
        for line in reply.lines.iter().skip(1) {
            let line = line.to_ascii_uppercase();
            // Servers before RFC 2554 wrote `AUTH=PLAIN`, and some still send it beside the standard form.
            let mut words = line.split([' ', '=']).filter(|word| !word.is_empty());
            match words.next() {
                Some("STARTTLS") => offered.starttls = true,
                Some("SIZE") => offered.size = Some(words.next().and_then(|limit| limit.parse().ok()).unwrap_or(0)),
                Some("AUTH") => {
                    for mechanism in words {
                        offered.auth_plain |= mechanism == "PLAIN";
                        offered.auth_login |= mechanism == "LOGIN";
                    }
                }
                _ => {}
            }
        }
        offered
    }
}

fn malformed(what: &str) -> DeliveryError {
    DeliveryError::Temporary(format!("the mail server sent {what}"))
}

#[cfg(test)]
mod tests {
    use super::{Extensions, Reply, ReplyReader};
    use crate::delivery::mail::tests::is_temporary;

    fn whole(bytes: &[u8]) -> Reply {
        ReplyReader::default().push(bytes).unwrap().unwrap()
    }

    #[test]
    fn a_reply_may_arrive_byte_by_byte() {
        let bytes = b"250-mail.example\r\n250-SIZE 1000\r\n250 8BITMIME\r\n";
        let mut reader = ReplyReader::default();
        let (last, head) = bytes.split_last().unwrap();
        for byte in head {
            assert_eq!(reader.push(&[*byte]).unwrap(), None);
        }
        assert_eq!(reader.push(&[*last]).unwrap(), Some(whole(bytes)));
        assert!(!reader.has_rest());
    }

    #[test]
    fn only_codes_are_quoted_from_a_reply() {
        for (bytes, codes) in [
            (&b"550 5.1.1 <hanako@aozora.example> is unknown\r\n"[..], "550 5.1.1"),
            (b"550 hanako@aozora.example is unknown\r\n", "550"),
            (b"550 5.1.1.1 odd\r\n", "550"),
            (b"421\r\n", "421"),
            (b"421\n", "421"),
            (b"554-5.7.1 no\r\n554 5.7.1 \xff\xfe\r\n", "554 5.7.1"),
        ] {
            assert_eq!(whole(bytes).codes(), codes);
        }
    }

    #[test]
    fn malformed_and_endless_replies_end_the_session() {
        let endless_line = vec![b'2'; 5000];
        let endless_list = b"250-x\r\n".repeat(200);
        let long_line = [b"250 ".to_vec(), vec![b'x'; 3000], b"\r\n".to_vec()].concat();
        for bytes in [
            &b"hello\r\n"[..],
            b"25\r\n",
            b"250x\r\n",
            b"100 no\r\n",
            b"999 no\r\n",
            b"\r\n",
            b"250-a\r\n550 b\r\n",
            "２５０ ok\r\n".as_bytes(),
            &endless_line,
            &endless_list,
            &long_line,
        ] {
            assert!(
                ReplyReader::default()
                    .push(bytes)
                    .is_err_and(|error| is_temporary(&error))
            );
        }
    }

    #[test]
    fn extensions_are_read_in_any_case_and_order() {
        let offered = Extensions::parse(&whole(
            b"250-starttls is my name\r\n250-size\r\n250-AUTH=LOGIN\r\n250-auth cram-md5 Plain\r\n250-X-ODD\r\n250 smtputf8\r\n",
        ));
        let expected = Extensions {
            auth_plain: true,
            auth_login: true,
            size: Some(0),
            ..Extensions::default()
        };
        assert_eq!(offered, expected);
    }
}
