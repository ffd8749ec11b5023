//! The binary envelope of the session protocol, specified in docs/session-protocol.md: one frame for each message of the
//! WebSocket, with a header of fixed length before its payload. What the control stream says is in
//! [`control`](super::control); who may send what, and how much of it, is decided in `objects`.

/// The subprotocol (RFC 6455 section 1.9) of session sockets.
pub const PROTOCOL: &str = "tegata.session.v1";
/// The version in each header.
pub const VERSION: u8 = 1;
/// Bytes of a header.
pub const HEADER: usize = 24;
/// Most bytes of a message.
pub const LARGEST: u32 = 64 * 1024;
/// Most bytes of a payload.
pub const LARGEST_PAYLOAD: u32 = LARGEST - HEADER as u32;
/// Most bytes of a control message.
pub const LARGEST_CONTROL: u32 = 16 * 1024;
/// The credit of each direction of a stream when the stream opens, in bytes.
pub const FIRST_CREDIT: u64 = 64 * 1024;
/// The credit that may be outstanding at most, in bytes.
pub const MOST_CREDIT: u64 = 1024 * 1024;
/// The least by which a credit frame raises the credit, in bytes; one that raises it by less changes nothing.
pub const LEAST_CREDIT: u64 = 1024;
/// Most streams that one connection has opened.
pub const MOST_STREAMS: usize = 32;
/// From here on are the streams that the participant with the lower address opens; below, those of the other.
pub const LOWER_OPENS: u32 = 1 << 31;
/// The largest offset: JavaScript holds every integer up to it exactly.
pub const LARGEST_OFFSET: u64 = (1 << 53) - 1;
/// The address of the session itself.
pub const SESSION: u16 = 0;
/// The address of the machine's agent. People have those above it.
pub const AGENT: u16 = 1;

/// Close code: the session has ended, or what opened the socket is no longer accepted.
pub const ENDED: u16 = 4001;
/// Close code: the same participant has opened another socket.
pub const REPLACED: u16 = 4002;
/// Close code: the participant sent more than it had credit for.
pub const UNPAID: u16 = 4003;
/// Close code: the participant left too many control messages unread.
pub const STALLED: u16 = 4004;
/// Close code: the desk has removed the participant.
pub const REMOVED: u16 = 4005;
/// Close code: the message is no frame, or is not allowed where it came (RFC 6455 section 7.4.1, "policy violation").
pub const MALFORMED: u16 = 1008;

/// What a frame does to its stream. Numbers are never reused; a new one needs a new version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Carries bytes of the stream. The offset is that of the frame's own first byte.
    Data,
    /// Restates the credit: the receiver accepts frames up to this offset.
    Credit,
    /// Opens the stream.
    Open,
    /// Ends the stream; the other side answers with the same.
    Close,
}

impl Act {
    const fn of(byte: u8) -> Option<Self> {
        match byte {
            1 => Some(Self::Data),
            2 => Some(Self::Credit),
            3 => Some(Self::Open),
            4 => Some(Self::Close),
            _ => None,
        }
    }

    const fn byte(self) -> u8 {
        match self {
            Self::Data => 1,
            Self::Credit => 2,
            Self::Open => 3,
            Self::Close => 4,
        }
    }
}

/// What a stream carries. Numbers are never reused. A frame of an unknown kind is skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Messages between a participant and the session.
    Control,
    /// Reserved: what people write goes over the control stream.
    Chat,
    /// A file.
    File,
    /// A screen: RFB from a machine, encoded video from a person.
    Screen,
    /// A terminal.
    Terminal,
    /// The state of the machine, and tails of its log files.
    Diagnostics,
    /// Offers and candidates of peer connections (RFC 8829).
    Signalling,
    /// A kind of a newer side.
    Other(u8),
}

impl Kind {
    /// The kind with this number.
    #[must_use]
    pub const fn of(byte: u8) -> Self {
        match byte {
            0 => Self::Control,
            1 => Self::Chat,
            2 => Self::File,
            3 => Self::Screen,
            4 => Self::Terminal,
            5 => Self::Diagnostics,
            6 => Self::Signalling,
            other => Self::Other(other),
        }
    }

    /// The number of the kind.
    #[must_use]
    pub const fn byte(self) -> u8 {
        match self {
            Self::Control => 0,
            Self::Chat => 1,
            Self::File => 2,
            Self::Screen => 3,
            Self::Terminal => 4,
            Self::Diagnostics => 5,
            Self::Signalling => 6,
            Self::Other(other) => other,
        }
    }
}

/// The header of a frame. All numbers are big-endian.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// What the frame does.
    pub act: Act,
    /// What the stream carries.
    pub kind: Kind,
    /// Reserved: 0 when sent, ignored when received.
    pub flags: u8,
    /// The sender, which the session writes; what the sender wrote there is ignored.
    pub from: u16,
    /// The receiver.
    pub to: u16,
    /// The stream, among those of this sender and receiver.
    pub stream: u32,
    /// Bytes of the payload.
    pub length: u32,
    /// The absolute offset in this direction of the stream, whose data frames are counted with their headers: where this
    /// frame begins (data), or up to where frames are accepted (credit).
    pub offset: u64,
}

/// Why a message is no frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// Fewer bytes than a header has.
    #[error("the message is shorter than a header")]
    Short,
    /// Another version.
    #[error("the version is unknown")]
    Version,
    /// An unknown type.
    #[error("the type is unknown")]
    Type,
    /// The payload is not as long as the header says, or longer than allowed, or there is one where none belongs.
    #[error("the length is wrong")]
    Length,
    /// The offset, or the end of the data, is beyond what is allowed, or there is one where none belongs.
    #[error("the offset is wrong")]
    Offset,
}

/// The bytes that a data frame takes in its stream: those of its header too, so that small frames are paid as well.
#[must_use]
pub fn cost(length: u32) -> u64 {
    u64::from(length).saturating_add(HEADER as u64)
}

impl Header {
    /// A header for the first byte of `stream`, without payload.
    #[must_use]
    pub const fn new(act: Act, kind: Kind, to: u16, stream: u32) -> Self {
        Self {
            act,
            kind,
            flags: 0,
            from: SESSION,
            to,
            stream,
            length: 0,
            offset: 0,
        }
    }

    /// Reads a header and checks it against the size of the message it came in, without reading the payload.
    ///
    /// # Errors
    /// The first way in which the message is [`Malformed`].
    pub fn read(bytes: &[u8; HEADER], message: usize) -> Result<Self, Malformed> {
        let [
            version,
            act,
            kind,
            flags,
            f0,
            f1,
            t0,
            t1,
            s0,
            s1,
            s2,
            s3,
            l0,
            l1,
            l2,
            l3,
            offset @ ..,
        ] = *bytes;
        if version != VERSION {
            return Err(Malformed::Version);
        }
        let header = Self {
            act: Act::of(act).ok_or(Malformed::Type)?,
            kind: Kind::of(kind),
            flags,
            from: u16::from_be_bytes([f0, f1]),
            to: u16::from_be_bytes([t0, t1]),
            stream: u32::from_be_bytes([s0, s1, s2, s3]),
            length: u32::from_be_bytes([l0, l1, l2, l3]),
            offset: u64::from_be_bytes(offset),
        };
        let carries = usize::try_from(header.length)
            .ok()
            .and_then(|length| length.checked_add(HEADER));
        let alone = header.act != Act::Data && header.length > 0;
        if carries != Some(message) || header.length > LARGEST_PAYLOAD || alone {
            return Err(Malformed::Length);
        }
        let without = matches!(header.act, Act::Open | Act::Close) && header.offset > 0;
        match header.end() {
            Some(end) if end <= LARGEST_OFFSET && !without => Ok(header),
            _ => Err(Malformed::Offset),
        }
    }

    /// The offset after the frame; `None` beyond what 64 bits hold.
    #[must_use]
    pub fn end(&self) -> Option<u64> {
        match self.act {
            Act::Data => self.offset.checked_add(cost(self.length)),
            Act::Credit | Act::Open | Act::Close => Some(self.offset),
        }
    }

    /// The header's bytes.
    #[must_use]
    pub fn write(&self) -> [u8; HEADER] {
        let [f0, f1] = self.from.to_be_bytes();
        let [t0, t1] = self.to.to_be_bytes();
        let [s0, s1, s2, s3] = self.stream.to_be_bytes();
        let [l0, l1, l2, l3] = self.length.to_be_bytes();
        let [o0, o1, o2, o3, o4, o5, o6, o7] = self.offset.to_be_bytes();
        let (act, kind) = (self.act.byte(), self.kind.byte());
        [
            VERSION, act, kind, self.flags, f0, f1, t0, t1, s0, s1, s2, s3, l0, l1, l2, l3, o0, o1, o2, o3, o4, o5, o6,
            o7,
        ]
    }
}

/// Reads a message: its header, and its payload.
///
/// # Errors
/// The first way in which it is [`Malformed`].
pub fn read(message: &[u8]) -> Result<(Header, &[u8]), Malformed> {
    let (header, payload) = message.split_first_chunk::<HEADER>().ok_or(Malformed::Short)?;
    Ok((Header::read(header, message.len())?, payload))
}

/// Writes a message. The header's length becomes that of `payload`; `None` if it is too long.
#[must_use]
pub fn write(mut header: Header, payload: &[u8]) -> Option<Vec<u8>> {
    header.length = u32::try_from(payload.len())
        .ok()
        .filter(|length| *length <= LARGEST_PAYLOAD)?;
    let mut message = Vec::with_capacity(HEADER.saturating_add(payload.len()));
    message.extend_from_slice(&header.write());
    message.extend_from_slice(payload);
    Some(message)
}
