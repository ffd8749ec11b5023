//! Compares two sides that take turns: a disturbance of the machine affects both, and only the ratio of each pair
//! counts.

use std::time::Duration;

use anyhow::Result;

use crate::{load::Round, processor::used_by};

/// How long to measure.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Rounds of each side.
    pub rounds: usize,
    /// Approximate duration of a round.
    pub round: Duration,
    /// Uses smaller tenants: for a quick look, not for a record.
    pub quick: bool,
}

/// The side of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Tegata.
    Ours,
    /// The same work in JavaScript.
    Peer,
}

/// The results of both sides, round by round.
#[derive(Debug, Default)]
pub struct Comparison {
    ours: Vec<f64>,
    peer: Vec<f64>,
    /// Ratio of processor time per request, the peer's to ours; above 1 we need less.
    processor: Vec<f64>,
}

/// The process groups of both sides.
#[derive(Clone, Copy, Debug)]
pub struct Groups {
    /// Ours.
    pub ours: u32,
    /// The peer's.
    pub peer: u32,
}

/// A median with its range.
#[derive(Clone, Copy, Debug)]
pub struct Spread {
    /// The median.
    pub median: f64,
    /// The smallest.
    pub min: f64,
    /// The largest.
    pub max: f64,
}

impl Spread {
    /// The spread of `values`; zeros when there are none.
    pub fn of(mut values: Vec<f64>) -> Self {
        values.sort_unstable_by(f64::total_cmp);
        let at = |index: usize| values.get(index).copied().unwrap_or_default();
        let middle = values.len() / 2;
        let median = if values.len() % 2 == 1 {
            at(middle)
        } else {
            f64::midpoint(at(middle.saturating_sub(1)), at(middle))
        };
        Self {
            median,
            min: at(0),
            max: at(values.len().saturating_sub(1)),
        }
    }
}

/// The 95th percentile; 0 of nothing.
pub fn p95(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() * 95 / 100).copied().unwrap_or_default()
}

impl Comparison {
    /// Adds a pair of measurements.
    pub fn note(&mut self, ours: f64, peer: f64) {
        self.ours.push(ours);
        self.peer.push(peer);
    }

    /// Our median.
    pub fn ours(&self) -> f64 {
        Spread::of(self.ours.clone()).median
    }

    /// The peer's median.
    pub fn peer(&self) -> f64 {
        Spread::of(self.peer.clone()).median
    }

    /// The median ratio of processor time per request, the peer's to ours; `None` if it could not be measured.
    pub fn processor_ratio(&self) -> Option<f64> {
        let ratio = Spread::of(self.processor.clone()).median;
        (ratio.is_finite() && ratio > 0.0).then_some(ratio)
    }

    /// The ratios of the pairs, ours to the peer's.
    pub fn ratio(&self) -> Spread {
        Spread::of(
            self.ours
                .iter()
                .zip(&self.peer)
                .map(|(ours, peer)| ours / peer)
                .collect(),
        )
    }
}

/// Warms both sides up, then lets them take turns. `prepare(n)` makes the material for `n` requests before the timer
/// starts; both sides get the same material. `send` sends it.
pub async fn compare<M>(
    pace: Pace,
    groups: Groups,
    mut prepare: impl FnMut(usize) -> Result<M>,
    mut send: impl AsyncFnMut(Side, &M) -> Result<Round>,
) -> Result<Comparison> {
    // The first requests compile code and fill the cached copies; the second batch tells how many fit into a round.
    let mut requests = 512;
    for _ in 0..3 {
        let material = prepare(requests)?;
        let ours = send(Side::Ours, &material).await?.rate();
        let peer = send(Side::Peer, &material).await?.rate();
        requests = (f64::midpoint(ours, peer) * pace.round.as_secs_f64()) as usize;
    }
    let mut measured = async |side, material: &M| -> Result<(Round, Duration)> {
        let group = match side {
            Side::Ours => groups.ours,
            Side::Peer => groups.peer,
        };
        let before = used_by(group);
        let round = send(side, material).await?;
        let used = used_by(group).saturating_sub(before);
        Ok((round, used))
    };
    let mut comparison = Comparison::default();
    for round in 0..pace.rounds {
        let material = prepare(requests)?;
        // The sides also alternate in going first, because a round may affect the next.
        let ((ours, our_time), (peer, peer_time)) = if round % 2 == 0 {
            let ours = measured(Side::Ours, &material).await?;
            (ours, measured(Side::Peer, &material).await?)
        } else {
            let peer = measured(Side::Peer, &material).await?;
            (measured(Side::Ours, &material).await?, peer)
        };
        eprintln!(
            "  round {}: {:.0} and {:.0} per second, p99 {:.1} and {:.1} ms, processor {:.0} and {:.0} us a request",
            round + 1,
            ours.rate(),
            peer.rate(),
            ours.percentile(0.99),
            peer.percentile(0.99),
            our_time.as_secs_f64() * 1e6 / ours.latencies.len() as f64,
            peer_time.as_secs_f64() * 1e6 / peer.latencies.len() as f64,
        );
        comparison
            .processor
            .push(peer_time.as_secs_f64() / our_time.as_secs_f64());
        comparison.note(ours.rate(), peer.rate());
    }
    Ok(comparison)
}

#[cfg(test)]
mod tests {
    use super::{Comparison, p95};

    #[test]
    fn the_ratio_is_that_of_the_pairs() {
        let mut comparison = Comparison::default();
        for (ours, peer) in [(10.0, 10.0), (4.0, 8.0), (30.0, 20.0)] {
            comparison.note(ours, peer);
        }
        let ratio = comparison.ratio();
        assert_eq!((ratio.median, ratio.min, ratio.max), (1.0, 0.5, 1.5));
        assert_eq!((comparison.ours(), comparison.peer()), (10.0, 10.0));
    }

    #[test]
    fn of_a_hundred_values_the_ninety_fifth_has_four_above_it() {
        assert_eq!(p95((0..100).rev().map(f64::from).collect()), 95.0);
        assert_eq!(p95(vec![7.0]), 7.0);
        assert_eq!(p95(Vec::new()), 0.0);
    }
}
