//! What is noted of the streams that pass through: who saw a screen or used a terminal, or tried to, and what was typed
//! and shown in a terminal. Frames are decided about without waiting for the store; so it is noted in memory first, and
//! written down within a second.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use tegata_domain::error::Refusal;
use tegata_domain::session::cast::{self, Cast, Message};
use tegata_domain::session::frame::{AGENT, Kind};
use tegata_domain::session::record::{Live, MOST_TYPED, SessionRecord};
use tegata_domain::session::relay::Remark;
use tegata_domain::session::{Ability, DeedOutcome, SessionEvent};
use tegata_kv_schema::support_session;

use super::reports::report;
use crate::context::{Context, OrStorage as _};

/// Most bytes of lines in one report.
const PIECE: usize = 32 * 1024;

/// Something that passed through.
#[derive(Debug, Clone)]
enum Note {
    /// Who sees a screen or uses a terminal, or could not.
    Remark(Remark),
    /// A message on a terminal of the person with this address.
    Terminal {
        whose: u16,
        shown: bool,
        /// In milliseconds since 1970.
        at: i64,
        payload: Vec<u8>,
    },
}

/// What was noted and is not written down yet.
#[derive(Debug, Default)]
pub(super) struct Notes {
    notes: RefCell<Vec<Note>>,
    /// Who looks at whose screen, or uses a terminal, or could not: noted once for each connection.
    known: RefCell<BTreeSet<(u16, u16, bool, bool)>>,
    /// Bytes of terminals that were noted since the object woke, at most as many as they leave in the record. Beyond what
    /// the record takes, nothing more is.
    bytes: Cell<i64>,
    casts: RefCell<BTreeMap<u16, Cast>>,
}

/// What was written down, to be forgotten once that is committed.
#[derive(Debug)]
pub(super) struct Written {
    notes: usize,
    casts: BTreeMap<u16, Cast>,
}

impl Notes {
    pub(super) fn remark(&self, remark: Remark) {
        let Remark { by, of, kind, outcome } = remark;
        let done = outcome == DeedOutcome::Done;
        if self.known.borrow_mut().insert((by, of, kind == Kind::Terminal, done)) {
            self.notes.borrow_mut().push(Note::Remark(remark));
        }
    }

    pub(super) fn terminal(&self, from: u16, to: u16, at: i64, payload: &[u8]) {
        if self.bytes.get() > MOST_TYPED {
            return;
        }
        let shown = from == AGENT;
        let more = cast::leaves(shown, payload);
        if more == 0 {
            return;
        }
        let more = i64::try_from(more).unwrap_or(MOST_TYPED);
        self.bytes.set(self.bytes.get().saturating_add(more));
        self.notes.borrow_mut().push(Note::Terminal {
            whose: if shown { to } else { from },
            shown,
            at,
            payload: payload.to_vec(),
        });
    }

    pub(super) fn is_empty(&self) -> bool {
        self.notes.borrow().is_empty()
    }

    /// Forgets what was written down and committed.
    pub(super) fn forget(&self, written: Written) {
        let mut notes = self.notes.borrow_mut();
        let count = written.notes.min(notes.len());
        let rest = notes.split_off(count);
        *notes = rest;
        self.casts.replace(written.casts);
    }

    /// Reports what was noted, before anything else that happens. The caller stores the session, and forgets what was
    /// written once it is committed.
    pub(super) fn write_down(
        &self,
        ctx: &Context<'_>,
        session: &mut SessionRecord,
        live: &mut Live,
    ) -> Result<Written, Refusal> {
        let notes = self.notes.borrow();
        let mut casts = self.casts.borrow().clone();
        let mut lines: BTreeMap<u16, String> = BTreeMap::new();
        for note in notes.iter() {
            match note {
                Note::Remark(remark) => remarked(ctx, session, live, *remark)?,
                Note::Terminal {
                    whose,
                    shown,
                    at,
                    payload,
                } => {
                    if live.typed >= MOST_TYPED {
                        continue;
                    }
                    let at = at.saturating_sub(live.opened_at.millis());
                    let message = Message {
                        shown: *shown,
                        at,
                        payload,
                    };
                    let Some(mut line) = casts.entry(*whose).or_default().line(message) else {
                        continue;
                    };
                    live.typed = live.typed.saturating_add(i64::try_from(line.len()).unwrap_or(i64::MAX));
                    if live.typed >= MOST_TYPED {
                        line = cast::full(at);
                    }
                    let piece = lines.entry(*whose).or_default();
                    piece.push_str(&line);
                    if piece.len() >= PIECE {
                        let piece = core::mem::take(piece);
                        typed(ctx, session, *whose, piece)?;
                    }
                }
            }
        }
        for (whose, piece) in lines {
            typed(ctx, session, whose, piece)?;
        }
        let notes = notes.len();
        Ok(Written { notes, casts })
    }
}

fn typed(ctx: &Context<'_>, session: &mut SessionRecord, whose: u16, lines: String) -> Result<(), Refusal> {
    let inside = support_session::load_inside(ctx.sql, whose).or_storage()?;
    match inside.filter(|_| !lines.is_empty()) {
        Some(inside) => report(ctx, session, SessionEvent::Typed { by: inside.by, lines }),
        None => Ok(()),
    }
}

/// Somebody looks at a screen, or uses a terminal, or could not. A screen of a person is on the record as `sharing`; who
/// looks at it is noted the same way.
fn remarked(ctx: &Context<'_>, session: &mut SessionRecord, live: &Live, remark: Remark) -> Result<(), Refusal> {
    let Remark { by, of, kind, outcome } = remark;
    let ability = match kind {
        Kind::Terminal => Ability::Terminal,
        Kind::Screen if of == AGENT && live.abilities.contains(&Ability::ControlScreen) => Ability::ControlScreen,
        _ => Ability::ViewScreen,
    };
    let Some(inside) = support_session::load_inside(ctx.sql, by).or_storage()? else {
        return Ok(());
    };
    let of = support_session::load_inside(ctx.sql, of).or_storage()?;
    let did = SessionEvent::Did {
        by: inside.by,
        ability,
        detail: of.map(|of| of.by.name().to_owned()),
        outcome,
    };
    report(ctx, session, did)
}
