//! Output: text for people, JSON for programs, colour where it is wanted.

mod format;
pub mod progress;
mod style;
mod table;

pub use format::{bytes, count, duration_ms, place};
pub use style::Style;
pub use table::table;

use crate::failure::Failure;
use serde::Serialize;
use std::io::{IsTerminal, Write};

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ColourChoice {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Where results go, and how.
#[derive(Debug, Clone)]
pub struct Output {
    /// Whether results are JSON.
    pub json: bool,
    /// Whether notes and progress are left out.
    pub quiet: bool,
    /// Whether a person reads the results.
    pub terminal: bool,
    /// How results are coloured.
    pub style: Style,
}

impl Output {
    /// The output of this process.
    pub fn new(json: bool, quiet: bool, choice: ColourChoice) -> Output {
        let terminal = std::io::stdout().is_terminal();
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let on = match choice {
            ColourChoice::Auto => terminal && wanted && !dumb,
            ColourChoice::Always => true,
            ColourChoice::Never => false,
        };
        Output { json, quiet, terminal, style: Style { on: on && !json } }
    }

    /// Prints a line of the result.
    pub fn line(&self, text: impl AsRef<str>) -> Result<(), Failure> {
        Ok(write_line(&mut std::io::stdout().lock(), text.as_ref())?)
    }

    /// Prints a part of a line at once.
    pub fn part(&self, text: &str) -> Result<(), Failure> {
        let mut out = std::io::stdout().lock();
        out.write_all(text.as_bytes())?;
        Ok(out.flush()?)
    }

    /// Prints a value as one line of JSON.
    pub fn value(&self, value: &impl Serialize) -> Result<(), Failure> {
        let text = serde_json::to_string(value)
            .map_err(|cause| Failure::failed(format!("cannot print the result: {cause}")))?;
        self.line(text)
    }

    /// Tells something beside the result, on the error stream; nothing in JSON, where the result says it.
    pub fn note(&self, text: impl AsRef<str>) {
        if self.chatty() {
            let _ = write_line(&mut std::io::stderr().lock(), &format!("note: {}", text.as_ref()));
        }
    }

    /// Whether anything besides results is printed.
    pub fn chatty(&self) -> bool {
        !self.quiet && !self.json
    }
}

/// Writes a line and hands it over at once.
pub fn write_line(out: &mut dyn Write, text: &str) -> std::io::Result<()> {
    out.write_all(text.as_bytes())?;
    out.write_all(b"\n")?;
    out.flush()
}
