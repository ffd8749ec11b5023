//! The results, as a table for people and as JSON for programs.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::compare::{Comparison, Spread};

/// The condition for a good figure.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// The ratio to the peer is at least this.
    RatioAtLeast(f64),
    /// The ratio to the compared value is at most this.
    RatioAtMost(f64),
    /// The figure itself is at most this.
    AtMost(f64),
    /// The figure itself is at least this.
    AtLeast(f64),
}

/// Counts by name; figures with the same names share a table.
pub type Counts = BTreeMap<&'static str, f64>;

/// One figure.
#[derive(Debug, Serialize)]
pub struct Row {
    figure: String,
    unit: &'static str,
    ours: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    peer: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ratio: Option<[f64; 3]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    processor_ratio: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    counts: Option<Counts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<Target>,
    #[serde(skip_serializing_if = "Option::is_none")]
    met: Option<bool>,
    #[serde(skip)]
    gate: bool,
}

impl Row {
    /// A figure without a peer.
    pub fn of(figure: impl Into<String>, unit: &'static str, ours: f64) -> Self {
        Self {
            figure: figure.into(),
            unit,
            ours,
            peer: None,
            ratio: None,
            processor_ratio: None,
            counts: None,
            target: None,
            met: None,
            gate: false,
        }
    }

    /// A figure compared with its peer.
    pub fn beside(figure: impl Into<String>, unit: &'static str, comparison: &Comparison) -> Self {
        let Spread { median, min, max } = comparison.ratio();
        Self {
            peer: Some(comparison.peer()),
            ratio: Some([median, min, max]),
            processor_ratio: comparison.processor_ratio(),
            ..Self::of(figure, unit, comparison.ours())
        }
    }

    /// A figure compared with another single measurement.
    pub fn with_peer(figure: impl Into<String>, unit: &'static str, ours: f64, peer: f64) -> Self {
        let mut comparison = Comparison::default();
        comparison.note(ours, peer);
        Self::beside(figure, unit, &comparison)
    }

    /// The same with the counts it consists of.
    pub fn with_counts(mut self, counts: Counts) -> Self {
        self.counts = Some(counts);
        self
    }

    /// The same with a target.
    pub fn with_target(mut self, target: Target) -> Self {
        self.target = Some(target);
        self.met = Some(match (target, self.ratio) {
            (Target::RatioAtLeast(least), Some([median, ..])) => median >= least,
            (Target::RatioAtMost(most), Some([median, ..])) => median <= most,
            (Target::RatioAtLeast(_) | Target::RatioAtMost(_), None) => false,
            (Target::AtMost(most), _) => self.ours <= most,
            (Target::AtLeast(least), _) => self.ours >= least,
        });
        self
    }

    /// The same with a target that fails the run if it is missed.
    pub fn with_gate(mut self, target: Target) -> Self {
        self.gate = true;
        self.with_target(target)
    }

    fn cells(&self) -> [String; 7] {
        [
            self.figure.clone(),
            format!("{} {}", number(self.ours), self.unit),
            self.peer
                .map(|peer| format!("{} {}", number(peer), self.unit))
                .unwrap_or_default(),
            self.ratio
                .map(|[median, min, max]| format!("{median:.2} [{min:.2}–{max:.2}]"))
                .unwrap_or_default(),
            self.processor_ratio
                .map(|ratio| format!("{ratio:.2}"))
                .unwrap_or_default(),
            match self.target {
                Some(Target::RatioAtLeast(least)) => format!("≥ {least}"),
                Some(Target::RatioAtMost(most)) => format!("≤ {most} ×"),
                Some(Target::AtMost(most)) => format!("≤ {} {}", number(most), self.unit),
                Some(Target::AtLeast(least)) => format!("≥ {} {}", number(least), self.unit),
                None => String::new(),
            },
            match self.met {
                Some(true) => "yes".to_owned(),
                Some(false) => "NO".to_owned(),
                None => String::new(),
            },
        ]
    }
}

/// The results of one run.
#[derive(Debug, Default, Serialize)]
#[serde(transparent)]
pub struct Report(Vec<Row>);

impl Report {
    /// Adds figures.
    pub fn extend(&mut self, rows: Vec<Row>) {
        self.0.extend(rows);
    }

    /// The figures that fail the run.
    pub fn failures(&self) -> Vec<&str> {
        let failed = self.0.iter().filter(|row| row.gate && row.met == Some(false));
        failed.map(|row| row.figure.as_str()).collect()
    }

    /// Markdown: a table of the figures, and tables of the counts behind the costs.
    pub fn tables(&self) -> String {
        let head = [
            "figure",
            "Tegata",
            "peer",
            "ratio, median [min–max]",
            "processor",
            "target",
            "met",
        ];
        let figures = self.0.iter().map(|row| row.cells().to_vec());
        let mut text = markdown(head.map(str::to_owned).into_iter().collect(), figures);
        let counted = self.0.iter().filter_map(|row| Some((row, row.counts.as_ref()?)));
        let counted: Vec<_> = counted.collect();
        // Figures that count the same things share a table.
        for alike in counted.chunk_by(|(_, one), (_, other)| one.keys().eq(other.keys())) {
            let names = alike.iter().take(1).flat_map(|(_, counts)| counts.keys().copied());
            let head = ["each"].into_iter().chain(names).map(str::to_owned).collect();
            let rows = alike.iter().map(|(row, counts)| {
                let counts = counts.values().map(|count| number(*count));
                [row.figure.clone()].into_iter().chain(counts).collect()
            });
            text.push('\n');
            text.push_str(&markdown(head, rows));
        }
        text
    }
}

fn markdown(head: Vec<String>, rows: impl Iterator<Item = Vec<String>>) -> String {
    let rows: Vec<_> = std::iter::once(head).chain(rows).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<_> = (0..rows[0].len()).map(width).collect();
    let line = |cells: &[String]| {
        let padded = cells
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!(" {cell:width$} |"));
        format!("|{}\n", padded.collect::<String>())
    };
    let rule = widths
        .iter()
        .map(|width| format!("{}|", "-".repeat(width + 2)))
        .collect::<String>();
    let mut table = line(&rows[0]) + &format!("|{rule}\n");
    table.extend(rows[1..].iter().map(|row| line(row)));
    table
}

/// Formats large numbers without decimals, and small ones with the significant decimals.
fn number(value: f64) -> String {
    match value.abs() {
        size if size >= 1000.0 || value.fract() == 0.0 => {
            let digits = format!("{value:.0}");
            let groups: Vec<_> = digits
                .as_bytes()
                .rchunks(3)
                .rev()
                .map(|group| String::from_utf8_lossy(group).into_owned())
                .collect();
            groups.join(",")
        }
        size if size >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Report, Row, Target, number};

    #[test]
    fn a_target_is_met_or_not() {
        let table = |most| {
            let mut report = Report::default();
            report.extend(vec![
                Row::of("cold start", "ms", 90.5).with_target(Target::AtMost(most)),
            ]);
            report.tables()
        };
        assert!(table(100.0).contains("| yes |"));
        assert!(table(90.0).contains("| NO  |"));
    }

    #[test]
    fn a_missed_gate_fails_the_run_and_another_missed_target_does_not() {
        let failures = |added| {
            let mut report = Report::default();
            report.extend(vec![
                Row::of("cold start", "ms", added).with_gate(Target::AtMost(100.0)),
                Row::of("gate", "ms", added).with_target(Target::AtMost(50.0)),
            ]);
            report.failures().join(", ")
        };
        assert_eq!(failures(99.9), "");
        assert_eq!(failures(100.1), "cold start");
    }

    #[test]
    fn numbers_are_short() {
        let all = [12_345.6, 999.96, 12.34, 0.126, 3.0].map(number);
        assert_eq!(all, ["12,346", "1000.0", "12.3", "0.13", "3"]);
    }
}
