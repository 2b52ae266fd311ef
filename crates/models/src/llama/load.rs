//! Loading: every tensor is packed for its product and put on the heap, one at a time.

use super::config::Config;
use super::gpu;
use super::layout::{Layout, Numbers, Part, Source};
use super::product::ProductKind;
use super::program::{self, Working};
use super::rows::Rows;
use crate::{Error, Result};
use hal::{Device, Heap, Kind as DeviceKind, Recording, Slice};
use ops::cache::Kept;
use ops::quantised::Matrix;
use ops::rotary::table;
use ops::{Isa, Target, lookup};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

/// Most rows whose logits one run gives.
pub(super) const MOST_OUTPUTS: usize = 16;
/// Slices that there can be, and capacities that programs are recorded for on CPUs.
pub(super) const CAPACITIES: [usize; 5] = [4, 16, 64, 256, 1024];

/// How a generator is loaded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// Rows of the cache, for all sequences together; each begins at a multiple of sixteen.
    pub rows: usize,
    /// What the cache keeps.
    pub kept: Kept,
    /// The most tokens of one run: one of the capacities 4, 16, 64, 256 and 1024.
    pub slice: usize,
    /// Operations after which a run is cut into a new segment.
    pub segment_flops: u64,
    /// Whether the time after each step is noted ([`hal::Completed::marks`]): for measurements.
    pub marks: bool,
}

/// Operations of a segment on a GPU: some 2 ms of a fast card.
const GPU_SEGMENT_FLOPS: u64 = 400_000_000_000;

impl Options {
    /// As [`Options::default`], but on GPUs with the longest slices, and segments of some 2 ms of a fast card.
    pub fn of(device: &Device) -> Options {
        match device.capabilities().gpu {
            Some(_) => Options { slice: 1024, segment_flops: GPU_SEGMENT_FLOPS, ..Options::default() },
            None => Options::default(),
        }
    }
}

impl Default for Options {
    /// 4096 rows in half precision, slices of 256 tokens, segments of some 5 ms of two cores.
    fn default() -> Options {
        Options { rows: 4096, kept: Kept::F16, slice: 256, segment_flops: 2_500_000_000, marks: false }
    }
}

/// A product with its packed weights.
pub(super) struct Product {
    pub kind: ProductKind,
    pub packed: Slice,
}

/// One layer's weights and its part of the cache.
pub(super) struct Layer {
    pub attention_norm: Slice,
    pub query: Product,
    pub key: Product,
    pub value: Product,
    pub gains: Option<(Slice, Slice)>,
    pub output: Product,
    pub attention_post: Option<Slice>,
    pub feed_norm: Slice,
    pub gate: Product,
    pub up: Product,
    pub down: Product,
    pub feed_post: Option<Slice>,
}

/// What a CPU has of a generator.
pub(super) struct Side {
    pub table: (lookup::Table, Slice),
    pub layers: Vec<Layer>,
    pub last_norm: Slice,
    pub head: Product,
    pub working: Working,
}

/// What is particular to the kind of device.
pub(super) enum Parts {
    Cpu(Box<Side>),
    Gpu(Box<gpu::Side>),
}

/// What a batch is told by, and the logits that come of it.
pub(super) struct Io {
    pub ids: Slice,
    pub positions: Slice,
    pub slots: Slice,
    pub bases: Slice,
    /// Which rows' logits are wanted.
    pub picks: Slice,
    /// f32 `[MOST_OUTPUTS, vocab]`, where the host reads as fast as its own memory.
    pub logits: Slice,
}

impl Io {
    /// Items of 32 bits of each buffer, in their order.
    fn items(config: &Config, options: &Options) -> [usize; 6] {
        let rows = options.slice;
        [rows, rows, rows, rows, MOST_OUTPUTS, MOST_OUTPUTS * config.vocab]
    }

    fn new(config: &Config, options: &Options, heap: &Heap) -> Result<(Io, u64)> {
        let items = Io::items(config, options);
        let room = |at: usize| -> Result<Slice> { Ok(heap.alloc(items[at] as u64 * 4)?.all()) };
        let io = Io {
            ids: room(0)?,
            positions: room(1)?,
            slots: room(2)?,
            bases: room(3)?,
            picks: room(4)?,
            logits: heap.alloc_at_host(items[5] as u64 * 4)?.all(),
        };
        Ok((io, items.iter().map(|items| 4 * *items as u64).sum()))
    }
}

/// The layers for up to so many tokens, and rows of logits.
struct Program {
    tokens: usize,
    outputs: usize,
    /// Recorded at first use.
    segments: OnceLock<Vec<Recording>>,
}

/// Everything that programs are recorded over.
pub(super) struct Model {
    pub config: Config,
    pub options: Options,
    pub device: Device,
    pub angles: Vec<Slice>,
    /// Keys and values of each layer.
    pub caches: Vec<[Slice; 2]>,
    pub io: Io,
    pub parts: Parts,
    /// The smallest first.
    programs: Vec<Program>,
    pub rows: Mutex<Rows>,
    pub busy: AtomicBool,
    weight_bytes: u64,
    bytes: u64,
}

/// A loaded generator. Clones share it.
#[derive(Clone)]
pub struct Generator(pub(super) Arc<Model>);

impl Generator {
    /// Loads a folder with safetensors and `config.json`, or a GGUF file, onto `device`.
    ///
    /// # Errors
    /// [`Error::Unsupported`] for devices and models that cannot be run, [`Error::BadFile`] for broken files, [`Error::Device`] with the
    /// numbers if memory does not suffice.
    pub fn open(path: &Path, device: &Device, options: Options) -> Result<Generator> {
        let name = path.display().to_string();
        let (kind, gpu) = (device.capabilities().kind, device.capabilities().gpu.is_some());
        if kind != DeviceKind::Cpu && !gpu {
            let reason = format!("generators run on the CPU and on GPUs, and this device is {kind}");
            return Err(Error::Unsupported { name, reason });
        }
        if gpu && options.kept == Kept::Q8 {
            let reason = "on a GPU the cache is kept in f16 or f32, not in bytes".to_owned();
            return Err(Error::Unsupported { name, reason });
        }
        if !CAPACITIES.contains(&options.slice) || options.rows == 0 {
            let reason =
                format!("slices of {} tokens over {} rows; {CAPACITIES:?} can be", options.slice, options.rows);
            return Err(Error::Unsupported { name, reason });
        }
        let (source, config) = Source::open(path)?;
        if gpu && !config.turned.is_multiple_of(4) {
            let reason = format!("{} values of a head turn; on a GPU it must be a multiple of 4", config.turned);
            return Err(Error::Unsupported { name, reason });
        }
        let layout = Layout { source: &source, config: &config };
        load(&layout, device, options).map(|model| Generator(Arc::new(model)))
    }

    /// Has a GPU compile what runs of all sizes need, which takes longest the first time on a machine; else each size does when it is
    /// first run. On CPUs there is nothing to compile.
    ///
    /// # Errors
    /// [`Error::Device`] if the device refuses a kernel.
    pub fn prepare(&self) -> Result<()> {
        if let Parts::Cpu(_) = self.0.parts {
            return Ok(());
        }
        let programs = &self.0.programs;
        programs.iter().try_for_each(|Program { tokens, outputs, .. }| self.0.program(*tokens, *outputs).map(drop))
    }

    /// Whether a GPU runs it: segments of a run can be submitted ahead of each other there.
    pub fn is_on_gpu(&self) -> bool {
        matches!(self.0.parts, Parts::Gpu(_))
    }

    /// Its shape.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// How it was loaded.
    pub fn options(&self) -> &Options {
        &self.0.options
    }

    /// The most tokens of one run.
    pub fn slice_tokens(&self) -> usize {
        self.0.options.slice
    }

    /// How many of so many tokens are best appended in one run, where that is fewer than [`Generator::slice_tokens`]: runs of a few rows
    /// read the weights as they are, and some of them take less time than one that makes numbers of all weights first.
    pub fn best_run(&self, tokens: usize) -> usize {
        let few = match &self.0.parts {
            Parts::Gpu(side) => side.few_instead(tokens),
            Parts::Cpu(_) => None,
        };
        few.unwrap_or(self.0.options.slice).min(self.0.options.slice)
    }

    /// The most sequences of one run whose logits are wanted.
    pub fn most_outputs(&self) -> usize {
        MOST_OUTPUTS
    }

    /// Bytes of weights that each token is computed with, whether alone or in a batch.
    pub fn bytes_per_token(&self) -> u64 {
        let products = |layer: &Layer| {
            [&layer.query, &layer.key, &layer.value, &layer.output, &layer.gate, &layer.up, &layer.down]
                .iter()
                .map(|product| product.packed.len())
                .sum::<u64>()
        };
        match &self.0.parts {
            Parts::Cpu(side) => side.layers.iter().map(products).sum::<u64>() + side.head.packed.len(),
            Parts::Gpu(side) => side.bytes_per_token(),
        }
    }

    /// Bytes of weights alone.
    pub fn weight_bytes(&self) -> u64 {
        self.0.weight_bytes
    }

    /// Bytes of weights, cache and working memory.
    pub fn bytes(&self) -> u64 {
        self.0.bytes
    }
}

/// Bytes that a generator takes beside its weights and its cache, from the header of its file: working memory and tables of angles.
///
/// # Errors
/// As for the header in [`Generator::open`].
pub fn working_bytes(path: &Path, options: &Options) -> Result<u64> {
    let (_, config) = Source::open(path)?;
    let positions = config.context.min(options.rows);
    let angles = config.ropes.iter().map(|rope| 2 * 4 * (positions * rope.frequencies_for(positions).len()) as u64);
    let io = Io::items(&config, options).iter().map(|items| 4 * *items as u64).sum::<u64>();
    Ok(Working::foretold(&config, options)?.saturating_add(io).saturating_add(angles.sum()))
}

/// Puts tensors on the heap, and counts their bytes.
pub(super) struct Loader<'a> {
    pub layout: &'a Layout<'a>,
    pub heap: &'a Heap,
    bytes: u64,
}

fn load(layout: &Layout<'_>, device: &Device, options: Options) -> Result<Model> {
    let config = layout.config;
    let heads = config.heads;
    let mut loader = Loader { layout, heap: device.heap(), bytes: 0 };
    let (parts, working) = match Target::of(device) {
        Target::Cpu(_) => {
            let side = loader.side(&options)?;
            let working = side.working.bytes();
            (Parts::Cpu(Box::new(side)), working)
        }
        target @ Target::Gpu(_) => {
            let side = gpu::Side::load(&mut loader, &options, target)?;
            let working = side.working_bytes();
            (Parts::Gpu(Box::new(side)), working)
        }
    };
    let weight_bytes = loader.bytes;
    let cache = options.kept.bytes(options.rows, heads.kept, heads.size) as u64;
    let caches = (0..config.layers.len()).map(|_| Ok([loader.room(cache)?, loader.room(cache)?]));
    let caches = caches.collect::<Result<Vec<_>>>()?;
    let positions = config.context.min(options.rows);
    let angles = config
        .ropes
        .iter()
        .map(|rope| loader.upload(&table::angles(rope.frequencies_for(positions), positions, rope.scale)));
    let angles = angles.collect::<Vec<_>>().into_iter().collect::<Result<Vec<Slice>>>()?;
    let (io, io_bytes) = Io::new(config, &options, device.heap())?;
    let bytes = loader.bytes + working + io_bytes;
    let capacities = match &parts {
        Parts::Cpu(_) => CAPACITIES.map(|tokens| (tokens, MOST_OUTPUTS)).to_vec(),
        Parts::Gpu(_) => gpu::capacities(options.slice),
    };
    Ok(Model {
        config: config.clone(),
        options,
        device: device.clone(),
        angles,
        caches,
        io,
        parts,
        programs: (capacities.into_iter())
            .map(|(tokens, outputs)| Program { tokens, outputs, segments: OnceLock::new() })
            .collect(),
        rows: Mutex::new(Rows::new(options.rows)),
        busy: AtomicBool::new(false),
        weight_bytes,
        bytes,
    })
}

impl Loader<'_> {
    /// What a CPU takes.
    fn side(&mut self, options: &Options) -> Result<Side> {
        let config = self.layout.config;
        let (hidden, inner, heads) = (config.hidden, config.intermediate, config.heads);
        let (wide, narrow) = (heads.queries * heads.size, heads.kept * heads.size);
        let (table, head) = self.ends()?;
        let (gemma, norms_heads) = (config.architecture.is_gemma(), config.architecture.norms_heads());
        let mut layers = Vec::new();
        for at in 0..config.layers.len() {
            layers.push(Layer {
                attention_norm: self.gain(Part::AttentionNorm, at, hidden)?,
                query: self.product(Part::Query, at, wide, hidden)?,
                key: self.product(Part::Key, at, narrow, hidden)?,
                value: self.product(Part::Value, at, narrow, hidden)?,
                gains: self.gains(norms_heads, at)?,
                output: self.product(Part::Output, at, hidden, wide)?,
                attention_post: self.gain_if(gemma, Part::AttentionPost, at, hidden)?,
                feed_norm: self.gain(Part::FeedNorm, at, hidden)?,
                gate: self.product(Part::Gate, at, inner, hidden)?,
                up: self.product(Part::Up, at, inner, hidden)?,
                down: self.product(Part::Down, at, hidden, inner)?,
                feed_post: self.gain_if(gemma, Part::FeedPost, at, hidden)?,
            });
        }
        let last_norm = self.gain(Part::LastNorm, 0, hidden)?;
        Ok(Side { table, layers, last_norm, head, working: Working::new(config, options, self.heap)? })
    }

    /// Gains of the queries' and the keys' heads, where the architecture norms them.
    pub fn gains(&mut self, needed: bool, layer: usize) -> Result<Option<(Slice, Slice)>> {
        let size = self.layout.config.heads.size;
        let queries = self.gain_if(needed, Part::QueryNorm, layer, size)?;
        Ok(queries.zip(self.gain_if(needed, Part::KeyNorm, layer, size)?))
    }

    pub fn room(&mut self, bytes: u64) -> Result<Slice> {
        self.bytes += bytes;
        Ok(self.heap.alloc(bytes)?.all())
    }

    pub fn upload(&mut self, values: &[f32]) -> Result<Slice> {
        self.bytes += size_of_val(values) as u64;
        Ok(self.heap.upload(values)?.all())
    }

    pub fn gain(&mut self, part: Part, layer: usize, width: usize) -> Result<Slice> {
        let gain = self.layout.gain(part, layer, width)?;
        self.upload(&gain)
    }

    /// A gain that some architectures have, and need then.
    pub fn gain_if(&mut self, needed: bool, part: Part, layer: usize, width: usize) -> Result<Option<Slice>> {
        if needed { self.gain(part, layer, width).map(Some) } else { Ok(None) }
    }

    fn product(&mut self, part: Part, layer: usize, outputs: usize, inputs: usize) -> Result<Product> {
        let bias = self.layout.bias(part, layer, outputs)?;
        let numbers = self.layout.product(part, layer, outputs, inputs)?;
        self.pack(&numbers, bias.as_deref(), outputs, inputs)
    }

    fn pack(&mut self, numbers: &Numbers<'_>, bias: Option<&[f32]>, outputs: usize, inputs: usize) -> Result<Product> {
        let kind = ProductKind::new(numbers.held(), outputs, inputs)?;
        let packed = self.room(kind.packed_bytes() as u64)?;
        packed.buffer().with_host(|out| match (&kind, numbers) {
            (ProductKind::Float(linear), Numbers::F32(values)) => linear.pack(values, bias, out),
            (ProductKind::Float(linear), Numbers::Bf16(values)) => linear.pack(values, bias, out),
            (ProductKind::Quantised(matrix), Numbers::Quantised(_, raw)) => matrix.pack(raw, bias, out),
            _ => Ok(()),
        })??;
        Ok(Product { kind, packed })
    }

    /// The first table and the last product, which are one where the file says so.
    fn ends(&mut self) -> Result<((lookup::Table, Slice), Product)> {
        let Config { vocab, hidden, .. } = *self.layout.config;
        let numbers = self.layout.product(Part::Table, 0, vocab, hidden)?;
        let tied = !self.layout.contains(Part::Head, 0);
        let plain = lookup::Table::Plain { rows: vocab, width: hidden };
        let table = match &numbers {
            Numbers::F32(values) => (plain, self.upload(values)?),
            Numbers::Bf16(values) => (plain, self.upload(values)?),
            Numbers::Quantised(kind, _) => {
                let matrix = Matrix::new(hidden, vocab, *kind, Isa::current())?;
                let product = self.pack(&numbers, None, vocab, hidden)?;
                let table = (lookup::Table::Packed(matrix), product.packed.clone());
                if tied {
                    return Ok((table, product));
                }
                table
            }
        };
        let head =
            if tied { self.pack(&numbers, None, vocab, hidden)? } else { self.product(Part::Head, 0, vocab, hidden)? };
        Ok((table, head))
    }
}

impl Model {
    /// Takes the working buffers for one run.
    pub fn take(&self) -> bool {
        !self.busy.swap(true, Ordering::Acquire)
    }

    /// Gives them back.
    pub fn give_back(&self) {
        self.busy.store(false, Ordering::Release);
    }

    /// The segments for that many tokens and rows of logits, recorded at first use.
    pub fn program(&self, tokens: usize, outputs: usize) -> Result<&[Recording]> {
        let mut programs = self.programs.iter();
        let Some(program) = programs.find(|program| program.tokens >= tokens && program.outputs >= outputs) else {
            return Err(Error::BadBatch(format!("{tokens} tokens in one run")));
        };
        if let Some(segments) = program.segments.get() {
            return Ok(segments);
        }
        let segments = match &self.parts {
            Parts::Cpu(side) => program::record(self, side, program.tokens)?,
            Parts::Gpu(side) => gpu::record(self, side, program.tokens, program.outputs)?,
        };
        Ok(program.segments.get_or_init(|| segments))
    }

    /// Brings the first `rows` rows of logits to where the host reads; on CPUs they are there.
    pub fn copy_of_rows(&self, rows: usize) -> Result<&Recording> {
        let (Parts::Gpu(side), true) = (&self.parts, (1..=MOST_OUTPUTS).contains(&rows)) else {
            return Err(Error::BadBatch(format!("{rows} rows to copy")));
        };
        let copy = &side.copies[rows - 1];
        if let Some(copy) = copy.get() {
            return Ok(copy);
        }
        let recording = gpu::record_copy(self, side, rows)?;
        Ok(copy.get_or_init(|| recording))
    }
}
