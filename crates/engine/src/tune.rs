//! Measuring the processor: which sizes suit it, with the figures before and after. For GPUs the length of segments follows what is
//! seen while working.

use crate::cancel::Cancel;
use crate::error::{Error, Result};
use crate::tuning::{InUse, SEGMENT, Sizes, rounded};
use graph::ProgramCache;
use hal::{Device, Kind, Options};
use models::{Embedder, Folders, TokenBatch};
use search::vectors::VectorIndex;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What a run that requests share should take at most: who comes during one waits for its end.
const SHARED: Duration = Duration::from_millis(24);

/// How long a slice may take before the device counts as hung.
const SLICE_LIMIT: Duration = Duration::from_secs(60);

/// Repeats of each measurement, of which the fastest counts: what disturbs only makes slower.
const REPEATS: usize = 5;

/// A larger size must be better by this factor to be taken: it costs memory, or others time.
const WORTH: f64 = 1.03;

/// Rows and length of the vectors searched.
const ROWS: usize = 50_000;
const DIM: usize = 384;

/// Figures of one choice of sizes.
#[derive(Debug, Clone, Copy, serde::Serialize)]
pub struct Figures {
    /// Tokens per second of long work.
    pub tokens_per_s: f64,
    /// A short query alone, in milliseconds.
    pub query_ms: f64,
    /// The longest segment of long work, in milliseconds: how long a person may wait for a turn.
    pub longest_segment_ms: f64,
    /// A full run that requests share, in milliseconds.
    pub shared_run_ms: f64,
    /// The nearest 10 of 50,000 vectors, in milliseconds.
    pub search_ms: f64,
}

impl Figures {
    /// One figure for the speed of embedding and of searching.
    fn speed(&self) -> f64 {
        self.tokens_per_s / self.search_ms.max(1e-6)
    }
}

/// What was found.
#[derive(Debug, Clone, serde::Serialize)]
pub struct TuneReport {
    /// The device, as the file names it.
    pub device: String,
    /// The model it was measured with.
    pub model: String,
    /// The sizes in use so far, and their figures.
    pub before: (InUse, Figures),
    /// The sizes found, and their figures; the same as before where nothing better was found.
    pub after: (InUse, Figures),
    /// The sizes as they are kept.
    pub sizes: Sizes,
    /// Wall time in milliseconds.
    pub wall_ms: f64,
}

/// Measures the CPU device with a model that runs on it, beginning with the sizes in use. `progress` is told what is measured.
///
/// # Errors
/// [`Error::Limit`] for a model that runs on the calling thread: nothing about it can be tuned. What the model and the device refuse.
pub fn tune(
    folders: &Folders,
    name: &str,
    before: InUse,
    cancel: &Cancel,
    progress: &dyn Fn(&str),
) -> Result<TuneReport> {
    let begun = Instant::now();
    let bench = |sizes: InUse| Bench::open(folders, name, sizes, cancel);
    progress("the sizes in use");
    let first = bench(before)?;
    let (device, model) = (crate::tuning::processor_name(), first.model());
    let before_figures = first.figures()?;
    drop(first);

    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut best = (before, 0.0);
    for threads in thread_counts(cores) {
        progress(&format!("{threads} of {cores} threads"));
        let sizes = InUse { threads, ..before };
        let figures = bench(sizes)?.figures()?;
        if figures.speed() > best.1 * WORTH {
            best = (sizes, figures.speed());
        }
    }
    let mut sizes = best.0;
    progress("the length of slices");
    let measured = bench(sizes)?;
    let per_token = measured.flops_per_token();
    sizes.segment_mflops =
        rounded(measured.tokens_per_s(sizes.slice_tokens)? * per_token * SEGMENT.as_secs_f64() / 1e6);

    let mut rates = Vec::new();
    for tokens in measured.slice_sizes() {
        progress(&format!("slices of {tokens} tokens"));
        rates.push((tokens, measured.tokens_per_s(tokens)?));
    }
    let most = rates.iter().map(|(_, rate)| *rate).fold(0.0, f64::max);
    if let Some((tokens, _)) = rates.iter().find(|(_, rate)| *rate * WORTH >= most) {
        sizes.slice_tokens = *tokens;
    }
    progress("runs that requests share");
    let fitting = SHARED.as_secs_f64() * most;
    sizes.shared_tokens = measured.shared_sizes().into_iter().rev().find(|size| *size as f64 <= fitting).unwrap_or(64);
    drop(measured);
    // Measured right after each other: what disturbs disturbs both.
    progress("the sizes found, and those in use once more");
    let mut after_figures = bench(sizes)?.figures()?;
    let again = bench(before)?.figures()?;
    if after_figures.speed() * WORTH < again.speed() {
        (sizes, after_figures) = (before, again);
    }
    let kept = Sizes {
        // None where it is one per core.
        threads: Some(sizes.threads).filter(|threads| *threads > 0),
        slice_tokens: Some(sizes.slice_tokens),
        shared_tokens: Some(sizes.shared_tokens),
        segment_mflops: Some(sizes.segment_mflops),
    };
    Ok(TuneReport {
        device,
        model,
        before: (before, before_figures),
        after: (sizes, after_figures),
        sizes: kept,
        wall_ms: begun.elapsed().as_secs_f64() * 1e3,
    })
}

/// Powers of two below the cores, and the cores.
fn thread_counts(cores: usize) -> Vec<usize> {
    let mut counts: Vec<usize> = (0..).map(|power| 1 << power).take_while(|count| *count < cores).collect();
    counts.push(cores);
    counts
}

/// A device with a model and vectors on it.
struct Bench {
    embedder: Arc<dyn Embedder>,
    index: VectorIndex,
    sizes: InUse,
    cancel: Cancel,
}

impl Bench {
    fn open(folders: &Folders, name: &str, sizes: InUse, cancel: &Cancel) -> Result<Bench> {
        let device = Device::open(&Options { kind: Kind::Cpu, threads: sizes.threads, ..Options::default() })?;
        let options = graph::Options { fusing: true, segment_flops: sizes.segment_flops() };
        let programs = ProgramCache::new(&device, 256 << 20, options);
        let embedder = models::open(folders, name, &programs)?;
        if embedder.is_immediate() {
            return Err(Error::Limit(format!(
                "{name} runs on the thread that asks and has no sizes to tune; name a sentence encoder"
            )));
        }
        let mut index = VectorIndex::new(&device, DIM, "tune")?;
        let mut state = 1_u64;
        let mut vectors = vec![0.0_f32; ROWS * DIM];
        for value in &mut vectors {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            *value = (state >> 40) as f32 / (1 << 24) as f32 - 0.5;
        }
        index.insert(&(0..ROWS as u64).collect::<Vec<_>>(), &vectors)?;
        Ok(Bench { embedder, index, sizes, cancel: cancel.clone() })
    }

    fn model(&self) -> String {
        format!("{}:{}", self.embedder.info().name, self.embedder.info().precision)
    }

    /// A batch of texts that fill `tokens`, each as long as the model reads or shorter.
    fn batch(&self, tokens: usize) -> TokenBatch {
        let most = self.embedder.info().max_tokens;
        let mut batch = TokenBatch::new();
        let mut left = tokens;
        while left > 0 {
            let length = left.min(most);
            // Any ids will do: the work does not depend on them.
            batch.push(&(0..length as u32).map(|id| 1000 + id % 1000).collect::<Vec<_>>(), most);
            left -= length;
        }
        batch
    }

    /// Runs a batch as one slice; the times of all of it and of its longest segment, in seconds.
    fn run(&self, batch: &TokenBatch) -> Result<(f64, f64)> {
        self.cancel.check()?;
        let (begun, mut longest) = (Instant::now(), 0.0_f64);
        let mut pending = self.embedder.start(batch, 0..batch.len())?;
        while pending.segments_left() > 0 {
            let since = Instant::now();
            if let Some(ticket) = pending.submit_next(&[])? {
                ticket.wait(SLICE_LIMIT)?;
            }
            longest = longest.max(since.elapsed().as_secs_f64());
        }
        pending.finish()?;
        Ok((begun.elapsed().as_secs_f64(), longest))
    }

    /// The fastest of several runs.
    fn fastest(&self, tokens: usize) -> Result<(f64, f64)> {
        let batch = self.batch(tokens);
        // The first run compiles.
        self.run(&batch)?;
        let mut best = (f64::MAX, f64::MAX);
        for _ in 0..REPEATS {
            let (all, longest) = self.run(&batch)?;
            best = (best.0.min(all), best.1.min(longest));
        }
        Ok(best)
    }

    fn tokens_per_s(&self, tokens: usize) -> Result<f64> {
        let tokens = tokens.min(self.embedder.slice_limits().0);
        Ok(tokens as f64 / self.fastest(tokens)?.0)
    }

    fn flops_per_token(&self) -> f64 {
        let batch = self.batch(self.embedder.info().max_tokens);
        self.embedder.cost(&batch, 0..batch.len()).flops / batch.ids().len() as f64
    }

    /// Sizes of slices that hold the longest text, up to the model's limit.
    fn slice_sizes(&self) -> Vec<usize> {
        let (most, longest) = (self.embedder.slice_limits().0, self.embedder.info().max_tokens);
        let sizes = (4..=16).map(|power| 1 << power).filter(|size| (longest..=most).contains(size));
        let mut sizes: Vec<usize> = sizes.collect();
        if sizes.is_empty() {
            sizes.push(most);
        }
        sizes
    }

    fn shared_sizes(&self) -> Vec<usize> {
        let most = self.embedder.slice_limits().0;
        (6..=16).map(|power| 1 << power).filter(|size| *size <= most).collect()
    }

    fn figures(&self) -> Result<Figures> {
        const QUERY_TOKENS: usize = 16;
        let slice = self.sizes.slice_tokens.min(self.embedder.slice_limits().0);
        let (all, longest) = self.fastest(slice)?;
        let query = vec![0.05_f32; DIM];
        let mut search = f64::MAX;
        for _ in 0..=REPEATS {
            self.cancel.check()?;
            let since = Instant::now();
            self.index.search(&query, 10, None)?;
            search = search.min(since.elapsed().as_secs_f64());
        }
        Ok(Figures {
            tokens_per_s: slice as f64 / all,
            query_ms: self.fastest(QUERY_TOKENS)?.0 * 1e3,
            longest_segment_ms: longest * 1e3,
            shared_run_ms: self.fastest(self.sizes.shared_tokens.min(slice))?.0 * 1e3,
            search_ms: search * 1e3,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_are_tried_up_to_the_cores() {
        assert_eq!((thread_counts(1), thread_counts(2), thread_counts(6)), (vec![1], vec![1, 2], vec![1, 2, 4, 6]));
    }
}
