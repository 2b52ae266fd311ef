//! What limits the work just now: the processor, the device, memory, disks, or nothing. Decided from figures, which are told with it.

use crate::budget::Pressure;
use crate::host::Host;
use serde::Serialize;
use std::time::Duration;

/// Part of its capacity from which something is a limit.
const FULL: f64 = 0.80;

/// Part of all cores from which the machine counts as full, whoever fills it.
const MACHINE_FULL: f64 = 0.95;

/// Part of its capacity under which something rests.
const REST: f64 = 0.05;

/// Bytes per second to and from disks under which a busy disk is not ours.
const OUR_DISK: f64 = 1e6;

/// What limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Bound {
    /// Not known yet: rates need two readings.
    Unknown,
    /// Nothing to do.
    Idle,
    /// The processor's cores.
    Cpu,
    /// A queue of the device.
    Device,
    /// The memory budget, or the system's memory.
    Memory,
    /// A disk.
    Io,
    /// There is work, and nothing is at its limit.
    Nothing,
}

/// The figures that decide.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evidence {
    /// Cores that this process may use.
    pub cores: usize,
    /// Cores' worth of processor time that it takes; nothing before the second reading.
    pub cores_used: Option<f64>,
    /// Part of all cores that is busy, other programs included, from 0 to 1.
    pub machine_busy: Option<f64>,
    /// Whether the device's work runs on the same cores.
    pub device_is_cpu: bool,
    /// The busiest queue, and the part of the time in which it was busy.
    pub queue: &'static str,
    /// See `queue`.
    pub queue_busy: f64,
    /// Slices that wait for their turn in all lanes.
    pub waiting: usize,
    /// How tight memory is.
    pub pressure: Pressure,
    /// Memory granted and the budget, in bytes.
    pub granted: u64,
    /// See `granted`.
    pub budget: u64,
    /// The busiest disk, and the part of the time in which it worked; nothing where the system does not say.
    pub disk: Option<(String, f64)>,
    /// Bytes per second that this process reads from disks and writes to them.
    pub disk_bytes_per_s: Option<f64>,
}

/// What limits, why, and by which figures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bottleneck {
    /// What limits.
    pub bound: Bound,
    /// The same in a sentence that names the figure that decided.
    pub says: String,
    /// All figures in one line.
    pub figures: String,
    /// The figures.
    pub evidence: Evidence,
}

/// Rates of the host between two readings: cores used, machine busy, the busiest disk, bytes per second.
pub(crate) struct HostRates {
    pub cores_used: Option<f64>,
    pub machine_busy: Option<f64>,
    pub disk: Option<(String, f64)>,
    pub disk_bytes_per_s: Option<f64>,
}

impl HostRates {
    /// What happened from one reading to another, `wall` later.
    pub fn between(from: &Host, to: &Host, wall: Duration) -> HostRates {
        let seconds = wall.as_secs_f64();
        let known = seconds > 0.0;
        let over = |difference: f64| difference / seconds;
        let machine = from.machine.zip(to.machine).and_then(|((busy, all), (later_busy, later_all))| {
            let passed = later_all.saturating_sub(all);
            (passed > 0).then(|| (later_busy.saturating_sub(busy) as f64 / passed as f64).min(1.0))
        });
        let worked = to.disks.iter().map(|(name, ms)| {
            let before = from.disks.get(name).copied().unwrap_or(0);
            (name.clone(), over(ms.saturating_sub(before) as f64 / 1e3).min(1.0))
        });
        HostRates {
            cores_used: from
                .cpu
                .zip(to.cpu)
                .filter(|_| known)
                .map(|(from, to)| over(to.saturating_sub(from).as_secs_f64())),
            machine_busy: machine.filter(|_| known),
            disk: if known { worked.max_by(|(_, a), (_, b)| a.total_cmp(b)) } else { None },
            disk_bytes_per_s: from
                .disk_bytes
                .zip(to.disk_bytes)
                .filter(|_| known)
                .map(|(from, to)| over(to.saturating_sub(from) as f64)),
        }
    }
}

/// Decides.
pub fn judge(evidence: Evidence) -> Bottleneck {
    let bound = bound(&evidence);
    Bottleneck { bound, says: words(bound, &evidence), figures: figures(&evidence), evidence }
}

fn bound(is: &Evidence) -> Bound {
    let Some(cores_used) = is.cores_used else { return Bound::Unknown };
    let cpu = cores_used / is.cores.max(1) as f64;
    let ours = is.disk_bytes_per_s.is_some_and(|rate| rate >= OUR_DISK);
    if cpu < REST && is.queue_busy < REST && is.waiting == 0 && !ours {
        return Bound::Idle;
    }
    if is.pressure >= Pressure::High {
        return Bound::Memory;
    }
    let device = is.queue_busy >= FULL;
    // Where the device is the processor itself, full cores are the reason for a full queue.
    if device && !is.device_is_cpu {
        Bound::Device
    } else if cpu >= FULL {
        Bound::Cpu
    } else if ours && is.disk.as_ref().is_some_and(|(_, busy)| *busy >= FULL) {
        Bound::Io
    } else if is.machine_busy.is_some_and(|busy| busy >= MACHINE_FULL) {
        Bound::Cpu
    } else if device {
        Bound::Device
    } else {
        Bound::Nothing
    }
}

fn words(bound: Bound, is: &Evidence) -> String {
    let used = is.cores_used.unwrap_or(0.0);
    let percent = |part: f64| format!("{:.0} %", part * 100.0);
    match bound {
        Bound::Unknown => "Measuring: rates need a second reading".into(),
        Bound::Idle => "Idle: there is nothing to do".into(),
        Bound::Cpu if used / (is.cores.max(1) as f64) >= FULL => {
            format!("CPU-bound: this program takes {used:.1} of {}", cores(is.cores))
        }
        Bound::Cpu => {
            let machine = percent(is.machine_busy.unwrap_or(0.0));
            format!(
                "CPU-bound: the machine is {machine} busy with other programs too, this one takes {used:.1} of {}",
                cores(is.cores)
            )
        }
        Bound::Device => format!("Device-bound: the {} queue is busy {} of the time", is.queue, percent(is.queue_busy)),
        Bound::Memory => match is.pressure {
            Pressure::Critical => "Memory-bound: pressure is critical, background work goes in single texts".into(),
            _ => "Memory-bound: pressure is high, background batches are halved".into(),
        },
        Bound::Io => {
            let (disk, busy) = is.disk.clone().unwrap_or_default();
            let rate = is.disk_bytes_per_s.unwrap_or(0.0) / 1e6;
            format!("I/O-bound: disk {disk} works {} of the time, {rate:.0} MB/s of it for this program", percent(busy))
        }
        Bound::Nothing => "Working: nothing is at its limit".into(),
    }
}

fn cores(count: usize) -> String {
    format!("{count} core{}", if count == 1 { "" } else { "s" })
}

fn figures(is: &Evidence) -> String {
    let percent = |part: f64| format!("{:.0} %", part * 100.0);
    let mut parts = Vec::new();
    if let Some(used) = is.cores_used {
        parts.push(format!("{used:.2} of {}", cores(is.cores)));
    }
    if let Some(busy) = is.machine_busy {
        parts.push(format!("machine {}", percent(busy)));
    }
    parts.push(format!("{} queue {}", is.queue, percent(is.queue_busy)));
    let granted = is.granted as f64 / is.budget.max(1) as f64;
    parts.push(format!("budget {}, pressure {}", percent(granted), format!("{:?}", is.pressure).to_lowercase()));
    if let Some((disk, busy)) = &is.disk {
        parts.push(format!("disk {disk} {}", percent(*busy)));
    }
    if let Some(rate) = is.disk_bytes_per_s {
        parts.push(format!("{:.1} MB/s", rate / 1e6));
    }
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at_rest() -> Evidence {
        Evidence {
            cores: 4,
            cores_used: Some(0.02),
            machine_busy: Some(0.1),
            device_is_cpu: false,
            queue: "ml",
            queue_busy: 0.0,
            waiting: 0,
            pressure: Pressure::Normal,
            granted: 1 << 28,
            budget: 1 << 30,
            disk: Some(("vda".into(), 0.01)),
            disk_bytes_per_s: Some(0.0),
        }
    }

    #[test]
    fn what_limits_is_decided_by_the_figures() {
        type Change = fn(&mut Evidence);
        let cases: [(Change, Bound, &str); 14] = [
            (|_| (), Bound::Idle, "Idle"),
            (|is| is.cores_used = None, Bound::Unknown, "second reading"),
            (|is| is.cores_used = Some(3.6), Bound::Cpu, "3.6 of 4 cores"),
            (|is| is.cores_used = Some(1.0), Bound::Nothing, "nothing is at its limit"),
            (|is| is.waiting = 1, Bound::Nothing, "Working"),
            (|is| is.queue_busy = 0.9, Bound::Device, "ml queue is busy 90 %"),
            (|is| (is.queue_busy, is.cores_used) = (0.9, Some(3.9)), Bound::Device, "ml queue"),
            (
                |is| (is.queue_busy, is.cores_used, is.device_is_cpu) = (0.9, Some(3.9), true),
                Bound::Cpu,
                "3.9 of 4 cores",
            ),
            (|is| (is.queue_busy, is.device_is_cpu) = (0.9, true), Bound::Device, "busy 90 %"),
            (|is| (is.machine_busy, is.waiting) = (Some(1.0), 2), Bound::Cpu, "other programs"),
            (|is| (is.pressure, is.waiting) = (Pressure::High, 1), Bound::Memory, "halved"),
            (|is| (is.pressure, is.cores_used) = (Pressure::Critical, Some(3.9)), Bound::Memory, "critical"),
            (
                |is| (is.disk, is.disk_bytes_per_s) = (Some(("vda".into(), 0.97)), Some(42e6)),
                Bound::Io,
                "vda works 97 %",
            ),
            // Somebody else's disk.
            (|is| is.disk = Some(("vda".into(), 0.97)), Bound::Idle, "Idle"),
        ];
        for (change, bound, words) in cases {
            let mut evidence = at_rest();
            change(&mut evidence);
            let found = judge(evidence);
            assert_eq!(found.bound, bound, "{found:?}");
            assert!(found.says.contains(words), "{words}: {}", found.says);
        }
    }

    #[test]
    fn an_idle_machine_names_its_numbers() {
        let found = judge(at_rest());
        let expected =
            "0.02 of 4 cores · machine 10 % · ml queue 0 % · budget 25 %, pressure normal · disk vda 1 % · 0.0 MB/s";
        assert_eq!(found.figures, expected);
        let blind = Evidence { cores_used: None, machine_busy: None, disk: None, disk_bytes_per_s: None, ..at_rest() };
        assert_eq!(judge(blind).figures, "ml queue 0 % · budget 25 %, pressure normal");
    }

    #[test]
    fn rates_are_differences_over_time() {
        let host = |cpu_ms, bytes, machine, disk| Host {
            cpu: Some(Duration::from_millis(cpu_ms)),
            disk_bytes: Some(bytes),
            machine: Some(machine),
            disks: [("vda".to_owned(), disk), ("vdb".to_owned(), 5)].into(),
        };
        let (from, to) = (host(1000, 1_000_000, (50, 100), 100), host(4000, 5_000_000, (200, 300), 1600));
        let rates = HostRates::between(&from, &to, Duration::from_secs(2));
        assert_eq!((rates.cores_used, rates.machine_busy), (Some(1.5), Some(0.75)));
        assert_eq!((rates.disk, rates.disk_bytes_per_s), (Some(("vda".to_owned(), 0.75)), Some(2e6)));
        let none = HostRates::between(&from, &from, Duration::ZERO);
        assert_eq!((none.cores_used, none.machine_busy, none.disk, none.disk_bytes_per_s), (None, None, None, None));
    }
}
