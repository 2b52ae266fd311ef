//! What the machine does beside the device, as the system counts it: processor time and disks.

use std::collections::BTreeMap;
use std::time::Duration;
use sysinfo::{ProcessRefreshKind, ProcessesToUpdate, System};

/// Counts of the system at a moment; what happened is the difference of two.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Host {
    /// Processor time of this process; nothing where the system does not say.
    pub cpu: Option<Duration>,
    /// Bytes that this process has read from disks and written to them.
    pub disk_bytes: Option<u64>,
    /// Of all cores together, in the system's own unit: busy, and all.
    pub machine: Option<(u64, u64)>,
    /// For each disk, the milliseconds in which it worked. Linux alone says this.
    pub disks: BTreeMap<String, u64>,
}

impl Host {
    /// Reads the counts now: three or four small files, a fraction of a millisecond.
    pub fn now() -> Host {
        let mut host = Host::default();
        if let Ok(pid) = sysinfo::get_current_pid() {
            let mut system = System::new();
            let kind = ProcessRefreshKind::nothing().with_cpu().with_disk_usage().without_tasks();
            system.refresh_processes_specifics(ProcessesToUpdate::Some(&[pid]), false, kind);
            if let Some(process) = system.process(pid) {
                host.cpu = Some(Duration::from_millis(process.accumulated_cpu_time()));
                let usage = process.disk_usage();
                host.disk_bytes = Some(usage.total_read_bytes + usage.total_written_bytes);
            }
        }
        // Not there on other systems than Linux.
        let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
        host.machine = machine(&read("/proc/stat"));
        host.disks = disks(&read("/proc/diskstats"));
        host
    }
}

/// Processor time that this process has used; nothing where the system does not say.
pub fn processor_time() -> Option<Duration> {
    Host::now().cpu
}

/// Cores of this machine that this process may use.
pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The first line of `/proc/stat`: time of all cores, the fourth and fifth field of which they were idle or waited for disks.
fn machine(stat: &str) -> Option<(u64, u64)> {
    let line = stat.lines().next()?.strip_prefix("cpu ")?;
    // Guests' time, the ninth and tenth field, is within the first and second already.
    let times: Option<Vec<u64>> = line.split_whitespace().take(8).map(|word| word.parse().ok()).collect();
    let times = times.filter(|times| times.len() >= 5)?;
    let all: u64 = times.iter().sum();
    Some((all - times[3] - times[4], all))
}

/// `/proc/diskstats`: a line for each disk with its name third and the milliseconds in which it worked thirteenth. Those that never
/// worked are left out.
fn disks(diskstats: &str) -> BTreeMap<String, u64> {
    let worked = diskstats.lines().filter_map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let ms: u64 = words.get(12)?.parse().ok()?;
        (ms > 0).then(|| (words[2].to_owned(), ms))
    });
    worked.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cores_are_busy_when_neither_idle_nor_waiting() {
        let stat = "cpu  100 5 20 700 60 1 2 3 50 0\ncpu0 50 2 10 350 30 0 1 1 25 0\n";
        assert_eq!(machine(stat), Some((131, 891)));
        assert_eq!(machine("intr 1 2 3"), None);
        assert_eq!(machine("cpu  1 2 x 4 5"), None);
        assert_eq!(machine(""), None);
    }

    #[test]
    fn disks_that_worked_are_named() {
        let text = " 254       0 vda 5 6 7 8 9 10 11 12 0 1234 99 0 0 0 0 0 0\n   7       0 loop0 0 0 0 0 0 0 0 0 0 0 0\nshort line\n";
        assert_eq!(disks(text), BTreeMap::from([("vda".to_owned(), 1234)]));
    }

    #[test]
    fn processor_time_of_this_process_grows_with_work() {
        let before = Host::now().cpu.expect("this system says it");
        let mut worked = 1u64;
        let begun = std::time::Instant::now();
        while Host::now().cpu.expect("still") < before + Duration::from_millis(30) {
            assert!(begun.elapsed() < Duration::from_secs(60), "the time stands still");
            worked = (0..1_000_000).fold(worked, |sum, next| std::hint::black_box(sum.wrapping_mul(31) + next));
        }
    }
}
