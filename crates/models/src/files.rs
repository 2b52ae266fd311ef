//! The bytes of a model's files: weights are mapped, the small JSON files beside them are read.

use crate::{Error, Result};
use serde::de::DeserializeOwned;
use std::path::Path;

/// The largest JSON file that is read. A multilingual `tokenizer.json` has 17 MB.
const MAX_JSON_BYTES: u64 = 64 << 20;

/// Reads a file whole.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    let failed = |cause| Error::Read { path: path.to_owned(), cause };
    let length = std::fs::metadata(path).map_err(failed)?.len();
    if length > MAX_JSON_BYTES {
        return Err(Error::bad_file(path, format!("has {length} bytes, the limit is {MAX_JSON_BYTES}")));
    }
    std::fs::read(path).map_err(failed)
}

/// Reads and parses a JSON file.
pub(crate) fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T> {
    serde_json::from_slice(&read(path)?).map_err(|error| Error::bad_file(path, format!("is not as expected: {error}")))
}

/// As [`read_json`]; a file that does not exist is `None`.
pub(crate) fn read_json_if_there<T: DeserializeOwned>(path: &Path) -> Result<Option<T>> {
    if path.exists() { read_json(path).map(Some) } else { Ok(None) }
}

/// Where the bytes of a file are.
pub(crate) enum Bytes {
    Mapped(hal::MappedFile),
    Owned(Vec<u8>),
}

impl Bytes {
    pub(crate) fn get(&self) -> &[u8] {
        match self {
            Bytes::Mapped(file) => file.bytes(),
            Bytes::Owned(bytes) => bytes,
        }
    }
}
