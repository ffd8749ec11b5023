//! Frames on the sockets of a session's participants. The object decides about each from its header, in memory and
//! without waiting for anything; only control messages go the way of a text on any other socket. What is kept of frames
//! for the session's record is stored soon after.

use std::time::Duration;

use tegata_domain::control::MALFORMED;
use tegata_domain::session::frame::{HEADER, Header};
use tegata_domain::session::relay::{Passed, Seat};
use tegata_domain::socket::{Holder, Tag};
use tegata_domain::wire::json;
use tegata_objects::hosted::Hosted;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use worker::console_error;

use super::{Host, Inside};
use crate::platform::{
    attach, now_millis, pass_frame, payload_bytes, payload_text, read_header, seat_of, socket_attachments,
};
use crate::timer;

/// How long after a frame the state of the connections is kept with their sockets. The platform lets an object sleep
/// 10 s after its last event at the earliest, and never while this pause lasts.
const KEEP: Duration = Duration::from_secs(1);

impl<H: Hosted + 'static> Host<H> {
    /// Takes a message on a participant's socket: passes it on, or hears it.
    pub(crate) fn frame(&self, socket: JsValue, message: &JsValue) -> Result<JsValue, JsValue> {
        let whose = seat_of(&socket)?;
        let address = u16::try_from(whose >> 16).unwrap_or_default();
        let seat = Seat::new(address, u16::try_from(whose & 0xffff).unwrap_or_default());
        let mut header = [0; HEADER];
        let length = usize::try_from(read_header(message, &mut header)).unwrap_or_default();
        let passed = match Header::read(&header, length) {
            Ok(header) => self.0.hosted.pass(&seat, &header),
            Err(_) => Passed::End(MALFORMED),
        };
        match passed {
            Passed::To(to) => {
                pass_frame(&self.0.state, message, address, to);
                self.0.keep_soon();
            }
            Passed::Noted(to) => {
                pass_frame(&self.0.state, message, address, to);
                self.0.keep_soon();
                self.0.write_down_at_once();
            }
            Passed::Kept(to) => {
                self.0
                    .hosted
                    .overhear(address, to, now_millis(), &payload_bytes(message));
                pass_frame(&self.0.state, message, address, to);
                self.0.keep_soon();
            }
            Passed::Skip => {}
            Passed::Control => return self.heard(socket, payload_text(message)),
            Passed::End(code) => return self.closed(socket, code),
        }
        Ok(JsValue::UNDEFINED)
    }
}

impl<H: Hosted + 'static> Inside<H> {
    /// The connections that stayed open while the object slept.
    pub(super) fn kept(&self) -> Vec<Seat> {
        let attached = socket_attachments(&self.state, Tag::participants().as_str());
        let attached: Vec<String> = json::read(&attached).unwrap_or_default();
        let seat = |attachment: &String| match json::read(attachment) {
            Ok(Holder::Participant(seat)) => Some(seat),
            _ => None,
        };
        attached.iter().filter_map(seat).collect()
    }

    /// Has the state of the connections kept soon, once for many frames.
    pub(super) fn keep_soon(&self) {
        if self.keeping.replace(true) {
            return;
        }
        let own = self.own.clone();
        spawn_local(async move {
            timer::pause(KEEP).await;
            if let Some(inside) = own.upgrade() {
                inside.keep();
                inside.write_down().await;
            }
        });
    }

    /// Has what was noted of a frame stored now.
    fn write_down_at_once(&self) {
        let own = self.own.clone();
        spawn_local(async move {
            if let Some(inside) = own.upgrade() {
                inside.write_down().await;
            }
        });
    }

    async fn write_down(&self) {
        match self.prepared().await {
            Ok((settings, opened)) => self.with_context(settings, &opened, |ctx| match self.hosted.write_down(ctx) {
                Ok(true) => self.arm_at_once(ctx),
                Ok(false) => {}
                Err(refusal) => {
                    console_error!("{}: notes: {refusal}", Self::class());
                    self.keep_soon();
                }
            }),
            Err(error) => {
                console_error!("{}: {error}", Self::class());
                self.keep_soon();
            }
        }
    }

    fn keep(&self) {
        self.keeping.set(false);
        for seat in self.hosted.seats() {
            let address = seat.address;
            if let Ok(attachment) = serde_json::to_string(&Holder::Participant(seat)) {
                attach(&self.state, address, &attachment);
            }
        }
    }
}
