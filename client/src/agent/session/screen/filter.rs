//! What a viewer says to a VNC server (RFC 6143, section 7.5, and its registered extensions), message by message: what the
//! approval allows goes on, everything else is dropped. Pure: bytes in, bytes out.
//!
//! A message that is not listed here ends the stream, because nobody knows where it ends. So no extension may be agreed on
//! that would bring others: the announcements of those are removed from `SetEncodings`.

/// Most bytes of a text that a viewer puts on the clipboard.
const MOST_TEXT: u32 = 8 * 1024 * 1024;
/// ExtendedMouseButtons: a pointer event would have another length then.
const MOUSE_BUTTONS: i32 = -316;
/// gii: another kind of pointers.
const GII: i32 = -305;
/// xvp: the viewer could restart the machine.
const XVP: i32 = -309;
/// The clipboard with formats.
const CLIPBOARD: i32 = -1_063_131_698;

/// The stream ends: what the viewer says cannot be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotUnderstood;

/// Where in the viewer's messages the filter is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    /// Collects the beginning of a message.
    Beginning(Vec<u8>),
    /// In the rest of one, of which this many bytes are to come, and which goes on or not.
    Rest(u32, bool),
    /// In the list of encodings, of which this many are to come: those that go on, and the beginning of the next.
    Encodings(u16, Vec<u8>, Vec<u8>),
}

/// A filter for one viewer.
#[derive(Debug, Clone)]
pub(crate) struct Filter {
    /// Whether the viewer may control the machine.
    control: bool,
    place: Place,
}

/// What becomes of a message with a known beginning.
enum Verdict {
    /// More has to come to tell.
    Needs,
    /// This many more bytes belong to it; it goes on if the viewer may do that.
    Message { rest: u32, passes: bool },
    /// A list of so many encodings follows.
    Encodings(u16),
}

impl Filter {
    /// At the first message after the handshake.
    pub(crate) const fn new(control: bool) -> Self {
        Self {
            control,
            place: Place::Beginning(Vec::new()),
        }
    }

    /// Appends to `out` what of `bytes` goes on.
    pub(crate) fn take(&mut self, mut bytes: &[u8], out: &mut Vec<u8>) -> Result<(), NotUnderstood> {
        while let Some((first, after)) = bytes.split_first() {
            match &mut self.place {
                Place::Beginning(beginning) => {
                    beginning.push(*first);
                    bytes = after;
                    self.place = match judge(beginning, self.control)? {
                        Verdict::Needs => continue,
                        Verdict::Encodings(count) => Place::Encodings(count, Vec::new(), Vec::new()),
                        Verdict::Message { rest, passes } => {
                            if passes {
                                out.extend_from_slice(beginning);
                            }
                            Place::Rest(rest, passes)
                        }
                    };
                }
                Place::Rest(rest, passes) => {
                    let length = bytes.len().min(usize::try_from(*rest).unwrap_or(usize::MAX));
                    let (part, after) = bytes.split_at(length);
                    if *passes {
                        out.extend_from_slice(part);
                    }
                    *rest = rest.saturating_sub(u32::try_from(length).unwrap_or(u32::MAX));
                    bytes = after;
                }
                Place::Encodings(count, kept, next) => {
                    next.push(*first);
                    bytes = after;
                    if let Ok(encoding) = <[u8; 4]>::try_from(next.as_slice()) {
                        if agrees(i32::from_be_bytes(encoding), self.control) {
                            kept.extend_from_slice(&encoding);
                        }
                        next.clear();
                        *count = count.saturating_sub(1);
                    }
                }
            }
            self.finish(out);
        }
        Ok(())
    }

    /// Goes on to the next message at the end of one.
    fn finish(&mut self, out: &mut Vec<u8>) {
        let ended = match &self.place {
            Place::Beginning(_) => false,
            Place::Rest(rest, _) => *rest == 0,
            Place::Encodings(0, kept, _) => {
                let count = u16::try_from(kept.len() / 4).unwrap_or(u16::MAX);
                out.extend_from_slice(&[2, 0]);
                out.extend_from_slice(&count.to_be_bytes());
                out.extend_from_slice(kept);
                true
            }
            Place::Encodings(..) => false,
        };
        if ended {
            self.place = Place::Beginning(Vec::new());
        }
    }
}

/// Whether both sides may agree on this encoding or extension.
const fn agrees(encoding: i32, control: bool) -> bool {
    match encoding {
        MOUSE_BUTTONS | GII | XVP => false,
        CLIPBOARD => control,
        _ => true,
    }
}

fn judge(beginning: &[u8], control: bool) -> Result<Verdict, NotUnderstood> {
    let message = |whole: u32, passes: bool| {
        let had = u32::try_from(beginning.len()).unwrap_or(u32::MAX);
        Verdict::Message {
            rest: whole.saturating_sub(had),
            passes,
        }
    };
    Ok(match *beginning {
        // SetPixelFormat, FramebufferUpdateRequest, EnableContinuousUpdates
        [0] => message(20, true),
        [3] | [150] => message(10, true),
        // SetEncodings
        [2, _, high, low] => Verdict::Encodings(u16::from_be_bytes([high, low])),
        // KeyEvent, PointerEvent
        [4] => message(8, control),
        [5] => message(6, control),
        // ClientCutText; a negative length announces the form with formats.
        [6, _, _, _, l0, l1, l2, l3] => {
            let length = i32::from_be_bytes([l0, l1, l2, l3]).unsigned_abs();
            if length > MOST_TEXT {
                return Err(NotUnderstood);
            }
            message(length.saturating_add(8), control)
        }
        // ClientFence
        [248, _, _, _, _, _, _, _, length] => message(u32::from(length).saturating_add(9), true),
        // xvp can restart the machine, which control of the screen does not permit.
        [250] => message(4, false),
        // SetDesktopSize
        [251, _, _, _, _, _, screens, _] => message(u32::from(screens).saturating_mul(16).saturating_add(8), control),
        // QEMU's extended key event; its other messages are about sound.
        [255, 0] => message(12, control),
        [2 | 6 | 248 | 251 | 255] | [2, _] | [2, _, _] => Verdict::Needs,
        [6 | 248 | 251, ..] if beginning.len() < 9 => Verdict::Needs,
        _ => return Err(NotUnderstood),
    })
}

#[cfg(test)]
mod tests;
