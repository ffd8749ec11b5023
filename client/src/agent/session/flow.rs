//! The credit of one stream, in both directions. Nothing leaves that the desk has not paid for, and nothing is accepted
//! that the agent has not paid for.

use super::line::Broken;
use tegata_domain::session::frame::{
    Act, FIRST_CREDIT, HEADER, Header, Kind, LARGEST_PAYLOAD, MALFORMED, MOST_CREDIT, UNPAID, cost,
};

/// What comes in on a stream.
#[derive(Debug, Clone, Copy)]
pub(super) struct Inflow {
    pub(super) received: u64,
    paid: u64,
}

impl Inflow {
    pub(super) const NEW: Self = Self {
        received: 0,
        paid: FIRST_CREDIT,
    };

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

    /// The new end of the credit, once half of it is used up.
    pub(super) fn pay(&mut self) -> Option<u64> {
        let due = self.received.saturating_add(FIRST_CREDIT / 2) >= self.paid;
        due.then(|| {
            self.paid = self.received.saturating_add(FIRST_CREDIT);
            self.paid
        })
    }
}

/// A stream that the desk has opened.
#[derive(Debug)]
pub(super) struct Stream {
    pub(super) kind: Kind,
    pub(super) incoming: Inflow,
    pub(super) sent: u64,
    pub(super) credit: u64,
    pub(super) waiting: Vec<u8>,
    /// Bytes of `waiting` that were sent.
    pub(super) written: usize,
    /// The agent has nothing more to say.
    pub(super) complete: bool,
    /// The agent has closed it, and waits for the desk to do the same.
    pub(super) closed: bool,
}

impl Stream {
    pub(super) const fn new(kind: Kind) -> Self {
        Self {
            kind,
            incoming: Inflow::NEW,
            sent: 0,
            credit: FIRST_CREDIT,
            waiting: Vec::new(),
            written: 0,
            complete: false,
            closed: false,
        }
    }

    /// The next bytes that the desk has paid for.
    pub(super) fn next(&self) -> Option<&[u8]> {
        let rest = self.waiting.get(self.written..)?;
        let room = self.credit.saturating_sub(self.sent).saturating_sub(HEADER as u64);
        let room = usize::try_from(room.min(u64::from(LARGEST_PAYLOAD))).ok()?;
        rest.get(..room.min(rest.len())).filter(|bytes| !bytes.is_empty())
    }

    pub(super) const fn is_written(&self) -> bool {
        self.written >= self.waiting.len()
    }

    /// The next data frame that the desk has paid for, which counts as sent. `key` is the stream's.
    pub(super) fn send_next(&mut self, key: (u16, u32)) -> Option<(Header, Vec<u8>)> {
        let bytes = self.next()?.to_vec();
        let mut header = Header::new(Act::Data, self.kind, key.0, key.1);
        header.offset = self.sent;
        self.written = self.written.saturating_add(bytes.len());
        self.sent = self.sent.saturating_add(cost(u32::try_from(bytes.len()).ok()?));
        Some((header, bytes))
    }

    /// Accounts for credit from the desk.
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
    use super::{Inflow, Stream};
    use crate::agent::session::line::Broken;
    use tegata_domain::session::frame::{Act, FIRST_CREDIT, HEADER, Header, Kind, MALFORMED, SESSION, UNPAID, cost};

    fn data(offset: u64, length: u32) -> Header {
        let mut header = Header::new(Act::Data, Kind::Control, SESSION, 0);
        (header.offset, header.length) = (offset, length);
        header
    }

    #[test]
    fn what_comes_in_is_in_order_and_paid_for() {
        let mut inflow = Inflow::NEW;
        inflow.take(&data(0, 100)).unwrap();
        assert_eq!(inflow.take(&data(0, 100)), Err(Broken::Malformed(MALFORMED)));
        assert_eq!(inflow.take(&data(124, 65_500)), Err(Broken::Malformed(UNPAID)));
        assert_eq!(inflow.pay(), None, "little has been used");
        inflow.take(&data(124, 40_000)).unwrap();
        assert_eq!(inflow.pay(), Some(inflow.received + FIRST_CREDIT));
    }

    #[test]
    fn nothing_leaves_unpaid() {
        let mut stream = Stream::new(Kind::Diagnostics);
        stream.waiting = vec![0; 100_000];
        let first = stream.next().unwrap().len();
        assert_eq!(cost(u32::try_from(first).unwrap()), FIRST_CREDIT);
        (stream.written, stream.sent) = (first, FIRST_CREDIT);
        assert_eq!(stream.next(), None);
        stream.credit = FIRST_CREDIT + HEADER as u64;
        assert_eq!(stream.next(), None, "a header alone brings nothing");
        stream.credit += 5;
        assert_eq!(stream.next().unwrap().len(), 5);
    }
}
