//! What was measured of a device, by name: kept beside its compiled pipelines, so that it is measured once on a machine.
//!
//! Whoever reads a note checks that it makes sense: a file can come from anywhere. So the worst that a
//! wrong note does is to cost time; what a probe proved counts only under the number of the very code that was run.

use crate::sync::lock;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

const MAGIC: &str = "downbeat notes 1";

/// A longer file is not one of ours.
const LONGEST: u64 = 1 << 20;

/// Notes of a device: small numbers by name.
#[derive(Debug, Default)]
pub struct Notes {
    file: Option<PathBuf>,
    known: crate::sync::Mutex<BTreeMap<String, u32>>,
}

impl Notes {
    /// The notes of `file`, and what is wrong with it if it cannot be used; it is then replaced at the next note.
    pub(crate) fn open(file: Option<PathBuf>) -> (Notes, Option<String>) {
        let read = file.as_deref().map_or(Ok(BTreeMap::new()), read);
        let complaint = read.as_ref().err().map(|why| {
            let name = file.as_deref().map(|file| file.display().to_string()).unwrap_or_default();
            format!("what was measured of it is measured again: {name} {why}")
        });
        (Notes { file, known: crate::sync::Mutex::new(read.unwrap_or_default()) }, complaint)
    }

    /// The note of a name.
    pub fn get(&self, name: &str) -> Option<u32> {
        lock(&self.known).get(name).copied()
    }

    /// Keeps a note. `name` has no white space.
    pub fn set(&self, name: &str, value: u32) {
        let mut known = lock(&self.known);
        known.insert(name.to_owned(), value);
        if let Some(file) = &self.file {
            // Without the file the next start measures again, and nothing else is lost.
            let _ = write(file, &known);
        }
    }
}

fn read(file: &Path) -> Result<BTreeMap<String, u32>, String> {
    let length = match std::fs::metadata(file) {
        Ok(found) => found.len(),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(cause) => return Err(format!("cannot be read: {cause}")),
    };
    if length > LONGEST {
        return Err(format!("is {length} bytes long, too long for such a file"));
    }
    let text = std::fs::read_to_string(file).map_err(|cause| format!("cannot be read: {cause}"))?;
    parse(&text).ok_or_else(|| "is damaged or of another program".to_owned())
}

fn parse(text: &str) -> Option<BTreeMap<String, u32>> {
    let (head, body) = text.split_once('\n')?;
    let sum = head.strip_prefix(MAGIC)?.trim();
    if sum != format!("{:08x}", crc32fast::hash(body.as_bytes())) {
        return None;
    }
    body.lines()
        .map(|line| line.split_once(' ').and_then(|(name, value)| Some((name.into(), value.parse().ok()?))))
        .collect()
}

fn write(file: &Path, known: &BTreeMap<String, u32>) -> std::io::Result<()> {
    /// Devices of one process would write over each other's half of a file; other processes have names of their own.
    static WRITING: Mutex<()> = Mutex::new(());
    let _alone = WRITING.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let body: String = known.iter().map(|(name, value)| format!("{name} {value}\n")).collect();
    let beside = file.with_extension(format!("{}.new", std::process::id()));
    let mut target = std::fs::File::create(&beside)?;
    write!(target, "{MAGIC} {:08x}\n{body}", crc32fast::hash(body.as_bytes()))?;
    target.sync_all()?;
    std::fs::rename(&beside, file)
}

#[cfg(all(test, not(feature = "shuttle")))]
mod tests {
    use super::*;

    #[test]
    fn notes_are_there_again_and_damage_is_said() {
        let folder = std::env::temp_dir().join(format!("downbeat-notes-{}", std::process::id()));
        let file = folder.join("tiles.txt");
        let open = || Notes::open(Some(file.clone()));
        let (notes, complaint) = open();
        assert_eq!((notes.get("product"), complaint), (None, None));
        notes.set("product", 3);
        notes.set("other", 1);
        notes.set("product", 2);
        let (notes, complaint) = open();
        assert_eq!((notes.get("product"), notes.get("other"), complaint), (Some(2), Some(1), None));
        let whole = std::fs::read(&file).expect("a file");
        for byte in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[byte] ^= 0x04;
            for bytes in [&damaged[..], &whole[..byte]] {
                std::fs::write(&file, bytes).expect("written");
                let (notes, complaint) = open();
                assert_eq!(notes.get("product"), None, "byte {byte}");
                let complaint = complaint.expect("it is said");
                assert!(complaint.contains("measured again") && complaint.contains("tiles.txt"), "{complaint}");
            }
        }
        // It is replaced at the next note.
        let (notes, _) = open();
        notes.set("product", 7);
        assert_eq!(open().0.get("product"), Some(7));
        std::fs::remove_dir_all(&folder).expect("removed");
    }

    #[test]
    fn without_a_file_notes_last_as_long_as_the_device() {
        let (notes, complaint) = Notes::open(None);
        notes.set("product", 3);
        assert_eq!((notes.get("product"), complaint), (Some(3), None));
    }
}
