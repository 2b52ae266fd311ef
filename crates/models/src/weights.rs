//! Reading weights from safetensors files (<https://github.com/huggingface/safetensors#format>).
//!
//! The file is mapped and its tensors are converted one by one when they are asked for, so that loading never holds a second copy
//! of a model. Nothing a header says is believed before it is checked against the file.

use crate::files::Bytes;
use crate::{Error, Result};
use half::{bf16, f16};
use safetensors::tensor::{Dtype, Metadata, SafeTensorError, SafeTensors, TensorInfo};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The longest header that is read, in bytes. Headers of the largest published models are below 2 MiB; parsing takes several times
/// the header's size in memory.
pub const MAX_HEADER_BYTES: u64 = 16 << 20;

/// The most shards an index may name.
pub const MAX_SHARDS: usize = 1024;

/// Bytes of the header's length, at the start of the file.
const LENGTH_BYTES: usize = 8;

/// One file with its checked header.
struct Shard {
    path: PathBuf,
    bytes: Bytes,
    data_start: usize,
    header: Metadata,
}

/// The tensors of a model: one file or several shards.
pub struct Weights {
    shards: Vec<Shard>,
    shard_of: BTreeMap<String, usize>,
}

impl Weights {
    /// Opens `model.safetensors` in `folder`, or the shards that `model.safetensors.index.json` names.
    ///
    /// # Errors
    /// [`Error::Read`] or [`Error::Device`] if a file cannot be read, [`Error::BadFile`] if its header lies or the file is cut short.
    pub fn open(folder: &Path) -> Result<Weights> {
        let single = folder.join("model.safetensors");
        let index = folder.join("model.safetensors.index.json");
        let paths = if !single.exists() && index.exists() { shard_paths(&index)? } else { vec![single] };
        let shards = paths
            .into_iter()
            .map(|path| Shard::new(Bytes::Mapped(hal::MappedFile::open(&path)?), path))
            .collect::<Result<Vec<_>>>()?;
        Weights::from_shards(shards)
    }

    /// Reads a file held in memory. `name` stands for its path in messages. Errors as for [`Weights::open`].
    pub fn from_bytes(bytes: Vec<u8>, name: &str) -> Result<Weights> {
        Weights::from_shards(vec![Shard::new(Bytes::Owned(bytes), PathBuf::from(name))?])
    }

    fn from_shards(shards: Vec<Shard>) -> Result<Weights> {
        let mut shard_of = BTreeMap::new();
        for (index, shard) in shards.iter().enumerate() {
            for name in shard.header.offset_keys() {
                if shard_of.insert(name.clone(), index).is_some() {
                    return Err(Error::bad_file(&shard.path, format!("tensor '{name}' is also in another shard")));
                }
            }
        }
        Ok(Weights { shards, shard_of })
    }

    /// The names of all tensors, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.shard_of.keys().map(String::as_str)
    }

    /// Whether there is a tensor of that name.
    pub fn contains(&self, name: &str) -> bool {
        self.shard_of.contains_key(name)
    }

    /// The shape of a tensor.
    pub fn shape(&self, name: &str) -> Option<&[usize]> {
        let shard = &self.shards[*self.shard_of.get(name)?];
        shard.header.info(name).map(|info| info.shape.as_slice())
    }

    /// Whether a tensor is kept in bfloat16.
    pub fn is_bf16(&self, name: &str) -> bool {
        let info = self.shard_of.get(name).and_then(|&shard| self.shards[shard].header.info(name));
        info.is_some_and(|info| info.dtype == Dtype::BF16)
    }

    /// Bytes of all files.
    pub fn size(&self) -> u64 {
        self.shards.iter().map(|shard| shard.bytes().len() as u64).sum()
    }

    /// The type of a tensor's numbers, as the format names it.
    pub fn kind(&self, name: &str) -> Option<String> {
        let shard = &self.shards[*self.shard_of.get(name)?];
        shard.header.info(name).map(|info| format!("{:?}", info.dtype))
    }

    /// A hash of all bytes of all files: equal hashes mean equal models.
    pub fn content_hash(&self) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        for shard in &self.shards {
            hasher.update(shard.bytes());
        }
        hasher.finalize()
    }

    /// Whether there is a tensor of that name and shape that [`Weights::f32`] can read.
    ///
    /// # Errors
    /// [`Error::BadFile`] if it is missing, of another shape or of a type that is no floating-point weight.
    pub fn check(&self, name: &str, shape: &[usize]) -> Result<()> {
        self.locate(name, shape).map(|_| ())
    }

    /// A tensor of shape `shape`, row-major, converted to f32 from f32, f16 or bf16; f32 is borrowed from the file where its
    /// alignment allows it. Errors as for [`Weights::check`].
    pub fn f32(&self, name: &str, shape: &[usize]) -> Result<Cow<'_, [f32]>> {
        let (kind, bytes) = self.locate(name, shape)?;
        Ok(match kind {
            Float::F32 => match bytemuck::try_cast_slice(bytes) {
                Ok(values) if cfg!(target_endian = "little") => Cow::Borrowed(values),
                _ => convert(bytes, f32::from_le_bytes),
            },
            Float::F16 => convert(bytes, |raw| f16::from_le_bytes(raw).to_f32()),
            Float::Bf16 => convert(bytes, |raw| bf16::from_le_bytes(raw).to_f32()),
        })
    }

    fn locate(&self, name: &str, shape: &[usize]) -> Result<(Float, &[u8])> {
        let Some(&index) = self.shard_of.get(name) else {
            let path = &self.shards[0].path;
            return Err(Error::bad_file(
                path,
                format!("tensor '{name}' is missing; the model is incomplete or of another kind"),
            ));
        };
        let shard = &self.shards[index];
        let problem = |problem: String| Error::bad_file(&shard.path, problem);
        let info = shard.header.info(name).ok_or_else(|| problem(format!("tensor '{name}' has no entry")))?;
        if info.shape != shape {
            return Err(problem(format!(
                "tensor '{name}' has shape {:?}; the configuration asks for {shape:?}",
                info.shape
            )));
        }
        let kind = match info.dtype {
            Dtype::F32 => Float::F32,
            Dtype::F16 => Float::F16,
            Dtype::BF16 => Float::Bf16,
            other => {
                return Err(problem(format!("tensor '{name}' is of type {other:?}; f32, f16 and bf16 can be read")));
            }
        };
        let bytes = shard.data(info).ok_or_else(|| problem(format!("tensor '{name}' passes the end of the file")))?;
        Ok((kind, bytes))
    }
}

/// The types of weights that can be read.
enum Float {
    F32,
    F16,
    Bf16,
}

fn convert<const N: usize>(bytes: &[u8], one: impl Fn([u8; N]) -> f32) -> Cow<'_, [f32]> {
    bytes.as_chunks::<N>().0.iter().map(|&raw| one(raw)).collect()
}

impl Shard {
    fn new(bytes: Bytes, path: PathBuf) -> Result<Shard> {
        let (data_start, header) = read_header(bytes.get()).map_err(|problem| Error::bad_file(&path, problem))?;
        Ok(Shard { path, bytes, data_start, header })
    }

    fn bytes(&self) -> &[u8] {
        self.bytes.get()
    }

    fn data(&self, info: &TensorInfo) -> Option<&[u8]> {
        let (start, end) = info.data_offsets;
        self.bytes().get(self.data_start.checked_add(start)?..self.data_start.checked_add(end)?)
    }
}

/// Checks the header of a safetensors file: where the data begin, and what the file holds. The message says what is wrong.
///
/// Memory is bounded by a small multiple of [`MAX_HEADER_BYTES`], whatever the bytes are.
pub fn read_header(bytes: &[u8]) -> std::result::Result<(usize, Metadata), String> {
    let Some(length) = bytes.first_chunk::<LENGTH_BYTES>() else {
        return Err(format!("{} bytes are too short for a safetensors file; copy or download it again", bytes.len()));
    };
    let length = u64::from_le_bytes(*length);
    if length > MAX_HEADER_BYTES {
        return Err(format!(
            "the header claims {length} bytes, the limit is {MAX_HEADER_BYTES}; this is no safetensors file"
        ));
    }
    if length > (bytes.len() - LENGTH_BYTES) as u64 {
        return Err(format!(
            "the header claims {length} bytes, the file has {}; copy or download it again",
            bytes.len()
        ));
    }
    match SafeTensors::read_metadata(bytes) {
        Ok((length, header)) => Ok((LENGTH_BYTES + length, header)),
        Err(error) => Err(explain(&error)),
    }
}

fn explain(error: &SafeTensorError) -> String {
    match error {
        SafeTensorError::MetadataIncompleteBuffer => {
            "the tensors do not fill the file exactly: it is cut short or was added to; copy or download it again"
                .to_owned()
        }
        SafeTensorError::InvalidOffset(name) => format!("tensor '{name}' overlaps another one or leaves a gap"),
        SafeTensorError::TensorInvalidInfo => "a tensor's shape and its number of bytes disagree".to_owned(),
        SafeTensorError::InvalidHeader(_) | SafeTensorError::InvalidHeaderDeserialization(_) => {
            format!("the header is no valid list of tensors: {error}")
        }
        other => format!("not a valid safetensors file: {other}"),
    }
}

/// The files an index names, each a plain file name beside it.
fn shard_paths(index: &Path) -> Result<Vec<PathBuf>> {
    #[derive(serde::Deserialize)]
    struct Index {
        weight_map: BTreeMap<String, String>,
    }
    let parsed: Index = crate::files::read_json(index)?;
    let names: BTreeSet<&String> = parsed.weight_map.values().collect();
    if names.is_empty() || names.len() > MAX_SHARDS {
        return Err(Error::bad_file(index, format!("names {} shards; 1 to {MAX_SHARDS} can be read", names.len())));
    }
    let folder = index.parent().unwrap_or(Path::new("."));
    names
        .into_iter()
        .map(|name| {
            let plain = Path::new(name).components().count() == 1 && !name.starts_with('.');
            if plain {
                Ok(folder.join(name))
            } else {
                Err(Error::bad_file(index, format!("'{name}' is no plain file name")))
            }
        })
        .collect()
}
