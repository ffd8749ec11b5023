//! The credit of one stream, in both directions. Nothing leaves that the other side has not paid for, and nothing is
//! accepted that the agent has not paid for.

use super::line::Broken;
use std::time::Duration;
use tegata_domain::session::frame::{
    FIRST_CREDIT, HEADER, Header, LARGEST_PAYLOAD, MALFORMED, MOST_CREDIT, UNPAID, cost,
};
use tokio::time::Instant;

/// A window that is used up by half in less than this is too small for the line: bytes wait for credit.
const FAST: Duration = Duration::from_millis(50);

/// What comes in on a stream.
#[derive(Debug, Clone, Copy)]
pub(super) struct Inflow {
    received: u64,
    paid: u64,
    /// How much is allowed beyond what was consumed.
    window: u64,
    /// The largest that the window may become.
    most: u64,
    /// When the credit was raised last.
    raised: Option<Instant>,
}

impl Inflow {
    /// The credit stays small: what comes is typed, or said.
    pub(super) const SMALL: Self = Self {
        received: 0,
        paid: FIRST_CREDIT,
        window: FIRST_CREDIT,
        most: FIRST_CREDIT,
        raised: None,
    };

    /// The credit grows on a fast line. On a slow one it stays small, because what is under way delays everything else.
    pub(super) const GROWING: Self = Self {
        most: MOST_CREDIT,
        ..Self::SMALL
    };

    /// Accounts for a data frame.
    pub(super) fn take(&mut self, header: &Header) -> Result<(), Broken> {
        let end = header.offset.saturating_add(cost(header.length));
        if header.offset != self.received {
            return Err(Broken::Malformed(MALFORMED));
        }
        if end > self.paid {
            return Err(Broken::Malformed(UNPAID));
        }
        self.received = end;
        Ok(())
    }

    /// The new end of the credit, once half of it has been consumed. It is at most `ahead` beyond what was consumed,
    /// where that is less than the window.
    pub(super) fn pay(&mut self, consumed: u64, ahead: u64, now: Instant) -> Option<u64> {
        if consumed.saturating_add(self.window.min(ahead) / 2) < self.paid {
            return None;
        }
        let was_fast = self.raised.is_some_and(|at| now.duration_since(at) < FAST);
        if was_fast && self.window <= ahead {
            self.window = self.window.saturating_mul(2).min(self.most);
        }
        // How soon little is used up says nothing about the line.
        self.raised = (self.window <= ahead).then_some(now);
        self.paid = consumed.saturating_add(self.window.min(ahead));
        Some(self.paid)
    }

    /// The same for what is consumed as soon as it has come.
    pub(super) fn pay_received(&mut self, now: Instant) -> Option<u64> {
        self.pay(self.received, self.most, now)
    }
}

/// What goes out on a stream.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outflow {
    /// The offset of the next frame.
    pub(super) sent: u64,
    credit: u64,
}

impl Outflow {
    pub(super) const NEW: Self = Self {
        sent: 0,
        credit: FIRST_CREDIT,
    };

    /// How long the payload of the next frame may be.
    pub(super) fn room(&self) -> usize {
        let room = self.credit.saturating_sub(self.sent).saturating_sub(HEADER as u64);
        usize::try_from(room.min(u64::from(LARGEST_PAYLOAD))).unwrap_or_default()
    }

    /// Accounts for a frame that leaves.
    pub(super) fn send(&mut self, length: u32) {
        self.sent = self.sent.saturating_add(cost(length));
    }

    /// Accounts for credit from the other side.
    pub(super) fn pay(&mut self, offset: u64) -> Result<(), Broken> {
        if offset > self.sent.saturating_add(MOST_CREDIT) {
            return Err(Broken::Malformed(MALFORMED));
        }
        self.credit = self.credit.max(offset);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Inflow, Outflow};
    use crate::agent::session::line::Broken;
    use std::time::Duration;
    use tegata_domain::session::frame::{
        Act, FIRST_CREDIT, HEADER, Header, Kind, MALFORMED, MOST_CREDIT, SESSION, UNPAID, cost,
    };
    use tokio::time::Instant;

    fn data(offset: u64, length: u32) -> Header {
        let mut header = Header::new(Act::Data, Kind::Control, SESSION, 0);
        (header.offset, header.length) = (offset, length);
        header
    }

    #[test]
    fn what_comes_in_is_in_order_and_paid_for() {
        let now = Instant::now();
        let mut inflow = Inflow::SMALL;
        inflow.take(&data(0, 100)).unwrap();
        assert_eq!(inflow.take(&data(0, 100)), Err(Broken::Malformed(MALFORMED)));
        assert_eq!(inflow.take(&data(124, 65_500)), Err(Broken::Malformed(UNPAID)));
        assert_eq!(inflow.pay(124, MOST_CREDIT, now), None, "little has been used");
        inflow.take(&data(124, 40_000)).unwrap();
        assert_eq!(
            inflow.pay(124, MOST_CREDIT, now),
            None,
            "nothing more has been consumed"
        );
        assert_eq!(inflow.pay(40_148, MOST_CREDIT, now), Some(40_148 + FIRST_CREDIT));
    }

    /// Consumes all that is paid for, half a window at a time, each taking `time`. Returns what is paid beyond it.
    fn window_after(inflow: &mut Inflow, ahead: u64, time: Duration) -> u64 {
        let (mut now, mut consumed, mut paid) = (Instant::now(), inflow.received, inflow.paid);
        for _ in 0..20 {
            while inflow.received + cost(1_000) <= paid {
                inflow.take(&data(inflow.received, 1_000)).unwrap();
            }
            now += time;
            consumed = inflow.received.max(consumed);
            paid = inflow.pay(consumed, ahead, now).unwrap_or(paid);
        }
        paid - consumed
    }

    #[test]
    fn a_window_grows_on_a_fast_line_alone() {
        let (fast, slow) = (Duration::from_millis(5), Duration::from_secs(1));
        assert_eq!(
            window_after(&mut Inflow::GROWING.clone(), MOST_CREDIT, fast),
            MOST_CREDIT
        );
        assert_eq!(
            window_after(&mut Inflow::GROWING.clone(), MOST_CREDIT, slow),
            FIRST_CREDIT
        );
        assert_eq!(
            window_after(&mut Inflow::SMALL.clone(), MOST_CREDIT, fast),
            FIRST_CREDIT
        );
    }

    #[test]
    fn what_is_ahead_is_little_while_that_is_asked_for() {
        let mut inflow = Inflow::GROWING;
        let fast = Duration::from_millis(5);
        assert_eq!(window_after(&mut inflow, MOST_CREDIT, fast), MOST_CREDIT);
        assert_eq!(window_after(&mut inflow, 4_096, fast), 4_096);
        assert_eq!(window_after(&mut inflow, MOST_CREDIT, fast), MOST_CREDIT);
        let mut inflow = Inflow::GROWING;
        assert_eq!(window_after(&mut inflow, 4_096, fast), 4_096);
        assert_eq!(
            inflow.window, FIRST_CREDIT,
            "credit that little is asked of proves nothing"
        );
    }

    #[test]
    fn nothing_leaves_unpaid() {
        let mut outflow = Outflow::NEW;
        let first = u32::try_from(outflow.room()).unwrap();
        assert_eq!(cost(first), FIRST_CREDIT);
        outflow.send(first);
        assert_eq!(outflow.room(), 0);
        outflow.pay(FIRST_CREDIT + HEADER as u64).unwrap();
        assert_eq!(outflow.room(), 0, "a header alone brings nothing");
        outflow.pay(FIRST_CREDIT + HEADER as u64 + 5).unwrap();
        assert_eq!(outflow.room(), 5);
        assert_eq!(
            outflow.pay(outflow.sent + MOST_CREDIT + 1),
            Err(Broken::Malformed(MALFORMED))
        );
    }
}
