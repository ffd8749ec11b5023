//! Memory use of processes, read from `/proc` while they run.

use std::{
    fs,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

const PAUSE: Duration = Duration::from_millis(20);
/// Index of the process group among the fields of `/proc/PID/stat` after the program's name (proc(5)).
const GROUP: usize = 2;

/// Total resident memory of a group's processes, in kB (`VmRSS`).
pub fn held_by(group: u32) -> u64 {
    let Ok(processes) = fs::read_dir("/proc") else {
        return 0;
    };
    let processes = processes.flatten().map(|process| process.path());
    let own = processes.filter(|path| {
        let stat = fs::read_to_string(path.join("stat")).unwrap_or_default();
        let fields = stat
            .rsplit_once(") ")
            .map(|(_, fields)| fields.to_owned())
            .unwrap_or_default();
        fields.split(' ').nth(GROUP).and_then(|group| group.parse().ok()) == Some(group)
    });
    own.filter_map(|path| fs::read_to_string(path.join("status")).ok())
        .filter_map(|status| resident(&status))
        .sum()
}

fn resident(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

/// Watches a group and records its peak memory.
pub struct Watch {
    most: Arc<AtomicU64>,
    over: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Watch {
    /// Starts watching.
    pub fn begin(group: u32) -> Self {
        let (most, over) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
        let (seen, ended) = (Arc::clone(&most), Arc::clone(&over));
        let thread = thread::spawn(move || {
            while !ended.load(Ordering::Relaxed) {
                seen.fetch_max(held_by(group), Ordering::Relaxed);
                thread::sleep(PAUSE);
            }
        });
        Self { most, over, thread }
    }

    /// Stops watching. Returns the peak, in MB.
    pub fn end(self) -> f64 {
        self.over.store(true, Ordering::Relaxed);
        // The thread cannot panic: it only reads files and adds.
        let _ = self.thread.join();
        self.most.load(Ordering::Relaxed) as f64 / 1000.0
    }
}

#[cfg(test)]
mod tests {
    use super::{held_by, resident};

    #[test]
    fn what_is_resident_is_read_from_its_line() {
        assert_eq!(
            resident("Name:\tworkerd\nVmHWM:\t  900 kB\nVmRSS:\t  123 kB\n"),
            Some(123)
        );
        assert_eq!(resident("Name:\tworkerd\n"), None);
        assert_eq!(held_by(u32::MAX), 0);
    }
}
