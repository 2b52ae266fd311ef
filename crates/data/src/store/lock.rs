//! One writer or many readers per database, across processes and within one.
//!
//! The engine's own lock on its file does not see a second opening by the same process, and does not say who holds it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

use super::Access;
use crate::error::{Error, Result};

/// Held while the database is open; the system releases it when the process ends, however it ends.
pub(crate) struct Lock(#[expect(dead_code, reason = "held for its lock")] File);

impl Lock {
    /// Locks `folder` by the file `name` in it.
    pub(crate) fn acquire(folder: &Path, name: &str, access: Access) -> Result<Self> {
        let path = folder.join(name);
        let open = |write| OpenOptions::new().read(true).write(write).create(write).truncate(false).open(&path);
        let opened = match access {
            Access::ReadWrite => open(true),
            // A reader may lack the right to write in the folder.
            Access::ReadOnly => open(true).or_else(|_| open(false)),
        };
        let mut file = opened.map_err(|e| Error::io("open", &path, e))?;
        let taken = match access {
            Access::ReadWrite => file.try_lock(),
            Access::ReadOnly => file.try_lock_shared(),
        };
        match taken {
            Ok(()) => {
                // The note is for the message of the next process only; without it that one says "another process".
                let _ =
                    file.set_len(0).and_then(|()| file.rewind()).and_then(|()| write!(file, "{}", std::process::id()));
                Ok(Lock(file))
            }
            Err(TryLockError::WouldBlock) => {
                let mut pid = String::new();
                let known = file.read_to_string(&mut pid).is_ok() && pid.parse::<u32>().is_ok();
                let holder = if known { format!("process {pid}") } else { "another process".to_owned() };
                Err(Error::Locked { path: folder.to_path_buf(), holder })
            }
            Err(TryLockError::Error(e)) => Err(Error::io("lock", &path, e)),
        }
    }
}
