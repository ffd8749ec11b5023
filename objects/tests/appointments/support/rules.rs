//! Rules of a few zones in the winter of 2026. Those of São Paulo can change. Each test has a thread of its own, and the
//! changes are the thread's.

use std::cell::Cell;

use tegata_domain::time::{UnixSeconds, Zones, use_zones};

const HOUR: i32 = 3600;
/// 2026-12-20T03:00Z: when São Paulo puts its clocks forward, if it does.
const SUMMER: UnixSeconds = UnixSeconds(1_797_735_600);
/// 2027-01-01T00:00Z: how far the rules reach, if they do not reach further.
const REACH: UnixSeconds = UnixSeconds(1_798_761_600);

/// What is known of São Paulo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaoPaulo {
    /// It has no summer time.
    Lasting,
    /// It has summer time again.
    Summer,
    /// What it does next year is not known.
    ThisYear,
    /// The platform does not know the zone.
    Unknown,
}

thread_local! {
    static SAO_PAULO: Cell<SaoPaulo> = const { Cell::new(SaoPaulo::Lasting) };
}

struct Rules;

impl Zones for Rules {
    fn offset(&self, zone: &str, at: UnixSeconds) -> Option<i32> {
        match zone {
            "UTC" => Some(0),
            "Asia/Tokyo" => Some(9 * HOUR),
            "Europe/Copenhagen" => Some(HOUR),
            "America/Sao_Paulo" => match SAO_PAULO.get() {
                SaoPaulo::Summer if at >= SUMMER => Some(-2 * HOUR),
                SaoPaulo::ThisYear if at >= REACH => None,
                SaoPaulo::Unknown => None,
                _ => Some(-3 * HOUR),
            },
            _ => None,
        }
    }
}

/// Has this process use these rules.
pub fn begin() {
    use_zones(&Rules);
}

/// From now on, this is known of São Paulo.
pub fn learn(known: SaoPaulo) {
    SAO_PAULO.set(known);
}
