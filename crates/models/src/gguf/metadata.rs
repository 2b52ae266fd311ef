//! The keys of a GGUF file. Values stay in the file and are read when they are asked for: a vocabulary has 100,000 texts and more.

use super::header::{Cursor, Problem, cut_short};
use super::{Gguf, Shard};
use crate::{Error, Result};

const STRING: u32 = 8;
const ARRAY: u32 = 9;

/// A value's type and its place, checked to lie in the file.
pub(super) struct Entry {
    kind: u32,
    /// How many values: `None` for a single one.
    count: Option<usize>,
    /// Where the value, or the first of an array, begins.
    at: usize,
}

/// Bytes of a value of this type; `None` for texts and arrays, whose lengths differ, an error for numbers that mean no type.
fn width(kind: u32) -> std::result::Result<Option<usize>, Problem> {
    match kind {
        0 | 1 | 7 => Ok(Some(1)),
        2 | 3 => Ok(Some(2)),
        4..=6 => Ok(Some(4)),
        10..=12 => Ok(Some(8)),
        STRING | ARRAY => Ok(None),
        other => Err(format!("has a value of an unknown type (number {other})")),
    }
}

fn name_of(kind: u32) -> &'static str {
    match kind {
        6 | 12 => "float",
        7 => "bool",
        STRING => "text",
        ARRAY => "array",
        _ => "integer",
    }
}

impl Entry {
    /// Reads type and place, and passes over the value.
    pub(super) fn read(cursor: &mut Cursor) -> std::result::Result<Entry, Problem> {
        let kind = cursor.u32()?;
        if kind != ARRAY {
            let at = cursor.at;
            pass(cursor, kind, 1)?;
            return Ok(Entry { kind, count: None, at });
        }
        let (kind, count) = (cursor.u32()?, cursor.u64()?);
        if kind == ARRAY {
            return Err("is an array of arrays, which no known key is".to_owned());
        }
        let least = width(kind)?.unwrap_or(8);
        let room = (cursor.bytes.len() - cursor.at) / least;
        let count = usize::try_from(count).ok().filter(|&count| count <= room);
        let count = count.ok_or_else(|| format!("claims more values than the file has room for ({room})"))?;
        let at = cursor.at;
        pass(cursor, kind, count)?;
        Ok(Entry { kind, count: Some(count), at })
    }

    /// A single integer of any width.
    pub(super) fn integer(&self, bytes: &[u8]) -> Option<i128> {
        if self.count.is_some() { None } else { self.integers(bytes)?.next() }
    }

    fn len(&self) -> usize {
        self.count.unwrap_or(1)
    }

    fn is_integer(&self) -> bool {
        matches!(self.kind, 0..=5 | 10 | 11)
    }

    /// The bytes of each number.
    fn numbers<'a>(&self, bytes: &'a [u8]) -> Option<std::slice::ChunksExact<'a, u8>> {
        let width = width(self.kind).ok()??;
        Some(bytes.get(self.at..self.at.checked_add(width.checked_mul(self.len())?)?)?.chunks_exact(width))
    }

    fn integers<'a>(&self, bytes: &'a [u8]) -> Option<impl Iterator<Item = i128> + use<'a>> {
        let numbers = self.numbers(bytes).filter(|_| self.is_integer())?;
        let signed = matches!(self.kind, 1 | 3 | 5 | 11);
        Some(numbers.map(move |raw| {
            let negative = signed && raw.last().is_some_and(|&top| top & 0x80 != 0);
            let mut whole = if negative { [0xFF; 16] } else { [0; 16] };
            whole[..raw.len()].copy_from_slice(raw);
            i128::from_le_bytes(whole)
        }))
    }

    fn floats<'a>(&self, bytes: &'a [u8]) -> Option<impl Iterator<Item = f64> + use<'a>> {
        let numbers = self.numbers(bytes).filter(|_| matches!(self.kind, 6 | 12))?;
        Some(numbers.map(|raw| match raw.first_chunk::<8>() {
            Some(raw) => f64::from_le_bytes(*raw),
            None => f64::from(raw.first_chunk::<4>().map_or(f32::NAN, |raw| f32::from_le_bytes(*raw))),
        }))
    }

    fn texts<'a>(&self, bytes: &'a [u8]) -> Option<std::result::Result<Vec<&'a str>, std::str::Utf8Error>> {
        if self.kind != STRING {
            return None;
        }
        let mut cursor = Cursor { bytes, at: self.at };
        let texts: Option<Vec<&[u8]>> = (0..self.len()).map(|_| cursor.string().ok()).collect();
        Some(texts?.into_iter().map(std::str::from_utf8).collect())
    }
}

fn pass(cursor: &mut Cursor, kind: u32, count: usize) -> std::result::Result<(), Problem> {
    match width(kind)? {
        Some(width) => {
            let length = width.checked_mul(count);
            length.and_then(|length| cursor.take(length)).ok_or_else(|| cut_short(cursor.bytes.len()))?;
        }
        None => {
            for _ in 0..count {
                cursor.string()?;
            }
        }
    }
    Ok(())
}

/// Metadata, by key. Each look-up gives `None` where the file has no such key, and [`Error::BadFile`] where the value is of another
/// type; [`Gguf::missing`] makes the error for keys that a model cannot do without.
impl Gguf {
    /// All keys, sorted.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.shards[0].header.keys.keys().map(String::as_str)
    }

    /// A text.
    pub fn text(&self, key: &str) -> Result<Option<&str>> {
        Ok(self.texts_of(key, false)?.and_then(|texts| texts.first().copied()))
    }

    /// A list of texts.
    pub fn texts(&self, key: &str) -> Result<Option<Vec<&str>>> {
        self.texts_of(key, true)
    }

    /// An integer that is not negative, of any width.
    pub fn integer(&self, key: &str) -> Result<Option<u64>> {
        let found = self.find(key, false, "integer", Entry::integers)?;
        let value = found.and_then(|mut values| values.next());
        value.map(|value| u64::try_from(value).map_err(|_| self.problem(format!("key '{key}' is {value}")))).transpose()
    }

    /// A list of integers, of any width.
    pub fn integers(&self, key: &str) -> Result<Option<Vec<i64>>> {
        let Some(values) = self.find(key, true, "integer", Entry::integers)? else { return Ok(None) };
        let narrow = |value| i64::try_from(value).map_err(|_| self.problem(format!("key '{key}' has {value}")));
        values.map(narrow).collect::<Result<Vec<i64>>>().map(Some)
    }

    /// A number in floating point.
    pub fn float(&self, key: &str) -> Result<Option<f64>> {
        Ok(self.find(key, false, "float", Entry::floats)?.and_then(|mut values| values.next()))
    }

    /// A list of numbers in floating point.
    pub fn floats(&self, key: &str) -> Result<Option<Vec<f64>>> {
        Ok(self.find(key, true, "float", Entry::floats)?.map(Iterator::collect))
    }

    /// Yes or no.
    pub fn flag(&self, key: &str) -> Result<Option<bool>> {
        let read = |entry: &Entry, bytes| entry.numbers(bytes).filter(|_| entry.kind == 7);
        let value = self.find(key, false, "bool", read)?.and_then(|mut values| values.next());
        Ok(value.map(|value| value != [0]))
    }

    /// A list of yes and no.
    pub fn flags(&self, key: &str) -> Result<Option<Vec<bool>>> {
        let read = |entry: &Entry, bytes| entry.numbers(bytes).filter(|_| entry.kind == 7);
        Ok(self.find(key, true, "bool", read)?.map(|values| values.map(|value| value != [0]).collect()))
    }

    /// The error for a key that a model cannot do without.
    pub fn missing(&self, key: &str) -> Error {
        self.problem(format!("has no '{key}'; the file is incomplete or of another kind of model"))
    }

    fn texts_of(&self, key: &str, list: bool) -> Result<Option<Vec<&str>>> {
        match self.find(key, list, "text", |entry, bytes| entry.texts(bytes))? {
            None => Ok(None),
            Some(Ok(texts)) => Ok(Some(texts)),
            Some(Err(_)) => Err(self.problem(format!("key '{key}' has a text that is not UTF-8"))),
        }
    }

    /// What `read` makes of a value, if it is of the right type and one or many as asked.
    fn find<'a, T>(
        &'a self,
        key: &str,
        list: bool,
        wanted: &str,
        read: impl FnOnce(&Entry, &'a [u8]) -> Option<T>,
    ) -> Result<Option<T>> {
        let Shard { bytes, header, .. } = &self.shards[0];
        let Some(entry) = header.keys.get(key) else { return Ok(None) };
        let read = if entry.count.is_some() == list { read(entry, bytes.get()) } else { None };
        read.map(Some).ok_or_else(|| {
            let many = |list: bool| if list { "a list of type " } else { "of type " };
            let (is, kind) = (many(entry.count.is_some()), name_of(entry.kind));
            self.problem(format!("key '{key}' is {is}{kind}, not {}{wanted}", many(list)))
        })
    }
}
