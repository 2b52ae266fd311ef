//! How fast this machine's devices are: measured once, and kept in a file until a device, a driver or the program changes.

use hal::{DeviceInfo, Kind, Options};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Changes when the probe does, or the file.
const FORMAT: u32 = 1;

/// The file, in the folder for caches.
const FILE: &str = "devices.json";

/// No measurement takes longer; one that was begun earlier and has not ended took its program with it.
const LONGEST: Duration = Duration::from_secs(60);

/// A device and how fast it is.
#[derive(Debug, Clone)]
pub struct Figure {
    /// The device.
    pub device: DeviceInfo,
    /// The time of [`hal::Measured::total`], or why the device cannot be used.
    pub time: Result<Duration, String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Kept {
    format: u32,
    program: String,
    kernels: String,
    devices: Vec<KeptFigure>,
    /// A device that is being measured, and since when in seconds of the system's clock: drivers may crash.
    measuring: Option<(String, u64)>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct KeptFigure {
    device: String,
    identity: String,
    nanoseconds: Option<u64>,
    failure: Option<String>,
}

impl Kept {
    fn new() -> Kept {
        Kept {
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            kernels: ops::Isa::current().name().to_owned(),
            devices: Vec::new(),
            measuring: None,
        }
    }

    /// The figure of a device as it is now.
    fn of(&self, device: &DeviceInfo) -> Option<Result<Duration, String>> {
        let kind = device.kind.to_string();
        let kept = self.devices.iter().find(|kept| kept.device == kind && kept.identity == device.identity)?;
        match (kept.nanoseconds, &kept.failure) {
            (Some(nanoseconds), None) if nanoseconds > 0 => Some(Ok(Duration::from_nanos(nanoseconds))),
            (None, Some(failure)) => Some(Err(failure.clone())),
            _ => None,
        }
    }

    fn note(&mut self, device: &DeviceInfo, time: &Result<Duration, String>) {
        self.devices.push(KeptFigure {
            device: device.kind.to_string(),
            identity: device.identity.clone(),
            nanoseconds: time.as_ref().ok().map(|time| time.as_nanos() as u64),
            failure: time.as_ref().err().cloned(),
        });
    }
}

/// The figures of `devices`, as kept in the folder `cache` or measured and kept there.
pub(super) fn figures(devices: Vec<DeviceInfo>, cache: Option<&Path>) -> Vec<Figure> {
    let file = cache.map(|folder| folder.join(FILE));
    let kept = file.as_deref().and_then(read).filter(|kept| {
        let of_this_program = Kept { devices: kept.devices.clone(), measuring: kept.measuring.clone(), ..Kept::new() };
        *kept == of_this_program
    });
    let usable = devices.iter().filter(|device| device.unusable.is_none());
    let whole = kept.as_ref().is_some_and(|kept| usable.clone().all(|device| kept.of(device).is_some()));
    match kept {
        Some(kept) if whole => devices
            .into_iter()
            .map(|device| {
                let time = device.unusable.clone().map_or_else(|| kept.of(&device).unwrap_or(Ok(Duration::MAX)), Err);
                Figure { device, time }
            })
            .collect(),
        kept => match kept.and_then(|kept| kept.measuring) {
            Some((_, since)) if now().saturating_sub(since) < LONGEST.as_secs() => {
                let why = "another start of the program is measuring the devices; the next one knows";
                measured(devices, None, |device| (device.kind != Kind::Cpu).then(|| why.to_owned()))
            }
            begun => measured(devices, cache, |device| {
                let why = "measuring it ended the program at an earlier start; `downbeat doctor` tries again";
                begun.as_ref().filter(|(identity, _)| *identity == device.identity).map(|_| why.to_owned())
            }),
        },
    }
}

/// Measures all of `devices` now, whatever is kept.
pub(super) fn measured_now(devices: Vec<DeviceInfo>, cache: Option<&Path>) -> Vec<Figure> {
    measured(devices, cache, |_| None)
}

/// Measures devices and keeps what it finds; where `suspicion` says why a device is better not measured, that stands for its figure.
fn measured(
    devices: Vec<DeviceInfo>,
    cache: Option<&Path>,
    suspicion: impl Fn(&DeviceInfo) -> Option<String>,
) -> Vec<Figure> {
    let file = cache.map(|folder| folder.join(FILE));
    let keep = |kept: &Kept| {
        // Without the file the next start measures again, and nothing else is lost.
        let _ = file.as_deref().map(|file| write(file, kept));
    };
    let mut kept = Kept::new();
    let figures = devices
        .into_iter()
        .map(|device| {
            let refused = device.unusable.clone().or_else(|| suspicion(&device));
            let time = match refused {
                Some(why) => Err(why),
                None => {
                    if device.kind != Kind::Cpu {
                        kept.measuring = Some((device.identity.clone(), now()));
                        keep(&kept);
                    }
                    let found = hal::measure(&Options { kind: device.kind, ..Options::default() });
                    kept.measuring = None;
                    found.map(|measured| measured.total()).map_err(|cause| cause.to_string())
                }
            };
            if device.unusable.is_none() {
                kept.note(&device, &time);
            }
            Figure { device, time }
        })
        .collect();
    keep(&kept);
    figures
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

fn read(file: &Path) -> Option<Kept> {
    serde_json::from_slice(&std::fs::read(file).ok()?).ok()
}

/// Writes beside the file and puts it in place whole.
fn write(file: &Path, kept: &Kept) -> std::io::Result<()> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let beside: PathBuf = file.with_extension(format!("{}-{number}.new", std::process::id()));
    let written = std::fs::write(&beside, serde_json::to_vec_pretty(kept)?);
    written.and_then(|()| std::fs::rename(&beside, file)).inspect_err(|_| {
        // The first error is the one that counts.
        let _ = std::fs::remove_file(&beside);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The processor alone: what a machine without a GPU has.
    fn cpu() -> Vec<DeviceInfo> {
        hal::devices().into_iter().filter(|device| device.kind == Kind::Cpu).collect()
    }

    fn time(devices: Vec<DeviceInfo>, folder: &Path) -> Duration {
        let figures = figures(devices, Some(folder));
        figures[0].time.clone().expect("the processor can be measured")
    }

    #[test]
    fn figures_are_kept_until_something_changes() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join(FILE);
        let first = time(cpu(), folder.path());
        let kept = read(&file).expect("it is kept");
        assert_eq!(kept.devices[0].nanoseconds, Some(first.as_nanos() as u64));
        // A figure that no measurement gives shows where it comes from.
        let marked = Duration::from_nanos(123_456_789_000);
        let mut changed = kept.clone();
        changed.devices[0].nanoseconds = Some(marked.as_nanos() as u64);
        write(&file, &changed).expect("written");
        assert_eq!(time(cpu(), folder.path()), marked, "kept");
        let mut other = cpu();
        other[0].identity.push_str(" with another driver");
        assert_ne!(time(other, folder.path()), marked, "of another driver");
        for stale in [
            Kept { program: "0.0.0".into(), ..changed.clone() },
            Kept { kernels: "other".into(), ..changed.clone() },
            Kept { format: FORMAT + 1, ..changed.clone() },
        ] {
            write(&file, &stale).expect("written");
            assert_ne!(time(cpu(), folder.path()), marked, "{stale:?}");
        }
    }

    #[test]
    fn a_damaged_file_is_written_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join(FILE);
        time(cpu(), folder.path());
        let whole = std::fs::read(&file).expect("kept");
        for damage in [&b""[..], b"nonsense", b"{}", &whole[..whole.len() / 2], b"\xff\xfe\x00"] {
            std::fs::write(&file, damage).expect("written");
            assert!(time(cpu(), folder.path()) > Duration::ZERO);
            assert!(read(&file).is_some(), "{damage:?} stayed");
        }
    }

    #[test]
    fn a_folder_that_cannot_be_written_costs_only_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let blocked = folder.path().join("a file");
        std::fs::write(&blocked, b"").expect("written");
        assert!(time(cpu(), &blocked) > Duration::ZERO);
    }

    #[test]
    fn a_device_that_ended_the_program_is_not_measured_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut gpu = cpu();
        gpu[0].kind = Kind::Vulkan { index: Some(77) };
        let begun = |ago: u64| {
            let kept = Kept { measuring: Some((gpu[0].identity.clone(), now() - ago)), ..Kept::new() };
            write(&folder.path().join(FILE), &kept).expect("written");
            let found = figures(gpu.clone(), Some(folder.path()));
            found[0].time.clone().expect_err("it is not measured")
        };
        assert!(begun(5).contains("another start"), "{}", begun(5));
        assert!(begun(100_000).contains("ended the program"), "{}", begun(100_000));
        // What was found out is kept, and a person who asks has it measured all the same.
        assert!(
            figures(gpu.clone(), Some(folder.path()))[0]
                .time
                .clone()
                .is_err_and(|why| why.contains("ended the program"))
        );
        assert!(measured_now(gpu, Some(folder.path()))[0].time.clone().is_err_and(|why| why.contains("77")));
    }
}
