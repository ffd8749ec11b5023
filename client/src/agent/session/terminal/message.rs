//! The messages of a terminal: one in each data frame, whose first byte tells bytes from JSON.

use bytes::{BufMut as _, Bytes, BytesMut};
use serde::{Deserialize, Serialize};

const BYTES: u8 = 0;
const JSON: u8 = 1;
/// Largest width and height.
const LARGEST: u16 = 1_000;

/// What the desk says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum FromDesk {
    /// What was typed.
    Typed(Bytes),
    /// Something else.
    Wish(Wish),
}

/// What the desk wants.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Wish {
    /// First: a terminal.
    Open {
        #[serde(flatten)]
        size: Size,
        /// One it had before.
        #[serde(default)]
        terminal: Option<String>,
        /// From this offset.
        #[serde(default)]
        from: u64,
    },
    /// Another size.
    Resize(Size),
}

/// The size of a terminal, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(super) struct Size {
    columns: u16,
    rows: u16,
}

impl Size {
    pub(super) fn columns(self) -> u16 {
        self.columns.clamp(1, LARGEST)
    }

    pub(super) fn rows(self) -> u16 {
        self.rows.clamp(1, LARGEST)
    }
}

/// What the agent says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ToDesk {
    /// The answer to `open`.
    Opened {
        /// Its id.
        terminal: String,
        /// The offset of the first byte that is shown after it.
        from: u64,
    },
    /// The program has ended.
    Exit {
        /// Its code; `None` by a signal.
        code: Option<u32>,
    },
}

impl FromDesk {
    /// Reads a message; `None` for one that is malformed, or that this agent does not know.
    pub(super) fn read(mut message: Bytes) -> Option<Self> {
        match *message.split_to(message.len().min(1)).first()? {
            BYTES => Some(Self::Typed(message)),
            JSON => serde_json::from_slice(&message).ok().map(Self::Wish),
            _ => None,
        }
    }
}

/// What is shown.
pub(super) fn shown(bytes: &[u8]) -> Bytes {
    framed(BYTES, bytes)
}

/// Anything else.
pub(super) fn said(message: &ToDesk) -> Bytes {
    framed(JSON, &serde_json::to_vec(message).unwrap_or_default())
}

fn framed(kind: u8, bytes: &[u8]) -> Bytes {
    let mut message = BytesMut::with_capacity(bytes.len().saturating_add(1));
    message.put_u8(kind);
    message.extend_from_slice(bytes);
    message.freeze()
}

#[cfg(test)]
mod tests {
    use super::{FromDesk, Size, ToDesk, Wish, said, shown};
    use bytes::Bytes;

    fn read(message: &'static [u8]) -> Option<FromDesk> {
        FromDesk::read(Bytes::from_static(message))
    }

    #[test]
    fn messages_are_those_of_the_document() {
        let size = Size { columns: 80, rows: 24 };
        assert_eq!(
            read(b"\x01{\"open\":{\"columns\":80,\"rows\":24,\"terminal\":null,\"from\":0}}"),
            Some(FromDesk::Wish(Wish::Open {
                size,
                terminal: None,
                from: 0
            }))
        );
        assert_eq!(
            read(b"\x01{\"resize\":{\"columns\":80,\"rows\":24}}"),
            Some(FromDesk::Wish(Wish::Resize(size)))
        );
        assert_eq!(
            read(b"\0\xe3\x81\x82"),
            Some(FromDesk::Typed(Bytes::from_static("あ".as_bytes())))
        );
        for malformed in [
            &b""[..],
            b"\x02x",
            b"\x01{",
            b"\x01{\"dance\":{}}",
            b"\x01{\"resize\":{\"columns\":-1,\"rows\":2}}",
        ] {
            assert_eq!(read(malformed), None, "{malformed:?}");
        }
        let opened = ToDesk::Opened {
            terminal: "x".to_owned(),
            from: 7,
        };
        assert_eq!(said(&opened), &b"\x01{\"opened\":{\"terminal\":\"x\",\"from\":7}}"[..]);
        assert_eq!(
            said(&ToDesk::Exit { code: None }),
            &b"\x01{\"exit\":{\"code\":null}}"[..]
        );
        assert_eq!(shown(b"x"), &b"\0x"[..]);
    }

    #[test]
    fn a_size_has_bounds() {
        let size = Size {
            columns: 0,
            rows: u16::MAX,
        };
        assert_eq!((size.columns(), size.rows()), (1, 1_000));
    }
}
