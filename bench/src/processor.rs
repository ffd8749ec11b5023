//! Processor time used by a server. Unlike the rate, it hardly depends on what else runs on the machine.

use std::{fs, time::Duration};

/// Linux counts processor time in units of this length, on every architecture (USER_HZ).
const TICKS_PER_SECOND: u32 = 100;
/// Fields of `/proc/PID/stat` after the program's name: process group, and time in user and in kernel mode (proc(5)).
const GROUP: usize = 2;
const USER: usize = 11;
const KERNEL: usize = 12;

/// Processor time used so far by a group's processes; zero without `/proc`.
pub fn used_by(group: u32) -> Duration {
    let Ok(processes) = fs::read_dir("/proc") else {
        return Duration::ZERO;
    };
    let ticks: u32 = processes
        .flatten()
        .filter_map(|process| fs::read_to_string(process.path().join("stat")).ok())
        .filter_map(|stat| ticks_in(&stat, group))
        .sum();
    Duration::from_secs(1) * ticks / TICKS_PER_SECOND
}

fn ticks_in(stat: &str, group: u32) -> Option<u32> {
    // The name is in parentheses and may contain any character.
    let (_, fields) = stat.rsplit_once(") ")?;
    let fields: Vec<_> = fields.split(' ').collect();
    let number = |at: usize| fields.get(at)?.parse::<u32>().ok();
    (number(GROUP)? == group).then_some(number(USER)? + number(KERNEL)?)
}

#[cfg(test)]
mod tests {
    use super::ticks_in;

    #[test]
    fn a_name_with_spaces_and_parentheses_moves_no_field() {
        let stat = "7 (work (er) d) S 1 42 42 0 -1 4194560 100 0 0 0 250 50 0 0 20 0 3 0 99 1000 10";
        assert_eq!(ticks_in(stat, 42), Some(300));
        assert_eq!(ticks_in(stat, 43), None);
    }
}
