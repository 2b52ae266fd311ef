//! Writing small GGUF files: for tests, and for models that are trained here.

use super::TensorType;

const ALIGNMENT: usize = 32;

/// A value of a key.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A text.
    Text(String),
    /// An integer, written with 32 bits.
    U32(u32),
    /// An integer, written with 64 bits.
    U64(u64),
    /// A number, written in 32-bit floating point.
    F32(f32),
    /// Yes or no.
    Flag(bool),
    /// A list of texts.
    Texts(Vec<String>),
    /// A list of 32-bit integers.
    I32s(Vec<i32>),
    /// A list of 32-bit numbers in floating point.
    F32s(Vec<f32>),
}

/// A file in the making.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    keys: Vec<(String, Value)>,
    tensors: Vec<(String, TensorType, Vec<usize>, Vec<u8>)>,
}

impl Writer {
    /// A file without keys and tensors.
    pub fn new() -> Writer {
        Writer::default()
    }

    /// Adds a key.
    pub fn key(&mut self, key: &str, value: Value) -> &mut Writer {
        self.keys.push((key.to_owned(), value));
        self
    }

    /// Adds a tensor: its shape row-major (outermost first), its bytes whole blocks of `kind`. What is given is written as it is, so
    /// that broken files can be made too.
    pub fn tensor(&mut self, name: &str, kind: TensorType, shape: &[usize], bytes: Vec<u8>) -> &mut Writer {
        self.tensors.push((name.to_owned(), kind, shape.to_vec(), bytes));
        self
    }

    /// Adds a tensor of f32 numbers.
    pub fn f32(&mut self, name: &str, shape: &[usize], values: &[f32]) -> &mut Writer {
        let bytes = values.iter().flat_map(|value| value.to_le_bytes()).collect();
        self.tensor(name, TensorType::F32, shape, bytes)
    }

    /// The file, of version 3.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = b"GGUF".to_vec();
        out.extend(3u32.to_le_bytes());
        out.extend((self.tensors.len() as u64).to_le_bytes());
        out.extend((self.keys.len() as u64).to_le_bytes());
        for (key, value) in &self.keys {
            put_text(&mut out, key);
            put_value(&mut out, value);
        }
        let mut offset = 0;
        for (name, kind, shape, bytes) in &self.tensors {
            put_text(&mut out, name);
            out.extend((shape.len() as u32).to_le_bytes());
            shape.iter().rev().for_each(|&size| out.extend((size as u64).to_le_bytes()));
            out.extend(kind.id().to_le_bytes());
            out.extend((offset as u64).to_le_bytes());
            offset += bytes.len().next_multiple_of(ALIGNMENT);
        }
        for (.., bytes) in &self.tensors {
            out.resize(out.len().next_multiple_of(ALIGNMENT), 0);
            out.extend(bytes);
        }
        out.resize(out.len().next_multiple_of(ALIGNMENT), 0);
        out
    }
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    out.extend((text.len() as u64).to_le_bytes());
    out.extend(text.as_bytes());
}

fn put_value(out: &mut Vec<u8>, value: &Value) {
    let one = |out: &mut Vec<u8>, kind: u32| out.extend(kind.to_le_bytes());
    let many = |out: &mut Vec<u8>, kind: u32, count: usize| {
        out.extend(9u32.to_le_bytes());
        out.extend(kind.to_le_bytes());
        out.extend((count as u64).to_le_bytes());
    };
    match value {
        Value::Text(text) => {
            one(out, 8);
            put_text(out, text);
        }
        Value::U32(number) => {
            one(out, 4);
            out.extend(number.to_le_bytes());
        }
        Value::U64(number) => {
            one(out, 10);
            out.extend(number.to_le_bytes());
        }
        Value::F32(number) => {
            one(out, 6);
            out.extend(number.to_le_bytes());
        }
        Value::Flag(flag) => {
            one(out, 7);
            out.push(u8::from(*flag));
        }
        Value::Texts(texts) => {
            many(out, 8, texts.len());
            texts.iter().for_each(|text| put_text(out, text));
        }
        Value::I32s(numbers) => {
            many(out, 5, numbers.len());
            numbers.iter().for_each(|number| out.extend(number.to_le_bytes()));
        }
        Value::F32s(numbers) => {
            many(out, 6, numbers.len());
            numbers.iter().for_each(|number| out.extend(number.to_le_bytes()));
        }
    }
}
