//! Networks on paper: a package is a folder with a text, a line for each port: `in` or `out`, its name, `f32` or `i32`, and its sides.
//! Item `n` of an output is `n + 1` times the sum of the products of the inputs' items.

use super::super::api::Socket;
use super::device::At;
use crate::error::{Error, Result};
use crate::network::{Form, Number};
use std::path::Path;

/// The text in the folder.
pub(super) const FILE: &str = "network.txt";

pub(super) struct Net {
    pub(super) sockets: Vec<Socket>,
}

impl Net {
    pub(super) fn open(package: &Path) -> Result<Net> {
        let file = package.join(FILE);
        let context = || format!("reading {}", file.display());
        let text = std::fs::read_to_string(&file).map_err(|cause| Error::system(context(), cause))?;
        let sockets = text.lines().zip(0..).map(|(line, index)| socket(line, index)).collect::<Result<_>>()?;
        Ok(Net { sockets })
    }

    /// Runs it. What stands at `places[n]` is port `n`.
    pub(super) fn run(&self, places: &[At]) {
        let ports = || self.sockets.iter().zip(places);
        let inputs = || ports().filter(|(socket, _)| !socket.output);
        let count = inputs().map(|(socket, _)| items(&socket.form)).min().unwrap_or(0);
        let product = |item: u64| inputs().map(|(socket, at)| read(&socket.form, at, item)).product::<f64>();
        let sum: f64 = (0..count).map(product).sum();
        for (socket, at) in ports().filter(|(socket, _)| socket.output) {
            for item in 0..items(&socket.form) {
                write(&socket.form, at, item, sum * (item + 1) as f64);
            }
        }
    }
}

fn socket(line: &str, index: u32) -> Result<Socket> {
    let wrong = || Error::invalid(format!("a network on paper: `{line}`"));
    let mut words = line.split_whitespace();
    let output = match words.next() {
        Some("in") => false,
        Some("out") => true,
        _ => return Err(wrong()),
    };
    let name = words.next().ok_or_else(wrong)?.to_owned();
    let number = match words.next() {
        Some("f32") => Number::F32,
        Some("i32") => Number::I32,
        _ => return Err(wrong()),
    };
    let shape = words.map(|word| word.parse().map_err(|_| wrong())).collect::<Result<Vec<u64>>>()?;
    Ok(Socket { name, index, form: Form::new(number, &shape)?, output })
}

fn items(form: &Form) -> u64 {
    form.shape().iter().product()
}

fn place(form: &Form, at: &At, item: u64) -> *mut u8 {
    let row = form.shape().last().copied().unwrap_or(1);
    at.0.at(at.1 + item / row * form.row_bytes() + item % row * form.number().bytes())
}

fn read(form: &Form, at: &At, item: u64) -> f64 {
    let from = place(form, at, item);
    // SAFETY: the rules have found the whole port inside its buffer, and the work in order with all other.
    unsafe {
        match form.number() {
            Number::I32 => f64::from(from.cast::<i32>().read_unaligned()),
            _ => f64::from(from.cast::<f32>().read_unaligned()),
        }
    }
}

fn write(form: &Form, at: &At, item: u64, value: f64) {
    let to = place(form, at, item);
    // SAFETY: as for `read`.
    unsafe {
        match form.number() {
            Number::I32 => to.cast::<i32>().write_unaligned(value as i32),
            _ => to.cast::<f32>().write_unaligned(value as f32),
        }
    }
}
