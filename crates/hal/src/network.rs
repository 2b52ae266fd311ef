//! Networks: whole models that a device runs by itself, from packages that its maker's tools make. Only Metal 4 has them.
//!
//! What a package computes is known to whoever made it; whoever runs it compares it with kernels of our own before it is trusted.

use crate::backend::Native;
use crate::device::Device;
use crate::error::{Error, Result};
use crate::heap::Buffer;
use std::path::Path;
use std::sync::Arc;

/// What rows of a port start at a multiple of, in bytes.
const ROW_UNIT: u64 = 64;

/// More dimensions than this no port has.
const MOST_DIMENSIONS: usize = 16;

/// A type of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    /// 32-bit floats.
    F32,
    /// 16-bit floats.
    F16,
    /// 32-bit whole numbers with a sign.
    I32,
}

impl Number {
    /// Bytes of one.
    pub fn bytes(self) -> u64 {
        match self {
            Number::F32 | Number::I32 => 4,
            Number::F16 => 2,
        }
    }
}

/// How numbers lie in memory: rows one after another, each at a multiple of 64 bytes, and nothing else between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    number: Number,
    shape: Vec<u64>,
}

impl Form {
    /// Numbers in `shape`, the outermost dimension first.
    ///
    /// # Errors
    /// [`Error::Unsupported`] for no dimensions or more than 16, for an empty one, and for more bytes than 63 bits count.
    pub fn new(number: Number, shape: &[u64]) -> Result<Form> {
        let row = shape.last().and_then(|side| side.checked_mul(number.bytes())?.checked_next_multiple_of(ROW_UNIT));
        let (mut outer, sized) = (shape.iter().rev().skip(1), shape.iter().all(|side| *side > 0));
        let bytes = row.and_then(|row| outer.try_fold(row, |bytes, side| bytes.checked_mul(*side)));
        match bytes.filter(|bytes| sized && shape.len() <= MOST_DIMENSIONS && *bytes <= i64::MAX as u64) {
            Some(_) => Ok(Form { number, shape: shape.to_vec() }),
            None => Err(Error::unsupported(format!("numbers in the shape {shape:?}"))),
        }
    }

    /// The type.
    pub fn number(&self) -> Number {
        self.number
    }

    /// The dimensions, the outermost first.
    pub fn shape(&self) -> &[u64] {
        &self.shape
    }

    /// Bytes from the start of one row to that of the next.
    pub fn row_bytes(&self) -> u64 {
        // Counted when it was made.
        self.shape.last().map_or(0, |side| (side * self.number.bytes()).next_multiple_of(ROW_UNIT))
    }

    /// Bytes of all rows.
    pub fn bytes(&self) -> u64 {
        self.shape.iter().rev().skip(1).product::<u64>() * self.row_bytes()
    }

    /// For each dimension, the innermost first, its length and the distance from one of its items to the next, in numbers.
    #[allow(dead_code, reason = "Metal alone asks")]
    pub(crate) fn strides(&self) -> Vec<(u64, u64)> {
        let row = self.row_bytes() / self.number.bytes();
        let mut next = 1;
        let one = |(at, side): (usize, &u64)| {
            let this = (*side, next);
            next = if at == 0 { row } else { next * side };
            this
        };
        self.shape.iter().rev().enumerate().map(one).collect()
    }
}

/// An input or an output of a network, and the memory that it is read from or written to.
#[derive(Debug, Clone)]
pub struct Port {
    /// Its name in the package.
    pub name: String,
    /// How its numbers lie in the buffer, from its start.
    pub form: Form,
    /// Where they lie. It belongs to the network: every run uses it.
    pub buffer: Buffer,
    /// Whether the network writes it.
    pub output: bool,
}

/// A network, ready to be recorded; see [`crate::Recorder::network`]. Clones share it.
#[derive(Clone)]
pub struct Network(Arc<Opened>);

struct Opened {
    name: String,
    device: u64,
    ports: Vec<Port>,
    native: Native,
}

impl Network {
    /// Its inputs and outputs, in the package's order.
    pub fn ports(&self) -> &[Port] {
        &self.0.ports
    }

    /// The port of a name.
    ///
    /// # Errors
    /// [`Error::Invalid`] if it has none with this name, direction and form.
    pub fn port(&self, name: &str, output: bool, form: &Form) -> Result<&Port> {
        let fits = |port: &&Port| port.name == name && port.output == output && port.form == *form;
        self.0.ports.iter().find(fits).ok_or_else(|| {
            let kind = if output { "output" } else { "input" };
            let has: Vec<String> = self.0.ports.iter().map(|port| format!("{} {:?}", port.name, port.form)).collect();
            Error::invalid(format!("{}: no {kind} `{name}` of {form:?}; it has {}", self.0.name, has.join(", ")))
        })
    }

    pub(crate) fn device(&self) -> u64 {
        self.0.device
    }

    #[allow(dead_code, reason = "Metal alone runs networks")]
    pub(crate) fn native(&self) -> &Native {
        &self.0.native
    }
}

impl std::fmt::Debug for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Network({}, {} ports)", self.0.name, self.0.ports.len())
    }
}

impl Device {
    /// Opens the network of a package, which takes seconds.
    ///
    /// # Errors
    /// [`Error::Unsupported`] where the device runs none or lacks what this one uses; [`Error::System`] with what is wrong with the
    /// package; [`Error::OutOfMemory`] for its memory.
    pub fn network(&self, package: &Path) -> Result<Network> {
        let (native, ports) = self.0.backend.network(package, &mut |bytes| self.heap().alloc_alone(bytes))?;
        let name = package.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Network(Arc::new(Opened { name, device: self.id(), ports, native })))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_lie_at_whole_units() {
        let form = Form::new(Number::F16, &[2, 3, 40]).expect("a shape");
        assert_eq!((form.row_bytes(), form.bytes()), (128, 768));
        assert_eq!(form.strides(), [(40, 1), (3, 64), (2, 192)]);
        let row = Form::new(Number::F32, &[1, 5]).expect("a shape");
        assert_eq!((row.row_bytes(), row.bytes()), (64, 64));
        assert_eq!(row.strides(), [(5, 1), (1, 16)]);
        for shape in [&[][..], &[0], &[3, 0], &[1; 17], &[u64::MAX, 2], &[1 << 40, 1 << 40]] {
            assert!(Form::new(Number::I32, shape).is_err(), "{shape:?}");
        }
    }
}
