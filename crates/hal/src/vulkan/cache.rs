//! Compiled pipelines on disk: compiling a matrix kernel takes a driver a tenth of a second and more.
//!
//! The file holds what the driver gives out, behind a checksum of our own: not every driver survives damaged data.

use super::gpu::{Gpu, lock};
use crate::error::Result;
use ash::vk;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const MAGIC: &[u8; 8] = b"DBPIPES1";

/// The file is written at most this often while pipelines are being made, and at the end.
const WRITE_EVERY: Duration = Duration::from_secs(5);

/// A file that would become larger is removed, and so started anew by the next process.
const LARGEST: usize = 256 << 20;

pub(super) struct Cache {
    gpu: Arc<Gpu>,
    pub(super) raw: vk::PipelineCache,
    file: Option<PathBuf>,
    unsaved: Mutex<Unsaved>,
}

struct Unsaved {
    pipelines: u32,
    written: Instant,
}

impl Cache {
    /// Reads the file of this device and driver in `folder`; one that is missing or damaged counts as empty.
    pub(super) fn open(gpu: &Arc<Gpu>, folder: Option<&Path>) -> Result<Cache> {
        let file = folder.map(|folder| folder.join(file_name("pipelines", "bin", &gpu.properties)));
        let known = file.as_ref().and_then(|file| std::fs::read(file).ok());
        let known = known.as_deref().and_then(unpack).unwrap_or_default();
        let info = vk::PipelineCacheCreateInfo::default().initial_data(known);
        // SAFETY: the data was given out by this driver for this device (name of the file) and is whole (checksum).
        let raw = unsafe { gpu.device.create_pipeline_cache(&info, None) }
            .map_err(|cause| gpu.failed(cause, "opening the pipeline cache"))?;
        let unsaved = Mutex::new(Unsaved { pipelines: 0, written: Instant::now() });
        Ok(Cache { gpu: gpu.clone(), raw, file, unsaved })
    }

    /// Notes that a pipeline was made, and writes the file from time to time.
    pub(super) fn grew(&self) {
        let mut unsaved = lock(&self.unsaved);
        unsaved.pipelines += 1;
        if unsaved.written.elapsed() >= WRITE_EVERY {
            self.save(&mut unsaved);
        }
    }

    fn save(&self, unsaved: &mut Unsaved) {
        let Some(file) = &self.file else { return };
        *unsaved = Unsaved { pipelines: 0, written: Instant::now() };
        // SAFETY: the cache is alive; the driver locks it.
        let data = unsafe { self.gpu.device.get_pipeline_cache_data(self.raw) };
        // Without the file the next start is slower, and nothing else is lost.
        let _ = match data {
            Ok(data) if data.len() <= LARGEST => write(file, &data),
            Ok(_) => std::fs::remove_file(file),
            Err(_) => Ok(()),
        };
    }
}

impl Drop for Cache {
    fn drop(&mut self) {
        let mut unsaved = Unsaved { written: Instant::now(), ..*lock(&self.unsaved) };
        if unsaved.pipelines > 0 {
            self.save(&mut unsaved);
        }
        // SAFETY: pipelines do not need the cache that they were made with.
        unsafe { self.gpu.device.destroy_pipeline_cache(self.raw, None) };
    }
}

/// A file for device and driver: what one gave out is useless to another.
pub(super) fn file_name(kind: &str, extension: &str, properties: &vk::PhysicalDeviceProperties) -> String {
    let driver: String = properties.pipeline_cache_uuid.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{kind}-{:x}-{:x}-{driver}.{extension}", properties.vendor_id, properties.device_id)
}

fn unpack(bytes: &[u8]) -> Option<&[u8]> {
    let (head, data) = bytes.split_at_checked(MAGIC.len() + 4)?;
    let sum = head.strip_prefix(MAGIC)?;
    (crc32fast::hash(data).to_le_bytes() == sum).then_some(data)
}

/// Writes beside the file and puts it in place whole; files that other drivers of the same device left are removed.
fn write(file: &Path, data: &[u8]) -> std::io::Result<()> {
    /// Devices of one process would write over each other's half of a file; other processes have names of their own.
    static WRITING: Mutex<()> = Mutex::new(());
    let _alone = lock(&WRITING);
    let folder = file.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let beside = file.with_extension(format!("{}.new", std::process::id()));
    let mut target = std::fs::File::create(&beside)?;
    target.write_all(MAGIC)?;
    target.write_all(&crc32fast::hash(data).to_le_bytes())?;
    target.write_all(data)?;
    target.sync_all()?;
    std::fs::rename(&beside, file)?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    // With the dash at its end, so that no other device's number begins like this one's.
    let prefix = name.rfind('-').map_or("", |dash| &name[..=dash]);
    for entry in std::fs::read_dir(folder)?.flatten() {
        let other = entry.file_name().to_string_lossy().into_owned();
        if other != name && !prefix.is_empty() && other.starts_with(prefix) && other.ends_with(".bin") {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_is_noticed() {
        let folder = std::env::temp_dir().join(format!("downbeat-pipelines-{}", std::process::id()));
        let file = folder.join("pipelines-1-2-ab.bin");
        let of_another_driver = folder.join("pipelines-1-2-cd.bin");
        let of_other_devices = ["pipelines-1-3-ab.bin", "pipelines-1-23-ab.bin"].map(|name| folder.join(name));
        std::fs::create_dir_all(&folder).expect("a folder");
        for other in of_other_devices.iter().chain([&of_another_driver]) {
            std::fs::write(other, b"old").expect("written");
        }
        write(&file, b"some data of a driver").expect("written");
        assert!(!of_another_driver.exists() && of_other_devices.iter().all(|file| file.exists()));
        let whole = std::fs::read(&file).expect("read");
        assert_eq!(unpack(&whole), Some(&b"some data of a driver"[..]));
        for byte in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[byte] ^= 0x10;
            assert_eq!(unpack(&damaged), None, "byte {byte}");
            assert_eq!(unpack(&whole[..byte]), None, "the first {byte} bytes");
        }
        std::fs::remove_dir_all(&folder).expect("removed");
    }

    #[test]
    fn devices_that_write_at_once_leave_a_whole_file() {
        let folder = std::env::temp_dir().join(format!("downbeat-pipelines-at-once-{}", std::process::id()));
        let file = folder.join("pipelines-1-2-ab.bin");
        std::thread::scope(|scope| {
            for writer in 1..=4_u8 {
                let file = &file;
                scope.spawn(move || {
                    for _ in 0..20 {
                        write(file, &vec![writer; usize::from(writer) << 16]).expect("written");
                        let found = std::fs::read(file).expect("read");
                        assert!(unpack(&found).is_some(), "a damaged file of {} bytes", found.len());
                    }
                });
            }
        });
        std::fs::remove_dir_all(&folder).expect("removed");
    }
}
