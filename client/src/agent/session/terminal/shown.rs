//! What a terminal has shown: its end, the last part of which is kept for somebody who comes back after a break. Pure.

use std::collections::VecDeque;

/// Most bytes that are kept.
pub(super) const KEPT: usize = 256 * 1024;
/// How far the program may be ahead of who looks.
const AHEAD: u64 = 64 * 1024;

/// What was shown. Offsets count its bytes from 0.
#[derive(Debug, Default)]
pub(super) struct Shown {
    kept: VecDeque<u8>,
    end: u64,
    /// Up to where somebody has seen it; `None` while nobody looks.
    seen: Option<u64>,
}

impl Shown {
    /// The offset of the first byte that is kept.
    fn start(&self) -> u64 {
        self.end.saturating_sub(self.kept.len() as u64)
    }

    /// The program shows something.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.kept.extend(bytes);
        self.end = self.end.saturating_add(bytes.len() as u64);
        let surplus = self.kept.len().saturating_sub(KEPT);
        self.kept.drain(..surplus);
    }

    /// Somebody looks from now on. Returns the offset of the first byte that they see: `from`, if it is kept.
    pub(super) fn look(&mut self, from: u64) -> u64 {
        let from = from.clamp(self.start(), self.end);
        self.seen = Some(from);
        from
    }

    /// Nobody looks any more.
    pub(super) fn look_away(&mut self) {
        self.seen = None;
    }

    /// The next bytes for who looks, at most `most`.
    pub(super) fn next(&mut self, most: usize) -> Vec<u8> {
        let Some(seen) = self.seen else {
            return Vec::new();
        };
        let skipped = usize::try_from(seen.saturating_sub(self.start())).unwrap_or(usize::MAX);
        let bytes: Vec<u8> = self.kept.iter().skip(skipped).take(most).copied().collect();
        self.seen = Some(seen.saturating_add(bytes.len() as u64));
        bytes
    }

    /// Whether the program may show more. It waits for who looks, and for nobody if nobody looks.
    pub(super) fn has_room(&self) -> bool {
        self.seen.is_none_or(|seen| self.end.saturating_sub(seen) < AHEAD)
    }

    /// Whether who looks has seen everything.
    pub(super) fn is_seen(&self) -> bool {
        self.seen.is_some_and(|seen| seen >= self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::{AHEAD, KEPT, Shown};

    #[test]
    fn who_comes_back_sees_what_they_have_not_seen() {
        let mut shown = Shown::default();
        assert_eq!(shown.look(0), 0);
        shown.push("日本語 and more".as_bytes());
        assert_eq!(shown.next(9), "日本語".as_bytes());
        shown.look_away();
        assert_eq!(shown.next(9), b"", "nobody looks");
        shown.push(b", later");
        assert_eq!(shown.look(9), 9);
        assert_eq!(shown.next(100), b" and more, later");
        assert!(shown.is_seen());
        assert_eq!(shown.look(1_000_000), shown.end, "a lie about the offset shows nothing");
    }

    #[test]
    fn only_the_last_part_is_kept() {
        let mut shown = Shown::default();
        for line in 0..100_000 {
            shown.push(format!("{line:07}\n").as_bytes());
        }
        assert_eq!(shown.end, 800_000);
        assert_eq!(shown.look(0), 800_000 - KEPT as u64);
        assert_eq!(shown.next(KEPT).len(), KEPT);
    }

    #[test]
    fn a_program_waits_for_who_looks_and_for_nobody_else() {
        let mut shown = Shown::default();
        shown.push(&vec![b'x'; KEPT]);
        assert!(shown.has_room());
        shown.look(shown.end);
        shown.push(&vec![b'x'; usize::try_from(AHEAD).unwrap()]);
        assert!(!shown.has_room());
        shown.next(1);
        assert!(shown.has_room());
    }
}
