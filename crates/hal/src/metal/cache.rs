//! The files that compiled kernels are kept in. Metal writes and reads them; here stand their names and how they are put in place.

use super::gpu::lock;
use std::io::{Error, ErrorKind, Result};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

const END: &str = "metal-archive";

/// The file of what was measured of a GPU on a system.
pub(super) fn notes(folder: &Path, generation: u32, belongs_to: &str) -> PathBuf {
    folder.join(format!("measured-metal{generation}-{}.txt", safe(belongs_to)))
}

/// As a part of a file's name.
fn safe(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' }).collect()
}

/// The file for what `belongs_to` names, a GPU and a system: what was compiled for one is useless to another.
pub(super) fn file(folder: &Path, generation: u32, belongs_to: &str) -> PathBuf {
    folder.join(format!("pipelines-metal{generation}-{}.{END}", safe(belongs_to)))
}

/// Has `write` write beside the file and puts that in place whole. Files of the same generation for other systems are removed.
pub(super) fn replace(file: &Path, write: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    /// Devices of one process would write over each other's half of a file; other processes have names of their own.
    static WRITING: Mutex<()> = Mutex::new(());
    let _alone = lock(&WRITING);
    let folder = file.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let beside = file.with_extension(format!("{}.new", std::process::id()));
    let written = write(&beside).and_then(|()| std::fs::rename(&beside, file));
    if written.is_err() {
        // What was half written is of no use; the first error is the one that counts.
        let _ = std::fs::remove_file(&beside);
        return written;
    }
    let name = file.file_name().and_then(|name| name.to_str()).ok_or_else(|| Error::from(ErrorKind::InvalidInput))?;
    let mut kind = name.splitn(3, '-');
    let kind = format!("{}-{}-", kind.next().unwrap_or_default(), kind.next().unwrap_or_default());
    for entry in std::fs::read_dir(folder)?.flatten() {
        let other = entry.file_name().to_string_lossy().into_owned();
        if other != name && other.starts_with(&kind) && other.ends_with(END) {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_those_of_older_systems_go() {
        let folder = std::env::temp_dir().join(format!("downbeat-archives-{}", std::process::id()));
        let (new, old) = (file(&folder, 4, "applegpu_g13g-26.1.0"), file(&folder, 4, "applegpu_g13g-26.0.0"));
        let three = file(&folder, 3, "applegpu_g13g-15.0.0");
        std::fs::create_dir_all(&folder).expect("a folder");
        for other in [&old, &three] {
            std::fs::write(other, "old").expect("written");
        }
        replace(&new, |beside| std::fs::write(beside, "new")).expect("replaced");
        assert!(!old.exists() && three.exists());
        let failed = replace(&new, |beside| {
            std::fs::write(beside, "half")?;
            Err(Error::other("the disk is full"))
        });
        assert!(failed.is_err());
        assert_eq!(std::fs::read_to_string(&new).expect("read"), "new");
        assert_eq!(std::fs::read_dir(&folder).expect("the folder").count(), 2, "nothing half is left");
        std::fs::remove_dir_all(&folder).expect("removed");
    }
}
