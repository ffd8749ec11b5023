//! What becomes of a stream that somebody of the desk has opened: each gets a task of its own, which the session does not
//! wait for. A stream for which a request asks something waits until the request has been carried out.

use super::Session;
use super::line::{Line, Opened};
use super::stream::{Incoming, Outgoing};
use bytes::Bytes;
use std::collections::HashMap;
use std::sync::Arc;
use tegata_domain::session::Ability;
use tegata_domain::session::frame::Kind;
use tokio::select;
use tokio::sync::oneshot;

/// The streams that wait for what requests bring, by who has opened them and their number. To drop one is to close it.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    streams: HashMap<(u16, u32), oneshot::Sender<Vec<u8>>>,
}

impl Waiting {
    pub(super) fn insert(&mut self, key: (u16, u32), brings: oneshot::Sender<Vec<u8>>) {
        self.streams.retain(|_, brings| !brings.is_closed());
        self.streams.insert(key, brings);
    }

    /// The stream that a request names, if it is open and nothing else has begun on it.
    pub(super) fn take(&mut self, by: u16, stream: Option<u32>) -> Option<oneshot::Sender<Vec<u8>>> {
        let brings = self.streams.remove(&(by, stream?))?;
        (!brings.is_closed()).then_some(brings)
    }
}

impl Session {
    /// Begins what the stream is for, if the approval allows it. Otherwise the stream closes.
    pub(super) fn opened(&mut self, line: &Line, opened: Opened) {
        let Opened {
            by,
            number,
            kind,
            incoming,
            outgoing,
        } = opened;
        if !self.order.abilities.iter().any(|ability| ability.allows(kind)) {
            return;
        }
        let name = line.name(by);
        match kind {
            Kind::Diagnostics => {
                let (brings, brought) = oneshot::channel();
                self.waiting.insert((by, number), brings);
                tokio::spawn(bring(brought, incoming, outgoing));
            }
            Kind::Screen => {
                let screens = Arc::clone(&self.screens);
                tokio::spawn(async move { screens.show(name, incoming, outgoing).await });
            }
            #[cfg(unix)]
            Kind::Terminal => {
                let terminals = Arc::clone(&self.terminals);
                tokio::spawn(terminals.serve(name, incoming, outgoing));
            }
            Kind::File => self.file_stream((by, number), name, incoming, outgoing),
            _ => {}
        }
    }

    /// Whether the approval names the ability.
    pub(super) fn can(&self, ability: Ability) -> bool {
        self.order.abilities.contains(&ability)
    }
}

/// Sends what a request brings. The desk has nothing to say on the stream; what it sends gets no new credit.
async fn bring(brought: oneshot::Receiver<Vec<u8>>, _incoming: Incoming, mut outgoing: Outgoing) {
    let bytes = select! {
        bytes = brought => bytes,
        () = outgoing.gone() => return,
    };
    if let Ok(bytes) = bytes {
        // If the stream has ended, nobody wants it any more.
        let _ = outgoing.send(Bytes::from(bytes)).await;
    }
}
