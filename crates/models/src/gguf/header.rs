//! The header of a GGUF file: keys, then the list of tensors. All numbers are little-endian.

use super::TensorType;
use super::metadata::Entry;
use std::collections::BTreeMap;
use std::ops::Range;

/// The most keys a file may have. Published models have below 100.
pub const MAX_KEYS: u64 = 1 << 16;
/// The most tensors a file may have. The largest published models have some thousands.
pub const MAX_TENSORS: u64 = 1 << 16;
/// The longest name of a key or a tensor, in bytes.
const MAX_NAME_BYTES: u64 = 1 << 16;
/// The most dimensions of a tensor.
const MAX_DIMENSIONS: u32 = 4;
/// Where data begin, and each tensor in them, unless the file says otherwise.
const DEFAULT_ALIGNMENT: u64 = 32;
const ALIGNMENT_KEY: &str = "general.alignment";

/// What is wrong with a file, in words.
pub(super) type Problem = String;

/// A checked header.
pub(super) struct Header {
    pub(super) keys: BTreeMap<String, Entry>,
    pub(super) tensors: BTreeMap<String, Info>,
}

/// A tensor's place: checked to lie in the file, whole and aligned, apart from all others.
pub(super) struct Info {
    pub(super) kind: TensorType,
    /// Row-major, the outermost first.
    pub(super) shape: Vec<usize>,
    pub(super) bytes: Range<usize>,
}

impl Header {
    pub(super) fn read(bytes: &[u8]) -> Result<Header, Problem> {
        let mut cursor = Cursor { bytes, at: 0 };
        if cursor.take(4).ok_or("is too short for a GGUF file; copy or download it again")? != b"GGUF" {
            return Err("is no GGUF file: it does not begin with 'GGUF'".to_owned());
        }
        match cursor.u32()? {
            2 | 3 => {}
            1 => return Err("is of GGUF version 1, which is out of use; versions 2 and 3 can be read".to_owned()),
            swapped if matches!(swapped.swap_bytes(), 1..=3) => {
                return Err("is a GGUF file for big-endian machines; take the little-endian one".to_owned());
            }
            other => return Err(format!("is of GGUF version {other}; versions 2 and 3 can be read")),
        }
        let (tensors, keys) = (cursor.u64()?, cursor.u64()?);
        if keys > MAX_KEYS {
            return Err(format!("claims {keys} keys; the limit is {MAX_KEYS}"));
        }
        if tensors > MAX_TENSORS {
            return Err(format!("claims {tensors} tensors; the limit is {MAX_TENSORS}"));
        }
        let keys = read_keys(&mut cursor, keys)?;
        let alignment = alignment(&keys, bytes)?;
        let tensors = read_tensors(&mut cursor, tensors, alignment)?;
        Ok(Header { keys, tensors })
    }
}

fn read_keys(cursor: &mut Cursor, count: u64) -> Result<BTreeMap<String, Entry>, Problem> {
    let mut keys = BTreeMap::new();
    for index in 0..count {
        let key = cursor.name().map_err(|problem| format!("key {index} {problem}"))?;
        let entry = Entry::read(cursor).map_err(|problem| format!("key '{key}' {problem}"))?;
        if keys.insert(key.clone(), entry).is_some() {
            return Err(format!("has the key '{key}' twice"));
        }
    }
    Ok(keys)
}

fn alignment(keys: &BTreeMap<String, Entry>, bytes: &[u8]) -> Result<u64, Problem> {
    let Some(entry) = keys.get(ALIGNMENT_KEY) else { return Ok(DEFAULT_ALIGNMENT) };
    match entry.integer(bytes).and_then(|value| u64::try_from(value).ok()) {
        Some(value) if value.is_power_of_two() && (8..=1 << 20).contains(&value) => Ok(value),
        _ => Err(format!("'{ALIGNMENT_KEY}' is no power of two between 8 and {}", 1 << 20)),
    }
}

/// What the list says of a tensor, before its place is known.
struct Listed {
    name: String,
    kind: TensorType,
    shape: Vec<usize>,
    length: usize,
    offset: u64,
}

fn read_tensors(cursor: &mut Cursor, count: u64, alignment: u64) -> Result<BTreeMap<String, Info>, Problem> {
    let mut listed = Vec::new();
    for index in 0..count {
        let name = cursor.name().map_err(|problem| format!("tensor {index} {problem}"))?;
        let problem = |problem: Problem| format!("tensor '{name}' {problem}");
        let (kind, shape, length) = read_kind_and_shape(cursor).map_err(problem)?;
        let offset = cursor.u64().map_err(problem)?;
        listed.push(Listed { name, kind, shape, length, offset });
    }
    let start = (cursor.at as u64).next_multiple_of(alignment);
    let mut tensors = BTreeMap::new();
    listed.sort_by_key(|tensor| tensor.offset);
    let mut last: Option<(String, usize)> = None;
    for Listed { name, kind, shape, length, offset } in listed {
        if !offset.is_multiple_of(alignment) {
            return Err(format!("tensor '{name}' begins at {offset}, which is no multiple of {alignment}"));
        }
        let begin = start.checked_add(offset).and_then(|begin| usize::try_from(begin).ok());
        let end = begin.and_then(|begin| begin.checked_add(length));
        let (Some(begin), Some(end)) = (begin, end.filter(|&end| end <= cursor.bytes.len())) else {
            let size = cursor.bytes.len();
            return Err(format!(
                "tensor '{name}' passes the end of the file ({size} bytes): it is cut short; copy or download it again"
            ));
        };
        if let Some((other, last_end)) = &last
            && begin < *last_end
        {
            return Err(format!("tensor '{name}' overlaps tensor '{other}'"));
        }
        last = Some((name.clone(), end));
        if tensors.insert(name.clone(), Info { kind, shape, bytes: begin..end }).is_some() {
            return Err(format!("has the tensor '{name}' twice"));
        }
    }
    Ok(tensors)
}

/// Type, shape (row-major) and length in bytes.
fn read_kind_and_shape(cursor: &mut Cursor) -> Result<(TensorType, Vec<usize>, usize), Problem> {
    let dimensions = cursor.u32()?;
    if dimensions == 0 || dimensions > MAX_DIMENSIONS {
        return Err(format!("has {dimensions} dimensions; 1 to {MAX_DIMENSIONS} can be read"));
    }
    let mut shape = Vec::new();
    for _ in 0..dimensions {
        let size = cursor.u64()?;
        match usize::try_from(size) {
            Ok(size) if size > 0 => shape.push(size),
            _ => return Err(format!("has a dimension of {size}")),
        }
    }
    let kind = TensorType::from_id(cursor.u32()?)?;
    let (row, block) = (shape[0], kind.block_len());
    if !row.is_multiple_of(block) {
        return Err(format!("has rows of {row} numbers; type {kind} needs a multiple of {block}"));
    }
    let elements = shape.iter().try_fold(1usize, |product, &size| product.checked_mul(size));
    let length = elements.and_then(|elements| kind.bytes_of(elements));
    let length = length.ok_or_else(|| format!("has a shape that no file can hold: {shape:?}"))?;
    shape.reverse();
    Ok((kind, shape, length))
}

/// Reads a file from its start and never past its end.
pub(super) struct Cursor<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let taken = self.bytes.get(self.at..self.at.checked_add(length)?)?;
        self.at += length;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Problem> {
        let taken = self.take(N).and_then(|taken| taken.first_chunk::<N>());
        taken.copied().ok_or_else(|| cut_short(self.bytes.len()))
    }

    pub(super) fn u32(&mut self) -> Result<u32, Problem> {
        self.array().map(u32::from_le_bytes)
    }

    pub(super) fn u64(&mut self) -> Result<u64, Problem> {
        self.array().map(u64::from_le_bytes)
    }

    /// The bytes of a string.
    pub(super) fn string(&mut self) -> Result<&'a [u8], Problem> {
        let length = self.u64()?;
        let taken = usize::try_from(length).ok().and_then(|length| self.take(length));
        taken.ok_or_else(|| format!("claims a text of {length} bytes; the file has {}", self.bytes.len()))
    }

    fn name(&mut self) -> Result<String, Problem> {
        let name = self.string()?;
        if name.is_empty() || name.len() as u64 > MAX_NAME_BYTES {
            return Err(format!("has a name of {} bytes; 1 to {MAX_NAME_BYTES} can be read", name.len()));
        }
        match std::str::from_utf8(name) {
            Ok(name) => Ok(name.to_owned()),
            Err(_) => Err("has a name that is not UTF-8".to_owned()),
        }
    }
}

pub(super) fn cut_short(size: usize) -> Problem {
    format!("the file ends inside its header ({size} bytes): it is cut short; copy or download it again")
}
