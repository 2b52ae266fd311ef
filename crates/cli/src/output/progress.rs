//! Progress of long work: a bar on a terminal, a line every few seconds elsewhere, nothing where nobody wants it.

use super::{Output, bytes, count};
use engine::ingest::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// How often a line is printed where there is no terminal.
const LINE_EVERY: Duration = Duration::from_secs(5);

const BYTES_BAR: &str =
    "{spinner} {msg}  {wide_bar:.cyan/dim}  {decimal_bytes}/{decimal_total_bytes}  {decimal_bytes_per_sec}  ETA {eta}";

const ITEMS_BAR: &str = "{spinner} {msg}  {wide_bar:.cyan/dim}  {pos}/{len}  {per_sec}  ETA {eta}";

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Bytes of files.
    Bytes,
    /// Chunks.
    Chunks,
}

/// Shows how far work is. Reports may come from several threads.
pub struct Reporter {
    unit: Unit,
    mode: Mode,
    begun: Instant,
}

enum Mode {
    Silent,
    Bar(ProgressBar),
    Lines(Mutex<Instant>),
}

impl Reporter {
    /// For work counted in `unit`.
    pub fn new(out: &Output, unit: Unit) -> Reporter {
        let mode = if !out.chatty() {
            Mode::Silent
        } else if std::io::stderr().is_terminal() {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            let template = if unit == Unit::Bytes { BYTES_BAR } else { ITEMS_BAR };
            bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.set_message("looking");
            bar.enable_steady_tick(Duration::from_millis(120));
            Mode::Bar(bar)
        } else {
            Mode::Lines(Mutex::new(Instant::now()))
        };
        Reporter { unit, mode, begun: Instant::now() }
    }

    /// Shows where the work is now.
    pub fn show(&self, progress: &Progress) {
        let (done, all) = match self.unit {
            Unit::Bytes => (progress.bytes_done, progress.bytes),
            Unit::Chunks => (progress.files_done as u64, progress.files as u64),
        };
        match &self.mode {
            Mode::Silent => {}
            Mode::Bar(bar) => {
                bar.set_length(all);
                bar.set_position(done);
                bar.set_message(match self.unit {
                    Unit::Bytes => format!("{}/{} files", progress.files_done, progress.files),
                    Unit::Chunks => "embedding".to_owned(),
                });
            }
            Mode::Lines(last) => {
                let mut last = last.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                if last.elapsed() >= LINE_EVERY {
                    *last = Instant::now();
                    eprintln!("{}", self.line(progress, done, all));
                }
            }
        }
    }

    fn line(&self, progress: &Progress, done: u64, all: u64) -> String {
        let seconds = self.begun.elapsed().as_secs_f64().max(1e-3);
        let rate = done as f64 / seconds;
        let left =
            if rate > 0.0 { format!("{:.0} s left", all.saturating_sub(done) as f64 / rate) } else { "…".to_owned() };
        match self.unit {
            Unit::Bytes => {
                let files = format!("{}/{} files", progress.files_done, progress.files);
                format!("{files}, {} of {}, {}/s, {left}", bytes(done), bytes(all), bytes(rate as u64))
            }
            Unit::Chunks => format!("{done} of {}, {rate:.0}/s, {left}", count(all, "chunk")),
        }
    }
}

impl Drop for Reporter {
    fn drop(&mut self) {
        if let Mode::Bar(bar) = &self.mode {
            bar.finish_and_clear();
        }
    }
}
