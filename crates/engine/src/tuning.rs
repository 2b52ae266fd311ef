//! Sizes that depend on the device: how long a slice is, how much goes into one, how many threads compute.
//!
//! Each comes from the first of these that says something: what was given for this run, the workspace's setting, what was measured on
//! this device, the default. What was measured is kept in one small file per account, by device; losing it costs speed only.

use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The format of the file.
const FORMAT: u32 = 1;

/// A larger file is no tuning file.
const MAX_FILE_BYTES: u64 = 1 << 20;

/// The workspace's setting that pins sizes, as [`Sizes`] reads them.
pub const SETTING: &str = "tuning";

/// Sizes, as far as they are known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sizes {
    /// Threads of a CPU device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threads: Option<usize>,
    /// Tokens of a slice of long work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slice_tokens: Option<usize>,
    /// Tokens of a run that requests share.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shared_tokens: Option<usize>,
    /// Millions of operations of a segment, after which other work gets in between.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub segment_mflops: Option<u64>,
}

/// The sizes in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct InUse {
    /// As in [`Sizes`]; 0 for one per core.
    pub threads: usize,
    /// As in [`Sizes`].
    pub slice_tokens: usize,
    /// As in [`Sizes`].
    pub shared_tokens: usize,
    /// As in [`Sizes`].
    pub segment_mflops: u64,
}

impl InUse {
    /// On a processor: what was measured good on two cores with AVX2, 3 to 5 ms a segment.
    pub const ON_CPUS: InUse = InUse { threads: 0, slice_tokens: 512, shared_tokens: 256, segment_mflops: 500 };

    /// On a GPU: segments of a fraction of a millisecond on a card, and 20 ms on a GPU inside a processor.
    pub const ON_GPUS: InUse = InUse { segment_mflops: 20_000, ..InUse::ON_CPUS };

    /// Operations of a segment.
    pub(crate) fn segment_flops(&self) -> u64 {
        self.segment_mflops * 1_000_000
    }
}

impl Sizes {
    /// These, and where they say nothing, `lower`.
    pub fn or(self, lower: Sizes) -> Sizes {
        Sizes {
            threads: self.threads.or(lower.threads),
            slice_tokens: self.slice_tokens.or(lower.slice_tokens),
            shared_tokens: self.shared_tokens.or(lower.shared_tokens),
            segment_mflops: self.segment_mflops.or(lower.segment_mflops),
        }
    }

    /// These, and where they say nothing, what is usual on a device of that kind.
    pub fn in_use(self, kind: hal::Kind) -> InUse {
        let usual = if kind == hal::Kind::Cpu { InUse::ON_CPUS } else { InUse::ON_GPUS };
        InUse {
            threads: self.threads.unwrap_or(usual.threads),
            slice_tokens: self.slice_tokens.unwrap_or(usual.slice_tokens),
            shared_tokens: self.shared_tokens.unwrap_or(usual.shared_tokens),
            segment_mflops: self.segment_mflops.unwrap_or(usual.segment_mflops),
        }
    }

    /// An error in words if a size cannot be meant.
    pub fn check(self) -> std::result::Result<Sizes, String> {
        let within = |name: &str, value: Option<u64>, least: u64, most: u64| match value {
            Some(value) if value < least || value > most => Err(format!("{name} takes {least} to {most}, not {value}")),
            _ => Ok(()),
        };
        within("threads", self.threads.map(|n| n as u64), 1, 1024)?;
        within("slice_tokens", self.slice_tokens.map(|n| n as u64), 16, 1 << 16)?;
        within("shared_tokens", self.shared_tokens.map(|n| n as u64), 16, 1 << 16)?;
        within("segment_mflops", self.segment_mflops, 1, 10_000_000)?;
        Ok(self)
    }
}

impl FromStr for Sizes {
    type Err = String;

    /// `name=value` pairs with commas or spaces between: `slice_tokens=256,threads=2`.
    fn from_str(text: &str) -> std::result::Result<Sizes, String> {
        let mut sizes = Sizes::default();
        for pair in text.split([',', ' ']).filter(|pair| !pair.is_empty()) {
            let known = "threads, slice_tokens, shared_tokens and segment_mflops";
            let Some((name, value)) = pair.split_once('=') else {
                return Err(format!("'{pair}' is no name=value; {known} can be set"));
            };
            let number: u64 = value.parse().map_err(|_| format!("'{value}' is no number for {name}"))?;
            match name {
                "threads" => sizes.threads = Some(number as usize),
                "slice_tokens" => sizes.slice_tokens = Some(number as usize),
                "shared_tokens" => sizes.shared_tokens = Some(number as usize),
                "segment_mflops" => sizes.segment_mflops = Some(number),
                _ => return Err(format!("there is no size '{name}'; {known} can be set")),
            }
        }
        sizes.check()
    }
}

impl std::fmt::Display for Sizes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let pairs = [
            ("threads", self.threads.map(|n| n as u64)),
            ("slice_tokens", self.slice_tokens.map(|n| n as u64)),
            ("shared_tokens", self.shared_tokens.map(|n| n as u64)),
            ("segment_mflops", self.segment_mflops),
        ];
        let pairs: Vec<String> =
            pairs.iter().filter_map(|(name, value)| Some(format!("{name}={}", (*value)?))).collect();
        f.write_str(&pairs.join(","))
    }
}

/// What was measured on a device.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// The sizes found.
    pub sizes: Sizes,
    /// When, seconds since 1970.
    pub when: u64,
    /// Whether by `tune`; else while working, which a later look may correct.
    pub by_tune: bool,
}

/// The file: what was measured, by device.
#[derive(Debug, Default, Serialize, Deserialize)]
struct File {
    format: u32,
    devices: BTreeMap<String, Measured>,
}

/// What was measured on `device`, if anything. The second part says why the file was ignored, if it was.
pub fn read(file: &Path, device: &str) -> (Option<Measured>, Option<String>) {
    match load(file) {
        Ok(mut known) => (known.devices.remove(device), None),
        Err(reason) => {
            let told =
                format!("the tuning file {} was ignored: {reason}; `downbeat tune` makes it anew", file.display());
            (None, Some(told))
        }
    }
}

fn load(file: &Path) -> std::result::Result<File, String> {
    match std::fs::metadata(file) {
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {
            return Ok(File { format: FORMAT, ..File::default() });
        }
        Ok(metadata) if metadata.len() > MAX_FILE_BYTES => return Err("it is too large".into()),
        Ok(_) | Err(_) => {}
    }
    let text = std::fs::read_to_string(file).map_err(|cause| cause.to_string())?;
    let known: File = serde_json::from_str(&text).map_err(|cause| format!("it is damaged ({cause})"))?;
    if known.format != FORMAT {
        return Err(format!("it has format {}, this program reads {FORMAT}", known.format));
    }
    for measured in known.devices.values() {
        measured.sizes.check()?;
    }
    Ok(known)
}

/// Keeps what was measured on `device`. A damaged file is replaced.
///
/// # Errors
/// [`Error::File`] if it cannot be written.
pub fn write(file: &Path, device: &str, measured: Measured) -> Result<()> {
    let failed = |cause| Error::File { context: format!("keeping the tuning in {}", file.display()), cause };
    let mut known = load(file).unwrap_or_else(|_| File { format: FORMAT, ..File::default() });
    known.devices.insert(device.to_owned(), measured);
    let text = serde_json::to_string_pretty(&known).map_err(|cause| failed(cause.into()))?;
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    // Written beside and renamed: a reader never sees half of it.
    let beside = file.with_extension(format!("{}.new", std::process::id()));
    std::fs::write(&beside, text).and_then(|()| std::fs::rename(&beside, file)).map_err(failed)
}

/// What a segment should take: short enough that a person does not notice, long enough that entering the schedule costs nothing.
pub(crate) const SEGMENT: Duration = Duration::from_millis(4);

/// Slices from which a rate is believed.
const BELIEVED: u64 = 20;

/// Smaller slices say little about the rate.
pub(crate) const TELLING_TOKENS: usize = 200;

/// A kept length of segments is corrected when it is off by this factor.
const OFF: f64 = 1.25;

/// How fast the device was seen to be while it worked: the fastest slice counts, since what disturbs only makes slower.
#[derive(Debug, Default)]
pub(crate) struct Observed {
    flops_per_s: AtomicU64,
    slices: AtomicU64,
}

impl Observed {
    /// Notes a slice.
    pub(crate) fn note(&self, flops: f64, busy: Duration) {
        if busy > Duration::ZERO {
            self.slices.fetch_add(1, Ordering::Relaxed);
            self.flops_per_s.fetch_max((flops / busy.as_secs_f64()) as u64, Ordering::Relaxed);
        }
    }

    /// Millions of operations that take as long as a segment should; none while too little was seen.
    pub(crate) fn segment_mflops(&self) -> Option<u64> {
        let rate = self.flops_per_s.load(Ordering::Relaxed) as f64;
        let mflops = rounded(rate * SEGMENT.as_secs_f64() / 1e6);
        (self.slices.load(Ordering::Relaxed) >= BELIEVED).then_some(mflops)
    }
}

/// Keeps a length of segments that was seen to be right while working, unless `tune` has measured it or what is kept is close.
///
/// # Errors
/// As for [`write`].
pub(crate) fn keep_observed(file: &Path, device: &str, mflops: u64) -> Result<()> {
    let kept = match read(file, device) {
        // It is told at the next opening, and `tune` replaces it.
        (_, Some(_damaged)) => return Ok(()),
        (kept, None) => kept,
    };
    let close = |kept: u64| (kept as f64 / mflops as f64).max(mflops as f64 / kept as f64) < OFF;
    match kept {
        Some(kept) if kept.by_tune || kept.sizes.segment_mflops.is_some_and(close) => Ok(()),
        kept => {
            let known = kept.map(|kept| kept.sizes).unwrap_or_default();
            let sizes = Sizes { segment_mflops: Some(mflops), ..known };
            let when = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
            write(file, device, Measured { sizes, when, by_tune: false })
        }
    }
}

/// Two significant digits: more would be noise.
pub(crate) fn rounded(value: f64) -> u64 {
    let unit = 10_f64.powf(value.max(10.0).log10().floor() - 1.0);
    ((value / unit).round() * unit).max(1.0) as u64
}

/// The name of the processor in the file: what its figures depend on.
pub fn processor_name() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("cpu, {cores} cores, {}", ops::Isa::current().name())
}

/// The name of a device in the file.
pub fn device_name(device: &hal::Device) -> String {
    let capabilities = device.capabilities();
    if capabilities.kind == hal::Kind::Cpu { processor_name() } else { capabilities.name }
}

/// Where the sizes of this process come from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Source {
    /// What was given or pinned: it counts on every device.
    pub(crate) pinned: Sizes,
    /// The file of what was measured.
    pub(crate) file: Option<PathBuf>,
}

impl Source {
    /// The sizes on a device of that name and kind, and why the file was ignored, if it was.
    pub(crate) fn on(&self, device: &str, kind: hal::Kind) -> (InUse, Option<String>) {
        let (measured, told) = self.file.as_deref().map_or((None, None), |file| read(file, device));
        let sizes = measured.map_or(self.pinned, |measured| self.pinned.or(measured.sizes));
        (sizes.in_use(kind), told)
    }
}

/// The name of the file in the folder for caches.
pub const FILE: &str = "tuning.json";

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(slice_tokens: usize) -> Measured {
        let sizes = Sizes { slice_tokens: Some(slice_tokens), ..Sizes::default() };
        Measured { sizes, when: 5, by_tune: true }
    }

    #[test]
    fn the_first_that_says_something_counts() {
        let given: Sizes = "slice_tokens=128".parse().expect("sizes");
        let kept: Sizes = "slice_tokens=256 threads=3".parse().expect("sizes");
        let both = given.or(kept);
        assert_eq!(both.to_string(), "threads=3,slice_tokens=128");
        assert_eq!(both.in_use(hal::Kind::Cpu), InUse { threads: 3, slice_tokens: 128, ..InUse::ON_CPUS });
        assert_eq!(both.to_string().parse(), Ok(both));
    }

    #[test]
    fn nonsense_is_refused_with_what_can_be_set() {
        let cases = [
            ("slices=3", "slice_tokens"),
            ("threads", "name=value"),
            ("threads=x", "no number"),
            ("threads=0", "1 to"),
        ];
        for (text, expected) in cases {
            let refused = text.parse::<Sizes>().expect_err(text);
            assert!(refused.contains(expected), "{refused}");
        }
    }

    #[test]
    fn what_was_seen_while_working_corrects_itself_and_yields_to_tune() {
        let (seen, folder) = (Observed::default(), tempfile::tempdir().expect("a folder"));
        let file = folder.path().join("tuning.json");
        for slice in 0..BELIEVED {
            assert_eq!(seen.segment_mflops(), None);
            seen.note(1e9 * slice as f64, Duration::from_millis(190));
        }
        assert_eq!(seen.segment_mflops(), Some(400));
        let kept = |file: &Path| read(file, "a").0.expect("kept");
        keep_observed(&file, "a", 400).expect("written");
        assert_eq!((kept(&file).sizes.segment_mflops, kept(&file).by_tune), (Some(400), false));
        keep_observed(&file, "a", 450).expect("close enough");
        assert_eq!(kept(&file).sizes.segment_mflops, Some(400));
        keep_observed(&file, "a", 600).expect("corrected");
        assert_eq!(kept(&file).sizes.segment_mflops, Some(600));
        write(&file, "a", measured(256)).expect("written");
        keep_observed(&file, "a", 900).expect("left alone");
        assert_eq!(kept(&file), measured(256));
    }

    #[test]
    fn numbers_keep_two_digits() {
        assert_eq!((rounded(483.0), rounded(12_345.0), rounded(7.4), rounded(0.0)), (480, 12_000, 7, 1));
    }

    #[test]
    fn devices_are_kept_beside_each_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("deep/tuning.json");
        assert_eq!(read(&file, "a"), (None, None));
        write(&file, "a", measured(128)).expect("written");
        write(&file, "b", measured(256)).expect("written");
        write(&file, "a", measured(64)).expect("written");
        assert_eq!(read(&file, "a"), (Some(measured(64)), None));
        assert_eq!(read(&file, "b"), (Some(measured(256)), None));
        assert_eq!(std::fs::read_dir(file.parent().expect("a folder")).expect("listed").count(), 1);
    }

    #[test]
    fn a_damaged_file_is_told_ignored_and_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("tuning.json");
        let other = "{\"format\": 9, \"devices\": {}}";
        let mad =
            "{\"format\": 1, \"devices\": {\"a\": {\"sizes\": {\"threads\": 0}, \"when\": 1, \"by_tune\": true}}}";
        for text in ["", "nonsense", "{\"format\": 1}", "[]", other, mad] {
            std::fs::write(&file, text).expect("written");
            let (found, told) = read(&file, "a");
            assert!(found.is_none() && told.as_ref().is_some_and(|told| told.contains("tune")), "{text}: {told:?}");
        }
        write(&file, "a", measured(64)).expect("written");
        assert_eq!(read(&file, "a"), (Some(measured(64)), None));
    }
}
