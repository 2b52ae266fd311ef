//! The hub's cache on this machine: `blobs` by their hashes, versions as links to them, and names for versions.

use super::{RemoteFile, Wish};
use crate::{Cancel, Error, Result};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Bytes that are read at a time.
const PIECE: usize = 1 << 18;
/// How often a lock that somebody else holds is looked at.
const LOCK_EVERY: Duration = Duration::from_millis(200);

/// A repository's folder in the cache.
pub(super) struct Store {
    root: PathBuf,
    locks: PathBuf,
}

impl Store {
    pub(super) fn new(cache: &Path, wish: &Wish) -> Store {
        let name = format!("models--{}--{}", wish.organisation, wish.name);
        Store { root: cache.join(&name), locks: cache.join(".locks").join(name) }
    }

    pub(super) fn snapshot(&self, commit: &str) -> PathBuf {
        self.root.join("snapshots").join(commit)
    }

    fn blob(&self, file: &RemoteFile) -> PathBuf {
        self.root.join("blobs").join(&file.hash)
    }

    pub(super) fn has(&self, file: &RemoteFile) -> bool {
        fs::metadata(self.blob(file)).is_ok_and(|blob| blob.len() == file.size)
    }

    /// Waits until nobody else downloads this file; the hub's own tools lock the same way.
    pub(super) fn lock(&self, file: &RemoteFile, cancel: &Cancel) -> Result<File> {
        make_folder(&self.locks)?;
        let path = self.locks.join(format!("{}.lock", file.hash));
        let lock = File::create(&path).map_err(failed("opening", &path))?;
        loop {
            match lock.try_lock() {
                Ok(()) => return Ok(lock),
                Err(TryLockError::WouldBlock) => super::pause(LOCK_EVERY, cancel)?,
                Err(TryLockError::Error(cause)) => return Err(failed("locking", &path)(cause)),
            }
        }
    }

    /// What an earlier download has left of a file, to go on with.
    pub(super) fn partial(&self, file: &RemoteFile) -> Result<Partial> {
        make_folder(&self.root.join("blobs"))?;
        let whole = self.blob(file);
        let path = whole.with_file_name(format!("{}.incomplete", file.hash));
        let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let opened = opened.map_err(failed("opening", &path))?;
        let mut partial = Partial { path, whole, file: opened, length: 0, hash: Hash::new(file) };
        partial.read_what_is_there(file)?;
        Ok(partial)
    }

    /// Makes a file appear in its version.
    pub(super) fn link(&self, file: &RemoteFile, commit: &str) -> Result<()> {
        let path = self.snapshot(commit).join(&file.path);
        if let Some(folder) = path.parent() {
            make_folder(folder)?;
        }
        if fs::metadata(&path).is_ok_and(|there| there.len() == file.size) {
            return Ok(());
        }
        let blob = self.blob(file);
        let _ = fs::remove_file(&path);
        #[cfg(unix)]
        let linked = {
            let up = "../".repeat(2 + file.path.matches('/').count());
            std::os::unix::fs::symlink(format!("{up}blobs/{}", file.hash), &path)
        };
        #[cfg(not(unix))]
        let linked = fs::hard_link(&blob, &path).or_else(|_| fs::copy(&blob, &path).map(|_| ()));
        linked.map_err(failed("linking", &path))?;
        match fs::metadata(&path) {
            Ok(_) => Ok(()),
            Err(cause) => Err(failed("reading", &blob)(cause)),
        }
    }

    /// Notes which version a name means now.
    pub(super) fn set_ref(&self, wish: &Wish, commit: &str) -> Result<()> {
        if wish.revision == commit {
            return Ok(());
        }
        let refs = self.root.join("refs");
        make_folder(&refs)?;
        let path = refs.join(&wish.revision);
        // A draft of its own: others may be noting the same.
        static DRAFTS: AtomicU64 = AtomicU64::new(0);
        let (process, number) = (std::process::id(), DRAFTS.fetch_add(1, Ordering::Relaxed));
        let draft = refs.join(format!(".{}.{process}.{number}", wish.revision));
        fs::write(&draft, commit).and_then(|()| fs::rename(&draft, &path)).map_err(failed("writing", &path))
    }
}

/// A file on its way.
pub(super) struct Partial {
    path: PathBuf,
    whole: PathBuf,
    file: File,
    length: u64,
    hash: Hash,
}

impl Partial {
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    fn read_what_is_there(&mut self, file: &RemoteFile) -> Result<()> {
        let mut piece = vec![0; PIECE];
        loop {
            let length = self.file.read(&mut piece).map_err(failed("reading", &self.path))?;
            if length == 0 {
                break;
            }
            self.hash.add(&piece[..length]);
            self.length += length as u64;
        }
        if self.length > file.size { self.restart() } else { Ok(()) }
    }

    /// Forgets what was there.
    pub(super) fn restart(&mut self) -> Result<()> {
        self.hash = self.hash.again();
        self.length = 0;
        let again = self.file.set_len(0).and_then(|()| self.file.seek(SeekFrom::Start(0)));
        again.map(|_| ()).map_err(failed("emptying", &self.path))
    }

    /// Takes what comes, and never more than the file has.
    pub(super) fn append(
        &mut self,
        body: &mut impl Read,
        file: &RemoteFile,
        cancel: &Cancel,
        show: &dyn Fn(u64),
    ) -> Result<()> {
        let mut piece = vec![0; PIECE];
        loop {
            cancel.check()?;
            let length = body.read(&mut piece).map_err(|cause| {
                Error::Broken(format!("{} stopped coming ({cause}); what has come is kept", file.path))
            })?;
            if length == 0 {
                return Ok(());
            }
            if self.length + length as u64 > file.size {
                self.restart()?;
                let size = file.size;
                return Err(Error::Pull(format!(
                    "{} is longer than the {size} bytes that the hub promised",
                    file.path
                )));
            }
            self.file.write_all(&piece[..length]).map_err(failed("writing", &self.path))?;
            self.hash.add(&piece[..length]);
            self.length += length as u64;
            show(self.length);
        }
    }

    /// Checks the hash; only then the file gets its name.
    pub(super) fn finish(self, file: &RemoteFile) -> Result<()> {
        let Partial { path, whole, file: written, hash, .. } = self;
        let computed = hash.digits();
        if computed != file.hash {
            fs::remove_file(&path).map_err(failed("removing", &path))?;
            return Err(Error::Pull(format!(
                "{} came damaged: its hash is {computed} instead of {}; it was thrown away, try again",
                file.path, file.hash
            )));
        }
        written.sync_all().map_err(failed("writing", &path))?;
        fs::rename(&path, &whole).map_err(failed("naming", &whole))
    }
}

/// The hash that the hub has for a file.
#[derive(Clone)]
enum Hash {
    Large(Sha256),
    /// Git's: of a head with the length, and the contents.
    Small(Sha1, u64),
}

impl Hash {
    fn new(file: &RemoteFile) -> Hash {
        if file.hash.len() == 64 { Hash::Large(Sha256::new()) } else { Hash::small(file.size) }
    }

    fn small(size: u64) -> Hash {
        Hash::Small(Sha1::new_with_prefix(format!("blob {size}\0")), size)
    }

    fn again(&self) -> Hash {
        match self {
            Hash::Large(_) => Hash::Large(Sha256::new()),
            Hash::Small(_, size) => Hash::small(*size),
        }
    }

    fn add(&mut self, bytes: &[u8]) {
        match self {
            Hash::Large(hash) => hash.update(bytes),
            Hash::Small(hash, _) => hash.update(bytes),
        }
    }

    fn digits(self) -> String {
        let bytes = match self {
            Hash::Large(hash) => hash.finalize().to_vec(),
            Hash::Small(hash, _) => hash.finalize().to_vec(),
        };
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

fn make_folder(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).map_err(failed("making", folder))
}

fn failed(action: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Error + use<> {
    let context = format!("{action} {}", path.display());
    move |cause| Error::File { context, cause }
}
