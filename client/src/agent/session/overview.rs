//! The state of the machine, as the desk sees it (K10): versions, uptime, memory, disks, clock, the software, and which
//! log files can be read. docs/agent.md lists the members.

use super::screen::layout;
use crate::agent::config::{Accept, Config, Screen, Software};
use crate::agent::logs;
use serde::Serialize;
use sysinfo::{CpuRefreshKind, Disks, Process, ProcessRefreshKind, ProcessesToUpdate, System};
use tegata_domain::agent::AgentReport;

/// Most disks that are listed.
const MOST_DISKS: usize = 50;

/// The document. Sizes are bytes. What the system does not tell is `null`.
#[derive(Debug, Serialize)]
pub(super) struct Overview {
    agent: String,
    host_name: String,
    system: String,
    kernel: Option<String>,
    uptime_seconds: Option<u64>,
    clock_offset_seconds: i64,
    processors: Option<usize>,
    load: Option<[f64; 3]>,
    memory: Option<Space>,
    swap: Option<Space>,
    disks: Vec<Disk>,
    software: Option<Running>,
    may_restart_machine: bool,
    logs: Vec<String>,
    screen: Option<&'static str>,
    keyboard_layout: Option<String>,
    terminal: Option<String>,
    files: Option<Exchange>,
}

/// The exchange of files.
#[derive(Debug, Serialize)]
struct Exchange {
    receives: bool,
    accepted_by: &'static str,
    folders: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Space {
    total: u64,
    available: u64,
}

#[derive(Debug, Serialize)]
struct Disk {
    mounted_at: String,
    file_system: String,
    #[serde(flatten)]
    space: Space,
}

#[derive(Debug, Serialize)]
struct Running {
    name: String,
    /// `None` if the configuration names no process.
    runs: Option<bool>,
    running_since: Option<u64>,
}

/// Looks at the machine. `clock_offset` is the edge's time minus this machine's, in seconds.
pub(super) fn read(config: &Config, report: &AgentReport, clock_offset: i64) -> Overview {
    let mut system = System::new().ok();
    if let Some(system) = &mut system {
        system.refresh_memory();
        system.refresh_cpu_list(CpuRefreshKind::nothing());
    }
    let load = System::load_average().ok();
    let space = |total, available| Space { total, available };
    Overview {
        agent: report.software.to_string(),
        host_name: report.host_name.to_string(),
        system: report.system.to_string(),
        kernel: System::kernel_version().ok(),
        uptime_seconds: System::uptime().ok(),
        clock_offset_seconds: clock_offset,
        processors: system.as_ref().map(|system| system.cpus().len()),
        load: load.map(|load| [load.one, load.five, load.fifteen]),
        memory: system
            .as_ref()
            .map(|system| space(system.total_memory(), system.available_memory())),
        swap: system
            .as_ref()
            .map(|system| space(system.total_swap(), system.free_swap())),
        disks: disks(),
        software: config.software.as_ref().map(|software| running(software, system)),
        may_restart_machine: config.restart_machine.is_some(),
        logs: logs::names(config),
        screen: config.screen.as_ref().map(|screen| match screen {
            Screen::Display { .. } => "display",
            Screen::Server { .. } => "vnc",
        }),
        keyboard_layout: layout::read(config),
        terminal: config.terminal.as_ref().map(|terminal| terminal.user.clone()),
        files: config.files.as_ref().map(|files| Exchange {
            receives: files.folder.is_some(),
            accepted_by: match files.accept {
                Accept::Person => "person",
                Accept::Approval => "approval",
            },
            folders: files.offer.iter().map(|(name, _)| name.to_string()).collect(),
        }),
    }
}

fn disks() -> Vec<Disk> {
    let disks = Disks::new_with_refreshed_list();
    let disk = |disk: &sysinfo::Disk| Disk {
        mounted_at: disk.mount_point().to_string_lossy().into_owned(),
        file_system: disk.file_system().to_string_lossy().into_owned(),
        space: Space {
            total: disk.total_space(),
            available: disk.available_space(),
        },
    };
    disks
        .iter()
        .flat_map(|disks| disks.iter())
        .take(MOST_DISKS)
        .map(disk)
        .collect()
}

fn running(software: &Software, system: Option<System>) -> Running {
    let looked = software.process.as_ref().zip(system).map(|(name, mut system)| {
        system.refresh_processes_specifics(ProcessesToUpdate::All, true, ProcessRefreshKind::nothing());
        let named = system.processes_by_exact_name(name.as_ref());
        named.map(Process::start_time).min()
    });
    Running {
        name: software.name.clone(),
        runs: looked.map(|since| since.is_some()),
        running_since: looked.flatten(),
    }
}
