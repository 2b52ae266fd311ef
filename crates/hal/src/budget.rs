//! What memory the machine has: the figures that admission is decided by.

/// Memory of the system, in bytes. Inside a container these are the container's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SystemMemory {
    /// All of it.
    pub total: u64,
    /// What can be given out without swapping.
    pub available: u64,
}

/// Reads the figures now.
pub fn system() -> SystemMemory {
    let mut system = sysinfo::System::new();
    system.refresh_memory_specifics(sysinfo::MemoryRefreshKind::nothing().with_ram());
    let memory = SystemMemory { total: system.total_memory(), available: system.available_memory() };
    match system.cgroup_limits() {
        Some(limits) if limits.total_memory > 0 && limits.total_memory < memory.total => {
            SystemMemory { total: limits.total_memory, available: limits.free_memory.min(memory.available) }
        }
        _ => memory,
    }
}

/// The resident memory of this process now and at its highest, in bytes; zero where the system does not say.
pub fn process() -> (u64, u64) {
    #[cfg(target_os = "linux")]
    {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let field = |name: &str| {
            let line = status.lines().find(|line| line.starts_with(name));
            let kib = line.and_then(|line| line.split_whitespace().nth(1)).and_then(|word| word.parse::<u64>().ok());
            kib.unwrap_or(0) * 1024
        };
        (field("VmRSS:"), field("VmHWM:"))
    }
    #[cfg(not(target_os = "linux"))]
    {
        use sysinfo::{ProcessRefreshKind, ProcessesToUpdate, System};
        let Ok(pid) = sysinfo::get_current_pid() else { return (0, 0) };
        let mut system = System::new();
        let kind = ProcessRefreshKind::nothing().with_memory();
        system.refresh_processes_specifics(ProcessesToUpdate::Some(&[pid]), false, kind);
        let now = system.process(pid).map_or(0, |process| process.memory());
        (now, now)
    }
}
