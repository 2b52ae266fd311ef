//! Reading GGUF files (<https://github.com/ggml-org/ggml/blob/master/docs/gguf.md>), versions 2 and 3: weights of generators with all
//! that belongs to them, the tokenizer and the chat template, in one file or in several shards.
//!
//! The file is mapped and its tensors are handed out as they lie there. Nothing a header says is believed before it is checked
//! against the file: whatever the bytes are, opening them takes memory for the names of the tensors and keys that the file really
//! has, and no more.

mod dequantise;
mod header;
mod kind;
mod metadata;
mod shards;
mod write;

pub use dequantise::dequantise;
pub use header::{MAX_KEYS, MAX_TENSORS};
pub use kind::TensorType;
pub use shards::MAX_SHARDS;
pub use write::{Value, Writer};

use crate::files::Bytes;
use crate::{Error, Result};
use header::Header;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// One file with its checked header.
struct Shard {
    path: PathBuf,
    bytes: Bytes,
    header: Header,
}

/// A model in GGUF: metadata (of its first file) and tensors (of all files).
pub struct Gguf {
    shards: Vec<Shard>,
    shard_of: BTreeMap<String, usize>,
}

/// A tensor as it lies in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Tensor<'a> {
    /// How its numbers are stored.
    pub kind: TensorType,
    /// Its dimensions, row-major: the outermost first, a row's length last. The file itself has them the other way round.
    pub shape: Vec<usize>,
    /// Its numbers: rows one after another, each row in whole blocks of `kind`. Aligned as the file says, 32 bytes by default.
    pub bytes: &'a [u8],
}

impl Tensor<'_> {
    /// How many numbers it has.
    pub fn elements(&self) -> usize {
        self.shape.iter().product()
    }

    /// All its numbers as f32, row-major: slow and obvious (see [`dequantise`]).
    pub fn to_f32(&self) -> Vec<f32> {
        dequantise(self.kind, self.bytes)
    }
}

impl Gguf {
    /// Opens a file; where it is one shard of several (`…-00001-of-00003.gguf`), all of them.
    ///
    /// # Errors
    /// [`Error::Device`] if a file cannot be mapped, [`Error::BadFile`] if a header lies, a file is cut short, a shard is missing or a
    /// tensor is of a type that this program does not read; the message names it.
    pub fn open(path: &Path) -> Result<Gguf> {
        let first = Shard::open(path)?;
        let shards = shards::all_of(first)?;
        Gguf::from_shards(shards)
    }

    /// Reads a file held in memory. `name` stands for its path in messages. Errors as for [`Gguf::open`].
    pub fn from_bytes(bytes: Vec<u8>, name: &str) -> Result<Gguf> {
        let shard = Shard::new(Bytes::Owned(bytes), PathBuf::from(name))?;
        shards::refuse_one_of_many(&shard)?;
        Gguf::from_shards(vec![shard])
    }

    fn from_shards(shards: Vec<Shard>) -> Result<Gguf> {
        let mut shard_of = BTreeMap::new();
        for (index, shard) in shards.iter().enumerate() {
            for name in shard.header.tensors.keys() {
                if shard_of.insert(name.clone(), index).is_some() {
                    return Err(Error::bad_file(&shard.path, format!("tensor '{name}' is also in another shard")));
                }
            }
        }
        Ok(Gguf { shards, shard_of })
    }

    /// The file that was opened; of several, the first.
    pub fn path(&self) -> &Path {
        &self.shards[0].path
    }

    /// All its files, in order.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.shards.iter().map(|shard| shard.path.as_path())
    }

    /// The names of all tensors, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.shard_of.keys().map(String::as_str)
    }

    /// A tensor by name.
    pub fn tensor(&self, name: &str) -> Option<Tensor<'_>> {
        let shard = &self.shards[*self.shard_of.get(name)?];
        let info = shard.header.tensors.get(name)?;
        let bytes = shard.bytes.get().get(info.bytes.clone())?;
        Some(Tensor { kind: info.kind, shape: info.shape.clone(), bytes })
    }

    /// A tensor that must be there, in this shape (row-major).
    ///
    /// # Errors
    /// [`Error::BadFile`] if it is missing or of another shape.
    pub fn expect(&self, name: &str, shape: &[usize]) -> Result<Tensor<'_>> {
        let Some(tensor) = self.tensor(name) else {
            return Err(self.problem(format!("tensor '{name}' is missing; the model is incomplete or of another kind")));
        };
        if tensor.shape != shape {
            let problem = format!("tensor '{name}' has shape {:?}; the metadata ask for {shape:?}", tensor.shape);
            return Err(self.problem(problem));
        }
        Ok(tensor)
    }

    /// Bytes of all files.
    pub fn size(&self) -> u64 {
        self.shards.iter().map(|shard| shard.bytes.get().len() as u64).sum()
    }

    /// A hash of all bytes of all files: equal hashes mean equal models. Reads every byte.
    pub fn content_hash(&self) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        for shard in &self.shards {
            hasher.update(shard.bytes.get());
        }
        hasher.finalize()
    }

    /// An error about this file.
    pub fn problem(&self, problem: impl Into<String>) -> Error {
        Error::bad_file(self.path(), problem)
    }
}

impl Shard {
    fn open(path: &Path) -> Result<Shard> {
        Shard::new(Bytes::Mapped(hal::MappedFile::open(path)?), path.to_owned())
    }

    fn new(bytes: Bytes, path: PathBuf) -> Result<Shard> {
        let header = Header::read(bytes.get()).map_err(|problem| Error::bad_file(&path, problem))?;
        Ok(Shard { path, bytes, header })
    }
}
